"""Everything there is to say about a form's file at once: what must be corrected, and what to think over.

`read_questionnaire` raises the same errors; here they come beside the advice, for a coordinator to read.
"""

from dataclasses import dataclass
from typing import Final

from interview.errors import InterviewError, Problem
from interview.questionnaire.advice import advice
from interview.questionnaire.models import Questionnaire
from interview.questionnaire.reading import Reading, read_form
from interview.questionnaire.yaml_nodes import Report

_ADVICE: Final = "advice."


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found in a file, in its order. `questionnaire` is None where there are `errors`."""

    questionnaire: Questionnaire | None
    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


def examine(source: bytes, name: str) -> Examined:
    """What is wrong with the form written in `source`, and what could be better; `name` is the file's in places."""
    report = Report(name)
    try:
        reading = read_form(source, report)
    except InterviewError as error:
        return Examined(None, error.problems, ())
    errors = report.problems
    return Examined(None if errors else reading.questionnaire, errors, advised(reading, Report(name)))


def advised(reading: Reading, report: Report) -> tuple[Problem, ...]:
    """What could be better in a form that was read, in places as `report` tells them."""
    reading.places.report = report
    try:
        for finding in advice(reading.routes):
            reading.places.tell(finding)
    except InterviewError as error:
        # The hundredth: nobody reads further.
        return tuple(problem for problem in error.problems if is_warning(problem))
    return report.problems


def is_warning(problem: Problem) -> bool:
    """Whether a form can be loaded in spite of a problem."""
    return problem.code.startswith(_ADVICE)
