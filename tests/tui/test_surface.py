"""A8, A10, T15: one registry behind keys, help and palette; languages, themes, sizes; nothing is cut."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import product

import pytest
from rich.color import Color
from textual.widgets import Input

from interview.config import Settings
from interview.errors import InterviewError
from interview.messages import Catalogue
from interview.paths import Home, shipped_questionnaires
from interview.questionnaire.models import ItemType
from interview.questionnaire.reading import read_questionnaire
from interview.session.answers import Respondent
from interview.session.form import Form
from interview.session.interview import Interview
from interview.session.view import QuestionView
from interview.survey import UnitCard, UnitCardEntry
from interview.tui.actions import ACTIONS, Actions
from interview.tui.app import make_app
from interview.tui.dialogs import Dialog
from interview.tui.help import HelpScreen, actions_on, keys_of
from interview.tui.home import HomeScreen
from interview.tui.lines import Line, line_width, wrapped
from interview.tui.palette import PaletteScreen, commands_on
from interview.tui.preview import Trial, trial_of
from interview.tui.question import QuestionPane
from interview.tui.question_page import MISSING_ACTIONS, PageWords, page, page_words, visible
from interview.tui.surroundings import KeyLines
from interview.tui.themes import dark, light
from tests.tui.caller import Caller, at_the_desk, flat, interview_at

seated = pytest.mark.asyncio(loop_scope="module")
"""Of tests with a caller who stays."""

KEY_TABLE = {
    "interview.go-on": {"enter"},
    "interview.text-go-on": {"ctrl+enter", "f10"},
    "interview.back": {"pageup"},
    "interview.forward": {"pagedown"},
    "interview.unknown": {"f6", "v"},
    "interview.declined": {"f7", "x"},
    "interview.not-applicable": {"f8", "e"},
    "interview.respondent": {"f9", "n"},
    "interview.care-needed": {"f4", "w"},
    "interview.questions-back": {"f3"},
    "interview.improvement": {"f5", "k"},
    "interview.language": {"f2"},
    "app.help": {"f1"},
    "interview.pause": {"escape", "p"},
    "interview.seal": {"ctrl+s"},
    "home.new": {"n"},
    "home.resume": {"r"},
    "home.calls": {"c"},
    "home.export": {"e"},
    "home.questionnaires": {"f"},
    "home.lock": {"l"},
    "home.quit": {"q"},
}
"""DESIGN.md's table of keys."""


def test_the_registry_holds_the_keys_that_were_promised() -> None:
    """A8: and nothing is bound to Ctrl+Q or Ctrl+C."""
    actions = Actions()
    assert {action_id: set(actions[action_id].every_key) for action_id in KEY_TABLE} == KEY_TABLE
    assert not {"ctrl+q", "ctrl+c"} & {key for action in ACTIONS for key in action.every_key}


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_action_is_named_and_explained(language: str) -> None:
    """A10."""
    words = Catalogue(language)
    for action in ACTIONS:
        assert words(action.label) and words(action.help).endswith(".")


async def test_the_lines_of_keys_the_help_and_the_palette_come_from_the_registry(home: Home) -> None:
    """A10: every key shown is bound, what the help explains can be done, and what the palette offers too."""
    async with at_the_desk(home) as caller:
        for opened in ((), ("c",), ("escape", "e"), ("escape", "f")):
            await caller.press(*opened)
            here = actions_on(caller.app.screen, caller.app.shell.actions)
            shown = [action for action in here if action.footer and action.every_key]
            await caller.press("f1")
            assert isinstance(caller.app.screen, HelpScreen)
            assert caller.app.screen.actions == here and caller.app.screen.topic
            assert "Esc stänger" in caller.text
            await caller.press("escape")
            words = caller.app.words
            keys = flat(" ".join(caller.rows[-3:]))
            assert all(
                f"{action.on_keyboard} {words(action.label)}" in keys for action in shown if _possible(action.id)
            )


def _possible(action_id: str) -> bool:
    """What an empty station can do: nothing to resume, ring, take back, or export."""
    return action_id not in {
        "home.resume", "home.survey", "calls.start", "calls.attempt", "calls.take-back",
        "export.write", "export.final", "export.again", "export.survey",
    }  # fmt: skip


async def test_the_palette_finds_by_typing_and_offers_no_picture(home: Home) -> None:
    """A10, T15: no screenshot, no command of Textual's own; a choice does what its key does."""
    async with at_the_desk(home) as caller:
        offered = commands_on(caller.app, caller.app.screen, caller.app.shell)
        assert {command.action for command in offered} <= set(caller.app.shell.actions)
        assert not [command for command in offered if "screenshot" in command.action.id]
        assert not {"home.resume", "home.survey"} & {command.action.id for command in offered}, (
            "nothing to choose there"
        )
        await caller.press("ctrl+p")
        assert isinstance(caller.app.screen, PaletteScreen)
        for word in ("screenshot", "skärmbild", "Screenshot", "Maximize", "Quit the app"):
            assert word not in caller.text
        caller.app.screen.query_one(Input).value = "ringl"
        await caller.settled()
        await caller.press("enter")
        assert "Ingen står på listan." in caller.text
        await caller.press("ctrl+p")
        caller.app.screen.query_one(Input).value = "qqqq"
        await caller.settled()
        assert "Inget sådant går att göra här." in caller.text


async def test_no_picture_and_no_clipboard_by_any_way(home: Home) -> None:
    """T15: what Textual offers for both does nothing here."""
    async with at_the_desk(home) as caller:
        caller.app.copy_to_clipboard("svar")
        assert caller.app.clipboard == ""
        assert caller.app.deliver_screenshot() is None
        await caller.app.run_action("screenshot")
        assert not list(home.root.rglob("*.svg"))


async def test_keys_of_the_settings_file_take_the_place_of_the_shipped_ones(home: Home) -> None:
    """A10: in the key itself, the lines of keys, the page and the help."""
    keys = {"home.calls": "u", "interview.unknown": "f12, i", "interview.pause": "escape, z"}
    async with at_the_desk(home, settings=Settings(keys=keys, lock_after=240)) as caller:
        assert "u Ringlista" in caller.text
        await caller.press("c")
        assert isinstance(caller.app.screen, HomeScreen)
        await caller.resume(interview_at(caller.station, "E1"))
        assert "F12 vet inte" in caller.text
        await caller.press("v", "f6")
        assert caller.at == "E1"
        await caller.press("i")
        assert caller.kept("E1").missing == "asked-unknown"
        await caller.press("z")
        assert isinstance(caller.app.screen, Dialog)


def test_the_help_names_the_keys_as_they_are_bound() -> None:
    """A10: also in what it says about the focus."""
    bound = keys_of(Actions({"interview.text-go-on": "f12", "interview.unknown": "f11, i", "interview.seal": "ctrl+k"}))
    words = Catalogue("sv")
    assert "F12 går vidare" in words("asking.help-text", **bound)
    assert "F11, F7 och F8" in words("asking.help-line", **bound)
    assert "Ctrl+K förseglar" in words("asking.help-review", **bound)


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ({"home.exprot": "x"}, "actions.unknown-action"),
        ({"interview.choose": "a"}, "actions.fixed-keys"),
        ({"home.calls": "ctrl+q"}, "actions.bad-key"),
        ({"home.calls": "e"}, "actions.key-clash"),
    ],
)
def test_settings_that_cannot_be_followed_are_refused(home: Home, keys: dict[str, str], code: str) -> None:
    """A10: before anything is shown, by name."""
    with pytest.raises(InterviewError) as refused:
        make_app(home, Settings(keys=keys))
    assert refused.value.code == code


async def test_the_interface_changes_its_language_and_colours_without_losing_the_place(home: Home) -> None:
    """A8: in the middle of a conversation, from the palette; the choice is remembered."""
    async with at_the_desk(home) as caller:
        await caller.resume(interview_at(caller.station, "D4"))
        await caller.app.run_action("language")
        await caller.until(lambda: "Answers: The patient" in caller.text)
        assert caller.at == "D4"
        assert "Har vårdcentralen haft kontakt" in caller.text, "the questions keep theirs"
        assert dark().foreground in caller.inks
        await caller.app.run_action("theme")
        await caller.settled()
        assert caller.app.theme == "interview-light"
        assert light().foreground in caller.inks
        assert not caller.inks & {dark().foreground, dark().primary, dark().secondary}, "every line is painted anew"
        assert home.settings.read_text() == 'theme = "light"\nlanguage = "en"\n'


def test_every_pair_of_colours_can_be_read() -> None:
    """A8: a contrast of at least 4.5:1 (WCAG 2.2, 1.4.3) of every text on every ground it stands on."""
    for theme in (light(), dark()):
        for ground in (theme.background, theme.surface, theme.panel):
            for ink in (theme.foreground, theme.primary, theme.secondary, theme.success, theme.warning, theme.error):
                assert _contrast(str(ink), str(ground)) >= 4.5, (theme.name, ink, ground)


def _contrast(one: str, other: str) -> float:
    lights = sorted((_luminance(one), _luminance(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _luminance(colour: str) -> float:
    parts = [part / 255 for part in Color.parse(colour).get_truecolor()]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


async def test_without_colours_everything_is_still_said(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """A8: NO_COLOR. The answer chosen, what is read, what was saved and the pointer are signs and words."""
    monkeypatch.setenv("NO_COLOR", "1")
    async with at_the_desk(home) as caller:
        await caller.resume(interview_at(caller.station, "B1a"))
        await caller.press("2", "pageup")
        assert caller.app.no_color, "what is painted is turned into greys"
        for sign in ("LÄS", "● 2 Ja, till stor del ✓ valt", "✓ Sparat", "Anvisning", "Följdfråga"):
            assert sign in caller.text


# Nothing is cut.

ROOM = {"plain": (78, 18), "text": (78, 10)}
"""Columns and rows of the question at 80 × 24; a text leaves room for its field."""
LEAST_ROOM = {"plain": (40, 8), "text": (40, 4)}
"""The same at 40 × 12."""


@seated
async def test_the_room_for_a_question_is_what_the_tests_below_take_it_for(caller: Caller) -> None:
    """A8: measured on the real screen."""
    await caller.sit_at(interview_at(caller.station, "E1"))
    for size, room in (((80, 24), ROOM), ((40, 12), LEAST_ROOM)):
        await caller.resize(*size)
        for item, kind in (("E1", "plain"), ("F2", "text")):
            await caller.move(interview_at(caller.station, item))
            assert tuple(caller.app.screen.query_one(QuestionPane).content_size) == room[kind]


Shown = tuple[str, QuestionView, Respondent, PageWords]


@pytest.fixture(scope="module")
def every_page() -> list[Shown]:
    """Every item of every shipped form as each kind of respondent is shown it, in each of its languages."""
    pages: list[Shown] = []
    for path in sorted(shipped_questionnaires().rglob("*.yaml")):
        form = Form(read_questionnaire(path.read_bytes(), path.name))
        for address, language, respondent in product(
            form.order, form.languages, (Respondent.PATIENT, Respondent.PROXY)
        ):
            if form.askable_of(respondent) >> form.number(address) & 1:
                begun = Interview.begin(form, id="0" * 32, survey="", unit="", case=None, language=language, started="")
                there = replace(begun, draft=replace(begun.draft, position=address, respondent=respondent))
                name = f"{path.stem} {address.id} {language} {respondent}"
                pages.append((name, there.view, respondent, _words(language)))
    return pages


def _words(language: str) -> PageWords:
    actions = Actions()
    keys = {name: actions[f"interview.{name}"].on_keyboard for name in ("go-on", *MISSING_ACTIONS.values())}
    return page_words(Catalogue(language), {**keys, "text-done": actions["interview.text-go-on"].on_keyboard})


def _kind(view: QuestionView) -> str:
    return "text" if view.type is ItemType.TEXT else "plain"


def _wordings(view: QuestionView) -> list[str]:
    ends = [view.minimum_label, view.maximum_label]
    return [view.text, view.instruction, view.probe, *ends, *(option.text for option in view.options)]


def _seen(lines: Iterable[Line]) -> str:
    return flat(" ".join("".join(words for words, _ in line) for line in lines))


def test_every_question_stands_whole_on_80_by_24(every_page: list[Shown]) -> None:
    """A8: wording, notes and every option of every item of every shipped form, in every language, at one glance."""
    for name, view, respondent, words in every_page:
        columns, rows = ROOM[_kind(view)]
        drawn = page(view, words, respondent, columns, rows)
        lines, _ = visible(drawn, rows, 0)
        assert visible(drawn, rows, 99)[1] == 0, f"{name} has to be scrolled"
        assert all(line_width(line) <= columns for line in lines), name
        seen = _seen(lines)
        for wording in _wordings(view):
            assert flat(wording.replace("⟨NN⟩", words.say_name)) in _without_labels(seen, words), (name, wording)


def test_every_question_can_be_read_to_its_end_on_40_by_12(every_page: list[Shown]) -> None:
    """A8: the same by scrolling; the arrows say that there is more."""
    for name, view, respondent, words in every_page:
        columns, rows = LEAST_ROOM[_kind(view)]
        drawn = page(view, words, respondent, columns, rows)
        last = visible(drawn, rows, 99)[1]
        lines: list[Line] = []
        for offset in range(last + 1):
            shown, at = visible(drawn, rows, offset)
            assert at == offset and len(shown) <= rows, name
            assert all(line_width(line) <= columns for line in shown), name
            signs = "".join(words_ for line in shown for words_, part in line if part == "key")
            assert ("▼" in signs) == (offset < last) and ("▲" in signs) == (offset > 0), (name, offset)
            lines.extend(line for line in shown if _bare(line) not in [_bare(other) for other in lines])
        seen = _without_labels(_seen(lines), words)
        for wording in _wordings(view):
            for word in flat(wording.replace("⟨NN⟩", words.say_name)).split():
                assert word in seen, (name, wording)


def _bare(line: Line) -> str:
    return flat("".join(words for words, _ in line))


def _without_labels(seen: str, words: PageWords) -> str:
    """What stands in the column of labels beside the options falls between their words."""
    for label in {words.options_silent, words.options_aloud, words.several}:
        for piece in wrapped(f"{label}, {words.several}", 13) + wrapped(label, 13):
            seen = seen.replace(f" {piece} ", " ")
    return flat(seen)


@seated
async def test_a_window_that_is_too_small_says_so_and_recovers(caller: Caller) -> None:
    """A8: no key counts meanwhile, and everything is as it was afterwards."""
    await caller.resize(80, 24)
    await caller.sit_at(interview_at(caller.station, "E1"))
    await caller.resize(39, 11)
    assert "Fönstret är för litet. Gör det minst 40 × 12 tecken. Nu är det 39 × 11." in caller.text
    await caller.press("1", "escape", "f9")
    assert caller.at == "E1" and caller.app.screen is caller.screen
    await caller.resize(40, 12)
    assert "Mycket bra" in caller.text and "LÄS" in caller.text
    await caller.press("2")
    assert caller.at == "B1a"
    await caller.resize(120, 40)
    assert "Avsnitt" in caller.text and "Hälsan nu 1/1" in caller.text


async def test_every_screen_fits(home: Home) -> None:
    """A8: each keeps its keys in sight and nothing runs off its edge, down to 40 × 12; cards scroll to their end."""
    async with at_the_desk(home) as caller:
        for keys in ((), ("c",), ("h", "e"), ("h", "f"), ("h", "n")):
            await caller.press(*keys)
            for size in ((80, 24), (40, 12)):
                await caller.resize(*size)
                assert ("F1 Hjälp" if keys != ("h", "n") else "1–9 väljer") in caller.text, keys
                assert all(len(row) <= size[0] for row in caller.rows)
        await caller.press("escape")
        await caller.resume(interview_at(caller.station, "D4"))
        await caller.press("f4")
        for _ in range(12):
            if "▼" in "".join(caller.rows):
                await caller.press("pagedown")
        assert "tar emot klagomål på omsorgen." in caller.text and "Esc stänger" in caller.text


@seated
async def test_the_two_lines_of_keys_are_whole_from_80_columns(caller: Caller) -> None:
    """A8: also where the outline takes its room."""
    await caller.sit_at(interview_at(caller.station, "E1"))
    keys = caller.app.screen.query_one(KeyLines)
    rows = [[label for pair in row for label in pair] for row in keys._rows]
    for width in (80, 100, 117, 118, 120):
        await caller.resize(width, 24)
        shown = keys.lines(keys.content_size.width, 2)
        assert [flat(" ".join(row)) for row in rows] == [_bare(line) for line in shown], width


@seated
async def test_the_keys_are_those_of_the_form_that_is_asked_and_of_the_units_cards(caller: Caller) -> None:
    """A8, P7: a draft on another version than new interviews begin with; a card of the unit opens too; F3 is always there."""
    await caller.sit_at(interview_at(caller.station, "E1"))
    conversation, stage, desk = caller.screen.conversation, caller.screen.stage, caller.screen.stage.desk
    bare = desk.questionnaire.model_copy(update={"cards": (), "languages": ("sv",)})
    own = UnitCard(id="care-needed", entries=(UnitCardEntry(heading={"sv": "Nu"}, text={"sv": "Ring"}),))
    for asked, around, there in (
        (conversation, replace(desk, questionnaire=bare), {"F2", "F3", "F4"}),
        (Trial(desk, trial_of(Form(bare), desk, Respondent.PATIENT)), desk, {"F3"}),
        (
            Trial(desk, trial_of(Form(bare), desk, Respondent.PATIENT)),
            replace(desk, unit=desk.unit.model_copy(update={"cards": (own,)})),
            {"F3", "F4"},
        ),
    ):
        stage.desk = around
        stage.show(asked)
        shown = {key for row in caller.app.screen.query_one(KeyLines)._rows for key, _ in row}
        assert shown & {"F2", "F3", "F4"} == there
    stage.desk = desk
    stage.show(conversation)


@seated
async def test_the_arrows_scroll_the_question_above_a_text_from_its_ends(caller: Caller) -> None:
    """A8: the instruction can be read at 40 × 12 while the text has the keys; within a text of several lines they move in it."""
    await caller.resize(40, 12)
    await caller.sit_at(interview_at(caller.station, "F2"))
    assert "adresser." not in caller.text and "▼" in "".join(caller.rows)
    await caller.press(*["down"] * 3)
    assert "adresser." in caller.text
    await caller.press("a", "enter", "b", "up")
    assert "adresser." in caller.text, "from the second line the arrow goes to the first"
    await caller.press(*["up"] * 3)
    assert "adresser." not in caller.text
