"""One answer durable against plain SQLite, and finishing against insert + vacuum + checkpoint on the same file.

Run: python tests/bench/bench_store.py [FOLDER ON A REAL DISK]. Prints medians and the ratios of the medians.
"""

import os
import random
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median

from interview.crypto.slots import TEST
from interview.database.compact import compact
from interview.database.opening import open_database
from interview.paths import Home
from interview.session.interview import Interview
from interview.session.walk import random_walk
from interview.station import answering, finishing
from interview.station.setup import set_up
from interview.station.simulating import simulate
from interview.station.station import RESPONSES_KEY, Station

ANSWERS, FINISHES = 400, 25


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


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


def answers(station: Station, folder: Path) -> None:
    """One answer, from value to commit."""
    plain = _plain(folder)
    ours, theirs = [], []
    interview = at_first_scale(answering.begin(station))
    option = [option.code for option in interview.item.options]
    for number in range(ANSWERS):
        interview = interview.record(option[number % 2]).lasting(number)
        ours.append(_timed(lambda: answering.keep(station, interview)))
        theirs.append(_timed(lambda number=number: _plain_answer(plain, number)))
    plain.close()
    print(
        f"answer   {median(ours) * 1e3:7.3f} ms   plain {median(theirs) * 1e3:7.3f} ms   ratio {median(ours) / median(theirs):.2f}"
    )


def at_first_scale(interview: Interview) -> Interview:
    """The interview at its first ordinary choice: consent given, the patient answers."""
    while interview.item is None or interview.item.role is not None or not interview.item.is_question:
        interview = (
            interview.answer(interview.item.options[0].code) if interview.item.is_question else interview.go_on()
        )
    return interview


def finishes(station: Station, folder: Path) -> None:
    """Sealing at 500 responses until the order is gone, against doing only that to a copy of the file."""
    simulate(station, 700, random.Random(1))
    copy = folder / "copy.db"
    station.settle()
    shutil.copy(station.home.responses, copy)
    other = open_database(copy, station.keyring.secrets[RESPONSES_KEY])
    sealed_size = len(other.query("SELECT sealed FROM response LIMIT 1")[0][0])
    survey = other.query("SELECT hash FROM survey LIMIT 1")[0][0]
    ours, theirs = [], []
    for number in range(FINISHES):
        walked = random_walk(
            station.form(station.questionnaire_hash),
            random.Random(number),
            survey=station.survey_hash,
            unit=station.unit.id,
        )
        interview = answering.begin(station)
        answers = walked.draft.answers
        interview = Interview.resume(interview.form, replace(interview.draft, answers=answers, position=None))
        answering.keep(station, interview)
        if not interview.completeness.sealable:
            continue
        ours.append(_timed(lambda: (finishing.finish(station, interview), station.settle())))

        def insert() -> None:
            with other.transaction():
                other.execute(
                    "INSERT INTO response VALUES (?, ?, ?)", (os.urandom(32), survey, os.urandom(sealed_size))
                )
            compact(other)

        theirs.append(_timed(insert))
    other.close()
    print(
        f"finish   {median(ours) * 1e3:7.1f} ms   floor {median(theirs) * 1e3:7.1f} ms   ratio {median(ours) / median(theirs):.2f}"
    )


def main(where: Path | None) -> None:
    """Both, on one station."""
    with tempfile.TemporaryDirectory(dir=where) as name:
        folder = Path(name)
        station, _ = set_up(Home(folder / "station"), "a passphrase for the benchmark", profile=TEST)
        with station:
            answers(station, folder)
            finishes(station, folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
