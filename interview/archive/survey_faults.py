"""What is wrong with a survey, in the words of the coordinator who writes it: which settings, and how they are written.

Everything is told at once, in its place; what was written is not repeated (T16).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, Final, TypeGuard

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from interview.errors import InterviewError, Problem
from interview.questionnaire.models import Questionnaire
from interview.questionnaire.yaml_nodes import SHOWN, shorten
from interview.survey import MONTH, MOST_RECIPIENTS, UNCLEAN, Background, Named, Organisation, Recipient, Survey

_MONTHS: Final = ("starts", "ends")
_FILES: Final = ("questionnaire", "recipients")
"""Fields that are made of other files, and checked with them."""
_LISTED: Final = {
    "organisations": tuple(Organisation),
    "background": tuple(Background),
    "cards": ("care-needed", "questions-back"),
}
_KEYS: Final = {"units": "unit", "contacts": "contact", "cards": "card", "entries": "entry"}
"""The template's words for lists."""
_BOUNDS: Final = ("greater_than_equal", "less_than_equal", "string_too_long", "too_long")
_CODES: Final = {
    "missing": "archive.survey-missing",
    "too_short": "archive.survey-missing",
    "string_too_short": "archive.survey-missing",
    "string_pattern_mismatch": "archive.survey-id",
    UNCLEAN: "archive.survey-control",
}
_EXAMPLES: Final = {
    "version": "2", "threshold": "10", "minimum_batch": "10", "first_day": "3", "last_day": "7", "attempts": "6",
    "retention_days": "30", "organisations": '["primary-care"]', "background": '["relation"]',
    "units": '[[unit]]', "contacts": '[[unit.contact]]', "cards": '[[unit.card]]', "entries": '[[unit.card.entry]]',
    "heading": '{sv = "…", en = "…"}', "text": '{sv = "…", en = "…"}',
}  # fmt: skip
"""How each setting that is not a plain text is written."""
_MOST: Final = 500
"""Faults of the model that are looked at; nobody reads so many (T11)."""
Way = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Places:
    """Where the fields of a survey stand, by the way to them in the model; without a file they are named in words.

    `refused` are those about which something was said already.
    """

    name: str = ""
    marks: dict[Way, str] = field(default_factory=dict)
    refused: set[Way] = field(default_factory=set)

    def of(self, way: Way) -> str:
        """The place of a field, or of the innermost part of the file it belongs in."""
        for length in range(len(way), 0, -1):
            if way[:length] in self.marks:
                return self.marks[way[:length]]
        return self.name or self.words(way)

    def words(self, way: Way) -> str:
        """A field in the template's words: `unit[2]: id`, numbered from one."""
        place = ""
        for part in way:
            name = _KEYS.get(str(part), str(part).replace("_", "-"))
            place += f"[{part + 1}]" if isinstance(part, int) else f": {name}" if place else name
        return place

    def forget(self, said: Iterable[str]) -> None:
        """Let fields stand nowhere in the file, since something else says them."""
        fields: set[str | int] = set(said)
        for way in [way for way in self.marks if way[0] in fields]:
            del self.marks[way]
        self.refused.difference_update([way for way in self.refused if way[0] in fields])

    def is_refused(self, way: Way) -> bool:
        """Whether a field, or what it lies in, was refused."""
        return any(way[:length] in self.refused for length in range(1, len(way) + 1))


def survey_of(
    fields: Mapping[str, Any], form: Questionnaire, named: Named, recipients: Sequence[Recipient], places: Places
) -> Survey:
    """The survey that asks a form, made of its fields; one InterviewError with everything wrong with them."""
    found = list(faults(fields, places, form.languages))
    signing = [recipient.signing for recipient in recipients]
    twice = [recipient.name for number, recipient in enumerate(recipients) if recipient.signing in signing[:number]]
    found += [Problem("archive.survey-twice", places.of(("recipients",)), {"word": name}) for name in twice]
    if len(recipients) > MOST_RECIPIENTS:
        facts: dict[str, str | int] = {"key": "recipients", "most": MOST_RECIPIENTS}
        found.append(Problem("archive.survey-too-long", places.of(("recipients",)), facts))
    if found:
        raise InterviewError.of(tuple(found))
    return Survey.model_validate({"version": 1, **fields, "questionnaire": named, "recipients": tuple(recipients)})


def faults(fields: Mapping[str, Any], places: Places, languages: Sequence[str] = ()) -> tuple[Problem, ...]:
    """Everything wrong with the fields of a survey; `languages` are those its cards must speak.

    `archive.survey-missing`, `-month`, `-id`, `-word`, `-too-small`, `-too-large`, `-too-long`, `-field`, `-control`,
    `-language`, `-translation`, `-ends-first`, `-last-day`, `-twice`.
    """
    found = list(_of_fields(fields, places, languages))
    found += _of_order(fields, places)
    found += _twice(fields, places)
    found += _of_cards(fields, places, languages)
    return tuple(found)


def _of_fields(fields: Mapping[str, Any], places: Places, languages: Sequence[str]) -> Iterator[Problem]:
    """What the model itself refuses; of a language that no card must speak `_of_cards` tells, where it knows those."""
    try:
        Survey.model_validate({"version": 1, "questionnaire": None, "recipients": (), **fields})
    except ValidationError as invalid:
        errors = invalid.errors(include_input=False, include_url=False)[:_MOST]
        below = {error["loc"][:length] for error in errors for length in range(len(error["loc"]))}
        below |= {way[:length] for way in places.refused for length in range(len(way))}
        for error in errors:
            way = error["loc"]
            # Of a list only what is right in it was counted.
            is_counted = error["type"] == "too_short" and way in below
            if languages and way[-1] == "[key]":
                continue
            if way[0] not in _FILES and not places.is_refused(way) and not is_counted:
                yield _fault(error, way, places)


def _fault(error: ErrorDetails, way: Way, places: Places) -> Problem:
    place, key, kind = places.of(way), places.words(way), error["type"]
    setting = next(str(part) for part in reversed(way) if isinstance(part, str))
    if setting == "[key]":
        return Problem(
            "archive.survey-language", places.of(way[:-1]), {"word": shorten(str(way[-2]), SHOWN), "known": "sv, en"}
        )
    if kind in _BOUNDS:
        return _out_of_bounds(place, key, error)
    if kind in ("enum", "literal_error"):
        listed = next(known for name, known in _LISTED.items() if name in way)
        return Problem("archive.survey-word", place, {"key": key, "known": ", ".join(listed)})
    if kind == "string_pattern_mismatch" and setting in _MONTHS:
        return Problem("archive.survey-month", place, {"key": key})
    if kind in _CODES:
        return Problem(_CODES[kind], place, {"key": key})
    return Problem("archive.survey-field", place, {"key": key, "example": _EXAMPLES.get(setting, '"…"')})


def _out_of_bounds(place: str, key: str, error: ErrorDetails) -> Problem:
    bounds: dict[str, Any] = error.get("ctx", {})
    if "ge" in bounds:
        return Problem("archive.survey-too-small", place, {"key": key, "least": bounds["ge"]})
    if "le" in bounds:
        return Problem("archive.survey-too-large", place, {"key": key, "most": bounds["le"]})
    return Problem("archive.survey-too-long", place, {"key": key, "most": bounds["max_length"]})


def _of_order(fields: Mapping[str, Any], places: Places) -> Iterator[Problem]:
    """A period or a window that ends before it begins."""
    starts, ends = fields.get("starts"), fields.get("ends")
    if _is_month(starts) and _is_month(ends) and starts > ends:
        yield Problem("archive.survey-ends-first", places.of(("ends",)), {"starts": starts, "ends": ends})
    first, last = (fields.get(key, Survey.model_fields[key].default) for key in ("first_day", "last_day"))
    if isinstance(first, int) and isinstance(last, int) and first > last:
        told = ("first_day",) if ("first_day",) in places.marks and ("last_day",) not in places.marks else ("last_day",)
        yield Problem("archive.survey-last-day", places.of(told), {"first": first, "last": last})


def _is_month(told: object) -> TypeGuard[str]:
    return isinstance(told, str) and re.fullmatch(MONTH, told) is not None


def _twice(fields: Mapping[str, Any], places: Places) -> Iterator[Problem]:
    """What stands in a list more than once."""
    units = _tables(fields, (), "units")
    lists: list[tuple[Way, list[tuple[Way, Any]]]] = [(("units",), [(way, unit.get("id")) for way, unit in units])]
    for way, unit in units:
        lists.append(((*way, "cards"), [(here, card.get("id")) for here, card in _tables(unit, way, "cards")]))
    for name in ("organisations", "background"):
        lists.append(((name,), [((name, number), word) for number, word in enumerate(fields.get(name) or ())]))
    for way, told in lists:
        seen: set[str] = set()
        for here, word in told:
            if isinstance(word, str) and word in seen:
                exact = (*here, "id") if (*here, "id") in places.marks else here
                place = places.of(exact) if places.name else places.words(way)
                yield Problem("archive.survey-twice", place, {"word": shorten(word, SHOWN)})
            elif isinstance(word, str):
                seen.add(word)


def _of_cards(fields: Mapping[str, Any], places: Places, languages: Sequence[str]) -> Iterator[Problem]:
    """Words of a unit's own cards that are not in the languages of the questionnaire."""
    for way, words in _wordings(fields):
        meant: list[str] = []
        for language in words if languages else ():
            if language not in languages:
                near = get_close_matches(str(language).lower(), languages, n=1) if len(str(language)) <= SHOWN else []
                facts = {"word": shorten(str(language), SHOWN), "known": near[0] if near else ", ".join(languages)}
                yield Problem("archive.survey-language", places.of((*way, language)), facts)
                meant += near
        for language in languages:
            if language not in words and language not in meant:
                facts = {"key": places.words(way), "language": language}
                yield Problem("archive.survey-translation", places.of(way), facts)


def _wordings(fields: Mapping[str, Any]) -> Iterator[tuple[Way, Mapping[str, Any]]]:
    """Every wording of a unit's cards, with the way to it."""
    for unit_way, unit in _tables(fields, (), "units"):
        for card_way, card in _tables(unit, unit_way, "cards"):
            entries = _tables(card, card_way, "entries")
            for way, table in ((card_way, card), *entries):
                for key in ("title", "heading", "text"):
                    if isinstance(table.get(key), Mapping):
                        yield (*way, key), table[key]


def _tables(table: Mapping[str, Any], way: Way, key: str) -> list[tuple[Way, Mapping[str, Any]]]:
    listed = table.get(key)
    found = listed if isinstance(listed, list | tuple) else ()
    return [((*way, key, number), one) for number, one in enumerate(found) if isinstance(one, Mapping)]
