"""Small forms for the tests of the session, built from the models."""

from interview.questionnaire.models import (
    Condition,
    Contact,
    Ending,
    Item,
    ItemType,
    Minutes,
    Operator,
    Option,
    Questionnaire,
    Role,
    Text,
)
from interview.session.form import Form


def text(words: str) -> Text:
    """One wording in both languages, told apart by a prefix."""
    return {"sv": words, "en": f"en {words}"}


def options(*codes: str, exclusive: str = "", ends: dict[str, Ending] | None = None) -> tuple[Option, ...]:
    """Options whose words are their codes."""
    return tuple(
        Option(code=code, text=text(code), exclusive=code == exclusive, ends=(ends or {}).get(code)) for code in codes
    )


def when(question: str, answer: str | int | bool, operator: Operator = Operator.IS) -> Condition:
    """A condition."""
    return Condition(question=question, operator=operator, answer=answer)


def choice(id: str, *codes: str, **more: object) -> Item:
    """A single choice, yes or no unless codes are given."""
    return Item.model_validate(
        {"id": id, "type": ItemType.CHOICE, "text": text(id), "options": options(*(codes or ("yes", "no"))), **more}
    )


def item(id: str, type: ItemType, **more: object) -> Item:
    """Any other item."""
    return Item.model_validate({"id": id, "type": type, "text": text(id), **more})


def questionnaire(*items: Item, version: str = "1") -> Questionnaire:
    """A questionnaire of those items."""
    said = text("Hej ⟨NN⟩")
    return Questionnaire(
        name="test",
        version=version,
        title=text("Test"),
        languages=("sv", "en"),
        minutes=Minutes(least=5, most=10, ask_after=8),
        contact=Contact(greeting=said, doubt=said, voicemail=said, consented=said),
        cards=(),
        dimensions={},
        items=items,
    )


def opening() -> tuple[Item, ...]:
    """The beginning of a discharge interview: a text, consent, who answers, and what a next of kin is asked first."""
    ends = {"later": Ending.NOT_NOW, "no": Ending.DECLINED}
    return (
        item("hello", ItemType.DISPLAY),
        choice("A1", role=Role.CONSENT, options=options("yes", "later", "no", ends=ends)),
        choice("A2", "patient", "patient-with-help", "proxy", role=Role.RESPONDENT, enable_when=(when("A1", "yes"),)),
        choice("A3", "partner", "child", role=Role.RELATION, proxy="only", enable_when=(when("A2", "proxy"),)),
        choice("A4", "ill", "other", role=Role.REASON, proxy="only", enable_when=(when("A2", "proxy"),)),
    )


def small_form() -> Form:
    """A form with everything in it: sections, twins for patient and proxy, routing, each type, core, an end text."""
    return Form(
        questionnaire(
            item("start", ItemType.GROUP, items=opening()),
            item(
                "stay",
                ItemType.GROUP,
                items=(
                    choice("E1", "good", "bad", proxy="not-asked", not_applicable=True),
                    choice("B4", "before", "after", "no", proxy=text("B4 om NN"), not_applicable=True),
                    choice(
                        "B5",
                        "fully",
                        "partly",
                        proxy="not-asked",
                        enable_behavior="any",
                        enable_when=(when("B4", "before"), when("B4", "after")),
                    ),
                    choice("B5n", proxy="only", enable_when=(when("B4", "no", Operator.IS_NOT),)),
                    choice("C1", "right", "early", "late", proxy="not-asked"),
                ),
            ),
            item("between", ItemType.DISPLAY),
            item(
                "home",
                ItemType.GROUP,
                items=(
                    choice("D1"),
                    item(
                        "help",
                        ItemType.GROUP,
                        enable_when=(when("D1", "yes"),),
                        items=(
                            choice("D2", "on-time", "late", "never"),
                            choice("D3", enable_when=(when("D2", "never", Operator.IS_NOT),)),
                        ),
                    ),
                    item(
                        "D7b",
                        ItemType.CHOICES,
                        options=options("dose", "effect", "lists", "none", exclusive="none"),
                    ),
                    choice("D5", core=True),
                    item("F1", ItemType.SCALE, minimum=0, maximum=10, core=True),
                    item("F2", ItemType.TEXT, max_length=500, core=True, role=Role.IMPROVEMENT),
                ),
            ),
            item("goodbye", ItemType.DISPLAY),
        )
    )
