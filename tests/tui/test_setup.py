"""A3, T21, C3: setting a station up on the screen, a step at a time: for real, as a rehearsal, from a backup."""

import re
import shutil
from pathlib import Path

import pytest
from textual.widgets import Input

from interview.archive.central import NewSurvey
from interview.crypto.fingerprint import fingerprint
from interview.crypto.signing import SigningKey
from interview.crypto.slots import TEST
from interview.paths import Home
from interview.station.backup import back_up
from interview.station.setup import recovery_confirmed, set_up
from interview.station.unlocking import unlock
from interview.tui.home import HomeScreen
from interview.tui.identity import IdentityScreen
from interview.tui.recovery import NEW_CODE, RecoveryStep
from interview.tui.steps import CodeStep, Step
from tests.station.stations import real_survey
from tests.tui.caller import PASSPHRASE, Caller, Clock, at_the_desk

MISTYPED = re.compile(r"felskriven i grupp \d")
CHOSEN = "sju helt nya ord här i dag"


@pytest.fixture(scope="module")
def survey(tmp_path_factory: pytest.TempPathFactory) -> NewSurvey:
    """A survey's file, with two units, and its signer's fingerprint."""
    return real_survey(tmp_path_factory.mktemp("central"))[0]


@pytest.fixture
def empty(tmp_path: Path) -> Home:
    """A home where there is no station."""
    return Home(tmp_path / "new")


def value(caller: Caller, name: str) -> str:
    return caller.app.screen.query_one(f"#{name}", Input).value


async def fill(caller: Caller, **typed: str) -> str:
    """Fill in the step on the screen and go on; what the screen says then."""
    await caller.fill_in(Step, **typed)
    await caller.settled()
    return caller.text


async def test_a_real_station_is_set_up_and_every_mistake_is_told_where_it_was_made(
    empty: Home, survey: NewSurvey
) -> None:
    async with at_the_desk(empty, locked=True) as caller:
        await caller.until(lambda: "En ny station" in caller.text)
        await caller.press("enter")
        assert "Filen finns inte" in await fill(caller, path=str(survey.path) + "x")
        assert "Vem har undertecknat" in await fill(caller, path=f'"{survey.path}"')
        assert "Fingeravtrycket för den som har undertecknat" in await fill(caller, fingerprint=" ")
        wrong = fingerprint(SigningKey.generate().public)
        assert "inte undertecknad av den som fingeravtrycket" in await fill(caller, fingerprint=wrong)
        # Escape goes a step back, and what was typed is still there.
        await caller.press("escape")
        assert "Steg 2 av" in caller.text and value(caller, "path") == f'"{survey.path}"'
        await fill(caller)
        assert value(caller, "fingerprint") == wrong
        assert "Vilken enhet" in await fill(caller, fingerprint=survey.fingerprint)
        await caller.press("down", "enter")
        assert "Vem ringer?" in caller.text
        await caller.press("enter")
        asked = [field.id for field in caller.app.screen.query(Input)]
        assert asked == ["passphrase", "again", "name"], "nobody types the passphrase where it is shown"
        assert "Steg 6 av 8" in caller.text and "Förslag, fem ord på måfå" in caller.text
        caller.app.screen.query_one("#name").focus()
        refused = await fill(caller, name="Anna Ek", passphrase="aaaaaaaaaaaaaa", again="aaaaaaaaaaaaaa")
        assert "för enkel" in refused and "fyra eller fem ord" in refused
        assert caller.app.focused is caller.app.screen.query_one("#passphrase"), "the next one is not typed in the open"
        assert "går att gissa" in await fill(caller, passphrase="Halmstad2026!", again="Halmstad2026!")
        assert "olika" in await fill(caller, passphrase=CHOSEN, again=CHOSEN + "x")
        assert not empty.root.exists()
        await caller.press("pageup", "enter")
        assert value(caller, "name") == "Anna Ek" and value(caller, "passphrase") == ""
        assert "Skriv av koden på papper" in await fill(caller, passphrase=CHOSEN, again=CHOSEN)
        assert isinstance(caller.app.screen, CodeStep)
        code = caller.app.screen.code.replace("\n", "")
        await caller.press("escape")
        assert "Stationen är skapad" in caller.text
        await caller.press("enter")
        assert "card.json" in caller.text.replace(" ", "") and "centrala gruppen" in caller.text
        caller.app.screen.query_one("#code", Input).value = "4xm5"
        await caller.settled()
        assert "4xm5" in caller.text, "what is typed back from paper can be read and compared with it"
        mistyped = code[:-1] + ("A" if code[-1] != "A" else "B")
        assert "Steg 8 av 8" in (said := await fill(caller, code=mistyped)) and MISTYPED.search(said)
        await fill(caller, code=code.lower().replace("-", " "))
        await caller.until(lambda: isinstance(caller.app.screen, HomeScreen))
        station = caller.station
        assert recovery_confirmed(station) and station.identity.unit == "vc-syd" and not station.rehearsal
        assert [slot.name for slot in station.keyring.slots] == ["Anna Ek", "recovery"]


async def test_t21_a_code_nobody_wrote_down_is_made_anew_before_the_first_interview(
    survey: NewSurvey, tmp_path: Path
) -> None:
    """The window was closed while the code was shown: home says so, and no interview begins before one is typed back."""
    home = Home(tmp_path / "station")
    chosen = {"unit": "vc-norr", "organisation": "primary-care", "fingerprint": survey.fingerprint}
    file = survey.path.read_bytes()
    set_up(home, PASSPHRASE, survey_file=file, **chosen, profile=TEST, clock=Clock().time_of_day)[0].close()
    async with at_the_desk(home) as caller:
        assert "Återställningskoden är inte bekräftad" in caller.text
        await caller.press("n")
        await caller.until(lambda: "Har du koden på papper?" in caller.text)
        caller.app.screen.dismiss(NEW_CODE)
        await caller.until(lambda: "Den gamla koden slutar att gälla" in caller.text)
        await fill(caller, secret=PASSPHRASE)
        await caller.until(lambda: isinstance(caller.app.screen, CodeStep))
        code = caller.app.screen.code.replace("\n", "")  # type: ignore[attr-defined]
        caller.app.screen.dismiss(True)
        await caller.until(lambda: isinstance(caller.app.screen, RecoveryStep))
        await fill(caller, code=code)
        await caller.until(lambda: isinstance(caller.app.screen, IdentityScreen))
        assert recovery_confirmed(caller.station)


async def test_a_rehearsal_needs_no_file_and_says_on_its_first_screen_that_it_is_one(empty: Home) -> None:
    async with at_the_desk(empty, locked=True) as caller:
        await caller.until(lambda: "En ny station" in caller.text)
        await caller.press("down", "enter")
        while "Välj en lösenfras" not in caller.text:
            await caller.press("enter")
        assert "Skriv av koden" in await fill(caller, passphrase=CHOSEN, again=CHOSEN)
        code = caller.app.screen.code  # type: ignore[attr-defined]
        await caller.press("enter")
        await fill(caller, code=code.replace("\n", ""))
        await caller.until(lambda: isinstance(caller.app.screen, HomeScreen))
        assert "ÖVNING" in caller.text and caller.station.rehearsal


async def test_c3_a_station_is_made_of_a_backup(home: Home, empty: Home, tmp_path: Path) -> None:
    """A wrong passphrase leaves no folder; the card is new, and the screen says where to send it."""
    with unlock(home, PASSPHRASE) as station:
        back_up(station, tmp_path / "b.backup")
        before = station.signing_key.public
    shutil.rmtree(home.root)
    async with at_the_desk(empty, locked=True) as caller:
        await caller.until(lambda: "Säkerhetskopia" in caller.text)
        await caller.press("end", "enter")
        assert "Ingen fil" in await fill(caller, file=" ", secret="fel")
        assert "Lösenfrasen stämmer inte" in await fill(
            caller, file=str(tmp_path / "b.backup"), secret="fel fel fel fel"
        )
        assert not empty.root.exists() and value(caller, "file").endswith("b.backup")
        restored = await fill(caller, secret=PASSPHRASE)
        assert "ny underskriftsnyckel" in restored and "card.json" in restored.replace(" ", "")
        await caller.press("enter")
        await caller.until(lambda: isinstance(caller.app.screen, HomeScreen))
        assert caller.station.signing_key.public != before


async def test_p8_a_survey_that_protects_small_groups_less_says_so_before_the_station_is_made(
    empty: Home, tmp_path: Path
) -> None:
    made, _ = real_survey(tmp_path, minimum_batch=6)
    async with at_the_desk(empty, locked=True) as caller:
        await caller.until(lambda: "En ny station" in caller.text)
        await caller.press("enter")
        await fill(caller, path=str(made.path))
        said = " ".join((await fill(caller, fingerprint=made.fingerprint)).split())
        assert "Vilken enhet" in said and "leveranser från 6 svar" in said
