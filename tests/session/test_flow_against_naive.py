"""A6: the incremental flow against a naive re-evaluation from nothing, over random conversations.

Over a small form with everything in it, the shipped form, and forms made by hypothesis.
"""

from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interview.questionnaire.models import Questionnaire
from interview.questionnaire.reading import read_questionnaire
from interview.session.form import Form
from interview.session.interview import Interview
from interview.session.response import Response, make_response, response_bytes
from interview.session.walk import random_walk
from tests.session.forms import small_form
from tests.session.generated import questionnaires
from tests.session.monkey import begin, conversation
from tests.session.naive import Naive

SHIPPED = sorted(Path(__file__).parents[2].glob("questionnaires/*/*.yaml"))


def shipped(path: Path) -> Questionnaire:
    return read_questionnaire(path.read_bytes(), path.name)


def hold(before: Interview, after: Interview) -> None:
    """Everything that must be true after each thing done."""
    form = after.form
    naive = Naive(form.questionnaire, after.draft)
    assert list(form.question_addresses) == [spot.address for spot in naive.questions]
    assert [spot.address for spot in naive.questions if after.applies(spot.address)] == naive.applying()
    assert after.open_count == naive.open_count()
    assert (after.completeness.answered, after.completeness.applicable) == naive.completeness()
    assert after.standing == Interview.resume(form, after.draft).standing
    differing = {
        address for address in form.addresses if before.draft.answers.get(address) != after.draft.answers.get(address)
    }
    assert differing <= set(after.changed)
    assert before is after or set(after.changed) == differing
    assert [line.address for line in after.review()] == naive.applying()
    if after.item is not None:
        view = after.view
        assert 0 <= view.number <= view.count
        assert after.draft.position == view.address


def hold_at_the_end(interview: Interview) -> None:
    """The response says of every question what the naive evaluation says, and its form takes it."""
    made = make_response(interview, "2026-11", "municipality")
    naive = Naive(interview.form.questionnaire, interview.draft)
    assert [answer.address for answer in made.answers] == [spot.address for spot in naive.questions]
    for spot, answer in zip(naive.questions, made.answers, strict=True):
        record = interview.draft.answers.get(spot.address)
        assert answer.missing == naive.why_missing(spot)
        said = answer.missing is None or naive.said(spot)
        if spot.routed and record is not None:
            assert answer.value == record.value
            assert answer.by == (record.given_by if said else None)
        else:
            assert (answer.value, answer.by) == (None, None)
    content = made.to_bytes()
    assert content == response_bytes(interview, "2026-11", "municipality")
    assert len(content) + 4 <= interview.form.padded_size
    read = Response.from_bytes(content)
    assert read == made
    read.validate_against(interview.form)


def converse(form: Form, rng: Random, steps: int) -> None:
    for before, after in conversation(form, rng, steps):
        hold(before, after)
    hold_at_the_end(after)


@pytest.mark.parametrize("seed", range(25))
def test_a6_small_form(seed: int) -> None:
    converse(small_form(), Random(seed), 120)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.name}-{path.stem}")
@pytest.mark.parametrize("seeds", [pytest.param(2, id="some"), pytest.param(12, id="many", marks=pytest.mark.slow)])
def test_a6_every_shipped_form(path: Path, seeds: int) -> None:
    form = Form(shipped(path))
    for seed in range(seeds):
        converse(form, Random(seed), 150)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.name}-{path.stem}")
@pytest.mark.parametrize("walks", [pytest.param(30, id="some"), pytest.param(200, id="many", marks=pytest.mark.slow)])
def test_a6_random_walks_over_every_shipped_form(path: Path, walks: int) -> None:
    form, rng = Form(shipped(path)), Random(2)
    for _ in range(walks):
        walked = random_walk(form, rng, unit="ward")
        hold(walked, walked)
        hold_at_the_end(walked)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(questionnaires(), st.integers(0, 2**32))
def test_a6_generated_forms(questionnaire: Questionnaire, seed: int) -> None:
    converse(Form(questionnaire, "0" * 64), Random(seed), 40)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(questionnaires(), st.integers(0, 2**32))
def test_going_on_reaches_the_review_and_asks_everything_once(questionnaire: Questionnaire, seed: int) -> None:
    """Going on from the start asks each question that applies once, in order, and ends on the review."""
    form, rng = Form(questionnaire, "0" * 64), Random(seed)
    walked, interview = [], begin(form)
    while interview.item is not None and interview.ending is None:
        walked.append(form.number(interview.view.address))
        assert len(walked) <= len(form.items)
        interview = _went_on(interview, rng)
    assert walked == sorted(set(walked))
    if interview.ending is None:
        assert interview.open_count == sum(1 for answer in interview.draft.answers.values() if answer.missing)
        assert all(line.address in interview.draft.answers for line in interview.review())


def _went_on(interview: Interview, rng: Random) -> Interview:
    from tests.session.monkey import some_value

    item = interview.item
    assert item is not None
    return interview.answer(some_value(item, rng)) if item.is_question else interview.go_on()
