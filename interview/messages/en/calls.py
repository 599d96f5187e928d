"""The call list: who answered, and what a case must have."""

TEXTS: dict[str, str] = {
    "identity.person": "Yes",
    "identity.coming": "Coming to the telephone",
    "identity.not-home": "Not at home",
    "identity.cannot-speak": "Cannot speak on the telephone",
    "identity.wrong-number": "Wrong number",
    "identity.deceased": "Deceased",
}

ERRORS: dict[str, tuple[str, str]] = {
    "no-name": (
        "The case has no name.",
        "Write the name of the person to ring.",
    ),
    "bad-telephone": (
        "That cannot be rung.",
        "Write a telephone number in digits, for example 070-174 06 05 or +46 70 174 06 05.",
    ),
    "too-long": (
        "The text is too long.",
        "Write at most {limit} characters.",
    ),
    "bad-window": (
        "The last day to ring lies before the day of coming home.",
        "Correct one of the dates.",
    ),
}
