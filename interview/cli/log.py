"""`interview log`: what happened at this home, without content, to read or to send to support."""

import argparse
from pathlib import Path

from interview.cli.context import Context, show
from interview.log import copy_for_support, for_support
from interview.messages import Catalogue


def describe(parser: argparse.ArgumentParser, common: argparse.ArgumentParser, catalogue: Catalogue) -> None:
    """The command's own argument: a folder for a copy."""
    parser.add_argument("--to", metavar="DIR", type=Path, help=catalogue("cli.help-log-to"))


def run(arguments: argparse.Namespace, context: Context) -> int:
    """The log on standard output, or a copy of it in a folder and its path there."""
    if arguments.to is None:
        show(for_support(context.home, context.catalogue).removesuffix("\n"))
    else:
        show(copy_for_support(context.home, arguments.to, context.catalogue))
    context.say("cli.log-said", log=context.home.log)
    return 0
