"""`interview recipient`: the keys of somebody who may open responses and sign surveys and receipts."""

import argparse

from interview.cli.context import Context
from interview.messages import Catalogue


def describe(parser: argparse.ArgumentParser, common: argparse.ArgumentParser, catalogue: Catalogue) -> None:
    """The subcommands `new` and `show`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar=catalogue("cli.action"))
    new = actions.add_parser("new", help=catalogue("cli.recipient-new"), parents=[common])
    new.add_argument("--name", metavar="NAME", required=True, help=catalogue("cli.help-recipient-name"))
    actions.add_parser("show", help=catalogue("cli.recipient-show"), parents=[common])


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Make or show a recipient; card and fingerprint go to standard output."""
    from interview.archive.central import new_recipient, open_central  # noqa: PLC0415

    if arguments.action == "new":
        central, recovery_code = new_recipient(context.home, arguments.name, context.new_passphrase())
        context.say("cli.recovery-once")
        print(recovery_code)
    else:
        central = open_central(context.home, context.passphrase())
    with central:
        print(context.catalogue("cli.card-and-fingerprint", card=context.home.card, fingerprint=central.fingerprint))
    return 0
