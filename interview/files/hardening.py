"""What the process gives up at every start, so that others get less from it (T16, T17)."""

import os
import sys
from contextlib import suppress
from typing import Final

_PR_SET_DUMPABLE: Final = 4


def harden_process() -> None:
    """New files for this account alone, no core dump, and on Linux no other process of the account may read the memory.

    Where the platform lacks one of them it is left out; the limits are stated in README.
    """
    os.umask(0o077)
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415  not on Windows

    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415  Linux alone needs it

        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
