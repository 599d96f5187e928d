"""Unlocking: from a passphrase or a recovery code to a station, with whatever an earlier end left behind set right."""

from typing import Final

from interview.errors import InterviewError
from interview.paths import Home
from interview.station import chain, exporting, finishing, retention, surveys
from interview.station.checking import no_older, seen_generation
from interview.station.examining import Examination
from interview.station.keys import station_vault
from interview.station.scratch import STALE, clear_scratch
from interview.station.station import GENERATION, KIND, UNTIDY, Clock, Station, local_time, open_stores
from interview.store import rekeying
from interview.store.keyring import Keyring, open_keyring
from interview.store.responses import Responses

_EXCHANGED: Final = ("database.wrong-key", "keys.changed-elsewhere")


def unlock(home: Home, secret: str, clock: Clock = local_time) -> Station:
    """The station in `home`, opened by a passphrase or the recovery code.

    `station.no-station`, `station.not-a-station`, `station.keyring-older`, `station.responses-older`,
    `station.broken-chain`, `station.damaged`, those of `open_keyring` and `open_database`.
    """
    if not home.keyring.exists():
        raise InterviewError("station.no-station", home.root.name)
    keyring = open_keyring(home.keyring, secret)
    try:
        return open_station(home, keyring, clock)
    except InterviewError as error:
        if error.code not in _EXCHANGED:
            raise
        # Another window may have exchanged the keys since the keyring was read.
        present = open_keyring(home.keyring, secret)
        if present.generation == keyring.generation:
            raise
        return open_station(home, present, clock)


def open_station(home: Home, keyring: Keyring, clock: Clock = local_time) -> Station:
    """The station of an open keyring; what was interrupted (exchanges of keys, finishings, exports) is ended, order is removed.

    Both files are examined before anything is written (T8): `station.damaged`, here or from the first write. Once a
    survey is over and nobody is left in the workspace, the keys are exchanged, now or, where that cannot be, next time.
    """
    station = _opened(home, keyring, clock)
    if not retention.new_keys_due(station):
        return station
    station.close()
    try:
        keyring = rekeying.rekey(station_vault(home), station.keyring, lambda present: present.slots)
    except InterviewError as error:
        if error.code not in rekeying.PUT_OFF:
            raise
        return _opened(home, station.keyring, clock)
    station = _opened(home, keyring, clock)
    station.responses.set_setting(retention.NEW_KEYS_DUE, None)
    return station


def _opened(home: Home, keyring: Keyring, clock: Clock) -> Station:
    if keyring.kind != KIND:
        raise InterviewError("station.not-a-station", home.root.name)
    untidy = _has_wal(home)
    if rekeying.is_begun(keyring):
        vault = station_vault(home)
        keyring = rekeying.resume(vault, vault.checked(rekeying.with_present_keys(vault, keyring)))
    examination = Examination(home, keyring)
    try:
        examination.wait()
        workspace, responses = open_stores(home, keyring, before_writing=examination.passed)
    except InterviewError:
        examination.close()
        raise
    station = None
    try:
        keyring = _followed(responses, keyring)
        chain.check(responses, keyring)
        station = Station(home, keyring, workspace, responses, clock, examination=examination)
        finishing.recover(station)
        exporting.recover(station)
        surveys.bring_cases_along(station)
        retention.expire(station)
        clear_scratch(home, STALE)
        noted = responses.setting(UNTIDY) is not None
        if noted:
            responses.set_setting(UNTIDY, None)
        if untidy or noted:
            station.tidier.request()
    except InterviewError:
        if station is not None:
            station.tidier.stop()
        workspace.database.close()
        responses.database.close()
        examination.close()
        raise
    return station


def _has_wal(home: Home) -> bool:
    """Whether the responses were not closed: what was killed leaves its WAL, and perhaps the order of arrival in it."""
    wal = home.responses.with_name(home.responses.name + "-wal")
    return wal.exists() and wal.stat().st_size > 0


def _followed(responses: Responses, keyring: Keyring) -> Keyring:
    """The keyring, once it is no older than the one the responses have seen (P5); a newer one is noted."""
    keyring = no_older(responses, keyring)
    if keyring.generation > seen_generation(responses):
        responses.set_setting(GENERATION, str(keyring.generation).encode())
    return keyring
