"""C3, T8: a backup from the screen; from a damaged station the screen leads to what can be saved and to a new station."""

from pathlib import Path
from random import Random

import pytest
from textual.widgets import Input

from interview.database.opening import PAGE
from interview.paths import Home
from interview.station import examining
from interview.station.simulating import simulate
from interview.station.unlocking import unlock
from interview.tui.copies import CopyStep
from interview.tui.home import HomeScreen
from interview.tui.steps import ReadStep
from interview.tui.unlock import UnlockScreen
from tests.tui.caller import PASSPHRASE, Caller, Clock, at_the_desk
from tests.tui.test_setup import fill


async def test_c3_a_backup_is_written_from_home_and_says_what_copies_reveal(home: Home, tmp_path: Path) -> None:
    async with at_the_desk(home) as caller:
        stored = simulate(caller.station, 12, Random(1))
        assert "b Säkerhetskopia" in caller.text
        await caller.press("b")
        assert "två kopior från olika tider" in caller.text and "Ringlistan" in caller.text
        assert "går förlorad" in await fill(caller, file=str(home.root / "b"))
        assert f"{stored} svar" in await fill(caller, file=f'"{tmp_path}"')
        assert isinstance(caller.app.screen, ReadStep)
        await caller.press("enter")
        [file] = tmp_path.glob("*.backup")
        assert file.name == f"{caller.station.identity.unit}.backup"
        # From the keys too, over the earlier copy; Escape leaves it.
        await caller.press("k", "s")
        await caller.until(lambda: isinstance(caller.app.screen, CopyStep))
        await caller.press("escape", "escape")
        assert isinstance(caller.app.screen, HomeScreen)


def damage(home: Home) -> None:
    """Flip a bit of the last page of the responses."""
    content = bytearray(home.responses.read_bytes())
    content[-PAGE + 500] ^= 1
    home.responses.write_bytes(bytes(content))


async def unlock_on(caller: Caller) -> None:
    caller.app.screen.query_one(Input).value = PASSPHRASE
    await caller.press("enter")


async def test_t8_from_a_damaged_station_the_screen_leads_to_a_new_one(home: Home, tmp_path: Path) -> None:
    with unlock(home, PASSPHRASE) as station:
        stored = simulate(station, 60, Random(1))
        old = station.signing_key.public
    damage(home)
    damaged = home.responses.read_bytes()
    async with at_the_desk(home, locked=True) as caller:
        assert "Rädda svar" not in caller.text
        await unlock_on(caller)
        await caller.until(lambda: "räddar de svar" in caller.text)
        assert "F9 Rädda svar" in caller.text and "Kontakta samordnaren" in caller.text
        await caller.press("f9", "enter")
        assert "finns redan" in await fill(caller, file=str(home.card), secret=PASSPHRASE)
        assert "Lösenfrasen stämmer inte" in await fill(caller, file=str(tmp_path / "saved"), secret="fel fel fel")
        saved = await fill(caller, secret=PASSPHRASE)
        assert f"av {stored} svar är räddade" in saved and (tmp_path / "saved").exists()
        assert home.responses.read_bytes() == damaged
        await caller.press("end", "enter")
        assert caller.app.screen.query_one("#file", Input).value == str(tmp_path / "saved")
        assert "Lösenfrasen stämmer inte" in await fill(caller, secret="fel fel fel")
        assert home.responses.read_bytes() == damaged
        assert "Stationen är återställd" in await fill(caller, secret=PASSPHRASE)
        assert "station-damaged-1" in caller.text.replace(" ", "")
        await caller.press("enter")
        await caller.until(lambda: isinstance(caller.app.screen, HomeScreen))
        new = caller.station
        assert new.signing_key.public != old
        assert 0 < new.responses.waiting_count(new.survey_hash) < stored
    aside = Home(home.root.with_name("station-damaged-1"))
    assert aside.responses.read_bytes() == damaged and aside.workspace.exists()


async def test_t8_what_is_found_later_is_said_when_the_station_is_locked(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An examination that takes longer than an unlocking waits; locking leads to what can be saved."""
    with unlock(home, PASSPHRASE, Clock().time_of_day) as station:
        simulate(station, 60, Random(1))
        station.settle()
    damage(home)
    monkeypatch.setattr(examining.Examination, "wait", lambda self: None)
    async with at_the_desk(home) as caller:
        await caller.press("l")
        await caller.until(lambda: "F9 Rädda svar" in caller.text)
        assert isinstance(caller.app.screen, UnlockScreen) and "Filen är skadad" in caller.text


async def test_t8_nothing_takes_the_place_of_a_station_that_is_whole(home: Home, tmp_path: Path) -> None:
    async with at_the_desk(home, locked=True) as caller:
        await caller.press("f9")
        assert "är räddade" not in await fill(caller, file=str(tmp_path / "saved"), secret=PASSPHRASE)
        assert isinstance(caller.app.screen, UnlockScreen) and (tmp_path / "saved").exists()
