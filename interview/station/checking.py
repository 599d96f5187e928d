"""What is looked at before an unlocking or a change of the keys writes anything: files, keyring and batches (T8, P5)."""

from interview.database.opening import open_database
from interview.errors import InterviewError
from interview.paths import Home
from interview.station import chain
from interview.station.examining import Examination
from interview.station.station import GENERATION, RESPONSES_KEY
from interview.store.keyring import Keyring
from interview.store.responses import Responses


def check(home: Home, keyring: Keyring) -> None:
    """Nothing, where both files are whole and none of the three is an older copy; only read, whatever is found.

    The keyring's keys must be those the files are under. Errors of `Examination`, `no_older` and `chain.check`.
    """
    examination = Examination(home, keyring)
    try:
        examination.passed()
    finally:
        examination.close()
    with open_database(home.responses, keyring.secrets[RESPONSES_KEY], read_only=True) as database:
        responses = Responses(database)
        chain.check(responses, no_older(responses, keyring))


def no_older(responses: Responses, keyring: Keyring) -> Keyring:
    """The keyring, read again where another window changed it since; `station.keyring-older`, `keys.changed-elsewhere`.

    The generation is noted only once the keyring is written: what the file holds then is no older than the note.
    """
    seen = seen_generation(responses)
    latest = keyring if keyring.generation >= seen else keyring.fresh()
    if latest.generation < seen:
        raise InterviewError("station.keyring-older", latest.path.name, found=latest.generation, seen=seen)
    return latest


def seen_generation(responses: Responses) -> int:
    """The generation of the latest keyring the responses have seen."""
    return int(responses.setting(GENERATION) or b"0")
