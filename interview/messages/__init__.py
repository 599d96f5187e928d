"""Every text of the interface, in Swedish and English.

A key is `area.name`; the area is a module below `sv/` and `en/` with two tables: `TEXTS` (name → text) and
`ERRORS` (what → message, remedy). A module is imported when its first text is asked for, so a start pays only
for the screen it shows. Texts are formatted with `str.format`; both languages name the same fields.
"""

import errno
import os
import re
from functools import cache
from importlib import import_module
from typing import Final

from interview.errors import InterviewError, Problem

LANGUAGES: Final = ("sv", "en")
AREAS: Final = (
    "actions",
    "advice",
    "archive",
    "asking",
    "audit",
    "calls",
    "cli",
    "crypto",
    "database",
    "diff",
    "exchange",
    "fhir",
    "files",
    "guard",
    "keys",
    "outcomes",
    "questionnaire",
    "schema",
    "screens",
    "session",
    "sheets",
    "station",
    "store",
    "survey",
)
_FIELD: Final = re.compile(r"\{[^{}]*\}")
_WORD: Final = re.compile(r"[^\W\d_]{4,}")


class Catalogue:
    """The texts of one language; `catalogue("screens.home.title")` gives a text, `error` a message and a remedy."""

    def __init__(self, language: str) -> None:
        if language not in LANGUAGES:
            raise InterviewError("cli.unknown-language", "", language=language, known=", ".join(LANGUAGES))
        self.language = language

    def __call__(self, key: str, /, **facts: object) -> str:
        """The text under `key`, its fields filled from `facts`."""
        area, _, name = key.partition(".")
        text = _texts(self.language, area)[name]
        return text.format(**facts) if facts else text

    def has(self, key: str) -> bool:
        """Whether there is a text under `key`."""
        area, _, name = key.partition(".")
        return area in AREAS and name in _texts(self.language, area)

    def error(self, problem: Problem | InterviewError) -> tuple[str, str]:
        """What is wrong and what to do about it, for one problem."""
        area, _, what = problem.code.partition(".")
        message, remedy = _errors(self.language, area)[what]
        facts = {name: self._fact(name, fact) for name, fact in problem.facts.items()}
        return message.format(**facts), remedy.format(**facts)

    def _fact(self, name: str, fact: str | int) -> str | int:
        """A fact as it is said: why the system refused something, which it tells in English, in this language."""
        key = _reasons().get(fact) if name == "reason" and isinstance(fact, str) else None
        return fact if key is None else self(f"files.reason-{key}")


@cache
def _reasons() -> dict[str, str]:
    """What the system says → the name of the text that says it here, of what happens to somebody's files."""
    return {
        os.strerror(errno.ENOENT): "missing",
        os.strerror(errno.EACCES): "forbidden",
        os.strerror(errno.EPERM): "forbidden",
        os.strerror(errno.EEXIST): "exists",
        os.strerror(errno.ENOTDIR): "no-folder",
        os.strerror(errno.EISDIR): "folder",
        os.strerror(errno.EROFS): "read-only",
        os.strerror(errno.ENOSPC): "full",
        os.strerror(errno.ENAMETOOLONG): "long",
        os.strerror(errno.EIO): "broken",
        os.strerror(errno.EBUSY): "busy",
    }


def vocabulary(language: str) -> tuple[str, ...]:
    """Every word of four letters or more that the interface says in a language, in lower case, in alphabetical order."""
    said = [text for area in AREAS for text in _texts(language, area).values()]
    said += [text for area in AREAS for error in _errors(language, area).values() for text in error]
    return tuple(sorted({word.casefold() for text in said for word in _WORD.findall(_FIELD.sub(" ", text))}))


@cache
def _texts(language: str, area: str) -> dict[str, str]:
    texts: dict[str, str] = import_module(f"interview.messages.{language}.{area}").TEXTS
    return texts


@cache
def _errors(language: str, area: str) -> dict[str, tuple[str, str]]:
    errors: dict[str, tuple[str, str]] = import_module(f"interview.messages.{language}.{area}").ERRORS
    return errors
