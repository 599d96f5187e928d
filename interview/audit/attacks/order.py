"""T2: does anything on the anonymous side lie in the order in which it came?"""

import hashlib
from collections.abc import Iterator
from itertools import pairwise

from interview.audit.evidence import RESPONSES, Evidence
from interview.audit.pages import indexed_pages
from interview.audit.report import Leak, Looked
from interview.audit.trees import Node, Tree


def rowids(evidence: Evidence) -> Looked:
    """A hidden number under a row counts the rows as they come."""
    trees = evidence.responses.image.trees.values()
    leaks = [
        Leak("rowid", {"table": tree.name})
        for tree in trees
        if tree.kind == "table" and tree.has_rowids and tree.name != "sqlite_schema"
    ]
    return Looked({"tables": sum(tree.kind == "table" for tree in trees) - 1}, tuple(leaks))


def names(evidence: Evidence) -> Looked:
    """What a response is stored under: anything but the hash of its bytes may tell when or whose."""
    wrong = sum(hashlib.sha256(record).digest() != key for key, (_, record) in evidence.sealed.items())
    leaks = (Leak("not-its-hash", {"count": wrong}),) if wrong else ()
    return Looked({"responses": len(evidence.sealed)}, leaks)


def cell_order(evidence: Evidence) -> Looked:
    """Where the cells lie in their page: written anew in the order of keys, or as they came?"""
    seen, leaks = 0, []
    for tree in trees_of_responses(evidence):
        for node in tree.nodes:
            seen += 1
            if not in_key_order(node, alone=len(tree.nodes) == 1):
                leaks.append(Leak("cell-order", {"table": tree.name, "page": node.number, "cells": len(node.cells)}))
    return Looked({"pages": seen}, tuple(leaks))


def in_key_order(node: Node, *, alone: bool) -> bool:
    """Whether the places of a page's cells follow from their keys alone.

    Rows that come in the order of their keys fill a page from its end. Where the next page was begun, the last of them
    was written anew, above the others.
    """
    offsets = [cell.offset for cell in node.cells]
    turned = offsets[-1:] + offsets[:-1]
    return _falls(offsets) or (not alone and _falls(turned))


def _falls(offsets: list[int]) -> bool:
    return all(one > other for one, other in pairwise(offsets))


def page_order(evidence: Evidence) -> Looked:
    """The numbers of pages: handed out in the order of keys, or as the rows came?"""
    seen, leaks = 0, []
    for tree in trees_of_responses(evidence):
        leaves = [node.number for node in tree.nodes if all(cell.child is None for cell in node.cells)]
        chains = [page for cell in tree.keyed for page in cell.overflow]
        seen += len(leaves) + len(chains)
        if leaves != sorted(leaves) or chains != sorted(chains):
            leaks.append(Leak("page-order", {"table": tree.name, "pages": len(leaves) + len(chains)}))
    return Looked({"pages": seen}, tuple(leaks))


def wal(evidence: Evidence) -> Looked:
    """The write-ahead log holds what was written, one after the other."""
    frames = len(evidence.responses.pages.frames)
    leaks = (Leak("wal", {"file": RESPONSES + "-wal", "frames": frames}),) if frames else ()
    return Looked({"bytes": len(evidence.content(RESPONSES + "-wal"))}, leaks)


def wal_index(evidence: Evidence) -> Looked:
    """The log's index, which is not encrypted: does it still name the pages on which responses were put?"""
    blocks = indexed_pages(evidence.content(RESPONSES + "-shm"))
    pages = {page for tree in trees_of_responses(evidence) for page in pages_of(tree)}
    named = 0
    for block in blocks:
        written = [page for page in block if page in pages]
        # What was rewritten as a whole lies there page after page, and tells nothing.
        if any(other - one != 1 for one, other in pairwise(written)) or (written and block is blocks[0]):
            named += len(written)
    leaks = (Leak("wal-index", {"file": RESPONSES + "-shm", "pages": named}),) if named else ()
    return Looked({"pages": sum(map(len, blocks))}, leaks)


def pages_of(tree: Tree) -> Iterator[int]:
    """The pages that hold a tree's rows."""
    for node in tree.nodes:
        yield node.number
        for cell in node.cells:
            yield from cell.overflow


def trees_of_responses(evidence: Evidence) -> Iterator[Tree]:
    """The tables and indexes in which there is something for each response."""
    hashes = evidence.sealed.keys()
    for tree in evidence.responses.image.trees.values():
        if tree.table in ("response", "batch_member", "finishing") or any(
            value in hashes for cell in tree.keyed for value in cell.values if isinstance(value, bytes)
        ):
            yield tree
