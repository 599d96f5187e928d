"""Frågeformulären: vad som är fel i ett formulär och hur det rättas."""

from interview.messages.sv.questionnaire_conditions import CONDITIONS
from interview.messages.sv.questionnaire_syntax import SYNTAX

TEXTS: dict[str, str] = {}

ERRORS: dict[str, tuple[str, str]] = {
    **SYNTAX,
    "wanted-keys": (
        "Här ska det stå nycklar med värden.",
        "Skriv ett värde per rad, indraget: nyckel: värde.",
    ),
    "wanted-list": (
        "{key} ska vara en lista.",
        "Skriv en rad per del, med bindestreck först.",
    ),
    "wanted-text": (
        "{key} ska vara en text.",
        "Skriv ett enda värde efter kolonet.",
    ),
    "wanted-number": (
        "{key} ska vara ett heltal.",
        "Skriv talet med bara siffror.",
    ),
    "wanted-yes-or-no": (
        "{key} ska vara yes eller no.",
        "Skriv yes eller no.",
    ),
    "wanted-wording": (
        "{key} ska ha text på varje språk.",
        "Skriv en rad för varje språk, indragen: {languages}.",
    ),
    "empty-value": (
        "{key} står utan värde.",
        "Skriv ett värde efter kolonet, eller ta bort raden.",
    ),
    "missing-key": (
        "{key} saknas.",
        "Lägg till {key}.",
    ),
    "split-by-comma": (
        "Texten delades vid kommat före «{word}».",
        'Sätt texten inom citattecken: {{sv: "Ja, helt"}}, eller skriv språken på var sin rad.',
    ),
    "unknown-key": (
        "Nyckeln {word} finns inte här.",
        "Det som kan stå här: {known}.",
    ),
    "misspelt-key": (
        "Nyckeln {word} finns inte här.",
        "Menade du {near}? Det som kan stå här: {known}.",
    ),
    "unknown-word": (
        "{key} kan inte vara {word}.",
        "Det som kan stå här: {known}.",
    ),
    "misspelt-word": (
        "{key} kan inte vara {word}.",
        "Menade du {near}? Det som kan stå här: {known}.",
    ),
    "unknown-language": (
        "{word} är inget av formulärets språk.",
        "Det som kan stå här: {known}.",
    ),
    "misspelt-language": (
        "{word} är inget av formulärets språk.",
        "Menade du {near}? Det som kan stå här: {known}.",
    ),
    "unknown-scale": (
        "Det finns inga svar som heter {word} (under scales, i Excel på fliken Svar).",
        "Det som kan stå här: {known}.",
    ),
    "misspelt-scale": (
        "Det finns inga svar som heter {word} (under scales, i Excel på fliken Svar).",
        "Menade du {near}? Det som kan stå här: {known}.",
    ),
    "unknown-dimension": (
        "Dimensionen {word} finns inte under dimensions.",
        "Det som kan stå här: {known}.",
    ),
    "misspelt-dimension": (
        "Dimensionen {word} finns inte under dimensions.",
        "Menade du {near}? Det som kan stå här: {known}.",
    ),
    "unknown-question": (
        "Villkoret gäller en fråga som inte finns: {word}.",
        "Det som kan stå här: {known}.",
    ),
    "misspelt-question": (
        "Villkoret gäller en fråga som inte finns: {word}.",
        "Menade du {near}? Det som kan stå här: {known}.",
    ),
    "unknown-option": (
        "{question} har inget svar {word}.",
        "Det som kan stå här: {known}.",
    ),
    "misspelt-option": (
        "{question} har inget svar {word}.",
        "Menade du {near}? Det som kan stå här: {known}.",
    ),
    "no-languages": (
        "Formuläret har inget språk.",
        "Skriv vilka språk frågorna finns på: languages: [sv].",
    ),
    "many-languages": (
        "Formuläret har fler än {most} språk.",
        "Dela upp det på flera formulär.",
    ),
    "read-options-unsaid": (
        "Det framgår inte om svaren på {id} läses upp.",
        "Lägg till read-options: yes eller read-options: no.",
    ),
    "proxy-unsaid": (
        "Det framgår inte vad en närstående får höra i stället för {id}.",
        "Lägg till proxy: egna ord, same (samma ord), not-asked (ställs inte) eller only (bara till närstående).",
    ),
    "unused-scale": (
        "Svaren {word} används inte av någon fråga.",
        "Ta bort dem, eller skriv options: {word} vid en fråga.",
    ),
    "wanted-condition": (
        "when ska ange vilken fråga det gäller och vad svaret ska vara.",
        "Skriv when: {{question: B4, is: yes}}, eller any: eller all: med en lista av sådana.",
    ),
    "any-and-all": (
        "when tar antingen any eller all, ingenting bredvid.",
        "Välj ett av dem. Behövs båda: lägg frågorna i en grupp med ett eget villkor.",
    ),
    "one-comparison": (
        "Varje villkor gör en jämförelse.",
        "Skriv question: och en av {known}.",
    ),
    "bad-canonical": (
        "Frågeformuläret har inte den form programmet väntar sig.",
        "Hämta filen på nytt från den som gjorde den; kanske behövs en nyare version av programmet.",
    ),
    "not-canonical": (
        "Frågeformuläret är inte sparat i sin kanoniska form.",
        "Hämta filen på nytt från den som gjorde den.",
    ),
    "bad-name": (
        "{word} kan inte vara formulärets namn.",
        "Använd små bokstäver a–z, siffror och bindestreck, högst 64 tecken.",
    ),
    "bad-version": (
        "{word} kan inte vara en version.",
        "Skriv tal med punkter emellan, till exempel 2026.1.",
    ),
    "bad-language": (
        "{word} är ingen språkkod.",
        "Skriv koden med små bokstäver: sv, en, ar, fi.",
    ),
    "language-twice": (
        "Språket {word} står två gånger.",
        "Ta bort det ena.",
    ),
    "minutes-order": (
        "Minuterna hänger inte ihop.",
        "Ordningen ska vara least, ask-after, most, alla större än 0.",
    ),
    "card-twice": (
        "Kortet {id} finns två gånger.",
        "Slå ihop dem till ett.",
    ),
    "card-empty": (
        "Kortet {id} har inget innehåll.",
        "Skriv minst en del under entries, eller ta bort kortet.",
    ),
    "no-questions": (
        "Formuläret har inga frågor.",
        "Skriv frågorna under items.",
    ),
    "missing-translation": (
        "Texten saknas på språket «{language}».",
        "Skriv den på det språket, eller ta bort «{language}» ur languages.",
    ),
    "empty-text": (
        "Texten är tom.",
        "Skriv texten, eller ta bort nyckeln.",
    ),
    "long-text": (
        "Texten har {length} tecken; högst {most} får plats.",
        "Korta texten.",
    ),
    "unknown-placeholder": (
        "{word} går inte att fylla i.",
        "Patientens namn skrivs ⟨NN⟩; inget annat fylls i.",
    ),
    "bad-id": (
        "{word} kan inte vara ett id.",
        "Börja med en bokstav a–z; sedan bokstäver, siffror och bindestreck, högst 32 tecken.",
    ),
    "duplicate-id": (
        "Id {id} är upptaget av {first} ({at}); stora och små bokstäver räknas lika.",
        "Ge en av dem ett annat id.",
    ),
    "misplaced": (
        "{key} betyder ingenting vid type: {type}.",
        "Ta bort raden, eller ändra type.",
    ),
    "empty-group": (
        "Gruppen {id} är tom.",
        "Skriv frågor under items, eller ta bort gruppen.",
    ),
    "deep-group": (
        "Gruppen {id} ligger för djupt.",
        "Högst {most} grupper får ligga i varandra: flytta ut den.",
    ),
    "dimension-without-scores": (
        "{id} räknas till en dimension men har inga poäng.",
        "Lägg till score vid svaren (score-factor vid en scale), eller ta bort dimension.",
    ),
    "few-options": (
        "{id} har färre än två svar att välja på.",
        "Lägg till svar under options, eller namnet på svar under scales.",
    ),
    "many-options": (
        "{id} har fler än {most} svar, och varje svar väljs med en siffra.",
        "Slå ihop svar, eller dela frågan i två.",
    ),
    "bad-code": (
        "{word} kan inte vara koden för ett svar.",
        "Använd bokstäver a–z, siffror och bindestreck, högst 32 tecken.",
    ),
    "reserved-code": (
        "{word} betyder redan att svar saknas.",
        "Ta bort svaret: vet inte och vill inte svara finns på varje fråga, ej aktuellt läggs till med "
        "not-applicable: yes.",
    ),
    "duplicate-option": (
        "Koden {word} finns redan bland svaren; stora och små bokstäver räknas lika.",
        "Ge ett av svaren en annan kod.",
    ),
    "score-beyond": (
        "Poängen är utanför 0–{most}.",
        "Skriv en poäng från 0 till {most}.",
    ),
    "score-on-several": (
        "{id} tar flera svar och kan inte ge poäng.",
        "Ta bort score, eller gör frågan till type: choice.",
    ),
    "exclusive-on-single": (
        "På {id} väljs bara ett svar; exclusive behövs inte.",
        "Ta bort exclusive, eller gör frågan till type: choices.",
    ),
    "ends-elsewhere": (
        "Bara samtyckesfrågan kan avsluta samtalet, och {id} är inte den.",
        "Ta bort ends, eller ge frågan role: consent.",
    ),
    "text-without-length": (
        "Det framgår inte hur lång text {id} tar emot.",
        "Lägg till max-length, till exempel 500.",
    ),
    "length-beyond": (
        "max-length är utanför 1–{most}.",
        "Skriv ett tal från 1 till {most}.",
    ),
    "scale-without-end": (
        "Skalan {id} saknar {key}.",
        "Lägg till {key}.",
    ),
    "scale-beyond": (
        "Skalans ändar måste ligga mellan 0 och {most}.",
        "Skriv ett tal från 0 till {most}.",
    ),
    "scale-order": (
        "Skalan {id} slutar före sin början, eller på samma tal.",
        "Låt maximum vara större än minimum.",
    ),
    "factor-beyond": (
        "score-factor ger poäng utanför 0–{most}.",
        "Välj score-factor så att maximum gånger den blir högst {most}.",
    ),
    "limit-of-other-type": (
        "{key} är inget värde för en fråga med type: {type}.",
        "Skriv det som till exempel {example}.",
    ),
    "limits-order": (
        "{id} har ett maximum som är mindre än minimum.",
        "Låt minimum vara det minsta och maximum det största svar som tas emot.",
    ),
    "decimals-beyond": (
        "decimals är antalet decimaler, 1–{most}.",
        "Skriv ett tal däremellan. Ska svaret vara ett heltal, skriv type: integer.",
    ),
    "bad-pattern": (
        "pattern är inget mönster som går att använda.",
        "Skriv ett reguljärt uttryck enligt RE2, högst {most} tecken, till exempel [A-Z]{{3}}[0-9]{{3}}. Bakåtreferenser, "
        "lookahead och stora upprepningar i varandra tas inte emot.",
    ),
    "pattern-unexplained": (
        "{id} har ett pattern, men den som ringer får inte veta hur svaret ska se ut.",
        "Lägg till instruction, till exempel: tre bokstäver och tre siffror.",
    ),
    "yes-no-options": (
        "{id} är en ja- och nej-fråga men har andra svarsalternativ.",
        "Ta bort options, så blir svaren Ja och Nej, eller skriv dem med koderna yes och no i den ordningen. Ska det finnas "
        "fler svar, skriv type: choice.",
    ),
    "open-elsewhere": (
        "{id} kan inte ha ett svarsalternativ som besvaras med egna ord.",
        "Ta bort open. Det finns bara på choice och choices, och inte på frågorna om samtycke och vem som svarar.",
    ),
    "open-twice": (
        "{id} har mer än ett svarsalternativ som besvaras med egna ord.",
        "Behåll open på ett av dem, oftast det sista.",
    ),
    "repeats-beyond": (
        "max-repeats är hur många gånger frågan ställs som mest, 1–{most}.",
        "Skriv ett tal däremellan.",
    ),
    "another-without-repeats": (
        "{id} har another men ställs bara en gång.",
        "Lägg till max-repeats, eller ta bort another.",
    ),
    "another-unsaid": (
        "{id} kan ställas flera gånger, men ingenting frågar om det finns en till.",
        "Lägg till another, till exempel: Finns det en till?",
    ),
    "repeat-in-repeat": (
        "{id} upprepas inne i {outer}, som själv upprepas.",
        "Ta bort max-repeats på en av dem.",
    ),
    "repeat-without-question": (
        "{id} upprepas men har ingen fråga att besvara.",
        "Lägg till en fråga i avsnittet, eller ta bort max-repeats.",
    ),
    "role-in-repeat": (
        "{id} har role: {role} och ställs en gång i samtalet.",
        "Flytta frågan ut ur det som upprepas, eller ta bort max-repeats.",
    ),
    "too-many-questions": (
        "Formuläret har {count} frågor när upprepningarna räknas.",
        "Minska max-repeats eller antalet frågor; högst {most} ryms i ett samtal.",
    ),
    "answers-too-large": (
        "De längsta svaren på alla frågor tar {size} KiB.",
        "Minska max-length eller max-repeats; högst {most} KiB ryms i ett svar.",
    ),
    **CONDITIONS,
    "role-twice": (
        "Rollen {role} har redan {first}.",
        "Ta bort role på en av frågorna.",
    ),
    "role-on-type": (
        "En fråga med rollen {role} kan inte ha type: {type}.",
        "Gör den till type: {wanted}, eller ta bort role.",
    ),
    "consent-without-yes": (
        "Varje svar på {id} avslutar samtalet.",
        "Ta bort ends från svaret som betyder ja.",
    ),
    "respondent-options": (
        "{id} säger vem som svarar; svaren måste vara några av {known}, patient bland dem.",
        "Ge svaren dessa koder; orden väljer du själv.",
    ),
    "role-of-proxy": (
        "{id} har rollen {role} och ställs bara till närstående.",
        "Skriv proxy: only.",
    ),
    "bad-symbol": (
        "Symbolen ska vara ett enda tecken (högst {most}), till exempel ett ansikte.",
        'Skriv ett tecken inom citattecken: symbol: "☺".',
    ),
}
