"""`interview questionnaire check`: everything that is wrong with a form's file, and what could be better."""

import argparse
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from interview.cli.context import Context, show
from interview.cli.forms import FORM_LIMIT, form_file
from interview.errors import InterviewError, Problem
from interview.files import read_bounded
from interview.messages import Catalogue

if TYPE_CHECKING:
    from interview.questionnaire.examining import Examined

_PLACE: Final = re.compile(r":(\d+):(\d+)$")


def describe(parser: argparse.ArgumentParser, catalogue: Catalogue) -> None:
    """The files, and how to print."""
    parser.add_argument("files", metavar="FILE", type=Path, nargs="+", help=catalogue("cli.help-form-file"))
    parser.add_argument("--format", choices=("text", "json"), default="text", help=catalogue("cli.help-print-format"))


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Print every finding on standard output; 1 where a file could not be loaded."""
    checked = [(file, look(file)) for file in arguments.files]
    found = [
        described(file, problem, context.catalogue)
        for file, examined in checked
        for problem in (*examined.errors, *examined.warnings)
    ]
    if arguments.format == "json":
        show(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        for finding in found:
            print_finding(finding, context.catalogue)
    for file, examined in checked:
        key = "cli.checked-wrong" if examined.errors else "cli.checked-right"
        context.say(key, file=file, errors=len(examined.errors), warnings=len(examined.warnings))
    return 1 if any(examined.errors for _, examined in checked) else 0


def look(file: Path) -> "Examined":
    """What there is to say about a file or a form that ships; one that cannot be opened has that as its only error."""
    from interview.questionnaire.examining import Examined, examine  # noqa: PLC0415

    file = form_file(file)
    try:
        return examine(read_bounded(file, FORM_LIMIT), file.name)
    except InterviewError as error:
        return Examined(None, error.problems, ())


def described(file: Path, problem: Problem, catalogue: Catalogue) -> dict[str, str | int | None]:
    """A finding as one flat record; `line` and `column` count from 1 and are None where there is no place in the file."""
    from interview.questionnaire.examining import is_warning  # noqa: PLC0415

    place = _PLACE.search(problem.place)
    message, remedy = catalogue.error(problem)
    near = problem.facts.get("near")
    return {
        "file": str(file),
        "line": int(place[1]) if place else None,
        "column": int(place[2]) if place else None,
        "severity": "warning" if is_warning(problem) else "error",
        "code": problem.code,
        "message": message,
        "remedy": remedy,
        "near": None if near is None else str(near),
    }


def print_finding(
    finding: dict[str, str | int | None], catalogue: Catalogue, tell: Callable[[str], None] = show
) -> None:
    """One finding in three lines: where, how bad and what; what to do; its code. On standard output unless told."""
    steps = [finding["file"], finding["line"], finding["column"]]
    place = ":".join(str(step) for step in steps if step is not None)
    tell(f"{place}: {catalogue('cli.severity-' + str(finding['severity']))}: {finding['message']}")
    tell(f"  → {finding['remedy']}\n  [{finding['code']}]")
