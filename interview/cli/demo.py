"""`interview demo`: the program on a throw-away rehearsal station with made-up content."""

import argparse
import secrets
import tempfile
from pathlib import Path

from interview.cli.context import Context
from interview.messages import Catalogue
from interview.paths import Home


def describe(parser: argparse.ArgumentParser, common: argparse.ArgumentParser, catalogue: Catalogue) -> None:
    """The command's own arguments: how much it makes up."""
    parser.add_argument("-n", metavar="N", type=int, default=300, help=catalogue("cli.help-demo-n"))


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Make the station up, open the screen on it, and leave nothing behind."""
    from interview.station.demo import demo_station  # noqa: PLC0415
    from interview.tui.start import need_screen, start_demo  # noqa: PLC0415

    need_screen()
    with tempfile.TemporaryDirectory(prefix="interview-demo-", ignore_cleanup_errors=True) as folder:
        home, passphrase = Home(Path(folder) / "station"), secrets.token_urlsafe(32)
        with context.progress("cli.demo-making") as progress:
            station = demo_station(home, passphrase, responses=arguments.n, progress=progress)
        return start_demo(home, context.settings, station, passphrase)
