"""Det som färdas: mätningar, kort, leveranser och kvitton."""

_AGAIN = "Be avsändaren att skicka filen en gång till. Kommer samma fel igen, hör av dig till den som skickade den."
_UPDATE = "Uppdatera programmet och försök igen."

TEXTS: dict[str, str] = {}

ERRORS: dict[str, tuple[str, str]] = {
    "bad-encoding": ("Filen innehåller en nyckel eller underskrift som inte går att läsa.", _AGAIN),
    "too-large": ("Filen är större än {limit} byte och läses därför inte.", "Kontrollera att du valde rätt fil."),
    "not-an-envelope": ("Det här är inte en undertecknad fil från programmet.", "Kontrollera att du valde rätt fil."),
    "newer-format": ("Filen är skriven av en nyare version av programmet.", _UPDATE),
    "wrong-kind": ("Filen är undertecknad, men är av en annan sort än den som behövs här.", "Välj rätt fil."),
    "not-a-survey": ("Det här är inte en mätnings fil.", "Välj filen som samordnaren skickade."),
    "is-empty": ("Filen är tom.", "Be samordnaren om mätningens fil en gång till; den slutar oftast på .survey."),
    "is-template": (
        "Filen är mallen som en mätning görs av, inte mätningen.",
        "Här behövs den undertecknade filen. Den görs hos den centrala gruppen: interview survey new --from MALL --to FIL.",
    ),
    "is-station-card": (
        "Filen är en stations kort, inte en mätning.",
        "Kortet ska till den centrala gruppen. Här behövs mätningens fil, som samordnaren har skickat.",
    ),
    "is-recipient-card": (
        "Filen är en mottagares kort, inte en mätning.",
        "Kortet används när en mätning görs. Här behövs mätningens fil, som samordnaren har skickat.",
    ),
    "is-receipt": (
        "Filen är ett kvitto, inte en mätning.",
        "Ta emot kvittot med interview receipt. Här behövs mätningens fil, som samordnaren har skickat.",
    ),
    "is-rotation": (
        "Filen är intyget om en ny underskrift, inte en mätning.",
        "Ange den med --rotation, och mätningens fil som fil.",
    ),
    "is-batch": (
        "Filen är en leverans av svar, inte en mätning.",
        "Leveransen ska till den centrala gruppen. Här behövs mätningens fil, som samordnaren har skickat.",
    ),
    "is-questionnaire": (
        "Filen är ett frågeformulär, inte en mätning.",
        "En mätning görs av det hos den centrala gruppen: interview survey new --questionnaire FORMULÄR --to FIL.",
    ),
    "is-workbook": (
        "Filen är en Excelbok eller ett zip-arkiv, inte en mätning.",
        "Packa upp filen om mätningen skickades packad. Annars: be samordnaren om mätningens fil.",
    ),
    "is-survey-alone": (
        "Filen är en mätning utan sitt frågeformulär.",
        "Be samordnaren om hela filen, så som interview survey new skrev den.",
    ),
    "is-damaged-survey": (
        "Filen är en mätning, men den är avkortad eller ändrad.",
        "Be samordnaren skicka den en gång till, som bilaga eller på ett minne. Öppna och spara den inte i ett annat program.",
    ),
    "is-no-survey": (
        "Filen är ingen mätning och inget annat som programmet känner igen.",
        "Välj filen som samordnaren har skickat; den slutar oftast på .survey.",
    ),
    "wrong-signer": (
        "Mätningen är inte undertecknad av den som fingeravtrycket hör till.",
        "Skriv av det från papperet en gång till. Stämmer det ändå inte: använd inte filen, ring samordnaren.",
    ),
    "survey-invalid": (
        "Uppgiften saknas eller stämmer inte med resten av mätningen.",
        "Den som gör mätningen rättar uppgiften och gör om filen med interview survey new.",
    ),
    "questionnaire-missing": (
        "Frågeformuläret i filen är inte det som mätningen är undertecknad med.",
        "Be samordnaren om hela filen.",
    ),
    "card-invalid": ("Kortet är inte giltigt.", "Be om ett nytt kort från den som det hör till."),
    "receipt-invalid": ("Kvittot är inte giltigt.", _AGAIN),
    "tallies-invalid": ("Leveransens antal samtal går inte att läsa.", _AGAIN),
    "not-a-batch": ("Det här är inte en leverans.", "Kontrollera att du valde rätt fil."),
    "truncated": ("Leveransen är avkortad: slutet saknas.", "Kopiera filen en gång till från stationen."),
    "trailing-bytes": ("Något har lagts till efter leveransens slut.", _AGAIN),
    "wrong-order": ("Svaren i leveransen ligger inte i rätt ordning, eller samma svar finns två gånger.", _AGAIN),
    "wrong-count": ("Antalet svar ändrades medan leveransen skrevs.", "Försök igen."),
    "damaged-response": (
        "Ett förseglat svar på stationen är skadat.",
        "Inget har skickats. Återställ stationen från en säkerhetskopia, eller be om hjälp.",
    ),
    "batch-contradicts": ("Leveransen motsäger sin egen mätning.", _AGAIN),
    "changed": (
        "Filen ändrades medan den lästes. Inget ur den är sparat.",
        "Kopiera filen till den egna datorn först.",
    ),
    "under-minimum": (
        "{waiting} svar väntar, och en leverans måste ha minst {minimum}. Inget är skrivet.",
        "Vänta tills fler intervjuer är klara. Är mätningen slut: använd --final för den sista resten.",
    ),
    "nothing-sealed": (
        "Inga svar väntar på att skickas.",
        "Svar väntar här så snart en intervju är klar och förseglad.",
    ),
    "nothing-waiting": ("Inga svar väntar på att skickas.", "Ska den senaste leveransen skrivas igen: använd --again."),
    "already-final": (
        "Den sista resten av mätningen har redan lämnat stationen, och {waiting} svar är färre än {minimum}.",
        "Vänta tills de är fler, eller tala med samordnaren.",
    ),
    "by-earlier-key": (
        "Leverans {seq} skrevs innan stationen återställdes, med en nyckel som inte finns kvar. Den går inte att skriva igen.",
        "Be den centrala gruppen om kvitto på den. Nya svar exporteras som vanligt.",
    ),
    "no-batch": ("Det finns ingen leverans att skriva igen.", "Gör en leverans först."),
    "batch-pruned": (
        "Leverans {seq} har kvitterats, och svaren finns inte längre här.",
        "Den centrala gruppen har dem redan.",
    ),
    "not-the-same-batch": (
        "Leverans {seq} blev inte likadan som förra gången. Inget är skrivet.",
        "Stationens filer är ändrade. Be om hjälp innan du fortsätter.",
    ),
    "unknown-batch": (
        "Kvittot gäller en leverans som inte kommer härifrån.",
        "Kontrollera att kvittot är för den här stationen.",
    ),
    "receipt-not-by-recipient": (
        "Kvittot är inte undertecknat av någon av mätningens mottagare.",
        "Använd det inte. Hör av dig till den centrala gruppen.",
    ),
    "rotation-to-itself": ("Kortet är gruppens eget.", "Ange kortet för den nya mottagare som ska underteckna."),
    "no-such-batch": (
        "Det finns ingen leverans {seq}; den senaste är {latest}.",
        "Skriv --again utan nummer för den senaste, eller med numret på en tidigare.",
    ),
}
