"""Vakten över fritext: ord som kan peka ut någon, och vad som föreslås i stället."""

TEXTS: dict[str, str] = {
    "warn": "Kan peka ut någon: «{words}». {key} skriver {replacement} i stället.",
    "warn-more": "Kan peka ut någon: «{words}» (och {count} till). {key} skriver {replacement} i stället.",
    "refuse": "Personnummer kan inte förseglas: «{words}». {key} skriver {replacement} i stället.",
    "refuse-more": "Personnummer kan inte förseglas: «{words}» (och {count} till). {key} skriver {replacement} i stället.",
    "warn-short": "Kan peka ut: «{words}». {key} skriver {replacement}.",
    "refuse-short": "Personnummer: «{words}». {key} skriver {replacement}.",
    "review-warn": "Fråga {number} kan peka ut någon: {words}. {key} går dit.",
    "review-refuse": "Fråga {number} innehåller ett personnummer och kan inte förseglas: {words}. {key} går dit.",
}

ERRORS: dict[str, tuple[str, str]] = {
    "personal-number": (
        "Fråga {number} innehåller ett personnummer: inget förseglas.",
        "Gå till frågan och ta bort det.",
    ),
}
