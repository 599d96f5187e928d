"""Leaks in batches, files and what remains (T4 and on), planted for real, one for each way a defence can be missing."""

import base64
import hashlib
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sqlcipher3 import dbapi2

from interview.calls.cases import Attempt
from interview.calls.outcomes import Outcome
from interview.database.compact import compact
from interview.exchange.batch import MAGIC, read_batch
from interview.store.responses import Responses, StoredBatch
from interview.store.workspace import Workspace
from tests.audit.conftest import Attacked
from tests.audit.planting import CASE, note, plant, records, survey_of

# T4


def batch_files(attacked: Attacked) -> list[Path]:
    return sorted(attacked.home.outbox.iterdir())


def rewritten(
    attacked: Attacked, to: str, change: Callable[[list[tuple[bytes, bytes]]], list[tuple[bytes, bytes]]]
) -> None:
    """A batch like the latest one, with other records, as a program without our checks would write it."""
    batch = read_batch(batch_files(attacked)[-1])
    chosen = change(list(batch.records()))
    head = replace(batch.header, count=len(chosen)).to_bytes()
    content = MAGIC + len(head).to_bytes(4, "big") + head
    content += b"".join(len(sealed).to_bytes(4, "big") + sealed for _, sealed in chosen) + bytes(64)
    path = attacked.home.outbox / to
    path.write_bytes(content)
    path.chmod(0o600)


@plant("a minimum size, by the database", "batch-size", "small-batch")
def a_batch_of_three(attacked: Attacked, _: Path) -> None:
    with attacked.responses() as database:
        responses = Responses(database)
        members = [key for key, _ in responses.waiting(survey_of(database))][:3]
        latest = responses.batches()[-1]
        batch = StoredBatch(latest.seq + 1, os.urandom(32), latest.hash, latest.survey, 3, False, latest.header)
        responses.add_batch(batch, members)
        compact(database)


@plant("a minimum size, by the file", "batch-size", "small-batch")
def a_file_of_three(attacked: Attacked, _: Path) -> None:
    rewritten(attacked, "small.batch", lambda whole: whole[:3])


@plant("one last remainder", "batch-size", "finals")
def two_last_remainders(attacked: Attacked, _: Path) -> None:
    with attacked.responses() as database:
        database.execute("UPDATE batch SET final = 1")
        compact(database)


@plant("a response leaves in one batch", "two-batches", "difference")
def two_batches_that_differ_by_one(attacked: Attacked, _: Path) -> None:
    rewritten(attacked, "again.batch", lambda whole: whole[:-1])


@plant("a batch is sorted", "batch-order", "batch-order")
def an_unsorted_batch(attacked: Attacked, _: Path) -> None:
    rewritten(attacked, batch_files(attacked)[-1].name, lambda whole: [*whole[1:], whole[0]])


@plant("a batch is whole", "batch-order", "broken-batch")
def half_a_batch(attacked: Attacked, _: Path) -> None:
    path = batch_files(attacked)[-1]
    path.write_bytes(path.read_bytes()[:-100])


# T5


@plant("responses are padded", "lengths", "lengths")
def unpadded_text(attacked: Attacked, _: Path) -> None:
    with attacked.responses() as database:
        [record] = records(database, 1)
        Responses(database).add_many(survey_of(database), [record + os.urandom(500)])
        compact(database)


@plant("responses are padded, in a batch", "lengths", "lengths")
def unpadded_text_in_a_batch(attacked: Attacked, _: Path) -> None:
    def longer(whole: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        grown = [(b"", sealed + bytes(number == 0)) for number, (_, sealed) in enumerate(whole)]
        return sorted((hashlib.sha256(sealed).digest(), sealed) for _, sealed in grown)

    rewritten(attacked, batch_files(attacked)[-1].name, longer)


# T6


def connect(path: Path, key: bytes) -> dbapi2.Connection:
    """A connection without the program's precautions."""
    connection = dbapi2.connect(str(path), isolation_level=None)
    connection.set_key(f"x'{key.hex()}'".encode())
    connection.execute("PRAGMA secure_delete = OFF").fetchall()
    return connection


@plant("secure_delete", "remains", "remains")
def erased_without_overwriting(attacked: Attacked, _: Path) -> None:
    with attacked.workspace() as workspace:
        Workspace(workspace).add_case(CASE, "0" * 64)
    connection = connect(attacked.home.workspace, attacked.secrets["workspace"])
    connection.execute("DELETE FROM call_case WHERE id = ?", (CASE.id,))
    connection.close()


@plant("secure_delete, whole pages", "remains", "remains")
def a_free_page_that_was_not_emptied(attacked: Attacked, _: Path) -> None:
    with attacked.workspace() as workspace:
        Workspace(workspace).add_case(replace(CASE, note="Lång anteckning. " * 1000), "0" * 64)
    connection = connect(attacked.home.workspace, attacked.secrets["workspace"])
    connection.execute("DELETE FROM call_case WHERE id = ?", (CASE.id,))
    connection.close()


@plant("a checkpoint after erasing", "erased", "erased")
def erased_and_left_in_the_log(attacked: Attacked, tmp_path: Path) -> Attacked:
    with attacked.workspace() as workspace:
        store = Workspace(workspace)
        store.add_case(CASE, "0" * 64)
        store.add_attempt(CASE.id, Attempt(datetime(2026, 11, 26, 10, 15), Outcome.REFUSED))
        store.erase_closed_cases()
        return attacked.copy(tmp_path / "unsettled")


def first_name(attacked: Attacked) -> str:
    with attacked.workspace() as workspace:
        return str(workspace.query("SELECT name FROM call_case ORDER BY id LIMIT 1")[0][0])


@plant("a log without content", "plaintext", "plaintext")
def a_log_with_a_name(attacked: Attacked, _: Path) -> None:
    note(attacked, "interview.log", f"2026-11-26 sealed {first_name(attacked)}\n".encode())


@plant("no number in plain text", "plaintext", "plaintext")
def a_telephone_number_in_other_spelling(attacked: Attacked, _: Path) -> None:
    with attacked.workspace() as workspace:
        [(number,)] = workspace.query("SELECT telephone FROM call_case ORDER BY telephone DESC LIMIT 1")
    note(attacked, "numbers.txt", number.replace("-", "").replace(" ", "").encode())


@plant("temp_store = MEMORY", "plaintext", "plaintext")
def a_temporary_file_left(attacked: Attacked, _: Path) -> None:
    (attacked.scratch / "etilqs_0123456789abcdef").write_bytes(bytes(100) + first_name(attacked).encode())


@plant("every database is encrypted", "plaintext", "plain-database")
def a_leftover_temp_database(attacked: Attacked, _: Path) -> None:
    import sqlite3

    connection = sqlite3.connect(attacked.home.root / "sorting.db")
    connection.execute("CREATE TABLE sorting (name TEXT)")
    connection.close()
    (attacked.home.root / "sorting.db").chmod(0o600)


@plant("no copy in the folder", "copies", "copy")
def a_backup_in_the_folder(attacked: Attacked, _: Path) -> None:
    shutil.copy(attacked.home.responses, attacked.home.root / "responses (kopia).db")
    with attacked.responses() as database:
        Responses(database).add_many(survey_of(database), records(database, 1))
        compact(database)


@plant("no copy of a log in the folder", "copies", "copied-log")
def a_log_kept_aside(attacked: Attacked, _: Path) -> None:
    with attacked.responses() as database:
        Responses(database).add_many(survey_of(database), records(database, 1))
        log = attacked.home.responses.with_name("responses.db-wal").read_bytes()
        compact(database)
    note(attacked, "aside-wal", log)


@plant("writing leaves nothing", "copies", "leftover")
def a_writing_that_was_killed(attacked: Attacked, _: Path) -> None:
    note(attacked, "batches/.rehearsal-0001.batch.0123456789abcdef", b"INTBATCH")


# T7, T8, T15, T17


@plant("keys are wrapped", "keys", "key")
def a_key_in_a_file(attacked: Attacked, _: Path) -> None:
    note(attacked, "settings.toml", f'# key = "{attacked.secrets["responses"].hex()}"\n'.encode())


@plant("keys are in no database", "keys", "key")
def a_key_in_the_other_database(attacked: Attacked, _: Path) -> None:
    with attacked.responses() as database:
        Responses(database).set_setting("other", attacked.secrets["workspace"])
        compact(database)


@plant("every page is authenticated", "pages", "shut")
def a_page_that_was_changed(attacked: Attacked, _: Path) -> None:
    content = bytearray(attacked.home.workspace.read_bytes())
    content[2 * 4096 + 100] ^= 1
    attacked.home.workspace.write_bytes(content)


@plant("a log without times", "log", "log-time")
def a_log_with_times(attacked: Attacked, _: Path) -> None:
    note(attacked, "interview.log", b"2026-11-26T10:15 sealed\n")


@plant("a log that names no response", "log", "log-response")
def a_log_that_names_a_response(attacked: Attacked, _: Path) -> None:
    with attacked.responses() as database:
        [(key,)] = database.query("SELECT hash FROM response LIMIT 1")
    note(attacked, "interview.log", f"2026-11-26 sealed {key.hex()[:16]}\n".encode())


@plant("a log that names no response, by a beginning", "log", "log-response")
def a_log_that_names_the_beginning_of_a_response(attacked: Attacked, _: Path) -> None:
    with attacked.responses() as database:
        [(key,)] = database.query("SELECT hash FROM response LIMIT 1")
    note(attacked, "interview.log", f"2026-11-26 refused {key.hex()[:10]}\n".encode())


@plant("a log in which no line is a saved interview", "log", "log-event")
def a_line_for_every_save(attacked: Attacked, _: Path) -> None:
    note(attacked, "interview.log", b"2026-11-26 started 1.0\n" + b"2026-11-26 saved\n" * 3)


@plant("no file belongs to a response", "file-times", "dated")
def a_file_for_each_response(attacked: Attacked, _: Path) -> None:
    with attacked.responses() as database:
        [(key,)] = database.query("SELECT hash FROM response LIMIT 1")
    note(attacked, f"{key.hex()}.done", b"")


def latest(attacked: Attacked) -> bytes:
    """What some response is stored under."""
    with attacked.responses() as database:
        [(key,)] = database.query("SELECT hash FROM response LIMIT 1")
    return bytes(key)


@plant("no folder belongs to a response", "file-times", "dated")
def a_folder_for_each_response(attacked: Attacked, _: Path) -> None:
    (attacked.home.root / latest(attacked).hex()).mkdir(mode=0o700)


@plant("no link leads to a response", "file-times", "dated")
def a_link_to_a_response(attacked: Attacked, _: Path) -> None:
    (attacked.home.root / "latest").symlink_to(latest(attacked).hex())


@plant("no file names a response, in any spelling", "file-times", "dated")
def a_file_that_names_a_response_in_base64(attacked: Attacked, _: Path) -> None:
    note(attacked, "waiting", base64.b64encode(latest(attacked)))


@plant("the keyring keeps no order", "file-times", "dated")
def an_order_kept_in_the_keyring(attacked: Attacked, _: Path) -> Attacked:
    with attacked.responses() as database:
        keys = [key for (key,) in database.query("SELECT hash FROM response LIMIT 8")]
    return replace(attacked, keyring=attacked.keyring.noting("order", b"".join(key[:4] for key in keys)))


@plant("the keyring names nobody", "plaintext", "plaintext")
def a_name_in_the_keyring(attacked: Attacked, _: Path) -> Attacked:
    return replace(attacked, keyring=attacked.keyring.noting("latest", first_name(attacked).encode()))


@plant("no file is called by a name", "plaintext", "plaintext")
def a_file_called_by_a_name(attacked: Attacked, _: Path) -> None:
    note(attacked, f"{first_name(attacked)}.txt", b"")


@plant("the keyring tells no moment", "times", "time")
def a_moment_in_the_keyring(attacked: Attacked, _: Path) -> Attacked:
    return replace(attacked, keyring=attacked.keyring.noting("latest", b"2026-11-26 10:31"))


@plant("nothing is counted up", "counters", "sequence")
def how_many_were_finished(attacked: Attacked, _: Path) -> None:
    with attacked.responses() as database:
        Responses(database).set_setting("finished", b"123")
        compact(database)


@plant("files are 0600", "modes", "mode")
def a_world_readable_file(attacked: Attacked, _: Path) -> None:
    attacked.home.responses.chmod(0o644)


@plant("the folder is 0700", "modes", "mode")
def a_folder_the_group_may_list(attacked: Attacked, _: Path) -> None:
    attacked.home.outbox.chmod(0o750)
