"""The questionnaires of the station, to look at."""

from dataclasses import dataclass
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from interview.errors import InterviewError
from interview.tui.banner import Banner
from interview.tui.footer import Keys
from interview.tui.plain import Plain
from interview.tui.shell import Page, Shell


@dataclass(frozen=True, slots=True)
class Loaded:
    """One questionnaire: name and version, title, languages, how many questions, whether new interviews begin with it, its hash."""

    name: str
    version: str
    title: str
    languages: tuple[str, ...]
    questions: int
    in_force: bool
    hash: str


def loaded(shell: Shell) -> tuple[bool, tuple[Loaded, ...]]:
    """Whether it is a rehearsal, and every questionnaire here, the one in force first; runs in the writer's thread."""
    station, language = shell.unlocked, shell.words.language
    found = []
    for digest in station.responses.questionnaires():
        form = station.form(digest).questionnaire
        title = form.title.get(language) or next(iter(form.title.values()))
        in_force = digest == station.questionnaire_hash
        found.append(Loaded(form.name, form.version, title, form.languages, len(form.questions()), in_force, digest))
    return station.rehearsal, tuple(sorted(found, key=lambda entry: (not entry.in_force, entry.name, entry.version)))


class QuestionnairesScreen(Page[None]):
    """What is loaded, and which of it is in force."""

    CSS_PATH = "questionnaires.tcss"
    CONTEXTS: ClassVar[tuple[str, ...]] = ("questionnaires",)
    HELP = "screens.questionnaires-help"
    AUTO_FOCUS: ClassVar[str | None] = "VerticalScroll"

    def compose(self) -> ComposeResult:
        """Title, the list, the keys."""
        words = self.words
        yield Banner(words)
        yield Plain(words("screens.questionnaires"), id="title")
        with VerticalScroll(id="list"):
            yield Plain("", id="entries")
        yield Keys(self.shell.actions, words, ("questionnaires", "app"))

    def on_mount(self) -> None:
        """Look what is here."""
        self.look()

    @work(group="look", exclusive=True)
    async def look(self) -> None:
        """Ask the station, and show it."""
        try:
            rehearsal, entries = await self.shell.writer.run(loaded, self.shell)
        except InterviewError as error:
            self.refuse(error)
            return
        self.query_one(Banner).show(rehearsal)
        self.query_one("#entries", Static).update("\n\n".join(self._entry(entry) for entry in entries))

    async def reword(self) -> None:
        """In the language of now."""
        await super().reword()
        self.look()

    def _entry(self, entry: Loaded) -> str:
        words = self.words
        force = words("screens.in-force" if entry.in_force else "screens.not-in-force")
        facts = words(
            "screens.questionnaire-facts",
            count=entry.questions,
            languages=", ".join(
                words(f"screens.language-{tag}") if words.has(f"screens.language-{tag}") else tag
                for tag in entry.languages
            ),
        )
        return f"{entry.title}\n  {entry.name} {entry.version} · {force}\n  {facts}\n  {entry.hash[:16]}…"

    def action_leave(self) -> None:
        """Back to the home screen."""
        self.dismiss(None)
