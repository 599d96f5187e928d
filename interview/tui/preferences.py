"""Writing one choice made on the screen into the settings file, everything else in it left as a person wrote it."""

import re
from typing import Final

from interview.errors import InterviewError
from interview.files import read_bounded, write_atomically
from interview.paths import Home

_LIMIT: Final = 64 * 1024


def prefer(home: Home, name: str, value: str) -> None:
    """Set a top-level setting to a word; nothing happens where there is no home yet. `files.*` where it cannot be written."""
    if not home.keyring.exists():
        return
    before = ""
    if home.settings.exists():
        try:
            before = read_bounded(home.settings, _LIMIT).decode("utf-8-sig")
        except UnicodeDecodeError:
            raise InterviewError("cli.settings-encoding", home.settings.name) from None
    write_atomically(home.settings, with_setting(before, name, value).encode())


def with_setting(text: str, name: str, value: str) -> str:
    """The settings' text with a top-level setting put in or replaced; top-level settings stand before the first table."""
    head, bracket, rest = text.partition("\n[") if not text.startswith("[") else ("", "[", text[1:])
    line = f'{name} = "{value}"'
    changed, count = re.subn(rf"(?m)^\s*{re.escape(name)}\s*=.*$", line, head)
    if not count:
        changed = f"{line}\n{head}" if head else line
    if not bracket:
        return changed if changed.endswith("\n") else changed + "\n"
    return changed.rstrip("\n") + "\n\n[" + rest
