"""The words that a form need not write itself: yes and no, whether there is another, and what an open option asks.

They are written into the questionnaire when it is read, so that what was said is in its bytes (P7). A language that
is not here has to be written in the form; a check says so.
"""

from collections.abc import Iterable
from typing import Final

from interview.questionnaire.models import Option, Text

YES, NO = "yes", "no"
"""The codes of a yes-no question's answers, in the order in which they are offered."""
_YES_NO: Final = {
    "sv": ("Ja", "Nej"),
    "en": ("Yes", "No"),
    "da": ("Ja", "Nej"),
    "de": ("Ja", "Nein"),
    "es": ("Sí", "No"),
    "fi": ("Kyllä", "Ei"),
    "fr": ("Oui", "Non"),
    "nb": ("Ja", "Nei"),
}
_ANOTHER: Final = {"sv": "Finns det en till?", "en": "Is there another one?"}
_OPEN: Final = {"sv": "Vad då?", "en": "What is that?"}


def yes_no_options(languages: Iterable[str]) -> tuple[Option, Option]:
    """Yes and no in those of the languages that are known here."""
    told = [language for language in languages if language in _YES_NO]
    yes, no = ({language: _YES_NO[language][place] for language in told} for place in (0, 1))
    return Option(code=YES, text=yes), Option(code=NO, text=no)


def another_words(languages: Iterable[str]) -> Text:
    """What is asked after each repetition, in those of the languages that are known here."""
    return {language: _ANOTHER[language] for language in languages if language in _ANOTHER}


def open_words(languages: Iterable[str]) -> Text:
    """What is asked once an open option is chosen, in those of the languages that are known here."""
    return {language: _OPEN[language] for language in languages if language in _OPEN}
