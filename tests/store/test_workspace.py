"""The identified side (A12, P2, P3): drafts and cases as they rest, each change one transaction, nothing left of what goes."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from interview.calls.cases import Attempt, Case
from interview.calls.outcomes import Outcome
from interview.database.compact import checkpoint
from interview.database.opening import open_database
from interview.errors import InterviewError
from interview.session.answers import REVIEW, Address, Answer, Draft, Missing, Respondent
from interview.store.workspace import Workspace
from tests.database.pages import KEY, decrypted_pages
from tests.station.stations import open_cases

SURVEY, FORM = "aa" * 32, "cc" * 32
NOON = datetime(2026, 11, 26, 12, tzinfo=timezone(timedelta(hours=1)))
CASE = Case(
    id="1" * 32, unit="vc", name="Kanariefågel Åsa", telephone="070-174 06 05", note="hör dåligt",
    discharged=date(2026, 11, 21), window=date(2026, 11, 28), consent_noted=True, proxy_name="Kanariefågel Bo",
    proxy_relation="son", proxy_telephone="070-174 06 06", proxy_consent=True,
)  # fmt: skip
DRAFT = Draft(
    id="2" * 32, survey=SURVEY, questionnaire=FORM, unit="vc", case=CASE.id, language="sv", started="2026-11-26T12:00+01:00",
    seconds=61, respondent=Respondent.PROXY, core_only=True, ended=True, position=Address("B4", 0), return_to=REVIEW,
    answers={
        Address("A1", 0): Answer("yes", None, Respondent.PATIENT), Address("F1", 0): Answer(0, None, Respondent.PROXY),
        Address("D7", 0): Answer(("a", "b"), None, Respondent.HELPED), Address("D7", 1): Answer("”å\n", None, Respondent.PROXY),
        Address("E1", 0): Answer(None, Missing.LEFT_OPEN, Respondent.PATIENT),
    },
)  # fmt: skip


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with open_database(tmp_path / "workspace.db", KEY, create=True) as database:
        made = Workspace(database)
        made.migrate()
        made.add_case(CASE, SURVEY)
        yield made


def code_of(function: Callable[[], object]) -> str:
    with pytest.raises(InterviewError) as caught:
        function()
    return caught.value.code


def test_a_draft_comes_back_as_it_was(workspace: Workspace) -> None:
    """A9: every kind of value, every kind of no answer, a repetition, where it stands and returns to."""
    assert workspace.add_draft(DRAFT) == 1
    kept = workspace.draft(DRAFT.id)
    assert (kept.draft, kept.revision, kept.token) == (DRAFT, 1, None)
    on_review = replace(DRAFT, position=None, return_to=None, ended=False)
    assert workspace.save_draft(on_review, [], 1) == 2
    assert workspace.draft(DRAFT.id).draft == on_review
    assert workspace.draft_of_case(CASE.id) == DRAFT.id and workspace.draft_of_case("0" * 32) is None


def test_saving_changes_what_is_named_and_nothing_else(workspace: Workspace) -> None:
    workspace.add_draft(DRAFT)
    answers = dict(DRAFT.answers)
    del answers[Address("A1", 0)]
    answers[Address("F1", 0)] = Answer(10, None, Respondent.PATIENT)
    changed = replace(DRAFT, answers=answers)
    workspace.save_draft(changed, [Address("A1", 0)], 1)
    assert workspace.draft(DRAFT.id).draft.answers == {**answers, Address("F1", 0): DRAFT.answers[Address("F1", 0)]}
    workspace.save_draft(changed, [Address("F1", 0)], 2)
    assert workspace.draft(DRAFT.id).draft == changed


def test_a_revision_is_written_over_once(workspace: Workspace) -> None:
    """A9: two windows, one draft."""
    workspace.add_draft(DRAFT)
    workspace.save_draft(DRAFT, [], 1)
    assert (
        code_of(lambda: workspace.save_draft(replace(DRAFT, seconds=99), DRAFT.answers, 1))
        == "store.draft-changed-elsewhere"
    )
    assert workspace.draft(DRAFT.id).draft.seconds == 61
    assert code_of(lambda: workspace.save_draft(replace(DRAFT, id="3" * 32), [], 1)) == "store.no-such-draft"
    assert code_of(lambda: workspace.add_draft(DRAFT)) == "database.constraint"


def test_a_marked_draft_takes_no_answer_and_keeps_its_first_token(workspace: Workspace) -> None:
    """A13, P3."""
    workspace.add_draft(DRAFT)
    assert workspace.mark_finishing(DRAFT.id, b"first") == b"first" == workspace.mark_finishing(DRAFT.id, b"second")
    assert code_of(lambda: workspace.save_draft(DRAFT, [], 1)) == "store.draft-finishing"
    assert [kept.token for kept in workspace.marked()] == [b"first"]
    workspace.unmark(DRAFT.id)
    assert workspace.marked() == () and workspace.save_draft(DRAFT, [], 1) == 2
    assert code_of(lambda: workspace.mark_finishing("3" * 32, b"token")) == "store.no-such-draft"


def test_settling_erases_and_closes_once(workspace: Workspace) -> None:
    workspace.add_draft(DRAFT)
    assert workspace.settle(DRAFT, Outcome.COMPLETE, NOON)
    assert not workspace.settle(DRAFT, Outcome.COMPLETE, NOON)
    assert workspace.database.query("SELECT count(*) FROM answer") == [(0,)]
    (attempt,) = workspace.case(CASE.id).attempts
    assert (attempt.outcome, attempt.at) == (Outcome.COMPLETE, NOON)
    assert [(*tally, count) for tally, count in workspace.tallies().items()] == [
        (SURVEY, "2026-11", "vc", Outcome.COMPLETE, True, 1)
    ]


def test_an_outcome_that_is_not_final_counts_nothing(workspace: Workspace) -> None:
    workspace.add_draft(replace(DRAFT, case=None))
    workspace.settle(replace(DRAFT, case=None), Outcome.INTERRUPTED, NOON)
    assert workspace.tallies() == {} and workspace.drafts() == ()


def test_a_case_comes_back_with_its_ringings_in_order(workspace: Workspace) -> None:
    ringings = [
        Attempt(NOON, Outcome.NO_ANSWER, "trött"),
        Attempt(NOON - timedelta(days=9), Outcome.APPOINTMENT, "", NOON + timedelta(days=1)),
        Attempt(NOON, Outcome.REFUSED),
    ]
    for number, attempt in enumerate(ringings):
        workspace.add_attempt(CASE.id, attempt)
        assert workspace.case(CASE.id) == replace(CASE, attempts=tuple(ringings[: number + 1]))
    assert open_cases(workspace) == 0
    workspace.take_back_attempt(CASE.id)
    assert open_cases(workspace) == 1 and len(workspace.case(CASE.id).attempts) == 2


def test_what_was_erased_is_in_no_page(workspace: Workspace, tmp_path: Path) -> None:
    """T6, P3: neither the draft's words nor the case's name, after the next checkpoint."""
    words = Answer("Kanariefågel i fritext", None, Respondent.PATIENT)
    workspace.add_draft(replace(DRAFT, answers={Address("F2", 0): words}))
    checkpoint(workspace.database)

    def found() -> bool:
        return any("Kanariefågel".encode() in page for _, page in decrypted_pages(tmp_path / "workspace.db"))

    assert found()
    workspace.settle(DRAFT, Outcome.COMPLETE, NOON)
    assert workspace.erase_closed_cases() == 1
    checkpoint(workspace.database)
    assert not found()
    assert sum(workspace.tallies().values()) == 1


def test_erasing_one_surveys_cases_leaves_the_others(workspace: Workspace) -> None:
    workspace.add_case(replace(CASE, id="4" * 32), "bb" * 32)
    for case in (CASE.id, "4" * 32):
        workspace.add_attempt(case, Attempt(NOON, Outcome.REFUSED))
    assert workspace.erase_closed_cases("bb" * 32) == 1
    assert [case.id for case in workspace.cases()] == [CASE.id]
    assert {tally.survey: count for tally, count in workspace.tallies().items()} == {SURVEY: 1, "bb" * 32: 1}


def test_open_cases_follow_their_survey_and_nothing_is_written_where_there_are_none(workspace: Workspace) -> None:
    """A write would let an unlocking wait until the files were examined."""

    def refuse() -> None:
        raise InterviewError("station.not-examined")

    workspace.add_case(replace(CASE, id="f" * 32), SURVEY)
    workspace.add_attempt("f" * 32, Attempt(NOON, Outcome.REFUSED))
    assert workspace.move_open_cases(SURVEY, "new") == 1
    assert [case.id for case in workspace.cases("new")] == [CASE.id]
    workspace.database.before_writing = refuse
    assert workspace.move_open_cases(SURVEY, "new") == 0
    workspace.database.before_writing = None
