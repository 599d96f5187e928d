"""From the items of a FHIR resource to the nodes of a form's items."""

from typing import Final

from interview.questionnaire.answer_checks import MOST_REPEATS
from interview.questionnaire.checking import BELONGS, HIGHEST, LONGEST_ANSWER
from interview.questionnaire.fhir.condition_reading import read_conditions, without_seconds
from interview.questionnaire.fhir.defaults import LONGEST
from interview.questionnaire.fhir.elements import Element, mapping, scalar
from interview.questionnaire.fhir.option_reading import CHOOSING, read_answers
from interview.questionnaire.fhir.reader import Reader
from interview.questionnaire.fhir.vocabulary import (
    ANALYSIS_CODES,
    DISPLAY_CATEGORY,
    ENTRY_FORMAT,
    HIDDEN,
    ITEM_CONTROL,
    ITEM_EXTENSIONS,
    LABELS,
    LIMITS,
    MAX_OCCURS,
    OWN,
    SLIDER_STEP,
    UNIT,
    WORDS,
)
from interview.questionnaire.kept import LONGEST_LINE
from interview.questionnaire.models import ItemType
from interview.questionnaire.yaml_nodes import Mapping, Node, Scalar, Sequence

_TYPES: Final = {
    "group": ItemType.GROUP,
    "display": ItemType.DISPLAY,
    "coding": ItemType.CHOICE,
    "choice": ItemType.CHOICE,
    "open-choice": ItemType.CHOICE,
    "boolean": ItemType.YES_NO,
    "integer": ItemType.INTEGER,
    "decimal": ItemType.DECIMAL,
    "date": ItemType.DATE,
    "time": ItemType.TIME,
    "string": ItemType.LINE,
    "text": ItemType.TEXT,
}
_NEAREST: Final = {"quantity": ItemType.DECIMAL, "dateTime": ItemType.DATE, "question": ItemType.GROUP}
"""What an item of a type that no form has is read on as, so that only its type is told."""
_NUMBERS: Final = (ItemType.INTEGER, ItemType.DECIMAL)
_SILENT: Final = (ItemType.GROUP, ItemType.DISPLAY)
_HINTS: Final = ("help", "prompt", "instructions")
_SLIDER: Final = "slider"
_Fields = dict[str, Node | None]


class ItemReader:
    """Reads the items of one resource."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._telling = reader.telling

    def items(self, elements: list[Element]) -> list[Node]:
        """The items in their order; what lies within a question comes as a group after it."""
        return [node for element in elements for node in self._item(element, _control(element))]

    def _item(self, element: Element, control: str) -> list[Node]:
        link = self._link(element)
        repeats, is_open = element.flag("repeats"), element.peek("type") == "open-choice"
        several = repeats is not None and repeats.text == "yes"
        type_mark, own_type = element.mark_of("type"), self._reader.extension(element, f"{OWN}type", "valueCode")
        item_type = self._type(element, several)
        if isinstance(own_type, Scalar) and own_type.text in tuple(ItemType):
            item_type = ItemType(own_type.text)
        found: _Fields = self._limits(element, item_type)
        if control == _SLIDER and item_type is ItemType.INTEGER and _is_scale(found):
            item_type = ItemType.SCALE
        found |= {
            "id": scalar(link.mark, self._reader.names.id_of(link.text)),
            "type": own_type or scalar(type_mark, item_type.value),
            "text": self._text(element, link),
            "when": read_conditions(element, self._reader.names, self._telling),
            "code": self._code(element),
            **self._listed(element, item_type),
            **self._flags(element, item_type),
            **self._proxy(element, item_type),
            **self._repeats(element, several and (item_type is not ItemType.CHOICES or own_type is not None)),
            **read_answers(self._reader, element, link.text, item_type, is_open),
        }
        self._slider(element, item_type, control)
        if not self._reader.own and item_type not in _SILENT:
            self._fill(element, item_type, found)
        inner = self._inner(element, item_type, found)
        if item_type is ItemType.GROUP:
            found["items"], inner = Sequence(element.mark, inner), []
        if several and any(map(_is_asked, inner)):
            self._telling.fail("fhir.asked-of-each", link.mark, link=link.text)
        after = self._after(link, found, inner) if inner else []
        return [mapping(element.mark, {key: value for key, value in found.items() if value is not None}), *after]

    def _link(self, element: Element) -> Scalar:
        link = element.text("linkId")
        if link is None:
            self._telling.fail("fhir.missing", element.mark, element="linkId")
            return scalar(element.mark, self._reader.names.beside("q"))
        name = self._reader.names.id_of(link.text)
        if name != link.text:
            self._telling.note("fhir.changed", link.mark, element="linkId", was=link.text, now=name)
        return link

    def _type(self, element: Element, several: bool) -> ItemType:
        mark, told = element.mark_of("type"), element.text("type")
        if told is None:
            self._telling.fail("fhir.missing", element.mark, element="type")
            return ItemType.DISPLAY
        if told.text not in _TYPES:
            self._telling.fail("fhir.unknown-word", mark, element="type", word=told.text, known=", ".join(_TYPES))
            return _NEAREST.get(told.text, ItemType.LINE)
        item_type, now = _TYPES[told.text], ""
        if "answerOption" in element and item_type not in (*_SILENT, *CHOOSING, ItemType.YES_NO):
            item_type, now = ItemType.CHOICE, "choice"
        elif item_type is ItemType.LINE and not self._reader.own and _number(element.peek("maxLength")) > LONGEST_LINE:
            item_type, now = ItemType.TEXT, "text"
        if now:
            self._telling.note("fhir.changed", mark, element="type", was=told.text, now=now)
        return ItemType.CHOICES if item_type is ItemType.CHOICE and several else item_type

    def _text(self, element: Element, link: Scalar) -> Mapping | None:
        said = element.wording("text", self._reader.language)
        if said is not None or self._reader.own:
            return said
        self._telling.note("fhir.filled", link.mark, element="text", value=link.text)
        return self._reader.same(link)

    def _code(self, element: Element) -> Scalar | None:
        """The code of the analysis; those of other systems are told."""
        for coding in element.all("code"):
            if coding.peek("system") == ANALYSIS_CODES:
                coding.drop("system")
                return coding.text("code")
            self._telling.note("fhir.left-out", coding.mark, element="item.code")
            coding.drop("system", "code", "display")
        return None

    def _listed(self, element: Element, item_type: ItemType) -> _Fields:
        """The fields that are an extension each, where the type has them; the others are told."""
        return {
            name.replace("_", "-"): self._reader.extension(element, url, kind)
            for name, (url, kind) in ITEM_EXTENSIONS.items()
            if item_type in BELONGS[name] and name != "read_options"
        }

    def _flags(self, element: Element, item_type: ItemType) -> _Fields:
        mark, read_only = element.mark_of("readOnly"), element.flag("readOnly")
        if read_only is not None and read_only.text == "yes":
            self._telling.fail("fhir.cannot-keep", mark, element="readOnly")
        hidden = element.extension(HIDDEN)
        shown = hidden and hidden.flag("valueBoolean")
        if hidden is not None and (shown is None or shown.text == "yes"):
            self._telling.fail("fhir.cannot-keep", hidden.mark, element="questionnaire-hidden")
        required = element.flag("required")
        if item_type not in _SILENT:
            return {"required": required}
        if required is not None and required.text == "yes":
            self._telling.note("fhir.left-out", required.mark, element="item.required")
        return {}

    def _limits(self, element: Element, item_type: ItemType) -> _Fields:
        """What numbers, dates, times and words keep within, and the unit of a number."""
        found: _Fields = {}
        for name, url in LIMITS.items():
            if item_type in BELONGS[name] and (told := element.extension(url)):
                found[name] = self._limit(told)
        if item_type in _NUMBERS and (told := element.extension(UNIT)) and (coding := told.one("valueCoding")):
            display = coding.wording("display", self._reader.language)
            code = None if display else coding.text("code")
            found["unit"] = display or (None if code is None else self._reader.same(code))
        if item_type in BELONGS["max_length"]:
            found["max-length"] = element.number("maxLength")
        return found

    def _limit(self, told: Element) -> Node | None:
        kind = told.first("value")
        if kind in ("valueInteger", "valueDecimal"):
            return told.number(kind)
        if kind in ("valueDate", "valueTime"):
            text = told.text(kind)
            return None if text is None else scalar(text.mark, without_seconds(text.text))
        self._telling.fail("fhir.cannot-keep", told.mark, element=kind or "value[x]")
        told.drop(kind)
        return None

    def _slider(self, element: Element, item_type: ItemType, control: str) -> None:
        """A scale is a slider that goes by ones; any other control is told."""
        size = self._reader.extension(element, SLIDER_STEP, "valueInteger")
        if isinstance(size, Scalar) and not (size.text == "1" and item_type is ItemType.SCALE):
            self._telling.note("fhir.left-out", size.mark, element=f"sliderStepValue: {size.text}")
        if control and not (control == _SLIDER and item_type is ItemType.SCALE):
            self._telling.note("fhir.left-out", element.mark, element=f"itemControl: {control}")

    def _proxy(self, element: Element, item_type: ItemType) -> _Fields:
        told = element.extension(f"{OWN}proxy")
        if told is not None:
            return {"proxy": told.wording("valueString", self._reader.language) or told.text("valueCode")}
        if item_type in _SILENT:
            return {}
        return {"proxy": scalar(element.mark, "same") if self._reader.own else self._filled(element, "proxy", "same")}

    def _repeats(self, element: Element, again: bool) -> _Fields:
        """How often something is asked again; of a choice of several, `repeats` says just that it is one."""
        if not again:
            return {}
        most = self._reader.extension(element, MAX_OCCURS, "valueInteger")
        if self._reader.own:
            return {"max-repeats": most}
        if not isinstance(most, Scalar):
            most = self._filled(element, "max-repeats", str(MOST_REPEATS))
        elif _number(most.text) > MOST_REPEATS:
            self._telling.note("fhir.changed", most.mark, element="maxOccurs", was=most.text, now=str(MOST_REPEATS))
            most = scalar(most.mark, str(MOST_REPEATS))
        return {"max-repeats": most, "another": self._reader.filled_words(element.mark, "another", "another")}

    def _fill(self, element: Element, item_type: ItemType, found: _Fields) -> None:
        """What a question of another's has to say here."""
        length = found.get("max-length")
        if item_type is ItemType.TEXT and length is None:
            found["max-length"] = self._filled(element, "max-length", str(LONGEST))
        elif item_type is ItemType.TEXT and isinstance(length, Scalar) and _number(length.text) > LONGEST_ANSWER:
            self._telling.note(
                "fhir.changed", length.mark, element="maxLength", was=length.text, now=str(LONGEST_ANSWER)
            )
            found["max-length"] = scalar(length.mark, str(LONGEST_ANSWER))
        if found.get("instruction") is None and (told := self._reader.extension(element, ENTRY_FORMAT, WORDS)):
            self._telling.note("fhir.changed", told.mark, element="extension", was="entryFormat", now="instruction")
            found["instruction"] = told
        if found.get("pattern") and found.get("instruction") is None:
            found["instruction"] = self._reader.filled_words(element.mark, "instruction", "pattern")

    def _inner(self, element: Element, item_type: ItemType, found: _Fields) -> list[Node]:
        """The items within; displays that explain a question become its labels, its unit or its instruction."""
        inner: list[Node] = []
        for child in element.all("item"):
            control = _control(child)
            key = LABELS.get(control, "").replace("_", "-") if item_type is ItemType.SCALE else ""
            if control == "unit" and item_type in _NUMBERS:
                key = "unit"
            elif control in _HINTS and item_type is not ItemType.GROUP:
                key = "instruction"
            if key and found.get(key) is None and child.peek("type") == "display":
                found[key] = child.wording("text", self._reader.language)
                child.drop("type")
                child.drop("linkId")
            else:
                inner += self._item(child, control)
        return inner

    def _after(self, link: Scalar, found: _Fields, inner: list[Node]) -> list[Node]:
        """What lies within a question, as a group after it that is asked once the question is answered."""
        question, group = self._reader.names.id_of(link.text), self._reader.names.beside(link.text)
        self._telling.note("fhir.moved", link.mark, link=link.text, group=group)
        answered = {"question": scalar(link.mark, question), "answered": scalar(link.mark, "yes")}
        fields: _Fields = {
            "id": scalar(link.mark, group),
            "type": scalar(link.mark, ItemType.GROUP.value),
            "text": found["text"],
            "when": mapping(link.mark, dict(answered)),
            "items": Sequence(link.mark, inner),
        }
        return [mapping(link.mark, {key: value for key, value in fields.items() if value is not None})]

    def _filled(self, element: Element, name: str, value: str) -> Scalar:
        return self._reader.filled(element.mark, name, value)


def _control(element: Element) -> str:
    """How an item is shown, `slider` or `unit`; `instructions` for a display of that category."""
    for url in (ITEM_CONTROL, DISPLAY_CATEGORY):
        told = element.extension(url)
        concept = None if told is None else told.one("valueCodeableConcept")
        for coding in () if concept is None else concept.all("coding"):
            code = coding.text("code")
            coding.drop("system", "display")
            if code is not None:
                return code.text
    return ""


def _is_asked(node: Node) -> bool:
    """Whether an item that was read asks anything, itself or in what it holds."""
    told = node.entries.get("type") if isinstance(node, Mapping) else None
    return not (told is not None and isinstance(told.value, Scalar) and told.value.text == ItemType.DISPLAY)


def _is_scale(found: _Fields) -> bool:
    """Whether the limits are those of a scale, and there is nothing that a scale does not have."""
    low, high = found.get("minimum"), found.get("maximum")
    if not isinstance(low, Scalar) or not isinstance(high, Scalar) or found.get("unit") or low.text.startswith("-"):
        return False
    return _number(low.text) < _number(high.text) <= HIGHEST


def _number(text: str) -> int:
    """A whole number of few digits, 0 for anything else."""
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 10 else 0
