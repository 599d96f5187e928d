"""Files and folders: what could not be read, written or kept private."""

TEXTS: dict[str, str] = {
    "reason-missing": "the file or folder does not exist",
    "reason-forbidden": "access is denied",
    "reason-exists": "there is something of that name already",
    "reason-no-folder": "a part of the path is no folder",
    "reason-folder": "it is a folder",
    "reason-read-only": "the disk can only be read",
    "reason-full": "the disk is full",
    "reason-long": "the name is too long",
    "reason-broken": "the disk cannot be read or written",
    "reason-busy": "another program is using it",
}

ERRORS: dict[str, tuple[str, str]] = {
    "not-found": (
        "The file does not exist.",
        "Check the name and the folder. If the file is on a USB stick, see that it is plugged in.",
    ),
    "too-large": (
        "The file is too large; at most {limit} bytes are taken here.",
        "Check that it is the right file. The one that belongs here is much smaller.",
    ),
    "unreadable": (
        "The file cannot be read: {reason}.",
        "Check that your account may read the file and that nobody else has it open.",
    ),
    "unreachable": (
        "The place cannot be reached: {reason}.",
        "Check the path, and that your account may open the folder.",
    ),
    "no-such-account": (
        "There is no account of that name on the computer.",
        "Write the whole path instead of ~ and a name.",
    ),
    "not-a-file": (
        "Something else than a file has that name: a folder, a pipe or a device.",
        "Give the name of a file. For one to be written, a new name in the folder will do.",
    ),
    "write-failed": (
        "Writing to the disk failed: {reason}. No half file is left.",
        "Check that the folder exists and that your account may write in it. Then try again.",
    ),
    "disk-full": (
        "The disk is full. No half file is left.",
        "Free some space on the disk and try again.",
    ),
    "folder-open": (
        "The folder cannot be closed to others who use this computer.",
        "Choose a folder of the program's own, on the computer's own disk and in your own account: not the home "
        "folder itself, not a shared one.",
    ),
    "shared-place": (
        "The folder lies on the network or is copied to the cloud (OneDrive, for example).",
        "Choose a folder on the computer's own disk that is not synchronised. Copies of it can tell which responses "
        "came when.",
    ),
}
