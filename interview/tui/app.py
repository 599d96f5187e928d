"""The application: which screen stands when, locking, and what holds on every screen.

Its imports are what the first screen shows; everything else is imported in the writer's thread after the first paint.
"""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import events, work
from textual.binding import BindingType
from textual.notifications import SeverityLevel
from textual.screen import Screen

from interview import __version__
from interview.config import LANGUAGES, Settings
from interview.errors import InterviewError
from interview.messages import Catalogue
from interview.paths import Home
from interview.text import clean
from interview.tui.actions import Actions
from interview.tui.bridge import Writer
from interview.tui.drawing import LOOKS
from interview.tui.idle import Idle, waking_seconds
from interview.tui.internals import (
    HandsNothingOn,
    OutlivesItsTerminal,
    PlainCrash,
    ReadsSheetsOnce,
    bind,
    switchable,
)
from interview.tui.shell import Page, PutsDown, Resumes, Shell
from interview.tui.themes import NAMES, dark, light
from interview.tui.unlock import UnlockScreen

if TYPE_CHECKING:
    from interview.station.station import Station

IDLE_CHECK: Final = 5.0
"""Seconds between two looks at whether anybody is there."""


def make_app(
    home: Home,
    settings: Settings,
    *,
    station: "Station | None" = None,
    demo: bool = False,
    clock: Callable[[], float] = waking_seconds,
    wall: Callable[[], float] = time.time,
) -> "InterviewApp":
    """The application, as the commands and the tests use it.

    It opens on the home screen where an unlocked station is handed in, on unlocking where the home has a keyring, and
    otherwise on set-up. `clock` gives seconds that never go back, `wall` the time of day in seconds. Errors: those of
    `Actions` for keys the settings cannot have.
    """
    words, actions = Catalogue(settings.language), Actions(settings.keys)
    return InterviewApp(Shell(home, settings, words, actions, Writer(), clock, wall, station, demo))


class InterviewApp(ReadsSheetsOnce, HandsNothingOn, OutlivesItsTerminal, PlainCrash, inherit_bindings=False):
    """One start of the program on a screen."""

    TITLE = "Interview"
    ENABLE_COMMAND_PALETTE = False
    COMPONENT_CLASSES: ClassVar[set[str]] = set(LOOKS.values())
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, shell: Shell) -> None:
        # The first screen is not pushed, so Textual does not load its sheet; the others load their own.
        super().__init__(css_path=["app.tcss", _first_sheet(shell)])
        self.shell = shell
        self._idle = Idle(shell.clock, shell.wall)
        self._left_draft: str | None = None
        self._told_to_end = False
        for theme in (light(), dark()):
            self.register_theme(theme)
        self.start_in(NAMES[shell.settings.theme])
        self._bind_keys()

    @property
    def words(self) -> Catalogue:
        """The interface's texts."""
        return self.shell.words

    def get_default_screen(self) -> Screen[Any]:
        """The first screen: home where a station is open, unlocking where there is one to open, set-up otherwise."""
        return switchable(self._first_screen(), self)

    def _first_screen(self) -> Screen[Any]:
        shell = self.shell
        if shell.station is not None:
            from interview.tui.home import HomeScreen  # noqa: PLC0415  not what most starts show first

            return HomeScreen(shell)
        if shell.home.keyring.exists():
            return self._unlock_screen()
        from interview.tui.setup import SetupScreen  # noqa: PLC0415  shown once in a station's life

        return SetupScreen(shell)

    def on_mount(self) -> None:
        """Watch for nobody being there; import the rest behind the first screen."""
        if self._told_to_end:
            self._end()
        self.set_interval(IDLE_CHECK, self._look_whether_anybody_is_there)
        self.call_after_refresh(self._load_the_rest)
        self.call_after_refresh(self.shell.note, "started", __version__)

    def _load_the_rest(self) -> None:
        self.run_worker(self.shell.writer.run(load_the_rest), exit_on_error=True)

    # Unlocked and locked.

    def opened(self, station: "Station") -> None:
        """A station was unlocked or set up: home, or the conversation that was left when it locked itself."""
        self.shell.station = station
        self.shell.note("opened")
        # Not in the caller's task: it belongs to the screen that goes, and would be cancelled half-way.
        self.call_later(self._go_home)

    async def _go_home(self) -> None:
        from interview.tui.home import HomeScreen  # noqa: PLC0415  imported behind the first screen

        self._idle.seen()
        left, self._left_draft = self._left_draft, None
        home = HomeScreen(self.shell)
        await self.switch_screen(home)
        if left is not None:
            home.resume(left)
        if self.words.language != self.shell.settings.language:
            # Chosen during set-up, when there was nowhere to keep it.
            await self._prefer("language", self.words.language)

    def action_lock(self) -> None:
        """Lock the station."""
        self.lock()

    async def action_leave(self) -> None:
        """End the program."""
        await self.leave()

    @work(group="lock", exclusive=False)
    async def lock(self) -> None:
        """Lock the station: what is typed is kept, every screen above goes, the files are tidied and closed."""
        station = self.shell.station
        if station is None or not await self._put_down():
            return
        self.shell.station = None
        while len(self.screen_stack) > 1:
            await self.screen.dismiss(None)
        unlock = self._unlock_screen()
        self.clear_notifications()
        await self.switch_screen(unlock)
        trouble = await self.shell.writer.run(station.close)
        self.shell.note("locked", *([] if trouble is None else [trouble.code]))
        if trouble is not None:
            unlock.refused(trouble)

    async def leave(self) -> None:
        """End the program; the station is closed first, so that no order of arrival is left behind (T2)."""
        station, self.shell.station = self.shell.station, None
        if station is not None:
            await self.shell.writer.run(station.close)
        self.exit(0)

    def told_to_end(self) -> None:
        """The terminal was closed, or the computer shuts down: end the program, what is being written kept (P2)."""
        self._told_to_end = True
        # Before the event loop runs nothing is open; when it has ended, everything is being closed.
        with suppress(RuntimeError):
            asyncio.get_running_loop().call_soon_threadsafe(self.call_later, self._end)

    @work(group="end")
    async def _end(self) -> None:
        await self._put_down()
        await self.leave()

    def close_station(self) -> None:
        """Close the station if it is still open, and end the writer's thread: the last thing of a start."""
        station, self.shell.station = self.shell.station, None
        if station is not None:
            self.shell.writer.submit(station.close)
        self.shell.writer.close()

    async def _put_down(self) -> bool:
        """Keep what the conversation on the screen has; False where that cannot be kept, as the screen says."""
        for screen in reversed(self.screen_stack):
            if isinstance(screen, PutsDown):
                if not await screen.put_down():
                    return False
                self._left_draft = screen.left
        return True

    def _unlock_screen(self) -> UnlockScreen:
        return UnlockScreen(self.shell)

    @property
    def _left_alone(self) -> bool:
        return self.shell.station is not None and self._idle.seconds >= self.shell.settings.lock_after * 60

    def _look_whether_anybody_is_there(self) -> None:
        if self._left_alone:
            self.lock()

    async def on_event(self, event: events.Event) -> None:
        """Note that somebody is there, and go on as usual; the first key after too long locks, and does nothing else."""
        if isinstance(event, events.InputEvent | events.Paste):
            too_late = self._left_alone
            self._idle.seen()
            if too_late:
                self.lock()
                return
        await super().on_event(event)

    # What can be done on every screen.

    async def action_help(self) -> None:
        """Help for what has the focus, also in a dialog; once more closes it."""
        from interview.tui.help import HelpScreen, actions_on, topic_of  # noqa: PLC0415  when asked for

        screen = self.screen
        if isinstance(screen, HelpScreen):
            screen.action_close()
        else:
            self.push_screen(HelpScreen(self.shell, topic_of(screen), actions_on(screen, self.shell.actions)))

    @work(group="palette")
    async def action_palette(self) -> None:
        """Choose one of everything that can be done here by typing."""
        from interview.tui.palette import PaletteScreen, commands_on  # noqa: PLC0415  when asked for

        screen = self.screen
        if screen.is_modal:
            return
        chosen = await self.push_screen_wait(PaletteScreen(self.shell, commands_on(self, screen, self.shell)))
        if chosen is not None:
            await self.run_action(chosen.action.method, chosen.node)

    @work(group="log")
    async def action_log(self) -> None:
        """Copy the log for support."""
        from interview.tui.support import support_step  # noqa: PLC0415  when asked for

        if self.screen.is_modal:
            return
        path = await self.push_screen_wait(support_step(self.shell))
        if path is not None:
            self.notify(self.words("screens.log-copied", path=path), timeout=12)

    async def action_theme(self) -> None:
        """Light for dark and dark for light."""
        name = "light" if self.theme == NAMES["dark"] else "dark"
        self.theme = NAMES[name]
        await self._prefer("theme", name)

    @work(group="language")
    async def action_language(self) -> None:
        """The interface in the other language; a conversation is put away and taken up again."""
        if not await self._put_down():
            return
        other = next(language for language in LANGUAGES if language != self.words.language)
        self.shell.words = Catalogue(other)
        self._bind_keys()
        left, self._left_draft = self._left_draft, None
        for screen in reversed(self.screen_stack):
            if isinstance(screen, Page):
                await screen.reword()
            else:
                await screen.dismiss(None)
        if left is not None and isinstance(self.screen, Resumes):
            self.screen.resume(left)
        await self._prefer("language", other)

    async def _prefer(self, name: str, value: str) -> None:
        from interview.tui.preferences import prefer  # noqa: PLC0415  when something is chosen

        try:
            await self.shell.writer.run(prefer, self.shell.home, name, value)
        except InterviewError as error:
            self.tell(error)

    def _bind_keys(self) -> None:
        bind(self, self.shell.actions.bindings("app", self.words))

    def tell(self, error: InterviewError) -> None:
        """What was refused and what to do about it, over whatever stands on the screen."""
        self.shell.note("refused", error.code)
        self.notify("\n".join(self.words.error(error)), severity="error", timeout=12)

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Say something for a moment, as it is (T13)."""
        said = clean(message, keep_newlines=True)
        super().notify(said, title=title, severity=severity, timeout=timeout, markup=False)

    def crash_report(self, error: BaseException) -> str:
        """A code and what to do: no message, no locals, no traceback (T15)."""
        from interview.crash import report  # noqa: PLC0415  when it is too late for anything else

        return report(error, self.shell.home, self.words, lasting=not self.shell.demo)


def _first_sheet(shell: Shell) -> str:
    if shell.station is not None:
        return "home.tcss"
    return "unlock.tcss" if shell.home.keyring.exists() else "setup.tcss"


def load_the_rest() -> None:
    """Import what the screens after the first one need; runs in the writer's thread."""
    import_module("interview.station.unlocking")
    import_module("interview.tui.home")
