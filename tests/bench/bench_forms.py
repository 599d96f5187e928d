"""A form of a thousand items checked, loaded and compared; and what an answer costs in forms of any length.

Run: python tests/bench/bench_forms.py [ITEMS]. Prints medians: the first three against a bare reading of the same YAML,
aim under a second each; the last against a form of fifty items, aim flat. Interleaved.
"""

import re
import sys
import tempfile
from pathlib import Path

import yaml
from report import compare, timed

from interview.crypto.slots import TEST
from interview.paths import Home, shipped_questionnaires
from interview.questionnaire.canonical import canonical_bytes, questionnaire_hash
from interview.questionnaire.diff import compare as difference
from interview.questionnaire.examining import examine
from interview.questionnaire.models import ItemType, Questionnaire
from interview.questionnaire.reading import read_questionnaire
from interview.session.form import Form
from interview.session.interview import Interview
from interview.station.questionnaires import load
from interview.station.setup import set_up
from interview.station.station import Station

RUNS, SHORT, ANSWERS = 7, 50, 200
HEAD = (shipped_questionnaires() / "utskrivning" / "2026.1.yaml").read_text("utf-8").split("\nitems:\n", maxsplit=1)[0]
KINDS = (
    "type: choice, options: H4",
    "type: choice, options: yes-no",
    "type: choice, options: contact",
    "type: choice, options: certain",
    "type: choice, options: yes-no-fact",
    "type: scale, minimum: 0, maximum: 10",
    "type: integer, minimum: 0, maximum: 99",
    "type: text, max-length: 40",
)


def source(items: int, version: str = "1") -> str:
    """A form in sections of twenty questions, half of them asked only after some answer to an earlier one."""
    head = HEAD.replace("name: utskrivning", "name: lang", 1)
    lines = [re.sub(r'version: ".*"', f'version: "{version}"', head), "items:"]
    for number in range(items):
        if number % 20 == 0:
            lines.append(
                f"  - id: S{number}\n    type: group\n    text: {{sv: Avsnitt {number}, en: Section {number}}}\n    items:"
            )
        when = ""
        if number % 2 and number % 8 > 1:
            when = f", when: {{question: Q{number - number % 8}, is: fully}}"
        text = f"{{sv: Hur var det med sak {number} hemma?, en: How was thing {number} at home?}}"
        lines.append(f"      - {{id: Q{number}, proxy: same, text: {text}, {KINDS[number % 8]}{when}}}")
    return "\n".join(lines) + "\n"


def changed(text: str) -> str:
    """Next year's: every tenth question reworded, every thirtieth renamed, two sections moved to the end."""
    words = re.sub(r"sak (\d*0) hemma", r"sak \1 där hemma nu", text)
    words = re.sub(r"\bQ(\d*[147]5)\b", r"K\1", words)
    head, *sections = words.split("  - id: S")
    return "  - id: S".join([head, *sections[2:], *sections[:2]])


def half_way(form: Questionnaire) -> Interview:
    """A conversation that has come to a choice in the middle of the form."""
    prepared = Form(form, questionnaire_hash(canonical_bytes(form)))
    interview = Interview.begin(
        prepared, id="0" * 32, survey="0" * 64, unit="u", case=None, language="sv", started="2026-11-26T10:00"
    )
    middle = len(form.questions()) // 2
    while (item := interview.item) is not None:
        if item.type is ItemType.CHOICE:
            if int(item.id[1:]) >= middle:
                return interview
            interview = interview.answer(item.options[0].code)
        elif item.type is ItemType.SCALE or item.type is ItemType.INTEGER:
            interview = interview.answer(7)
        else:
            interview = interview.answer("x")
    raise SystemExit("no choice in the second half")


def answering(interview: Interview) -> None:
    """One answer and what the next screen shows."""
    item = interview.item
    following = interview.answer(item.options[0].code) if item is not None else interview
    _ = following.view, following.last_answer


def forms(items: int, station: Station) -> None:
    """Check, load and compare, against reading the YAML and nothing else."""
    text = source(items).encode()
    newer = read_questionnaire(changed(source(items, "2")).encode(), "new.yaml")
    older = read_questionnaire(text, "old.yaml")
    found = examine(text, "old.yaml")
    assert not found.errors, found.errors[0]
    took: dict[str, list[float]] = {"check": [], "load": [], "diff": []}
    bare: list[float] = []
    for run in range(RUNS):
        bare.append(timed(yaml.load, text, yaml.CBaseLoader))
        took["check"].append(timed(examine, text, "old.yaml"))
        took["diff"].append(timed(difference, older, newer))
        took["load"].append(timed(_load, station, source(items, f"3.{run + 1}").encode()))
    for name, seconds in took.items():
        compare(f"{name} {items} items", seconds, bare)


def _load(station: Station, text: bytes) -> None:
    load(station, read_questionnaire(text, "form.yaml"))


def answers(items: int) -> None:
    """One answer in the middle of the long form and of a short one."""
    long, short = (half_way(read_questionnaire(source(length).encode(), "f.yaml")) for length in (items, SHORT))
    ours, floor = [], []
    for _ in range(ANSWERS):
        ours.append(timed(answering, long))
        floor.append(timed(answering, short))
    compare(f"answer, {items} to {SHORT} items", ours, floor)


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    with tempfile.TemporaryDirectory() as folder:
        made, _ = set_up(Home(Path(folder) / "station"), "lugna gatan tre björkar", profile=TEST)
        with made:
            forms(wanted, made)
    answers(wanted)
