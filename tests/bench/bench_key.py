"""Key to the last byte of the settled next question, commit included, against an arrow key in a bare app's radio set.

Run: python tests/bench/bench_key.py [KEYS] [RESPONSES | FOLDER OF A REHEARSAL STATION, its passphrase the one below].
Three programs run at once and take turns: the bare app, a station with nothing stored, one with RESPONSES (100,000).
"""

import random
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path

from report import compare
from timing import Timed

from interview.paths import Home
from interview.station.setup import set_up
from interview.station.simulating import simulate

PASSPHRASE = "lugna gatan tre björkar"
BARE = Path(__file__).with_name("bare.py")
INTERVIEW = [sys.executable, "-m", "interview"]
READ = 0.4
"""Seconds a question stands before its key (P1)."""
FIRST, SECOND = "hälsotillstånd", "sjukhuset"
"""Words of the question that is answered, and of the one after it."""
DIGITS = "12345"


@contextmanager
def at_a_question(home: Path) -> Iterator[Timed]:
    """The program at the first question of a new interview that every patient is asked."""
    with Timed(INTERVIEW, {"INTERVIEW_HOME": str(home), "INTERVIEW_LANGUAGE": "sv"}) as app:
        for wanted, keys in (
            ("Lås upp", PASSPHRASE + "\r"),
            ("Ringlista", "n"),
            ("Innan intervjun", "1"),
            ("fem till tio", "\r"),
            ("Vill du vara med", "1"),
            ("Vem svarar", "2"),
        ):
            app.until(wanted)
            app.settle(READ)
            app.forget()
            app.key(keys.encode())
        app.until(FIRST)
        yield app


def answered(app: Timed, digit: str) -> float:
    """Seconds from the digit to the settled next question; then back again, unmeasured."""
    app.settle(READ)
    app.forget()
    seconds = app.key(digit.encode())
    if SECOND.encode() not in app.seen:
        raise SystemExit(f"the key {digit} did not count")
    app.settle(READ)
    app.key(b"\x1b[5~")
    return seconds


def main(keys: int, stored: str) -> None:
    """All three, interleaved key by key."""
    with tempfile.TemporaryDirectory() as name:
        empty, full = Path(name) / "empty", Path(stored)
        set_up(Home(empty), PASSPHRASE)[0].close()
        if not full.is_dir():
            full = Path(name) / "full"
            with set_up(Home(full), PASSPHRASE)[0] as station:
                print(f"stored {simulate(station, int(stored), random.Random(3))}")
        with Timed([sys.executable, str(BARE)], {}) as bare, at_a_question(empty) as none, at_a_question(full) as many:
            bare.until("Bare option 7")
            arrows, digits = cycle((b"\x1b[B", b"\x1b[A")), cycle(DIGITS)
            theirs, ours, ours_full = [], [], []
            for _ in range(keys):
                bare.settle()
                theirs.append(bare.key(next(arrows)))
                digit = next(digits)
                ours.append(answered(none, digit))
                ours_full.append(answered(many, digit))
    compare("a key, nothing stored", ours, theirs)
    compare("a key, many stored", ours_full, theirs)
    compare("many against nothing", ours_full, ours)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100, sys.argv[2] if len(sys.argv) > 2 else "100000")
