"""The program as it was installed: the script beside the interpreter that runs the tests, never the tree."""

import os
import subprocess
import sysconfig
from collections.abc import Mapping
from pathlib import Path

SCRIPT = Path(sysconfig.get_path("scripts")) / ("interview.exe" if os.name == "nt" else "interview")


def environment(home: Path, **more: str) -> dict[str, str]:
    """What a process of its own finds: nothing of the one that runs the tests but the platform's own."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT", "TMPDIR", "TEMP") if name in os.environ}
    return {**kept, "PYTHONUTF8": "1", "INTERVIEW_HOME": str(home), **more}


def run(
    *words: object, home: Path, passphrase: str | None = None, cwd: Path | None = None, **more: str
) -> subprocess.CompletedProcess[str]:
    """A command run to its end; `passphrase` is written to its standard input."""
    return subprocess.run(
        [str(SCRIPT), *map(str, words)],
        env=environment(home, **more),
        input="" if passphrase is None else passphrase + "\n",
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        cwd=home.parent if cwd is None else cwd,
    )


def variables(home: Path, environment_: Mapping[str, str] | None = None) -> dict[str, str]:
    """The same for `Terminal`, which keeps the rest of the environment."""
    return {"INTERVIEW_HOME": str(home), "INTERVIEW_LANGUAGE": "sv", "COLORTERM": "truecolor", **(environment_ or {})}
