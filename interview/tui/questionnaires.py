"""The questionnaires of the station: which are here, what is different between them, how they go in a call."""

from collections.abc import Sequence
from typing import ClassVar, Final

from textual import on, work
from textual.containers import VerticalScroll
from textual.widget import Widget

from interview.errors import InterviewError
from interview.questionnaire.diff import compare
from interview.questionnaire.telling import told
from interview.questionnaire.versions import rank
from interview.station.questionnaires import Version, versions
from interview.tui.dialogs import WIDEST, Dialog, Said
from interview.tui.form_file import FormFileScreen
from interview.tui.key_guard import KeyGuard
from interview.tui.lines import shortened
from interview.tui.listing import ListingPage
from interview.tui.preview import preview
from interview.tui.rows import Row, RowList
from interview.tui.shell import LEADING, Shell

LONGEST_TITLE: Final = 48
"""Cells of a form's title beside its version."""


class QuestionnairesScreen(ListingPage[tuple[Version, ...]]):
    """What is loaded, and which of it is in force."""

    CSS_PATH = "questionnaires.tcss"
    CONTEXTS: ClassVar[tuple[str, ...]] = ("questionnaires",)
    HELP = "screens.questionnaires-help"
    HEADING: ClassVar[str] = "screens.questionnaires"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._versions: tuple[Version, ...] = ()

    def body(self) -> Sequence[Widget]:
        """The list, which scrolls."""
        return (VerticalScroll(RowList(id="versions"), id="list", can_focus=False),)

    @staticmethod
    def found(shell: Shell) -> tuple[bool, tuple[Version, ...]]:
        """Whether it is a rehearsal, and every version here, the one in force first; runs in the writer's thread."""
        station = shell.unlocked
        return station.rehearsal, versions(station)

    def list_found(self, found: tuple[Version, ...]) -> None:
        """Show the versions."""
        self._versions = found
        self.query_one(RowList).show([self._row(version) for version in found])

    @on(RowList.Taken)
    def taken(self) -> None:
        """Enter previews."""
        if not self.leads_on:
            self.action_preview()

    @work(group=LEADING)
    async def action_preview(self) -> None:
        """Walk the version pointed at."""
        version = self._pointed_at
        if version is not None:
            try:
                form = await self.shell.writer.run(self.shell.unlocked.form, version.hash)
            except InterviewError as error:
                self.refuse(error)
                return
            await preview(self, form)

    @work(group=LEADING)
    async def action_diff(self) -> None:
        """What is different between the version pointed at and the one in force, or the one before that."""
        version = self._pointed_at
        other = None if version is None else self._counterpart(version)
        if version is None or other is None:
            self.notify(self.words("screens.nothing-to-compare"), markup=False)
            return
        old, new = sorted((version, other), key=lambda one: rank(one.questionnaire.version))
        difference = compare(old.questionnaire, new.questionnaire)
        heading, *lines = told(difference, self.words, min(WIDEST, self.size.width - 8))
        said = Said(heading, (("\n".join(lines), "plain"),), hint=self.words("screens.close-diff"), enter="close")
        await self.app.push_screen_wait(Dialog(said, KeyGuard(self.shell.clock)))

    @work(group=LEADING)
    async def action_load(self) -> None:
        """Take a form in from a file."""
        await self.app.push_screen_wait(FormFileScreen(self.shell))
        self.look()

    @property
    def _pointed_at(self) -> Version | None:
        key = self.query_one(RowList).here
        return next((version for version in self._versions if version.hash == key), None)

    def _counterpart(self, version: Version) -> Version | None:
        """The version to compare with: the one in force, or for that one the highest of the others."""
        others = [
            other
            for other in self._versions
            if other.questionnaire.name == version.questionnaire.name and other.hash != version.hash
        ]
        in_force = (other for other in others if other.in_force)
        return next(in_force, others[0] if others and version.in_force else None)

    def _row(self, version: Version) -> Row:
        form, words = version.questionnaire, self.words
        title = form.title.get(words.language) or next(iter(form.title.values()))
        state = "in-force" if version.in_force else "in-open-survey" if version.open else "not-in-force"
        force = words(f"screens.{state}")
        if version.answered:
            force = f"{force}, {words('screens.questionnaire-answered')}"
        facts = words("screens.questionnaire-facts", count=len(form.questions()), languages=", ".join(form.languages))
        return Row(
            version.hash,
            (
                (version.named, "plain"),
                (force, "good" if version.in_force or version.open else "faint"),
                (facts, "faint"),
            ),
            ((shortened(title, LONGEST_TITLE), "label"),),
        )
