"""What may be signed in a survey but should be thought over first; and the least that protects anybody (P8).

Under the floor a group is a handful of people who know one another: nothing is signed with such a limit.
"""

import re
from collections.abc import Iterator
from typing import Final

from interview.archive.survey_faults import Places
from interview.errors import InterviewError, Problem
from interview.questionnaire.emergency import CARE_NEEDED, languages_without
from interview.questionnaire.models import Questionnaire
from interview.survey import USUAL_LEAST, Survey

FLOOR: Final = 5
"""The least threshold and minimum of a real survey."""
_LIMITS: Final = ("threshold", "minimum_batch")
_TELEPHONE: Final = re.compile(r"[0-9 +()/.\u2010-\u2013\u00a0-]+(?:(?:ankn|ext|knappval|val)\b.*)?", re.IGNORECASE)
_FEWEST_DIGITS: Final = 3
_EXAMPLES: Final = ("035000000", "035000001")
"""Telephone numbers of the template, digits alone."""


def refuse_below_floor(survey: Survey, places: Places) -> None:
    """Refuse limits that let small groups be seen or told apart: `archive.survey-below-floor`."""
    found = tuple(
        Problem(
            "archive.survey-below-floor", places.of((key,)), {"key": _shown(key), "least": FLOOR, "usual": USUAL_LEAST}
        )
        for key in _LIMITS
        if getattr(survey, key) < FLOOR
    )
    if found:
        raise InterviewError.of(found)


def few(survey: Survey, places: Places) -> tuple[Problem, ...]:
    """Limits below the usual, which somebody must mean: `archive.survey-few`."""
    return tuple(
        Problem("archive.survey-few", places.of((key,)), {"key": _shown(key), "usual": USUAL_LEAST})
        for key in _LIMITS
        if getattr(survey, key) < USUAL_LEAST
    )


def cautions(survey: Survey, form: Questionnaire, places: Places) -> tuple[Problem, ...]:
    """What a caller may miss: `archive.survey-telephone`, `archive.survey-example`, `archive.survey-no-emergency`."""
    return (*_numbers(survey, places), *_cards(survey, form, places))


def _numbers(survey: Survey, places: Places) -> Iterator[Problem]:
    for index, unit in enumerate(survey.units):
        here: tuple[str | int, ...] = ("units", index)
        numbers = [((*here, "telephone"), unit.telephone)]
        numbers += [((*here, "contacts", n, "telephone"), one.telephone) for n, one in enumerate(unit.contacts)]
        for way, number in numbers:
            digits = "".join(filter(str.isdigit, number))
            if number and (_TELEPHONE.fullmatch(number) is None or len(digits) < _FEWEST_DIGITS):
                yield Problem("archive.survey-telephone", places.of(way), {"key": places.words(way)})
            elif digits in _EXAMPLES:
                yield Problem("archive.survey-example", places.of(way), {"key": places.words(way)})


def _cards(survey: Survey, form: Questionnaire, places: Places) -> Iterator[Problem]:
    for index, unit in enumerate(survey.units):
        for number, card in enumerate(unit.cards):
            without = languages_without(card.entries, form.languages) if card.id == CARE_NEEDED else ()
            if without:
                way = ("units", index, "cards", number)
                facts: dict[str, str | int] = {"unit": unit.name, "languages": ", ".join(without)}
                yield Problem("archive.survey-no-emergency", places.of(way), facts)


def _shown(key: str) -> str:
    return key.replace("_", "-")
