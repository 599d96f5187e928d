"""`interview keys`: who can open the station, or the central group's home."""

import argparse
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from interview.cli.context import Context, show, show_row
from interview.messages import Catalogue

if TYPE_CHECKING:
    from interview.errors import InterviewError
    from interview.store.keys import Keys


def describe(parser: argparse.ArgumentParser, common: argparse.ArgumentParser, catalogue: Catalogue) -> None:
    """The subcommands `list`, `add`, `remove`, `change` and `recover`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar=catalogue("cli.action"))

    def action(name: str) -> argparse.ArgumentParser:
        return actions.add_parser(name, help=catalogue(f"cli.keys-{name}"), parents=[common])

    action("list")
    add, remove, change, recover = (action(name) for name in ("add", "remove", "change", "recover"))
    for command in (add, remove, recover):
        command.add_argument("name", metavar="NAME", help=catalogue("cli.help-key-name"))
    remove.add_argument("--yes", action="store_true", help=catalogue("cli.help-yes"))
    change.add_argument("name", metavar="NAME", nargs="?", help=catalogue("cli.help-key-changed"))
    change.add_argument("--code", action="store_true", help=catalogue("cli.help-change-code"))
    recover.add_argument("--new-code", action="store_true", help=catalogue("cli.help-new-code"))
    for command in (add, change, recover):
        chosen = command.add_mutually_exclusive_group()
        chosen.add_argument("--propose", action="store_true", help=catalogue("cli.help-propose"))
        chosen.add_argument("--new-passphrase-file", metavar="FILE", help=catalogue("cli.help-new-passphrase-file"))


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Do the action; see its function."""
    actions: dict[str, Callable[[argparse.Namespace, Context], int | None]] = {
        "list": _list,
        "add": _add,
        "remove": _remove,
        "change": _change,
        "recover": _recover,
    }
    return actions[arguments.action](arguments, context) or 0


def _keys(context: Context) -> "Keys":
    """The keys of whatever lies in the home; an empty one is told as no station."""
    from interview.archive.keys import KIND, central_keys  # noqa: PLC0415
    from interview.station.keys import station_keys  # noqa: PLC0415
    from interview.store.keyring import kind_of  # noqa: PLC0415

    keyring = context.home.keyring
    central = keyring.exists() and kind_of(keyring) == KIND
    return (central_keys if central else station_keys)(context.home, partial(_tell_put_off, context))


def _tell_put_off(context: Context, error: "InterviewError") -> None:
    """A change that holds although not everything it takes could be done yet."""
    context.say("cli.keys-put-off", why=context.catalogue.error(error)[0])


def _list(arguments: argparse.Namespace, context: Context) -> None:
    """A line for each key on standard output: name, kind."""
    for key in _keys(context).all(context.passphrase()):
        kind = context.catalogue("cli.key-recovery" if key.recovery else "cli.key-passphrase")
        show_row(key.name, kind)


def _add(arguments: argparse.Namespace, context: Context) -> None:
    secret, chosen = context.passphrase(), _chosen(arguments, context)
    key = _keys(context).add(secret, arguments.name, chosen)
    context.say("cli.key-added", name=key.name)
    _tell(arguments, context, chosen)


def _remove(arguments: argparse.Namespace, context: Context) -> int:
    keys, secret = _keys(context), context.passphrase()
    if keys.opens(secret, arguments.name):
        context.say("cli.key-own")
        if not (arguments.yes or context.confirmed("cli.key-own-sure", "--yes")):
            context.say("cli.nothing-done")
            return 1
    keys.remove(secret, arguments.name)
    context.say("cli.key-removed", name=arguments.name)
    _tell_of_copies(context, keys)
    return 0


def _change(arguments: argparse.Namespace, context: Context) -> None:
    keys = _keys(context)
    if arguments.code:
        _print_code(context, keys, keys.new_code(context.passphrase()))
        return
    secret, chosen = context.passphrase(), _chosen(arguments, context)
    name = keys.change(secret, chosen, arguments.name)
    context.say("cli.key-changed", name=name)
    _tell_of_copies(context, keys)
    _tell(arguments, context, chosen)


def _recover(arguments: argparse.Namespace, context: Context) -> None:
    keys, code, chosen = _keys(context), context.recovery_code(), _chosen(arguments, context)
    name = keys.recover(code, arguments.name, chosen)
    context.say("cli.key-changed", name=name)
    _tell(arguments, context, chosen)
    if arguments.new_code:
        _print_code(context, keys, keys.new_code(chosen))
    else:
        _tell_of_copies(context, keys)


def _tell_of_copies(context: Context, keys: "Keys") -> None:
    """What a key that was taken away still opens, and what becomes of that which its owner may have copied."""
    from interview.archive.keys import KIND  # noqa: PLC0415
    from interview.exchange.cards import CARD_LIMIT, read_station_card  # noqa: PLC0415
    from interview.files import read_bounded  # noqa: PLC0415

    context.say("cli.keys-copies")
    if keys.vault.kind == KIND:
        context.say("cli.keys-central")
        return
    card = context.home.card
    context.say(
        "cli.keys-signing", card=card, fingerprint=read_station_card(read_bounded(card, CARD_LIMIT)).fingerprint
    )


def _chosen(arguments: argparse.Namespace, context: Context) -> str:
    """The passphrase to be: proposed, from a file, or typed twice."""
    if arguments.propose:
        from interview.store.passphrases import propose  # noqa: PLC0415

        return propose()
    flag = "--new-passphrase-file"
    return replace(context, passphrase_file=arguments.new_passphrase_file, given_by=flag).new_passphrase()


def _tell(arguments: argparse.Namespace, context: Context, passphrase: str) -> None:
    """A proposed passphrase on standard output, once it holds."""
    if arguments.propose:
        context.say("cli.proposed")
        show(passphrase)


def _print_code(context: Context, keys: "Keys", code: str) -> None:
    _tell_of_copies(context, keys)
    context.say("cli.recovery-once")
    show(code)
