"""All tests, on two cores: `python -m tests [what pytest takes]`. Any failure fails it.

Two runs of pytest at once, each with folders of its own, which weigh about the same, quick and slow. They are two and
not one with workers, because tests that fork and tests that open terminals hang in workers.
"""

import shutil
import subprocess
import sys
import tempfile

FIRST = ("tests/tui", "tests/whole", "tests/crashes")
"""What the first run has; the second, told after it, has all the rest."""
NOTHING_FOUND = 5
"""pytest's exit status where no test was asked for: only both together say that."""


def main(options: list[str]) -> int:
    """The exit status of the tests."""
    pytest = [sys.executable, "-m", "pytest", *options]
    with tempfile.TemporaryFile() as told:
        rest = [*pytest, *(f"--ignore={folder}" for folder in FIRST)]
        with subprocess.Popen(rest, stdout=told, stderr=subprocess.STDOUT) as second:
            first = subprocess.run([*pytest, *FIRST], check=False)
        told.seek(0)
        shutil.copyfileobj(told, sys.stdout.buffer)
    statuses = {first.returncode, second.returncode}
    return max(statuses - {NOTHING_FOUND} if len(statuses) > 1 else statuses, key=abs)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
