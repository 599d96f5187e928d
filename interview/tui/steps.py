"""One question of the set-up at a time: a list to choose from, fields to fill in, or something to read."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Input, Static

from interview.errors import InterviewError
from interview.tui.banner import Banner
from interview.tui.fields import Field
from interview.tui.footer import Keys
from interview.tui.plain import Plain
from interview.tui.rows import Row, RowList
from interview.tui.shell import Page, Shell

Attempt = Callable[[Mapping[str, str]], Awaitable[Any]]
"""Tries what was filled in; its result is the step's. An InterviewError is shown and the step stays."""
ANEW: Final = object()
"""Result of a step that is to be asked once more, in another language."""


@dataclass(frozen=True, slots=True)
class Heading:
    """Which step this is of how many, its title and what it says; texts are already in words."""

    number: int
    count: int
    title: str
    text: str
    help: str = ""
    """The catalogue's key of what F1 says, empty where the step's own `HELP` does."""


class Step(Page[Any]):
    """A step; its result is None where one goes back."""

    CSS_PATH = "steps.tcss"
    CONTEXTS: ClassVar[tuple[str, ...]] = ("setup",)
    HELP = "screens.setup-help"
    AUTO_FOCUS: ClassVar[str | None] = "RowList, Input"

    def __init__(self, shell: Shell, heading: Heading) -> None:
        super().__init__(shell)
        self.heading = heading
        self.topic = heading.help
        self.reworded: object = None
        """Its result where the language changes: `ANEW` where somebody asks it anew, otherwise one goes back."""

    def compose(self) -> ComposeResult:
        """Where one is, what it says, the body, what went wrong, the keys."""
        heading, words, station = self.heading, self.words, self.shell.station
        yield Banner(words, rehearsal=station is not None and station.rehearsal)
        with VerticalScroll(id="step", can_focus=False):
            place = words("screens.step", number=heading.number, count=heading.count)
            yield Plain(place if heading.count > 1 else "", id="place")
            yield Plain(heading.title, id="title")
            yield Plain(heading.text, id="text")
            yield from self.body()
            yield Plain("", id="said")
        yield Keys(self.shell.actions, words, ("setup", "app"))

    def on_mount(self) -> None:
        """Only what can be done is among the keys."""
        self.query_one(Keys).hide("setup.back" if self.heading.number == 1 else "setup.quit")

    async def reword(self) -> None:
        """What it says was put into words by whoever asks: it leaves the screen."""
        await self.dismiss(self.reworded)

    def body(self) -> Sequence[Widget]:
        """What is asked."""
        return ()

    def say(self, text: str) -> None:
        """Say what went wrong, or what is under way."""
        said = self.query_one("#said", Static)
        said.update(text)
        said.scroll_visible(animate=False)

    def refuse(self, error: InterviewError) -> None:
        """Say what went wrong and what to do."""
        self.say("\n".join(self.words.error(error)))

    def action_next(self) -> None:
        """Go on."""
        self.dismiss(True)

    def action_back(self) -> None:
        """To the step before."""
        if self.heading.number > 1:
            self.dismiss(None)

    def action_quit(self) -> None:
        """To the step before; from the first one, end the program: nothing has been made."""
        if self.heading.number > 1:
            self.action_back()
        else:
            self.app.exit(0)


class ChoiceStep(Step):
    """A list; the result is the key of the row taken."""

    def __init__(
        self, shell: Shell, heading: Heading, options: Sequence[tuple[str, str]], at: str | None = None
    ) -> None:
        super().__init__(shell, heading)
        self.options = options
        self.at = at

    def body(self) -> Sequence[Widget]:
        """The options, the one chosen before pointed at."""
        rows = RowList(id="options")
        rows.show([Row(key, ((text, "plain"),)) for key, text in self.options], self.at)
        return (rows,)

    @on(RowList.Taken)
    def take(self, event: RowList.Taken) -> None:
        """The option taken is the answer."""
        self.dismiss(event.key)

    def action_next(self) -> None:
        """Take the option pointed at."""
        self.dismiss(self.query_one(RowList).here)


@dataclass(frozen=True, slots=True)
class Asked:
    """One field: its name, its label in words, what stands in it, whether it is hidden as it is typed, an example."""

    name: str
    label: str
    value: str = ""
    secret: bool = False
    example: str = ""


class FieldsStep(Step):
    """Fields; the result is what the attempt with them gave."""

    def __init__(
        self, shell: Shell, heading: Heading, fields: Sequence[Asked], attempt: Attempt, busy: str = ""
    ) -> None:
        super().__init__(shell, heading)
        self.fields = fields
        self.attempt = attempt
        self.busy = busy
        self._trying = False

    def body(self) -> Sequence[Widget]:
        """A label above each field."""
        parts: list[Widget] = []
        for field in self.fields:
            parts.append(Plain(field.label, classes="label"))
            entry = Field(
                field.value, field.example, password=field.secret, id=field.name, compact=True, max_length=4096
            )
            parts.append(entry)
        return parts

    @on(Input.Submitted)
    def submit(self) -> None:
        """Enter in the last field goes on."""
        self.action_next()

    def action_next(self) -> None:
        """Try what is filled in."""
        if not self._trying:
            self._trying = True
            self._try()

    def refuse(self, error: InterviewError) -> None:
        """Say what went wrong; who types on where it can be read, and is asked for a passphrase, is led to its field."""
        super().refuse(error)
        hidden = next((field for field in self.query(Input) if field.password), None)
        if hidden is not None and isinstance(self.focused, Input) and not self.focused.password:
            hidden.focus()

    def action_back(self) -> None:
        """To the step before, unless something is being tried."""
        if not self._trying:
            super().action_back()

    def action_quit(self) -> None:
        """The same, unless something is being tried."""
        if not self._trying:
            super().action_quit()

    async def reword(self) -> None:
        """It leaves the screen, unless something is being tried."""
        if not self._trying:
            await super().reword()

    @work(group="step")
    async def _try(self) -> None:
        self.say(self.busy)
        try:
            result = await self.attempt({field.id or "": field.value for field in self.query(Input)})
        except InterviewError as error:
            self.refuse(error)
            return
        finally:
            self._trying = False
        self.dismiss(result)


class ReadStep(Step):
    """Something to read, once what it tells of has been done; every key that goes on goes on."""

    AUTO_FOCUS: ClassVar[str | None] = ""

    def on_mount(self) -> None:
        """There is no way back from here."""
        self.query_one(Keys).hide("setup.back", "setup.quit")

    async def reword(self) -> None:
        """It stays as it was said where nobody says it anew."""
        if self.reworded is not None:
            await super().reword()

    def key_enter(self) -> None:
        """Enter goes on too: there is no field here."""
        self.dismiss(True)

    def action_back(self) -> None:
        """There is nothing to go back to."""

    def action_quit(self) -> None:
        """Escape goes on."""
        self.dismiss(True)


class CodeStep(ReadStep):
    """The recovery code, to be printed or copied by hand; it is shown this once."""

    def __init__(self, shell: Shell, heading: Heading, code: str) -> None:
        super().__init__(shell, heading)
        self.code = code

    def body(self) -> Sequence[Widget]:
        """The code on lines that are easy to copy."""
        return (Plain(self.code, id="recovery-code"),)

    def action_quit(self) -> None:
        """The code must be typed back first."""
        self.say(self.words("screens.code-first"))


class TypedBackStep(FieldsStep):
    """The recovery code typed back from paper; going back shows it again."""

    def on_mount(self) -> None:
        """The program is not left without it."""
        self.query_one(Keys).hide("setup.quit")

    def action_quit(self) -> None:
        """The code must be typed back first."""
        self.say(self.words("screens.code-first"))


def in_groups(code: str) -> str:
    """The code with a line break in its middle, where it has groups."""
    groups = code.split("-")
    half = (len(groups) + 1) // 2
    return code if len(groups) < 6 else "-".join(groups[:half]) + "-\n" + "-".join(groups[half:])
