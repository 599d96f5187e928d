"""What HL7 FHIR R5 says of the shape of a Questionnaire, as far as the program writes it, as a JSON Schema.

Written after hl7.org/fhir/R5/questionnaire.html and datatypes.html: names, types and cardinalities of elements. `faults`
adds the invariants of the resource (que-1 to que-15) that a schema cannot say.
"""

from collections.abc import Iterator
from typing import Any

from jsonschema import Draft202012Validator

_STRING = {"type": "string", "pattern": r"^[\s\S]*\S[\s\S]*$", "maxLength": 1 << 20}
_CODE = {"type": "string", "pattern": r"^\S+( \S+)*$"}
_URI = {"type": "string", "pattern": r"^\S+$"}
_DATE = {"type": "string", "pattern": r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"}
_TIME = {"type": "string", "pattern": r"^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$"}
_INTEGER = {"type": "integer", "minimum": -(2**31), "maximum": 2**31 - 1}
_FLAG = {"type": "boolean"}


def _object(needed: tuple[str, ...] = (), /, **elements: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": elements,
        "required": list(needed),
        "additionalProperties": False,
        "minProperties": 1,
    }


def _list(name: str) -> dict[str, Any]:
    return {"type": "array", "minItems": 1, "items": {"$ref": f"#/$defs/{name}"}}


_EXTENSIONS = {"extension": _list("Extension")}
_ELEMENT = _object(**_EXTENSIONS)
_CODING = _object(system=_URI, code=_CODE, display=_STRING, _display=_ELEMENT, **_EXTENSIONS)
SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$ref": "#/$defs/Questionnaire",
    "$defs": {
        "Questionnaire": _object(
            ("resourceType", "status"),
            resourceType={"const": "Questionnaire"},
            id={"type": "string", "pattern": r"^[A-Za-z0-9\-.]{1,64}$"},
            language=_CODE,
            url=_URI,
            version=_STRING,
            title=_STRING,
            _title=_ELEMENT,
            status={"enum": ["draft", "active", "retired", "unknown"]},
            item=_list("item"),
            **_EXTENSIONS,
        ),
        "item": _object(
            ("linkId", "type"),
            linkId={**_STRING, "maxLength": 255},
            code=_list("Coding"),
            text=_STRING,
            _text=_ELEMENT,
            type={
                "enum": [
                    "group",
                    "display",
                    "boolean",
                    "decimal",
                    "integer",
                    "date",
                    "time",
                    "string",
                    "text",
                    "coding",
                ]
            },
            enableWhen=_list("enableWhen"),
            enableBehavior={"enum": ["all", "any"]},
            required=_FLAG,
            repeats=_FLAG,
            maxLength=_INTEGER,
            answerConstraint={"enum": ["optionsOnly", "optionsOrType", "optionsOrString"]},
            answerOption=_list("answerOption"),
            item=_list("item"),
            **_EXTENSIONS,
        ),
        "enableWhen": {
            **_object(
                ("question", "operator"),
                question=_STRING,
                operator={"enum": ["exists", "=", "!=", ">", "<", ">=", "<="]},
                answerBoolean=_FLAG,
                answerDecimal={"type": "number"},
                answerInteger=_INTEGER,
                answerDate=_DATE,
                answerTime=_TIME,
                answerCoding=_CODING,
            ),
            "minProperties": 3,
            "maxProperties": 3,
        },
        "answerOption": _object(("valueCoding",), valueCoding=_CODING, **_EXTENSIONS),
        "Coding": _CODING,
        "Extension": {
            **_object(
                ("url",),
                url=_URI,
                valueBoolean=_FLAG,
                valueCode=_CODE,
                valueCodeableConcept=_object(coding=_list("Coding")),
                valueCoding=_CODING,
                valueDate=_DATE,
                valueDecimal={"type": "number"},
                valueInteger=_INTEGER,
                valueString=_STRING,
                _valueString=_ELEMENT,
                valueTime=_TIME,
                **_EXTENSIONS,
            ),
            # ext-1: a value or extensions, not both.
            "oneOf": [
                {"required": ["extension"]},
                *({"required": [f"value{kind}"]} for kind in ("Boolean", "Code", "CodeableConcept", "Coding", "Date")),
                *({"required": [f"value{kind}"]} for kind in ("Decimal", "Integer", "String", "Time")),
            ],
        },
    },
}


def faults(resource: Any) -> list[str]:
    """What FHIR R5 has against a resource."""
    found = [f"{error.json_path}: {error.message[:90]}" for error in Draft202012Validator(SCHEMA).iter_errors(resource)]
    items = list(_items(resource["item"]))
    links = [item["linkId"] for item in items]
    if len(set(links)) < len(links):
        found.append("que-2: link ids are not unique")
    for item in items:
        found += [f"{item['linkId']}: {rule}" for rule, broken in _rules(item, links).items() if broken]
    return found


def _rules(item: dict[str, Any], links: list[str]) -> dict[str, bool]:
    kind, conditions = item["type"], item.get("enableWhen", [])
    return {
        "que-1a: a group has items": kind == "group" and not item.get("item"),
        "que-1c: a display has none": kind == "display" and "item" in item,
        "que-3: a display has no code": kind == "display" and "code" in item,
        "que-5: a boolean has no options": kind in ("boolean", "group", "display") and "answerOption" in item,
        "que-6: a display neither repeats nor is required": kind == "display"
        and bool({"required", "repeats"} & {*item}),
        "que-7: exists takes a boolean": any(
            (one["operator"] == "exists") and "answerBoolean" not in one for one in conditions
        ),
        "que-10: only words have a length": "maxLength" in item and kind not in ("string", "text"),
        "que-12: several conditions say how": len(conditions) > 1 and "enableBehavior" not in item,
        "que-14: a constraint is one of options": "answerConstraint" in item and "answerOption" not in item,
        "enableWhen names an item": any(one["question"] not in links for one in conditions),
    }


def _items(items: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for item in items:
        yield item
        yield from _items(item.get("item", []))
