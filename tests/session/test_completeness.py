"""A6: complete, partial and broken off, by AAPOR's rule and QUESTIONNAIRE.md's bounds of 80 and 50 per cent."""

from random import Random

import pytest

from interview.questionnaire.models import ItemType, Role
from interview.session.answers import Address, Missing
from interview.session.completeness import Completion, completeness_told
from interview.session.form import Form
from interview.session.interview import Interview
from interview.session.response import make_response
from tests.session.forms import choice, item, questionnaire, small_form
from tests.session.monkey import begin, conversation
from tests.session.test_flow import answered

TEN = Form(questionnaire(*(choice(f"Q{n}", not_applicable=True, core=n >= 8) for n in range(10))))


def keyed(*keys: str) -> Interview:
    """An interview of ten questions: `a` answered, `u` unknown, `d` declined, `n` not applicable, `o` left open."""
    missing = {"u": Missing.UNKNOWN, "d": Missing.DECLINED, "n": Missing.NOT_APPLICABLE}
    interview = begin(TEN)
    for key in "".join(keys):
        if key in missing:
            interview = interview.without_value(missing[key])
        else:
            interview = interview.answer("yes") if key == "a" else interview.leave_open()
    return interview


@pytest.mark.parametrize(
    ("keys", "answered", "applicable", "completion"),
    [
        ("aaaaaaaaaa", 10, 10, Completion.COMPLETE),
        ("aaaaaaaa", 8, 10, Completion.COMPLETE),
        ("aaaauuuu", 8, 10, Completion.COMPLETE),
        ("aaaaaaa", 7, 10, Completion.PARTIAL),
        ("aaaaaaadoo", 7, 10, Completion.PARTIAL),
        ("aaaaa", 5, 10, Completion.PARTIAL),
        ("aaaa", 4, 10, Completion.BREAK_OFF),
        ("dddddddddd", 0, 10, Completion.BREAK_OFF),
        ("aaaannnnnn", 4, 4, Completion.COMPLETE),
        ("nnnnnnnnnn", 0, 0, Completion.BREAK_OFF),
        ("", 0, 10, Completion.BREAK_OFF),
    ],
)
def test_outcome_by_rule(keys: str, answered: int, applicable: int, completion: Completion) -> None:
    counted = keyed(keys).completeness
    assert (counted.answered, counted.applicable, counted.completion) == (answered, applicable, completion)
    assert counted.sealable is (completion is not Completion.BREAK_OFF)


def test_core_only_makes_a_partial_interview_of_the_core_and_no_complete_one() -> None:
    tired = keyed("a").core_only()
    assert tired.item is not None
    assert tired.item.id == "Q8"
    assert not tired.answer("yes").completeness.sealable
    assert tired.answer("yes").answer("no").completeness.completion is Completion.PARTIAL
    assert tired.answer("yes").without_value(Missing.UNKNOWN).completeness.completion is Completion.PARTIAL
    assert not tired.answer("yes").without_value(Missing.DECLINED).completeness.sealable
    assert not keyed("a").jump(Address("Q8")).answer("yes").answer("no").completeness.sealable


def test_an_open_text_is_held_against_nobody_and_counts_when_written() -> None:
    form = Form(questionnaire(choice("Q"), item("F2", ItemType.TEXT, max_length=9, role=Role.IMPROVEMENT)))
    interview = begin(form).answer("yes")
    for left in (interview, interview.leave_open(), interview.without_value(Missing.DECLINED)):
        assert (left.completeness.answered, left.completeness.applicable) == (1, 1)
    written = interview.answer("mer tid").completeness
    assert (written.answered, written.applicable) == (2, 2)


def test_consent_and_who_answers_are_no_questions_of_the_subject() -> None:
    assert answered("yes", "patient").completeness.answered == 0
    assert answered("yes", "proxy", "child", "ill").completeness.answered == 0


def test_questions_routed_past_do_not_count() -> None:
    before = answered("yes", "patient", "good", "no").completeness.applicable
    assert answered("yes", "patient", "good", "before").completeness.applicable == before + 1


@pytest.mark.parametrize("seed", range(20))
def test_a_response_tells_the_same_completeness_as_the_interview_it_was_made_of(seed: int) -> None:
    """A15: the analyst's column is derived; nothing more than the answers lies inside the seal (P3)."""
    form = small_form()
    for _, interview in conversation(form, Random(seed), 300):
        response = make_response(interview, "2026-11", "primary-care")
        told = completeness_told(form, ((answer.address, answer.missing) for answer in response.answers))
        counted = interview.completeness
        assert (told.answered, told.applicable) == (counted.answered, counted.applicable)
        # What was cut to the core is told by what was left out for it; without that it makes no difference.
        left_out = any(answer.missing is Missing.NOT_CORE for answer in response.answers)
        assert told.completion is counted.completion or (interview.draft.core_only and not left_out)
