"""`interview export`: everything that is finished and waits, as one sealed batch."""

import argparse
from pathlib import Path

from interview.cli.context import Context, show
from interview.messages import Catalogue


def describe(parser: argparse.ArgumentParser, common: argparse.ArgumentParser, catalogue: Catalogue) -> None:
    """The command's own arguments: where to, the last remainder, or the latest batch again."""
    parser.add_argument("--to", metavar="DIR", type=Path, help=catalogue("cli.help-export-to"))
    parser.add_argument("--survey", metavar="ID", help=catalogue("cli.help-export-survey"))
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--final", action="store_true", help=catalogue("cli.help-final"))
    which.add_argument(
        "--again", metavar="N", nargs="?", type=int, const=True, default=False, help=catalogue("cli.help-again")
    )


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Write the batch; its path goes to standard output."""
    from interview.station.exporting import export  # noqa: PLC0415
    from interview.station.surveys import others_waiting, survey_called  # noqa: PLC0415
    from interview.station.unlocking import unlock  # noqa: PLC0415

    with unlock(context.home, context.passphrase()) as station:
        survey = None if arguments.survey is None else survey_called(station, arguments.survey).hash
        others = others_waiting(station, survey or station.survey_hash)
        try:
            with context.progress("cli.exporting") as progress:
                exported = export(
                    station,
                    to=arguments.to,
                    final=arguments.final,
                    again=arguments.again,
                    survey=survey,
                    progress=progress,
                )
            context.say("cli.exported", count=exported.count, seq=exported.seq)
            show(exported.path)
        finally:
            # What another survey waits for is told however this one fares: nobody else would tell.
            for line in others:
                context.say("cli.export-others", id=line.id, version=line.version, count=line.waiting)
    return 0
