"""The guard over free text: words that may point at somebody, and what is proposed instead."""

TEXTS: dict[str, str] = {
    "warn": "May point at somebody: “{words}”. {key} writes {replacement} instead.",
    "warn-more": "May point at somebody: “{words}” (and {count} more). {key} writes {replacement} instead.",
    "refuse": "A personal number cannot be sealed: “{words}”. {key} writes {replacement} instead.",
    "refuse-more": "A personal number cannot be sealed: “{words}” (and {count} more). {key} writes {replacement} instead.",
    "warn-short": "May name: “{words}”. {key} writes {replacement}.",
    "refuse-short": "Personal number: “{words}”. {key} writes {replacement}.",
    "review-warn": "Question {number} may point at somebody: {words}. {key} goes there.",
    "review-refuse": "Question {number} holds a personal number and cannot be sealed: {words}. {key} goes there.",
}

ERRORS: dict[str, tuple[str, str]] = {
    "personal-number": (
        "Question {number} holds a personal number: nothing is sealed.",
        "Go to the question and remove it.",
    ),
}
