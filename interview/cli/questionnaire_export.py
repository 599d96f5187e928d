"""`interview questionnaire export`: a form as an Excel workbook, or as FHIR for other programs."""

import argparse
from pathlib import Path

from interview.cli.context import Context, show
from interview.cli.forms import form_file
from interview.cli.new_file import refuse_existing
from interview.messages import Catalogue


def describe(parser: argparse.ArgumentParser, catalogue: Catalogue) -> None:
    """The form, and the file to write, whose ending says its kind."""
    parser.add_argument("file", metavar="FORM", type=Path, help=catalogue("cli.help-form-file"))
    parser.add_argument("--to", metavar="FILE", type=Path, required=True, help=catalogue("cli.help-export-form"))


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Write the workbook or the resource; its path goes to standard output."""
    from interview.files import read_bounded, write_atomically  # noqa: PLC0415
    from interview.questionnaire.reading import read_questionnaire  # noqa: PLC0415
    from interview.questionnaire.yaml_nodes import MAX_BYTES  # noqa: PLC0415

    ending, file = refuse_existing(arguments.to, ".xlsx", ".json"), form_file(arguments.file)
    form = read_questionnaire(read_bounded(file, MAX_BYTES), file.name)
    if ending == ".json":
        from interview.questionnaire.fhir.writing import to_fhir  # noqa: PLC0415

        write_atomically(arguments.to, to_fhir(form))
    else:
        from interview.questionnaire.sheets.writing import to_workbook  # noqa: PLC0415

        write_atomically(arguments.to, to_workbook(form, context.catalogue))
    show(arguments.to)
    return 0
