"""T13, C6: hostile texts in every field that is shown and comes from outside, on a real pseudo-terminal: none is obeyed.

`hostile.FIELDS` is the list. A field that no screen and no command has shown fails the test: a new one is added to the
list, and a step that reaches it here.
"""

import asyncio
import os
import pty
import select
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from pydantic import BaseModel

from interview.archive.central import new_recipient
from interview.cli.main import main
from interview.config import Settings
from interview.crypto.fingerprint import fingerprint
from interview.crypto.signing import SigningKey
from interview.crypto.slots import TEST
from interview.exchange.surveys import read_survey
from interview.paths import Home
from interview.questionnaire.models import Card, CardEntry, Contact, Item, Option, Questionnaire
from interview.station.rehearsal import rehearsal_survey, shipped_questionnaire
from interview.tui.app import make_app
from tests.cli.installed import SCRIPT, variables
from tests.terminal import Terminal
from tests.tui.caller import PASSPHRASE, Caller, Clock
from tests.tui.hostile import (
    MARKS,
    MARKUP,
    NOT_SHOWN,
    OBEYED,
    bad_file,
    hostile,
    hostile_station,
    hostile_survey,
    unreached,
)

GUARDED, AGAIN = 0.35, 0.75
"""Seconds a question or a careful dialog stands before a key counts, and before the same key counts (P1)."""


class Bytes(Terminal):
    """What comes out and nothing more: an emulator, asked only where this fails, takes more time than the program."""

    def show(self, written: bytes) -> None:
        """Nothing is shown."""

    def wait_for(self, words: tuple[str, ...], fields: tuple[str, ...], since: int) -> None:
        """Until the words have come out since then, and every field has been shown."""
        end = time.monotonic() + 20
        while (missing := [word for word in words if word.encode() not in self.raw[since:]]) or unreached(
            self.raw, fields
        ):
            if not self.read(end - time.monotonic()):
                super().show(self.raw)
                raise AssertionError(f"{missing} {unreached(self.raw, fields)} did not come; the screen:\n{self.text}")


class Walk:
    """Somebody who goes from screen to screen; what has come out so far is `terminal.raw`."""

    def __init__(self, terminal: Bytes) -> None:
        self.terminal = terminal
        self._before = ""

    def to(self, *keys: str, says: tuple[str, ...] = (), shows: tuple[str, ...] = (), guarded: bool = False) -> None:
        """Press keys, and wait until the words stand on the screen and the fields have been shown.

        `guarded` keys follow something that has to stand a moment before a key counts (P1).
        """
        terminal = self.terminal
        since = len(terminal.raw)
        for key in keys:
            if guarded:
                terminal.quiet(AGAIN if key == self._before else GUARDED)
            terminal.press(key)
            self._before = key
            if key in ("escape", "\x15"):
                # A key that follows Escape at once would be Alt with it; Ctrl+U takes longer than a letter.
                terminal.quiet(0.4)
        terminal.wait_for(says, shows, since)
        terminal.quiet(0.1)

    def paste(self, field: str) -> None:
        """Hand a text over as a terminal does what is pasted; escape sequences are gone by then, other signs are not."""
        self.to(f"\x1b[200~{hostile(field, room=10)} x\x1b[201~", shows=(field,))


def in_questionnaire(*names: str) -> tuple[str, ...]:
    return tuple(f"questionnaire/{name}" for name in names)


def at_home(walk: Walk, _: Path) -> None:
    """Home, the surveys to choose from, keys, the palette, the log, the export."""
    walk.to("m", shows=("survey/other-title",))
    walk.to("escape", "k", shows=("keyring/slot",))
    walk.to("down", "down", "t", says=("Ta bort nyckeln: ", MARKS["keyring/slot"]))
    walk.to("escape", says=("Nycklar",))
    walk.to("escape", says=("Nytt samtal",))
    walk.to("ctrl+p", says=("Skriv vad du vill göra",))
    walk.paste("typed/palette")
    walk.to("\x15", "logg", "enter", says=("Logg till supporten",), shows=("environment/account",))
    walk.to("escape", says=("Nytt samtal",))
    walk.to("e", says=("Exportera",), shows=("environment/home",))
    walk.to("enter", says=("Leverans 1 är skriven",))
    walk.to("m")
    walk.paste("typed/folder")
    walk.to("escape", "escape", says=("Nytt samtal",))


def questionnaires(walk: Walk, bad: Path) -> None:
    """What is here, the difference of two, a form in a file."""
    walk.to("f", shows=in_questionnaire("name", "title"))
    walk.to("j", shows=in_questionnaire("changed"))
    walk.to("escape", "l", says=("Formulärets fil",))
    walk.paste("typed/form")
    walk.to("enter", says=("fel",))
    walk.to("m", "\x15", str(bad), "enter", shows=("file/key",))
    walk.to("escape", says=("gäller",))
    walk.to("escape", says=("Nytt samtal",))


def at_the_calls(walk: Walk, _: Path) -> None:
    """The call list, a case typed in, whom one rings, a time to agree on."""
    about = ("name", "telephone", "note", "proxy-name", "proxy-relation", "proxy-telephone", "attempt")
    walk.to("c", says=("Ringlista",), shows=tuple(f"call list/{field}" for field in about))
    walk.to("n", says=("Esc stänger",))
    walk.paste("typed/case")
    walk.to("escape", says=("Ringlista",))
    walk.to("enter", says=("Innan intervjun",), shows=in_questionnaire("greeting", "errand"))
    walk.to("f3", says=("Till den som tvivlar",))
    walk.to("escape", "9", shows=in_questionnaire("voicemail"), guarded=True)
    walk.to("escape", "4", says=("lämnar över luren",), guarded=True)
    walk.to("escape", "3", "1", says=("Boka tid",), guarded=True)
    walk.paste("typed/time")
    walk.to("escape", says=("Innan intervjun",))


def in_a_conversation(walk: Walk, _: Path) -> None:
    """Every kind of question and what stands around it, the review, the card, an interview of before, a next of kin."""
    walk.to("1", shows=in_questionnaire("consented", "section", "instruction", "option"), guarded=True)
    walk.to("1", shows=in_questionnaire("text"), guarded=True)
    walk.to("f3", shows=in_questionnaire("doubt"))
    walk.to("escape")
    walk.to("1", shows=in_questionnaire("probe", "option-symbol", "option-spoken"), guarded=True)
    walk.to("2", shows=in_questionnaire("option-open"), guarded=True)
    walk.terminal.quiet(GUARDED)
    walk.paste("typed/words")
    walk.to("f10", shows=in_questionnaire("minimum_label", "maximum_label"), guarded=True)
    walk.to("5", "enter", shows=in_questionnaire("unit"), guarded=True)
    walk.to("3", "enter", "x", "enter", shows=in_questionnaire("another"), guarded=True)
    walk.to("2", "w", "f10", says=("Granska svaren",), guarded=True)
    contact = ("survey/telephone", "survey/contact", "survey/contact-telephone")
    walk.to("f4", shows=(*in_questionnaire("card-title", "card-heading", "card-text"), *contact))
    walk.to("escape", says=("Hur går samtalet vidare?",))
    walk.to("1", "escape", "6", says=("Radera svaren?",), guarded=True)
    walk.to("2", says=("Raderat",), guarded=True)
    walk.to("enter", says=("Ringlista",), guarded=True)
    walk.to("escape", says=("Nytt samtal",))


AT_SET_UP = ("typed/survey-file", "typed/fingerprint", "typed/name")
"""The fields only somebody sees who sets a station up."""


def nothing_obeyed(raw: bytes) -> None:
    for obeyed in OBEYED:
        assert obeyed not in raw, obeyed


def of_before(walk: Walk, _: Path) -> None:
    """The interviews that were interrupted, taken up again, answered by a next of kin."""
    walk.to("r", says=("Fråga",))
    # Of the two, the one on its review has its words in a field before it.
    walk.to("pageup", "escape", "2", says=("Nytt samtal",), guarded=True)
    walk.to("down", "r", says=("Fråga",))
    walk.to("pageup", guarded=True)
    walk.terminal.quiet(GUARDED)
    both = ("respondent/words", "respondent/line", "respondent/open")
    walk.to(shows=(*both, *in_questionnaire("proxy", "option-proxy")))


def walked(folder: Path, *through: Callable[[Walk, Path], None]) -> bytes:
    """What came out on the way through these, at a station of its own."""
    folder.mkdir()
    home, bad = hostile_station(folder), bad_file(folder)
    account = folder / hostile("environment/account").replace("/", "")
    with Bytes([str(SCRIPT)], variables(home.root, {"HOME": str(account)}), columns=200, rows=46) as terminal:
        terminal.wait_for(("Lås upp stationen",), (), 0)
        walk = Walk(terminal)
        walk.to(PASSPHRASE, "enter", says=("Nytt samtal",), shows=("survey/title", "survey/unit"))
        for way in through:
            way(walk, bad)
        return terminal.raw


def test_no_displayed_text_is_obeyed_and_markup_is_literal(tmp_path: Path) -> None:
    """T13: every field of the list on a station's screens, at two stations at once."""
    with ThreadPoolExecutor() as both:
        office = both.submit(walked, tmp_path / "office", at_home, questionnaires)
        calls = both.submit(walked, tmp_path / "calls", at_the_calls, in_a_conversation, of_before)
        raw = office.result() + calls.result()
    assert unreached(raw, [field for field in MARKS if field not in AT_SET_UP]) == []
    nothing_obeyed(raw)


def test_no_text_of_a_survey_is_obeyed_at_set_up(tmp_path: Path) -> None:
    """T13: before anybody has vouched for the survey's signer, and what is typed meanwhile."""
    signer, rehearsal = SigningKey.generate(), read_survey(rehearsal_survey(), None).survey
    file = tmp_path / "s.survey"
    unit = rehearsal.units[0]
    units = (unit.model_copy(update={"id": "one"}), unit.model_copy(update={"id": "two"}))
    file.write_bytes(
        hostile_survey(rehearsal.model_copy(update={"units": units}), shipped_questionnaire(), signer, rehearsal=False)
    )
    with Bytes([str(SCRIPT)], variables(tmp_path / "station"), columns=110, rows=46) as terminal:
        walk = Walk(terminal)
        terminal.wait_for(("Vidare",), (), 0)
        walk.to("enter", says=("Mätningens fil",))
        walk.paste("typed/survey-file")
        walk.to("enter", says=("finns inte",))
        walk.to("\x15", str(file), "enter", says=("Vem har undertecknat",))
        walk.paste("typed/fingerprint")
        walk.to("\x15", fingerprint(signer.public), "enter", shows=("survey/unit",))
        walk.to("enter", shows=("survey/title",))
        walk.to("enter", says=("Ditt namn",))
        walk.to("enter", "enter")
        walk.paste("typed/name")
        assert unreached(terminal.raw, AT_SET_UP) == []
        nothing_obeyed(terminal.raw)


def test_every_text_of_a_questionnaire_is_in_the_list() -> None:
    """A wording that the models gain has to be shown somewhere above, or is named as one that is not."""
    shown = {field.partition("/")[2].rpartition("-")[2] for field in MARKS}

    def wordings(model: type[BaseModel]) -> Iterator[str]:
        for name, field in model.model_fields.items():
            if "dict[str, str]" in str(field.annotation) or "Text" in str(field.annotation):
                yield name

    for model in (Questionnaire, Contact, Card, CardEntry, Item, Option):
        for name in wordings(model):
            assert name in shown | NOT_SHOWN or f"questionnaire/{name}" in MARKS, (model.__name__, name)


async def test_what_is_said_for_a_moment_is_only_text(home: Home) -> None:
    """T13: a notification, which Textual would read markup in."""
    app = make_app(home, Settings())
    async with app.run_test(size=(120, 30), notifications=True) as pilot:
        app.notify(hostile("keyring/slot"), markup=True)
        async with asyncio.timeout(20):
            while MARKS["keyring/slot"] not in (shown := Caller(app, pilot, Clock()).text):
                await pilot.pause()
        assert f"{MARKUP}{MARKS['keyring/slot']}" in shown
        assert not any(sign in shown for sign in "\x1b\x07\x9b\x9d\x85\u202e\u200b")
    app.close_station()


def commands(home: Home, central: Home, folder: Path) -> list[list[str]]:
    """Every command that prints what comes from outside, with the fields it prints."""
    at = ["--passphrase-file", str(folder / "passphrase"), "--home"]
    name = f"{hostile('questionnaire/name')} 1.0"
    return [
        ["survey", "list", *at, str(home.root)],
        ["questionnaire", "list", *at, str(home.root)],
        ["questionnaire", "show", name, *at, str(home.root)],
        ["questionnaire", "diff", name, name.replace("1.0", "2.0"), *at, str(home.root)],
        ["questionnaire", "check", str(bad_file(folder)), *at, str(home.root)],
        ["keys", "list", *at, str(home.root)],
        ["export", *at, str(home.root)],
        ["archive", "station", "add", str(home.card), *at, str(central.root)],
        ["archive", "station", "list", *at, str(central.root)],
        ["archive", "collect", str(home.root / "batches" / "*"), "--rehearsal", *at, str(central.root)],
        ["log", *at, str(home.root)],
        ["export", hostile("typed/form"), *at, str(home.root)],
        ["questionnaire", "check", hostile("typed/folder")],
        ["export", "--home", hostile("typed/name"), *at[:2]],
    ]


PRINTED = (
    *("survey/title", "survey/other-title", "questionnaire/name", "questionnaire/title", "questionnaire/text"),
    *("questionnaire/section", "questionnaire/option", "questionnaire/option-open", "questionnaire/instruction"),
    *("questionnaire/probe", "questionnaire/proxy", "questionnaire/unit", "questionnaire/another"),
    *("questionnaire/changed", "file/key", "keyring/slot", "environment/home", "typed/form", "typed/folder"),
)
"""The fields that commands print, on a terminal too."""


@pytest.mark.skipif(os.name == "nt", reason="pseudo-terminals are POSIX's")
def test_nothing_a_command_prints_on_a_terminal_is_obeyed(tmp_path: Path) -> None:
    """T13: one process after the other would only take longer: a child of this one runs them all on a pseudo-terminal."""
    home, central = hostile_station(tmp_path), Home(tmp_path / "central")
    opened, _ = new_recipient(central, "Analysgruppen", PASSPHRASE, TEST)
    opened.close()
    (tmp_path / "passphrase").write_text(PASSPHRASE, encoding="utf-8")
    child, terminal = pty.fork()
    if child == 0:
        # What the tests' own output goes to is none.
        sys.stdin, sys.stdout, sys.stderr = os.fdopen(0), os.fdopen(1, "w"), os.fdopen(2, "w")
        for line in commands(home, central, tmp_path):
            with suppress(SystemExit):
                main(line)
        sys.stdout.flush()
        os._exit(0)
    raw = b""
    with suppress(OSError):
        while select.select([terminal], [], [], 60)[0] and (written := os.read(terminal, 65536)):
            raw += written
    os.close(terminal)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert b"Traceback" not in raw and b"cli.unexpected" not in raw, raw[-3000:]
    assert unreached(raw, PRINTED) == []
    nothing_obeyed(raw)
