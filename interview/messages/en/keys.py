"""The keyring: passphrases and the recovery code."""

TEXTS: dict[str, str] = {}

ERRORS: dict[str, tuple[str, str]] = {
    "wrong-passphrase": (
        "The passphrase does not fit. The keyring has {slots} locks, and none of them opened.",
        "Check the keyboard's language and Caps Lock and type again. The recovery code on paper opens it too.",
    ),
    "weak-passphrase": (
        "The passphrase is too simple: it needs at least {minimum} characters that are not one and the same.",
        "Choose four or five words that do not belong together.",
    ),
    "already-there": (
        "There is a keyring here already, and it is never overwritten.",
        "Choose another folder, or unlock the station that is here.",
    ),
    "damaged": (
        "The keyring is damaged or was changed by somebody.",
        "Do not use it. Restore it from the backup.",
    ),
    "newer": (
        "The keyring was written by a newer version of the program.",
        "Install the latest version of the program and try again.",
    ),
}
