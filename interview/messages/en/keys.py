"""The keyring: passphrases and the recovery code."""

TEXTS: dict[str, str] = {}

ERRORS: dict[str, tuple[str, str]] = {
    "wrong-passphrase": (
        "The passphrase is wrong.",
        "Check the keyboard's language and Caps Lock and type again. The recovery code on paper opens it too.",
    ),
    "weak-passphrase": (
        "The passphrase is too simple: it needs at least {minimum} characters that are not one and the same.",
        "Choose four or five words that do not belong together.",
    ),
    "guessable-passphrase": (
        "The passphrase can be guessed: it is like words, names or years that many people choose.",
        "Choose four or five words that do not belong together, or take the proposed ones.",
    ),
    "bad-name": (
        "The key needs a name of at most {most} letters.",
        "Write the name of whoever will use the key.",
    ),
    "name-taken": (
        "There is a key of that name already.",
        "Choose another name, or change the passphrase of the key that is there.",
    ),
    "too-many": (
        "There are {most} keys already, and there is no room for more.",
        "Remove one that is no longer used.",
    ),
    "changed-elsewhere": (
        "The keys were changed in another window since the station was unlocked.",
        "Lock the station, unlock it again and try once more.",
    ),
    "no-such-key": (
        "There is no key of that name.",
        "Those that are there: {known}.",
    ),
    "last-passphrase": (
        "It is the only passphrase. It cannot be removed.",
        "Add another first, or change the passphrase.",
    ),
    "recovery-stays": (
        "The recovery code cannot be removed and has no passphrase to change.",
        "Make a new recovery code instead; the old one then stops working.",
    ),
    "not-the-code": (
        "What was typed is a passphrase, not the recovery code.",
        "Type the code from the paper. If you have your passphrase you can change it instead.",
    ),
    "station-in-use": (
        "The folder is in use in another window. Keys can be removed or changed only while nobody else uses it.",
        "Close or lock all other windows with the same station or archive and try again. Nothing has been changed.",
    ),
    "no-room": (
        "The disk has too little room to change keys: {megabytes} MB must be free. Nothing has been changed.",
        "Free some space on the disk and try again.",
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
