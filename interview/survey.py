"""A round of measurement: what is asked, of whose patients, for whom the answers are sealed. Pure models.

A survey travels signed (`exchange.envelope`); its identity is the SHA-256 of its signed content's canonical bytes.
"""

from enum import StrEnum
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from interview.questionnaire.findings import CONTROL
from interview.questionnaire.models import Frozen

Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""A SHA-256 in lower-case hexadecimal."""
MONTH: Final = r"^2[0-9]{3}-(0[1-9]|1[0-2])$"
Month = Annotated[str, StringConstraints(pattern=MONTH)]
"""A calendar month of these times, `2026-11`: days are counted from it, and the calendar has an end."""
Base64 = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9+/]*={0,2}$")]
Label = Annotated[str, StringConstraints(min_length=1, max_length=120, strip_whitespace=True)]
Telephone = Annotated[str, StringConstraints(max_length=40, strip_whitespace=True)]
MOST_RECIPIENTS: Final = 8
USUAL_LEAST: Final = 10
"""The threshold and the minimum of a batch, where nothing else is said; less protects small groups less (P8)."""
UNCLEAN: Final = "unclean"
"""The type of pydantic's error for words with control characters in them."""


def _without_control(words: str) -> str:
    if CONTROL.search(words):
        raise PydanticCustomError(UNCLEAN, "control characters")
    return words


Said = Annotated[
    str, StringConstraints(min_length=1, max_length=2000, strip_whitespace=True), AfterValidator(_without_control)
]
"""What a card says."""
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z][A-Za-z0-9]{1,7})?$")]
Words = Annotated[dict[Language, Said], Field(min_length=1, max_length=8)]
"""A wording in each language of the questionnaire."""
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]


class Organisation(StrEnum):
    """The kind of organisation that rings."""

    PRIMARY_CARE = "primary-care"
    MUNICIPALITY = "municipality"


class Background(StrEnum):
    """What a survey may ask of a respondent besides the questions; none of it is kept where it is not asked for."""

    RELATION = "relation"
    REASON = "reason"
    LANGUAGE = "language"


class UnitContact(Frozen):
    """One more number of a unit for the care-needed card: who answers, and where."""

    name: Label
    telephone: Telephone


class UnitCardEntry(Frozen):
    """One line of a unit's card."""

    heading: Words
    text: Words


class UnitCard(Frozen):
    """A card of a unit's own, shown in place of the questionnaire's; under its title where it has none itself."""

    id: Literal["care-needed", "questions-back"]
    title: Words | None = Field(default=None, exclude_if=lambda title: title is None)
    entries: tuple[UnitCardEntry, ...] = Field(min_length=1, max_length=20)


class Unit(Frozen):
    """The organisation a response is counted under; `telephone` and `contacts` are what the care-needed card shows.

    `cards` stand in a survey's bytes only where there are any: the hash of one without them is what it always was.
    """

    id: Slug
    name: Label
    telephone: Telephone = ""
    contacts: tuple[UnitContact, ...] = Field(default=(), max_length=8)
    cards: tuple[UnitCard, ...] = Field(default=(), max_length=2, exclude_if=lambda cards: not cards)

    def card(self, card_id: str) -> UnitCard | None:
        """The unit's own card with that id, if it has one."""
        return next((card for card in self.cards if card.id == card_id), None)


class Recipient(Frozen):
    """Who may open responses (`sealing`, an HPKE public key) and sign receipts (`signing`, an Ed25519 public key)."""

    name: Label
    sealing: Base64
    signing: Base64


class Named(Frozen):
    """A questionnaire the survey uses: its name and version for people, its hash for the program."""

    name: str
    version: str
    hash: Hash


class Survey(Frozen):
    """One round: title, version, period, questionnaire, units, recipients, and its rules.

    `threshold` and `minimum_batch` protect small groups. Calls are made from `first_day` to `last_day` after coming home,
    at most `attempts` times; `retention_days` after the last month a station erases what identifies anybody.
    """

    id: Slug
    version: int = Field(ge=1)
    title: Label
    starts: Month
    ends: Month
    questionnaire: Named
    units: tuple[Unit, ...] = Field(min_length=1, max_length=500)
    organisations: tuple[Organisation, ...] = Field(default=tuple(Organisation), min_length=1)
    recipients: tuple[Recipient, ...] = Field(min_length=1, max_length=MOST_RECIPIENTS)
    threshold: int = Field(default=USUAL_LEAST, ge=1)
    minimum_batch: int = Field(default=USUAL_LEAST, ge=1)
    background: tuple[Background, ...] = (Background.RELATION, Background.REASON)
    first_day: int = Field(default=3, ge=0, le=365)
    last_day: int = Field(default=7, ge=0, le=365)
    attempts: int = Field(default=6, ge=1, le=50)
    retention_days: int = Field(default=30, ge=0, le=730)
    rehearsal: bool = False

    def unit(self, unit_id: str) -> Unit | None:
        """The unit with that id, if the survey names it."""
        return next((unit for unit in self.units if unit.id == unit_id), None)
