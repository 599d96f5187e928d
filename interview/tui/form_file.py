"""A form in a file: checked, compared with the one in force, previewed, loaded."""

from dataclasses import dataclass
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Input

from interview.errors import InterviewError, Problem
from interview.files import read_bounded
from interview.paths import typed_path
from interview.questionnaire.canonical import canonical_bytes, questionnaire_hash
from interview.questionnaire.changes import Difference
from interview.questionnaire.examining import Examined, examine, is_warning
from interview.questionnaire.telling import told
from interview.session.form import Form
from interview.station.questionnaires import difference_to, load, refuse_loading
from interview.station.rehearsal import FORM_LIMIT
from interview.tui.banner import Banner
from interview.tui.dialogs import Dialog, Said
from interview.tui.fields import Field
from interview.tui.footer import Keys
from interview.tui.key_guard import KeyGuard
from interview.tui.plain import Plain
from interview.tui.preview import preview
from interview.tui.shell import LEADING, Page, Shell


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found in a file; `refused` is why it cannot be loaded here although it is right, if anything is."""

    examined: Examined
    difference: Difference | None
    refused: InterviewError | None


def look_at(shell: Shell, typed: str) -> Looked:
    """Check a file and compare it; runs in the writer's thread. A file that cannot be opened has that as its error."""
    try:
        path = typed_path(typed)
        examined = examine(read_bounded(path, FORM_LIMIT), path.name)
    except InterviewError as error:
        return Looked(Examined(None, error.problems, ()), None, None)
    difference = None
    if examined.questionnaire is not None:
        try:
            difference = difference_to(shell.unlocked, examined.questionnaire)
            refuse_loading(shell.unlocked)
        except InterviewError as error:
            return Looked(examined, difference, error)
    return Looked(examined, difference, None)


class FormFileScreen(Page[None]):
    """The file's name, and below it all that there is to say about it."""

    CSS_PATH = "questionnaires.tcss"
    CONTEXTS: ClassVar[tuple[str, ...]] = ("form-file",)
    HELP = "screens.form-file-help"
    AUTO_FOCUS: ClassVar[str | None] = "Field"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._looked: Looked | None = None

    def compose(self) -> ComposeResult:
        """Title, the field, what is found, the keys."""
        words = self.words
        yield Banner(words)
        yield Plain(words("screens.form-file"), id="title")
        yield Plain(words("screens.form-file-which"), classes="label")
        yield Field(id="file", compact=True, max_length=1024)
        with VerticalScroll(id="found"):
            yield Plain("", id="said")
        yield Keys(self.shell.actions, words, ("form-file", "app"))

    def on_mount(self) -> None:
        """Nothing can be loaded before it was looked at."""
        self.query_one(Banner).show(self.shell.unlocked.rehearsal)
        self._offer()

    async def reword(self) -> None:
        """In the language of now."""
        named = self.query_one(Field).value
        await super().reword()
        self.query_one(Field).value = named
        self.on_mount()
        self._show()

    @on(Input.Submitted)
    def file_given(self) -> None:
        """Enter in the field looks at the file."""
        typed = self.query_one(Field).value.strip()
        if typed:
            self.look(typed)

    @work(group="look", exclusive=True)
    async def look(self, typed: str) -> None:
        """Check and compare, and show it."""
        try:
            self._looked = await self.shell.writer.run(look_at, self.shell, typed)
        except InterviewError as error:
            self.refuse(error)
            return
        self._show()
        self._offer()
        if not _is_not_there(self._looked):
            self.query_one("#found").focus()

    def action_file(self) -> None:
        """Write another file's name."""
        self.query_one(Field).focus()

    @work(group=LEADING)
    async def action_preview(self) -> None:
        """Walk the form before it is loaded."""
        form = None if self._looked is None else self._looked.examined.questionnaire
        if form is not None:
            await preview(self, Form(form, questionnaire_hash(canonical_bytes(form))))

    @work(group=LEADING)
    async def action_load(self) -> None:
        """Load the form, once that is confirmed."""
        looked = self._looked
        form = None if looked is None else looked.examined.questionnaire
        if looked is None or form is None:
            return
        if looked.refused is not None:
            self.refuse(looked.refused)
            return
        words = self.words
        said = Said(
            words("screens.form-file-sure", form=f"{form.name} {form.version}"),
            ((words("screens.form-file-sure-text"), "plain"),),
            tuple((digit, words(f"screens.form-file-sure-{digit}")) for digit in ("1", "2")),
            careful=True,
        )
        if await self.app.push_screen_wait(Dialog(said, KeyGuard(self.shell.clock))) != "2":
            return
        try:
            version = await self.shell.writer.run(load, self.shell.unlocked, form)
        except InterviewError as error:
            self.refuse(error)
            return
        self.shell.note("form-loaded")
        self.notify(words("screens.form-file-loaded", form=version.named), markup=False)
        self.dismiss(None)

    def action_leave(self) -> None:
        """Back to the questionnaires."""
        self.dismiss(None)

    def _offer(self) -> None:
        """Show the keys of what can be done with what was found."""
        right = self._looked is not None and self._looked.examined.questionnaire is not None
        loadable = right and self._looked is not None and self._looked.refused is None
        hidden = [name for name, can in (("form-file.load", loadable), ("form-file.preview", right)) if not can]
        self.query_one(Keys).hide(*hidden)

    def _show(self) -> None:
        looked = self._looked
        if looked is None:
            return
        words, examined = self.words, looked.examined
        key = "screens.form-file-right" if examined.questionnaire else "screens.form-file-wrong"
        parts = [words(key, errors=len(examined.errors), warnings=len(examined.warnings))]
        if looked.refused is not None:
            parts.append("\n".join(words.error(looked.refused)))
        parts.extend(self._finding(problem) for problem in (*examined.errors, *examined.warnings))
        if looked.difference is not None:
            parts.append("\n".join(told(looked.difference, words, max(self.size.width - 6, 40))))
        elif examined.questionnaire is not None and looked.refused is None:
            parts.append(words("screens.form-file-other"))
        self.query_one("#said", Plain).update("\n\n".join(parts))

    def _finding(self, problem: Problem) -> str:
        message, remedy = self.words.error(problem)
        severity = self.words("screens.form-file-warning" if is_warning(problem) else "screens.form-file-error")
        return f"{problem.place}: {severity}: {message}\n  → {remedy}"


def _is_not_there(looked: Looked) -> bool:
    """Whether the file could not even be opened: its name is to be mended, in the field."""
    return any(problem.code.startswith("files.") for problem in looked.examined.errors)
