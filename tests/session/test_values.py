"""A5: which values each type of question takes, and the form each is kept in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview.errors import InterviewError
from interview.messages import LANGUAGES, Catalogue
from interview.questionnaire.models import ItemType
from interview.session.answers import Value
from interview.session.values import accepted, toggled
from tests.session.forms import choice, item, options

SINGLE = choice("Q", "a", "b")
SEVERAL = item("Q", ItemType.CHOICES, options=options("a", "b", "none", exclusive="none"))
SCALE = item("Q", ItemType.SCALE, minimum=0, maximum=10)
TEXT = item("Q", ItemType.TEXT, max_length=10)


@pytest.mark.parametrize(
    ("question", "value", "kept"),
    [
        (SINGLE, "b", "b"),
        (SEVERAL, ("b", "a"), ("a", "b")),
        (SEVERAL, (), None),
        (SEVERAL, ("none",), ("none",)),
        (SCALE, 0, 0),
        (SCALE, 10, 10),
        (TEXT, " å\tä\r\nö \x1b\x85\ud800", "å ä\nö"),
        (TEXT, " \n ", None),
        (TEXT, "👩‍👩‍👧", "👩‍👩‍👧"),
    ],
)
def test_what_is_kept(question, value: Value, kept: Value | None) -> None:
    assert accepted(question, value) == kept


@pytest.mark.parametrize(
    ("question", "value", "code"),
    [
        (SINGLE, "c", "session.unknown-option"),
        (SINGLE, ("a",), "session.wrong-type"),
        (SINGLE, 1, "session.wrong-type"),
        (SEVERAL, "a", "session.wrong-type"),
        (SEVERAL, ("a", "c"), "session.unknown-option"),
        (SEVERAL, ("a", "none"), "session.exclusive-option"),
        (SCALE, 11, "session.outside-scale"),
        (SCALE, -1, "session.outside-scale"),
        (SCALE, True, "session.wrong-type"),
        (SCALE, "5", "session.wrong-type"),
        (TEXT, "x" * 11, "session.text-too-long"),
        (TEXT, 5, "session.wrong-type"),
        (item("D", ItemType.DISPLAY), "x", "session.not-a-question"),
    ],
)
def test_what_is_refused(question, value: Value, code: str) -> None:
    with pytest.raises(InterviewError) as refused:
        accepted(question, value)
    assert (refused.value.code, refused.value.place) == (code, question.id)
    for language in LANGUAGES:
        message, remedy = Catalogue(language).error(refused.value)
        assert message
        assert remedy


@given(st.text(max_size=40))
def test_a_kept_text_is_kept_the_same_again(words: str) -> None:
    question = item("Q", ItemType.TEXT, max_length=40)
    kept = accepted(question, words)
    if kept is not None:
        assert accepted(question, kept) == kept
        assert str(kept).encode()


def test_an_exclusive_option_and_the_others_put_each_other_out() -> None:
    assert toggled(SEVERAL, (), "b") == ("b",)
    assert toggled(SEVERAL, ("b",), "a") == ("a", "b")
    assert toggled(SEVERAL, ("a", "b"), "a") == ("b",)
    assert toggled(SEVERAL, ("a", "b"), "none") == ("none",)
    assert toggled(SEVERAL, ("none",), "b") == ("b",)
    with pytest.raises(InterviewError, match=r"session\.unknown-option"):
        toggled(SEVERAL, (), "c")
