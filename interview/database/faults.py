"""What the library reports, in the words of the program. Its own messages go no further: they may quote."""

from typing import Final

from sqlcipher3 import dbapi2

from interview.errors import InterviewError

# Primary result codes: https://www.sqlite.org/rescode.html
_CODES: Final = {
    5: "database.busy",
    6: "database.busy",
    8: "database.read-only",
    10: "database.io-error",
    11: "database.damaged",
    13: "database.disk-full",
    14: "database.cannot-open",
    # The lock of the log could not be had among many who want it, however often it was tried.
    15: "database.busy",
    19: "database.constraint",
    26: "database.damaged",
}
FINAL: Final = frozenset({"database.io-error", "database.damaged"})
"""After these nothing a connection says can be trusted: it still answers from pages it has in memory."""


def translate(error: dbapi2.Error, place: str) -> InterviewError | None:
    """The program's error for one of the library's; None for a mistake in our own SQL, which is to be seen."""
    code = getattr(error, "sqlite_errorcode", None)
    known = _CODES.get(code & 0xFF) if code is not None else None
    return InterviewError(known, place) if known else None
