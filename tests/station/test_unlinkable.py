"""P3, T1 to T6: nothing at the station ties a finished interview to a person, a moment or an order.

Each promise is shown twice: that it holds, and that the same look sees the leak when its defence is taken away.
"""

import base64
import os
import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from random import Random

import pytest

from interview.audit.pages import indexed_pages
from interview.database.compact import checkpoint
from interview.errors import InterviewError
from interview.station import casework, finishing
from interview.station.exporting import export
from interview.station.finishing import finish
from interview.station.station import Station
from interview.station.tidying import Tidier
from tests.station.watching import (
    CASE,
    Copy,
    copy_of,
    finish_one_by_one,
    observed,
    opened,
    rank_correlation,
    records_of_batch,
    stored,
    walked,
)

Open = Callable[[], Station]
CERTAIN = 4.5
"""Standard deviations: exceeded by chance once in 150,000 times."""


# T2: order.


def correlations(new_rehearsal: Open, stations: int, responses: int) -> dict[str, float]:
    """The mean rank correlation of the order of saving with everything observable, over so many stations."""
    found: defaultdict[str, list[float]] = defaultdict(list)
    for number in range(stations):
        station = new_rehearsal()
        order = finish_one_by_one(station, responses, Random(number))
        station.settle()
        seen = observed(copy_of(station), order)
        batch = records_of_batch(export(station).path)
        seen["place in the batch"] = [batch.index(key) for key in order]
        for what, values in seen.items():
            found[what].append(rank_correlation(values))
        station.close()
    return {what: sum(each) / len(each) for what, each in found.items()}


def bound(stations: int, responses: int) -> float:
    """How far from zero the mean of so many independent rank correlations lies by chance."""
    return CERTAIN / (stations * (responses - 1)) ** 0.5


def test_t2_the_order_of_saving_is_in_nothing_observable(new_rehearsal: Open) -> None:
    found = correlations(new_rehearsal, stations=8, responses=12)
    assert len(found) == 6
    assert max(map(abs, found.values())) < bound(8, 12), found


@pytest.mark.slow
def test_t2_the_order_of_saving_is_in_nothing_observable_at_500(new_rehearsal: Open) -> None:
    found = correlations(new_rehearsal, stations=2, responses=500)
    assert max(map(abs, found.values())) < bound(2, 500), found


@pytest.mark.slow
def test_t2_the_order_of_saving_is_in_nothing_observable_at_many_stations(new_rehearsal: Open) -> None:
    found = correlations(new_rehearsal, stations=40, responses=12)
    assert max(map(abs, found.values())) < bound(40, 12), found


def test_t2_without_vacuum_the_order_shows(new_rehearsal: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """Taken away: `VACUUM`. The pages that hold what is too long for a cell are then numbered as the responses came."""

    def only_checkpoint(tidier: Tidier) -> None:
        for connection in tidier._connected():
            checkpoint(connection)

    monkeypatch.setattr(Tidier, "_tidy", only_checkpoint)
    found = correlations(new_rehearsal, stations=3, responses=12)
    assert abs(found["overflow"]) > 0.9


def test_t2_the_wal_is_empty_once_it_is_settled(rehearsal: Station) -> None:
    finish_one_by_one(rehearsal, 3, Random(1))
    rehearsal.settle()
    copy = copy_of(rehearsal)
    assert not copy.responses.frames
    assert not copy.workspace.frames
    assert not copy.responses.superseded
    # Its index lies there in plain bytes as long as the station is open.
    assert [set(block) <= {1} for block in indexed_pages(copy.files["responses.db-shm"])] == [True]


def test_t2_a_rowid_cannot_be_asked_for(rehearsal: Station) -> None:
    with pytest.raises(Exception, match="rowid"):
        rehearsal.responses.database.query("SELECT rowid FROM response")
    assert rehearsal.workspace.database.query(
        "SELECT count(*) FROM sqlite_schema WHERE sql NOT LIKE '%WITHOUT ROWID'"
    ) == [(0,)]


# T3: links.


def finished_in_sight(station: Station) -> tuple[list[Copy], set[bytes]]:
    """Three interviews with cases, the folder copied at every step of them; and every token that was used."""
    copies, tokens = [], set()
    mark = finishing.mark

    def marked(station: Station, draft: object) -> bytes:
        token = mark(station, draft)  # type: ignore[arg-type]
        tokens.add(token)
        copies.append(copy_of(station))
        return token

    finishing.mark = marked
    try:
        for number in range(3):
            case = casework.add_case(station, replace(CASE, name=f"Kanarie Fågelholm {number}"))
            interview = walked(station, Random(number), case)
            copies.append(copy_of(station))
            finish(station, interview)
            copies.append(copy_of(station))
            station.settle()
            copies.append(copy_of(station))
    finally:
        finishing.mark = mark
    return copies, tokens


def names_of_responses(station: Station) -> list[bytes]:
    """Everything by which a stored response could be named: parts of its hash and of its bytes, raw and written."""
    marks = []
    for key, sealed in stored(station).items():
        marks += [key[:8], key[-8:], sealed[6:14], sealed[-8:], key.hex()[:16].encode(), base64.b64encode(key)[:16]]
    return marks


def test_t3_no_old_copy_of_the_workspace_names_a_stored_response(rehearsal: Station) -> None:
    copies, tokens = finished_in_sight(rehearsal)
    assert len(copies) == 12 and len(tokens) == 3
    marks = names_of_responses(rehearsal)
    for copy in copies:
        assert not any(mark in copy.identified for mark in marks)
    # The other way round, at rest: no case, no interview, no token is named beside the responses.
    cases = [case.id for case in casework.cases(rehearsal)]
    rested = copies[-1].anonymous
    ids = [*cases, *(bytes.fromhex(case).decode("latin-1") for case in cases)]
    assert not any(name.encode("latin-1") in rested for name in ids)
    assert not any(token in rested for token in tokens)
    assert all(any(token in copy.identified for copy in copies) for token in tokens)


def test_t3_a_token_that_stayed_would_be_seen(rehearsal: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    """Taken away: step 4 of a finishing. An old copy of the workspace then shares the token with the responses."""
    monkeypatch.setattr(finishing, "forget", lambda responses, token: None)
    copies, tokens = finished_in_sight(rehearsal)
    assert all(token in copies[-1].anonymous for token in tokens)


def test_t3_a_sealed_response_holds_no_time_caller_case_or_sequence(rehearsal: Station) -> None:
    for number in range(5):
        case = casework.add_case(rehearsal, replace(CASE, name=f"Kanarie Fågelholm {number}"))
        finish(rehearsal, walked(rehearsal, Random(number), case))
    cases = {case.id for case in casework.cases(rehearsal)}
    for sealed in stored(rehearsal).values():
        response = opened(sealed, rehearsal.survey_hash)
        assert set(response) == {"format", "period", "questionnaire", "unit", "organisation", "respondent", "answers"}
        assert response["period"] == "2026-11"
        answers = response.pop("answers")
        assert isinstance(answers, list)
        assert all(set(answer) <= {"id", "repetition", "value", "missing", "by"} for answer in answers)
        text = repr((response, answers))
        assert not re.search(r"\d{4}-\d\d-\d\d|\d\d:\d\d", text)
        assert not any(case in text for case in cases)
        assert "Kanarie" not in text and "06 93" not in text


def test_t3_the_same_answers_are_the_same_bytes_whoever_gave_them_and_when(new_rehearsal: Open) -> None:
    """What is sealed follows from month and answers alone: not from day, hour, case, interview, order or station."""
    told = []
    for number, day in enumerate((2, 27)):
        station = new_rehearsal()
        station.clock = lambda day=day, number=number: datetime(2026, 11, day, 8 + number, 15).astimezone()  # type: ignore[misc]
        case = casework.add_case(station, CASE) if number else None
        for _ in range(number):
            finish(station, walked(station, Random(9)))
        before = set(stored(station))
        finish(station, walked(station, Random(5), case))
        [new] = set(stored(station)) - before
        told.append(opened(stored(station)[new], station.survey_hash))
    assert told[0] == told[1]


def test_t3_counts_are_by_month(rehearsal: Station) -> None:
    finish(rehearsal, walked(rehearsal, Random(1)))
    case = casework.add_case(rehearsal, CASE)
    finish(rehearsal, walked(rehearsal, Random(2), case))
    for tally in rehearsal.workspace.tallies():
        assert re.fullmatch(r"\d{4}-\d\d", tally.month)
    assert rehearsal.responses.database.query("SELECT count(*) FROM sqlite_schema WHERE name LIKE '%tally%'") == [(0,)]


# T4: batches.


def isolated(exports: list[frozenset[bytes]], minimum: int) -> list[int]:
    """The sizes under the minimum of all unions and differences of any two exports."""
    sizes = [len(part) for one in exports for other in exports for part in (one | other, one - other, one & other)]
    return [size for size in sizes if 0 < size < minimum]


def test_t4_no_two_exports_isolate_a_few(rehearsal: Station, tmp_path: Path) -> None:
    minimum, rng = rehearsal.survey.minimum_batch, Random(4)
    exports = []
    for number in range(25):
        count = rng.randrange(1, 8)
        rehearsal.responses.add_many(rehearsal.survey_hash, [os.urandom(200) for _ in range(count)])
        try:
            exported = export(rehearsal, to=tmp_path / f"out{number}", again=bool(exports) and rng.random() < 0.2)
        except InterviewError as error:
            assert error.code == "exchange.under-minimum"
            continue
        exports.append(frozenset(records_of_batch(exported.path)))
    assert len(exports) >= 6
    assert not isolated(exports, minimum)
    # Taken away: the minimum, or that a response leaves once.
    assert isolated([*exports, frozenset(list(exports[0])[:-1])], minimum)
