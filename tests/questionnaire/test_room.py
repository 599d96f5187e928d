"""B2: whether a question fits 80 by 24 is judged without drawing it, and the judgement is that of the page itself."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview.messages import Catalogue
from interview.questionnaire.models import Item, ItemType, Option, Role
from interview.questionnaire.room import PAGE_HEIGHT, PAGE_WIDTH, SAY_NAME, height_for, lines_needed
from interview.session.answers import Address, Respondent
from interview.session.values import missing_keys
from interview.session.view import OptionView, QuestionView
from interview.tui.question_page import BLANK, MISSING_ACTIONS, page, page_words
from tests.questionnaire.test_shipped import FORMS, form
from tests.session.forms import text

KEYS = {"unknown": "F6", "declined": "F7", "not-applicable": "F8", "go-on": "Enter", "text-done": "F10"}
DRAWN = (ItemType.DISPLAY, ItemType.CHOICE, ItemType.CHOICES, ItemType.SCALE, ItemType.TEXT)
WORDS = page_words(Catalogue("sv"), KEYS)


def view(item: Item, language: str, said: str) -> QuestionView:
    """The item as it is shown before it has an answer."""
    told = lambda wording: (wording or {}).get(language, "")  # noqa: E731
    return QuestionView(
        address=Address(item.id), type=item.type, role=item.role, section="", number=1, count=1, text=said,
        read_aloud=item.read_aloud, read_options=item.read_options, instruction=told(item.instruction),
        probe=told(item.probe),
        options=tuple(
            OptionView(str((n + 1) % 10), option.code, told(option.text), False, option.exclusive)
            for n, option in enumerate(item.options)
        ),
        minimum=item.minimum, maximum=item.maximum, minimum_label=told(item.minimum_label),
        maximum_label=told(item.maximum_label), max_length=item.max_length, missing_keys=missing_keys(item),
        value=None, missing=None, given_by=None,
    )  # fmt: skip


def drawn(item: Item, language: str, said: str) -> int:
    """The lines of the page as it is drawn, without its empty ones."""
    made = page(view(item, language, said), WORDS, Respondent.PATIENT, PAGE_WIDTH, 500)
    return sum(line != BLANK for line in (*made.top, *made.body, *made.foot))


@pytest.mark.parametrize("path", FORMS, ids=lambda path: f"{path.parent.name} {path.stem}")
def test_the_shipped_questions_take_the_lines_that_are_counted(path: object) -> None:
    for item in form(path).walk():
        if item.type is ItemType.GROUP:
            continue
        for language in form(path).languages:
            for wording in (item.text, item.proxy):
                if isinstance(wording, dict):
                    assert lines_needed(item, wording[language], language) == drawn(item, language, wording[language])


words = st.lists(st.sampled_from(["ord", "å", "⟨NN⟩", "vårdcentralen", "x" * 70]), max_size=60).map(" ".join)


@st.composite
def items(draw: st.DrawFn) -> Item:
    """Any item whose words are of any length."""
    type_ = draw(st.sampled_from(DRAWN))
    more: dict[str, object] = {"read_aloud": draw(st.booleans())}
    for note in ("instruction", "probe"):
        if said := draw(words):
            more[note] = text(said)
    if type_ is not ItemType.DISPLAY:
        more["not_applicable"] = draw(st.booleans())
    if type_ in (ItemType.CHOICE, ItemType.CHOICES):
        more["read_options"] = draw(st.booleans())
        said = draw(st.lists(words.filter(bool), min_size=2, max_size=10))
        more["options"] = tuple(Option(code=f"o{n}", text=text(words_)) for n, words_ in enumerate(said))
    if type_ is ItemType.CHOICE and draw(st.booleans()):
        more["role"] = Role.CONSENT
    if type_ is ItemType.SCALE:
        more |= {"minimum": 0, "maximum": draw(st.sampled_from([5, 10, 11, 100]))}
        more["minimum_label"] = text(draw(words)) if draw(st.booleans()) else None
    return Item.model_validate({"id": "Q", "type": type_, "text": text(draw(words.filter(bool))), **more})


@given(items())
def test_any_question_takes_the_lines_that_are_counted(item: Item) -> None:
    said = item.text["sv"]
    assert lines_needed(item, said, "sv") == drawn(item, "sv", said)


def test_the_name_is_said_in_the_words_of_the_screen() -> None:
    assert WORDS.say_name == SAY_NAME
    assert set(KEYS) >= set(MISSING_ACTIONS.values())


def test_the_screen_leaves_the_lines_that_are_reckoned_with() -> None:
    """Two lines of heading, of what was answered and of keys; of the field for words a third, for one line three."""
    from interview.tui import interview

    sheet = (Path(interview.__file__).parent / "interview.tcss").read_text("utf-8")
    rules = {
        name: sheet.split(f"InterviewScreen > {name} {{")[1].split("}")[0]
        for name in ("Heading", "StatusLine", "KeyLines", "TextField", "LineField")
    }
    heights = {name: int(rule.split(" height: ")[1].split(";")[0]) for name, rule in rules.items()}
    share = int(rules["TextField"].split("max-height: ")[1].split("%")[0])
    assert 24 - heights["Heading"] - heights["StatusLine"] - heights["KeyLines"] == PAGE_HEIGHT
    written = Item(id="Q", type=ItemType.TEXT, text=text("Q"), max_length=5)
    assert height_for(written) == PAGE_HEIGHT - min(heights["TextField"], 24 * share // 100)
    typed = Item(id="Q", type=ItemType.DATE, text=text("Q"))
    assert height_for(typed) == PAGE_HEIGHT - heights["LineField"]
