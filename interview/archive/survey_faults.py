"""What is wrong with a survey, in the words of the coordinator who writes it: which setting, and how it is written."""

from collections.abc import Iterable
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from interview.errors import InterviewError
from interview.survey import Background, Organisation, Survey

_MONTHS = ("starts", "ends")
_WORDS = {"organisations": Organisation, "background": Background}


def fault(invalid: ValidationError) -> InterviewError:
    """The first field that is not as it must be, and how it should be; what was written is not repeated (T16)."""
    error = invalid.errors(include_input=False)[0]
    setting = str(error["loc"][0])
    place = _place(error["loc"])
    match error["type"]:
        case "missing" | "too_short" | "string_too_short":
            return InterviewError("archive.survey-missing", place)
        case "string_pattern_mismatch" if setting in _MONTHS:
            return InterviewError("archive.survey-month", place)
        case "string_pattern_mismatch":
            return InterviewError("archive.survey-id", place)
        case "enum":
            return InterviewError("archive.survey-word", place, known=", ".join(_WORDS[setting]))
        case "greater_than_equal" | "less_than_equal" | "string_too_long" | "too_long":
            return _out_of_bounds(place, error)
        case _:
            return InterviewError("archive.survey-field", place)


def refuse_contradictions(survey: Survey) -> None:
    """`archive.survey-ends-first`, `archive.survey-last-day`, `archive.survey-twice`: what single fields cannot show."""
    if survey.starts > survey.ends:
        raise InterviewError("archive.survey-ends-first", "ends", starts=survey.starts, ends=survey.ends)
    if survey.first_day > survey.last_day:
        raise InterviewError("archive.survey-last-day", "last-day", first=survey.first_day, last=survey.last_day)
    lists: dict[str, Iterable[str]] = {
        "unit": [unit.id for unit in survey.units],
        "organisations": survey.organisations,
        "background": survey.background,
        "recipients": [recipient.name for recipient in survey.recipients if _twice(recipient.signing, survey)],
    }
    for place, values in lists.items():
        seen: set[str] = set()
        for value in values:
            if value in seen:
                raise InterviewError("archive.survey-twice", place, word=value)
            seen.add(value)


def _twice(signing: str, survey: Survey) -> bool:
    return sum(recipient.signing == signing for recipient in survey.recipients) > 1


def _out_of_bounds(place: str, error: ErrorDetails) -> InterviewError:
    bounds: dict[str, Any] = error.get("ctx", {})
    if "ge" in bounds:
        return InterviewError("archive.survey-too-small", place, least=bounds["ge"])
    if "le" in bounds:
        return InterviewError("archive.survey-too-large", place, most=bounds["le"])
    return InterviewError("archive.survey-too-long", place, most=bounds["max_length"])


def _place(loc: tuple[int | str, ...]) -> str:
    """The place in the template's words, as `read_plan` writes it: `unit[2]: id`, numbered from one."""
    place = ""
    for part in loc:
        name = {"units": "unit", "contacts": "contact"}.get(str(part), str(part).replace("_", "-"))
        place += f"[{part + 1}]" if isinstance(part, int) else f": {name}" if place else name
    return place
