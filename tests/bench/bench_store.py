"""One answer durable against plain SQLite; finishing against insert + vacuum + checkpoint; an answer meanwhile.

Run: python tests/bench/bench_store.py [FOLDER ON A REAL DISK]. Prints medians and the ratios of the medians.
"""

import os
import random
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from report import compare, timed

from interview.crypto.slots import TEST
from interview.database.compact import compact
from interview.database.opening import Database, open_database
from interview.paths import Home
from interview.session.interview import Interview
from interview.session.walk import random_walk
from interview.station import answering, finishing
from interview.station.setup import set_up
from interview.station.simulating import simulate
from interview.station.station import RESPONSES_KEY, Station

ANSWERS, FINISHES = 400, 25


def answers(station: Station, folder: Path) -> None:
    """One answer, from value to commit."""
    plain = _plain(folder)
    ours, theirs = [], []
    interview = _at_first_choice(answering.begin(station))
    codes = [option.code for option in interview.item.options]
    for number in range(ANSWERS):
        interview = interview.record(codes[number % 2]).lasting(number)
        ours.append(timed(answering.keep, station, interview))
        theirs.append(timed(_plain_answer, plain, number))
    plain.close()
    compare("one answer durable", ours, theirs)


def finishes(station: Station, folder: Path) -> None:
    """Sealing at 500 responses until the order is gone, against doing only that to a copy of the file."""
    simulate(station, 510, random.Random(1))
    station.settle()
    copy = folder / "copy.db"
    shutil.copy(station.home.responses, copy)
    other = open_database(copy, station.keyring.secrets[RESPONSES_KEY])
    ours, theirs = [], []
    for interview in _finished(station):
        ours.append(timed(_finish, station, interview))
        theirs.append(timed(_insert, other))
    other.close()
    compare("finishing at 500", ours, theirs)


def answers_meanwhile(station: Station) -> None:
    """One answer while the order is being removed behind it, against one while nothing else is done."""
    during, alone = [], []
    interview = _at_first_choice(answering.begin(station))
    codes = [option.code for option in interview.item.options]
    for number in range(ANSWERS // 2):
        for measured, before in ((during, station.tidier.request), (alone, station.settle)):
            before()
            interview = interview.record(codes[(len(during) + len(alone)) % 2]).lasting(number)
            measured.append(timed(answering.keep, station, interview))
    compare("an answer meanwhile", during, alone)


def _plain(folder: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(folder / "plain.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE answer (draft TEXT, item TEXT, value TEXT, PRIMARY KEY (draft, item))")
    connection.execute("CREATE TABLE draft (id TEXT PRIMARY KEY, position TEXT, seconds INTEGER)")
    connection.execute("INSERT INTO draft VALUES ('d', '', 0)")
    return connection


def _plain_answer(connection: sqlite3.Connection, number: int) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT OR REPLACE INTO answer VALUES ('d', ?, '\"fully\"')", (f"Q{number % 30}",))
    connection.execute("UPDATE draft SET position = ?, seconds = ? WHERE id = 'd'", (f"Q{number % 30}", number))
    connection.execute("COMMIT")


def _at_first_choice(interview: Interview) -> Interview:
    while interview.item.role is not None or not interview.item.is_question:
        asked = interview.item.is_question
        interview = interview.answer(interview.item.options[0].code) if asked else interview.go_on()
    return interview


def _finished(station: Station) -> Iterator[Interview]:
    form = station.form(station.questionnaire_hash)
    for seed in range(FINISHES):
        walked = random_walk(form, random.Random(seed), survey=station.survey_hash, unit=station.unit.id)
        interview = answering.begin(station)
        filled = replace(interview.draft, answers=walked.draft.answers, position=None)
        interview = Interview.resume(form, filled)
        answering.keep(station, interview)
        if interview.completeness.sealable:
            yield interview


def _finish(station: Station, interview: Interview) -> None:
    finishing.finish(station, interview)
    station.settle()


def _insert(database: Database) -> None:
    sealed = os.urandom(len(database.query("SELECT sealed FROM response LIMIT 1")[0][0]))
    with database.transaction():
        database.execute("INSERT INTO response SELECT ?, hash, ? FROM survey LIMIT 1", (os.urandom(32), sealed))
    compact(database)


def main(where: Path | None) -> None:
    """Both, on one station."""
    with tempfile.TemporaryDirectory(dir=where) as name:
        folder = Path(name)
        station, _ = set_up(Home(folder / "station"), "a passphrase for the benchmark", profile=TEST)
        with station:
            answers(station, folder)
            finishes(station, folder)
            answers_meanwhile(station)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
