"""A difference in words: lines for a terminal, records for other programs."""

from collections.abc import Iterator
from typing import Any

from interview.messages import Catalogue
from interview.questionnaire.changes import Change, Changed, Comparable, Difference, Kind
from interview.wrapping import wrapped

MARKS = {Comparable.YES: "=", Comparable.CARE: "~", Comparable.NO: "✗"}
"""What stands before a change, beside the words that say the same."""
_ENDS = (Kind.ADDED, Kind.REMOVED)


def told(difference: Difference, words: Catalogue, width: int = 80) -> Iterator[str]:
    """The difference in lines of at most `width` cells: a summary, the form's own changes, then item by item."""
    yield words("diff.heading", name=difference.name, old=difference.old, new=difference.new)
    yield from _wrapped(summary(difference, words), width, "")
    if difference.form:
        yield ""
        yield words("diff.form")
        for change in difference.form:
            yield from _wrapped(change.part, width, "  ")
            yield from _both(change.before, change.after, words, width)
    for changed in difference.items:
        yield ""
        yield title(changed, words)
        yield from _wrapped(changed.text, width, "  ")
        for one in changed.changes:
            yield from _wrapped(f"{MARKS[one.comparable]} {effect(one, words)}", width, "  ")
            yield from _both(one.before, one.after, words, width)


def summary(difference: Difference, words: Catalogue) -> str:
    """How many questions came, went, changed, and how many series go on."""
    if difference.is_none:
        return words("diff.same")
    questions = [changed for changed in difference.items if changed.is_question]
    new, gone = (sum(not getattr(changed, name) for changed in questions) for name in ("was", "id"))
    kept = [changed.comparable for changed in questions if changed.was and changed.id]
    return words(
        "diff.summary",
        new=new,
        gone=gone,
        changed=len(kept),
        unchanged=difference.unchanged,
        yes=kept.count(Comparable.YES),
        care=kept.count(Comparable.CARE),
        no=kept.count(Comparable.NO),
    )


def title(changed: Changed, words: Catalogue) -> str:
    """An item's id, and what becomes of its series."""
    if not changed.is_question:
        return f"{changed.id or changed.was}  {words('diff.no-series')}"
    if changed.changes[0].kind in _ENDS:
        return f"{changed.id or changed.was}  {words(f'diff.kind-{changed.changes[0].kind}')}"
    return f"{changed.id}  {words(f'diff.series-{changed.comparable}')}"


def effect(change: Change, words: Catalogue) -> str:
    """One change with what it does to the series, and why."""
    kind, why = words(f"diff.kind-{change.kind}"), words(f"diff.why-{change.why}")
    if change.kind in _ENDS:
        return f"{kind}: {why}"
    return words("diff.effect", kind=kind, series=words(f"diff.series-{change.comparable}"), why=why)


def records(difference: Difference, words: Catalogue) -> dict[str, Any]:
    """The difference as JSON: codes for programs, `message` for people."""
    return {
        "name": difference.name,
        "old": difference.old,
        "new": difference.new,
        "unchanged": difference.unchanged,
        "form": [{"part": change.part, "before": change.before, "after": change.after} for change in difference.form],
        "items": [
            {
                "id": changed.id or None,
                "was": changed.was or None,
                "text": changed.text,
                "question": changed.is_question,
                "comparable": changed.comparable.value,
                "changes": [_record(change, words) for change in changed.changes],
            }
            for changed in difference.items
        ],
    }


def _record(change: Change, words: Catalogue) -> dict[str, str]:
    return {
        "kind": change.kind.value,
        "comparable": change.comparable.value,
        "why": change.why,
        "message": effect(change, words),
        "before": change.before,
        "after": change.after,
    }


def _both(before: str, after: str, words: Catalogue, width: int) -> Iterator[str]:
    for key, text in (("diff.before", before), ("diff.after", after)):
        if text:
            yield from _wrapped(f"{words(key)} {text}", width, "      ")


def _wrapped(text: str, width: int, indent: str) -> Iterator[str]:
    """Lines that hang two cells under their first."""
    first, *rest = wrapped(text, width - len(indent) - 2)
    yield indent + first
    yield from (f"{indent}  {line}" for line in rest)
