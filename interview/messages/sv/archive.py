"""Den centrala gruppens sida: nycklar, mätningar, insamling, tabeller."""

TEXTS: dict[str, str] = {
    "column.survey": "Mätningens id",
    "column.version": "Mätningens version",
    "column.period": "Månad",
    "column.unit": "Enhet",
    "column.language": "Språk som intervjun gjordes på",
    "column.organisation": "Verksamhet som ringde",
    "column.respondent": "Vem som svarade",
    "column.completion": "Hur mycket som är besvarat (AAPOR)",
    "completion.complete": "Genomförd: minst 80 procent av det som gällde (AAPOR 1.1)",
    "completion.partial": "Delvis genomförd: 50–79 procent, eller alla kärnfrågor (AAPOR 1.2)",
    "completion.break-off": "Avbruten: under 50 procent (AAPOR 2.12)",
    "organisation.primary-care": "Primärvård",
    "organisation.municipality": "Kommun",
    "given": "En text finns (i filen med texter)",
    "not-given": "Ingen text",
    "not-chosen": "Inte valt",
    "tables-note": "ARBETSMATERIAL, FÅR INTE PUBLICERAS\n\n"
    "Tabellerna visar varje svar för sig, även i små grupper. Den som känner till en patient kan känna igen ett svar.\n"
    "Lämna dem inte vidare, slå inte ihop dem med andra register och radera dem när analysen är klar.\n\n"
    "-responses.{ending}  en rad för varje svar, i slumpad ordning; en kolumn för varje fråga.\n"
    "    Där ett värde saknas står skälet i kolumnen _missing bredvid; _by säger vem som svarade på frågan.\n"
    "-codebook.{ending}   vad varje kolumn och kod betyder: en rad för kolumnen, utan code, och sedan en för varje kod.\n"
    "    score är svarets poäng (0–100), score_factor vad ett tal multipliceras med för att bli poäng, dimension vad frågan räknas till,\n"
    "    core 1 för kärnfrågor, role vad frågan gör i samtalet, analysis_code frågans namn i analysen, spoken vad som läses upp.\n"
    "    proxy är närståendes ord: same samma, own-words egna (i proxy_sv), not-asked frågas inte, only frågas bara närstående.\n"
    "    Tog någon annan över under samtalet visar frågan med role respondent vem som svarade sist; _by gäller varje fråga för sig.\n"
    "-texts.{ending}      det som sagts med egna ord, blandat och utan bakgrund.\n"
    "    Det som kalkylprogram skulle ta för en formel har fått tecknet ' först.\n"
    "-outcomes.{ending}   hur samtalen slutade, månad för månad. outcome är AAPOR:s kod, text och inget tal (2.20 är inte 2.2);\n"
    "    proxy är 1 där en närstående svarade; count är antalet.\n"
    "-comparability.{ending}  finns när ett formulär har flera versioner: vad som ändrats i varje fråga. series säger om svaren före\n"
    "    och efter hör ihop: yes ja, care med försiktighet, no nej. En fråga som inte nämns är densamma.",
    "rehearsal-note": "ÖVNING: allt i tabellerna är påhittat.",
}

ERRORS: dict[str, tuple[str, str]] = {
    "home-in-use": ("I mappen finns redan nycklar.", "Välj en annan mapp med --home."),
    "no-home": (
        "I mappen finns inga nycklar.",
        "Kontrollera --home, eller gör nya nycklar med: interview recipient new.",
    ),
    "keyring-older": (
        "Nyckelfilen är äldre än arkivet: nummer {found}, men nummer {seen} har använts.",
        "Lägg tillbaka den senaste nyckelfilen. Borttagna personer kan ha nyckel till den äldre.",
    ),
    "not-a-central-home": (
        "Mappen hör till en station, inte till den centrala gruppen.",
        "Välj den centrala gruppens mapp med --home.",
    ),
    "card-of-another": (
        "Kortet i mappen hör inte till nycklarna.",
        "Lägg tillbaka det rätta kortet, eller återställ mappen från en säkerhetskopia.",
    ),
    "survey-field": (
        "{key} har ett värde av fel slag.",
        "Skriv värdet så här: {example}",
    ),
    "version-not-higher": (
        "Mätningen finns redan i version {latest}; version {version} är inte högre.",
        "Skriv ett högre tal som version i mallen, eller med --version.",
    ),
    "rehearsal-signer": (
        "Mätningen är en övning och kan inte tas in som riktig.",
        "Övningsleveranser samlas in med --rehearsal, utan mätning.",
    ),
    "not-a-recipient": (
        "Inget i mätningen är förseglat för den här mottagaren.",
        "Öppna leveransen hos en mottagare som mätningen nämner.",
    ),
    "unknown-station": (
        "Leveransen kommer från en station som arkivet inte känner.",
        "Be stationen om dess kort, jämför fingeravtryck i telefon, och lägg till det: interview archive station add.",
    ),
    "new-key": (
        "Stationen {station} har en ny nyckel, {key}. Den förra nyckeln intygar det, och gäller inte längre.",
        "Är ni osäkra: ring stationen och jämför fingeravtrycket.",
    ),
    "left-key": (
        "Filen är undertecknad med en nyckel som stationen har bytt ut. Den gäller inte längre, och någon kan ha kopierat den.",
        "Ring stationen. Kommer filen därifrån: be om den igen med den nya nyckeln. Annars: använd den inte.",
    ),
    "contested-key": (
        "Två nycklar säger sig följa efter stationens förra. En av dem är gjord av någon som har kopierat den.",
        "Ring stationen, jämför fingeravtryck och lägg till dess rätta kort: interview archive station add. Samla sedan in igen.",
    ),
    "unknown-signer": (
        "Mätningen {survey} är gjord av någon som arkivet inte känner.",
        "Be den som gjorde mätningen om filen och fingeravtrycket på papper, och läs in den här: interview survey load FIL --signer FINGERAVTRYCK.",
    ),
    "rehearsal": (
        "Det är en övningsleverans. Den hör inte hemma i arkivet.",
        "Vill du öva på att samla in: använd --rehearsal.",
    ),
    "rehearsal-card": (
        "Kortet är en övningsstations ({name}). Det den gör kommer aldrig in i ett riktigt arkiv.",
        "Be om kortet från stationen som ringer på riktigt. Vill du öva på att samla in: använd --rehearsal.",
    ),
    "no-rehearsal-card": ("Kortet är en riktig stations ({name}), ingen övning.", "Lägg till det utan --rehearsal."),
    "no-rehearsal": ("Leveransen är riktig, ingen övning.", "Samla in den utan --rehearsal."),
    "bad-response": (
        "Ett svar i leveransen går inte att öppna eller passar inte sitt frågeformulär. Inget ur den är sparat.",
        "Hör av dig till stationen: programmet där kan vara ändrat eller av fel version.",
    ),
    "gap": (
        "Före den här leveransen saknas leverans {missing} från stationen.",
        "Be stationen om det som saknas. Den här är sparad.",
    ),
    "fork": (
        "Stationens kedja av leveranser delar sig vid {seq}: stationen kan ha återställts från en kopia.",
        "Fråga stationen vad som hänt. Svaren är sparade, inget två gånger.",
    ),
    "outside-period": (
        "{count} svar har en månad utanför mätningens period.",
        "De är sparade. Fråga stationen om dess klocka går rätt.",
    ),
    "unknown-format": ("Tabeller kan inte skrivas som {format}.", "Välj ett av: {known}."),
    "too-large-for-excel": (
        "Tabellen är större än ett blad i Excel rymmer ({rows} rader, {columns} kolumner).",
        "Skriv tabellerna med --format csv i stället.",
    ),
    "nothing-collected": (
        "Arkivet har inga svar ännu.",
        "Samla in leveranser först: interview archive collect. Övningssvar: lägg till --rehearsal.",
    ),
    "survey-syntax": (
        "Mallen går inte att läsa längre än till rad {line}, tecken {column}.",
        'Rätta raden, eller den före: text står inom raka citattecken, "så", listor inom [ ], = mellan namn och värde, '
        "och samma namn bara en gång.",
    ),
    "survey-unknown": ("Uppgiften {word} finns inte; menade du {near}?", "De som finns: {known}."),
    "survey-not-known": ("Uppgiften {word} finns inte.", "Ta bort raden, eller rätta ordet. De som finns: {known}."),
    "survey-missing": (
        "{key} saknas eller är tom.",
        "Skriv den i mallen, eller ange den med kommandots egna väljare.",
    ),
    "survey-month": ("{key} är ingen månad.", "Skriv år och månad, till exempel 2026-11."),
    "survey-id": (
        "{key} kan inte skrivas så.",
        "Använd små bokstäver a–z, siffror och bindestreck, högst 64 tecken, till exempel vc-norr.",
    ),
    "survey-word": ("{key} är inget av de ord som kan stå där.", "Det som kan stå här: {known}."),
    "survey-too-small": ("{key} är för litet.", "Skriv {least} eller mer."),
    "survey-below-floor": (
        "{key} är för lågt: i en så liten grupp går det att räkna ut vem som svarat vad.",
        "Skriv {least} eller mer, helst {usual}.",
    ),
    "survey-few": (
        "{key} är under {usual}: små grupper blir lättare att känna igen.",
        "Skriv {usual}, om det inte finns skäl för mindre.",
    ),
    "survey-telephone": (
        "{key} ser inte ut som ett telefonnummer.",
        "Skriv numret med siffror: uppringaren läser upp det för någon som behöver vård.",
    ),
    "survey-example": ("{key} är mallens exempel och inget riktigt nummer.", "Skriv enhetens eget nummer."),
    "survey-no-emergency": (
        "Kortet «Behöver vård» för {unit} nämner inte 112 ({languages}), och det visas i stället för formulärets.",
        "Lägg 112 först på kortet, för fara för livet.",
    ),
    "survey-too-large": ("{key} är för stort.", "Skriv {most} eller mindre."),
    "survey-too-long": ("{key} är för långt, eller så är de för många.", "Högst {most} får plats."),
    "survey-ends-first": ("Mätningen slutar {ends}, innan den börjar {starts}.", "Rätta starts eller ends."),
    "survey-last-day": (
        "Sista dagen att ringa är dag {last}, före första dagen, {first}.",
        "Rätta first-day eller last-day.",
    ),
    "survey-twice": ("{word} finns två gånger.", "Ta bort den ena, eller ge den ett annat id."),
    "survey-type": ("{key} har fel form.", "Skriv värdet som {wanted}."),
    "survey-control": (
        "{key} innehåller styrtecken, som inte syns men kan ställa till det på skärmen.",
        "Skriv om texten för hand i stället för att klistra in den.",
    ),
    "survey-language": (
        "Formuläret har inget språk som heter {word}.",
        "Byt språket mot ett av formulärets: {known}.",
    ),
    "survey-translation": (
        "{key} saknas på språket «{language}».",
        "Skriv texten på det språket också: formulärets frågor kan ställas på det.",
    ),
    "survey-encoding": ("Mallen är inte sparad som UTF-8.", "Spara om filen som UTF-8."),
}
