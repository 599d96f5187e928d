"""`interview receipt`: take in the signed proof that a batch arrived."""

import argparse
from pathlib import Path

from interview.cli.context import Context, expanded, told_of
from interview.messages import Catalogue

RECEIPT_LIMIT = 64 * 1024
"""Bytes of a receipt, at most."""


def describe(parser: argparse.ArgumentParser, common: argparse.ArgumentParser, catalogue: Catalogue) -> None:
    """The command's own argument: the receipts."""
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help=catalogue("cli.help-receipt"))


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Take each receipt; say what it let the station remove."""
    from interview.files import read_bounded  # noqa: PLC0415
    from interview.station.receiving import take_receipt  # noqa: PLC0415
    from interview.station.unlocking import unlock  # noqa: PLC0415

    with unlock(context.home, context.passphrase()) as station:
        for file in expanded(arguments.files):
            with told_of(file):
                taken = take_receipt(station, read_bounded(file, RECEIPT_LIMIT))
            context.say("cli.receipt-taken", file=file.name, seq=taken.seq, pruned=taken.pruned, awaited=taken.awaited)
    return 0
