"""Samtalet: vem som svarar, varför ett svar saknas, och vad en fråga inte tar emot."""

TEXTS: dict[str, str] = {
    "respondent.patient": "Patienten själv",
    "respondent.patient-with-help": "Patienten med hjälp",
    "respondent.proxy": "Närstående",
    "respondent.mixed": "Flera har svarat",
    "missing.asked-declined": "vill inte svara",
    "missing.asked-unknown": "vet inte",
    "missing.not-applicable": "ej aktuellt",
    "missing.not-asked-of-proxy": "frågas inte närstående",
    "missing.only-asked-of-proxy": "frågas bara närstående",
    "missing.routed-past": "hoppades över enligt formuläret",
    "missing.left-open": "lämnades öppen",
    "missing.not-core": "hör inte till kärnfrågorna",
    "missing.broken-off": "samtalet slutade före frågan",
}

ERRORS: dict[str, tuple[str, str]] = {
    "form-not-checked": (
        "Frågeformuläret hänger inte ihop: ett villkor eller svarsalternativ går inte att använda.",
        "Kör «interview questionnaire check» på formuläret, rätta det som står där och läs in det igen.",
    ),
    "other-version": (
        "Intervjun påbörjades med en annan version av frågeformuläret.",
        "Öppna intervjun med den version den påbörjades med.",
    ),
    "unknown-language": (
        "Frågorna finns inte på språket {language}.",
        "Välj ett av de språk som formuläret har.",
    ),
    "unknown-question": (
        "Frågan finns inte i formuläret.",
        "Välj en fråga som finns i det formulär intervjun påbörjades med.",
    ),
    "not-a-question": (
        "Det här är en text att läsa upp, inte en fråga.",
        "Gå vidare med Enter.",
    ),
    "on-review": (
        "Alla frågor är genomgångna och svaren visas för granskning.",
        "Välj en fråga i listan för att ändra svaret.",
    ),
    "wrong-type": (
        "Svaret passar inte frågans typ ({type}).",
        "Svara med någon av de tangenter som visas vid frågan.",
    ),
    "unknown-option": (
        "Svarsalternativet finns inte för frågan.",
        "Välj en av de siffror som visas vid frågan.",
    ),
    "exclusive-option": (
        "Ett av alternativen kan inte väljas tillsammans med andra.",
        "Välj antingen det ensamt eller de andra.",
    ),
    "outside-scale": (
        "Talet ligger utanför skalan {minimum}–{maximum}.",
        "Ange ett tal mellan {minimum} och {maximum}.",
    ),
    "outside-limits": (
        "Svaret ska ligga mellan {minimum} och {maximum}.",
        "Skriv ett värde däremellan, eller välj vet inte eller vill inte svara.",
    ),
    "too-many-decimals": (
        "Svaret har för många decimaler.",
        "Skriv högst {limit} decimaler.",
    ),
    "wrong-pattern": (
        "Svaret är inte skrivet som frågan vill ha det.",
        "Läs anvisningen vid frågan och skriv svaret så.",
    ),
    "required": (
        "Frågan behöver ett svar.",
        "Svara, eller välj vet inte eller vill inte svara.",
    ),
    "bad-number": (
        "Det här är inget heltal.",
        "Skriv svaret med siffror, till exempel 12.",
    ),
    "bad-decimal": (
        "Det här är inget tal.",
        "Skriv svaret med siffror, till exempel 12,5.",
    ),
    "bad-date": (
        "Det här är inget datum.",
        "Skriv datumet som 2026-11-26, 26/11 eller 26 nov.",
    ),
    "bad-time": (
        "Det här är inget klockslag.",
        "Skriv klockslaget som 14.30 eller 14:30.",
    ),
    "text-too-long": (
        "Texten har {length} tecken; frågan tar emot högst {limit}.",
        "Korta texten till det viktigaste.",
    ),
    "missing-not-taken": (
        "Frågan kan inte besvaras så.",
        "Välj ett av de svar som visas vid frågan.",
    ),
    "no-answer-yet": (
        "Frågan har inget svar ännu.",
        "Svara, eller lämna frågan öppen.",
    ),
    "answer-needed": (
        "Samtalet kan inte gå vidare utan svar på den här frågan.",
        "Välj ett av svaren. Esc pausar samtalet.",
    ),
    "consent-first": (
        "Ingen har ännu sagt ja till att vara med.",
        "Ställ först frågan om att vara med.",
    ),
    "does-not-apply": (
        "Frågan är inte aktuell i det här samtalet.",
        "Välj en annan fråga, eller ändra det svar som styr bort den.",
    ),
    "not-for-respondent": (
        "Frågan är inte till den som svarar just nu.",
        "Ändra först vem som svarar.",
    ),
    "bad-response": (
        "Svaret går inte att läsa: det är inte skrivet som ett svar ska vara.",
        "Be stationen att exportera leveransen igen. Kvarstår felet är svaret skadat eller gjort av ett annat program.",
    ),
    "response-does-not-fit": (
        "Svaret stämmer inte med sitt frågeformulär (regel: {rule}).",
        "Kontrollera att stationen har rätt version av frågeformuläret och programmet, och exportera igen.",
    ),
    "not-a-respondent": (
        "I det här formuläret svarar ingen i den tillfrågades ställe.",
        "Ring en annan gång, eller avsluta från pausen (Esc).",
    ),
}
