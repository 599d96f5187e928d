"""The installed program on a disk that refuses: its calls to the system go through `refusing.c` first.

Compiled by the machine's own compiler, and loaded before the system's library: Linux alone.
"""

import shutil
import struct
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

COMPILER = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
SOURCE = Path(__file__).with_name("refusing.c")

needs_compiler = pytest.mark.skipif(
    sys.platform != "linux" or COMPILER is None,
    reason="loads a library of its own before the system's: Linux and a C compiler",
)


def compiled(folder: Path) -> Path:
    """The library, made in a folder."""
    library = folder / "refusing.so"
    flags = ("-shared", "-fPIC", "-O1", "-o", str(library), str(SOURCE), "-ldl", "-pthread")
    subprocess.run([str(COMPILER), *flags], check=True, capture_output=True)
    return library


@dataclass(frozen=True)
class Refusing:
    """A disk below a folder that refuses one kind of call (`write`, `sync`), in one way (see `refusing.c`)."""

    library: Path
    below: Path
    counted: Path
    kind: str
    how: str
    first: int = 0
    armed: Path | None = None

    def environment(self) -> dict[str, str]:
        """What a process has to find; the counts begin anew."""
        self.counted.write_bytes(bytes(8))
        variables = {
            "LD_PRELOAD": str(self.library),
            "REFUSE_BELOW": str(self.below),
            "REFUSE_COUNT": str(self.counted),
            "REFUSE_KIND": self.kind,
            "REFUSE_HOW": self.how,
            "REFUSE_FROM": str(self.first),
        }
        return variables if self.armed is None else {**variables, "REFUSE_ARMED": str(self.armed)}

    @property
    def calls(self) -> int:
        """How many calls of its kind there were."""
        return int(struct.unpack("II", self.counted.read_bytes())[0])

    @property
    def refused(self) -> bool:
        """Whether one was refused."""
        return bool(struct.unpack("II", self.counted.read_bytes())[1])
