"""A18: what README names exists, and its key tables are whole. Commands are read by the program's own parser."""

import re
import shlex
import shutil
from pathlib import Path

import pytest

from interview.cli.main import COMMANDS, command_parser
from interview.config import settings_from
from interview.messages import Catalogue
from interview.tui.actions import Actions
from tests.cli.commands import commands
from tests.terminal import Terminal

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
FENCED = re.findall(r"^```(\w*)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
WORDS = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```$", "", README, flags=re.MULTILINE | re.DOTALL))
"""What stands between backticks in the text."""
KEYS = {"Esc": "escape", "PageUp": "pageup", "PageDown": "pagedown"}
MADE = {"station/card.json"}
"""Paths that the commands in README make."""


def command_lines() -> list[str]:
    """Every command line of README: in its blocks, and in its text where one begins with the program's name."""
    blocks = [block.replace("\\\n", " ") for kind, block in FENCED if kind in ("sh", "bat")]
    lines = [line.strip() for block in blocks for line in block.splitlines()]
    lines = [line for line in lines if line.startswith("interview ")]
    return [*lines, *(word for word in WORDS if word.startswith("interview ") and "…" not in word)]


def test_there_are_command_lines_to_test() -> None:
    assert len(command_lines()) > 15


@pytest.mark.parametrize("line", command_lines())
def test_every_command_line_is_understood(line: str) -> None:
    words = shlex.split(line, comments=True)[1:]
    try:
        arguments = command_parser(words, Catalogue("en")).parse_args(words)
    except SystemExit:
        # In the text a command may stand without what must follow it.
        assert line in WORDS and tuple(words) in {one.words for one in commands()}, line
        return
    assert arguments.command in COMMANDS


def test_every_command_is_named() -> None:
    lines = [shlex.split(line, comments=True)[1:] for line in command_lines()]
    first = {words[0] for words in lines}
    assert first >= set(COMMANDS)
    for words in (one.words for one in commands()):
        assert any(line[: len(words)] == list(words) for line in lines) or words[-1] in WORDS, " ".join(words)


def test_every_option_named_exists() -> None:
    exist = {text for one in commands() for option in one.parser._actions for text in option.option_strings}
    named = {word.split()[0].partition("=")[0] for word in WORDS if word.startswith("--")}
    assert named and named <= exist


@pytest.mark.parametrize("context", ["interview", "home"])
def test_the_key_tables_are_the_keys_there_are(context: str) -> None:
    table = README.split(f"<!-- keys: {context} -->")[1].split("\n\n")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    shown = {frozenset(KEYS.get(key, key.lower()) for key in re.findall(r"`([^`]+)`", row)) for row in rows}
    actions = [action for action in Actions() if action.context == context]
    there = {frozenset(action.every_key) for action in actions if action.method != "choose"}
    assert {keys for keys in shown if "1" not in keys} == there


def test_every_key_named_in_the_text_is_one() -> None:
    caller = README.split("## For the caller")[1].split("\n## ")[0]
    keys = {key for action in Actions() for key in action.every_key}
    named = set(re.findall(r"`((?:Ctrl\+)?[A-Z]|F\d+|[a-z0-9]|Esc|Enter|PageUp|PageDown)`", caller))
    assert len(named) > 20
    assert {KEYS.get(key, key.lower()) for key in named} <= keys


def test_the_settings_shown_are_settings() -> None:
    text = next(block for kind, block in FENCED if kind == "toml")
    settings = settings_from(text, {})
    assert settings.keys and Actions(settings.keys)["home.export"].every_key == ("x",)


def test_every_path_named_exists() -> None:
    named = [
        word
        for word in WORDS
        if re.fullmatch(r"[a-z._][\w.-]*(/[\w.-]*)+", word) or re.fullmatch(r"\w+\.(py|toml)", word)
    ]
    named += [path for path in re.findall(r"\]\(([^)]+)\)", README) if "://" not in path]
    assert len(named) > 12
    made = MADE | {"settings.toml", ".venv/bin/interview"}
    assert not [
        path
        for path in named
        if path not in made and not any((base / path).exists() for base in (ROOT, ROOT / "interview"))
    ]


def test_the_house_shows_every_room() -> None:
    house = next(block for kind, block in FENCED if "cli  the commands" in block)
    rooms = {path.stem for path in (ROOT / "interview").iterdir() if not path.stem.startswith("_")}
    assert {room for room in rooms if not re.search(rf"\b{room}\b", house)} == set()


def block_after(mark: str) -> str:
    """The command under a mark that `.ci/run` and newcomers look for."""
    (found,) = re.findall(rf"<!-- {mark} -->\n```sh\n(.*?)\n```", README, re.DOTALL)
    return str(found)


def test_the_two_commands_are_found_where_ci_looks_for_them() -> None:
    assert block_after("demo").endswith("/interview demo")
    assert block_after("tests").endswith('-m tests -m "not slow"')
    assert re.search(r"sed -n '/<!-- tests -->/", (ROOT / ".ci" / "run").read_text(encoding="utf-8"))


@pytest.mark.slow
def test_readmes_first_command_opens_the_demo_on_a_fresh_machine(tmp_path: Path) -> None:
    """A1: a copy of what is kept, a virtual environment of its own, a wheel built and installed, the home screen."""
    made_here = shutil.ignore_patterns(".*", "__pycache__", "*.egg-info", "build", "dist")
    shutil.copytree(ROOT, tmp_path / "tree", ignore=made_here)
    cleared = {"PYTHONPATH": "", "VIRTUAL_ENV": "", "INTERVIEW_LANGUAGE": "sv", "COLORTERM": "truecolor"}
    with Terminal(
        ["bash", "-c", f"cd {shlex.quote(str(tmp_path / 'tree'))} && {block_after('demo')}"], cleared
    ) as terminal:
        terminal.until("ÖVNING", "Väntar på export", "Ringlista", deadline=600)
        terminal.press("q")
        assert terminal.ended() == 0
