"""`interview restore`: a station from a backup."""

import argparse
from pathlib import Path

from interview.cli.context import Context, show
from interview.messages import Catalogue


def describe(parser: argparse.ArgumentParser, common: argparse.ArgumentParser, catalogue: Catalogue) -> None:
    """The command's own argument: the backup."""
    parser.add_argument("file", metavar="FILE", type=Path, help=catalogue("cli.help-restore"))


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Make the station; the path of its new card goes to standard output."""
    from interview.station.backup import restore  # noqa: PLC0415

    station, restored = restore(context.home, arguments.file, context.passphrase())
    station.close()
    context.say("cli.restored", count=restored.responses)
    context.say("cli.restored-key", fingerprint=restored.fingerprint, card=restored.card)
    context.say("cli.restored-one")
    show(restored.card)
    return 0
