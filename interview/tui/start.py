"""Starting the screen from a command, and leaving nothing open behind it."""

import sys
import threading
from typing import TYPE_CHECKING, Any

from interview.config import Settings
from interview.errors import InterviewError
from interview.files import when_told_to_end
from interview.paths import Home
from interview.tui.app import InterviewApp, make_app

if TYPE_CHECKING:
    from interview.station.station import Station


def start(home: Home, settings: Settings) -> int:
    """The program on the station of `home`, set up first where there is none; the exit status."""
    app = make_app(home, settings)
    need_screen()
    return _run(app)


def need_screen() -> None:
    """Refuse to open where there is no screen to draw on or no keyboard: it would run for ever. `cli.no-screen`."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if stream is None or not stream.isatty():
            raise InterviewError("cli.no-screen")


def start_demo(home: Home, settings: Settings, station: "Station", passphrase: str) -> int:
    """The program on a station that is open already, thrown away afterwards (`interview demo`); the exit status."""
    app = make_app(home, settings, station=station, demo=True)
    app.shell.demo_passphrase = passphrase
    return _run(app)


def _run(app: InterviewApp) -> int:
    """Run to the end; an error in any thread is told by its code alone (T15), and the station is closed whatever happened."""

    def in_thread(failure: threading.ExceptHookArgs) -> None:
        if failure.exc_value is not None:
            print(app.crash_report(failure.exc_value), file=sys.stderr)

    def in_main(kind: type[BaseException], error: BaseException, trace: Any) -> None:
        print(app.crash_report(error), file=sys.stderr)

    threading.excepthook, sys.excepthook = in_thread, in_main
    with when_told_to_end(app.told_to_end):
        try:
            status = app.run()
        finally:
            app.close_station()
    return app.return_code or (status or 0)
