"""A survey as a coordinator writes it: a commented TOML file, made from a template, read with every field in its place.

Names of files in it (the questionnaire, other recipients' cards) are relative to the file's own folder.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from interview.errors import InterviewError
from interview.toml import parse_toml

LIMIT: Final = 256 * 1024
"""Bytes of a survey file, at most."""
_WHERE: Final = re.compile(r" \(at line (\d+)(?:, column (\d+))?\)$")
"""Where a TOML reader stopped, at the end of what it says."""


@dataclass(frozen=True, slots=True)
class SurveyPlan:
    """What a survey is made from: `fields` as the model takes them, and the files it names.

    `questionnaire` is None where the shipped one is meant; `recipients` are cards of others who may open responses.
    """

    fields: Mapping[str, Any]
    questionnaire: Path | None = None
    recipients: tuple[Path, ...] = field(default=())


def read_plan(text: str, path: Path) -> SurveyPlan:
    """The plan written in a survey file.

    `archive.survey-syntax` (line and column in the place), `archive.survey-unknown` (with the likely misspelling),
    `archive.survey-type`; whether the values make a survey is for `new_survey` to say.
    """
    try:
        table = parse_toml(text)
    except ValueError as error:
        raise _syntax(str(error), path.name) from None
    plan = _read(table, _SURVEY, path.name)
    folder = path.parent
    questionnaire = plan.pop("questionnaire", "")
    cards = plan.pop("recipients", ())
    return SurveyPlan(plan, folder / questionnaire if questionnaire else None, tuple(folder / card for card in cards))


def _syntax(said: str, name: str) -> InterviewError:
    where = _WHERE.search(said)
    place = ":".join([name, *filter(None, where.groups())]) if where else name
    return InterviewError("archive.survey-syntax", place, reason=_WHERE.sub("", said))


Reader = Callable[[Any, str], Any]
"""Takes a value and its place; gives the value as the model takes it, or refuses it."""


def _of(kind: type) -> Reader:
    def read(value: Any, place: str) -> Any:
        if not isinstance(value, kind) or isinstance(value, bool):
            raise InterviewError("archive.survey-type", place, wanted=_KINDS[kind])
        return value

    return read


def _list_of(reader: Reader) -> Reader:
    def read(value: Any, place: str) -> Any:
        if not isinstance(value, list):
            raise InterviewError("archive.survey-type", place, wanted=_KINDS[list])
        return tuple(reader(entry, f"{place}[{number}]") for number, entry in enumerate(value, 1))

    return read


def _table(known: "Mapping[str, tuple[str, Reader]]") -> Reader:
    return lambda value, place: _read(_of(dict)(value, place), known, place)


def _read(table: Mapping[str, Any], known: "Mapping[str, tuple[str, Reader]]", place: str) -> dict[str, Any]:
    read = {}
    for key, value in table.items():
        if key not in known:
            near = get_close_matches(key, known, n=1)
            raise InterviewError(
                "archive.survey-unknown", place, word=key, near=near[0] if near else "–", known=", ".join(known)
            )
        name, reader = known[key]
        read[name] = reader(value, f"{place}: {key}")
    return read


_KINDS: Final = {str: '"…"', int: "123", list: "[…]", dict: "[[…]]"}
_CONTACT: Final = {"name": ("name", _of(str)), "telephone": ("telephone", _of(str))}
_UNIT: Final = {
    "id": ("id", _of(str)),
    "name": ("name", _of(str)),
    "telephone": ("telephone", _of(str)),
    "contact": ("contacts", _list_of(_table(_CONTACT))),
}
_SURVEY: Final = {
    "id": ("id", _of(str)),
    "version": ("version", _of(int)),
    "title": ("title", _of(str)),
    "starts": ("starts", _of(str)),
    "ends": ("ends", _of(str)),
    "questionnaire": ("questionnaire", _of(str)),
    "organisations": ("organisations", _list_of(_of(str))),
    "recipients": ("recipients", _list_of(_of(str))),
    "threshold": ("threshold", _of(int)),
    "minimum-batch": ("minimum_batch", _of(int)),
    "background": ("background", _list_of(_of(str))),
    "first-day": ("first_day", _of(int)),
    "last-day": ("last_day", _of(int)),
    "attempts": ("attempts", _of(int)),
    "retention-days": ("retention_days", _of(int)),
    "unit": ("units", _list_of(_table(_UNIT))),
}
"""Keys of the file → the model's fields."""
