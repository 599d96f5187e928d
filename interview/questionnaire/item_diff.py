"""What is different about one item, and what each difference does to its series; a further rule is a function in `_RULES`."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from interview.questionnaire.changes import Change, Comparable, Kind
from interview.questionnaire.matching import FAR, same_words, share_in_common
from interview.questionnaire.models import Condition, Item, ItemType
from interview.questionnaire.option_diff import option_changes, option_pairs

YES, CARE, NO = Comparable.YES, Comparable.CARE, Comparable.NO
_SAME_ANSWERS: Final = frozenset((ItemType.CHOICE, ItemType.YES_NO))
_WORDS: Final = frozenset((ItemType.LINE, ItemType.TEXT))


@dataclass(frozen=True, slots=True)
class Guarded:
    """An item with every condition on the way to it, the outermost group's first, and the section it stands in."""

    item: Item
    guards: tuple[tuple[str, tuple[Condition, ...]], ...]
    section: str


@dataclass(frozen=True, slots=True)
class Pair:
    """An item in both versions; `languages` are those both have, the first the one its wording is judged in."""

    old: Guarded
    new: Guarded
    languages: tuple[str, ...]

    @property
    def language(self) -> str:
        """The language the wording is judged in."""
        return self.languages[0]


def item_changes(pair: Pair) -> Iterator[Change]:
    """Everything different about an item but its id and its place. Of what takes no answer no series depends."""
    rules = _RULES if pair.old.item.type is pair.new.item.type else _RULES_OF_TYPES
    for rule in rules:
        for change in rule(pair):
            if pair.new.item.is_question:
                yield change
            else:
                yield Change(change.kind, YES, "no-answer", change.before, change.after)


def worded(kind: Kind, before: str, after: str) -> Change:
    """A change of what is said, by how much of it is said otherwise."""
    if same_words(before, after):
        return Change(kind, YES, "same-words", before, after)
    if share_in_common(before, after) < FAR:
        return Change(kind, NO, "other-words", before, after)
    return Change(kind, CARE, "some-words", before, after)


def conditions_told(guards: tuple[tuple[str, tuple[Condition, ...]], ...]) -> str:
    """Conditions as they are written in a sheet, those of groups first."""
    told = []
    for behavior, conditions in guards:
        written = [f"{one.question} {one.operator.value} {_written(one.answer)}" for one in conditions]
        join = " or " if behavior == "any" else " and "
        several = len(written) > 1 and len(guards) > 1
        told.append(f"({join.join(written)})" if several else join.join(written))
    return " and ".join(told)


def _written(answer: str | int | bool) -> str:
    return ("yes" if answer else "no") if isinstance(answer, bool) else str(answer)


def _type(pair: Pair) -> Iterator[Change]:
    old, new = pair.old.item, pair.new.item
    if old.type is new.type:
        return
    types, told = {old.type, new.type}, (old.type.value, new.type.value)
    same_codes = [option.code for option in old.options] == [option.code for option in new.options]
    if types <= _SAME_ANSWERS and same_codes:
        yield Change(Kind.TYPE, YES, "same-answers", *told)
    else:
        yield Change(Kind.TYPE, CARE if types <= _WORDS else NO, "words-again" if types <= _WORDS else "type", *told)


def _wording(pair: Pair) -> Iterator[Change]:
    before, after = (guarded.item.text.get(pair.language, "") for guarded in (pair.old, pair.new))
    if before != after:
        yield worded(Kind.WORDING, before, after)
    for language in pair.languages[1:]:
        before, after = (guarded.item.text.get(language, "") for guarded in (pair.old, pair.new))
        if before != after:
            yield Change(Kind.TRANSLATION, YES if same_words(before, after) else CARE, "translation", before, after)


def _proxy(pair: Pair) -> Iterator[Change]:
    """Next of kin are reported apart, so their wording leaves the patients' series alone."""
    old, new = pair.old.item.proxy, pair.new.item.proxy
    told = tuple(proxy.get(pair.language, "") if isinstance(proxy, dict) else proxy for proxy in (old, new))
    if told[0] == told[1]:
        if apart := _apart(old, new, pair.languages):
            yield Change(Kind.TRANSLATION, CARE, "translation", *apart)
    elif "only" in (old, new):
        yield Change(Kind.PROXY, NO, "proxy-only", *told)
    elif "not-asked" in (old, new):
        yield Change(Kind.PROXY, CARE, "proxy-asked", *told)
    else:
        yield Change(Kind.PROXY, CARE, "proxy-words", *told)


def _apart(before: object, after: object, languages: tuple[str, ...]) -> tuple[str, str] | None:
    """The first pair of wordings that differ, in the languages both forms have; None where they say the same."""
    first, second = (text if isinstance(text, dict) else {} for text in (before, after))
    for language in languages:
        told = str(first.get(language, "")), str(second.get(language, ""))
        if told[0] != told[1]:
            return told
    return None


def _options(pair: Pair) -> Iterator[Change]:
    yield from option_changes(pair.old.item, pair.new.item, pair.languages)


def _scale(pair: Pair) -> Iterator[Change]:
    """The ends of a scale, and what they are called."""
    old, new = pair.old.item, pair.new.item
    if new.type is not ItemType.SCALE:
        return
    if (old.minimum, old.maximum) != (new.minimum, new.maximum):
        yield Change(Kind.SCALE, NO, "scale-ends", f"{old.minimum}–{old.maximum}", f"{new.minimum}–{new.maximum}")
    for before, after in ((old.minimum_label, new.minimum_label), (old.maximum_label, new.maximum_label)):
        if told := _apart(before, after, pair.languages[:1]):
            yield Change(Kind.SCALE, YES if same_words(*told) else CARE, "scale-labels", *told)
        elif told := _apart(before, after, pair.languages):
            yield Change(Kind.TRANSLATION, CARE, "translation", *told)


def _limits(pair: Pair) -> Iterator[Change]:
    """What can be answered beyond options and scales."""
    old, new = pair.old.item, pair.new.item
    if told := _apart(old.unit, new.unit, pair.languages):
        yield Change(Kind.LIMITS, NO, "unit", *told)
    if new.type is not ItemType.SCALE:
        for before, after in ((old.minimum, new.minimum), (old.maximum, new.maximum)):
            if before != after:
                yield Change(Kind.LIMITS, CARE, "limits", _told(before), _told(after))
    for name, comparable, why in _OTHER_LIMITS:
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield Change(Kind.LIMITS, comparable, why, _told(before), _told(after))
    if old.repeats and new.repeats and (told := _apart(old.another, new.another, pair.languages)):
        yield Change(Kind.LIMITS, CARE, "repeats", *told)


_OTHER_LIMITS: Final = (
    ("max_length", YES, "length"),
    ("decimals", CARE, "limits"),
    ("pattern", CARE, "limits"),
    ("required", CARE, "required"),
    ("not_applicable", CARE, "not-applicable"),
    ("max_repeats", CARE, "repeats"),
)


def _scores(pair: Pair) -> Iterator[Change]:
    """What answers are counted as; the answers themselves go on."""
    old, new = pair.old.item, pair.new.item
    both = option_pairs(old, new, pair.language)
    if any(before.score != after.score for before, after in both):
        told = (", ".join(f"{one.code} {_told(one.score)}" for one in side) for side in zip(*both, strict=True))
        yield Change(Kind.SCORE, CARE, "score", *told)
    if old.score_factor != new.score_factor:
        yield Change(Kind.SCORE, CARE, "score", _told(old.score_factor), _told(new.score_factor))
    if old.dimension != new.dimension:
        yield Change(Kind.SCORE, CARE, "dimension", _told(old.dimension), _told(new.dimension))


def _routing(pair: Pair) -> Iterator[Change]:
    if pair.new.item.is_question and pair.old.guards != pair.new.guards:
        told = conditions_told(pair.old.guards), conditions_told(pair.new.guards)
        yield Change(Kind.ROUTING, NO, "routing", *told)


def _reading(pair: Pair) -> Iterator[Change]:
    """What the caller does with the words on the screen."""
    old, new = pair.old.item, pair.new.item
    for name, why in (("read_aloud", "read-aloud"), ("read_options", "read-options")):
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield Change(Kind.READING, CARE, why, _told(before), _told(after))
    if told := _apart(old.instruction, new.instruction, pair.languages):
        yield Change(Kind.INSTRUCTION, YES, "instruction", *told)
    if told := _apart(old.probe, new.probe, pair.languages):
        yield Change(Kind.INSTRUCTION, CARE, "probe", *told)


def _role(pair: Pair) -> Iterator[Change]:
    old, new = pair.old.item, pair.new.item
    if old.core != new.core:
        yield Change(Kind.ROLE, CARE, "core", _told(old.core), _told(new.core))
    if old.role != new.role:
        yield Change(Kind.ROLE, YES, "role", _told(old.role), _told(new.role))
    if old.code != new.code:
        yield Change(Kind.ROLE, YES, "code", _told(old.code), _told(new.code))


def _told(value: object) -> str:
    """A value as it is written in a form; nothing for one that is not there."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


_Rule = Callable[[Pair], Iterator[Change]]
_RULES: Final[tuple[_Rule, ...]] = (
    _wording,
    _proxy,
    _options,
    _scale,
    _limits,
    _scores,
    _routing,
    _reading,
    _role,
)
_RULES_OF_TYPES: Final[tuple[_Rule, ...]] = (_type, _wording, _proxy, _options, _routing, _reading, _role)
"""Where the type is another, what belongs to one of the types is not told as well."""
