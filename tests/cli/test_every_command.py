"""What holds of every command: help, usage, statuses, and that no wrong use ends in a traceback."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from interview.archive.central import new_recipient
from interview.cli.main import COMMANDS, command_parser, main
from interview.crypto.slots import TEST
from interview.messages import LANGUAGES, Catalogue
from interview.paths import Home
from interview.station.setup import set_up
from tests.cli.commands import Command, commands, examples

PASSPHRASE = "lugna gatan tre björkar"
COMMAND = {command.words: command for command in commands()}
EACH = pytest.mark.parametrize("command", COMMAND.values(), ids=[" ".join(words) for words in COMMAND])
NONSENSE = ("", "x", "-1", "99999999999999999999", "../../x", "å\x1b[2J", "2026-13", "=1+1", "/dev/null", ".")
SCREENS = {"demo"}
"""Commands that open the screen: those are run on a terminal elsewhere."""


@dataclass(frozen=True)
class Places:
    """A rehearsal station, a central group, and a file with the passphrase of both."""

    station: Path
    central: Path
    passphrase: Path

    def line(self, command: Command) -> list[str]:
        """How a command unlocks where it belongs."""
        home = self.central if command.words[0] in ("recipient", "survey", "archive") else self.station
        return ["--home", str(home), "--passphrase-file", str(self.passphrase)]


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Places:
    folder = tmp_path_factory.mktemp("places")
    station, _ = set_up(Home(folder / "station"), PASSPHRASE, profile=TEST)
    station.close()
    central, _ = new_recipient(Home(folder / "central"), "Analysgruppen", PASSPHRASE, TEST)
    central.close()
    (folder / "passphrase").write_text(PASSPHRASE, encoding="utf-8")
    return Places(folder / "station", folder / "central", folder / "passphrase")


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Nothing of the machine's own station; a folder of one's own; the umask as it was."""
    monkeypatch.setenv("INTERVIEW_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("INTERVIEW_LANGUAGE", raising=False)
    monkeypatch.chdir(tmp_path)
    before = os.umask(0o022)
    os.umask(before)
    yield
    os.umask(before)


def ended(line: list[str]) -> int:
    """The exit status of a command line, however it ends."""
    try:
        return main(line)
    except SystemExit as end:
        return int(end.code or 0)


def test_commands_are_found() -> None:
    assert {words[0] for words in COMMAND} == set(COMMANDS)


@pytest.mark.parametrize("language", LANGUAGES)
@EACH
def test_help_says_what_it_does_with_an_example(
    command: Command, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended([*command.words, "--help", "--language", language]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert f"interview {' '.join(command.words)}" in said.out
    assert {"sv": "exempel", "en": "example"}[language] in said.out
    assert {"sv": "visa den här hjälpen", "en": "show this help"}[language] in said.out
    assert all(option.help for option in command.parser._actions)


@pytest.mark.parametrize("language", LANGUAGES)
@EACH
def test_every_example_is_a_command_line_that_is_understood(command: Command, language: str) -> None:
    mine = next(one for one in commands(language) if one.words == command.words)
    found = examples(mine.parser)
    assert found
    for line in found:
        command_parser(line, Catalogue(language)).parse_args(line)


@EACH
def test_wrong_usage_ends_with_2_and_the_usage_on_standard_error(
    command: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = [[*command.words, "--no-such-option"], [*command.words, "--home"]]
    wrong += [[*command.filled({}), option.option_strings[-1]] for option in command.options if option.nargs != "?"]
    wrong += [
        [*command.filled({}), option.option_strings[-1], "många"] for option in command.options if option.type is int
    ]
    wrong += [[*command.filled({}), option.option_strings[-1], "odd"] for option in command.options if option.choices]
    if len(command.filled({})) > len(command.words):
        wrong.append(list(command.words))
    for line in wrong:
        assert ended(line) == 2, line
        said = capsys.readouterr()
        assert said.out == "" and "Traceback" not in said.err, line
        assert "användning: interview" in said.err and f"{' '.join(command.words)} --help" in said.err, line


@EACH
def test_no_use_of_any_option_ends_in_a_traceback(
    command: Command, places: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    if command.words[0] in SCREENS:
        pytest.skip("opens the screen")
    lines = [
        [*command.filled({}), *places.line(command)],
        command.filled({}),
        [*command.filled({}), "--home", "/dev/null/x"],
    ]
    for option in command.parser._actions:
        if option.nargs == 0 or option.dest in ("help", "n", "language", "passphrase_file", "home"):
            continue
        for value in NONSENSE:
            flag = [f"{option.option_strings[-1]}={value}"] if option.option_strings else []
            lines.append([*command.filled({option.dest: value} if not flag else {}), *flag, *places.line(command)])
    for line in lines:
        status = ended(line)
        said = capsys.readouterr()
        assert status in (0, 1, 2), line
        assert "Traceback" not in said.err and "cli.unexpected" not in said.err, (line, said.err)
        if status == 1 and not said.out:
            assert re.search(r"\n  → \S.*\n  \[[a-z]+\.[a-z0-9-]+\]", said.err), (line, said.err)
        assert "\x1b" not in said.out + said.err, line
