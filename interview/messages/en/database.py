"""The database: what could not be opened, read or saved."""

TEXTS: dict[str, str] = {}

ERRORS: dict[str, tuple[str, str]] = {
    "busy": (
        "Another window or program is using the database right now.",
        "Close other windows of the program and try again.",
    ),
    "disk-full": (
        "The disk is full. The latest is not saved.",
        "Free some space on the disk and try again.",
    ),
    "io-error": (
        "The disk answers with errors. The latest is not saved, and the database was closed to be safe.",
        "Close the program and start it again. If the error returns, stop using the computer and ring IT support.",
    ),
    "damaged": (
        "The database is damaged and was closed.",
        "Write nothing more in it. Restore from the backup, or ask the coordinator.",
    ),
    "read-only": (
        "The database can only be read.",
        "Check that your account may write in the folder and that the disk is not write-protected.",
    ),
    "constraint": (
        "The database did not take the change, which breaks a rule the database keeps.",
        "Start the program again and retry. If that does not help, tell the coordinator.",
    ),
    "closed": (
        "The database is closed.",
        "Unlock the station again.",
    ),
    "gone": (
        "The database is not in its folder any more. The latest is not saved.",
        "Put the folder back where it was (or plug the disk in again) and try again.",
    ),
    "cannot-open": (
        "The database cannot be opened.",
        "Check that the folder exists, that your account may read and write in it and that the disk is not full.",
    ),
    "not-found": (
        "The database does not exist.",
        "Check that the right folder is chosen. If the file has gone, restore it from the backup.",
    ),
    "not-encrypted": (
        "The file is a database without encryption. The program does not open it.",
        "Somebody has replaced the file. Restore it from the backup and tell the coordinator.",
    ),
    "wrong-key": (
        "The database does not open with the key that belongs to it.",
        "The file and the keyring do not belong together, or the beginning of the file is damaged. "
        "Restore both from the same backup.",
    ),
    "newer-schema": (
        "The database was written by a newer version of the program.",
        "Install the latest version of the program. Nothing was changed in the database.",
    ),
    "no-cipher": (
        "The program is installed without encryption and therefore opens no database.",
        "Install the program again as its instructions say.",
    ),
}
