"""Who can open the station: both databases lie behind one keyring (P5, T21)."""

from dataclasses import dataclass

from interview.crypto.slots import NORMAL, Profile
from interview.database.opening import Database, open_database
from interview.paths import Home
from interview.station.card import renewed, show_card
from interview.station.checking import check
from interview.station.scratch import clear_scratch
from interview.station.station import (
    GENERATION,
    KIND,
    RECOVERY_CONFIRMED,
    RESPONSES_KEY,
    WORKSPACE_KEY,
    identity_of,
    survey_in_force,
)
from interview.store.keyring import Keyring
from interview.store.keys import Keys, PutOff, ignored
from interview.store.rekeying import Vault, alone, ready
from interview.store.responses import Responses
from interview.survey import Survey


def station_vault(home: Home) -> Vault:
    """The station's two databases; the keyring's generation is kept with the responses, its signing key on the card."""

    def shown(database: Database, keyring: Keyring) -> None:
        show_card(home, keyring, Responses(database))
        # With the station to itself no backup is under way.
        clear_scratch(home)

    def checked(keyring: Keyring) -> Keyring:
        check(home, keyring)
        return keyring

    def guessed(keyring: Keyring) -> tuple[str, ...]:
        with open_database(home.responses, keyring.secrets[RESPONSES_KEY], read_only=True) as database:
            responses = Responses(database)
            return names_of(survey_in_force(responses, identity_of(responses)).survey)

    return Vault(
        home,
        KIND,
        {RESPONSES_KEY: home.responses, WORKSPACE_KEY: home.workspace},
        note=_note,
        no_home="station.no-station",
        other_kind="station.not-a-station",
        renewed=renewed,
        shown=shown,
        checked=checked,
        guessed=guessed,
    )


def names_of(survey: Survey) -> tuple[str, ...]:
    """What a guesser of passphrases reads in a survey: its title and the names of its units."""
    return (survey.title, *(unit.name for unit in survey.units))


def station_keys(home: Home, put_off: PutOff = ignored) -> "StationKeys":
    """The keys that open the station."""
    return StationKeys(station_vault(home), put_off)


@dataclass(frozen=True, slots=True)
class StationKeys(Keys):
    """A station's keys: a new recovery code is to be typed back before the next interview.

    Errors of every method are those of `checking.check` too: what is damaged or an older copy gets no key.
    """

    def new_code(self, secret: str, profile: Profile = NORMAL) -> str:
        """As `Keys.new_code`."""
        with alone(self.vault, self.opened(secret)) as held:
            ready(held)
            Responses(held[RESPONSES_KEY].database).set_setting(RECOVERY_CONFIRMED, None)
        # Slots of dataclasses leave `super()` without its class.
        return Keys.new_code(self, secret, profile)


def _note(database: Database, generation: int) -> None:
    Responses(database).set_setting(GENERATION, str(generation).encode())
