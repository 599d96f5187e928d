"""`interview questionnaire import`: a form from an Excel workbook or FHIR, checked, as YAML."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from interview.cli.context import Context, narrate, show
from interview.cli.new_file import refuse_existing
from interview.messages import Catalogue

if TYPE_CHECKING:
    from interview.errors import Problem
    from interview.questionnaire.models import Questionnaire

FHIR: Final = ".json"
"""How the name of a FHIR resource ends; anything else is a workbook."""


def describe(parser: argparse.ArgumentParser, catalogue: Catalogue) -> None:
    """The workbook or the resource, and the file to write."""
    parser.add_argument("file", metavar="FILE", type=Path, help=catalogue("cli.help-import-file"))
    parser.add_argument("--to", metavar="FILE", type=Path, help=catalogue("cli.help-import-to"))


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Write the form to a file, whose path goes to standard output, or there itself; what was mended to standard error."""
    from interview.files import write_atomically  # noqa: PLC0415
    from interview.questionnaire.writing import to_yaml  # noqa: PLC0415

    if arguments.to is not None:
        refuse_existing(arguments.to, ".yaml")
    form, notes, warnings = _read(arguments.file)
    for note in notes:
        narrate(f"{note.place}: {context.catalogue.error(note)[0]}")
    for warning in warnings:
        message, remedy = context.catalogue.error(warning)
        narrate(
            f"{warning.place}: {context.catalogue('cli.severity-warning')}: {message}\n  → {remedy}\n  [{warning.code}]"
        )
    told = {"name": form.name, "version": form.version, "count": len(form.questions()), "warnings": len(warnings)}
    context.say("cli.imported", **told)
    if arguments.to is None:
        show(to_yaml(form).decode("utf-8").rstrip("\n"))
        return 0
    write_atomically(arguments.to, to_yaml(form))
    show(arguments.to)
    return 0


def _read(file: Path) -> "tuple[Questionnaire, tuple[Problem, ...], tuple[Problem, ...]]":
    """The form in a file of either kind, what to tell of the reading, and what to think over."""
    from interview.files import read_bounded  # noqa: PLC0415

    if file.suffix.lower() == FHIR:
        from interview.questionnaire.fhir.json_nodes import MAX_BYTES  # noqa: PLC0415
        from interview.questionnaire.fhir.reading import from_fhir  # noqa: PLC0415

        resource = from_fhir(read_bounded(file, MAX_BYTES), file.name)
        return resource.questionnaire, resource.notes, _advice(resource.questionnaire, file)
    from interview.questionnaire.sheets import grid  # noqa: PLC0415
    from interview.questionnaire.sheets.reading import from_workbook  # noqa: PLC0415

    workbook = from_workbook(read_bounded(file, grid.MAX_BYTES), file.name)
    return workbook.questionnaire, workbook.mended, workbook.warnings


def _advice(form: "Questionnaire", file: Path) -> "tuple[Problem, ...]":
    """What to think over in a form from another program, without the places of the YAML nobody has yet."""
    from interview.questionnaire.examining import examine  # noqa: PLC0415
    from interview.questionnaire.writing import to_yaml  # noqa: PLC0415

    return tuple(replace(warning, place=file.name) for warning in examine(to_yaml(form), file.name).warnings)
