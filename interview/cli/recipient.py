"""`interview recipient`: the keys of somebody who may open responses and sign surveys and receipts."""

import argparse
from pathlib import Path

from interview.cli.context import Context, show, told_of
from interview.messages import Catalogue

CARD_LIMIT = 64 * 1024
"""Bytes of a card, at most."""


def describe(parser: argparse.ArgumentParser, common: argparse.ArgumentParser, catalogue: Catalogue) -> None:
    """The subcommands `new`, `show` and `hand-over`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar=catalogue("cli.action"))
    new = actions.add_parser("new", help=catalogue("cli.recipient-new"), parents=[common])
    new.add_argument("--name", metavar="NAME", required=True, help=catalogue("cli.help-recipient-name"))
    actions.add_parser("show", help=catalogue("cli.recipient-show"), parents=[common])
    hand_over = actions.add_parser("hand-over", help=catalogue("cli.recipient-hand-over"), parents=[common])
    hand_over.add_argument("card", metavar="CARD", type=Path, help=catalogue("cli.help-next-recipient"))
    hand_over.add_argument("--to", metavar="FILE", type=Path, required=True, help=catalogue("cli.help-rotation-to"))


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Make or show a recipient, or hand its surveys over; card and fingerprint go to standard output."""
    from interview.archive.central import hand_over, new_recipient, open_central  # noqa: PLC0415
    from interview.exchange.cards import read_recipient_card  # noqa: PLC0415
    from interview.files import read_bounded  # noqa: PLC0415

    if arguments.action == "new":
        central, recovery_code = new_recipient(context.home, arguments.name, context.new_passphrase())
        context.say("cli.recovery-once")
        show(recovery_code)
    else:
        central = open_central(context.home, context.passphrase())
    with central:
        if arguments.action == "hand-over":
            with told_of(arguments.card):
                card = read_bounded(arguments.card, CARD_LIMIT)
                read_recipient_card(card)
            rotation = hand_over(central, card, arguments.to)
            show(context.catalogue("cli.handed-over", statement=arguments.to, fingerprint=rotation.fingerprint))
            return 0
        show(context.catalogue("cli.card-and-fingerprint", card=context.home.card, fingerprint=central.fingerprint))
    return 0
