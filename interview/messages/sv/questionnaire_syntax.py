"""Formulärens filer: vad som hindrar att de läses som YAML. En del av `questionnaire`."""

SYNTAX: dict[str, tuple[str, str]] = {
    "too-large": (
        "Filen är större än {most} KiB.",
        "Är det rätt fil? Ett formulär ryms på mycket mindre.",
    ),
    "too-many-nodes": (
        "Filen har fler än {most} delar.",
        "Är det rätt fil? Dela annars upp formuläret.",
    ),
    "too-deep": (
        "Fler än {most} nivåer i varandra.",
        "Ta bort nivåer; avsnitt och frågor behöver bara några få.",
    ),
    "anchor": (
        "Ankare (&namn) och hänvisningar (*namn) tas inte emot.",
        "Skriv ut texten. Svar som återkommer läggs under scales och används med sitt namn. Börjar en text "
        "med & eller *: sätt den inom citattecken.",
    ),
    "tag": (
        "Märken som !namn tas inte emot.",
        "Ta bort märket. Börjar en text med utropstecken: sätt den inom citattecken.",
    ),
    "several-documents": (
        "Filen innehåller mer än ett formulär.",
        "Ta bort raden med --- och lägg varje formulär i en egen fil.",
    ),
    "key-not-text": (
        "En nyckel måste vara ett ord.",
        "Skriv nyckeln som ett ord före kolon. Börjar den med frågetecken, [ eller {{: sätt den inom citattecken.",
    ),
    "duplicate-key": (
        "{key} står redan på rad {line}.",
        "Ta bort den ena, eller rätta namnet.",
    ),
    "control-character": (
        "Här finns ett osynligt styrtecken.",
        "Skriv om raden för hand; tecknet har troligen följt med från ett annat program.",
    ),
    "is-workbook": (
        "Filen är en Excelbok, inte ett formulär.",
        "Gör ett formulär av den först: interview questionnaire import FIL --to FORMULÄR.yaml.",
    ),
    "not-utf8": (
        "Filen är inte sparad som UTF-8.",
        "Öppna filen i textredigeraren, välj Spara som och kodningen UTF-8.",
    ),
    "empty": (
        "Filen är tom.",
        "Utgå från ett formulär som finns och ändra det.",
    ),
    "not-a-form": (
        "Filen börjar inte som ett formulär.",
        "Ett formulär börjar med nycklar som name: och version: längst till vänster.",
    ),
    "tab": (
        "Raden är indragen med tabb.",
        "Dra in med mellanslag i stället.",
    ),
    "begins-with-sign": (
        "En text kan inte börja med {sign} utan citattecken.",
        'Sätt texten inom citattecken: "…".',
    ),
    "colon-in-text": (
        "Här står ett kolon som inte kan tolkas.",
        "Sätt texten inom citattecken om kolonet hör till den; annars rätta indraget.",
    ),
    "brace-not-closed": (
        "Något saknas mellan klamrar: ett komma, ett citattecken eller en slutklammer.",
        'Sätt texter med kolon eller komma inom citattecken: {{sv: "Ja, helt"}}. Avsluta med }} eller ].',
    ),
    "quote-not-closed": (
        "Citattecknet som börjar här avslutas aldrig.",
        "Sätt ett likadant citattecken där texten slutar.",
    ),
    "key-without-colon": (
        "Ett kolon saknas på raden före.",
        "Skriv nyckeln, kolon och sedan värdet; en text på flera rader dras in.",
    ),
    "indentation": (
        "Raden passar inte ihop med raderna ovanför.",
        "Det som hör ihop börjar lika långt in. Efter ett citattecken som avslutas får inget mer stå på raden.",
    ),
    "not-yaml": (
        "Här går filen inte att läsa som YAML ({detail}).",
        "Jämför indrag och citattecken med raderna omkring.",
    ),
    "more-problems": (
        "Det finns fler fel än de {most} som visas.",
        "Rätta dem som visas och läs in filen igen.",
    ),
}
