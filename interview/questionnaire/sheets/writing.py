"""From a questionnaire to the rows of a workbook."""

from typing import Any, Final

from interview.messages import Catalogue
from interview.questionnaire.models import Questionnaire
from interview.questionnaire.sheets.conditions import write_condition
from interview.questionnaire.sheets.grid import write_workbook
from interview.questionnaire.sheets.layout import COLUMNS, CONTACT, MINUTES, PROXY, Column, Kind, Sheet, headings
from interview.questionnaire.writing import as_tree

_SAME_CELL: Final = frozenset(("options", "proxy", "when", "items", "text"))


def to_workbook(questionnaire: Questionnaire, words: Catalogue) -> bytes:
    """The form as a workbook, with explanations in the language of `words`; it reads back as the same questionnaire."""
    tree, languages = as_tree(questionnaire), questionnaire.languages
    options: list[dict[str, Any]] = []
    rows = {
        Sheet.FORM: _form_rows(tree),
        Sheet.ITEMS: _item_rows(tree["items"], options),
        Sheet.OPTIONS: options,
        Sheet.CARDS: _card_rows(tree.get("cards", {})),
    }
    sheets = []
    for sheet, found in rows.items():
        columns = headings(COLUMNS[sheet], languages)
        explained = [words(f"sheets.{sheet.name.lower()}-{column.key}") for _, column in columns]
        sheets.append((sheet, columns, explained, [_cells(row, columns) for row in found]))
    return write_workbook(words("sheets.guide").split("\n"), sheets)


def _cells(row: dict[str, Any], columns: list[tuple[str, Column]]) -> list[str]:
    cells = []
    for heading, column in columns:
        value = row.get(column.key, "")
        if column.kind is Kind.WORDS:
            language = heading.partition("(")[2].rstrip(")")
            value = value.get(language, "") if isinstance(value, dict) else ""
        cells.append("" if value is None else str(value))
    return cells


def _form_rows(tree: dict[str, Any]) -> list[dict[str, Any]]:
    rows = [{"key": key, "value": tree[key]} for key in ("name", "version")]
    rows.append({"key": "languages", "value": ", ".join(tree["languages"])})
    rows.append({"key": "title", "text": tree["title"]})
    rows += [{"key": key, "value": tree["minutes"][key]} for key in MINUTES]
    rows += [{"key": key, "text": tree["contact"][key]} for key in CONTACT if key in tree["contact"]]
    rows += [{"key": "dimension", "value": code, "text": text} for code, text in tree.get("dimensions", {}).items()]
    rows += [{"key": "source", "value": source} for source in tree.get("sources", ())]
    return rows


def _item_rows(items: list[dict[str, Any]], options: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A row for each item; answers that are the same as an earlier item's are named by its id."""
    rows: list[dict[str, Any]] = []
    listed: list[tuple[list[tuple[str, Any]], str]] = []

    def add(item: dict[str, Any], group: str) -> None:
        row = {key: value for key, value in item.items() if key not in _SAME_CELL}
        proxy = item.get("proxy")
        row |= {"text": item["text"], "group": group, "when": write_condition(item.get("when"))}
        row |= {"proxy": PROXY[-1], "proxy-text": proxy} if isinstance(proxy, dict) else {"proxy": proxy or ""}
        answers = list(item.get("options", {}).items())
        if answers:
            name = next((name for known, name in listed if known == answers), "")
            if not name:
                name = item["id"]
                listed.append((answers, name))
                options.extend(_option_row(name, code, answer) for code, answer in answers)
            row["options"] = name
        rows.append(row)
        for inner in item.get("items", ()):
            add(inner, item["id"])

    for item in items:
        add(item, "")
    return rows


def _option_row(name: str, code: str, answer: dict[str, Any]) -> dict[str, Any]:
    besides = ("score", "exclusive", "ends", "open", "symbol", "spoken", "proxy")
    text = {language: words for language, words in answer.items() if language not in besides}
    kept = {key: answer[key] for key in besides if key in answer}
    return {"options": name, "code": code, "text": text, **kept}


def _card_rows(cards: dict[str, Any]) -> list[dict[str, Any]]:
    rows = []
    for card_id, card in cards.items():
        for number, entry in enumerate(card["entries"]):
            rows.append({"card": card_id, "title": card["title"] if number == 0 else {}, **entry})
    return rows
