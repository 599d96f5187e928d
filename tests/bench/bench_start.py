"""Exec to first screen painted, against a bare Textual app; and unlock to home beyond what Argon2id takes.

Run: python tests/bench/bench_start.py [RUNS]. Prints medians in milliseconds and the ratio of the medians.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from timing import Timed

PASSPHRASE = "lugna gatan tre björkar"
BARE = Path(__file__).with_name("bare.py")
INTERVIEW = [sys.executable, "-m", "interview"]
UNLOCK, HOME = "Lås upp", "Nytt samtal"
"""Words that stand on the unlock screen and on the home screen only."""


def main(runs: int) -> None:
    """Measure both, interleaved."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "station"
        environment = {"INTERVIEW_HOME": str(home), "INTERVIEW_LANGUAGE": "sv", "PYTHONPATH": str(Path.cwd())}
        subprocess.run(
            [*INTERVIEW, "setup", "--rehearsal", "--passphrase-file", "-"],
            input=PASSPHRASE.encode(),
            env={**os.environ, **environment},
            check=True,
            capture_output=True,
        )
        bare, first, unlock = [], [], []
        for run in range(runs + 2):
            with Timed([sys.executable, str(BARE)], environment) as app:
                bare_seconds = app.until("Bare option 7")
            with Timed(INTERVIEW, environment) as app:
                first_seconds = app.until(UNLOCK)
                app.settle()
                app.forget()
                os.write(app.fd, PASSPHRASE.encode())
                app.settle()
                sent = time.perf_counter()
                os.write(app.fd, b"\r")
                app.until(HOME)
                unlock_seconds = time.perf_counter() - sent
            if run >= 2:
                bare.append(bare_seconds)
                first.append(first_seconds)
                unlock.append(unlock_seconds)
        derivation = _argon2id()
    print(f"runs {runs}")
    print(f"bare app      {median(bare) * 1000:7.1f} ms")
    print(f"first screen  {median(first) * 1000:7.1f} ms   ratio {median(first) / median(bare):.3f}")
    print(f"unlock→home   {median(unlock) * 1000:7.1f} ms   of which Argon2id {derivation * 1000:.1f} ms")


def _argon2id() -> float:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    times = []
    for _ in range(5):
        started = time.perf_counter()
        Argon2id(salt=b"0" * 16, length=32, iterations=3, lanes=4, memory_cost=64 * 1024).derive(b"passphrase")
        times.append(time.perf_counter() - started)
    return median(times)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40)
