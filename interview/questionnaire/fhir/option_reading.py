"""From `answerOption`, and from the yes and the no of a boolean, to the options of a form."""

from typing import Final

from interview.questionnaire.fhir.defaults import OTHER
from interview.questionnaire.fhir.elements import Element, mapping, scalar
from interview.questionnaire.fhir.reader import Reader
from interview.questionnaire.fhir.vocabulary import OPTION_EXTENSIONS, ORDINAL, OWN
from interview.questionnaire.models import ItemType
from interview.questionnaire.yaml_nodes import Entry, Mapping, Mark, Node, Scalar

CHOOSING: Final = (ItemType.CHOICE, ItemType.CHOICES)
_CONSTRAINTS: Final = ("optionsOnly", "optionsOrString")
_OPEN: Final = "optionsOrString"


def read_answers(
    reader: Reader, element: Element, link: str, item_type: ItemType, is_open: bool
) -> dict[str, Node | None]:
    """The options of an item and whether they are read aloud; `is_open` is R4's `open-choice`."""
    if item_type is ItemType.YES_NO:
        told = [(one, one.one("valueCoding")) for one in element.extensions(f"{OWN}answer")]
        read_options = reader.extension(element, f"{OWN}read-options", "valueBoolean")
        return {"options": _options(reader, told, link) if told else None, "read-options": read_options}
    if item_type not in CHOOSING:
        return {}
    mark = element.mark_of("answerOption")
    told = [(option, option.one("valueCoding")) for option in element.all("answerOption")]
    constraint_mark, constraint = element.mark_of("answerConstraint"), element.text("answerConstraint")
    if constraint is not None and constraint.text not in _CONSTRAINTS:
        reader.telling.fail("fhir.cannot-keep", constraint_mark, element=f"answerConstraint: {constraint.text}")
    options = _options(reader, told, link) if told else mapping(mark, {})
    if (is_open or (constraint is not None and constraint.text == _OPEN)) and not _has_open(options):
        _open(reader, options, mark)
    return {"options": options, "read-options": _read_options(reader, element, mark)}


def _read_options(reader: Reader, element: Element, mark: Mark) -> Node | None:
    told = reader.extension(element, f"{OWN}read-options", "valueBoolean")
    if told is not None:
        return told
    return scalar(mark, "no") if reader.own else reader.filled(mark, "read-options", "yes")


def _options(reader: Reader, told: list[tuple[Element, Element | None]], link: str) -> Mapping:
    found: dict[str, Entry] = {}
    for option, coding in told:
        named = _coded(reader, coding, link) if coding else _valued(reader, option, link)
        if named is None:
            continue
        code, words = named
        fields: dict[str, Node] = {key: entry.value for key, entry in words.entries.items()}
        for name, (url, kind) in OPTION_EXTENSIONS.items():
            value = _said(reader, (option, coding), url, kind)
            if value is None and name == "score":
                value = _said(reader, (option, coding), ORDINAL, kind)
            if value is not None:
                fields[name] = value
        if code.text in found:
            reader.telling.fail("questionnaire.duplicate-option", code.mark, word=code.text)
        found[code.text] = Entry(code, mapping(option.mark, fields))
    return Mapping(told[0][0].mark, False, found)


def _said(reader: Reader, places: tuple[Element, Element | None], url: str, kind: str) -> Node | None:
    """What an extension says, on the option or on its coding."""
    for place in places:
        value = None if place is None else reader.extension(place, url, kind)
        if value is not None:
            return value
    return None


def _coded(reader: Reader, coding: Element, link: str) -> tuple[Scalar, Mapping] | None:
    """The code of a coding, one that a form can have, and its words."""
    told, display = coding.text("code"), coding.wording("display", reader.language)
    if told is None and display is None:
        reader.telling.fail("fhir.missing", coding.mark, element="valueCoding.code")
        return None
    if told is None and display is not None:
        first = display.entries[reader.language].value if reader.language in display.entries else None
        told = first if isinstance(first, Scalar) else scalar(coding.mark, "")
        return scalar(coding.mark, reader.names.code_of(link, told.text)), display
    code = told or scalar(coding.mark, "")
    name = reader.names.code_of(link, code.text)
    if name != code.text:
        reader.telling.note("fhir.changed", code.mark, element="answerOption.code", was=code.text, now=name)
    if display is None and not reader.own:
        reader.telling.note("fhir.filled", code.mark, element="answerOption.display", value=code.text)
        display = reader.same(code)
    return scalar(code.mark, name), display or mapping(code.mark, {})


def _valued(reader: Reader, option: Element, link: str) -> tuple[Scalar, Mapping] | None:
    """An option that is words, a number, a date or a time by itself; its code is made of it."""
    kind = option.first("value")
    mark = option.mark_of(kind) if kind else option.mark
    words: Mapping | None = None
    if kind == "valueString":
        words = option.wording(kind, reader.language)
        first = words.entries.get(reader.language) if words else None
        told = first.value if first else None
    elif kind in ("valueInteger", "valueDate", "valueTime"):
        told = option.number(kind) if kind == "valueInteger" else option.text(kind)
        words = reader.same(told) if told else None
    else:
        reader.telling.fail(
            "fhir.cannot-keep" if kind else "fhir.missing", mark, element=f"answerOption.{kind or 'value[x]'}"
        )
        option.drop(kind)
        return None
    if words is None or not isinstance(told, Scalar):
        return None
    return scalar(mark, reader.names.code_of(link, told.text)), words


def _has_open(options: Mapping) -> bool:
    return any(isinstance(entry.value, Mapping) and "open" in entry.value.entries for entry in options.entries.values())


def _open(reader: Reader, options: Mapping, mark: Mark) -> None:
    """Add the option that stands for an answer in words."""
    code = OTHER if OTHER not in options.entries else f"{OTHER}-words"
    words = reader.filled_words(mark, "answerOption", OTHER)
    fields: dict[str, Node] = {key: entry.value for key, entry in words.entries.items()}
    fields["open"] = reader.filled_words(mark, "answerOption.open", "open")
    options.entries[code] = Entry(scalar(mark, code), mapping(mark, fields))
