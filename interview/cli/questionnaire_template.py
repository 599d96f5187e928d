"""`interview questionnaire template`: a form to start from, for Excel or as YAML."""

import argparse
from pathlib import Path

from interview.cli.context import Context, show
from interview.cli.new_file import refuse_existing
from interview.messages import Catalogue


def describe(parser: argparse.ArgumentParser, catalogue: Catalogue) -> None:
    """The file to write."""
    parser.add_argument("--to", metavar="FILE", type=Path, required=True, help=catalogue("cli.help-template-to"))


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Write the template; its path goes to standard output."""
    from interview.cli.survey import newest_shipped  # noqa: PLC0415
    from interview.files import read_bounded, write_atomically  # noqa: PLC0415
    from interview.questionnaire.reading import read_questionnaire  # noqa: PLC0415
    from interview.questionnaire.sheets.writing import to_workbook  # noqa: PLC0415
    from interview.questionnaire.starter import starter  # noqa: PLC0415
    from interview.questionnaire.writing import to_yaml  # noqa: PLC0415

    workbook = refuse_existing(arguments.to, ".xlsx", ".yaml") == ".xlsx"
    source = newest_shipped()
    form = starter(read_questionnaire(read_bounded(source, 1 << 20), source.name))
    write_atomically(arguments.to, to_workbook(form, context.catalogue) if workbook else to_yaml(form))
    show(arguments.to)
    return 0
