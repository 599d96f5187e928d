"""T6: what is left of what was erased, and whether every page could be looked at."""

from interview.audit.evidence import Evidence, Opened
from interview.audit.report import Leak, Looked
from interview.audit.trees import first_values


def pages(evidence: Evidence) -> Looked:
    """Every page of both databases, opened with its key: what does not open could not be attacked."""
    leaks = []
    for opened in _both(evidence):
        shut = opened.pages.shut + opened.image.faults
        if shut:
            leaks.append(Leak("shut", {"file": opened.name, "count": shut}))
    return Looked({"pages": sum(len(opened.pages.filed) for opened in _both(evidence))}, tuple(leaks))


def unused(evidence: Evidence) -> Looked:
    """Free pages, freed cells, gaps between cells, ends of values: all zeros, or something still to be read?"""
    leaks, seen = [], 0
    for opened in _both(evidence):
        left = [sum(map(bool, free)) for free in opened.image.unused if any(free)]
        seen += sum(map(len, opened.image.unused))
        if left:
            leaks.append(Leak("remains", {"file": opened.name, "bytes": sum(left), "places": len(left)}))
    return Looked({"bytes": seen}, tuple(leaks))


def erased(evidence: Evidence) -> Looked:
    """Older versions of pages, in the file and in the log: do they hold rows that were erased since?"""
    leaks, seen = [], 0
    for opened in _both(evidence):
        there = {cell.values[0] for tree in opened.image.trees.values() for cell in tree.keyed if cell.values}
        older = opened.pages.superseded
        seen += len(older)
        gone = {value for page in older for value in first_values(page)} - there
        if gone:
            leaks.append(Leak("erased", {"file": opened.name, "rows": len(gone)}))
    return Looked({"pages": seen}, tuple(leaks))


def _both(evidence: Evidence) -> tuple[Opened, Opened]:
    return evidence.workspace, evidence.responses
