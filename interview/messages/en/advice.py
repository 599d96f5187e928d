"""Advice about questionnaires: what can be loaded but what a telephone conversation suffers from."""

TEXTS: dict[str, str] = {}

ERRORS: dict[str, tuple[str, str]] = {
    "always-holds": (
        "The condition of {id} always holds when one comes there.",
        "Take when away, or correct it if the question is not for everybody.",
    ),
    "every-answer": (
        "The condition of {id} holds whatever is answered to {question}.",
        "Write answered: yes if that is meant; otherwise correct which answers count.",
    ),
    "other-respondent": (
        "{id} needs an answer to {question}, but whoever is asked the one is never asked the other.",
        "Let the condition be about a question asked of the same person, or change proxy.",
    ),
    "long-to-read": (
        "{id} is long to read aloud: {words} words, and more than {most} are hard to keep in mind on the telephone.",
        "Shorten the text, or divide it in two.",
    ),
    "many-aloud": (
        "{count} answers are read aloud at {id}; more than {most} are hard to keep in mind on the telephone.",
        "Merge answers, or write read-options: no and let people answer in their own words.",
    ),
    "long-section": (
        "The section's title {id} does not fit beside the question's number on a screen of 80 characters.",
        "Shorten the title.",
    ),
    "does-not-fit": (
        "{id} takes {lines} lines on a screen of 80 × 24 characters; {most} fit.",
        "Shorten the question, the instruction or the answers, or divide the question in two.",
    ),
    "negative-first": (
        "The answers to {id} begin with the negative one.",
        "Put the positive one first and “No” last: the same digit then means the same all through.",
    ),
    "other-order": (
        "{id} has the same answers as {other} but in another order.",
        "Give the answers the same order: the same digit then means the same all through.",
    ),
    "same-says-you": (
        "A next of kin hears the same words as the patient at {id}, and they say “{word}”.",
        "Give the question words of its own under proxy, with ⟨NN⟩ where the name is said, or write proxy: not-asked.",
    ),
    "option-of-patient": (
        "The answer {option} of {id} is worded as if the patient spoke (“{word}”), also when a next of kin hears it.",
        "Give the answer words of its own under proxy, for example “Yes, before coming home”.",
    ),
    "no-emergency-number": (
        "The card “Care needed” (care-needed) does not say whom to ring when life is in danger: {number} is missing ({languages}).",
        "Put {number} first on the card: it is what the caller sees when somebody is very unwell.",
    ),
    "untranslated": (
        "{id} has the same words in {language} as in {other}.",
        "Translate the text.",
    ),
    "long-conversation": (
        "The conversation takes about {minutes} minutes if everything is asked ({language}); the form promises {most} at most.",
        "Take questions away or shorten them, or change minutes and what the opening says.",
    ),
}
