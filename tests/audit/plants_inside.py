"""Leaks inside the databases (T1, T2, T3), planted for real, one for each way a defence can be missing."""

import base64
import hashlib
import json
import os
from dataclasses import replace
from pathlib import Path

from interview.calls.outcomes import Outcome
from interview.crypto.padding import pad
from interview.database.compact import checkpoint, compact
from interview.exchange.rehearsal import rehearsal_sealing_key
from interview.station import casework
from interview.station.answering import begin
from interview.station.exporting import export
from interview.station.finishing import mark
from interview.store.responses import Responses
from interview.store.rows import Tally
from interview.store.workspace import Workspace
from tests.audit.conftest import Attacked
from tests.audit.planting import CASE, note, plant, records, survey_of

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


@plant("the index of the log is cleared", "wal-index", "wal-index")
def an_index_that_names_the_page_of_the_latest(attacked: Attacked, tmp_path: Path) -> Attacked:
    with attacked.responses() as database:
        Responses(database).add_many(survey_of(database), records(database, 1))
        database.execute("VACUUM")
        checkpoint(database)
        return attacked.copy(tmp_path / "open")


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


@plant("the workspace names no response, by six bytes", "beside", "named")
def a_response_named_by_its_beginning(attacked: Attacked, _: Path) -> None:
    with attacked.workspace() as workspace, attacked.responses() as database:
        [(key,)] = database.query("SELECT hash FROM response LIMIT 1")
        workspace.execute("UPDATE call_case SET note = ?", (f"svar {key.hex()[:12].upper()}",))


@plant("the workspace names no response, hashed", "beside", "named")
def a_response_named_by_the_hash_of_its_name(attacked: Attacked, _: Path) -> None:
    with attacked.workspace() as workspace, attacked.responses() as database:
        [(key,)] = database.query("SELECT hash FROM response LIMIT 1")
        workspace.execute("UPDATE call_case SET note = ?", (hashlib.sha256(key).hexdigest(),))


@plant("one place names a response, by four bytes", "beside", "named")
def an_order_kept_by_beginnings(attacked: Attacked, _: Path) -> None:
    with attacked.responses() as database:
        keys = [key[:4] for (key,) in database.query("SELECT hash FROM response ORDER BY random()")]
        Responses(database).set_setting("cache", b"".join(keys))
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


def set_for_good(attacked: Attacked, told: bytes) -> None:
    with attacked.responses() as database:
        Responses(database).set_setting("latest", told)
        compact(database)


@plant("no week on the anonymous side", "times", "time")
def a_week(attacked: Attacked, _: Path) -> None:
    set_for_good(attacked, b"2026-W48")


@plant("no seconds on the anonymous side, in digits", "times", "time")
def seconds_since_1970_in_digits(attacked: Attacked, _: Path) -> None:
    set_for_good(attacked, b'{"seen": 1795000000.25}')


@plant("no seconds on the anonymous side, in bytes", "times", "time")
def seconds_since_1970_in_bytes(attacked: Attacked, _: Path) -> None:
    set_for_good(attacked, (1_795_000_000_000).to_bytes(8, "little"))


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


@plant("tallies by month, in any table", "tallies", "finer-month")
def a_tally_by_day_elsewhere(attacked: Attacked, _: Path) -> None:
    with attacked.workspace() as workspace:
        workspace.execute("CREATE TABLE tally_day (day TEXT PRIMARY KEY, count INTEGER) WITHOUT ROWID")
        workspace.execute("INSERT INTO tally_day VALUES ('2026-11-26', 3)")


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
