"""`interview rescue`: what can be trusted at a damaged station, as a backup."""

import argparse
from pathlib import Path

from interview.cli.context import Context, show
from interview.errors import InterviewError
from interview.messages import Catalogue


def describe(parser: argparse.ArgumentParser, common: argparse.ArgumentParser, catalogue: Catalogue) -> None:
    """The command's own argument: the file."""
    parser.add_argument("--to", metavar="FILE", type=Path, required=True, help=catalogue("cli.help-backup-to"))


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Write the backup, in place of nothing, not even an earlier one; its path goes to standard output."""
    from interview.station.backup import rescue  # noqa: PLC0415

    if arguments.to.exists():
        raise InterviewError("cli.file-exists", str(arguments.to))
    secret = context.passphrase()
    with context.progress("cli.rescuing") as progress:
        saved = rescue(context.home, secret, arguments.to, progress)
    context.say("cli.rescued", count=saved.responses, expected=saved.expected)
    show(saved.path)
    return 0
