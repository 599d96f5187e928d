"""A JSON Schema (draft 2020-12) of the YAML that authors write, so that an editor completes and checks while one types.

It is made from the models: a new field, type, role or operator is in it at once. It says less than `check` does: what
lies in the relations between parts (ids, conditions, scores) no schema can tell.
"""

from enum import StrEnum
from types import NoneType
from typing import Any, Final, Literal, get_args, get_origin

from pydantic import BaseModel

from interview.messages import Catalogue
from interview.questionnaire.checking import BELONGS, CODE, ID, LANGUAGE, NAME, VERSION
from interview.questionnaire.models import (
    Card,
    CardEntry,
    Condition,
    Contact,
    Item,
    ItemType,
    Minutes,
    Operator,
    Option,
    Questionnaire,
    Text,
)

Schema = dict[str, Any]
DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
FILE: Final = "questionnaire.schema.json"
"""What the file is called beside the forms that name it."""
NEEDED: Final[dict[ItemType, tuple[str, ...]]] = {
    ItemType.GROUP: ("items",),
    ItemType.CHOICE: ("options",),
    ItemType.CHOICES: ("options",),
    ItemType.SCALE: ("minimum", "maximum"),
    ItemType.TEXT: ("max-length",),
}
"""Keys that a type cannot do without, beside those of every item."""

_WORDS: Final[Schema] = {"$ref": "#/$defs/words"}
_SCALAR: Final[Schema] = {"$ref": "#/$defs/scalar"}
_FLAG: Final[Schema] = {"enum": ["yes", "no"]}
_NUMBER: Final[Schema] = {"type": ["integer", "string"], "pattern": "^-?[0-9]{1,9}$"}
_LIMIT: Final[Schema] = {"type": ["number", "string"]}
_LIMITS: Final[dict[ItemType, Schema]] = {
    ItemType.SCALE: _NUMBER,
    ItemType.INTEGER: _NUMBER,
    ItemType.DECIMAL: {"type": ["number", "string"], "pattern": "^-?[0-9]{1,9}([.][0-9]{1,6})?$"},
    ItemType.DATE: {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    ItemType.TIME: {"type": "string", "pattern": "^[0-9]{2}:[0-9]{2}$"},
}
"""How the limits of a type are written."""


def schema(words: Catalogue) -> Schema:
    """The schema, its explanations in a language of the interface."""
    return {
        "$schema": DIALECT,
        "title": words("schema.title"),
        "description": words("schema.about"),
        **_form(words),
        "$defs": {
            "scalar": {"type": ["string", "number", "boolean"], "minLength": 1},
            "words": _by_language(),
            "comparison": _comparison(words),
            "options": _options(words),
            "item": _item(words),
        },
    }


def key_of(field: str) -> str:
    """A field of the models as the key it is written under."""
    return field.replace("_", "-")


def _form(words: Catalogue) -> Schema:
    card = _object(CardEntry, words, {})
    cards = {
        name: _object(Card, words, {"entries": {"type": "array", "minItems": 1, "items": card}}, without=("id",))
        for name in get_args(Card.model_fields["id"].annotation)
    }
    scale = _object(Item, words, {"options": {"$ref": "#/$defs/options"}}, only=_OF_SCALE)
    return _object(
        Questionnaire,
        words,
        {
            "name": {"type": "string", "pattern": f"^{NAME.pattern}$"},
            "version": {"type": ["string", "number"], "pattern": f"^{VERSION.pattern}$"},
            "languages": {
                "type": "array",
                "minItems": 1,
                "items": {"type": "string", "pattern": f"^{LANGUAGE.pattern}$"},
            },
            "minutes": _object(Minutes, words, {}),
            "contact": _object(Contact, words, {}),
            "cards": {"type": "object", "properties": cards, "additionalProperties": False},
            "dimensions": {"type": "object", "additionalProperties": _WORDS},
            "sources": {"type": "array", "items": _SCALAR},
            "items": _items(),
        },
        more={"scales": {"type": "object", "additionalProperties": {**scale, "required": ["options"]}}},
        optional=("cards", "dimensions"),
    )


_OF_SCALE: Final = ("options", "read_options", "instruction", "probe")
"""What the answers that come again bring to the questions that use them."""


def _items() -> Schema:
    return {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/item"}}


def _item(words: Catalogue) -> Schema:
    """An item; what means something depends on its type."""
    made = _object(
        Item,
        words,
        {
            "id": {"type": "string", "pattern": f"^{ID.pattern}$"},
            "items": _items(),
            "proxy": {"anyOf": [{"enum": _words_of(Item.model_fields["proxy"].annotation)}, _WORDS]},
            "options": {"anyOf": [{"$ref": "#/$defs/options"}, {"type": "string"}]},
        },
        without=("enable_when", "enable_behavior"),
        more={"when": _when(words)},
    )
    made["allOf"] = [_of_type(item_type) for item_type in ItemType]
    return made


def _of_type(item_type: ItemType) -> Schema:
    """What an item of a type has to have, and what it cannot have."""
    needed = [*NEEDED.get(item_type, ())]
    if item_type not in (ItemType.GROUP, ItemType.DISPLAY):
        needed.append("proxy")
    means: Schema = {key_of(field): False for field, types in BELONGS.items() if item_type not in types}
    if item_type in _LIMITS:
        means |= {"minimum": _LIMITS[item_type], "maximum": _LIMITS[item_type]}
    then: Schema = {"properties": means}
    return {
        "if": {"properties": {"type": {"const": item_type.value}}, "required": ["type"]},
        "then": {**then, "required": needed} if needed else then,
    }


def _options(words: Catalogue) -> Schema:
    """Options by their code."""
    shapes = {"open": {"anyOf": [_FLAG, _WORDS]}, "proxy": {**_WORDS, "description": words("schema.option-proxy")}}
    option = _object(Option, words, shapes, without=("code", "text"))
    option["patternProperties"] = {f"^{LANGUAGE.pattern}$": _SCALAR}
    del option["required"]
    return {
        "type": "object",
        "minProperties": 2,
        "patternProperties": {f"^{CODE.pattern}$": {"anyOf": [{"type": "string", "minLength": 1}, option]}},
        "additionalProperties": False,
    }


def _when(words: Catalogue) -> Schema:
    comparison: Schema = {"$ref": "#/$defs/comparison"}
    several: list[Schema] = [
        {
            "type": "object",
            "properties": {behavior: {"type": "array", "minItems": least, "items": comparison}},
            "required": [behavior],
            "additionalProperties": False,
        }
        for behavior, least in (("all", 1), ("any", 2))
    ]
    return {"anyOf": [comparison, *several], "description": words("schema.when")}


def _comparison(words: Catalogue) -> Schema:
    """One question, one operator with what the answer is compared with."""
    compared: dict[str, Schema] = {
        operator.value: _FLAG if operator is Operator.ANSWERED else _SCALAR for operator in Operator
    }
    made = _object(Condition, words, {}, only=("question",), more=compared)
    return {**made, "minProperties": 2, "maxProperties": 2}


def _by_language() -> Schema:
    """Words in each language; in a form of one language also the words alone."""
    languages: Schema = {
        "type": "object",
        "minProperties": 1,
        "patternProperties": {f"^{LANGUAGE.pattern}$": _SCALAR},
        "additionalProperties": False,
    }
    return {"anyOf": [{"type": "string", "minLength": 1}, languages]}


def _object(
    model: type[BaseModel],
    words: Catalogue,
    shapes: dict[str, Schema],
    *,
    only: tuple[str, ...] = (),
    without: tuple[str, ...] = (),
    more: dict[str, Schema] | None = None,
    optional: tuple[str, ...] = (),
) -> Schema:
    """The mapping a model is written as; `shapes` are of fields that are written in another way than their type says."""
    fields = {
        name: field for name, field in model.model_fields.items() if name not in without and (not only or name in only)
    }
    properties = {key_of(name): dict(shapes.get(name) or _shape(field.annotation)) for name, field in fields.items()}
    properties |= more or {}
    for key, shape in properties.items():
        if words.has(f"schema.{key}"):
            shape.setdefault("description", words(f"schema.{key}"))
    required = [key_of(name) for name, field in fields.items() if field.is_required() and name not in optional]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _shape(annotation: Any) -> Schema:
    """How a value of a type is written."""
    kinds = (
        tuple(kind for kind in get_args(annotation) if kind is not NoneType) if _is_union(annotation) else (annotation,)
    )
    if kinds == (Text,):
        return _WORDS
    if kinds == (bool,):
        return _FLAG
    if kinds == (int,):
        return _NUMBER
    if kinds == (int, str):
        return _LIMIT
    if kinds == (str,):
        return _SCALAR
    return {"enum": _words_of(annotation)}


def _words_of(annotation: Any) -> list[str]:
    """The words of an enumeration or of a `Literal`, also where other types stand beside it."""
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return [word.value for word in annotation]
    if get_origin(annotation) is Literal:
        return list(get_args(annotation))
    found = [_words_of(kind) for kind in get_args(annotation) if kind != Text and kind is not NoneType]
    return [word for listed in found for word in listed]


def _is_union(annotation: Any) -> bool:
    return get_origin(annotation) is not None and annotation != Text and get_origin(annotation) is not Literal
