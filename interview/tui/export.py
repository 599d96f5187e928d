"""Exporting from the screen: what waits as a batch, the last remainder, or the latest batch again."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Input, ProgressBar, Static

from interview.errors import InterviewError
from interview.paths import typed_path
from interview.station.surveys import State, SurveyLine, surveys
from interview.tui.banner import Banner
from interview.tui.dialogs import Dialog, Said
from interview.tui.footer import Keys
from interview.tui.home import MOST_SURVEYS, survey_told
from interview.tui.key_guard import KeyGuard
from interview.tui.plain import Entry, Plain
from interview.tui.shell import LEADING, Page, Shell

if TYPE_CHECKING:
    from interview.station.exporting import Exported


@dataclass(frozen=True, slots=True)
class Ready:
    """What could leave: of which survey, the least its batch holds, the number of the latest batch (0: none).

    `others` are the surveys that could be written instead: those of which responses wait, and the one in force.
    """

    survey: SurveyLine
    minimum: int
    latest: int
    outbox: Path
    rehearsal: bool
    others: tuple[SurveyLine, ...]

    @property
    def waiting(self) -> int:
        """How many responses of the survey wait."""
        return self.survey.waiting


def ready(survey: str, shell: Shell) -> Ready:
    """Ask the station what of a survey could leave, empty for the one in force; runs in the writer's thread."""
    from interview.station.exporting import latest_batch  # noqa: PLC0415  imported in the writer's thread

    station = shell.unlocked
    latest, wanted = latest_batch(station, survey or None), survey or station.survey_hash
    lines = surveys(station)
    return Ready(
        survey=next(line for line in lines if line.hash == wanted),
        minimum=station.signed_survey(wanted).survey.minimum_batch,
        latest=0 if latest is None or latest.pruned else latest.seq,
        outbox=station.home.outbox,
        rehearsal=station.rehearsal,
        others=tuple(line for line in lines if line.hash != wanted and (line.waiting or line.state is State.IN_FORCE)),
    )


class ExportScreen(Page[None]):
    """Says what waits and what the least is, writes the batch with its progress, says where it lies."""

    CSS_PATH = "export.tcss"
    CONTEXTS: ClassVar[tuple[str, ...]] = ("export",)
    HELP = "screens.export-help"
    AUTO_FOCUS: ClassVar[str | None] = ""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._ready: Ready | None = None
        self._survey = ""
        self._writing = False

    def compose(self) -> ComposeResult:
        """What waits, where to, how far it has come, what came of it."""
        words = self.words
        yield Banner(words)
        yield Plain(words("screens.export"), id="title")
        with VerticalScroll(id="body", can_focus=False):
            yield Plain("", id="waiting")
            yield Plain(words("screens.export-to"), classes="label")
            yield Entry(id="folder", compact=True, max_length=1024)
            yield ProgressBar(id="progress", show_eta=False)
            yield Plain("", id="said")
        yield Keys(self.shell.actions, words, ("export", "app"))

    def on_mount(self) -> None:
        """Look what waits."""
        self.query_one(ProgressBar).display = False
        self.look()

    @work(group="look", exclusive=True)
    async def look(self) -> None:
        """Ask the station what could leave, and show it."""
        now = await self.find(partial(ready, self._survey))
        if now is not None:
            self._ready = now
            await self.show_whole(lambda: self._show(now))

    async def reword(self) -> None:
        """In the language of now."""
        folder = self.query_one("#folder", Input).value
        await super().reword()
        self.query_one("#folder", Input).value = folder
        self.query_one(ProgressBar).display = False
        self.look()

    def _show(self, now: Ready) -> None:
        words = self.words
        enough = now.waiting >= now.minimum
        text = words(
            "screens.export-enough" if enough else "screens.export-few", count=now.waiting, minimum=now.minimum
        )
        if now.others:
            told = [f"{survey_told(now.survey)} · {words(f'survey.state-{now.survey.state}')}", text]
            others = sum(line.waiting for line in now.others)
            text = "\n".join([*told, words("screens.export-others", count=others)] if others else told)
        self.query_one("#waiting", Static).update(text)
        self.query_one("#folder", Input).placeholder = str(now.outbox)
        self.query_one(Banner).show(now.rehearsal)
        hidden = [] if enough else ["export.write"]
        if enough or not now.waiting:
            hidden.append("export.final")
        if not now.latest:
            hidden.append("export.again")
        if not now.others:
            hidden.append("export.survey")
        self.query_one(Keys).hide(*hidden)

    @on(Input.Submitted)
    def folder_given(self) -> None:
        """Enter in the field gives the keys back to the screen; a second one writes."""
        self.set_focus(None)

    def action_folder(self) -> None:
        """Write where the batch goes."""
        self.query_one("#folder").focus()

    def action_write(self) -> None:
        """What waits, as a batch; under the minimum that is refused, and said."""
        if self._ready is not None:
            self._export()

    @work(group=LEADING)
    async def action_final(self) -> None:
        """The last remainder, once its size has been said and confirmed; enough for a batch is no remainder."""
        if self._ready is None or not 0 < self._ready.waiting < self._ready.minimum:
            return
        words = self.words
        said = Said(
            words("screens.final-title"),
            ((words("screens.final-text", count=self._ready.waiting, minimum=self._ready.minimum), "plain"),),
            (("1", words("screens.final-1")), ("2", words("screens.final-2"))),
            careful=True,
        )
        if await self.app.push_screen_wait(Dialog(said, KeyGuard(self.shell.clock))) == "2":
            self._export(final=True)

    def action_again(self) -> None:
        """The latest batch once more."""
        if self._ready is not None and self._ready.latest:
            self._export(again=True)

    @work(group=LEADING)
    async def action_survey(self) -> None:
        """Choose another survey whose responses wait: a batch holds those of one."""
        now, words = self._ready, self.words
        if now is None or not now.others or self._writing:
            return
        others = now.others[:MOST_SURVEYS]
        options = tuple(
            (str(number), f"{survey_told(line)} · {words('screens.home-enough', count=line.waiting)}")
            for number, line in enumerate(others, 1)
        )
        said = Said(words("screens.export-survey-title"), options=options)
        chosen = await self.app.push_screen_wait(Dialog(said, KeyGuard(self.shell.clock)))
        if chosen is not None:
            self._survey = others[int(chosen) - 1].hash
            self._say("", "")
            self.look()

    def action_leave(self) -> None:
        """Out of the field, or back to the home screen unless a batch is being written."""
        if self.focused is not None:
            self.set_focus(None)
        elif not self._writing:
            self.dismiss(None)

    @work(group="export")
    async def _export(self, *, final: bool = False, again: bool = False) -> None:
        if self._writing:
            return
        self._writing = True
        self._say(self.words("screens.exporting"), "-busy")
        bar = self.query_one(ProgressBar)
        bar.display = True
        typed = self.query_one("#folder", Input).value.strip()
        try:
            folder = typed_path(typed) if typed else None
            exported = await self.shell.writer.run(_write, self, folder, final, again, self._survey or None)
        except InterviewError as error:
            self._say("\n".join(self._refusal(error)), "-refused")
            return
        finally:
            self._writing = False
            bar.display = False
        self.shell.note("exported")
        self._say(self.words("screens.exported", seq=exported.seq, count=exported.count, path=exported.path), "-done")
        self.look()

    def told(self, done: int, total: int) -> None:
        """How far the batch has come."""
        if self.is_mounted:
            self.query_one(ProgressBar).update(total=total, progress=done)

    def _say(self, text: str, kind: str) -> None:
        said = self.query_one("#said", Static)
        said.set_classes(kind)
        said.update(text)

    def _refusal(self, error: InterviewError) -> tuple[str, str]:
        """An error in words; what to do is said in keys where the catalogue says it in options of the command."""
        message, remedy = self.words.error(error)
        key = f"screens.remedy-{error.code.partition('.')[2]}"
        if not self.words.has(key):
            return message, remedy
        keys = {name: self.shell.actions[f"export.{name}"].on_keyboard for name in ("final", "again")}
        return message, self.words(key, **keys)


def _write(screen: ExportScreen, folder: Path | None, final: bool, again: bool, survey: str | None) -> "Exported":
    """Export, in the writer's thread; progress is told in the event loop."""
    from interview.station.exporting import export  # noqa: PLC0415

    def progress(done: int, total: int) -> None:
        screen.app.call_later(partial(screen.told, done, total))

    return export(screen.shell.unlocked, to=folder, final=final, again=again, survey=survey, progress=progress)
