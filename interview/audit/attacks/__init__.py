"""The attacks, each a function from the evidence to what it saw; `ATTACKS` lists them in the order they are told."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from interview.audit.attacks import beside, folder, order, remains, sealed, travel
from interview.audit.evidence import Evidence
from interview.audit.report import Looked


@dataclass(frozen=True, slots=True)
class Attack:
    """An attack: its name, under which its words stand in the catalogue, and the rows of THREATS it belongs to."""

    name: str
    threats: tuple[str, ...]
    make: Callable[[Evidence], Looked]


ATTACKS: Final = (
    Attack("pages", ("T8",), remains.pages),
    Attack("sealing", ("T1",), sealed.sealing),
    Attack("private-keys", ("T1",), sealed.private_keys),
    Attack("rowids", ("T2",), order.rowids),
    Attack("names", ("T2",), order.names),
    Attack("cell-order", ("T2",), order.cell_order),
    Attack("page-order", ("T2",), order.page_order),
    Attack("wal", ("T2",), order.wal),
    Attack("wal-index", ("T2",), order.wal_index),
    Attack("shared-values", ("T3",), beside.shared_values),
    Attack("beside", ("T3",), beside.beside),
    Attack("times", ("T2", "T3"), beside.times),
    Attack("counters", ("T2", "T3"), beside.counters),
    Attack("tallies", ("T3",), beside.tallies),
    Attack("batch-size", ("T4",), travel.batch_size),
    Attack("two-batches", ("T4",), travel.two_batches),
    Attack("batch-order", ("T2", "T4"), travel.batch_order),
    Attack("lengths", ("T5",), sealed.lengths),
    Attack("remains", ("T6",), remains.unused),
    Attack("erased", ("T6",), remains.erased),
    Attack("plaintext", ("T6", "T15"), folder.plaintext),
    Attack("log", ("T15",), folder.log),
    Attack("keys", ("T7",), folder.keys),
    Attack("copies", ("T3", "T6"), folder.copies),
    Attack("file-times", ("T3",), folder.file_times),
    Attack("modes", ("T17",), folder.modes),
)
