"""Unlocking: the passphrase or the recovery code, and nothing else, on the first screen of a day."""

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from interview.errors import InterviewError
from interview.paths import Home
from interview.tui.footer import Keys
from interview.tui.plain import Entry, Plain
from interview.tui.shell import Opens, Page, Shell

if TYPE_CHECKING:
    from interview.station.station import Station


class UnlockScreen(Page[None]):
    """Asks for the passphrase; tells the application of the station it opened."""

    CSS_PATH = "unlock.tcss"
    CONTEXTS: ClassVar[tuple[str, ...]] = ("unlock",)
    HELP = "screens.unlock-help"
    AUTO_FOCUS: ClassVar[str | None] = "Input"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._said: tuple[str, str] | None = None
        self._trying = False

    def compose(self) -> ComposeResult:
        """Title, one field, a line for what went wrong, the keys."""
        words = self.words
        with Vertical(id="unlock"):
            yield Plain(words("screens.unlock-title"), id="title")
            yield Plain(words("screens.unlock-text"))
            yield Entry(password=True, id="secret", max_length=1024)
            yield Plain("\n".join(self._said or ()), id="said")
        yield Keys(self.shell.actions, words, ("unlock", "app"))

    def say(self, message: str, remedy: str = "") -> None:
        """Say what went wrong and what to do, or what is under way."""
        self._said = (message, remedy)
        if self.is_mounted:
            self.query_one("#said", Static).update("\n".join(self._said))

    @on(Input.Submitted)
    def unlock(self, event: Input.Submitted) -> None:
        """Try what was typed; the field is emptied at once."""
        secret, event.input.value = event.value, ""
        if secret and not self._trying:
            self._unlock(secret)

    @work(group="unlock")
    async def _unlock(self, secret: str) -> None:
        self._trying = True
        self.say(self.words("screens.unlocking"))
        try:
            station = await self.shell.writer.run(open_station, self.shell.home, secret)
        except InterviewError as error:
            self.shell.note("refused", error.code)
            self.say(*self.words.error(error))
            return
        finally:
            self._trying = False
        if isinstance(self.app, Opens):
            self.app.opened(station)

    async def action_quit(self) -> None:
        """End the program; nothing is open."""
        self.app.exit(0)


def open_station(home: Home, secret: str) -> "Station":
    """Unlock, in the writer's thread; the station's rooms are imported there too."""
    from interview.station.unlocking import unlock  # noqa: PLC0415  imported behind the first screen

    return unlock(home, secret)
