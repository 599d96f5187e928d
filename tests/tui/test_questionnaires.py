"""B5: the forms on the screen: listed, compared, loaded from a file, and walked in a preview that stores nothing."""

import hashlib
from pathlib import Path

from textual.widgets import Input

from interview.exchange.rehearsal import rehearsal_signing_key
from interview.exchange.surveys import sign_survey
from interview.paths import Home, shipped_questionnaires
from interview.session.answers import Respondent
from interview.station.questionnaires import load, versions
from interview.station.rehearsal import shipped_questionnaire
from interview.station.surveys import load_survey
from interview.tui.dialogs import Dialog
from interview.tui.form_file import FormFileScreen
from interview.tui.help import HelpScreen
from interview.tui.home import HomeScreen
from interview.tui.preview import PreviewScreen
from interview.tui.questionnaires import QuestionnairesScreen
from interview.tui.unlock import UnlockScreen
from tests.tui.caller import Caller, at_the_desk

FORM = shipped_questionnaires() / "utskrivning" / "2026.2.yaml"


async def at_the_forms(caller: Caller) -> None:
    """On the screen of the questionnaires."""
    await caller.press("f")
    await caller.until(lambda: isinstance(caller.app.screen, QuestionnairesScreen) and "2026.2" in caller.text)


async def preview_as(caller: Caller, digit: str) -> None:
    """From a list or a file into the preview; F1 helps where one chooses as whom."""
    await caller.press("v")
    await caller.until(lambda: isinstance(caller.app.screen, Dialog))
    await caller.press("f1")
    await caller.until(lambda: isinstance(caller.app.screen, HelpScreen))
    await caller.press("f1")
    await caller.until(lambda: isinstance(caller.app.screen, Dialog))
    await caller.press(digit)
    await caller.until(lambda: isinstance(caller.app.screen, PreviewScreen))


def stored(home: Home) -> dict[str, str]:
    """What rests on the disk, by file."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in home.root.iterdir() if path.is_file()}


async def test_b5_the_list_shows_the_languages_of_every_version_whole_at_80_cells(home: Home) -> None:
    """Whatever else has to be cut: name, version, whether it is in force, questions and languages are not."""
    async with at_the_desk(home) as caller:
        load(caller.station, shipped_questionnaire().model_copy(update={"version": "2027.10"}))
        await at_the_forms(caller)
        listed = [row for row in caller.rows if "utskrivning 202" in row]
        assert len(listed) == 2
        assert all("frågor · sv, en" in row and len(row.rstrip()) <= 80 for row in listed), listed
        assert "gäller inte längre" in listed[1]


async def test_a_preview_walks_the_form_and_stores_nothing(home: Home) -> None:
    async with at_the_desk(home) as caller:
        before = stored(home)
        await at_the_forms(caller)
        for digit, respondent, asked in (
            ("1", Respondent.PATIENT, "Hur bedömer du"),
            ("2", Respondent.HELPED, "Hur bedömer du"),
            ("3", Respondent.PROXY, "relation"),
        ):
            await preview_as(caller, digit)
            assert caller.interview.draft.respondent is respondent
            assert "Sparas inte" in caller.text
            while asked not in caller.text:
                await caller.press({"opening": "enter", "A1": "1", "A2": digit}[caller.at])
            assert caller.station.workspace.drafts() == ()
            await caller.press("escape")
            assert "Ingenting sparas" in caller.text
            await caller.press("2")
            await caller.until(lambda: isinstance(caller.app.screen, QuestionnairesScreen))
            assert caller.station.workspace.drafts() == ()
            assert stored(home) == before


async def test_a_preview_is_never_sealed_nor_taken_up_after_a_lock(home: Home) -> None:
    async with at_the_desk(home) as caller:
        await at_the_forms(caller)
        await preview_as(caller, "1")
        preview = caller.screen
        assert isinstance(preview, PreviewScreen)
        preview.start(preview.keep(preview.interview.ended()))
        await caller.until(lambda: preview.interview.item is None)
        await caller.press("ctrl+s")
        assert "Förhandsvisning" in caller.text and "förseglas" in caller.text
        await caller.press("escape")
        assert caller.station.responses.waiting_count(caller.station.survey_hash) == 0
        await caller.press("ctrl+s", "2")
        await caller.until(lambda: isinstance(caller.app.screen, QuestionnairesScreen))
        await preview_as(caller, "1")
        caller.app.lock()
        await caller.until(lambda: isinstance(caller.app.screen, UnlockScreen))
        assert caller.app._left_draft is None


async def test_versions_are_listed_and_compared_with_the_one_in_force(home: Home) -> None:
    async with at_the_desk(home, size=(100, 30)) as caller:
        newer = shipped_questionnaire().model_copy(
            update={"version": "2026.3", "items": shipped_questionnaire().items[:3]}
        )
        await caller.app.shell.writer.run(load, caller.station, newer)
        await at_the_forms(caller)
        rows = [row for row in caller.rows if "utskrivning" in row]
        assert ["gäller inte längre" in row for row in rows] == [False, True]
        await caller.press("down", "j")
        assert "utskrivning: 2026.2 → 2026.3" in caller.text
        assert "borttagen" in caller.text
        await caller.press("escape")


async def test_a_form_in_a_file_is_checked_compared_previewed_and_loaded(home: Home, tmp_path: Path) -> None:
    newer = tmp_path / "2027.yaml"
    source = FORM.read_text(encoding="utf-8").replace('"2026.2"', '"2027.1"')
    async with at_the_desk(home, size=(100, 40)) as caller:
        await at_the_forms(caller)
        await caller.press("l")
        await caller.until(lambda: isinstance(caller.app.screen, FormFileScreen))

        async def look() -> None:
            caller.app.screen.query_one("#file", Input).value = str(newer)
            await caller.press("enter")

        newer.write_text(source.replace("role: improvement", "role: improvment"), encoding="utf-8")
        caller.app.screen.query_one("#file", Input).value = str(tmp_path / "nowhere.yaml")
        await caller.press("enter")
        await caller.until(lambda: "Fel: 1." in caller.text)
        assert isinstance(caller.app.focused, Input), "the name can be mended at once"
        await look()
        assert "Fel: 1." in caller.text and "Menade du improvement" in caller.text
        await caller.press("l", "m")
        assert isinstance(caller.app.screen, FormFileScreen)
        newer.write_text(
            source.replace("minimum: 0\n        maximum: 10", "minimum: 1\n        maximum: 10"), encoding="utf-8"
        )
        await look()
        assert "Inga fel." in caller.text and "F1 serien bryts" in caller.text
        await preview_as(caller, "1")
        assert caller.interview.form.questionnaire.version == "2027.1"
        await caller.press("escape", "2")
        await caller.until(lambda: isinstance(caller.app.screen, FormFileScreen))
        await caller.press("l")
        assert "Läsa in utskrivning 2027.1?" in caller.text
        await caller.press("2")
        await caller.until(lambda: isinstance(caller.app.screen, QuestionnairesScreen) and "2027.1" in caller.text)
        assert [version.named for version in versions(caller.station)] == ["utskrivning 2027.1", "utskrivning 2026.2"]
        await caller.press("escape")
        assert isinstance(caller.app.screen, HomeScreen)


async def test_two_surveys_of_one_title_are_told_apart_and_the_one_of_now_is_marked(home: Home) -> None:
    """B6: by id, version and period."""
    async with at_the_desk(home) as caller:
        old = caller.station.signed
        survey = old.survey.model_copy(update={"id": "var-2027"})
        form, _ = caller.station.responses.questionnaire(survey.questionnaire.hash)
        load_survey(caller.station, sign_survey(survey, (form,), rehearsal_signing_key()))
        caller.app.screen.look()
        await caller.settled()
        await caller.press("m")
        await caller.until(lambda: isinstance(caller.app.screen, Dialog))
        shown = " ".join(caller.text.split())
        for each in (survey, old.survey):
            assert f"{each.id} {each.version} · {each.starts}" in shown
        assert shown.count("· gäller") == 1 and shown.index("var-2027") < shown.index("· gäller")
