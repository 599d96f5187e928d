"""Forms as FHIR: what is wrong in such a file, and what was done with what a form has no place for."""

TEXTS: dict[str, str] = {}

ERRORS: dict[str, tuple[str, str]] = {
    "not-json": (
        "The file cannot be read as JSON from this place.",
        "Look for commas, quotation marks and brackets here, or fetch the file again.",
    ),
    "too-large": (
        "The file is too large for a form (at most {most} MiB and {values} values).",
        "Divide the form, or remove what does not belong to the questions.",
    ),
    "long-number": ("The number is unreasonably long (at most {most} characters).", "Correct the number."),
    "not-questionnaire": (
        "The file is not a questionnaire in FHIR (resourceType: {word}).",
        "Choose a file with one resource of the type Questionnaire; if it lies in a Bundle, take it out first.",
    ),
    "wanted": ("{element} has to be {kind}.", "Correct the value according to FHIR R5, or fetch the file again."),
    "missing": ("{element} is missing.", "Add {element}, as FHIR R5 demands."),
    "unknown-word": ("{element} cannot be {word}.", "What can stand here: {known}."),
    "translated-twice": ("The text is translated twice to {language}.", "Remove one of the translations."),
    "asked-of-each": (
        "{link} can be answered several times, and the questions in it are asked of each answer; a form has no place for that.",
        "Put the question and those in it into a group (type: group) with repeats: true in the FHIR file, or remove repeats.",
    ),
    "cannot-keep": (
        "{element} cannot be carried over, and without it the form would mean something else.",
        "Remove it or write it differently in the FHIR file: answers as answerOption, conditions as enableWhen on numbers, dates, text or codes.",
    ),
    "filled": (
        "{element} is missing and becomes “{value}” ({count}).",
        "Change it in the form if it is to be something else.",
    ),
    "changed": (
        "{element}: “{was}” becomes “{now}” ({count}).",
        "Change it in the form if it is to be something else.",
    ),
    "left-out": ("Left out: {element} ({count}).", "A form here has no place for it."),
    "moved": (
        "What lay within {link} is in the section {group} after the question, and comes up once that is answered.",
        "See that it is right when the questions are read aloud one after another.",
    ),
}
