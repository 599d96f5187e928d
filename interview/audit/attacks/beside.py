"""T3: does anything tie a response to an interview, a case, a caller or a moment?"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import Final, Literal

from interview.audit.attacks.grams import GRAM, LARGE, Beginnings, bytes_of, forms, gram, grams, names_of
from interview.audit.evidence import KEY, RESPONSES, WORKSPACE, Evidence
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
_TIME_TEXT: Final = re.compile(
    r"\d{4}-\d\d-\d\d|\d\d:\d\d|\d{8}T\d{4}|\d{4}-?W\d\d|\d{1,2}[/.]\d{1,2}[/. -]{1,2}20\d\d"
)
_NUMBER: Final = re.compile(r"(?<![\w.])\d{10,19}(?:\.\d+)?(?![\w.])")
_TIME_NAME: Final = re.compile(r"(^|_)(at|time|timestamp|date|day|hour|minute|created|updated|modified|stored|when)$")
_EPOCHS: Final = tuple((1_000_000_000 * unit, 5_000_000_000 * unit) for unit in (1, 10**3, 10**6, 10**9))
_JULIAN: Final = (2_440_000, 2_490_000)
_EPOCH_BYTES: Final = (4, 8)
_ORDERS: Final[tuple[Literal["big", "little"], ...]] = ("big", "little")
_LONG: Final = 1024
_SET: Final = b"1"
_NUMBERED: Final = ("generation", "unit")
"""What a station keeps about itself that may be a number: how often its keys were changed, and what its unit is called."""
_COMPLETED: Final = frozenset({"1.1", "1.2"})


def shared_values(evidence: Evidence) -> Looked:
    """A value, or eight bytes of one, that both databases hold; within what is long, fifteen bytes of one."""
    names: defaultdict[str, set[int]] = defaultdict(set)
    numbers: dict[int, str] = {}
    for table, column, value in evidence.workspace.values:
        place = f"{table}.{column}"
        if isinstance(value, int) and abs(value) >= LARGE:
            numbers[value] = place
        for form in forms(value):
            for view in grams(form):
                names[place].update(view)
    public = frozenset().union(*grams(evidence.public))
    suspects = set().union(*names.values()) - public
    found: Counter[tuple[str, str]] = Counter()
    for table, column, value in evidence.responses.values:
        common = _common(suspects, value, longest=_LONG)
        hits = {place for place, own in names.items() if common & own} if common else set()
        if isinstance(value, int) and value in numbers:
            hits.add(numbers[value])
        found.update((hit, f"{table}.{column}") for hit in hits)
    leaks = tuple(Leak("shared", {"ours": one, "theirs": other, "count": n}) for (one, other), n in found.items())
    return Looked({"values": len(suspects)}, leaks)


def _common(suspects: set[int], value: Value, longest: int | None = None) -> set[int]:
    """The suspects in a value; in what is longer than `longest`, those that lie at every eighth place."""
    hits: set[int] = set()
    for form in (value,) if isinstance(value, bytes) else forms(value):
        views = grams(form)
        for view in views if longest is None or len(form) <= longest else islice(views, 1):
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
    keys = [key for key in evidence.sealed if len(key) >= GRAM]
    names, beginnings = {gram(name) for key in keys for name in names_of(key)}, Beginnings(keys)
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
            short = (table, column) not in DOCUMENTS and beginnings.named_in(bytes_of(value))
            if short or _common(names, value):
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
    found |= {("keyring", name) for name, kept in evidence.secrets.items() if len(kept) % KEY and _is_time(kept)}
    leaks = tuple(Leak("time", {"table": table, "column": column}) for table, column in sorted(found))
    return Looked({"values": seen}, leaks)


def _is_time(value: Value) -> bool:
    if isinstance(value, bytes) and len(value) in _EPOCH_BYTES and not value.isalnum():
        return any(_is_moment(int.from_bytes(value, order)) for order in _ORDERS)
    if isinstance(value, str | bytes):
        text = value if isinstance(value, str) else value[:64].decode("ascii", "ignore")
        return bool(_TIME_TEXT.search(text)) or any(_is_moment(float(number)) for number in _NUMBER.findall(text))
    return isinstance(value, int | float) and (_is_moment(value) or _JULIAN[0] <= value <= _JULIAN[1])


def _is_moment(number: float) -> bool:
    """Whether it counts seconds or parts of them since 1970."""
    return any(low <= number <= high for low, high in _EPOCHS)


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
    for row in image.table("station"):
        kept = bytes_of(row.get("value"))
        if kept.isdigit() and kept != _SET and row.get("key") not in _NUMBERED:
            leaks.append(Leak("sequence", {"table": f"station: {row.get('key')!s}"}))
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
    for name, tree in image.trees.items():
        if name.startswith("tally") and name != "tally" and tree.kind == "table":
            yield from (text for row in tree.rows for text in row.values() if isinstance(text, str) and _is_time(text))
