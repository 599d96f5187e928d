"""A form to start from: consent, who answers, one question of each common type, an improvement text."""

from typing import Final

from interview.questionnaire.models import Condition, Item, ItemType, Operator, Option, Questionnaire

NAME: Final = "mitt-formular"
VERSION: Final = "1"
_KEPT: Final = ("beginning", "summary")
"""The sections of the model form that stay as they are."""


def starter(model: Questionnaire) -> Questionnaire:
    """A small form made from a shipped one: its opening, cards, closing, and examples to replace in between."""
    sections = [item for item in model.items if item.id in _KEPT]
    return model.model_copy(
        update={
            "name": NAME,
            "version": VERSION,
            "title": {"sv": "Mitt formulär", "en": "My questionnaire"},
            "dimensions": {"overall": model.dimensions["overall"], "example": {"sv": "Exempel", "en": "Example"}},
            "sources": (),
            "items": (sections[0], _examples(), *sections[1:]),
        }
    )


def _examples() -> Item:
    scale = (("fully", "Ja, helt", "Yes, fully", 100), ("partly", "Delvis", "Partly", 50), ("no", "Nej", "No", 0))
    options = tuple(
        Option(code=code, text={"sv": swedish, "en": english}, score=score) for code, swedish, english, score in scale
    )
    several = tuple(
        Option(code=code, text={"sv": swedish, "en": english}, exclusive=code == "nothing")
        for code, swedish, english in (
            ("food", "Maten", "The food"),
            ("help", "Hjälpen", "The help"),
            ("nothing", "Ingenting", "Nothing"),
        )
    )
    items = (
        Item(
            id="Q1",
            type=ItemType.CHOICE,
            text={"sv": "Fungerade besöket som du hade tänkt?", "en": "Did the visit go as you had expected?"},
            proxy={"sv": "Fungerade besöket som ⟨NN⟩ hade tänkt?", "en": "Did the visit go as ⟨NN⟩ had expected?"},
            dimension="example",
            read_options=True,
            options=options,
        ),
        Item(
            id="Q2",
            type=ItemType.CHOICES,
            text={"sv": "Vad kunde ha varit bättre?", "en": "What could have been better?"},
            proxy="same",
            enable_when=(Condition(question="Q1", operator=Operator.IS_NOT, answer="fully"),),
            instruction={"sv": "Markera allt som nämns.", "en": "Mark everything that is mentioned."},
            options=several,
        ),
    )
    return Item(id="examples", type=ItemType.GROUP, text={"sv": "Exempel", "en": "Examples"}, items=items)
