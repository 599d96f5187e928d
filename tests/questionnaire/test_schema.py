"""B3: the JSON Schema is made from the models, lies beside the forms that name it, and says no to what is no form."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from interview.messages import LANGUAGES, Catalogue
from interview.paths import shipped_questionnaires
from interview.questionnaire import item_reading, reading
from interview.questionnaire.models import ItemType
from interview.questionnaire.schema import FILE, schema
from tests.questionnaire.small_form import SMALL, spoil
from tests.questionnaire.test_problems import EVERY, Wrong
from tests.questionnaire.test_shipped import FORMS

SCHEMA = schema(Catalogue("sv"))
SHAPE = (
    *("wanted-keys", "wanted-list", "wanted-text", "wanted-number", "wanted-yes-or-no", "missing-key", "unknown-key"),
    *("misspelt-key", "unknown-word", "no-languages", "any-and-all", "wanted-condition", "any-of-one", "bad-name"),
    *("bad-version", "bad-language", "bad-id", "bad-code", "few-options", "misplaced", "text-without-length"),
    *("one-comparison", "proxy-unsaid", "scale-without-end"),
)
"""Codes whose mistakes a schema can see; the others lie in how the parts fit together."""


def as_text(source: str) -> Any:
    """The form with every scalar as text, as the program reads it."""
    return yaml.load(source, Loader=yaml.CBaseLoader)


def as_typed(value: Any) -> Any:
    """The same as an editor reads it, by the core schema of YAML 1.2: numbers are numbers, `yes` is a word."""
    if isinstance(value, dict):
        return {key: as_typed(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_typed(inner) for inner in value]
    if re.fullmatch(r"-?[0-9]+", value):
        return int(value)
    return float(value) if re.fullmatch(r"-?[0-9]+\.[0-9]+", value) else value


def faults(form: Any) -> list[str]:
    """What the schema has against a form."""
    return [f"{error.json_path}: {error.message[:80]}" for error in Draft202012Validator(SCHEMA).iter_errors(form)]


def test_the_schema_is_one_and_each_key_is_explained_in_every_language() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    for language in LANGUAGES:
        made = schema(Catalogue(language))
        for name in ("item", "comparison"):
            assert all("description" in shape for shape in made["$defs"][name]["properties"].values()), name
        assert all("description" in shape for shape in made["properties"].values())


def test_the_file_beside_the_forms_is_the_schema_of_these_models() -> None:
    """Write it anew with `interview questionnaire schema > questionnaires/questionnaire.schema.json`."""
    assert json.loads((shipped_questionnaires() / FILE).read_text(encoding="utf-8")) == SCHEMA


@pytest.mark.parametrize("path", FORMS, ids=lambda path: f"{path.parent.name} {path.stem}")
def test_every_shipped_form_names_the_schema_and_is_one_by_it(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    named = re.match(r"# yaml-language-server: \$schema=(\S+)\n", source)
    assert named, "the first line names the schema"
    assert (path.parent / named[1]).resolve() == (shipped_questionnaires() / FILE).resolve()
    assert faults(as_text(source)) == []
    assert faults(as_typed(as_text(source))) == []


def test_the_small_form_is_one_by_the_schema() -> None:
    assert faults(as_text(SMALL)) == []
    assert faults(as_typed(as_text(SMALL))) == []


@pytest.mark.parametrize(
    "wrong",
    # A word is what an open option asks, in a form of one language.
    [wrong for wrong in EVERY if wrong.code in SHAPE and "open: ‹" not in wrong.new],
    ids=lambda wrong: f"{wrong.code}: {wrong.new[:30]!r}",
)
def test_the_schema_sees_what_has_the_wrong_shape(wrong: Wrong) -> None:
    text, _ = spoil(wrong.old, wrong.new, wrong.without)
    assert faults(as_text(text))


def test_the_schema_knows_the_keys_that_are_read_and_no_others() -> None:
    assert set(SCHEMA["properties"]) == set(reading._FORM_KEYS)
    item = SCHEMA["$defs"]["item"]
    assert set(item["properties"]) == set(item_reading._ITEM_KEYS)
    assert {told["if"]["properties"]["type"]["const"] for told in item["allOf"]} == set(ItemType)
    (described,) = SCHEMA["$defs"]["options"]["patternProperties"].values()
    option = described["anyOf"][1]
    assert set(option["properties"]) == set(item_reading._OPTION_KEYS)
