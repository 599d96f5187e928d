"""Interviews under way (A9, P2, P7): what was kept comes back, whoever kills the program, whichever window it was."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from interview.calls.cases import Case
from interview.calls.outcomes import Outcome
from interview.errors import InterviewError
from interview.questionnaire.canonical import canonical_bytes, questionnaire_hash
from interview.questionnaire.models import Questionnaire
from interview.session.answers import Draft, Missing, Respondent
from interview.session.form import Form
from interview.session.interview import Interview
from interview.station import answering, casework
from interview.station.rehearsal import shipped_questionnaire
from interview.station.station import Station
from interview.station.unlocking import open_station
from tests.crashes.disk import Fault, Operation, watched
from tests.crashes.kills import Tell, count_points, in_child, kill_at, needs_forks, spread
from tests.station.stations import NOON, Original, answered, talk


def code_of(function: Callable[[], object]) -> str:
    with pytest.raises(InterviewError) as caught:
        function()
    return caught.value.code


def rests(station: Station, interview: Interview) -> Draft:
    """The draft as it lies in the database."""
    return station.workspace.draft(interview.draft.id).draft


def case_of(station: Station, **known: object) -> Case:
    return casework.add_case(
        station, replace(Case(id="", unit="", name="Påhittad", telephone="070-174 06 05"), **known)
    )


@pytest.mark.parametrize("moment", [datetime(2026, 8, 31, 23, 59), datetime(2027, 1, 1)])
def test_outside_the_survey_nothing_begins(original: Original, tmp_path: Path, moment: datetime) -> None:
    with original.open(tmp_path / "station", moment.astimezone) as station:
        assert code_of(lambda: answering.begin(station)) == "station.survey-not-open"
        assert station.workspace.drafts() == ()


def test_an_interview_is_kept_from_its_first_moment(station: Station) -> None:
    """P2."""
    case = case_of(station, unit="vc-syd")
    interview = answering.begin(station, case, "en")
    assert rests(station, interview) == interview.draft
    draft = interview.draft
    assert (draft.case, draft.unit, draft.language, draft.started) == (
        case.id,
        "vc-syd",
        "en",
        "2026-11-26T12:00+01:00",
    )
    assert casework.draft_of(station, case) == draft.id
    assert answering.begin(station).draft.unit == "vc-norr"


def test_everything_comes_back_as_it_was(original: Original, tmp_path: Path) -> None:
    """A9, P2: position, who answers, kinds of no answer, language, what is asked between others, minutes."""
    with original.open(tmp_path / "station") as station:
        interview = talk(station, items=8)
        interview = interview.without_value(Missing.DECLINED).answered_by(Respondent.HELPED).core_only()
        interview = answered(interview).back().in_language("en").lasting(312)
        answering.keep(station, interview)
        assert rests(station, interview) == interview.draft
    with original.open(tmp_path / "station") as station:
        resumed = answering.resume(station, interview.draft.id)
        assert resumed.draft == interview.draft
        assert (resumed.view, resumed.outline, resumed.review()) == (
            interview.view,
            interview.outline,
            interview.review(),
        )
        assert answered(resumed).draft == answered(interview).draft


def test_a_save_writes_what_differs_and_an_answer_taken_back_goes(station: Station) -> None:
    interview = talk(station, items=6)

    def changes() -> int:
        return int(station.workspace.database.query("SELECT total_changes()")[0][0])

    before = changes()
    interview = talk(station, interview, items=1)
    assert changes() - before <= 2
    back = interview.back().leave_open()
    answering.keep(station, back)
    before = changes()
    answering.keep(station, back)
    assert changes() == before
    assert rests(station, back) == back.draft


@needs_forks
@pytest.mark.parametrize("fault", Fault)
def test_a_save_that_failed_says_why_and_loses_nothing(original: Original, tmp_path: Path, fault: Fault) -> None:
    """P2, C5: a full disk can be tried again at once; after an I/O error the station has to be unlocked again."""
    failing: list[Fault] = []

    def watch(operation: Operation) -> Fault | None:
        return failing[0] if failing and operation.kind == "write" else None

    with watched(watch), original.open(tmp_path / "station") as station:
        interview = talk(station, items=4)
        later = answered(answered(interview))
        failing.append(fault)
        code = "database.io-error" if fault is Fault.IO_ERROR else "database.disk-full"
        assert code_of(lambda: answering.keep(station, later)) == code
        failing.clear()
        if fault is not Fault.IO_ERROR:
            assert rests(station, interview) == interview.draft
            answering.keep(station, later)
            assert rests(station, later) == later.draft
        else:
            assert code_of(lambda: answering.keep(station, later)) == code
    with original.open(tmp_path / "station") as station:
        resumed = answering.resume(station, interview.draft.id)
        assert resumed.draft == (interview if fault is Fault.IO_ERROR else later).draft


def test_two_windows_do_not_overwrite_each_other(original: Original, tmp_path: Path) -> None:
    """A9: the one that comes later is told, and its own view of the draft is as it was."""
    with original.open(tmp_path / "station") as one, original.open(tmp_path / "station") as other:
        interview = talk(one, items=5)
        elsewhere = answering.resume(other, interview.draft.id)
        answering.keep(other, answered(elsewhere))
        mine = answered(interview).lasting(9)
        assert code_of(lambda: answering.keep(one, mine)) == "store.draft-changed-elsewhere"
        assert rests(one, interview) == answered(elsewhere).draft
        again = answering.resume(one, interview.draft.id)
        answering.keep(one, answered(again))
        assert rests(other, interview) == answered(again).draft


def test_two_windows_begin_interviews_side_by_side(original: Original, tmp_path: Path) -> None:
    with original.open(tmp_path / "station") as one, original.open(tmp_path / "station") as other:
        first, second = talk(one, items=3), talk(other, items=4)
        assert {line.id for line in answering.drafts(one)} == {first.draft.id, second.draft.id}
        assert rests(one, second) == second.draft and rests(other, first) == first.draft


def test_what_is_gone_says_so(station: Station) -> None:
    interview = talk(station, items=3)
    answering.discard(station, interview, Outcome.REFUSED)
    for attempt in (
        lambda: answering.keep(station, answered(interview)),
        lambda: answering.resume(station, interview.draft.id),
    ):
        assert code_of(attempt) == "store.no-such-draft"


def next_version() -> Questionnaire:
    """The shipped form with its last item gone, as version 2027.1."""
    form = shipped_questionnaire()
    return form.model_copy(update={"version": "2027.1", "items": form.items[:-1]})


def test_a_draft_finishes_on_the_version_it_began_with(station: Station) -> None:
    """P7: and the home screen can tell that it is not the present one."""
    interview = talk(station, items=5)
    canonical = canonical_bytes(next_version())
    newer = questionnaire_hash(canonical)
    station.responses.add_questionnaire(newer, canonical, Form(next_version(), newer).padded_size)
    other = Interview.begin(
        station.form(newer), id="f" * 32, survey=station.survey_hash, unit="vc-norr", case=None, language="sv",
        started=NOON.isoformat(timespec="minutes"),
    )  # fmt: skip
    station.workspace.add_draft(other.draft)
    station.close()
    with open_station(station.home, station.keyring, lambda: NOON) as again:
        lines = {line.id: line for line in answering.drafts(again)}
        assert answering.resume(again, interview.draft.id).form.hash == interview.draft.questionnaire
        assert talk(again, answering.resume(again, other.draft.id)).form.hash == newer
    assert (lines[interview.draft.id].questionnaire, lines[interview.draft.id].current) == ("utskrivning 2026.2", True)
    assert (lines["f" * 32].questionnaire, lines["f" * 32].current) == ("utskrivning 2027.1", False)


def test_drafts_are_told_apart_without_pointing_at_anybody(station: Station) -> None:
    """A9."""
    case = case_of(station, name="Sekretess Sekretessson")
    interviews = [talk(station, answering.begin(station, case), items=5), talk(station)]
    lines = {line.id: line for line in answering.drafts(station)}
    halfway, whole = (lines[interview.draft.id] for interview in interviews)
    assert halfway.number > 0 and (whole.number, whole.count) == (0, 0)
    assert "Sekretess" not in repr(lines)
    for line in lines.values():
        assert line.label == answering.label(line.id) and len(line.label.split()) == 2
        assert answering.label(line.id, "en") != line.label


def test_labels_rarely_meet() -> None:
    labels = {answering.label(f"{number * 2654435761 % 2**32:08x}" + "0" * 24) for number in range(200)}
    assert len(labels) > 180


def test_putting_aside_keeps_and_notes_the_ringing(station: Station) -> None:
    case = case_of(station)
    interview = answered(talk(station, answering.begin(station, case), items=4))
    when = NOON + timedelta(days=1)
    answering.interrupted(station, interview, Outcome.APPOINTMENT, when)
    (attempt,) = station.workspace.case(case.id).attempts
    assert (attempt.outcome, attempt.appointment) == (Outcome.APPOINTMENT, when)
    assert rests(station, interview) == interview.draft


def test_throwing_away_erases_and_closes(station: Station) -> None:
    """The patient takes everything back: nothing is sealed, the case is closed, the outcome counted once."""
    case = case_of(station)
    interview = talk(station, answering.begin(station, case), items=9)
    answering.discard(station, interview, Outcome.REFUSED)
    answering.discard(station, interview, Outcome.REFUSED)
    assert station.workspace.database.query("SELECT count(*) FROM answer") == [(0,)]
    assert [attempt.outcome for attempt in station.workspace.case(case.id).attempts] == [Outcome.REFUSED]
    assert station.responses.waiting_count(station.survey_hash) == 0
    assert list(station.workspace.tallies().values()) == [1]


@needs_forks
def test_killed_at_any_step_every_acknowledged_answer_is_there(original: Original, ram: Path) -> None:
    """P2, T18: and the interview resumes where it was, or one answer further."""

    def work_in(folder: Path) -> Callable[[Tell], None]:
        def work(tell: Tell) -> None:
            with original.open(folder) as station:
                interview = answering.begin(station)
                tell(interview.draft.id)
                for _ in range(12):
                    interview = answered(interview)
                    answering.keep(station, interview)
                    tell("kept")

        return work

    def look_at(folder: Path, told: tuple[str, ...]) -> Callable[[Tell], None]:
        def look(tell: Tell) -> None:
            with original.open(folder) as station:
                found = station.workspace.drafts()
                if not told:
                    assert len(found) <= 1
                    return
                assert [kept.draft.id for kept in found] == [told[0]]
                expected = station.form(station.questionnaire_hash)
                interview = Interview.resume(expected, found[0].draft)
                walked = Interview.begin(
                    expected, id=told[0], survey=station.survey_hash, unit="vc-norr", case=None, language="sv",
                    started=found[0].draft.started,
                )  # fmt: skip
                steps = [walked]
                for _ in range(12):
                    steps.append(answered(steps[-1]))
                kept = len(told) - 1
                assert interview.draft in [step.draft for step in steps[kept : kept + 2]], (kept, interview.draft)

        return look

    points = count_points(work_in(ram / "counted"))
    for point in spread(points, 10):
        folder = ram / str(point)
        death = kill_at(work_in(folder), point)
        in_child(look_at(folder, death.told))
