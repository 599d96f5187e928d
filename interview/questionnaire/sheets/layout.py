"""The sheets of a form's workbook and the columns of each.

A column is a key of the YAML form; one that holds words has a column for each language, `text (sv)`, `text (en)`.
Headings are these keys, so that a workbook means the same in every language; a row of explanations stands below them.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Sheet(StrEnum):
    """The sheets, by their names in the workbook."""

    GUIDE = "Läs mig"
    FORM = "Formulär"
    ITEMS = "Frågor"
    OPTIONS = "Svar"
    CARDS = "Kort"


class Kind(StrEnum):
    """What a column holds: words in each language, a code without blanks, yes or no, one of a few words, a condition."""

    WORDS = "words"
    CODE = "code"
    FLAG = "flag"
    WORD = "word"
    CONDITION = "condition"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key, what it holds, and the words to choose from, where there are few."""

    key: str
    kind: Kind
    choices: tuple[str, ...] = ()


FLAGS: Final = ("yes", "no")
PROXY: Final = ("same", "not-asked", "only", "words")
"""What stands in the column `proxy`; `words` where the next of kin hears words of their own, in the columns beside it."""
TYPES: Final = (
    "group", "display", "choice", "choices", "yes-no", "scale", "integer", "decimal", "date", "time", "line", "text",
)  # fmt: skip
ROLES: Final = ("consent", "respondent", "relation", "reason", "improvement")

FORM_COLUMNS: Final = (
    Column("key", Kind.CODE),
    Column("value", Kind.PLAIN),
    Column("text", Kind.WORDS),
)
ITEM_COLUMNS: Final = (
    Column("id", Kind.CODE),
    Column("type", Kind.WORD, TYPES),
    Column("group", Kind.CODE),
    Column("text", Kind.WORDS),
    Column("proxy", Kind.WORD, PROXY),
    Column("proxy-text", Kind.WORDS),
    Column("options", Kind.CODE),
    Column("when", Kind.CONDITION),
    Column("read-options", Kind.FLAG, FLAGS),
    Column("not-applicable", Kind.FLAG, FLAGS),
    Column("core", Kind.FLAG, FLAGS),
    Column("dimension", Kind.CODE),
    Column("role", Kind.WORD, ROLES),
    Column("instruction", Kind.WORDS),
    Column("probe", Kind.WORDS),
    Column("read-aloud", Kind.FLAG, FLAGS),
    Column("required", Kind.FLAG, FLAGS),
    Column("minimum", Kind.CODE),
    Column("maximum", Kind.CODE),
    Column("minimum-label", Kind.WORDS),
    Column("maximum-label", Kind.WORDS),
    Column("score-factor", Kind.CODE),
    Column("decimals", Kind.CODE),
    Column("unit", Kind.WORDS),
    Column("max-length", Kind.CODE),
    Column("pattern", Kind.PLAIN),
    Column("max-repeats", Kind.CODE),
    Column("another", Kind.WORDS),
    Column("code", Kind.CODE),
)
OPTION_COLUMNS: Final = (
    Column("options", Kind.CODE),
    Column("code", Kind.CODE),
    Column("text", Kind.WORDS),
    Column("score", Kind.CODE),
    Column("exclusive", Kind.FLAG, FLAGS),
    Column("ends", Kind.WORD, ("not-now", "declined")),
    Column("open", Kind.WORDS),
    Column("symbol", Kind.PLAIN),
    Column("spoken", Kind.WORDS),
    Column("proxy", Kind.WORDS),
)
CARD_COLUMNS: Final = (
    Column("card", Kind.WORD, ("care-needed", "questions-back")),
    Column("title", Kind.WORDS),
    Column("heading", Kind.WORDS),
    Column("text", Kind.WORDS),
)
COLUMNS: Final = {
    Sheet.FORM: FORM_COLUMNS,
    Sheet.ITEMS: ITEM_COLUMNS,
    Sheet.OPTIONS: OPTION_COLUMNS,
    Sheet.CARDS: CARD_COLUMNS,
}
NEEDED: Final = {
    Sheet.FORM: ("key", "value", "text"),
    Sheet.ITEMS: ("id", "type", "text", "proxy"),
    Sheet.OPTIONS: ("options", "code", "text"),
    Sheet.CARDS: ("card", "title", "heading", "text"),
}
"""The columns a sheet cannot do without, its first one first."""
FORM_KEYS: Final = (
    "name", "version", "languages", "title", "least", "most", "ask-after",
    "greeting", "errand", "doubt", "voicemail", "consented", "dimension", "source",
)  # fmt: skip
"""What the sheet of the form says, a row each; `dimension` (value: its code) and `source` may come again."""
MINUTES: Final = ("least", "most", "ask-after")
CONTACT: Final = ("greeting", "errand", "doubt", "voicemail", "consented")

_HEADING = re.compile(r"([a-z-]+)(?:\s*\(([a-z]{2,3}(?:-[A-Za-z0-9]+)?)\))?")


def headings(columns: tuple[Column, ...], languages: tuple[str, ...]) -> list[tuple[str, Column]]:
    """The headings of a sheet with their columns: one for each language where a column holds words."""
    return [
        (f"{column.key} ({language})" if language else column.key, column)
        for column in columns
        for language in (languages if column.kind is Kind.WORDS else ("",))
    ]


def parse_heading(text: str) -> tuple[str, str] | None:
    """Key and language (empty where none is named) of a heading; None where it has another form."""
    found = _HEADING.fullmatch(text.strip().lower())
    return (found[1], language_tag(found[2] or "")) if found else None


def language_tag(text: str) -> str:
    """A language as a form writes it: `sv`, `pt-BR`."""
    language, _, region = text.strip().lower().partition("-")
    return f"{language}-{region.upper() if len(region) == 2 else region.title()}" if region else language
