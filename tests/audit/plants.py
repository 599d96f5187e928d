"""Leaks planted for real, one for each way a defence can be missing: which attack is to find it, under which code."""

import base64
import hashlib
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlcipher3 import dbapi2

from interview.calls.cases import Attempt, Case
from interview.calls.outcomes import Outcome
from interview.crypto.padding import pad
from interview.database.compact import checkpoint, compact
from interview.database.opening import Database
from interview.exchange.batch import MAGIC, read_batch
from interview.exchange.rehearsal import rehearsal_sealing_key
from interview.station import casework
from interview.station.answering import begin
from interview.station.exporting import export
from interview.station.finishing import mark
from interview.store.responses import Responses, StoredBatch
from interview.store.workspace import Tally, Workspace
from tests.audit.conftest import Attacked

NAME: Final = "Kanarie Fågelholm"
CASE: Final = Case(id="c" * 32, unit="ekbacken", name=NAME, telephone="070-174 06 77", note="Ring efter klockan två")


@dataclass(frozen=True)
class Plant:
    """One leak: the defence that is missing, the attack that finds it, the code it goes under."""

    defence: str
    attack: str
    code: str
    place: Callable[[Attacked, Path], Attacked | None]


PLANTS: Final[list[Plant]] = []


def plant(defence: str, attack: str, code: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    def listed(place: Callable[..., Any]) -> Callable[..., Any]:
        PLANTS.append(Plant(defence, attack, code, place))
        return place

    return listed


def survey_of(database: Database) -> str:
    return Responses(database).surveys()[0].hash


def records(database: Database, count: int) -> list[bytes]:
    """New sealed records of the length that is due."""
    [(sealed,)] = database.query("SELECT sealed FROM response LIMIT 1")
    return [sealed[:6] + os.urandom(len(sealed) - 6) for _ in range(count)]


# T1


@plant("the station has no private key", "private-keys", "private-key")
def a_private_key_in_a_file(attacked: Attacked, _: Path) -> None:
    key = base64.b64encode(rehearsal_sealing_key().to_bytes())
    note(attacked, "notes.txt", b"the key: " + key + b"\n")


@plant("the station has no private key, in plain bytes", "private-keys", "private-key")
def a_private_key_somewhere_in_a_file(attacked: Attacked, _: Path) -> None:
    note(attacked, "notes.bin", b"\xff" + rehearsal_sealing_key().to_bytes() + b"\xff")


@plant("the keyring holds no private key", "private-keys", "private-key")
def a_private_key_in_the_keyring(attacked: Attacked, _: Path) -> Attacked:
    secrets = {**attacked.secrets, "sealing": rehearsal_sealing_key().to_bytes()}
    return replace(attacked, keyring=replace(attacked.keyring, secrets=secrets))


@plant("the databases hold no private key", "private-keys", "private-key")
def a_private_key_in_a_row(attacked: Attacked, _: Path) -> None:
    with attacked.responses() as database:
        Responses(database).set_setting("recovery", rehearsal_sealing_key().to_bytes())
        compact(database)


@plant("responses are sealed", "sealing", "unsealed")
def a_response_in_plain_bytes(attacked: Attacked, _: Path) -> None:
    with attacked.responses() as database:
        plain = json.dumps({"answers": [{"id": "B1a", "value": "ja-helt"}] * 40}).encode()
        length = len(records(database, 1)[0])
        Responses(database).add_many(survey_of(database), [pad(plain, length)])
        compact(database)


@plant("every sealing is fresh", "sealing", "alike")
def two_responses_with_the_same_bytes(attacked: Attacked, _: Path) -> None:
    with attacked.responses() as database:
        [record] = records(database, 1)
        other = record[:-16] + os.urandom(16)
        Responses(database).add_many(survey_of(database), [record, other])
        compact(database)


# T2


@plant("no table has a rowid", "rowids", "rowid")
def a_table_with_a_hidden_number(attacked: Attacked, _: Path) -> None:
    with attacked.responses() as database:
        database.execute("CREATE TABLE seen (hash BLOB PRIMARY KEY)")
        database.execute("INSERT INTO seen SELECT hash FROM response ORDER BY random()")
        compact(database)


@plant("no table counts its rows", "counters", "sequence")
def a_table_that_counts(attacked: Attacked, _: Path) -> None:
    with attacked.responses() as database:
        database.execute("CREATE TABLE seen (number INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT)")
        database.execute("INSERT INTO seen (kind) VALUES ('response'), ('response')")
        compact(database)


@plant("a response is stored under its hash", "names", "not-its-hash")
def a_response_under_a_number(attacked: Attacked, _: Path) -> None:
    with attacked.responses() as database:
        [record] = records(database, 1)
        database.execute(
            "INSERT INTO response VALUES (?, ?, ?)",
            ((7).to_bytes(32, "big"), bytes.fromhex(survey_of(database)), record),
        )
        database.execute("UPDATE survey SET waiting = waiting + 1")
        compact(database)


def saved_one_by_one(attacked: Attacked, count: int) -> None:
    """Responses stored and never rewritten: nobody vacuums."""
    with attacked.responses() as database:
        for record in records(database, count):
            responses, token = Responses(database), os.urandom(16)
            responses.add(survey_of(database), record, token)
            responses.forget(token)
        checkpoint(database)


@plant("VACUUM after every save", "cell-order", "cell-order")
def no_vacuum(attacked: Attacked, _: Path) -> None:
    saved_one_by_one(attacked, 12)


@plant("VACUUM after every save: page numbers", "page-order", "page-order")
def no_vacuum_seen_in_the_numbers_of_pages(attacked: Attacked, _: Path) -> None:
    saved_one_by_one(attacked, 12)


@plant("a checkpoint counts only when it succeeded", "wal", "wal")
def a_busy_checkpoint_taken_for_a_good_one(attacked: Attacked, tmp_path: Path) -> Attacked:
    with attacked.responses() as reader, attacked.responses() as database:
        reader.execute("BEGIN")
        reader.query("SELECT count(*) FROM response")
        Responses(database).add_many(survey_of(database), records(database, 3))
        database.query("PRAGMA busy_timeout = 10")
        [(busy, _, _)] = database.query("PRAGMA wal_checkpoint(TRUNCATE)")
        assert busy
        return attacked.copy(tmp_path / "busy")


# T3


@plant("no identifier on both sides", "shared-values", "shared")
def a_case_named_beside_a_response(attacked: Attacked, _: Path) -> None:
    with attacked.workspace() as workspace, attacked.responses() as database:
        [(case,)] = workspace.query("SELECT id FROM call_case LIMIT 1")
        Responses(database).set_setting("latest", case.encode())
        compact(database)


@plant("no identifier on both sides, in another form", "shared-values", "shared")
def a_case_named_in_other_letters(attacked: Attacked, _: Path) -> None:
    with attacked.workspace() as workspace, attacked.responses() as database:
        [(case,)] = workspace.query("SELECT id FROM call_case LIMIT 1")
        Responses(database).set_setting("latest", b"case:" + bytes.fromhex(case))
        compact(database)


@plant("no identifier on both sides, hashed", "shared-values", "shared")
def a_case_named_by_its_hash(attacked: Attacked, _: Path) -> None:
    with attacked.workspace() as workspace, attacked.responses() as database:
        [(case,)] = workspace.query("SELECT id FROM call_case LIMIT 1")
        Responses(database).set_setting("latest", hashlib.sha256(case.encode()).digest())
        compact(database)


@plant("the finishing token goes last", "shared-values", "shared")
def a_draft_marked_and_stored(attacked: Attacked, tmp_path: Path) -> Attacked:
    with attacked.unlock() as station:
        draft = begin(station).draft
        token = mark(station, draft)
        station.responses.add(station.survey_hash, records(station.responses.database, 1)[0], token)
        compact(station.responses.database)
        return attacked.copy(tmp_path / "marked")


@plant("the finishing token goes", "beside", "token")
def a_token_left(attacked: Attacked, _: Path) -> None:
    with attacked.responses() as database:
        Responses(database).add(survey_of(database), records(database, 1)[0], os.urandom(16))
        compact(database)


@plant("the workspace names no response", "beside", "named")
def a_response_named_in_the_workspace(attacked: Attacked, _: Path) -> None:
    with attacked.workspace() as workspace, attacked.responses() as database:
        [(key,)] = database.query("SELECT hash FROM response LIMIT 1")
        workspace.execute("UPDATE call_case SET note = ?", (key.hex(),))


@plant("one place names a response", "beside", "named")
def an_order_kept_elsewhere(attacked: Attacked, _: Path) -> None:
    with attacked.responses() as database:
        keys = [key for (key,) in database.query("SELECT hash FROM response ORDER BY random()")]
        Responses(database).set_setting("order", b"".join(keys))
        compact(database)


@plant("outside the seal lies only the survey", "beside", "column")
def a_caller_beside_a_response(attacked: Attacked, _: Path) -> None:
    with attacked.responses() as database:
        database.execute("ALTER TABLE response ADD COLUMN caller TEXT")
        database.execute("UPDATE response SET caller = 'anna'")
        compact(database)


@plant("no time beside a response", "times", "time")
def a_timestamp_column(attacked: Attacked, _: Path) -> None:
    with attacked.responses() as database:
        database.execute("ALTER TABLE response ADD COLUMN stored INTEGER")
        database.execute("UPDATE response SET stored = 1795000000")
        compact(database)


@plant("no time on the anonymous side", "times", "time")
def a_migration_stamped(attacked: Attacked, _: Path) -> None:
    with attacked.responses() as database:
        database.execute("CREATE TABLE migration (step TEXT PRIMARY KEY, applied_at TEXT) WITHOUT ROWID")
        database.execute("INSERT INTO migration VALUES ('first', '2026-11-26 10:15')")
        compact(database)


@plant("counters count what waits", "counters", "counter")
def a_counter_of_something_else(attacked: Attacked, _: Path) -> None:
    with attacked.responses() as database:
        database.execute("UPDATE survey SET waiting = waiting + 3")
        compact(database)


@plant("tallies by month", "tallies", "finer-month")
def a_tally_by_week(attacked: Attacked, _: Path) -> None:
    with attacked.workspace() as workspace, attacked.responses() as database:
        counted = Tally(survey_of(database), "2026-W47", "ekbacken", Outcome.COMPLETE, False)
        Workspace(workspace).count({counted: 1})


@plant("tallies in the workspace alone", "tallies", "tally-beside")
def a_tally_among_the_responses(attacked: Attacked, _: Path) -> None:
    with attacked.responses() as database:
        database.execute("CREATE TABLE tally (month TEXT PRIMARY KEY, count INTEGER) WITHOUT ROWID")
        compact(database)


@plant("an export erases finished cases", "tallies", "cases-left")
def cases_kept_when_their_responses_have_left(attacked: Attacked, _: Path) -> None:
    with attacked.unlock() as station:
        export(station)
        case = casework.add_case(station, replace(CASE, id=""))
        casework.record_attempt(station, case, Outcome.COMPLETE)


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


def note(attacked: Attacked, name: str, content: bytes) -> None:
    path = attacked.home.root / name
    path.write_bytes(content)
    path.chmod(0o600)


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


@plant("no file belongs to a response", "file-times", "dated")
def a_file_for_each_response(attacked: Attacked, _: Path) -> None:
    with attacked.responses() as database:
        [(key,)] = database.query("SELECT hash FROM response LIMIT 1")
    note(attacked, f"{key.hex()}.done", b"")


@plant("files are 0600", "modes", "mode")
def a_world_readable_file(attacked: Attacked, _: Path) -> None:
    attacked.home.responses.chmod(0o644)


@plant("the folder is 0700", "modes", "mode")
def a_folder_the_group_may_list(attacked: Attacked, _: Path) -> None:
    attacked.home.outbox.chmod(0o750)
