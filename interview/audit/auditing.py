"""The audit: from a folder and a passphrase to a report of every attack."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from interview.audit.attacks import ATTACKS
from interview.audit.evidence import Evidence
from interview.audit.report import Report, Trial
from interview.errors import InterviewError
from interview.paths import Home
from interview.progress import Progress, silent
from interview.store.keyring import open_keyring

KIND: Final = "station"


def audit(home: Home, secret: str, progress: Progress = silent) -> Report:
    """Attack the station in `home` with a passphrase or recovery code; nothing is changed.

    Not for a process that has the station open: where files are closed there, its locks on them are lost (POSIX).

    `audit.no-station`, `audit.not-a-station`, `audit.unreadable`, those of `open_keyring`.
    """
    if not home.keyring.exists():
        raise InterviewError("audit.no-station", str(home.root), folder=home.root.name)
    keyring = open_keyring(home.keyring, secret)
    if keyring.kind != KIND:
        raise InterviewError("audit.not-a-station", home.keyring.name, folder=home.root.name)
    return attack(home.root, keyring.secrets, progress)


def attack(
    root: Path,
    secrets: Mapping[str, bytes],
    progress: Progress = silent,
    *,
    scratch: Iterable[Path] | None = None,
) -> Report:
    """Every attack on a station's folder with its raw keys, by name (`workspace`, `responses`, `signing`).

    `scratch` are the folders where files for the moment may have been left, the system's own where it is left out.
    """
    evidence = Evidence(root, secrets, scratch)
    trials = []
    for done, each in enumerate(ATTACKS):
        progress(done, len(ATTACKS))
        trials.append(Trial(each.name, each.threats, each.make(evidence)))
    return Report(tuple(trials))
