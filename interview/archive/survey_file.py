"""A survey as a coordinator writes it: a commented TOML file, made from a template; every fault told at once in its place.

Names of files in it (the questionnaire, other recipients' cards) are relative to the file's own folder.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import islice
from pathlib import Path
from typing import Any, Final

from interview.archive.survey_faults import Places, faults
from interview.errors import InterviewError, Problem
from interview.questionnaire.yaml_nodes import SHOWN, shorten
from interview.toml import parse_toml, places_in

LIMIT: Final = 256 * 1024
"""Bytes of a survey file, at most."""
MOST_FAULTS: Final = 100
"""Faults told at once."""
MOST_LISTED: Final = 501
"""Entries of one list that are looked at: one more than any list may have tells that there are too many (T11)."""
_WHERE: Final = re.compile(r" \(at line (\d+)(?:, column (\d+))?\)$")
"""Where a TOML reader stopped, at the end of what it says."""
Languages = Callable[[Path | None], Sequence[str]]
"""Gives the languages of the questionnaire in a file, None standing for the one that ships."""


@dataclass(frozen=True, slots=True)
class SurveyPlan:
    """What a survey is made from: `fields` as the model takes them, and the files it names.

    `questionnaire` is None where the shipped one is meant; `recipients` are cards of others who may open responses.
    `places` tells where each field stands, to name it if it is refused later.
    """

    fields: Mapping[str, Any]
    questionnaire: Path | None = None
    recipients: tuple[Path, ...] = field(default=())
    places: Places = field(default_factory=Places)


def read_plan(
    text: str, path: Path, said: Mapping[str, Any] | None = None, languages: Languages | None = None
) -> SurveyPlan:
    """The plan written in a survey file; `said` are fields told elsewhere, which go before what the file says.

    One InterviewError with every fault, at `name:line:column`: `archive.survey-syntax` alone; `archive.survey-unknown`
    (with the likely misspelling), `archive.survey-type`, those of `faults`, and what `languages` raises.
    """
    try:
        table = parse_toml(text)
    except ValueError as error:
        raise _syntax(str(error), path.name, text.count("\n") + 1) from None
    reading = _Reading(path.name, text)
    read = reading.table(table, _SURVEY, (), ())
    named, cards = read.pop("questionnaire", ""), read.pop("recipients", ())
    questionnaire = path.parent / named if named else None
    fields = {**read, **(said or {})}
    spoken: Sequence[str] = ()
    try:
        spoken = languages(questionnaire) if languages is not None else ()
    except InterviewError as error:
        reading.problems.extend(error.problems)
    reading.places.forget(said or {})
    reading.problems.extend(faults(fields, reading.places, spoken))
    reading.refuse()
    return SurveyPlan(fields, questionnaire, tuple(path.parent / card for card in cards), reading.places)


def _syntax(said: str, name: str, last: int) -> InterviewError:
    """Where the reader stopped, `last` where it came to the end; what it says of it is in its own language and stays away."""
    where = _WHERE.search(said)
    place = ":".join([name, *filter(None, where.groups())]) if where else name
    line, column = (where[1], where[2] or "1") if where else (str(last), "1")
    return InterviewError("archive.survey-syntax", place, line=line, column=column)


def _in_order(problem: Problem) -> tuple[bool, list[int]]:
    """Faults in the order of the file, and then what is nowhere in it."""
    steps = [int(step) for step in re.findall(r":(\d+)", problem.place)]
    return not steps, steps


Way = tuple[str | int, ...]
_WORDS: Final = "words"
_KINDS: Final = {str: '"…"', int: "123", list: "[…]", dict: "{…}"}


class _Reading:
    """Takes the values of a file as the model takes them, and remembers where each stands and what is wrong with it."""

    def __init__(self, name: str, text: str) -> None:
        self.problems: list[Problem] = []
        self.places = Places(name)
        self._marks = places_in(text)

    def refuse(self) -> None:
        """Raise what was found, in the order of the file, if anything was."""
        if self.problems:
            raise InterviewError.of(tuple(sorted(self.problems, key=_in_order)[:MOST_FAULTS]))

    def table(
        self, told: Mapping[str, Any], known: "Mapping[str, tuple[str, Any]]", way: Way, path: Way
    ) -> dict[str, Any]:
        """The values under known keys; what is misspelt counts as what it most resembles."""
        read: dict[str, Any] = {}
        for key, value in told.items():
            here, meant = (*way, key), key
            if key not in known:
                near = get_close_matches(key, known, n=1) if len(key) <= SHOWN else []
                code = "archive.survey-unknown" if near else "archive.survey-not-known"
                facts = {"word": shorten(key, SHOWN), "known": ", ".join(known)} | ({"near": near[0]} if near else {})
                self._tell(Problem(code, self._place(here, key=True), facts))
                if not near or near[0] in told:
                    continue
                meant = near[0]
            name, kind = known[meant]
            read[name] = self._value(value, kind, here, (*path, name))
        return read

    def _value(self, value: Any, kind: Any, way: Way, path: Way) -> Any:
        """A value of a kind: a plain type, words by language, a table of known keys, or a list of either."""
        self.places.marks[path] = self._place(way)
        if kind is _WORDS:
            return self._words(value, way, path)
        wanted = kind if isinstance(kind, type) else type(kind)
        if not _is_of(value, wanted):
            self._refuse(way, path, wanted)
            return None
        if isinstance(kind, list):
            return tuple(self._value(one, kind[0], (*way, n), (*path, n)) for n, one in enumerate(value[:MOST_LISTED]))
        return self.table(value, kind, way, path) if isinstance(kind, dict) else value

    def _words(self, value: Any, way: Way, path: Way) -> Any:
        """Words by language."""
        if not isinstance(value, dict):
            self._refuse(way, path, dict)
            return None
        listed = islice(value.items(), MOST_LISTED)
        return {language: self._value(said, str, (*way, language), (*path, language)) for language, said in listed}

    def _refuse(self, way: Way, path: Way, wanted: type) -> None:
        self.places.refused.add(path)
        facts = {"key": self.places.words(path), "wanted": _KINDS[wanted]}
        self._tell(Problem("archive.survey-type", self._place(way), facts))

    def _tell(self, problem: Problem) -> None:
        """Add a problem; nobody reads further than a hundred."""
        self.problems.append(problem)
        if len(self.problems) == MOST_FAULTS:
            self.refuse()

    def _place(self, way: Way, *, key: bool = False) -> str:
        marks = self._marks.keys if key else self._marks.values
        while way:
            mark = marks.get(way) or self._marks.values.get(way)
            if mark:
                return f"{self.places.name}:{mark[0]}:{mark[1]}"
            way = way[:-1]
        return self.places.name


def _is_of(value: object, kind: type) -> bool:
    return isinstance(value, kind) and not isinstance(value, bool)


_Known = dict[str, tuple[str, Any]]
_CONTACT: Final[_Known] = {"name": ("name", str), "telephone": ("telephone", str)}
_ENTRY: Final[_Known] = {"heading": ("heading", _WORDS), "text": ("text", _WORDS)}
_CARD: Final[_Known] = {"id": ("id", str), "title": ("title", _WORDS), "entry": ("entries", [_ENTRY])}
_UNIT: Final[_Known] = {
    "id": ("id", str),
    "name": ("name", str),
    "telephone": ("telephone", str),
    "contact": ("contacts", [_CONTACT]),
    "card": ("cards", [_CARD]),
}
_SURVEY: Final[_Known] = {
    "id": ("id", str),
    "version": ("version", int),
    "title": ("title", str),
    "starts": ("starts", str),
    "ends": ("ends", str),
    "questionnaire": ("questionnaire", str),
    "organisations": ("organisations", [str]),
    "recipients": ("recipients", [str]),
    "threshold": ("threshold", int),
    "minimum-batch": ("minimum_batch", int),
    "background": ("background", [str]),
    "first-day": ("first_day", int),
    "last-day": ("last_day", int),
    "attempts": ("attempts", int),
    "retention-days": ("retention_days", int),
    "unit": ("units", [_UNIT]),
}
"""Keys of the file → the model's fields, and what each holds."""
