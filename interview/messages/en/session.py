"""The conversation: who answers, why an answer is missing, and what a question does not take."""

TEXTS: dict[str, str] = {
    "respondent.patient": "The patient",
    "respondent.patient-with-help": "The patient, with help",
    "respondent.proxy": "Next of kin",
    "respondent.mixed": "More than one answered",
    "missing.asked-declined": "declined",
    "missing.asked-unknown": "does not know",
    "missing.not-applicable": "not applicable",
    "missing.not-asked-of-proxy": "not asked of a next of kin",
    "missing.only-asked-of-proxy": "asked of a next of kin only",
    "missing.routed-past": "passed over by the form",
    "missing.left-open": "left open",
    "missing.not-core": "not one of the core questions",
    "missing.broken-off": "the call ended before the question",
}

ERRORS: dict[str, tuple[str, str]] = {
    "form-not-checked": (
        "The questionnaire does not hold together: a condition or an option cannot be used.",
        "Run `interview questionnaire check` on the form, correct what it says and load it again.",
    ),
    "other-version": (
        "The interview was begun on another version of the questionnaire.",
        "Open the interview with the version it was begun on.",
    ),
    "unknown-language": (
        "The questions do not exist in the language {language}.",
        "Choose one of the languages the form has.",
    ),
    "unknown-question": (
        "The form has no such question.",
        "Choose a question of the form the interview was begun on.",
    ),
    "not-a-question": (
        "This is a text to read aloud, not a question.",
        "Go on with Enter.",
    ),
    "on-review": (
        "Every question has been gone through and the answers are shown for review.",
        "Choose a question in the list to change its answer.",
    ),
    "wrong-type": (
        "The answer does not fit the type of the question ({type}).",
        "Answer with one of the keys shown beside the question.",
    ),
    "unknown-option": (
        "The question has no such option.",
        "Choose one of the digits shown beside the question.",
    ),
    "exclusive-option": (
        "One of the options cannot be chosen together with others.",
        "Choose either that one alone or the others.",
    ),
    "outside-scale": (
        "The number lies outside the scale {minimum}–{maximum}.",
        "Give a number from {minimum} to {maximum}.",
    ),
    "outside-limits": (
        "The answer is to be between {minimum} and {maximum}.",
        "Write a value in between, or choose don't know or won't say.",
    ),
    "too-many-decimals": (
        "The answer has too many decimals.",
        "Write at most {limit} decimals.",
    ),
    "wrong-pattern": (
        "The answer is not written the way the question wants it.",
        "Read the instruction at the question and write the answer like that.",
    ),
    "required": (
        "The question needs an answer.",
        "Answer, or choose don't know or won't say.",
    ),
    "bad-number": (
        "This is no whole number.",
        "Write the answer in digits, such as 12.",
    ),
    "bad-decimal": (
        "This is no number.",
        "Write the answer in digits, such as 12.5.",
    ),
    "bad-date": (
        "This is no date.",
        "Write the date as 2026-11-26, 26/11 or 26 Nov.",
    ),
    "bad-time": (
        "This is no time of day.",
        "Write the time as 14:30 or 2.30 pm.",
    ),
    "text-too-long": (
        "The text has {length} characters; the question takes at most {limit}.",
        "Shorten the text to what matters most.",
    ),
    "missing-not-taken": (
        "The question cannot be answered that way.",
        "Choose one of the answers shown beside the question.",
    ),
    "no-answer-yet": (
        "The question has no answer yet.",
        "Answer it, or leave it open.",
    ),
    "answer-needed": (
        "The call cannot go on without an answer to this question.",
        "Choose one of the answers. Esc pauses the call.",
    ),
    "consent-first": (
        "Nobody has agreed to take part yet.",
        "Ask first whether they want to take part.",
    ),
    "does-not-apply": (
        "The question does not apply in this call.",
        "Choose another question, or change the answer that leads past it.",
    ),
    "not-for-respondent": (
        "The question is not for whoever is answering now.",
        "First change who answers.",
    ),
    "bad-response": (
        "The response cannot be read: it is not written as a response is.",
        "Ask the station to export the batch again. If that does not help, another program made it, or it is damaged.",
    ),
    "response-does-not-fit": (
        "The response does not fit its questionnaire (rule: {rule}).",
        "Check that the station has the right version of the questionnaire and of the program, and export again.",
    ),
    "not-a-respondent": (
        "In this questionnaire nobody answers in the respondent's place.",
        "Ring another time, or end from the pause (Esc).",
    ),
}
