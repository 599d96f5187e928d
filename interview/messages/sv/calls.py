"""Ringlistan: vem som svarade, och vad ett ärende måste ha."""

TEXTS: dict[str, str] = {
    "identity.person": "Ja",
    "identity.coming": "Kommer till telefonen",
    "identity.not-home": "Inte hemma",
    "identity.cannot-speak": "Kan inte tala i telefon",
    "identity.wrong-number": "Fel nummer",
    "identity.deceased": "Avliden",
}

ERRORS: dict[str, tuple[str, str]] = {
    "no-name": (
        "Ärendet har inget namn.",
        "Skriv namnet på den som ska ringas.",
    ),
    "bad-telephone": (
        "Det går inte att ringa det numret.",
        "Skriv ett telefonnummer med siffror, till exempel 070-174 06 05 eller +46 70 174 06 05.",
    ),
    "too-long": (
        "Texten är för lång.",
        "Skriv högst {limit} tecken.",
    ),
    "bad-window": (
        "Sista dagen att ringa ligger före hemkomsten.",
        "Rätta något av datumen.",
    ),
}
