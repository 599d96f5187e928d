"""`interview questionnaire export`: a form as an Excel workbook, for those who live in Excel."""

import argparse
from pathlib import Path

from interview.cli.context import Context, show
from interview.cli.new_file import refuse_existing
from interview.messages import Catalogue


def describe(parser: argparse.ArgumentParser, catalogue: Catalogue) -> None:
    """The form, and the workbook to write."""
    parser.add_argument("file", metavar="FILE", type=Path, help=catalogue("cli.help-questionnaire"))
    parser.add_argument("--to", metavar="FILE", type=Path, required=True, help=catalogue("cli.help-export-xlsx"))


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Write the workbook; its path goes to standard output."""
    from interview.files import read_bounded, write_atomically  # noqa: PLC0415
    from interview.questionnaire.reading import read_questionnaire  # noqa: PLC0415
    from interview.questionnaire.sheets.writing import to_workbook  # noqa: PLC0415
    from interview.questionnaire.yaml_nodes import MAX_BYTES  # noqa: PLC0415

    refuse_existing(arguments.to, ".xlsx")
    form = read_questionnaire(read_bounded(arguments.file, MAX_BYTES), arguments.file.name)
    write_atomically(arguments.to, to_workbook(form, context.catalogue))
    show(arguments.to)
    return 0
