"""Finishing (A13, P3, P4): one response, sealed, and nothing left of the draft, whatever comes between the steps."""

import os
import shutil
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from interview.calls.cases import Case
from interview.calls.outcomes import Outcome
from interview.database.opening import open_database
from interview.errors import InterviewError
from interview.session.answers import Draft, Missing, Respondent
from interview.session.interview import Interview
from interview.session.response import make_response
from interview.station import answering, casework, finishing
from interview.station.finishing import Finished, finish
from interview.station.station import WORKSPACE_KEY, Station
from interview.store.responses import Responses
from interview.store.workspace import Workspace
from tests.crashes.disk import Fault, Operation, watched
from tests.crashes.kills import Tell, Work, count_points, in_child, kill_at, needs_forks, spread
from tests.station.stations import Original, answered, open_cases, talk

NOVEMBER = "2026-11"
TOGETHER = 30
"""Stations that one child looks at: it warms up once."""
STEPS = ("mark", "store", "erase", "forget")


def code_of(function: Callable[[], object]) -> str:
    with pytest.raises(InterviewError) as caught:
        function()
    return caught.value.code


def is_finished(station: Station, responses: int = 1) -> None:
    """So many responses and no orphan: no draft, no answer, no token."""
    stored = station.responses.database.query("SELECT count(*) FROM response")
    assert stored == [(responses,)] and station.responses.waiting_count(station.survey_hash) == responses
    assert station.workspace.drafts() == () and station.responses.tokens() == frozenset()
    assert station.workspace.database.query("SELECT count(*) FROM answer") == [(0,)]
    assert sum(station.workspace.tallies().values()) == responses


def some_case(station: Station) -> Case:
    return casework.add_case(station, Case(id="", unit="", name="Påhittad Påhittadsson", telephone="070-174 06 05"))


def test_a_finished_interview_is_a_sealed_response_and_nothing_else(original: Original, station: Station) -> None:
    """P3, P4, A13: what the central group reads is what was answered, with its month and no more."""
    case = some_case(station)
    interview = talk(station, answering.begin(station, case))
    expected = make_response(interview, NOVEMBER, "primary-care")
    assert finish(station, interview) == Finished(Outcome.COMPLETE, True, 1)
    is_finished(station)
    assert original.opened(station) == [expected]
    closed = station.workspace.case(case.id)
    assert [attempt.outcome for attempt in closed.attempts] == [Outcome.COMPLETE]
    (tally,) = station.workspace.tallies()
    assert (tally.month, tally.unit, tally.outcome, tally.proxy) == (NOVEMBER, "vc-norr", Outcome.COMPLETE, False)


def test_what_a_next_of_kin_and_several_said_arrives(original: Original, station: Station) -> None:
    for respondents in ((Respondent.PROXY,), (Respondent.PATIENT, Respondent.PROXY)):
        interview = talk(station, items=6)
        for respondent in respondents:
            interview = interview.answered_by(respondent)
            for _ in range(6):
                interview = answered(interview)
        while interview.item is not None:
            interview = answered(interview)
        finish(station, interview)
    assert {str(response.respondent) for response in original.opened(station)} == {"mixed"}
    assert sum(count for tally, count in station.workspace.tallies().items() if tally.proxy) == 2


def test_every_response_of_a_form_has_one_length(station: Station) -> None:
    """P4, T5: nearly nothing, everything, the longest text in the widest letters."""
    for wish in ("", "å" * 20, "\U0001f9d3" * 500):
        interview = talk(station)
        text = next(
            address
            for address in interview.draft.answers
            if station.form(interview.form.hash).item(address).type == "text"
        )
        finish(station, interview.jump(text).answer(wish))
    finish(station, talk(station, items=14).ended())
    lengths = {len(sealed) for _, sealed in station.responses.waiting(station.survey_hash)}
    assert len(lengths) == 1


def test_too_little_is_erased_and_not_sealed(station: Station) -> None:
    case = some_case(station)
    interview = talk(station, answering.begin(station, case), items=4).ended()
    assert finish(station, interview) == Finished(Outcome.BREAK_OFF, False, 0)
    assert station.workspace.drafts() == () and station.responses.database.query("SELECT * FROM response") == []
    assert [attempt.outcome for attempt in station.workspace.case(case.id).attempts] == [Outcome.BREAK_OFF]


@pytest.mark.parametrize(
    ("moment", "period"),
    [(datetime(2026, 12, 31, 23, 59), "2026-12"), (datetime(2027, 1, 2), "2026-12"), (datetime(2026, 3, 1), "2026-09")],
)
def test_the_month_is_one_of_the_surveys(original: Original, tmp_path: Path, moment: datetime, period: str) -> None:
    """P3, C5: an interview finished after the last month, or with the clock set back, counts in the nearest."""
    with original.open(tmp_path / "station") as station:
        interview = talk(station)
    with original.open(tmp_path / "station", moment.astimezone) as station:
        finish(station, answering.resume(station, interview.draft.id))
        assert [response.period for response in original.opened(station)] == [period]


# Killed between any two steps.


def finishing_in(original: Original, folder: Path) -> Work:
    """The last steps of the interview that rests in a station's folder."""

    def work(tell: Tell) -> None:
        with original.open(folder) as station:
            (kept,) = station.workspace.drafts()
            finish(station, answering.resume(station, kept.draft.id))
            tell("finished")

    return work


def whole_after(original: Original, folder: Path) -> Work:
    """Unlocking ends what was begun, or leaves an interview that can be finished; one response comes of it."""

    def look(tell: Tell) -> None:
        with original.open(folder) as station:
            if drafts := station.workspace.drafts():
                assert drafts[0].token is None and station.responses.tokens() == frozenset()
                finish(station, answering.resume(station, drafts[0].draft.id))
                tell("was a draft")
            is_finished(station)
            assert open_cases(station.workspace) == 0 and len(station.workspace.cases()[0].attempts) == 1
        with original.open(folder) as station:
            is_finished(station)

    return look


@pytest.fixture(scope="module")
def ready(original: Original, tmp_path_factory: pytest.TempPathFactory) -> Original:
    """A station with one whole interview on its review, begun from a case."""
    folder = tmp_path_factory.mktemp("ready") / "station"
    with original.open(folder) as station:
        talk(station, answering.begin(station, some_case(station)))
    return replace(original, home=type(original.home)(folder))


@needs_forks
def test_killed_before_any_write_or_sync_it_ends_in_one_response(ready: Original, ram: Path) -> None:
    """A13, P3, T18: at every step up to where it says so, and a spread of those of tidying and closing."""
    points = count_points(finishing_in(ready, ram / "counted"))
    # Most of the steps are the tidier's, and come when it is finished.
    kill_all(ready, ram, sorted({*spread(points // 3, 8), *spread(points, 4)}))


@needs_forks
@pytest.mark.slow
def test_killed_a_thousand_times_it_ends_in_one_response_each_time(ready: Original, ram: Path) -> None:
    """C5, T18."""
    points = count_points(finishing_in(ready, ram / "counted"))
    for turn in range(-(-1000 // points)):
        kill_all(ready, ram / str(turn), list(range(points)))


def kill_all(ready: Original, folder: Path, points: list[int]) -> None:
    lost, after = set(), set()
    for first in range(0, len(points), TOGETHER):
        places = {point: folder / str(point) for point in points[first : first + TOGETHER]}
        deaths = {point: kill_at(finishing_in(ready, place), point) for point, place in places.items()}
        drafts = in_child(whole_after_all(ready, places))
        for point, death in deaths.items():
            was_draft = str(point) in drafts
            assert not (death.told and was_draft), f"finished, and yet a draft after a kill at {death.at}"
            (after if death.told else lost).add(was_draft)
            shutil.rmtree(places[point])
    assert lost == {False, True} and after <= {False}


def whole_after_all(ready: Original, places: dict[int, Path]) -> Work:
    """The same of several stations, one after the other; tells which of them had a draft."""

    def look(tell: Tell) -> None:
        for point, place in places.items():
            said: list[str] = []
            whole_after(ready, place)(said.append)
            if said:
                tell(str(point))

    return look


@needs_forks
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("before", [True, False])
def test_killed_between_two_steps_it_ends_in_one_response(
    ready: Original, ram: Path, monkeypatch: pytest.MonkeyPatch, step: str, before: bool
) -> None:
    """A13, P3: and killed once more while it is being ended."""
    real = getattr(finishing, step)

    def last_words(*given: object) -> object:
        done = None if before else real(*given)
        os.kill(os.getpid(), 9)
        return done

    folder = ram / "station"
    with monkeypatch.context() as patched:
        patched.setattr(finishing, step, last_words)
        assert kill_at(finishing_in(ready, folder), -1).killed
        kill_at(whole_after(ready, folder), -1)
    in_child(whole_after(ready, folder))


# Failures.


class Failing:
    """A watcher that lets so many writes of the main thread to a file through, once it is armed, and fails the next."""

    def __init__(self, file: str, fault: Fault) -> None:
        self.file, self.fault = file, fault
        self.left: int | None = None
        self.seen = 0

    def __call__(self, operation: Operation) -> Fault | None:
        mine = operation.kind == "write" and operation.path.name == self.file
        if not mine or threading.current_thread() is not threading.main_thread():
            return None
        self.seen += 1
        if self.left is None:
            return None
        self.left -= 1
        if self.left >= 0:
            return None
        self.left = None
        return self.fault


@needs_forks
@pytest.mark.parametrize("file", ["workspace.db-wal", "responses.db-wal"])
@pytest.mark.parametrize("fault", Fault)
def test_a_failure_at_any_write_can_be_tried_again(ready: Original, ram: Path, file: str, fault: Fault) -> None:
    """A13, P2: in the same window after a full disk, after unlocking again where the disk had errors; one response."""

    def attempt(folder: Path, nth: int | None) -> int:
        failing = Failing(file, fault)
        with watched(failing), ready.open(folder) as station:
            (kept,) = station.workspace.drafts()
            interview = answering.resume(station, kept.draft.id)
            failing.left, failing.seen = nth, 0
            try:
                finish(station, interview)
            except InterviewError as error:
                assert error.code == ("database.io-error" if fault is Fault.IO_ERROR else "database.disk-full")
                if fault is not Fault.IO_ERROR:
                    assert finish(station, interview).sealed
        in_child(whole_after(ready, folder))
        return failing.seen

    writes = attempt(ram / "counted", None)
    for nth in spread(writes, 4):
        attempt(ram / str(nth), nth)


def test_another_window_finished_it_first(original: Original, tmp_path: Path) -> None:
    """A13: both had it on the review, and both had marked it."""
    with original.open(tmp_path / "station") as one, original.open(tmp_path / "station") as other:
        interview = talk(one)
        elsewhere = answering.resume(other, interview.draft.id)
        assert finishing.mark(one, interview.draft) == finishing.mark(other, elsewhere.draft)
        finish(one, interview)
        assert code_of(lambda: finish(other, elsewhere)) == "store.no-such-draft"
        is_finished(one)


def overtaken(monkeypatch: pytest.MonkeyPatch, by: Callable[[], object]) -> None:
    """Let something happen in another window right after the next marking."""
    real, turns = finishing.mark, [by]

    def mark(station: Station, draft: Draft) -> bytes:
        token = real(station, draft)
        if turns:
            turns.pop()()
        return token

    monkeypatch.setattr(finishing, "mark", mark)


def test_another_window_finishes_between_marking_and_storing(
    original: Original, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A13: the token is gone again when this one comes to store; there is one response, and it says it is sealed."""
    with original.open(tmp_path / "station") as one, original.open(tmp_path / "station") as other:
        interview = talk(one)
        elsewhere = answering.resume(other, interview.draft.id)
        overtaken(monkeypatch, lambda: finish(one, interview))
        assert finish(other, elsewhere) == Finished(Outcome.COMPLETE, True, 1)
        is_finished(one)


def test_another_window_unlocks_between_marking_and_storing(
    original: Original, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A13: it takes the marked draft for one that was interrupted; there is one response, and it says it is sealed."""
    with original.open(tmp_path / "station") as station:
        interview = talk(station)
        overtaken(monkeypatch, lambda: original.open(tmp_path / "station").close())
        assert finish(station, interview) == Finished(Outcome.COMPLETE, True, 1)
        is_finished(station)


def locked_elsewhere(station: Station) -> None:
    """Another window begins to write to the workspace, and waits for nobody."""
    with open_database(station.home.workspace, station.keyring.secrets[WORKSPACE_KEY]) as other:
        other.query("PRAGMA busy_timeout = 0")
        with Workspace(other).locked():
            pass


@pytest.mark.parametrize("unlocking", [False, True], ids=["finishing", "unlocking"])
def test_no_other_window_comes_between_the_look_at_the_mark_and_the_storing(
    original: Original, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, unlocking: bool
) -> None:
    """A13: it would find a marked draft without a token, as after a crash, and a second response would come of it."""
    real, kept_out = finishing.store, []

    def stored(responses: Responses, draft: Draft, sealed: bytes, token: bytes) -> None:
        kept_out.append(code_of(lambda: locked_elsewhere(keyed)))
        real(responses, draft, sealed, token)

    monkeypatch.setattr(finishing, "store", stored)
    with original.open(tmp_path / "station") as keyed:
        interview = talk(keyed)
        if unlocking:
            finishing.mark(keyed, interview.draft)
            original.open(tmp_path / "station").close()
        else:
            finish(keyed, interview)
        is_finished(keyed)
    assert kept_out == ["database.busy"]


def test_another_window_goes_on_between_marking_and_storing(
    original: Original, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """P2, A13: the answer acknowledged there is in the response that is sealed in the end."""
    with original.open(tmp_path / "station") as one, original.open(tmp_path / "station") as other:
        interview = talk(one)
        elsewhere = unknown_in_the_first_choice(answering.resume(other, interview.draft.id))
        overtaken(monkeypatch, lambda: answering.keep(other, elsewhere))
        assert code_of(lambda: finish(one, interview)) == "store.draft-changed-elsewhere"
        finish(other, elsewhere)
        is_finished(other)
        assert original.opened(other) == [make_response(elsewhere, NOVEMBER, "primary-care")]


def unknown_in_the_first_choice(interview: Interview) -> Interview:
    """The interview with one answer changed from the review."""
    places = [place for place in interview.draft.answers if interview.form.item(place).role is None]
    changed = interview.jump(places[0]).without_value(Missing.UNKNOWN)
    assert changed.draft.answers != interview.draft.answers
    return changed


def test_after_a_failed_finishing_one_can_change_an_answer(original: Original, station: Station) -> None:
    """P2: what is sealed in the end is what was changed."""
    interview = talk(station)
    finishing.mark(station, interview.draft)
    changed = unknown_in_the_first_choice(interview)
    finish(station, changed)
    is_finished(station)
    assert original.opened(station) == [make_response(changed, NOVEMBER, "primary-care")]


def test_what_is_stored_cannot_be_changed_and_is_ended_by_sealing_again(original: Original, station: Station) -> None:
    interview = talk(station)
    token = finishing.mark(station, interview.draft)
    finishing.store(station.responses, interview.draft, finishing.seal(station, interview), token)
    changed = unknown_in_the_first_choice(interview)
    assert code_of(lambda: answering.keep(station, changed)) == "station.sealed-already"
    assert finish(station, changed).sealed
    is_finished(station)
    assert original.opened(station) == [make_response(interview, NOVEMBER, "primary-care")]


def test_what_is_stored_cannot_be_withdrawn_and_does_not_say_so(station: Station) -> None:
    """P3: a finishing failed after its response was stored; erasing the draft would leave that behind, unsaid."""
    interview = talk(station)
    token = finishing.mark(station, interview.draft)
    finishing.store(station.responses, interview.draft, finishing.seal(station, interview), token)
    assert code_of(lambda: answering.discard(station, interview, Outcome.REFUSED)) == "station.sealed-already"
    assert finish(station, interview).sealed
    is_finished(station)


def test_no_other_window_stores_what_is_being_withdrawn(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    """P3: between the look for its response and the erasing nobody can store one."""
    interview = talk(station)
    finishing.mark(station, interview.draft)
    real, kept_out = station.workspace.settle, []

    def settled(draft: Draft, outcome: Outcome, at: datetime) -> bool:
        kept_out.append(code_of(lambda: locked_elsewhere(station)))
        return real(draft, outcome, at)

    monkeypatch.setattr(station.workspace, "settle", settled)
    answering.discard(station, interview, Outcome.REFUSED)
    assert kept_out == ["database.busy"] and station.workspace.drafts() == ()


def test_what_was_only_marked_can_be_withdrawn(station: Station) -> None:
    interview = talk(station)
    finishing.mark(station, interview.draft)
    answering.discard(station, interview, Outcome.REFUSED)
    assert station.workspace.drafts() == () and station.responses.waiting_count(station.survey_hash) == 0


def test_an_unlocking_that_fails_after_ending_a_finishing_leaves_nothing_running(
    original: Original, tmp_path: Path
) -> None:
    """T18: neither the tidier nor a connection of its own, so that the folder can be restored."""
    with original.open(tmp_path / "station") as station:
        station.responses.add(station.survey_hash, b"sealed", b"a token alone")
        station.responses.add_survey("ab" * 32, b"no envelope", station.questionnaire_hash)
        station.responses.put_in_force(station.survey_hash)
    assert code_of(lambda: original.open(tmp_path / "station")) == "crypto.bad-json"
    assert "tidier" not in {thread.name for thread in threading.enumerate()}


def test_a_token_names_nothing_afterwards(station: Station) -> None:
    """P3, T3: what both sides held is on neither, and no value of one is on the other but the survey's hash."""
    finish(station, talk(station, answering.begin(station, some_case(station))))
    other = talk(station, items=5)

    def values(store: Workspace | Responses) -> set[object]:
        tables = [row[0] for row in store.database.query("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = [row for table in tables for row in store.database.query(f"SELECT * FROM {table}")]
        return {value for row in rows for value in row if isinstance(value, bytes | str) and len(value) >= 16}

    identified, anonymous = values(station.workspace), values(station.responses)
    assert other.draft.id in identified and identified & anonymous == set()


def test_another_window_stores_and_dies_while_a_mark_is_taken_back(
    original: Original, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A13, P3: it cannot come between the look for its response and the taking back; there is one response."""
    with original.open(tmp_path / "station") as one, original.open(tmp_path / "station") as other:
        interview = talk(one)
        elsewhere = unknown_in_the_first_choice(answering.resume(other, interview.draft.id))
        token = finishing.mark(one, interview.draft)
        one.workspace.database.query("PRAGMA busy_timeout = 50")
        real, looks = other.responses.has_token, []

        def looked(asked: bytes) -> bool:
            found = real(asked)
            # What `finish` does up to the storing; then it dies.
            with suppress(InterviewError), one.workspace.locked():
                finishing.store(one.responses, interview.draft, finishing.seal(one, interview), token)
            looks.append(found)
            return found

        monkeypatch.setattr(other.responses, "has_token", looked)
        answering.keep(other, elsewhere)
        assert finish(other, elsewhere) == Finished(Outcome.COMPLETE, True, 1) and looks == [False]
        is_finished(other)
