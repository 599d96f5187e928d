"""Windows: a folder whose access list names one account, inheritance off, read back after it was set.

Accounts are named by SID, because names are translated; the list is read in SDDL, which no language setting changes.
What the tools print is bytes of some code page, in which a name may hold anything; a SID and SDDL are ASCII in all of them.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path, PureWindowsPath
from typing import Final

from interview.errors import InterviewError

_SID: Final = re.compile(rb'"(S-1-[0-9]+(?:-[0-9]+)+)"[ \t\r\n]*\Z')
"""The last column of the answer; an account's name, which may look like anything, comes before."""
# https://learn.microsoft.com/windows/win32/secauthz/ace-strings
_ENTRY: Final = re.compile(r"\(([^;()]*);[^;()]*;[^;()]*;[^;()]*;[^;()]*;([^;()]*)\)")
# An entry with a condition has more fields and brackets within; a list with one is not what this program sets.
_LIST: Final = re.compile(r"D:([A-Z]*)((?:\([^;()]*(?:;[^;()]*){5}\))*)(?=S:|\s|\Z)")
_SECONDS: Final = 60


def restrict_to_account(folder: Path) -> None:
    """Give a folder and what will lie in it to this account alone; `files.folder-open` if that did not hold."""
    sid = account_sid(_run("whoami.exe", "/user", "/fo", "csv", "/nh"))
    if only_account(_read_list(folder), sid):
        return
    # Reset leaves only what is inherited, and the next line turns that off.
    _run("icacls.exe", str(folder), "/reset", "/q")
    _run("icacls.exe", str(folder), "/inheritance:r", "/grant:r", f"*{sid}:(OI)(CI)F", "/q")
    if not only_account(_read_list(folder), sid):
        raise InterviewError("files.folder-open", folder.name)


def account_sid(answer: bytes) -> str:
    """The SID in the answer of `whoami /user /fo csv /nh` in any code page; `files.folder-open` if there is none."""
    found = _SID.search(answer)
    if found is None:
        raise InterviewError("files.folder-open")
    return found[1].decode("ascii")


def system_tool(name: str, environment: Mapping[str, str]) -> str:
    """The full path of a tool of Windows: a bare name is looked for in the current folder too."""
    return str(PureWindowsPath(environment.get("SystemRoot") or r"C:\Windows") / "System32" / name)


def saved_list(saved: bytes) -> str:
    """The SDDL in what `icacls /save` wrote: UTF-16, little-endian, and a folder's name in it may be no whole text."""
    return saved.decode("utf-16-le", "replace").removeprefix("\ufeff")


def only_account(sddl: str, sid: str) -> bool:
    """Whether an SDDL access list inherits nothing and allows one account and nobody else."""
    found = _LIST.search(sddl)
    if found is None or "P" not in found[1]:
        return False
    entries = _ENTRY.findall(found[2])
    return bool(entries) and all(kind == "A" and account == sid for kind, account in entries)


def is_remote(root: str) -> bool:
    """Whether a drive's root (`X:\\`) lies on another machine."""
    import ctypes  # noqa: PLC0415  Windows alone

    if sys.platform != "win32":
        return False
    remote = 4  # DRIVE_REMOTE of GetDriveTypeW
    return int(ctypes.windll.kernel32.GetDriveTypeW(root)) == remote


def _read_list(folder: Path) -> str:
    with tempfile.TemporaryDirectory() as scratch:
        saved = Path(scratch) / "acl"
        _run("icacls.exe", str(folder), "/save", str(saved), "/q")
        return saved_list(saved.read_bytes())


def _run(name: str, *arguments: str) -> bytes:
    command = (system_tool(name, os.environ), *arguments)
    try:
        # Fixed tools of the system, arguments as a list: no shell reads the folder's name.
        done = subprocess.run(command, capture_output=True, check=True, timeout=_SECONDS)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        raise InterviewError("files.folder-open") from None
    return done.stdout
