"""What is wrong with a questionnaire that has the right shape: the mistakes that would lead a conversation astray.

`reading` shows a finding at the line and column where the form was written, `check` at the id of the item. A further
check of an item is a further function in `_CHECKS`.
"""

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Final

from interview.errors import Problem
from interview.questionnaire.answer_checks import (
    limit_findings,
    option_findings,
    repeat_findings,
    size_findings,
)
from interview.questionnaire.condition_checks import condition_findings
from interview.questionnaire.findings import (
    CONTROL,
    MAX_PROBLEMS,
    MISSING_CODES,
    UNKNOWN_DIMENSION,
    UNKNOWN_LANGUAGE,
    Finding,
    Path,
    Placed,
    Walk,
    unknown,
)
from interview.questionnaire.models import Item, ItemType, Questionnaire, Role, Text
from interview.questionnaire.routing import Routes, route_findings

DIGITS: Final = 10
"""Options are chosen by one digit each."""
DEEPEST: Final = 2
"""How many groups may stand in each other."""
LONGEST_ANSWER: Final = 4000
LONGEST_TEXT: Final = 2000
HIGHEST: Final = 100
"""The highest score, and the highest end of a scale."""
RESPONDENTS: Final = ("patient", "patient-with-help", "proxy")
"""The options of the question who answers, whose codes go with every answer."""

ID = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,31}")
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,31}")
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
VERSION = re.compile(r"[0-9]{1,4}(\.[0-9]{1,4}){0,3}")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][A-Za-z0-9]{1,7})?")
_PLACEHOLDER = re.compile(r"⟨[^⟩]*⟩?|<NN>|\bNN\b|⟩")

_CHOOSING: Final = frozenset((ItemType.CHOICE, ItemType.CHOICES))
_WITH_OPTIONS: Final = _CHOOSING | {ItemType.YES_NO}
_NUMBERS: Final = frozenset((ItemType.INTEGER, ItemType.DECIMAL))
_WORDS: Final = frozenset((ItemType.LINE, ItemType.TEXT))
_LIMITED: Final = _NUMBERS | {ItemType.SCALE, ItemType.DATE, ItemType.TIME}
_ASKING: Final = _WITH_OPTIONS | _LIMITED | _WORDS
_SAID: Final = _ASKING | {ItemType.DISPLAY}
_SCALE: Final = frozenset((ItemType.SCALE,))
BELONGS: Final[dict[str, frozenset[ItemType]]] = {
    "items": frozenset((ItemType.GROUP,)),
    "role": _ASKING,
    "core": _ASKING,
    "read_aloud": _SAID,
    "read_options": _WITH_OPTIONS,
    "instruction": _SAID,
    "probe": _ASKING,
    "proxy": _SAID,
    "options": _WITH_OPTIONS,
    "not_applicable": _ASKING,
    "required": _ASKING,
    "minimum": _LIMITED,
    "maximum": _LIMITED,
    "minimum_label": _SCALE,
    "maximum_label": _SCALE,
    "decimals": frozenset((ItemType.DECIMAL,)),
    "unit": _NUMBERS,
    "max_length": _WORDS,
    "pattern": frozenset((ItemType.LINE,)),
    "max_repeats": _ASKING | {ItemType.GROUP},
    "another": _ASKING | {ItemType.GROUP},
    "code": _ASKING,
    "dimension": _WITH_OPTIONS | _SCALE,
    "score_factor": _SCALE,
}
"""Which fields mean something on which types of item; `id`, `type`, `text` and conditions on all."""


_ITEM_TEXTS: Final = ("text", "instruction", "probe", "proxy", "minimum_label", "maximum_label", "unit", "another")
_OPTION_TEXTS: Final = ("text", "open", "spoken", "proxy")


def check(questionnaire: Questionnaire) -> tuple[Problem, ...]:
    """The problems of a questionnaire, a hundred at most; the place is like `B4: options.0.text`, or `minutes`."""
    return tuple(
        Problem(finding.code, _place(questionnaire, finding.path), finding.facts)
        for finding in islice(findings(Routes(Walk(questionnaire))), MAX_PROBLEMS)
    )


def findings(routes: Routes) -> Iterator[Finding]:
    """Everything wrong with the questionnaire that was walked, with paths into it."""
    walk = routes.walk
    yield from _head(walk.questionnaire)
    yield from _wordings(walk)
    for find in _CHECKS:
        for placed in walk.placed:
            yield from find(placed, walk)
    yield from _roles(walk)
    yield from size_findings(walk)
    yield from route_findings(routes)


def _head(questionnaire: Questionnaire) -> Iterator[Finding]:
    if not NAME.fullmatch(questionnaire.name):
        yield Finding("questionnaire.bad-name", ("name",), {"word": questionnaire.name})
    if not VERSION.fullmatch(questionnaire.version):
        yield Finding("questionnaire.bad-version", ("version",), {"word": questionnaire.version})
    seen: set[str] = set()
    for index, language in enumerate(questionnaire.languages):
        if not LANGUAGE.fullmatch(language):
            yield Finding("questionnaire.bad-language", ("languages", index), {"word": language})
        if language in seen:
            yield Finding("questionnaire.language-twice", ("languages", index), {"word": language})
        seen.add(language)
    minutes = questionnaire.minutes
    if not 0 < minutes.least <= minutes.ask_after <= minutes.most:
        yield Finding("questionnaire.minutes-order", ("minutes",), {})
    cards: set[str] = set()
    for index, card in enumerate(questionnaire.cards):
        if card.id in cards:
            yield Finding("questionnaire.card-twice", ("cards", index), {"id": card.id})
        if not card.entries:
            yield Finding("questionnaire.card-empty", ("cards", index, "entries"), {"id": card.id})
        cards.add(card.id)
    if not questionnaire.questions():
        yield Finding("questionnaire.no-questions", ("items",), {})


def _wordings(walk: Walk) -> Iterator[Finding]:
    """Each wording in every language of the form, not empty, not endless, with no other placeholder than the name's."""
    languages = walk.questionnaire.languages
    wanted = [language for language in dict.fromkeys(languages) if LANGUAGE.fullmatch(language)]
    for path, text in _texts(walk):
        for language in wanted:
            if language not in text:
                yield Finding("questionnaire.missing-translation", (*path, language), {"language": language})
        for language, words in text.items():
            here = (*path, language)
            if language not in languages:
                code, facts = unknown(UNKNOWN_LANGUAGE, language, languages)
                yield Finding(code, here, facts)
            if CONTROL.search(words):
                yield Finding("questionnaire.control-character", here, {})
            if not words.strip():
                yield Finding("questionnaire.empty-text", here, {})
            if len(words) > LONGEST_TEXT:
                yield Finding("questionnaire.long-text", here, {"length": len(words), "most": LONGEST_TEXT})
            for found in _PLACEHOLDER.finditer(words):
                if found[0] != "⟨NN⟩":
                    yield Finding("questionnaire.unknown-placeholder", here, {"word": found[0]})


def _texts(walk: Walk) -> Iterator[tuple[Path, Text]]:
    """Every wording of the form with the path to it."""
    form = walk.questionnaire
    yield ("title",), form.title
    for dimension, text in form.dimensions.items():
        yield ("dimensions", dimension), text
    for name in ("greeting", "errand", "doubt", "voicemail", "consented"):
        said = getattr(form.contact, name)
        if said is not None:
            yield ("contact", name), said
    for number, card in enumerate(form.cards):
        yield ("cards", number, "title"), card.title
        for line, entry in enumerate(card.entries):
            yield ("cards", number, "entries", line, "heading"), entry.heading
            yield ("cards", number, "entries", line, "text"), entry.text
    for item, path, _, _ in walk.placed:
        for name in _ITEM_TEXTS:
            text = getattr(item, name)
            if isinstance(text, dict):
                yield (*path, name), text
        for number, option in enumerate(item.options):
            for name in _OPTION_TEXTS:
                text = getattr(option, name)
                if text is not None:
                    yield (*path, "options", number, name), text


def _identity(placed: Placed, walk: Walk) -> Iterator[Finding]:
    item, path, number, _ = placed
    if not ID.fullmatch(item.id):
        yield Finding("questionnaire.bad-id", (*path, "id"), {"word": item.id})
    first = walk.by_folded_id[item.id.casefold()]
    if first.number != number:
        yield Finding(
            "questionnaire.duplicate-id", (*path, "id"), {"id": item.id, "first": first.item.id}, (*first.path, "id")
        )


def _shape(placed: Placed, walk: Walk) -> Iterator[Finding]:
    """What belongs to the type and nothing else; groups not empty and not too deep."""
    item, path, _, depth = placed
    for name, types in BELONGS.items():
        if item.type not in types and getattr(item, name) != Item.model_fields[name].default:
            facts: dict[str, str | int] = {"key": name.replace("_", "-"), "type": item.type.value}
            yield Finding("questionnaire.misplaced", (*path, name), facts, (*path, "type"))
    if item.type is ItemType.GROUP:
        if not item.items:
            yield Finding("questionnaire.empty-group", (*path, "items"), {"id": item.id})
        if depth >= DEEPEST:
            yield Finding("questionnaire.deep-group", (*path, "type"), {"id": item.id, "most": DEEPEST})
    if item.dimension is not None:
        yield from _dimension(item, path, walk)


def _dimension(item: Item, path: Path, walk: Walk) -> Iterator[Finding]:
    dimensions = walk.questionnaire.dimensions
    if item.dimension is not None and item.dimension not in dimensions:
        code, facts = unknown(UNKNOWN_DIMENSION, item.dimension, dimensions)
        yield Finding(code, (*path, "dimension"), facts, ("dimensions",))
    if item.score_factor is None and all(option.score is None for option in item.options):
        here, about = (*path, "dimension"), (*path, "options")
        yield Finding("questionnaire.dimension-without-scores", here, {"id": item.id}, about)


def _options(placed: Placed, _: Walk) -> Iterator[Finding]:
    item, path = placed.item, placed.path
    if item.type not in _WITH_OPTIONS:
        return
    if len(item.options) < 2:
        yield Finding("questionnaire.few-options", (*path, "options"), {"id": item.id})
    if len(item.options) > DIGITS:
        yield Finding("questionnaire.many-options", (*path, "options"), {"id": item.id, "most": DIGITS})
    seen: set[str] = set()
    for number, option in enumerate(item.options):
        here = (*path, "options", number)
        if not CODE.fullmatch(option.code):
            yield Finding("questionnaire.bad-code", (*here, "code"), {"word": option.code})
        if option.code in MISSING_CODES:
            yield Finding("questionnaire.reserved-code", (*here, "code"), {"word": option.code})
        if option.code.casefold() in seen:
            yield Finding("questionnaire.duplicate-option", (*here, "code"), {"word": option.code})
        seen.add(option.code.casefold())
        if option.score is not None and not 0 <= option.score <= HIGHEST:
            yield Finding("questionnaire.score-beyond", (*here, "score"), {"most": HIGHEST})
        if option.score is not None and item.type is ItemType.CHOICES:
            yield Finding("questionnaire.score-on-several", (*here, "score"), {"id": item.id}, (*path, "type"))
        if option.exclusive and item.type is not ItemType.CHOICES:
            yield Finding("questionnaire.exclusive-on-single", (*here, "exclusive"), {"id": item.id}, (*path, "type"))
        if option.ends is not None and item.role is not Role.CONSENT:
            yield Finding("questionnaire.ends-elsewhere", (*here, "ends"), {"id": item.id})


def _bounds(placed: Placed, _: Walk) -> Iterator[Finding]:
    """The limits of a scale and of a text."""
    item, path = placed.item, placed.path
    if item.type is ItemType.TEXT:
        if item.max_length is None:
            yield Finding("questionnaire.text-without-length", (*path, "max_length"), {"id": item.id})
        elif not 0 < item.max_length <= LONGEST_ANSWER:
            yield Finding("questionnaire.length-beyond", (*path, "max_length"), {"most": LONGEST_ANSWER})
    if item.type is not ItemType.SCALE:
        return
    low, high = item.minimum, item.maximum
    for name, end in (("minimum", low), ("maximum", high)):
        if not isinstance(end, int):
            yield Finding("questionnaire.scale-without-end", (*path, name), {"id": item.id, "key": name})
        elif not 0 <= end <= HIGHEST:
            yield Finding("questionnaire.scale-beyond", (*path, name), {"most": HIGHEST})
    factor = item.score_factor
    if not isinstance(low, int) or not isinstance(high, int):
        return
    if low >= high:
        yield Finding("questionnaire.scale-order", (*path, "maximum"), {"id": item.id}, (*path, "minimum"))
    elif factor is not None and high <= HIGHEST and not 0 < factor * high <= HIGHEST:
        yield Finding("questionnaire.factor-beyond", (*path, "score_factor"), {"most": HIGHEST}, (*path, "maximum"))


def _roles(walk: Walk) -> Iterator[Finding]:
    """Each role once, on a question that can carry it."""
    first: dict[Role, Placed] = {}
    for placed in walk.placed:
        role = placed.item.role
        if role is None or not placed.item.is_question:
            continue
        if role in first:
            facts: dict[str, str | int] = {"role": role.value, "first": first[role].item.id}
            yield Finding("questionnaire.role-twice", (*placed.path, "role"), facts)
            continue
        first[role] = placed
        yield from _role(placed, role)


def _role(placed: Placed, role: Role) -> Iterator[Finding]:
    item, path = placed.item, placed.path
    here = (*path, "role")
    facts: dict[str, str | int] = {"role": role.value, "type": item.type.value}
    wanted = ItemType.TEXT if role is Role.IMPROVEMENT else ItemType.CHOICE
    if item.type is not wanted:
        yield Finding("questionnaire.role-on-type", here, {**facts, "wanted": wanted.value}, (*path, "type"))
    elif role is Role.CONSENT and all(option.ends is not None for option in item.options):
        yield Finding("questionnaire.consent-without-yes", (*path, "options"), {"id": item.id})
    elif role is Role.RESPONDENT and not _names_respondents(item):
        facts = {"id": item.id, "known": ", ".join(RESPONDENTS)}
        yield Finding("questionnaire.respondent-options", (*path, "options"), facts)
    elif role in (Role.RELATION, Role.REASON) and item.proxy != "only":
        yield Finding("questionnaire.role-of-proxy", (*path, "proxy"), {"role": role.value, "id": item.id})


def _names_respondents(item: Item) -> bool:
    """Whether the options are kinds of respondents, the patient among them."""
    codes = {option.code for option in item.options}
    return RESPONDENTS[0] in codes and codes <= set(RESPONDENTS)


def _place(questionnaire: Questionnaire, path: Path) -> str:
    """A path in words an author knows: the id of the innermost item, and the keys below it."""
    item: Item | None = None
    rest = list(path)
    items = questionnaire.items
    while len(rest) > 1 and rest[0] == "items" and isinstance(rest[1], int):
        item = items[rest[1]]
        items, rest = item.items, rest[2:]
    keys = ".".join(str(step).replace("_", "-") for step in rest)
    return keys if item is None else f"{item.id}: {keys}" if keys else item.id


_CHECKS: Final[tuple[Callable[[Placed, Walk], Iterator[Finding]], ...]] = (
    _identity,
    _shape,
    _options,
    _bounds,
    limit_findings,
    option_findings,
    repeat_findings,
    condition_findings,
)
