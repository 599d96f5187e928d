"""A form as it is read on paper or a terminal: what is asked in which order, of whom and when."""

from collections.abc import Iterator

from interview.messages import Catalogue
from interview.questionnaire.item_diff import conditions_told
from interview.questionnaire.models import Item, ItemType, Questionnaire, Text
from interview.wrapping import wrapped


def printed(form: Questionnaire, words: Catalogue, width: int = 80) -> Iterator[str]:
    """The form in lines of at most `width` cells, in the interface's language if the form has it, else in its first."""
    language = words.language if words.language in form.languages else form.languages[0]
    yield from _wrapped(f"{_in(form.title, language)} · {form.name} {form.version}", width, 0)
    minutes = form.minutes
    facts = words(
        "diff.form-facts",
        questions=len(form.questions()),
        languages=", ".join(form.languages),
        least=minutes.least,
        most=minutes.most,
    )
    yield from _wrapped(facts, width, 0)
    for item in form.items:
        yield from _item(item, language, words, width, 0)


def _item(item: Item, language: str, words: Catalogue, width: int, indent: int) -> Iterator[str]:
    yield ""
    name = item.id if item.is_question else words(f"diff.type-{item.type}")
    yield from _wrapped(f"{name}  {_in(item.text, language)}", width, indent)
    within = indent + 4
    if item.enable_when:
        told = conditions_told(((item.enable_behavior, item.enable_when),))
        yield from _wrapped(words("diff.asked-when", when=told), width, within)
    if isinstance(item.proxy, dict):
        yield from _wrapped(f"{words('diff.proxy-hears')} {_in(item.proxy, language)}", width, within)
    elif item.proxy != "same":
        yield from _wrapped(words(f"diff.proxy-{item.proxy}"), width, within)
    for key, text in (("diff.instruction", item.instruction), ("diff.probe", item.probe)):
        if text:
            yield from _wrapped(f"{words(key)} {_in(text, language)}", width, within)
    yield from _answers(item, language, words, width, within)
    if item.required:
        yield from _wrapped(words("diff.required"), width, within)
    if item.repeats:
        again = words("diff.again", most=item.max_repeats, another=_in(item.another, language))
        yield from _wrapped(again, width, within)
    for inner in item.items:
        yield from _item(inner, language, words, width, indent + 2)


def _answers(item: Item, language: str, words: Catalogue, width: int, indent: int) -> Iterator[str]:
    """What can be answered: the options by their digits, or the limits."""
    if item.options:
        aloud = words("diff.options-aloud" if item.read_options else "diff.options-silent")
        yield from _wrapped(f"{words(f'diff.type-{item.type}')} · {aloud}", width, indent)
        for number, option in enumerate(item.options, 1):
            face = f"{option.symbol}  " if option.symbol else ""
            yield from _wrapped(f"{number % 10}  {face}{_in(option.text, language)}  ({option.code})", width, indent)
            if option.proxy:
                heard = f"{words('diff.proxy-hears')} {_in(option.proxy, language)}"
                yield from _wrapped(heard, width, indent + 3)
            if option.open:
                yield from _wrapped(f"→  {_in(option.open, language)}", width, indent + 3)
    elif item.type not in (ItemType.GROUP, ItemType.DISPLAY):
        limits = [str(limit) for limit in (item.minimum, item.maximum, item.max_length) if limit is not None]
        unit = _in(item.unit, language)
        parts = (words(f"diff.type-{item.type}"), "–".join(limits), unit, item.pattern)
        told = " ".join(part for part in parts if part)
        yield from _wrapped(told, width, indent)
        for limit, label in ((item.minimum, item.minimum_label), (item.maximum, item.maximum_label)):
            if label:
                yield from _wrapped(f"{limit}  {_in(label, language)}", width, indent)


def _in(text: Text | None, language: str) -> str:
    return (text or {}).get(language, "")


def _wrapped(text: str, width: int, indent: int) -> Iterator[str]:
    """Lines that hang two cells under their first."""
    first, *rest = wrapped(text, width - indent - 2)
    yield " " * indent + first
    yield from (" " * (indent + 2) + line for line in rest)
