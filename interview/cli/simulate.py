"""`interview simulate`: made-up interviews through the real flow and the real sealing; rehearsal only."""

import argparse
import random

from interview.cli.context import Context, show
from interview.messages import Catalogue


def describe(parser: argparse.ArgumentParser, common: argparse.ArgumentParser, catalogue: Catalogue) -> None:
    """The command's own arguments: how many, and a seed to make the same again."""
    parser.add_argument("-n", metavar="N", type=int, required=True, help=catalogue("cli.help-simulate-n"))
    parser.add_argument("--seed", metavar="SEED", type=int, help=catalogue("cli.help-seed"))


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Add the interviews; the count stored goes to standard output."""
    from interview.station.simulating import simulate  # noqa: PLC0415
    from interview.station.unlocking import unlock  # noqa: PLC0415

    with unlock(context.home, context.passphrase()) as station, context.progress("cli.simulating") as progress:
        made_up = random.Random(arguments.seed)  # noqa: S311  chooses made-up answers, guards nothing
        stored = simulate(station, arguments.n, made_up, progress)
    context.say("cli.simulated", walked=arguments.n, stored=stored)
    show(stored)
    return 0
