"""Modes and access lists, writing without half files, reading with a limit, hardening and ending of the process."""

from interview.files.ending import when_told_to_end
from interview.files.hardening import harden_process
from interview.files.places import private_folder, refuse_shared_place
from interview.files.reading import open_file, read_bounded, unreadable
from interview.files.writing import AtomicFile, create_private, remove_leftovers, sync_folder, write_atomically

__all__ = [
    "AtomicFile",
    "create_private",
    "harden_process",
    "open_file",
    "private_folder",
    "read_bounded",
    "refuse_shared_place",
    "remove_leftovers",
    "sync_folder",
    "unreadable",
    "when_told_to_end",
    "write_atomically",
]
