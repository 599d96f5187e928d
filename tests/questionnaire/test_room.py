"""B2: whether a question fits 80 by 24 is judged without drawing it, and the judgement is that of the page itself."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview.messages import Catalogue
from interview.questionnaire.models import Item, ItemType, Option, Role
from interview.questionnaire.room import PAGE_HEIGHT, PAGE_WIDTH, SAY_NAME, height_for, lines_needed
from interview.questionnaire.speaking import asked_of, said_to
from interview.session.answers import Address, Respondent
from interview.session.form import Form
from interview.session.interview import Interview
from interview.tui.question_page import BLANK, MISSING_ACTIONS, page, page_words
from tests.questionnaire.test_shipped import FORMS, form
from tests.session.forms import questionnaire, text

KEYS = {"unknown": "F6", "declined": "F7", "not-applicable": "F8", "go-on": "Enter", "text-done": "F10"}
DRAWN = (ItemType.DISPLAY, ItemType.CHOICE, ItemType.CHOICES, ItemType.SCALE, ItemType.TEXT)
WORDS = page_words(Catalogue("sv"), KEYS)


def drawn(item: Item, language: str, proxy: bool) -> int:
    """The lines of the page as it is drawn, without its empty ones: the first of a form that asks nothing else."""
    form = Form(questionnaire(item.model_copy(update={"enable_when": ()})))
    begun = Interview.begin(form, id="", survey="", unit="", case=None, language=language, started="")
    respondent = Respondent.PROXY if proxy else Respondent.PATIENT
    asked = replace(begun, draft=replace(begun.draft, position=Address(item.id), respondent=respondent))
    made = page(asked.view, WORDS, respondent, PAGE_WIDTH, 500)
    return sum(line != BLANK for line in (*made.top, *made.body, *made.foot))


@pytest.mark.parametrize("path", FORMS, ids=lambda path: f"{path.parent.name} {path.stem}")
def test_the_shipped_questions_take_the_lines_that_are_counted(path: object) -> None:
    for item in form(path).walk():
        if item.type is ItemType.GROUP:
            continue
        for language in form(path).languages:
            for proxy in (False, True):
                if asked_of(item, proxy):
                    said = said_to(item, language, proxy)
                    assert lines_needed(item, said, language, proxy) == drawn(item, language, proxy)


words = st.lists(st.sampled_from(["ord", "å", "⟨NN⟩", "vårdcentralen", "x" * 70]), max_size=60).map(" ".join)


ornaments = st.fixed_dictionaries(
    {},
    optional={
        "symbol": st.sampled_from(["☺", "🙂"]),
        "spoken": words.filter(bool).map(text),
        "proxy": words.filter(bool).map(text),
    },
)
"""What an option can have beside its text that changes what the screen says."""


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
        more["options"] = tuple(
            Option(code=f"o{n}", text=text(words_), **draw(ornaments)) for n, words_ in enumerate(said)
        )
    if type_ is ItemType.CHOICE and draw(st.booleans()):
        more["role"] = Role.CONSENT
    if type_ is ItemType.SCALE:
        more |= {"minimum": 0, "maximum": draw(st.sampled_from([5, 10, 11, 100]))}
        more["minimum_label"] = text(draw(words)) if draw(st.booleans()) else None
    return Item.model_validate({"id": "Q", "type": type_, "text": text(draw(words.filter(bool))), **more})


@given(items(), st.booleans())
def test_any_question_takes_the_lines_that_are_counted(item: Item, proxy: bool) -> None:
    """In the words of the screen: what is spoken, what a next of kin is offered, the symbols."""
    assert lines_needed(item, said_to(item, "sv", proxy), "sv", proxy) == drawn(item, "sv", proxy)


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
