"""T4: do the batches that left, alone or held against each other, show a group under the minimum?"""

from collections import Counter
from dataclasses import dataclass
from itertools import combinations, pairwise

from interview.audit.evidence import Evidence
from interview.audit.report import Leak, Looked


@dataclass(frozen=True, slots=True)
class _Export:
    """A batch as the database or a file knows it."""

    place: str
    survey: bytes
    members: frozenset[bytes]


def batch_size(evidence: Evidence) -> Looked:
    """How large each batch was, by the database and by the files; a survey has one last remainder."""
    leaks, finals = [], Counter[bytes]()
    rows = evidence.responses.image.table("batch")
    for row in rows:
        survey, count, seq = row.get("survey"), row.get("count"), row.get("seq")
        if not isinstance(survey, bytes) or not isinstance(count, int) or not isinstance(seq, int):
            continue
        finals[survey] += bool(row.get("final"))
        if count < evidence.minimum(survey) and not row.get("final"):
            leaks.append(Leak("small-batch", {"seq": seq, "count": count, "minimum": evidence.minimum(survey)}))
    for batch in evidence.batches:
        minimum = evidence.minimum(bytes.fromhex(batch.survey))
        if len(batch.hashes) < minimum and not batch.final:
            leaks.append(Leak("small-batch", {"seq": batch.seq, "count": len(batch.hashes), "minimum": minimum}))
    leaks += [Leak("finals", {"survey": survey.hex()[:12], "count": n}) for survey, n in finals.items() if n > 1]
    return Looked({"batches": len(rows), "files": len(evidence.batches)}, tuple(leaks))


def two_batches(evidence: Evidence) -> Looked:
    """Every two exports held against each other: the same, or nothing in common."""
    exports = _exports(evidence)
    leaks = []
    for one, other in combinations(exports, 2):
        common = one.members & other.members
        if common and one.members != other.members:
            differing = len(one.members ^ other.members)
            leaks.append(Leak("difference", {"one": one.place, "other": other.place, "count": differing}))
    return Looked({"exports": len(exports)}, tuple(leaks))


def _exports(evidence: Evidence) -> list[_Export]:
    members: dict[int, set[bytes]] = {}
    for row in evidence.responses.image.table("batch_member"):
        seq, key = row.get("seq"), row.get("hash")
        if isinstance(seq, int) and isinstance(key, bytes):
            members.setdefault(seq, set()).add(key)
    surveys = {row.get("seq"): row.get("survey") for row in evidence.responses.image.table("batch")}
    exports = []
    for seq, keys in members.items():
        survey = surveys.get(seq)
        exports.append(_Export(f"#{seq}", survey if isinstance(survey, bytes) else b"", frozenset(keys)))
    for batch in evidence.batches:
        exports.append(_Export(batch.name, bytes.fromhex(batch.survey), frozenset(batch.hashes)))
    return exports


def batch_order(evidence: Evidence) -> Looked:
    """The order of records in a batch: by their hashes, or as they came?"""
    leaks = []
    for batch in evidence.batches:
        if not batch.whole:
            leaks.append(Leak("broken-batch", {"file": batch.name}))
        elif any(one >= other for one, other in pairwise(batch.hashes)):
            leaks.append(Leak("batch-order", {"file": batch.name, "count": len(batch.hashes)}))
    return Looked({"files": len(evidence.batches)}, tuple(leaks))
