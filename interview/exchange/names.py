"""The names of files that travel. They are made here from what was verified, never taken from input (T12)."""

from interview.crypto.fingerprint import fingerprint


def batch_name(survey_id: str, station: bytes, seq: int) -> str:
    """A batch's file name: the survey's id (a slug), the first group of the station's fingerprint, the number."""
    return f"{survey_id}-{_short(station)}-{seq:04d}.batch"


def receipt_name(survey_id: str, station: bytes, seq: int, recipient: bytes) -> str:
    """A receipt's file name: that of its batch, and the first group of the recipient's fingerprint."""
    return f"{survey_id}-{_short(station)}-{seq:04d}-receipt-{_short(recipient)}.json"


def _short(public: bytes) -> str:
    return fingerprint(public).partition("-")[0].lower()
