"""Every text exists in both languages, names the same fields, and every error that is raised has its words."""

import errno
import os
import re
import string
from importlib import import_module
from pathlib import Path

import pytest

from interview.errors import InterviewError
from interview.messages import AREAS, LANGUAGES, Catalogue

SOURCE = Path(__file__).parent.parent / "interview"
RAISED = re.compile(r"(?:InterviewError|Problem)\(\s*\"([a-z]+\.[a-z0-9-]+)\"")


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("area", AREAS)
def test_both_languages_say_the_same(area: str) -> None:
    swedish, english = (import_module(f"interview.messages.{language}.{area}") for language in LANGUAGES)
    assert swedish.TEXTS.keys() == english.TEXTS.keys()
    assert swedish.ERRORS.keys() == english.ERRORS.keys()
    for name, text in swedish.TEXTS.items():
        assert _fields(text) == _fields(english.TEXTS[name]), name
    for what, (message, remedy) in swedish.ERRORS.items():
        other_message, other_remedy = english.ERRORS[what]
        assert _fields(message) | _fields(remedy) == _fields(other_message) | _fields(other_remedy), what
        assert message and remedy and other_message and other_remedy, what


def test_every_error_in_the_source_has_a_message_and_a_remedy() -> None:
    raised = {code for file in SOURCE.rglob("*.py") for code in RAISED.findall(file.read_text(encoding="utf-8"))}
    assert len(raised) > 20
    for language in LANGUAGES:
        catalogue = Catalogue(language)
        missing = []
        for code in sorted(raised):
            area, _, what = code.partition(".")
            if what not in import_module(f"interview.messages.{catalogue.language}.{area}").ERRORS:
                missing.append(code)
        assert not missing


def test_every_error_in_the_catalogue_is_raised_somewhere() -> None:
    code = (file for file in SOURCE.rglob("*.py") if "messages" not in file.parts)
    source = "\n".join(file.read_text(encoding="utf-8") for file in code)
    unused = [
        f"{area}.{what}"
        for area in AREAS
        for what in import_module(f"interview.messages.sv.{area}").ERRORS
        if f'"{area}.{what}"' not in source
    ]
    assert not unused


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_of_the_conversation_names_a_key_that_can_be_bound_anew(language: str) -> None:
    """A10: keys come from the registry."""
    key = re.compile(r"\b(Ctrl\+[A-Z]|F\d+|PageUp|PageDown)\b")
    for area in ("actions", "asking", "guard", "session"):
        module = import_module(f"interview.messages.{language}.{area}")
        told = [*module.TEXTS.values(), *(" ".join(pair) for pair in module.ERRORS.values())]
        assert not [text for text in told if key.search(text)], area


def test_an_unknown_language_is_refused_by_name() -> None:
    with pytest.raises(InterviewError) as caught:
        Catalogue("tlh")
    assert caught.value.code == "cli.unknown-language"
    assert caught.value.facts["language"] == "tlh"


@pytest.mark.parametrize(("language", "said"), [("sv", "filen eller mappen finns inte"), ("en", "does not exist")])
def test_why_the_system_refused_is_said_in_the_language_of_the_interface(language: str, said: str) -> None:
    """A14: no English sentence of the system's in Swedish output; what is not known stays as it was said."""
    known, other = (
        InterviewError("files.unreadable", "fil", reason=reason)
        for reason in (os.strerror(errno.ENOENT), "Okänt fel 7")
    )
    assert said in Catalogue(language).error(known)[0]
    assert "Okänt fel 7" in Catalogue(language).error(other)[0]
