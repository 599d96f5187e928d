"""The private parts of Textual 8 that the program relies on, and nothing else does (those of its driver: `terminal`)."""

import sys
from collections.abc import Iterable
from typing import Any, TypeVar

from rich.text import Text
from textual.app import App
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingsMap
from textual.dom import DOMNode
from textual.driver import Driver
from textual.screen import ModalScreen, Screen
from textual.worker import WorkerFailed

Result = TypeVar("Result")


class Leaving(Screen[Result]):
    """A screen that is left once: two quick presses would otherwise take the screen below away as well."""

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Leave the screen with a result; nothing where it has been left already."""
        return AwaitComplete() if self.gone else super().dismiss(result)

    @property
    def gone(self) -> bool:
        """Whether the screen was left; it stands for a moment longer, its widgets are taken away one by one."""
        return _is_gone(self)


class LeavingModal(ModalScreen[Result]):
    """The same for a dialog over another screen."""

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Close the dialog with a result; nothing where it is closed already."""
        return AwaitComplete() if _is_gone(self) else super().dismiss(result)


def _is_gone(screen: Screen[Any]) -> bool:
    """Whether a screen was left: Textual takes away whatever is on top when that is asked of it again."""
    return screen not in screen.app.screen_stack


def bind(node: DOMNode, bindings: Iterable[Binding]) -> None:
    """Give one node bindings of its own, beside those of its class; earlier ones given to it go."""
    inherited = type(node)._merged_bindings or BindingsMap()
    node._bindings = BindingsMap.merge([BindingsMap(bindings), inherited])


def switchable(screen: Screen[Any], app: App[Any]) -> Screen[Any]:
    """A default screen that may be switched from: Textual then drops a callback that it gives to pushed screens only."""
    screen._push_result_callback(app, None)
    return screen


class ReadsSheetsOnce(App[int]):
    """An application that parses no sheet twice while its theme stays the same, and styles no widget again for another screen's.

    A sheet here is for its own screen alone. Textual takes one in by parsing all of them anew and styling every widget, and
    does the same once more at the start, for the theme.
    """

    _started_in = ""

    def start_in(self, theme: str) -> None:
        """Have a theme from the start: the sheets are parsed with its colours."""
        self.theme = self._started_in = theme
        self.stylesheet.set_variables(self.get_css_variables())

    def refresh_css(self, animate: bool = True) -> None:
        """Parse and style anew; nothing where that is asked for because of the theme of the start."""
        parsed, self._started_in = self._started_in == self.theme, ""
        if not parsed:
            super().refresh_css(animate)

    def _load_screen_css(self, screen: Screen[Any]) -> None:
        new = [path for path in screen.css_path if not self.stylesheet.has_source(str(path))]
        if new:
            self.stylesheet.read_all(new)
            self.stylesheet.parse()
        super()._load_screen_css(screen)


class HandsNothingOn(App[int]):
    """An application without what Textual offers for taking a screen elsewhere (T15)."""

    def copy_to_clipboard(self, text: str) -> None:
        """Nothing leaves by the terminal's clipboard."""

    def deliver_screenshot(self, *args: object, **kwargs: object) -> str | None:
        """No picture of a conversation is written."""
        return None

    def action_screenshot(self, filename: str | None = None, path: str | None = None) -> None:
        """No picture of a conversation is written."""


class OutlivesItsTerminal(App[int]):
    """An application that ends by itself when its terminal is closed, whichever comes first of that and the word of it."""

    def get_driver_class(self) -> type[Driver]:
        """Textual's own, on a terminal that may be gone."""
        usual = super().get_driver_class()
        if sys.platform == "win32":
            return usual
        from interview.tui.terminal import drives_terminal  # noqa: PLC0415  POSIX alone has it

        return drives_terminal(usual)


class PlainCrash(App[int]):
    """An application whose unhandled exception is told by `crash_report` instead of a traceback with local variables (T15)."""

    def crash_report(self, error: BaseException) -> str:
        """What to print after the screen is given back; it may also be written down here."""
        raise NotImplementedError

    def _handle_exception(self, error: Exception) -> None:
        if isinstance(error, WorkerFailed) and isinstance(error.error, Exception):
            # The wrapping has no traceback: the places worth noting are those of what the worker failed of.
            error = error.error
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
            self._exit_renderables.clear()
            self.panic(Text(self.crash_report(error)))

    def _fatal_error(self) -> None:
        self._close_messages_no_wait()
