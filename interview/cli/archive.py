"""`interview archive`: collect batches from many stations, and get tables."""

import argparse
from pathlib import Path

from interview.cli.context import Context, expanded, in_file, print_error, show, show_headings, show_row, told_of
from interview.messages import Catalogue

CARD_LIMIT = 64 * 1024
"""Bytes of a station's card, at most."""


def describe(parser: argparse.ArgumentParser, common: argparse.ArgumentParser, catalogue: Catalogue) -> None:
    """The subcommands `station add|list`, `collect` and `tables`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar=catalogue("cli.action"))
    station = actions.add_parser("station", help=catalogue("cli.archive-station"), parents=[common])
    stations = station.add_subparsers(dest="station_action", required=True, metavar=catalogue("cli.action"))
    add = stations.add_parser("add", help=catalogue("cli.archive-station-add"), parents=[common])
    add.add_argument("cards", metavar="CARD", nargs="+", type=Path, help=catalogue("cli.help-card"))
    add.add_argument("--rehearsal", action="store_true", help=catalogue("cli.help-card-rehearsal"))
    stations.add_parser("list", help=catalogue("cli.archive-station-list"), parents=[common])
    collect = actions.add_parser("collect", help=catalogue("cli.archive-collect"), parents=[common])
    collect.add_argument("files", metavar="FILE", nargs="+", type=Path, help=catalogue("cli.help-batch"))
    collect.add_argument("--rehearsal", action="store_true", help=catalogue("cli.help-collect-rehearsal"))
    collect.add_argument("--receipts", metavar="DIR", type=Path, help=catalogue("cli.help-receipts"))
    tables = actions.add_parser("tables", help=catalogue("cli.archive-tables"), parents=[common])
    tables.add_argument("--format", choices=("csv", "xlsx"), default="csv", help=catalogue("cli.help-format"))
    tables.add_argument("--rehearsal", action="store_true", help=catalogue("cli.help-tables-rehearsal"))
    tables.add_argument("--to", metavar="DIR", type=Path, required=True, help=catalogue("cli.help-tables-to"))


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Do the action; see its function."""
    actions = {"station": _station, "collect": _collect, "tables": _tables}
    return actions[arguments.action](arguments, context)


def _station(arguments: argparse.Namespace, context: Context) -> int:
    """Register stations' public cards, or list those registered."""
    from interview.archive.central import open_central  # noqa: PLC0415
    from interview.archive.collecting import add_station, received  # noqa: PLC0415
    from interview.files import read_bounded  # noqa: PLC0415

    with open_central(context.home, context.passphrase()) as central:
        if arguments.station_action == "list":
            show_headings(context.catalogue, "fingerprint", "name", "batches", "missing")
            for here in received(central):
                show_row(here.station.fingerprint, here.station.name, here.batches, here.missing)
            return 0
        for card in expanded(arguments.cards):
            with told_of(card):
                added = add_station(central, read_bounded(card, CARD_LIMIT), rehearsal=arguments.rehearsal)
            context.say("cli.station-added", name=added.name, fingerprint=added.fingerprint)
    return 0


def _collect(arguments: argparse.Namespace, context: Context) -> int:
    """A line for each batch on standard output, counts on standard error; status 1 if any was refused or has no receipt."""
    from interview.archive.central import open_central  # noqa: PLC0415
    from interview.archive.collecting import collect  # noqa: PLC0415

    refused = unanswered = new = already = 0
    with open_central(context.home, context.passphrase()) as central, context.progress("cli.collecting") as progress:
        collected = collect(
            central,
            expanded(arguments.files),
            rehearsal=arguments.rehearsal,
            receipts=arguments.receipts,
            progress=progress,
        )
    for batch in collected:
        new += batch.new
        already += batch.already
        if batch.refused is not None:
            refused += 1
            print_error(in_file(batch.refused, batch.path), context.catalogue)
            show(context.catalogue("cli.batch-refused", file=batch.path.name, code=batch.refused.code))
            continue
        facts = {"file": batch.path.name, "station": batch.station, "seq": batch.seq}
        show(context.catalogue("cli.batch-collected", new=batch.new, already=batch.already, **facts))
        unanswered += batch.receipt is None
        for note in batch.notes:
            print_error(in_file(note, batch.path), context.catalogue)
    context.say("cli.collected", batches=len(collected) - refused, new=new, already=already, refused=refused)
    return 1 if refused or unanswered else 0


def _tables(arguments: argparse.Namespace, context: Context) -> int:
    """Write the working tables; their paths go to standard output."""
    from interview.archive.central import open_central  # noqa: PLC0415
    from interview.archive.tables import write_tables  # noqa: PLC0415

    with open_central(context.home, context.passphrase()) as central, context.progress("cli.tabling"):
        there = set(arguments.to.glob("*"))
        written = write_tables(central, arguments.to, format=arguments.format, rehearsal=arguments.rehearsal)
    replaced = [path.name for path in written if path in there]
    if replaced:
        context.say("cli.tables-replaced", files=", ".join(replaced))
    context.say("cli.tables-warning")
    for path in written:
        show(path)
    return 0
