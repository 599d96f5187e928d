"""From a questionnaire to an HL7 FHIR R5 Questionnaire; `vocabulary` says which word means what."""

import json
from typing import Any

from interview.questionnaire.fhir.vocabulary import (
    ANALYSIS_CODES,
    CONTACT,
    CONTROLS,
    FORMS,
    ITEM_CONTROL,
    ITEM_EXTENSIONS,
    LABELS,
    LIMITS,
    MAX_OCCURS,
    MINUTES,
    OPERATORS,
    OPTION_EXTENSIONS,
    OWN,
    SLIDER_STEP,
    TRANSLATION,
    TYPES,
    UNIT,
    WORDS,
)
from interview.questionnaire.models import Card, Condition, Item, ItemType, Operator, Option, Questionnaire, Text
from interview.questionnaire.standard_words import YES

_Json = dict[str, Any]
_CHOOSING = (ItemType.CHOICE, ItemType.CHOICES)
_VALUES = {ItemType.DECIMAL: "Decimal", ItemType.DATE: "Date", ItemType.TIME: "Time", ItemType.YES_NO: "Boolean"}
"""The kind of value of an answer; the others have numbers or codings."""


def to_fhir(questionnaire: Questionnaire) -> bytes:
    """The form as JSON of a FHIR R5 Questionnaire; `from_fhir` reads it back as the same form."""
    written = json.dumps(_Writer(questionnaire).form(), ensure_ascii=False, indent=2, allow_nan=False)
    return f"{written}\n".encode()


class _Writer:
    """Writes one form; the first of its languages is that of the resource."""

    def __init__(self, form: Questionnaire) -> None:
        self._form = form
        self._types = {item.id: item.type for item in form.walk()}

    def form(self) -> _Json:
        """The resource."""
        form = self._form
        return {
            "resourceType": "Questionnaire",
            "id": form.name,
            "language": form.languages[0],
            "extension": self._about(),
            "url": f"{FORMS}{form.name}",
            "version": form.version,
            **self._words("title", form.title),
            "status": "active",
            "item": [self._item(item) for item in form.items],
        }

    def _about(self) -> list[_Json]:
        """What is said of the whole form beyond FHIR's words."""
        form = self._form
        minutes = [_value(_key(name), "valueInteger", getattr(form.minutes, name)) for name in MINUTES]
        said = [(name, getattr(form.contact, name)) for name in CONTACT]
        return [
            *(_value(f"{OWN}language", "valueCode", language) for language in form.languages),
            {"url": f"{OWN}minutes", "extension": minutes},
            {"url": f"{OWN}contact", "extension": [self._said(name, text) for name, text in said if text is not None]},
            *(self._card(card) for card in form.cards),
            *(
                {"url": f"{OWN}dimension", "extension": [_value("code", "valueCode", code), self._said("text", text)]}
                for code, text in form.dimensions.items()
            ),
            *(_value(f"{OWN}source", "valueString", source) for source in form.sources),
        ]

    def _card(self, card: Card) -> _Json:
        entries = [
            {"url": "entry", "extension": [self._said("heading", entry.heading), self._said("text", entry.text)]}
            for entry in card.entries
        ]
        return {
            "url": f"{OWN}card",
            "extension": [_value("id", "valueCode", card.id), self._said("title", card.title), *entries],
        }

    def _item(self, item: Item) -> _Json:
        answers: _Json = {"answerOption": [self._option(option) for option in item.options]}
        if item.options and item.type in _CHOOSING:
            answers["answerConstraint"] = "optionsOrString" if item.open_option else "optionsOnly"
        many = len(item.enable_when) > 1
        return _filled(
            {
                "extension": self._extensions(item),
                "linkId": item.id,
                "code": item.code and [{"system": ANALYSIS_CODES, "code": item.code}],
                **self._words("text", item.text),
                "type": TYPES[item.type],
                "enableWhen": [self._condition(condition) for condition in item.enable_when],
                "enableBehavior": item.enable_behavior if many else None,
                "required": item.required or None,
                "repeats": item.repeats or item.type is ItemType.CHOICES or None,
                "maxLength": item.max_length,
                **({} if item.type is ItemType.YES_NO else answers),
                "item": [*self._labels(item), *(self._item(inner) for inner in item.items)],
            }
        )

    def _extensions(self, item: Item) -> list[_Json]:
        found = []
        if item.type is ItemType.SCALE or (item.type in _CHOOSING and item.repeats):
            found.append(_value(f"{OWN}type", "valueCode", item.type.value))
        if isinstance(item.proxy, dict):
            found.append(self._said(f"{OWN}proxy", item.proxy))
        elif item.proxy != "same":
            found.append(_value(f"{OWN}proxy", "valueCode", item.proxy))
        found += self._listed(item, ITEM_EXTENSIONS)
        for name, url in LIMITS.items():
            if (limit := getattr(item, name)) is not None:
                kind = _VALUES.get(item.type, "Integer")
                found.append(_value(url, f"value{kind}", _as_json(item.type, limit)))
        if item.type is ItemType.SCALE:
            found += [_control("slider"), _value(SLIDER_STEP, "valueInteger", 1)]
        if item.unit is not None:
            found.append(_value(UNIT, "valueCoding", self._words("display", item.unit)))
        if item.repeats:
            found.append(_value(MAX_OCCURS, "valueInteger", item.max_repeats))
        if item.type is ItemType.YES_NO:
            found += [_value(f"{OWN}answer", "valueCoding", self._answer(option)) for option in item.options]
        return found

    def _labels(self, item: Item) -> list[_Json]:
        """The words at the ends of a scale, as FHIR has them: displays within the question."""
        return [
            {
                "extension": [_control(control)],
                "linkId": f"{item.id}_{control}",
                **self._words("text", getattr(item, name)),
                "type": "display",
            }
            for control, name in LABELS.items()
            if getattr(item, name) is not None
        ]

    def _option(self, option: Option) -> _Json:
        found = self._listed(option, OPTION_EXTENSIONS)
        coding = {"code": option.code, **self._words("display", option.text)}
        return _filled({"extension": found, "valueCoding": coding})

    def _answer(self, option: Option) -> _Json:
        """Yes or no as a coding, with what an answerOption has beside it."""
        told = self._option(option)
        return {**_filled({"extension": told.get("extension")}), **told["valueCoding"]}

    def _listed(self, value: Item | Option, table: dict[str, tuple[str, str]]) -> list[_Json]:
        """The fields of a table that do not have their usual value, as extensions."""
        found = []
        for name, (url, kind) in table.items():
            told = getattr(value, name)
            if told == type(value).model_fields[name].default:
                continue
            found.append(self._said(url, told) if kind == WORDS else _value(url, kind, told))
        return found

    def _condition(self, condition: Condition) -> _Json:
        answer: Any = condition.answer
        tested = self._types.get(condition.question, ItemType.LINE)
        if condition.operator is Operator.ANSWERED:
            kind = "Boolean"
        elif tested in _CHOOSING:
            kind, answer = "Coding", {"code": answer}
        else:
            kind, answer = _VALUES.get(tested, "Integer"), _as_json(tested, answer)
        return {
            "question": condition.question,
            "operator": OPERATORS[condition.operator],
            f"answer{kind}": answer,
        }

    def _said(self, url: str, text: Text) -> _Json:
        """An extension that is words."""
        return {"url": url, **self._words("valueString", text)}

    def _words(self, name: str, text: Text) -> _Json:
        """A wording: the first language, and the others as its translations."""
        first, *others = self._form.languages
        translations = [
            {
                "url": TRANSLATION,
                "extension": [_value("lang", "valueCode", language), _value("content", "valueString", text[language])],
            }
            for language in others
        ]
        return {name: text[first], **({f"_{name}": {"extension": translations}} if translations else {})}


def _as_json(item_type: ItemType, value: str | int) -> str | int | float | bool:
    """A kept value of a question as FHIR writes it."""
    if item_type is ItemType.DECIMAL:
        # Fifteen digits at most: a double gives them back.
        return float(value)
    if item_type is ItemType.YES_NO:
        return value == YES
    return f"{value}:00" if item_type is ItemType.TIME else value


def _value(url: str, kind: str, value: Any) -> _Json:
    return {"url": url, kind: value}


def _control(code: str) -> _Json:
    return _value(ITEM_CONTROL, "valueCodeableConcept", {"coding": [{"system": CONTROLS, "code": code}]})


def _key(name: str) -> str:
    return name.replace("_", "-")


def _filled(table: _Json) -> _Json:
    return {key: value for key, value in table.items() if value is not None and value not in ([], "")}
