"""P3, T1 to T6: nothing at the station ties a finished interview to a person, a moment or an order.

Each promise is shown twice: that it holds, and that the same look sees the leak when its defence is taken away.
"""

import base64
import hashlib
import os
import re
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from random import Random

import pytest

from interview.archive.central import Central, new_recipient, new_survey
from interview.calls.cases import Case
from interview.calls.outcomes import Outcome
from interview.crypto.sealing import SealingKey, open_sealed
from interview.crypto.slots import TEST
from interview.database.compact import checkpoint
from interview.errors import InterviewError
from interview.paths import Home
from interview.questionnaire.canonical import canonical_bytes
from interview.station import casework, finishing
from interview.station.answering import keep
from interview.station.exporting import export
from interview.station.finishing import finish
from interview.station.rehearsal import shipped_questionnaire
from interview.station.setup import set_up
from interview.station.station import Station, local_time
from interview.station.tidying import Tidier
from interview.station.unlocking import open_station
from interview.store.workspace import Workspace
from tests.station.watching import (
    COMMENT,
    Copy,
    finish_one_by_one,
    observed,
    opened,
    rank_correlation,
    records_of_batch,
    stored,
    walked,
)

PASSPHRASE = "åtta blå kajor sjunger"
CASE = Case(id="", unit="", name="Kanarie Fågelholm", telephone="070-174 06 93", note="Hör illa på vänster öra")
CERTAIN = 4.5
"""Standard deviations: exceeded by chance once in 150,000 times."""

Open = Callable[[], Station]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Station:
    """A rehearsal station that was set up and closed; the others begin as copies of its folder."""
    station, _ = set_up(Home(tmp_path_factory.mktemp("model") / "station"), PASSPHRASE, profile=TEST)
    station.close()
    return station


@pytest.fixture
def new_station(model: Station, tmp_path: Path) -> Iterator[Open]:
    made: list[Station] = []

    def make() -> Station:
        home = Home(tmp_path / f"station{len(made)}")
        shutil.copytree(model.home.root, home.root)
        station = open_station(home, replace(model.keyring, path=home.keyring))
        made.append(station)
        return station

    yield make
    for station in made:
        station.close()


@pytest.fixture
def station(new_station: Open) -> Station:
    return new_station()


def copy_of(station: Station) -> Copy:
    return Copy.of(station.home.root, station.keyring.secrets)


# T2: order.


def correlations(new_station: Open, stations: int, responses: int) -> dict[str, float]:
    """The mean rank correlation of the order of saving with everything observable, over so many stations."""
    found: defaultdict[str, list[float]] = defaultdict(list)
    for number in range(stations):
        station = new_station()
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


def test_t2_the_order_of_saving_is_in_nothing_observable(new_station: Open) -> None:
    found = correlations(new_station, stations=20, responses=12)
    assert len(found) == 6
    assert max(map(abs, found.values())) < bound(20, 12), found


@pytest.mark.slow
def test_t2_the_order_of_saving_is_in_nothing_observable_at_500(new_station: Open) -> None:
    found = correlations(new_station, stations=6, responses=500)
    assert max(map(abs, found.values())) < bound(6, 500), found


def test_t2_without_vacuum_the_order_shows(new_station: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """Taken away: `VACUUM`. The pages that hold what is too long for a cell are then numbered as the responses came."""

    def only_checkpoint(tidier: Tidier) -> None:
        for connection in tidier._connected():
            checkpoint(connection)

    monkeypatch.setattr(Tidier, "_tidy", only_checkpoint)
    found = correlations(new_station, stations=3, responses=12)
    assert abs(found["overflow"]) > 0.9


def test_t2_the_wal_is_empty_once_it_is_settled(station: Station) -> None:
    finish_one_by_one(station, 3, Random(1))
    station.settle()
    copy = copy_of(station)
    assert not copy.responses.frames
    assert not copy.workspace.frames
    assert not copy.responses.superseded


def test_t2_a_rowid_cannot_be_asked_for(station: Station) -> None:
    with pytest.raises(Exception, match="rowid"):
        station.responses.database.query("SELECT rowid FROM response")
    assert station.workspace.database.query(
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


def test_t3_no_old_copy_of_the_workspace_names_a_stored_response(station: Station) -> None:
    copies, tokens = finished_in_sight(station)
    assert len(copies) == 12 and len(tokens) == 3
    marks = names_of_responses(station)
    for copy in copies:
        assert not any(mark in copy.identified for mark in marks)
    # The other way round, at rest: no case, no interview, no token is named beside the responses.
    cases = [case.id for case in casework.cases(station)]
    rested = copies[-1].anonymous
    ids = [*cases, *(bytes.fromhex(case).decode("latin-1") for case in cases)]
    assert not any(name.encode("latin-1") in rested for name in ids)
    assert not any(token in rested for token in tokens)
    assert all(any(token in copy.identified for copy in copies) for token in tokens)


def test_t3_a_token_that_stayed_would_be_seen(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    """Taken away: step 4 of a finishing. An old copy of the workspace then shares the token with the responses."""
    monkeypatch.setattr(finishing, "forget", lambda responses, token: None)
    copies, tokens = finished_in_sight(station)
    assert all(token in copies[-1].anonymous for token in tokens)


def test_t3_a_sealed_response_holds_no_time_caller_case_or_sequence(station: Station) -> None:
    for number in range(5):
        case = casework.add_case(station, replace(CASE, name=f"Kanarie Fågelholm {number}"))
        finish(station, walked(station, Random(number), case))
    cases = {case.id for case in casework.cases(station)}
    for sealed in stored(station).values():
        response = opened(sealed, station.survey_hash)
        assert set(response) == {"format", "period", "questionnaire", "unit", "organisation", "respondent", "answers"}
        assert response["period"] == f"{local_time():%Y-%m}"
        answers = response.pop("answers")
        assert isinstance(answers, list)
        assert all(set(answer) <= {"id", "repetition", "value", "missing", "by"} for answer in answers)
        text = repr((response, answers))
        assert not re.search(r"\d{4}-\d\d-\d\d|\d\d:\d\d", text)
        assert not any(case in text for case in cases)
        assert "Kanarie" not in text and "06 93" not in text


def test_t3_the_same_answers_are_the_same_bytes_whoever_gave_them_and_when(new_station: Open) -> None:
    """What is sealed follows from month and answers alone: not from day, hour, case, interview, order or station."""
    told = []
    for number, day in enumerate((2, 27)):
        station = new_station()
        station.clock = lambda day=day, number=number: datetime(2026, 11, day, 8 + number, 15).astimezone()  # type: ignore[misc]
        case = casework.add_case(station, CASE) if number else None
        for _ in range(number):
            finish(station, walked(station, Random(9)))
        before = set(stored(station))
        finish(station, walked(station, Random(5), case))
        [new] = set(stored(station)) - before
        told.append(opened(stored(station)[new], station.survey_hash))
    assert told[0] == told[1]


def test_t3_counts_are_by_month(station: Station) -> None:
    finish(station, walked(station, Random(1)))
    case = casework.add_case(station, CASE)
    finish(station, walked(station, Random(2), case))
    for tally in station.workspace.tallies():
        assert re.fullmatch(r"\d{4}-\d\d", tally.month)
    assert station.responses.database.query("SELECT count(*) FROM sqlite_schema WHERE name LIKE '%tally%'") == [(0,)]


# T4: batches.


def isolated(exports: list[frozenset[bytes]], minimum: int) -> list[int]:
    """The sizes under the minimum of all unions and differences of any two exports."""
    sizes = [len(part) for one in exports for other in exports for part in (one | other, one - other, one & other)]
    return [size for size in sizes if 0 < size < minimum]


def test_t4_no_two_exports_isolate_a_few(station: Station, tmp_path: Path) -> None:
    minimum, rng = station.survey.minimum_batch, Random(4)
    exports = []
    for number in range(25):
        count = rng.randrange(1, 8)
        station.responses.add_many(station.survey_hash, [os.urandom(200) for _ in range(count)])
        try:
            exported = export(station, to=tmp_path / f"out{number}", again=bool(exports) and rng.random() < 0.2)
        except InterviewError as error:
            assert error.code == "exchange.under-minimum"
            continue
        exports.append(frozenset(records_of_batch(exported.path)))
    assert len(exports) >= 6
    assert not isolated(exports, minimum)
    # Taken away: the minimum, or that a response leaves once.
    assert isolated([*exports, frozenset(list(exports[0])[:-1])], minimum)


# T1: nothing here opens an answer.


@pytest.fixture
def central(tmp_path: Path) -> Iterator[Central]:
    opened, _ = new_recipient(Home(tmp_path / "central"), "Analysgruppen", PASSPHRASE, TEST)
    with opened:
        yield opened


@pytest.fixture
def real(central: Central, tmp_path: Path) -> Iterator[Station]:
    made = new_survey(
        central, to=tmp_path / "s.survey", id="host-2026", title="Hösten", starts="2020-01", ends="2099-12",
        questionnaire=canonical_bytes(shipped_questionnaire()), units=[{"id": "vc-norr", "name": "Norr"}],
    )  # fmt: skip
    station, _ = set_up(
        Home(tmp_path / "station"), PASSPHRASE, survey_file=made.path.read_bytes(), fingerprint=made.fingerprint,
        unit="vc-norr", organisation="primary-care", profile=TEST,
    )  # fmt: skip
    with station:
        yield station


def keys_in(station: Station, key: SealingKey) -> list[bytes]:
    """The parts of a private key that lie anywhere at the station, in any form."""
    copy = copy_of(station)
    everything = b"".join((copy.raw, copy.identified, copy.anonymous, *station.keyring.secrets.values()))
    raw = key.to_bytes()
    parts = [raw[start : start + 16] for start in range(0, len(raw), 16)]
    forms = [form for part in parts for form in (part, part.hex().encode())]
    forms += [base64.b64encode(raw[start:])[:32] for start in range(3)]
    return [form for form in forms if form in everything]


def test_t1_no_answer_is_recoverable_with_everything_at_the_station(real: Station, central: Central) -> None:
    comment = "Ingen ringde mig på nio dagar, kajan sjöng"
    finish(real, walked(real, Random(1), comment=comment))
    real.settle()
    copy = copy_of(real)
    for whole in (copy.raw, copy.identified, copy.anonymous):
        assert comment.encode() not in whole
        assert b"kajan sj" not in whole
    [(_, sealed)] = stored(real).items()
    survey = bytes.fromhex(real.survey_hash)
    # Every secret of the keyring, alone and together, as a private key.
    secrets = b"".join(real.keyring.secrets.values())
    for start in range(len(secrets)):
        stretched = (secrets[start:] + secrets[:start])[:96]
        with pytest.raises(InterviewError) as caught:
            open_sealed(sealed, SealingKey.from_bytes(stretched.ljust(96, b"\0")), 0, survey)
        assert caught.value.code == "crypto.damaged-record"
    assert comment.encode() in open_sealed(sealed, central.sealing_key, 0, survey)


def test_t1_no_byte_of_a_private_key_is_at_the_station(real: Station, central: Central) -> None:
    finish(real, walked(real, Random(1)))
    real.settle()
    assert not keys_in(real, central.sealing_key)
    # Taken away: that the key stays at the central group.
    real.responses.set_setting("key", central.sealing_key.to_bytes())
    assert keys_in(real, central.sealing_key)


# T5: length.


def test_t5_every_comment_makes_the_same_length(station: Station) -> None:
    comments = ("", "å" * 500, "👵🏽" * 250, "a", '"\\' * 250, "\x01" * 500)
    lengths = set()
    for number, comment in enumerate(comments):
        before = set(stored(station))
        finish(station, walked(station, Random(number), comment=comment))
        after = stored(station)
        [new] = set(after) - before
        lengths.add(len(after[new]))
        told = opened(after[new], station.survey_hash)["answers"]
        assert isinstance(told, list)
        assert [answer.get("value") for answer in told if answer["id"] == COMMENT.id] == [comment]
    assert len(lengths) == 1


def test_t5_without_padding_the_length_tells(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    """Taken away: the padding."""
    monkeypatch.setattr(finishing, "pad", lambda content, size: content)
    for comment in ("", "å" * 500):
        finish(station, walked(station, Random(1), comment=comment))
    assert len({len(sealed) for sealed in stored(station).values()}) == 2


# T6: what remains.


def canaries(comment: str) -> list[bytes]:
    texts = (CASE.name, CASE.telephone, CASE.note, comment)
    return [form for text in texts for form in (text.encode(), text.encode("utf-16-le"))]


def test_t6_a_name_is_in_no_file_ever_and_in_no_page_once_it_is_erased(
    station: Station, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    for variable in ("TMPDIR", "SQLITE_TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(variable, str(scratch))
    comment = "Kajan sjöng för Kanarie Fågelholm"
    wanted = canaries(comment)
    moments = [copy_of(station)]
    case = casework.add_case(station, CASE)
    casework.record_attempt(station, case, Outcome.NO_ANSWER, "Kanarie Fågelholm svarar inte")
    moments.append(copy_of(station))
    interview = walked(station, Random(1), case, comment)
    keep(station, interview)
    moments.append(copy_of(station))
    # It is there to be found: the drafts can be read by whoever has the key.
    for canary in wanted[::2]:
        assert canary in moments[-1].identified
    finish(station, interview)
    moments.append(copy_of(station))
    finish_one_by_one(station, 10, Random(2))
    export(station)
    moments.append(copy_of(station))
    station.settle()
    moments.append(copy_of(station))
    for moment in moments:
        assert not any(canary in moment.raw for canary in wanted)
    assert not any(canary in path.read_bytes() for path in scratch.rglob("*") if path.is_file() for canary in wanted)
    rested = moments[-1]
    assert not any(canary in rested.identified or canary in rested.anonymous for canary in wanted)
    assert case.id.encode() not in rested.identified


def test_t6_whatever_is_erased_is_in_no_page(station: Station) -> None:
    rng, there, gone = Random(6), {}, []
    store: Workspace = station.workspace
    for number in range(120):
        if rng.random() < 0.6 or not there:
            name = "Kanarie " + hashlib.sha256(b"%d" % number).hexdigest()[:12]
            long = "å" * rng.choice((0, 30, 1500, 3000))
            case = replace(CASE, id=os.urandom(16).hex(), name=name, note=long)
            store.add_case(case, station.survey_hash)
            there[case.id] = name
        else:
            chosen = rng.choice(sorted(there))
            casework.record_attempt(station, store.case(chosen), Outcome.REFUSED)
            store.erase_closed_cases()
            gone.append(there.pop(chosen))
    checkpoint(store.database)
    identified = copy_of(station).identified
    assert len(gone) > 20 and len(there) > 5
    assert not any(name.encode() in identified for name in gone)
    assert all(name.encode() in identified for name in there.values())
