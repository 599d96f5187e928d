"""What a form needs and a FHIR questionnaire does not say: plain words and values, each told when it is used.

Words that are not here in a form's language are English; that is told too.
"""

from collections.abc import Iterable
from typing import Final

from interview.questionnaire.models import Text
from interview.questionnaire.standard_words import another_words, open_words

LANGUAGE: Final = "en"
"""The language of a resource that names none, as FHIR itself."""
VERSION: Final = "1"
MINUTES: Final = {"least": "5", "most": "10", "ask_after": "8"}
LONGEST: Final = 500
"""Characters of a text whose greatest length is not said."""
OTHER: Final = "other"
"""The code of the option that stands for an answer in words beside those listed."""
_WORDS: Final[dict[str, Text]] = {
    "greeting": {
        "sv": "Hej, jag heter … . Jag söker ⟨NN⟩, är det du?",
        "en": "Hello, my name is … . I am looking for ⟨NN⟩, is that you?",
    },
    "doubt": {
        "sv": "Slå själv upp vårt nummer, ring dit och fråga efter mig.",
        "en": "Look up our number yourself, ring it and ask for me.",
    },
    "voicemail": {
        "sv": "Hej, jag heter … . Du når mig på telefon … . Hej då!",
        "en": "Hello, my name is … . You can reach me on … . Goodbye!",
    },
    "consented": {
        "sv": "Du har sagt ja tidigare; vill du fortfarande vara med?",
        "en": "You said yes before; do you still want to take part?",
    },
    "other": {"sv": "Något annat", "en": "Something else"},
    "pattern": {"sv": "Svaret ska ha ett visst mönster.", "en": "The answer has to have a certain pattern."},
    "another": another_words(("sv", "en")),
    "open": open_words(("sv", "en")),
}


def default_words(name: str, languages: Iterable[str]) -> Text:
    """A wording in each language: its own, that of the language it is a kind of (`sv-FI`), or English."""
    said = _WORDS[name]
    return {language: said.get(language.partition("-")[0], said[LANGUAGE]) for language in languages}
