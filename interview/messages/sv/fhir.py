"""Formulär som FHIR: vad som är fel i en sådan fil, och vad som gjordes med det ett formulär inte har plats för."""

TEXTS: dict[str, str] = {}

ERRORS: dict[str, tuple[str, str]] = {
    "not-json": (
        "Filen går inte att läsa som JSON från det här stället.",
        "Se efter kommatecken, citattecken och klamrar här, eller hämta filen på nytt.",
    ),
    "too-large": (
        "Filen är för stor för ett formulär (högst {most} MiB och {values} värden).",
        "Dela formuläret, eller ta bort det som inte hör till frågorna.",
    ),
    "long-number": ("Talet är orimligt långt (högst {most} tecken).", "Rätta talet."),
    "not-questionnaire": (
        "Filen är inget frågeformulär i FHIR (resourceType: {word}).",
        "Välj en fil med en enda resurs av slaget Questionnaire; ligger den i ett Bundle, ta ut den först.",
    ),
    "wanted": ("{element} ska vara {kind}.", "Rätta värdet efter FHIR R5, eller hämta filen på nytt."),
    "missing": ("{element} saknas.", "Lägg till {element}, så som FHIR R5 kräver."),
    "unknown-word": ("{element} kan inte vara {word}.", "Det som kan stå här: {known}."),
    "translated-twice": ("Texten är översatt två gånger till {language}.", "Ta bort den ena översättningen."),
    "asked-of-each": (
        "{link} kan besvaras flera gånger, och frågorna i den ställs om varje svar; ett formulär har ingen plats för det.",
        "Lägg frågan och dem som står i den i en grupp (type: group) med repeats: true i FHIR-filen, eller ta bort repeats.",
    ),
    "cannot-keep": (
        "{element} går inte att föra över, och utan det skulle formuläret betyda något annat.",
        "Ta bort det eller skriv om det i FHIR-filen: svaren som answerOption, villkoren som enableWhen på tal, datum, text eller kod.",
    ),
    "filled": (
        "{element} saknas och blir «{value}» ({count} st).",
        "Ändra i formuläret om det ska vara något annat.",
    ),
    "changed": (
        "{element}: «{was}» blir «{now}» ({count} st).",
        "Ändra i formuläret om det ska vara något annat.",
    ),
    "left-out": ("Utelämnat: {element} ({count} st).", "Ett formulär här har ingen plats för det."),
    "moved": (
        "Det som låg inuti {link} ligger i avsnittet {group} efter frågan, och tas upp när den är besvarad.",
        "Se efter att det blir rätt när frågorna läses upp i följd.",
    ),
}
