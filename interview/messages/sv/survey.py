"""Mätningen: vad övningens egen mätning kallar saker."""

TEXTS: dict[str, str] = {
    "rehearsal-title": "Övning – inga riktiga patienter",
    "rehearsal-recipient": "Övningens mottagare",
    "rehearsal-telephone": "070-174 06 05",
    "rehearsal-unit-ekbacken": "Vårdcentralen Ekbacken (påhittad)",
    "rehearsal-unit-hamnen": "Vårdcentralen Hamnen (påhittad)",
    "rehearsal-unit-solsidan": "Solsidans kommun (påhittad)",
    "organisation-primary-care": "Primärvård",
    "organisation-municipality": "Kommun",
}

ERRORS: dict[str, tuple[str, str]] = {}
