"""Where a station may lie: in a folder of one account, on this machine's own disk (T17)."""

import os
import stat
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from interview.errors import InterviewError

_NETWORK: Final = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ncpfs", "9p", "ceph", "glusterfs", "lustre", "davfs", "webdav"}
)
_NETWORK_FUSE: Final = frozenset(
    {"sshfs", "rclone", "davfs2", "s3fs", "gcsfuse", "goofys", "glusterfs", "cifs", "curlftpfs", "smbnetfs"}
)
_SYNCED: Final = ("onedrive", "dropbox", "google drive", "googledrive", "icloud", "nextcloud", "owncloud")
# Where macOS and Google's own program keep what they copy.
_SYNCED_EXACT: Final = frozenset({"mobile documents", "cloudstorage", "my drive", "min enhet"})
_SYNC_VARIABLES: Final = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")


def private_folder(path: Path) -> Path:
    """The folder, made with its parents where missing, for this account alone (0700, or an access list).

    One that was wider is tightened. `files.folder-open` where that fails or where it is a folder many things share (the
    account's own home, `/tmp`); `files.write-failed` where it cannot be made.
    """
    try:
        _make(path)
        if sys.platform == "win32":
            from interview.files.windows import restrict_to_account  # noqa: PLC0415  Windows alone

            restrict_to_account(path)
        else:
            _tighten(path)
    except OSError as error:
        raise InterviewError("files.write-failed", path.name, reason=error.strerror or "") from None
    return path


def _make(path: Path) -> None:
    missing = [folder for folder in (path, *path.parents) if not folder.exists()]
    for folder in reversed(missing):
        folder.mkdir(mode=0o700, exist_ok=True)
    if not path.is_dir():
        raise NotADirectoryError(20, "not a folder")


def _tighten(path: Path) -> None:
    found = path.stat()
    shared = found.st_mode & stat.S_ISVTX or path.resolve() in {Path.home().resolve(), Path(path.anchor)}
    if sys.platform != "win32" and (shared or found.st_uid != os.geteuid()):
        raise InterviewError("files.folder-open", path.name)
    if stat.S_IMODE(found.st_mode) != 0o700:
        path.chmod(0o700)
        # Some file systems (FAT, some mounts) take the call and change nothing.
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise InterviewError("files.folder-open", path.name)


def refuse_shared_place(path: Path) -> None:
    """Refuse a folder that lies on a network or that a program copies elsewhere: `files.shared-place`.

    A database under a WAL is damaged on a network, and old copies of it tell which responses came between them.
    """
    resolved = path.resolve()
    if (
        is_synced(resolved, os.environ)
        or (sys.platform == "win32" and _is_remote_drive(resolved))
        or (sys.platform == "linux" and is_on_network(resolved, _mounts()))
    ):
        raise InterviewError("files.shared-place", path.name)


def is_synced(path: Path, environment: Mapping[str, str]) -> bool:
    """Whether a path lies in the folder of a synchronising program, by its names or by the environment."""
    for part in path.parts:
        name = part.lower()
        # OneDrive adds the organisation: "OneDrive - Region Halland".
        if name.startswith(_SYNCED) or name in _SYNCED_EXACT:
            return True
    roots = (environment.get(variable) for variable in _SYNC_VARIABLES)
    return any(root and path.is_relative_to(root) for root in roots)


def is_on_network(path: Path, mounts: Iterable[str]) -> bool:
    """Whether a path lies on a network file system, by the lines of Linux's `mountinfo` (proc(5)).

    The deepest mount decides.
    """
    deepest, kind = "", ""
    for line in mounts:
        fields, _, rest = line.partition(" - ")
        columns = fields.split(" ")
        if len(columns) < 5 or not rest:
            continue
        # The kernel writes blanks, tabs, newlines and backslashes of a mount point in octal.
        point = columns[4].replace("\\040", " ").replace("\\011", "\t").replace("\\012", "\n").replace("\\134", "\\")
        # A later mount on the same point hides the one before.
        if path.is_relative_to(point) and len(point) >= len(deepest):
            deepest, kind = point, rest.split(" ")[0]
    return kind in _NETWORK or kind.removeprefix("fuse.") in _NETWORK_FUSE


def _mounts() -> list[str]:
    try:
        return Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return []


def _is_remote_drive(path: Path) -> bool:
    from interview.files.windows import is_remote  # noqa: PLC0415  Windows alone

    return path.drive.startswith("\\\\") or is_remote(path.anchor)
