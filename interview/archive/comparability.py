"""What stays comparable over time (P7): for each questionnaire of several versions, each change and its series."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from interview.archive.columns import Cell
from interview.messages import LANGUAGES, Catalogue
from interview.questionnaire.changes import Changed
from interview.questionnaire.diff import compare
from interview.questionnaire.models import Questionnaire
from interview.questionnaire.versions import rank


def histories(questionnaires: Iterable[Questionnaire]) -> dict[str, list[Questionnaire]]:
    """The versions of each questionnaire that has several, the oldest first."""
    versions: dict[str, dict[str, Questionnaire]] = {}
    for form in questionnaires:
        versions.setdefault(form.name, {})[form.version] = form
    return {
        name: sorted(forms.values(), key=lambda form: rank(form.version))
        for name, forms in versions.items()
        if len(forms) > 1
    }


def comparability(versions: list[Questionnaire]) -> Iterator[list[Cell]]:
    """A header, and a row for each change of a question from one version to the next.

    `series` is `yes`, `care` or `no`: whether answers before and after stand in one series. A question that is not
    named is the same in both.
    """
    yield [
        *("questionnaire", "old_version", "new_version", "item", "was", "series", "change"),
        *(f"why_{language}" for language in LANGUAGES),
        *("before", "after"),
    ]
    for old, new in pairwise(versions):
        for changed in compare(old, new).items:
            if changed.is_question:
                yield from _rows((new.name, old.version, new.version), changed)


def _rows(versions: tuple[Cell, ...], changed: Changed) -> Iterator[list[Cell]]:
    for change in changed.changes:
        words = [Catalogue(language)(f"diff.why-{change.why}") for language in LANGUAGES]
        series = changed.comparable.value
        yield [*versions, changed.id, changed.was, series, change.kind.value, *words, change.before, change.after]
