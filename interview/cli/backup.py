"""`interview backup`: the responses of a station as one file."""

import argparse
from pathlib import Path

from interview.cli.context import Context, show
from interview.messages import Catalogue


def describe(parser: argparse.ArgumentParser, common: argparse.ArgumentParser, catalogue: Catalogue) -> None:
    """The command's own argument: the file."""
    parser.add_argument("--to", metavar="FILE", type=Path, required=True, help=catalogue("cli.help-backup-to"))


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Write the backup; its path goes to standard output."""
    from interview.station.backup import back_up  # noqa: PLC0415
    from interview.station.unlocking import unlock  # noqa: PLC0415

    with unlock(context.home, context.passphrase()) as station, context.progress("cli.backing-up") as progress:
        done = back_up(station, arguments.to, progress)
    context.say("cli.backed-up", count=done.responses)
    context.say("cli.backup-copies")
    show(done.path)
    return 0
