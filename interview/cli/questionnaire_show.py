"""`interview questionnaire show`: a form as it is read on paper, or its canonical JSON."""

import argparse

from interview.cli.context import Context, show
from interview.cli.forms import forms, terminal_width
from interview.messages import Catalogue


def describe(parser: argparse.ArgumentParser, catalogue: Catalogue) -> None:
    """Which form, and how to print."""
    parser.add_argument("form", metavar="FORM", help=catalogue("cli.help-show-form"))
    parser.add_argument("--format", choices=("text", "json"), default="text", help=catalogue("cli.help-show-format"))


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Print the form on standard output."""
    from interview.questionnaire.canonical import canonical_bytes  # noqa: PLC0415
    from interview.questionnaire.printing import printed  # noqa: PLC0415

    (form,) = forms((arguments.form,), context)
    if arguments.format == "json":
        # To the byte, since its hash names it; a form holds nothing that a terminal obeys.
        print(canonical_bytes(form).decode("utf-8"), end="")
        return 0
    for line in printed(form, context.catalogue, terminal_width()):
        show(line)
    return 0
