"""How a response lies in bytes, and how long it can become. One layout, used by making, reading and measuring.

The bytes are canonical JSON; a field that says nothing is left out. Every question of the form is there, as often as it
can be asked:
`{"format":1,"period":"2026-11","questionnaire":"<sha-256>","unit":"…","organisation":"primary-care","respondent":"patient",
"answers":[{"id":"E1","value":"good","by":"patient"},{"id":"B5","missing":"routed-past"},…]}`
"""

from typing import Final, Literal

from interview.canonical import canonical_json
from interview.questionnaire.kept import EXAMPLES, LARGEST, LONGEST_LINE, MOST_DECIMALS
from interview.questionnaire.models import Item, ItemType, Questionnaire
from interview.questionnaire.places import Place, places
from interview.session.answers import KEYED, Address, Missing, Respondent, Value
from interview.survey import Organisation

FORMAT: Final = 1
MIXED: Final[Literal["mixed"]] = "mixed"
"""Who answered, where more than one did."""
LONGEST_UNIT: Final = 64
"""Characters in the longest `survey.Slug`."""
KIB: Final = 1024
LENGTH_BYTES: Final = 4
"""The length written before the content when it is padded."""


_LONGEST: Final = (max(KEYED, key=len), max(set(Missing) - set(KEYED), key=len))
"""The kinds of no answer with the longest words: of those somebody gave, and of the others."""


def answer_laid_out(
    address: Address, value: Value | None, missing: Missing | None, by: Respondent | None
) -> dict[str, Value]:
    """One answer as it lies in a response; a first repetition, and what is None, is left out."""
    laid: dict[str, Value] = {"id": address.id}
    if address.repetition:
        laid["repetition"] = address.repetition
    if value is not None:
        laid["value"] = value
    if missing is not None:
        laid["missing"] = str(missing)
    if by is not None:
        laid["by"] = str(by)
    return laid


def response_laid_out(
    *,
    period: str,
    questionnaire: str,
    unit: str,
    organisation: str,
    respondent: str,
    language: str | None,
    answers: list[dict[str, Value]],
) -> dict[str, object]:
    """A whole response as it lies in its bytes; `answers` are those of `answer_laid_out` in the form's order.

    `language` is there only where the survey asks for it.
    """
    laid: dict[str, object] = {} if language is None else {"language": language}
    return laid | {
        "format": FORMAT,
        "period": period,
        "questionnaire": questionnaire,
        "unit": unit,
        "organisation": organisation,
        "respondent": respondent,
        "answers": answers,
    }


def largest_size(questionnaire: Questionnaire) -> int:
    """The bytes of the longest response there can be, its length bytes included.

    Every question has its longest answer: a text has four bytes a character (the most in UTF-8, and more than an
    escaped quotation mark, backslash or line break takes; control characters are never kept).
    """
    longest = response_laid_out(
        period="2026-11",
        questionnaire="0" * 64,
        unit="u" * LONGEST_UNIT,
        organisation=max(Organisation, key=len),
        respondent=max(Respondent, key=len),
        language=max(questionnaire.languages, key=len),
        answers=[_longest_answer(place) for place in places(questionnaire) if place.item.is_question],
    )
    return len(canonical_json(longest)) + LENGTH_BYTES


def padded_size(questionnaire: Questionnaire) -> int:
    """`largest_size` rounded up to whole KiB: the one length of every response of this version (P4, T5)."""
    return -(-largest_size(questionnaire) // KIB) * KIB


def _longest_answer(place: Place) -> dict[str, Value]:
    by, item = max(Respondent, key=len), place.item
    address = Address(item.id, place.repetition)
    candidates = [answer_laid_out(address, None, missing, by if missing in KEYED else None) for missing in _LONGEST]
    candidates += [answer_laid_out(address, value, None, by) for value in _long_values(item)]
    return max(candidates, key=lambda laid: len(canonical_json(laid)))


def _long_values(item: Item) -> list[Value]:
    longest: list[Value]
    match item.type:
        case ItemType.CHOICE | ItemType.YES_NO:
            longest = [option.code for option in item.options]
        case ItemType.CHOICES:
            longest = [tuple(option.code for option in item.options)]
        case ItemType.SCALE:
            longest = list(item.ends_of_scale)
        case ItemType.INTEGER:
            longest = [-LARGEST]
        case ItemType.DECIMAL:
            longest = [f"-{LARGEST}." + "9" * (item.decimals or MOST_DECIMALS)]
        case ItemType.DATE | ItemType.TIME:
            longest = [EXAMPLES[item.type]]
        case ItemType.LINE:
            longest = ["\U0001f642" * (item.max_length or LONGEST_LINE)]
        case ItemType.TEXT:
            longest = ["\U0001f642" * (item.max_length or 0)]
        case _:
            longest = []
    return longest
