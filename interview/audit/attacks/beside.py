"""T3: does anything tie a response to an interview, a case, a caller or a moment?"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from interview.audit.attacks.grams import LARGE, forms, gram, grams
from interview.audit.evidence import RESPONSES, WORKSPACE, Evidence
from interview.audit.report import Leak, Looked
from interview.audit.trees import Value

ALLOWED: Final = {"response": ("hash", "survey", "sealed"), "batch_member": ("hash", "seq")}
"""All that may lie beside a response."""
DOCUMENTS: Final = frozenset(
    {
        ("survey", "envelope"),
        ("questionnaire", "canonical"),
        ("batch", "header"),
        ("receipt", "envelope"),
        ("response", "sealed"),
    }
)
"""Signed or sealed as a whole, the same for all."""
_MONTH: Final = re.compile(r"\d{4}-\d\d")
_TIME_TEXT: Final = re.compile(r"\d{4}-\d\d-\d\d|\d\d:\d\d|\d{8}T\d{4}")
_TIME_NAME: Final = re.compile(r"(^|_)(at|time|timestamp|date|day|hour|minute|created|updated|modified|stored|when)$")
_EPOCHS: Final = tuple((1_000_000_000 * unit, 5_000_000_000 * unit) for unit in (1, 10**3, 10**6, 10**9))
_JULIAN: Final = (2_440_000, 2_490_000)
_COMPLETED: Final = frozenset({"1.1", "1.2"})


def shared_values(evidence: Evidence) -> Looked:
    """A value, or eight bytes of one, that both databases hold."""
    names: dict[int, str] = {}
    numbers: dict[int, str] = {}
    for table, column, value in evidence.workspace.values:
        if isinstance(value, int) and abs(value) >= LARGE:
            numbers[value] = f"{table}.{column}"
        for form in forms(value):
            for view in grams(form):
                names.update(dict.fromkeys(view, f"{table}.{column}"))
    for view in grams(evidence.public):
        for public in view:
            names.pop(public, None)
    suspects = set(names)
    found: dict[tuple[str, str], int] = {}
    for table, column, value in evidence.responses.values:
        hits = {names[hit] for hit in _common(suspects, value)}
        if isinstance(value, int) and value in numbers:
            hits.add(numbers[value])
        for hit in hits:
            found[(hit, f"{table}.{column}")] = found.get((hit, f"{table}.{column}"), 0) + 1
    leaks = tuple(Leak("shared", {"ours": one, "theirs": other, "count": n}) for (one, other), n in found.items())
    return Looked({"values": len(names)}, leaks)


def _common(suspects: set[int], value: Value) -> set[int]:
    hits: set[int] = set()
    for form in (value,) if isinstance(value, bytes) else forms(value):
        for view in grams(form):
            hits |= suspects.intersection(view)
    return hits


def beside(evidence: Evidence) -> Looked:
    """What lies beside a response, and where else a response is named."""
    leaks = []
    for table, allowed in ALLOWED.items():
        tree = evidence.responses.image.trees.get(table)
        for column in tree.columns if tree else ():
            if column not in allowed:
                leaks.append(Leak("column", {"table": table, "column": column}))
    names = {gram(key) for key in evidence.sealed if len(key) >= 8}
    found: dict[str, int] = {}
    for database, opened in ((WORKSPACE, evidence.workspace), (RESPONSES, evidence.responses)):
        for table, column, value in opened.values:
            own = database == RESPONSES and (table, column) in {
                ("response", "hash"),
                ("response", "sealed"),
                ("batch_member", "hash"),
            }
            if own or opened.image.trees[table].kind == "index":
                continue
            if _common(names, value):
                place = f"{database}: {table}.{column}"
                found[place] = found.get(place, 0) + 1
    leaks += [Leak("named", {"place": place, "count": count}) for place, count in found.items()]
    tokens = len(evidence.responses.image.table("finishing"))
    if tokens:
        leaks.append(Leak("token", {"count": tokens}))
    groups = Counter(survey for survey, _ in evidence.sealed.values())
    return Looked({"responses": len(evidence.sealed), "smallest": min(groups.values(), default=0)}, tuple(leaks))


def times(evidence: Evidence) -> Looked:
    """A moment on the anonymous side, by the name of a column or by what is in it."""
    found: set[tuple[str, str]] = set()
    seen = 0
    for tree in evidence.responses.image.trees.values():
        if tree.kind == "table" and tree.name != "sqlite_schema":
            found |= {(tree.name, column) for column in tree.columns if _TIME_NAME.search(column.lower())}
    for table, column, value in evidence.responses.values:
        if (table, column) not in DOCUMENTS:
            seen += 1
            if _is_time(value):
                found.add((table, column))
    leaks = tuple(Leak("time", {"table": table, "column": column}) for table, column in sorted(found))
    return Looked({"values": seen}, leaks)


def _is_time(value: Value) -> bool:
    if isinstance(value, str | bytes):
        text = value if isinstance(value, str) else value[:64].decode("ascii", "ignore")
        return bool(_TIME_TEXT.search(text))
    if isinstance(value, int | float):
        spans = (*_EPOCHS, _JULIAN)
        return any(low <= value <= high for low, high in spans)
    return False


def counters(evidence: Evidence) -> Looked:
    """Counters: do they count anything but how many responses wait?"""
    image = evidence.responses.image
    leaks = [Leak("sequence", {"table": str(row.get("name"))}) for row in image.table("sqlite_sequence")]
    if "sqlite_sequence" in image.trees and not leaks:
        leaks.append(Leak("sequence", {"table": "sqlite_sequence"}))
    left = {row.get("hash") for row in image.table("batch_member")}
    for row in image.table("survey"):
        waiting = sum(survey == row.get("hash") and key not in left for key, (survey, _) in evidence.sealed.items())
        said = row.get("waiting")
        if isinstance(said, int) and said != waiting:
            leaks.append(Leak("counter", {"said": said, "waiting": waiting}))
    return Looked({"surveys": len(image.table("survey"))}, tuple(leaks))


def tallies(evidence: Evidence) -> Looked:
    """Counts of outcomes against the cases: a moment finer than the month, or cases whose responses have left."""
    image = evidence.workspace.image
    finer = [month for month in _months(evidence) if not _MONTH.fullmatch(month)]
    leaks = [Leak("finer-month", {"count": len(finer)})] if finer else []
    if "tally" in evidence.responses.image.trees:
        leaks.append(Leak("tally-beside", {"table": "tally"}))
    completed = sum(str(row.get("outcome")) in _COMPLETED for row in image.table("call_case"))
    left = {row.get("hash") for row in evidence.responses.image.table("batch_member")}
    waiting = len(evidence.sealed.keys() - left)
    exported = bool(evidence.responses.image.table("batch"))
    if exported and completed > waiting:
        leaks.append(Leak("cases-left", {"cases": completed, "waiting": waiting}))
    return Looked({"cases": completed, "waiting": waiting}, tuple(leaks))


def _months(evidence: Evidence) -> Iterator[str]:
    image = evidence.workspace.image
    for table, column in (("tally", "month"), ("call_case", "closed_month")):
        for row in image.table(table):
            if row.get(column) is not None:
                yield str(row[column])
