"""`interview questionnaire load`: take a form in at a rehearsal station, after looking at what it changes."""

import argparse
from pathlib import Path

from interview.cli.context import Context, narrate, show_row
from interview.cli.forms import terminal_width
from interview.cli.questionnaire_check import described, look, print_finding
from interview.errors import InterviewError
from interview.messages import Catalogue


def describe(parser: argparse.ArgumentParser, catalogue: Catalogue) -> None:
    """The file, and whether to ask."""
    parser.add_argument("file", metavar="FILE", type=Path, help=catalogue("cli.help-form-file"))
    parser.add_argument("--yes", action="store_true", help=catalogue("cli.help-yes"))


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Check, show the difference, ask, freeze; name, version and hash go to standard output."""
    from interview.questionnaire.telling import told  # noqa: PLC0415
    from interview.station.questionnaires import difference_to, load, refuse_loading  # noqa: PLC0415
    from interview.station.unlocking import unlock  # noqa: PLC0415

    with unlock(context.home, context.passphrase()) as station:
        refuse_loading(station)
        examined = look(arguments.file)
        if examined.questionnaire is None:
            raise InterviewError.of(examined.errors)
        for problem in examined.warnings:
            print_finding(described(arguments.file, problem, context.catalogue), context.catalogue, narrate)
        difference = difference_to(station, examined.questionnaire)
        if difference is None:
            context.say("cli.other-form", name=examined.questionnaire.name)
        else:
            narrate("\n".join(told(difference, context.catalogue, terminal_width())))
        if not (arguments.yes or context.confirmed("cli.load-form", "--yes")):
            context.say("cli.nothing-done")
            return 1
        version = load(station, examined.questionnaire)
    context.say("cli.form-loaded", form=version.named)
    show_row(version.questionnaire.name, version.questionnaire.version, version.hash)
    return 0
