"""Formulärens villkor: vad som är fel med när något frågas. En del av `questionnaire`."""

CONDITIONS: dict[str, tuple[str, str]] = {
    "any-of-one": (
        "any vid {id} har färre än två villkor.",
        "Lägg till ett villkor, eller skriv det enda direkt under when.",
    ),
    "condition-on-no-question": (
        "{question} tar inget svar och kan inte styra när något frågas.",
        "Låt villkoret gälla en fråga.",
    ),
    "condition-on-itself": (
        "{question} kan inte bero på sitt eget svar.",
        "Låt villkoret gälla en tidigare fråga.",
    ),
    "condition-on-later": (
        "{question} kommer senare och är inte besvarad än.",
        "Flytta {question} före, eller låt villkoret gälla en tidigare fråga.",
    ),
    "circular-condition": (
        "Villkoren går runt: {circle}.",
        "Ta bort ett av dem, eller låt det gälla en tidigare fråga.",
    ),
    "never-holds": (
        "Villkoret på {question} kan aldrig vara uppfyllt.",
        "Rätta jämförelsen, eller ta bort den.",
    ),
    "never-together": (
        "Villkoren för {id} utesluter varandra.",
        "Skriv any om ett av dem räcker; rätta eller ta bort annars ett av dem.",
    ),
    "unreachable": (
        "Ingen kan komma till {id}: villkoret går inte ihop med det som gäller avsnittet runt om eller frågorna det nämner.",
        "Rätta ett av villkoren, eller ta bort frågan.",
    ),
    "operator-does-not-fit": (
        "{operator} passar inte på {question}, som har type: {type}.",
        "Svarsalternativ jämförs med is eller is-not, tal, datum och klockslag också med mer och mindre; en text är "
        "besvarad eller inte (answered).",
    ),
    "answered-not-yes-or-no": (
        "answered vid {question} ska vara yes eller no.",
        "Skriv yes eller no.",
    ),
    "condition-on-missing": (
        "{word} säger att svar saknas; villkor gäller bara svar.",
        "Jämför med ett svar, eller skriv answered: no.",
    ),
    "answer-of-other-type": (
        "{question} har type: {type} och kan inte jämföras med det som står här.",
        "Skriv det som till exempel {example}.",
    ),
    "answer-beyond-limits": (
        "{question} går från {least} till {most}.",
        "Skriv ett värde däremellan.",
    ),
}
