"""Unlocking: the passphrase or the recovery code, and nothing else, on the first screen of a day."""

from typing import TYPE_CHECKING, ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from interview.errors import InterviewError
from interview.paths import Home
from interview.tui.footer import Keys
from interview.tui.plain import Entry, Plain
from interview.tui.shell import LEADING, Opens, Page, Shell

if TYPE_CHECKING:
    from interview.station.station import Station


DAMAGED: Final = frozenset(
    {
        "station.damaged", "station.broken-chain", "station.responses-older", "station.keyring-older",
        "database.damaged", "database.io-error", "database.wrong-key", "keys.damaged",
    }
)  # fmt: skip
"""What is told of a station whose files are not as they were left."""


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
        self._damaged = False

    def compose(self) -> ComposeResult:
        """Title, one field, a line for what went wrong, the keys."""
        words = self.words
        with Vertical(id="unlock"):
            yield Plain(words("screens.unlock-title"), id="title")
            yield Plain(words("screens.unlock-demo" if self.shell.demo_passphrase else "screens.unlock-text"))
            yield Entry(password=True, id="secret", max_length=1024)
            yield Plain("\n".join(self._said or ()), id="said")
        yield Keys(self.shell.actions, words, ("unlock", "app"))

    def on_mount(self) -> None:
        """What saves responses is among the keys once there is something to save them from."""
        self._show_keys()

    async def reword(self) -> None:
        """In the language of now."""
        await super().reword()
        self._show_keys()

    def _show_keys(self) -> None:
        self.query_one(Keys).hide(*([] if self._damaged else ["unlock.rescue"]))

    def say(self, message: str, remedy: str = "") -> None:
        """Say what went wrong and what to do, or what is under way."""
        self._said = (message, remedy)
        if self.is_mounted:
            self.query_one("#said", Static).update("\n".join(self._said))

    @on(Input.Submitted)
    def unlock(self, event: Input.Submitted) -> None:
        """Try what was typed; the field is emptied at once. Nobody knows a demo's passphrase: Enter alone is enough."""
        secret, event.input.value = event.value or self.shell.demo_passphrase, ""
        if secret and not self._trying:
            self._trying = True
            self._unlock(secret)

    @work(group="unlock")
    async def _unlock(self, secret: str) -> None:
        self.say(self.words("screens.unlocking"))
        try:
            station = await self.shell.writer.run(open_station, self.shell.home, secret)
        except InterviewError as error:
            self.shell.note("refused", error.code)
            self.refused(error)
            return
        finally:
            self._trying = False
        if isinstance(self.app, Opens):
            self.app.opened(station)

    def refused(self, error: InterviewError) -> None:
        """Say what is wrong; at a damaged station also which key leads on."""
        message, remedy = self.words.error(error)
        if error.code in DAMAGED:
            self._damaged = True
            if self.is_mounted:
                self._show_keys()
            key = self.shell.actions["unlock.rescue"].on_keyboard
            remedy = f"{remedy}\n{self.words('screens.unlock-damaged', rescue=key)}"
        self.say(message, remedy)

    @work(group=LEADING)
    async def action_rescue(self) -> None:
        """What can be saved of a damaged station, and another one in its place."""
        from interview.tui.copies import rescue_here  # noqa: PLC0415  when there is damage

        if not self._trying:
            await rescue_here(self, damaged=self._damaged)

    async def action_quit(self) -> None:
        """End the program; nothing is open."""
        self.app.exit(0)


def open_station(home: Home, secret: str) -> "Station":
    """Unlock, in the writer's thread; the station's rooms are imported there too."""
    from interview.station.unlocking import unlock  # noqa: PLC0415  imported behind the first screen

    return unlock(home, secret)
