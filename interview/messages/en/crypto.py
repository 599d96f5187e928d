"""Seals, signatures and codes: what did not hold."""

TEXTS: dict[str, str] = {}

ERRORS: dict[str, tuple[str, str]] = {
    "bad-signature": (
        "The signature does not hold: the content was changed, or signed by somebody else.",
        "Do not use the file. Fetch it again from whoever sent it, and compare the fingerprint.",
    ),
    "bad-key": (
        "The key cannot be used.",
        "Ask the key's owner to send the card again.",
    ),
    "bad-json": (
        "The content is not written as it should be (rule: {reason}).",
        "Fetch the file again from whoever sent it. Do not edit it.",
    ),
    "too-long": (
        "The answers are larger than the questionnaire allows ({length} of at most {limit} bytes).",
        "Shorten the written texts. If that does not help, tell the coordinator.",
    ),
    "not-for-this-key": (
        "The response is not sealed to this recipient.",
        "Open it at a recipient whom the survey names.",
    ),
    "damaged-record": (
        "The sealed response cannot be opened: it is damaged, or sealed to somebody else.",
        "Check that the right key is used. Otherwise ask the station to write the batch again.",
    ),
    "unknown-format": (
        "The seal is of a kind this program does not know.",
        "Install the latest version of the program and try again.",
    ),
    "damaged-box": (
        "The encrypted content cannot be opened: wrong key, or damaged.",
        "Check the passphrase. If that does not help, restore from the backup.",
    ),
    "unreasonable-parameters": (
        "The keyring asks for an unreasonable amount of memory or time to be unlocked.",
        "The file is damaged or was changed by somebody. Do not use it; restore the keyring from the backup.",
    ),
    "recovery-mistyped": (
        "The recovery code is mistyped in group {group}.",
        "Compare group {group} with the paper and type it again.",
    ),
    "recovery-length": (
        "The recovery code has {found} characters; {due} are due.",
        "Type every group on the paper, in order.",
    ),
}
