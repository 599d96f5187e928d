"""B1 in the session: what each type takes and keeps, open options, repeats, and what is typed."""

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview.errors import InterviewError
from interview.questionnaire.models import Item, ItemType, Operator, Option, Role, Value
from interview.questionnaire.standard_words import yes_no_options
from interview.session.answers import Address, Answer, Missing, Respondent
from interview.session.form import Form
from interview.session.interview import Interview
from interview.session.response import Response, make_response
from interview.session.spelling import read_typed
from interview.session.values import accepted
from interview.session.wording import shown_value
from tests.session.forms import choice, item, opening, options, questionnaire, text, when
from tests.session.monkey import begin

TODAY = date(2026, 11, 26)
ANOTHER = text("another")


def question(type: ItemType, **more: object) -> Item:
    """A question of a type."""
    if type is ItemType.YES_NO:
        more = {"options": yes_no_options(("sv", "en"))} | more
    return item("q", type, **more)


def typed_form() -> Form:
    """A repeating question with an open option, and a repeating group with each way of typing in it."""
    offered = (*options("pharmacy", "home"), Option(code="other", text=text("other"), open=text("what?")))
    return Form(
        questionnaire(
            item("start", ItemType.YES_NO, options=yes_no_options(("sv", "en"))),
            choice("who", options=offered, max_repeats=3, another=ANOTHER, enable_when=(when("start", "yes"),)),
            item(
                "visit",
                ItemType.GROUP,
                max_repeats=3,
                another=ANOTHER,
                items=(
                    item("day", ItemType.DATE, core=True),
                    item("cost", ItemType.DECIMAL, minimum="0", decimals=2, unit=text("kr")),
                    item("dear", ItemType.LINE, enable_when=(when("cost", "100.5", Operator.MORE_THAN),)),
                ),
            ),
            item("late", ItemType.TEXT, max_length=9, enable_when=(when("day", "2026-11-20", Operator.AT_LEAST),)),
        )
    )


def went(interview: Interview, *values: Value) -> Interview:
    """The interview after these answers, one after the other."""
    for value in values:
        interview = interview.answer(value)
    return interview


def at(interview: Interview) -> tuple[str, int]:
    """Where the interview stands."""
    return tuple(interview.draft.position) if interview.draft.position else ("review", 0)


TAKEN = [
    (question(ItemType.YES_NO), "yes", "yes"),
    (question(ItemType.INTEGER, minimum=-1, maximum=9), -1, -1),
    (question(ItemType.INTEGER), 999_999_999, 999_999_999),
    (question(ItemType.DECIMAL, decimals=2), "007.50", "7.5"),
    (question(ItemType.DECIMAL, maximum="0.3"), "0.300", "0.3"),
    (question(ItemType.DATE, minimum="2026-11-01"), "2026-11-01", "2026-11-01"),
    (question(ItemType.TIME, maximum="21:00"), "21:00", "21:00"),
    (question(ItemType.LINE), " a\nb\x1b ", "a b"),
    (question(ItemType.LINE), "  ", None),
    (question(ItemType.LINE, pattern="[A-ZÅ]{3}[0-9]"), "ÅAB1", "ÅAB1"),
]
REFUSED = [
    (question(ItemType.YES_NO), "maybe", "unknown-option"),
    (question(ItemType.YES_NO), True, "wrong-type"),
    (question(ItemType.INTEGER), True, "wrong-type"),
    (question(ItemType.INTEGER), "5", "wrong-type"),
    (question(ItemType.INTEGER), 10**9, "wrong-type"),
    (question(ItemType.INTEGER, maximum=9), 10, "outside-limits"),
    (question(ItemType.DECIMAL), "1,5", "wrong-type"),
    (question(ItemType.DECIMAL), 1, "wrong-type"),
    (question(ItemType.DECIMAL, decimals=1), "1.25", "too-many-decimals"),
    (question(ItemType.DECIMAL, minimum="9"), "10.5", None),
    (question(ItemType.DECIMAL, maximum="9"), "10.5", "outside-limits"),
    (question(ItemType.DATE), "2026-02-30", "wrong-type"),
    (question(ItemType.DATE, maximum="2026-11-26"), "2026-11-27", "outside-limits"),
    (question(ItemType.TIME), "24:00", "wrong-type"),
    (question(ItemType.TIME, minimum="08:00"), "07:59", "outside-limits"),
    (question(ItemType.LINE), "x" * 201, "text-too-long"),
    (question(ItemType.LINE, max_length=2), "abc", "text-too-long"),
    (question(ItemType.LINE, pattern="[0-9]+"), "1x", "wrong-pattern"),
]


@pytest.mark.parametrize(("asked", "value", "kept"), TAKEN)
def test_b1_a_value_is_kept_in_one_form(asked: Item, value: Value, kept: Value | None) -> None:
    taken = accepted(asked, value)
    assert taken == kept
    assert type(taken) is type(kept)


@pytest.mark.parametrize(("asked", "value", "code"), REFUSED)
def test_b1_what_a_question_does_not_take_is_refused(asked: Item, value: Value, code: str | None) -> None:
    if code is None:
        assert accepted(asked, value) == value
        return
    with pytest.raises(InterviewError) as caught:
        accepted(asked, value)
    assert caught.value.code == f"session.{code}"


@pytest.mark.parametrize("type", [type_ for type_ in ItemType if type_ not in (ItemType.GROUP, ItemType.DISPLAY)])
def test_p9_every_type_takes_the_same_kinds_of_no_answer(type: ItemType) -> None:
    offered = {"options": options("a", "b")} if type in (ItemType.CHOICE, ItemType.CHOICES) else {}
    form = Form(questionnaire(question(type, max_length=9, not_applicable=True, **offered)))
    for missing in (Missing.DECLINED, Missing.UNKNOWN, Missing.NOT_APPLICABLE):
        done = begin(form).without_value(missing)
        response = make_response(done, "2026-11", "municipality")
        response.validate_against(form)
        assert [(answer.value, answer.missing) for answer in response.answers] == [(None, missing)]


def test_b1_a_required_question_is_not_left_open_but_may_be_declined() -> None:
    interview = begin(Form(questionnaire(question(ItemType.LINE, required=True), choice("after"))))
    for leaving in (Interview.leave_open, lambda left: left.answer(" ")):
        with pytest.raises(InterviewError) as caught:
            leaving(interview)
        assert caught.value.code == "session.required"
    assert at(interview.without_value(Missing.DECLINED)) == ("after", 0)


def test_b1_an_open_option_asks_for_words_and_no_other_does() -> None:
    interview = went(begin(typed_form()), "yes")
    assert at(went(interview, "home")) == ("who_another", 0)
    other = went(interview, "other")
    assert at(other) == ("who_text", 0)
    assert other.view.type is ItemType.LINE
    assert (other.view.text, other.view.max_length, other.view.number) == ("what?", 200, 2)
    told = went(other, "Hemsjukvården\ni Laholm")
    assert told.draft.answers[Address("who_text")].value == "Hemsjukvården i Laholm"
    changed = told.jump(Address("who")).answer("home")
    made = make_response(changed, "2026-11", "municipality")
    assert {answer.address: answer.missing for answer in made.answers}[Address("who_text")] is Missing.ROUTED_PAST


def test_b1_after_each_repetition_it_is_asked_whether_there_is_another_up_to_the_most() -> None:
    interview = went(begin(typed_form()), "yes", "home", "yes", "pharmacy")
    assert at(interview) == ("who_another", 1)
    assert [option.text for option in interview.view.options] == ["Ja", "Nej"]
    assert (interview.view.text, interview.view.repetition, interview.view.number) == ("another", 2, 3)
    third = went(interview, "yes")
    assert (at(third), third.view.repetition) == (("who", 2), 3)
    assert at(went(third, "home")) == ("day", 0)
    assert at(went(interview, "no")) == ("day", 0)
    assert at(interview.without_value(Missing.UNKNOWN)) == ("day", 0)


def test_b1_it_is_not_asked_whether_there_is_another_of_nothing() -> None:
    interview = went(begin(typed_form()), "yes")
    assert at(interview.without_value(Missing.UNKNOWN)) == ("day", 0)
    nothing = went(begin(typed_form()), "no").leave_open().without_value(Missing.DECLINED)
    assert nothing.item is None
    one = went(begin(typed_form()), "no").leave_open().answer("50")
    assert at(one) == ("visit_another", 0)


def test_b1_a_condition_looks_at_its_own_repetition_and_from_outside_at_all() -> None:
    interview = went(begin(typed_form()), "no", "2026-11-02", "99.50", "yes", "2026-11-21", "100.51")
    assert at(interview) == ("dear", 1)
    assert not interview.applies(Address("dear"))
    assert interview.applies(Address("late"))
    earlier = interview.jump(Address("day", 1)).answer("2026-11-19")
    assert not earlier.applies(Address("late"))


def test_b1_taking_the_last_repetition_back_keeps_its_answers_out_of_the_response() -> None:
    """Going back brings them back (P7 of the draft), and nothing of them is sealed meanwhile."""
    interview = went(begin(typed_form()), "no", "2026-11-02", "5", "yes", "2026-11-03", "7", "no")
    assert at(interview) == ("review", 0)
    taken_back = interview.jump(Address("visit_another")).answer("no")
    assert at(taken_back) == ("review", 0)
    answers = {answer.address: answer for answer in make_response(taken_back, "2026-11", "municipality").answers}
    assert answers[Address("day", 1)].missing is Missing.ROUTED_PAST
    assert taken_back.draft.answers[Address("day", 1)].value == "2026-11-03"
    again = taken_back.jump(Address("visit_another")).answer("yes")
    assert {entry.address: entry.answer for entry in again.review()}[Address("cost", 1)] == "7 kr"


def test_b1_the_longest_response_fits_its_padding_whatever_is_repeated() -> None:
    """T5: everything answered as long as can be, in every repetition, is no longer than the one length."""
    interview = begin(typed_form())
    longest: Mapping[str, Value] = {
        **{"who": "other", "who_text": "🙂" * 200, "day": "2026-11-21", "cost": "999999999.99"},
        **{"dear": "🙂" * 200, "late": "🙂" * 9},
    }
    while interview.item is not None:
        interview = interview.answer(longest.get(interview.item.id, "yes"))
    made = make_response(interview, "2026-11", "municipality")
    assert all(answer.missing is None for answer in made.answers)
    content = made.to_bytes()
    assert len(content) + 4 <= interview.form.padded_size
    assert Response.from_bytes(content) == made
    made.validate_against(interview.form)


@pytest.mark.parametrize(
    ("address", "changed"),
    [(Address("day", 1), "2026-11-31"), (Address("cost"), "5.0"), (Address("cost"), "-1"), (Address("who"), "nobody")],
)
def test_b1_a_response_with_a_value_in_another_form_does_not_fit(address: Address, changed: str) -> None:
    interview = went(begin(typed_form()), "yes", "home", "no", "2026-11-02", "5", "yes", "2026-11-03", "7", "no")
    made = make_response(interview, "2026-11", "municipality")
    made.validate_against(interview.form)
    forged = tuple(
        answer.model_copy(update={"value": changed}) if answer.address == address else answer for answer in made.answers
    )
    with pytest.raises(InterviewError) as caught:
        made.model_copy(update={"answers": forged}).validate_against(interview.form)
    assert (caught.value.place, caught.value.facts["rule"]) == (address.id, "value")


def test_b1_core_only_asks_the_core_questions_of_what_repeats() -> None:
    tired = went(begin(typed_form()), "no").core_only()
    assert at(tired) == ("day", 0)
    assert at(went(tired, "2026-11-02")) == ("visit_another", 0)
    assert at(went(tired, "2026-11-02", "yes", "2026-11-21", "no")) == ("review", 0)


def test_b1_the_cost_of_an_answer_does_not_grow_with_the_form() -> None:
    """Each answer evaluates what depends on it and nothing else, however long the form and its repeats are."""

    class Counting(Form):
        evaluated = 0

        def routed(self, number: int, routing: int, answers: Mapping[Address, Answer]) -> bool:
            self.evaluated += 1
            return super().routed(number, routing, answers)

    counts = []
    for length in (3, 60):
        items = [item(f"n{n}", ItemType.INTEGER, max_repeats=20, another=ANOTHER) for n in range(length)]
        form = Counting(questionnaire(*items))
        interview = begin(form)
        form.evaluated = 0
        interview = went(interview, 5, "yes", 7)
        counts.append(form.evaluated)
    assert counts[0] == counts[1]
    assert interview.draft.respondent is Respondent.PATIENT


SPELLED = [
    *((ItemType.DATE, typed, "2026-11-26") for typed in ("26/11", "26 nov", "2026-11-26", "26.11.2026", "261126", "idag")),
    *((ItemType.DATE, typed, "2026-11-25") for typed in ("i går", "25 NOVEMBER", "den 25:e nov", "Nov 25, 2026", "25/11-26")),
    (ItemType.DATE, "3/1", "2027-01-03"),
    (ItemType.DATE, "3/1 1951", "1951-01-03"),
    (ItemType.DATE, "510103", "1951-01-03"),
    *((ItemType.TIME, typed, "14:30") for typed in ("kl 14.30", "14:30", "1430", "14,30", "klockan 14.30", "2.30 pm")),
    (ItemType.TIME, "7", "07:00"),
    (ItemType.INTEGER, "1 200", 1200),
    (ItemType.INTEGER, "−3", -3),
    (ItemType.DECIMAL, "12,50", "12.5"),
    (ItemType.DECIMAL, ",5", "0.5"),
    (ItemType.DECIMAL, "1 200.25", "1200.25"),
    (ItemType.LINE, "  två  ord ", "två ord"),
    (ItemType.DATE, "  ", None),
]  # fmt: skip


@pytest.mark.parametrize(("type", "typed", "kept"), SPELLED)
def test_b1_the_usual_spellings_are_understood(type: ItemType, typed: str, kept: Value | None) -> None:
    assert read_typed(question(type), typed, TODAY) == kept


@pytest.mark.parametrize(
    ("type", "typed", "code"),
    [
        *((ItemType.DATE, typed, "bad-date") for typed in ("31/2", "13/13", "nån gång", "26", "2026-11", "26 xyz")),
        *((ItemType.TIME, typed, "bad-time") for typed in ("24:00", "12.60", "halv tre", "13 pm", "7.5")),
        *((ItemType.INTEGER, typed, "bad-number") for typed in ("12,5", "tolv", "1e3", "9999999999", "٣")),
        *((ItemType.DECIMAL, typed, "bad-decimal") for typed in ("1,2,3", ",", "-", "1/2", "0,1234567")),
    ],
)
def test_b1_what_is_not_understood_is_refused_by_name(type: ItemType, typed: str, code: str) -> None:
    with pytest.raises(InterviewError) as caught:
        read_typed(question(type), typed, TODAY)
    assert caught.value.code == f"session.{code}"


@pytest.mark.parametrize(
    ("typed", "limits", "kept"),
    [
        ("3/1", {"maximum": "2026-11-26"}, "2026-01-03"),
        ("27/11", {"maximum": "2026-11-26"}, "2025-11-27"),
        ("3/1", {}, "2027-01-03"),
        ("25/1", {}, "2027-01-25"),
        ("26/1", {}, "2026-01-26"),
        ("26/1", {"maximum": "2035-12-31"}, "2026-01-26"),
        ("26/1", {"minimum": "2026-11-26"}, "2027-01-26"),
        ("25/5", {}, "2026-05-25"),
        ("27/11", {}, "2026-11-27"),
        ("27 nov", {}, "2026-11-27"),
        ("29/2", {"minimum": "1900-01-01"}, None),
    ],
)
def test_b1_a_date_without_a_year_is_the_likeliest_one_the_question_takes(
    typed: str, limits: dict[str, str], kept: str | None
) -> None:
    """What the limits rule out is not meant; then the nearest, where that is not over 60 days ahead."""
    asked = question(ItemType.DATE, **limits)
    if kept is None:
        with pytest.raises(InterviewError) as caught:
            read_typed(asked, typed, TODAY)
        assert caught.value.code == "session.bad-date"
    else:
        assert read_typed(asked, typed, TODAY) == kept


@given(
    st.one_of(
        st.tuples(st.just(ItemType.DATE), st.dates(date(1000, 1, 1)).map(date.isoformat)),
        st.tuples(st.just(ItemType.TIME), st.times().map(lambda time: f"{time:%H:%M}")),
        st.tuples(st.just(ItemType.INTEGER), st.integers(-999_999_999, 999_999_999)),
        st.tuples(st.just(ItemType.DECIMAL), st.decimals(-(10**6), 10**6, places=4).map(lambda number: f"{number:f}")),
    ),
    st.sampled_from(["sv", "en"]),
)
def test_b1_what_is_shown_can_be_typed(kept: tuple[ItemType, Value], language: str) -> None:
    """A kept value, written as the screen writes it and read again, is the same value."""
    asked = question(kept[0])
    value = accepted(asked, kept[1])
    assert value is not None
    assert read_typed(asked, shown_value(asked, value, language), TODAY) == value


def test_b1_a_next_of_kin_who_takes_over_says_what_they_are_before_it_goes_on() -> None:
    """The words of an open relation are asked at once, like the relation itself, and count nowhere."""
    who = (*options("child"), Option(code="other", text=text("other"), open=text("what?")))
    first = list(opening())
    first[3] = choice("A3", role=Role.RELATION, proxy="only", options=who, enable_when=(when("A2", "proxy"),))
    form = Form(questionnaire(*first, choice("E1"), choice("E2")))
    asked = went(begin(form).go_on(), "yes", "patient", "yes").answered_by(Respondent.PROXY)
    assert [at(step) for step in (asked, went(asked, "other"), went(asked, "other", "godson"))] == [
        ("A3", 0), ("A3_text", 0), ("A4", 0),
    ]  # fmt: skip
    done = went(asked, "other", "godson", "ill")
    assert at(done) == ("E2", 0)
    assert (done.completeness.answered, done.completeness.applicable) == (1, 2)
