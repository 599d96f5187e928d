"""`interview setup`: a station from a survey file, or a rehearsal, without the screen."""

import argparse
from pathlib import Path

from interview.cli.context import Context, show
from interview.messages import Catalogue


def describe(parser: argparse.ArgumentParser, common: argparse.ArgumentParser, catalogue: Catalogue) -> None:
    """The command's own arguments: the survey and its signer, or a rehearsal; unit and kind of organisation."""
    kind = parser.add_mutually_exclusive_group(required=True)
    kind.add_argument("--survey", metavar="FILE", type=Path, help=catalogue("cli.help-survey"))
    kind.add_argument("--rehearsal", action="store_true", help=catalogue("cli.help-rehearsal"))
    parser.add_argument("--signer", metavar="FINGERPRINT", help=catalogue("cli.help-signer"))
    parser.add_argument("--unit", metavar="ID", help=catalogue("cli.help-unit"))
    parser.add_argument(
        "--organisation", choices=("primary-care", "municipality"), help=catalogue("cli.help-organisation")
    )
    parser.add_argument("--name", metavar="NAME", help=catalogue("cli.help-slot-name"))


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Set the station up; the recovery code goes to standard output, once."""
    from interview.cli.survey import tell_of_limits  # noqa: PLC0415
    from interview.exchange.recognising import survey_file  # noqa: PLC0415
    from interview.station.setup import set_up  # noqa: PLC0415

    survey = survey_file(arguments.survey) if arguments.survey else None
    station, recovery_code = set_up(
        context.home,
        context.new_passphrase(),
        survey_file=survey,
        fingerprint=arguments.signer,
        unit=arguments.unit,
        organisation=arguments.organisation,
        name=arguments.name,
    )
    if survey is not None:
        tell_of_limits(station.survey, context)
    station.close()
    context.say("cli.setup-done", home=context.home.root, card=context.home.card)
    context.say("cli.recovery-once")
    show(recovery_code)
    return 0
