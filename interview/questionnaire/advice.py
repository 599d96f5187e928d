"""What a form may say but a telephone conversation suffers from; advice never keeps a form from being loaded.

Its codes are `advice.*`, and nothing else has such codes. A further advice about an item is a further function in
`_ADVICE`.
"""

import re
from collections.abc import Callable, Iterator
from math import ceil
from typing import Final

from interview.questionnaire.checking import DIGITS
from interview.questionnaire.emergency import CARE_NEEDED, NUMBER, languages_without
from interview.questionnaire.findings import IDS, Finding, Path, Placed, Walk
from interview.questionnaire.models import Condition, Item, ItemType, Operator, Questionnaire, Text
from interview.questionnaire.room import height_for, lines_needed, section_fits
from interview.questionnaire.routing import Routes
from interview.questionnaire.speaking import asked_of, minutes_of, option_said_to, said_to, words_in

MOST_WORDS: Final = 30
"""Words of a question that are kept in mind while the answer is thought of."""
MOST_WORDS_OF_TEXT: Final = 100
"""Words of a text that are listened to without a question."""
MOST_ALOUD: Final = 5
"""Answers that are remembered when they are read aloud one after the other."""
LONG_SENTENCE: Final = 4
"""Words from which a wording is not the same in two languages by chance."""

_YES = re.compile(r"(ja|yes)\b", re.IGNORECASE)
_NO = re.compile(r"(nej|inte|no|not)\b", re.IGNORECASE)
_YOU: Final = {
    "sv": re.compile(r"\b(du|dig|din|ditt|dina)\b", re.IGNORECASE),
    "en": re.compile(r"\b(you|your|yours|yourself)\b", re.IGNORECASE),
}
"""How a form speaks to the patient, in the languages it is known of."""
_ME_OR_YOU: Final = {
    "sv": re.compile(r"\b(jag|mig|min|mitt|mina|du|dig|din|ditt|dina)\b", re.IGNORECASE),
    "en": re.compile(r"\b(I|me|my|mine|myself|you|your|yours|yourself)\b"),
}
"""How an answer speaks of the patient when the patient gives it."""


def advice(routes: Routes) -> Iterator[Finding]:
    """Everything to think over in the form that was walked, with paths into it."""
    for advise in _ADVICE:
        for placed in routes.walk.placed:
            yield from advise(placed, routes)
    yield from _orders(routes.walk)
    yield from _minutes(routes.walk.questionnaire)
    yield from _emergency(routes.walk.questionnaire)


def _conditions(placed: Placed, routes: Routes) -> Iterator[Finding]:
    """Conditions that decide nothing, and questions whose conditions only somebody else meets."""
    item, here = placed.item, (*placed.path, "enable_when")
    if routes.always(placed):
        yield Finding("advice.always-holds", here, {"id": item.id})
    elif question := routes.any_answer(placed):
        yield Finding("advice.every-answer", here, {"id": item.id, "question": question})
    elif question := _of_the_other(placed, routes):
        yield Finding("advice.other-respondent", here, {"id": item.id, "question": question})


def _of_the_other(placed: Placed, routes: Routes) -> str:
    """The question whose answer an item needs although whoever is asked the one is never asked the other."""
    item, guard = placed.item, routes.own(placed)
    if guard is None or item.proxy not in ("only", "not-asked"):
        return ""
    other = "not-asked" if item.proxy == "only" else "only"
    missed = [
        _needs_answer(condition) and routes.walk.by_id[condition.question].item.proxy == other
        for condition in guard.conditions
    ]
    lost = all(missed) if guard.behavior == "any" else any(missed)
    return guard.conditions[missed.index(True)].question if lost else ""


def _needs_answer(condition: Condition) -> bool:
    """Whether a comparison holds only where its question has an answer."""
    return not (
        condition.operator is Operator.IS_NOT or (condition.operator is Operator.ANSWERED and not condition.answer)
    )


def _length(placed: Placed, routes: Routes) -> Iterator[Finding]:
    """What is too long to be listened to, or too many answers to be remembered."""
    item, path = placed.item, placed.path
    for name, language, said in _said(item, routes.walk.questionnaire):
        if _is_long(item, said):
            most = MOST_WORDS if item.is_question else MOST_WORDS_OF_TEXT
            facts: dict[str, str | int] = {"id": item.id, "words": words_in(said), "most": most}
            yield Finding("advice.long-to-read", (*path, name, language), facts)
    yield from _long_options(item, path)
    if item.read_options and MOST_ALOUD < len(item.options) <= DIGITS:
        facts = {"id": item.id, "count": len(item.options), "most": MOST_ALOUD}
        yield Finding("advice.many-aloud", (*path, "options"), facts)


def _long_options(item: Item, path: Path) -> Iterator[Finding]:
    """Answers read aloud that are longer than a question may be; what is `spoken` is read in place of the text."""
    for number, option in enumerate(item.options if item.read_options else ()):
        for name in ("text" if option.spoken is None else "spoken", "proxy"):
            for language, said in (getattr(option, name) or {}).items():
                if (count := words_in(said)) > MOST_WORDS:
                    facts: dict[str, str | int] = {"id": item.id, "words": count, "most": MOST_WORDS}
                    yield Finding("advice.long-to-read", (*path, "options", number, name, language), facts)


def _is_long(item: Item, said: str) -> bool:
    return item.read_aloud and words_in(said) > (MOST_WORDS if item.is_question else MOST_WORDS_OF_TEXT)


def _room(placed: Placed, routes: Routes) -> Iterator[Finding]:
    """What is not shown whole on a screen of 80 by 24."""
    item, path = placed.item, placed.path
    if item.type is ItemType.GROUP:
        for language, title in item.text.items():
            if not section_fits(title):
                yield Finding("advice.long-section", (*path, "text", language), {"id": item.id})
        return
    told: set[Path] = set()
    for language in routes.walk.questionnaire.languages:
        for proxy in (False, True):
            lines = lines_needed(item, said := said_to(item, language, proxy), language, proxy)
            if not said or not asked_of(item, proxy) or lines <= height_for(item) or _is_long(item, said):
                continue
            here = (*path, *_too_tall(item, said, language, proxy))
            if here not in told:
                told.add(here)
                facts: dict[str, str | int] = {"id": item.id, "lines": lines, "most": height_for(item)}
                yield Finding("advice.does-not-fit", here, facts, (*path, "options"))


def _too_tall(item: Item, said: str, language: str, proxy: bool) -> Path:
    """What to shorten on a page that does not fit: the answer in words of its own, if the page fits without those."""
    bare = tuple(option.model_copy(update={"spoken": None, "proxy": None}) for option in item.options)
    if lines_needed(item.model_copy(update={"options": bare}), said, language, proxy) <= height_for(item):
        texts = [option_said_to(option, language, proxy, item.read_options) for option in item.options]
        number = max(
            range(len(texts)), key=lambda place: len(texts[place]) * (texts[place] != bare[place].text.get(language))
        )
        name = "proxy" if proxy and item.options[number].proxy is not None else "spoken"
        return "options", number, name, language
    return "proxy" if proxy and isinstance(item.proxy, dict) else "text", language


def _polarity(placed: Placed, _: Routes) -> Iterator[Finding]:
    """Options that begin with the negative one, told by their scores or else by their words."""
    item = placed.item
    if len(item.options) < 2 or item.type is not ItemType.CHOICE:
        return
    scores = [option.score for option in item.options if option.score is not None]
    if len(scores) == len(item.options):
        flipped = scores[0] == min(scores) < max(scores)
    else:
        flipped = any(_begins_with_no(item, language) for language in item.options[0].text)
    if flipped:
        yield Finding("advice.negative-first", (*placed.path, "options", 0, "code"), {"id": item.id})


def _begins_with_no(item: Item, language: str) -> bool:
    texts = [option.text.get(language, "") for option in item.options]
    return bool(_NO.match(texts[0])) and any(_YES.match(text) for text in texts[1:])


def _wording(placed: Placed, _: Routes) -> Iterator[Finding]:
    """A next of kin addressed as if it were the patient; words that nobody has translated."""
    item, path = placed.item, placed.path
    if item.proxy == "same" and item.read_aloud and item.type is not ItemType.GROUP and item.role is None:
        for language, told in item.text.items():
            you = _YOU[language].search(told) if language in _YOU else None
            if you:
                facts: dict[str, str | int] = {"id": item.id, "word": you[0]}
                yield Finding("advice.same-says-you", (*path, "proxy"), facts, (*path, "text"))
                break
    if item.proxy not in ("not-asked", "only"):
        yield from _of_patient(item, path)
    for name in ("text", "instruction", "probe", "proxy"):
        text = getattr(item, name)
        if isinstance(text, dict):
            yield from _untranslated(text, (*path, name), item.id)


def _of_patient(item: Item, path: Path) -> Iterator[Finding]:
    """Options in the patient's mouth that a next of kin has to choose between, also in the words meant for those."""
    for number, option in enumerate(item.options):
        for language, told in (option.text if option.proxy is None else option.proxy).items():
            word = _ME_OR_YOU[language].search(told) if language in _ME_OR_YOU else None
            if word:
                facts: dict[str, str | int] = {"id": item.id, "option": option.code, "word": word[0]}
                here: Path = ("code",) if option.proxy is None else ("proxy", language)
                yield Finding("advice.option-of-patient", (*path, "options", number, *here), facts)
                break


def _untranslated(text: Text, path: Path, item_id: str) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for language, words in text.items():
        if words in first and len(words.split()) >= LONG_SENTENCE:
            facts: dict[str, str | int] = {"id": item_id, "language": language, "other": first[words]}
            yield Finding("advice.untranslated", (*path, language), facts)
        first.setdefault(words, language)


def _orders(walk: Walk) -> Iterator[Finding]:
    """The same options in another order: the same digit then means another thing."""
    first: dict[frozenset[str], tuple[str, tuple[str, ...]]] = {}
    for item, path, _, _ in walk.placed:
        codes = tuple(option.code for option in item.options)
        if len(codes) < 2:
            continue
        other, order = first.setdefault(frozenset(codes), (item.id, codes))
        if order != codes:
            yield Finding("advice.other-order", (*path, "options"), {"id": item.id, "other": other})


def _minutes(form: Questionnaire) -> Iterator[Finding]:
    """A conversation that takes longer than is promised, to whom it takes longest."""
    times = [
        (minutes_of(form, language, proxy), language)
        for language in form.languages
        for proxy in (False, True)
        if any(asked_of(item, proxy) for item in form.questions())
    ]
    longest, language = max(times, default=(0.0, ""))
    if longest > form.minutes.most:
        facts: dict[str, str | int] = {"minutes": ceil(longest), "most": form.minutes.most, "language": language}
        yield Finding("advice.long-conversation", ("minutes", "most"), facts, IDS)


def _emergency(form: Questionnaire) -> Iterator[Finding]:
    """A form whose care-needed card never says whom to ring when life is in danger, or that has no such card."""
    number = next((number for number, card in enumerate(form.cards) if card.id == CARE_NEEDED), None)
    entries = () if number is None else form.cards[number].entries
    without = languages_without(entries, form.languages)
    if without:
        facts: dict[str, str | int] = {"number": NUMBER, "languages": ", ".join(without)}
        yield Finding(
            "advice.no-emergency-number", ("cards",) if number is None else ("cards", number, "entries"), facts
        )


def _said(item: Item, form: Questionnaire) -> Iterator[tuple[str, str, str]]:
    """Each wording an item is read in: the name of its field, its language, the words."""
    for language in form.languages:
        if said := said_to(item, language, False):
            yield "text", language, said
        if isinstance(item.proxy, dict) and (said := said_to(item, language, True)):
            yield "proxy", language, said


_ADVICE: Final[tuple[Callable[[Placed, Routes], Iterator[Finding]], ...]] = (
    _conditions,
    _length,
    _room,
    _polarity,
    _wording,
)
