"""Export of 10,000 responses against reading, hashing, signing and writing the same bytes.

Run: python tests/bench/bench_export.py [COUNT]. Prints medians in seconds and the ratio of the medians; interleaved.
"""

import hashlib
import os
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

from report import compare

from interview.crypto.signing import SigningKey, sign
from interview.crypto.slots import TEST
from interview.database.opening import open_database
from interview.paths import Home
from interview.station.exporting import export
from interview.station.setup import set_up
from interview.station.simulating import simulate
from interview.station.station import RESPONSES_KEY
from interview.station.unlocking import open_station

RUNS = 5


def floor(home: Home, key: bytes, to: Path) -> float:
    """Read every record, hash each and all, sign, write, sync."""
    database = open_database(home.responses, key)
    started = time.perf_counter()
    whole = hashlib.sha256()
    with to.open("wb") as out:
        for record, sealed in database.query("SELECT hash, sealed FROM response ORDER BY hash"):
            if hashlib.sha256(sealed).digest() != record:
                raise SystemExit("a record does not have its hash")
            whole.update(sealed)
            out.write(sealed)
        out.write(sign(SigningKey.generate(), "bench", whole.digest()))
        out.flush()
        os.fsync(out.fileno())
    seconds = time.perf_counter() - started
    database.close()
    return seconds


def main(count: int) -> None:
    """Both, each run on a fresh copy of the same station."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        home = Home(folder / "station")
        station, _ = set_up(home, "a passphrase for the benchmark", profile=TEST)
        started = time.perf_counter()
        stored = simulate(station, count, random.Random(2))
        print(f"simulate {count}: {time.perf_counter() - started:.1f} s, {stored} stored")
        keyring = station.keyring
        station.close()
        ours, theirs = [], []
        for run in range(RUNS):
            theirs.append(floor(home, keyring.secrets[RESPONSES_KEY], folder / "floor"))
            copy = Home(folder / f"copy{run}")
            shutil.copytree(home.root, copy.root)
            with open_station(copy, keyring) as opened:
                # That both files are looked through belongs to the unlocking.
                opened.examination.passed()
                started = time.perf_counter()
                export(opened, to=None)
                ours.append(time.perf_counter() - started)
            shutil.rmtree(copy.root)
        compare(f"export of {stored}", ours, theirs)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 13_000)
