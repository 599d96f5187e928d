"""The survey: what the rehearsal's own survey calls things."""

TEXTS: dict[str, str] = {
    "rehearsal-title": "Rehearsal – no real patients",
    "rehearsal-recipient": "The rehearsal's recipient",
    "rehearsal-telephone": "070-174 06 05",
    "rehearsal-unit-ekbacken": "Ekbacken health centre (made up)",
    "rehearsal-unit-hamnen": "Hamnen health centre (made up)",
    "rehearsal-unit-solsidan": "Municipality of Solsidan (made up)",
    "organisation-primary-care": "Primary care",
    "organisation-municipality": "Municipality",
}

ERRORS: dict[str, tuple[str, str]] = {}
