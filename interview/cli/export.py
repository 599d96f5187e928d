"""`interview export`: everything that is finished and waits, as one sealed batch."""

import argparse
from pathlib import Path

from interview.cli.context import Context, show
from interview.messages import Catalogue


def describe(parser: argparse.ArgumentParser, common: argparse.ArgumentParser, catalogue: Catalogue) -> None:
    """The command's own arguments: where to, the last remainder, or the latest batch again."""
    parser.add_argument("--to", metavar="DIR", type=Path, help=catalogue("cli.help-export-to"))
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--final", action="store_true", help=catalogue("cli.help-final"))
    which.add_argument(
        "--again", metavar="N", nargs="?", type=int, const=True, default=False, help=catalogue("cli.help-again")
    )


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Write the batch; its path goes to standard output."""
    from interview.station.exporting import export  # noqa: PLC0415
    from interview.station.unlocking import unlock  # noqa: PLC0415

    with unlock(context.home, context.passphrase()) as station, context.progress("cli.exporting") as progress:
        exported = export(station, to=arguments.to, final=arguments.final, again=arguments.again, progress=progress)
    context.say("cli.exported", count=exported.count, seq=exported.seq)
    show(exported.path)
    return 0
