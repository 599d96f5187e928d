"""`interview keys`: who can open the station."""

import argparse
from collections.abc import Callable
from dataclasses import replace

from interview.cli.context import Context, show
from interview.messages import Catalogue


def describe(parser: argparse.ArgumentParser, common: argparse.ArgumentParser, catalogue: Catalogue) -> None:
    """The subcommands `list`, `add`, `remove`, `change` and `recover`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar=catalogue("cli.action"))

    def action(name: str) -> argparse.ArgumentParser:
        return actions.add_parser(name, help=catalogue(f"cli.keys-{name}"), parents=[common])

    action("list")
    add, remove, change, recover = (action(name) for name in ("add", "remove", "change", "recover"))
    for command in (add, remove, recover):
        command.add_argument("name", metavar="NAME", help=catalogue("cli.help-key-name"))
    change.add_argument("name", metavar="NAME", nargs="?", help=catalogue("cli.help-key-changed"))
    change.add_argument("--code", action="store_true", help=catalogue("cli.help-change-code"))
    recover.add_argument("--new-code", action="store_true", help=catalogue("cli.help-new-code"))
    for command in (add, change, recover):
        chosen = command.add_mutually_exclusive_group()
        chosen.add_argument("--propose", action="store_true", help=catalogue("cli.help-propose"))
        chosen.add_argument("--new-passphrase-file", metavar="FILE", help=catalogue("cli.help-new-passphrase-file"))


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Do the action; see its function."""
    actions: dict[str, Callable[[argparse.Namespace, Context], None]] = {
        "list": _list,
        "add": _add,
        "remove": _remove,
        "change": _change,
        "recover": _recover,
    }
    actions[arguments.action](arguments, context)
    return 0


def _list(arguments: argparse.Namespace, context: Context) -> None:
    """A line for each key on standard output: name, kind."""
    from interview.station.keys import keys, opened  # noqa: PLC0415

    for key in keys(opened(context.home, context.passphrase())):
        kind = context.catalogue("cli.key-recovery" if key.recovery else "cli.key-passphrase")
        show(f"{key.name}\t{kind}")


def _add(arguments: argparse.Namespace, context: Context) -> None:
    from interview.station.keys import add  # noqa: PLC0415

    secret, chosen = context.passphrase(), _chosen(arguments, context)
    key = add(context.home, secret, arguments.name, chosen)
    context.say("cli.key-added", name=key.name)
    _tell(arguments, context, chosen)


def _remove(arguments: argparse.Namespace, context: Context) -> None:
    from interview.station.keys import remove  # noqa: PLC0415

    remove(context.home, context.passphrase(), arguments.name)
    context.say("cli.key-removed", name=arguments.name)
    context.say("cli.keys-copies")


def _change(arguments: argparse.Namespace, context: Context) -> None:
    from interview.station.keys import change, new_code  # noqa: PLC0415

    if arguments.code:
        _print_code(context, new_code(context.home, context.passphrase()))
        return
    secret, chosen = context.passphrase(), _chosen(arguments, context)
    name = change(context.home, secret, chosen, arguments.name)
    context.say("cli.key-changed", name=name)
    context.say("cli.keys-copies")
    _tell(arguments, context, chosen)


def _recover(arguments: argparse.Namespace, context: Context) -> None:
    from interview.station.keys import new_code, recover  # noqa: PLC0415

    code, chosen = context.recovery_code(), _chosen(arguments, context)
    name = recover(context.home, code, arguments.name, chosen)
    context.say("cli.key-changed", name=name)
    _tell(arguments, context, chosen)
    if arguments.new_code:
        _print_code(context, new_code(context.home, chosen))


def _chosen(arguments: argparse.Namespace, context: Context) -> str:
    """The passphrase to be: proposed, from a file, or typed twice."""
    if arguments.propose:
        from interview.store.passphrases import propose  # noqa: PLC0415

        return propose()
    return replace(context, passphrase_file=arguments.new_passphrase_file).new_passphrase()


def _tell(arguments: argparse.Namespace, context: Context, passphrase: str) -> None:
    """A proposed passphrase on standard output, once it holds."""
    if arguments.propose:
        context.say("cli.proposed")
        show(passphrase)


def _print_code(context: Context, code: str) -> None:
    context.say("cli.recovery-once")
    context.say("cli.keys-copies")
    show(code)
