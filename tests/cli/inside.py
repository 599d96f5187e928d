"""The same commands within the process that runs the tests: a start of the program costs more than what most of them do."""

import contextlib
import io
import os
import subprocess
from pathlib import Path
from unittest import mock

from interview.cli.main import main


def run_inside(
    *words: object, home: Path, passphrase: str | None = None, **more: str
) -> subprocess.CompletedProcess[str]:
    """A command run to its end, as `installed.run` does it: without a terminal, `passphrase` on its standard input."""
    line = [str(word) for word in words]
    typed = io.TextIOWrapper(io.BytesIO(b"" if passphrase is None else f"{passphrase}\n".encode()), "utf-8")
    out, err = io.StringIO(), io.StringIO()
    before = os.umask(0o022)
    os.umask(before)
    with (
        mock.patch.dict("os.environ", {"INTERVIEW_HOME": str(home), "INTERVIEW_LANGUAGE": "sv", **more}),
        mock.patch("sys.stdin", typed),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        status = main(line)
    os.umask(before)
    return subprocess.CompletedProcess(line, status, out.getvalue(), err.getvalue())
