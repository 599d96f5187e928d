"""Hur en uppringning slutar: AAPOR:s utfallskoder i ord."""

TEXTS: dict[str, str] = {
    "complete": "Genomförd",
    "partial": "Delvis genomförd",
    "refused-by-other": "Annan avböjer för patienten",
    "refused": "Patienten avböjer",
    "break-off": "Avbruten",
    "no-contact": "Ingen kontakt efter alla försök",
    "never-available": "Nådd, aldrig tillgänglig",
    "voicemail": "Telefonsvarare vid alla försök",
    "deceased": "Avliden",
    "unable": "Förhindrad, ingen närstående kan eller vill",
    "language": "Språkhinder",
    "other": "Avslutad av annat skäl",
    "technical": "Tekniskt fel",
    "wrong-number": "Fel eller trasigt nummer",
    "never-rung": "Aldrig uppringd",
    "not-eligible": "Utanför urvalet",
    "in-residential-care": "Bodde redan i särskilt boende",
    "busy": "Upptaget",
    "no-answer": "Inget svar",
    "machine": "Telefonsvarare, ring igen",
    "not-now": "Inte nu, ring igen",
    "appointment": "Bokad tid",
    "interrupted": "Samtalet bröts, ring igen",
}

ERRORS: dict[str, tuple[str, str]] = {}
