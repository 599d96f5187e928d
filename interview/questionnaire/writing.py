"""From a questionnaire back to what an author writes: the keys of the YAML form, in the order of a form."""

from typing import Any, Final

from interview.questionnaire.models import Card, Condition, Item, Option, Questionnaire, Text

WIDTH: Final = 110
"""Columns of a written file."""


def to_yaml(questionnaire: Questionnaire) -> bytes:
    """The form as YAML that reads back as the same questionnaire; answers that come again are written out each time."""
    import yaml  # noqa: PLC0415  a start never loads it

    class Dumper(yaml.CSafeDumper):
        """Writes no anchors: the reader refuses them."""

        def ignore_aliases(self, data: object) -> bool:
            return True

    written: bytes = yaml.dump(
        as_tree(questionnaire), Dumper=Dumper, allow_unicode=True, sort_keys=False, width=WIDTH, encoding="utf-8"
    )
    return written


def as_tree(questionnaire: Questionnaire) -> dict[str, Any]:
    """The form as nested keys and texts; what has its usual value is left out."""
    minutes, contact = questionnaire.minutes, questionnaire.contact
    said = {name: getattr(contact, name) for name in ("greeting", "errand", "doubt", "voicemail", "consented")}
    return _filled(
        {
            "name": questionnaire.name,
            "version": questionnaire.version,
            "title": questionnaire.title,
            "languages": list(questionnaire.languages),
            "minutes": {"least": minutes.least, "most": minutes.most, "ask-after": minutes.ask_after},
            "dimensions": questionnaire.dimensions,
            "sources": list(questionnaire.sources),
            "contact": _filled(said),
            "cards": {card.id: _card(card) for card in questionnaire.cards},
            "items": [item_tree(item) for item in questionnaire.items],
        }
    )


def item_tree(item: Item) -> dict[str, Any]:
    """One item as its author writes it, with the items in it."""
    return _filled(
        {
            "id": item.id,
            "type": item.type.value,
            "role": item.role and item.role.value,
            "core": _yes(item.core),
            "code": item.code,
            "dimension": item.dimension,
            "text": item.text,
            "proxy": item.proxy if item.is_question or item.proxy != "same" else None,
            "read-aloud": None if item.read_aloud else "no",
            "instruction": item.instruction,
            "probe": item.probe,
            "when": _when(item),
            "not-applicable": _yes(item.not_applicable),
            "required": _yes(item.required),
            **{name.replace("_", "-"): getattr(item, name) for name in _PLAIN},
            "max-repeats": item.max_repeats if item.repeats else None,
            "another": item.another,
            "read-options": ("yes" if item.read_options else "no") if item.options else None,
            "options": {option.code: _option(option) for option in item.options},
            "items": [item_tree(inner) for inner in item.items],
        }
    )


_PLAIN: Final = (
    "minimum",
    "maximum",
    "minimum_label",
    "maximum_label",
    "decimals",
    "unit",
    "max_length",
    "pattern",
    "score_factor",
)


def _filled(table: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in table.items() if value is not None and value not in ({}, [])}


def _yes(flag: bool) -> str | None:
    return "yes" if flag else None


def _when(item: Item) -> dict[str, Any] | None:
    conditions = [_condition(condition) for condition in item.enable_when]
    if not conditions:
        return None
    return conditions[0] if len(conditions) == 1 else {item.enable_behavior: conditions}


def _condition(condition: Condition) -> dict[str, Any]:
    answer = condition.answer
    if isinstance(answer, bool):
        answer = "yes" if answer else "no"
    return {"question": condition.question, condition.operator.value: answer}


def _option(option: Option) -> dict[str, Any]:
    return {
        **option.text,
        **_filled(
            {
                "score": option.score,
                "exclusive": _yes(option.exclusive),
                "ends": option.ends and option.ends.value,
                "open": option.open,
                "symbol": option.symbol,
                "spoken": option.spoken,
                "proxy": option.proxy,
            }
        ),
    }


def _card(card: Card) -> dict[str, Any]:
    entries: list[dict[str, Text]] = [{"heading": entry.heading, "text": entry.text} for entry in card.entries]
    return {"title": card.title, "entries": entries}
