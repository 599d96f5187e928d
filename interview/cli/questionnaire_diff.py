"""`interview questionnaire diff`: what is different between two versions, and what stays comparable."""

import argparse
import json

from interview.cli.context import Context, show
from interview.cli.forms import forms, terminal_width
from interview.messages import Catalogue


def describe(parser: argparse.ArgumentParser, catalogue: Catalogue) -> None:
    """The two versions, and how to print."""
    parser.add_argument("old", metavar="OLD", help=catalogue("cli.help-diff-old"))
    parser.add_argument("new", metavar="NEW", help=catalogue("cli.help-diff-new"))
    parser.add_argument("--format", choices=("text", "json"), default="text", help=catalogue("cli.help-print-format"))


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Print the difference on standard output."""
    from interview.questionnaire.diff import compare  # noqa: PLC0415
    from interview.questionnaire.telling import records, told  # noqa: PLC0415

    old, new = forms((arguments.old, arguments.new), context)
    difference = compare(old, new)
    if arguments.format == "json":
        show(json.dumps(records(difference, context.catalogue), ensure_ascii=False, indent=2))
        return 0
    for line in told(difference, context.catalogue, terminal_width()):
        show(line)
    return 0
