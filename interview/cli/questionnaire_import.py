"""`interview questionnaire import`: a form from an Excel workbook, checked, as a YAML file."""

import argparse
from pathlib import Path

from interview.cli.context import Context, narrate, show
from interview.cli.new_file import refuse_existing
from interview.messages import Catalogue


def describe(parser: argparse.ArgumentParser, catalogue: Catalogue) -> None:
    """The workbook, and the file to write."""
    parser.add_argument("file", metavar="FILE", type=Path, help=catalogue("cli.help-workbook"))
    parser.add_argument("--to", metavar="FILE", type=Path, required=True, help=catalogue("cli.help-import-to"))


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Write the form; what was mended goes to standard error, the path to standard output."""
    from interview.files import read_bounded, write_atomically  # noqa: PLC0415
    from interview.questionnaire.sheets.grid import MAX_BYTES  # noqa: PLC0415
    from interview.questionnaire.sheets.reading import from_workbook  # noqa: PLC0415
    from interview.questionnaire.writing import to_yaml  # noqa: PLC0415

    refuse_existing(arguments.to, ".yaml")
    imported = from_workbook(read_bounded(arguments.file, MAX_BYTES), arguments.file.name)
    for note in imported.mended:
        narrate(f"{note.place}: {context.catalogue.error(note)[0]}")
    write_atomically(arguments.to, to_yaml(imported.questionnaire))
    form = imported.questionnaire
    context.say("cli.imported", name=form.name, version=form.version, count=len(form.questions()))
    show(arguments.to)
    return 0
