"""From `enableWhen` to the `when` of a form."""

import re
from typing import Final

from interview.questionnaire.fhir.elements import Element, Telling, mapping, scalar
from interview.questionnaire.fhir.names import Names
from interview.questionnaire.fhir.vocabulary import OPERATORS
from interview.questionnaire.models import Operator
from interview.questionnaire.standard_words import NO, YES
from interview.questionnaire.yaml_nodes import Mapping, Node, Scalar, Sequence

_OPERATORS: Final = {sign: operator for operator, sign in OPERATORS.items()}
_WHOLE_MINUTES: Final = re.compile(r"[0-9]{2}:[0-9]{2}:00")
_BEHAVIORS: Final = ("all", "any")


def read_conditions(element: Element, names: Names, telling: Telling) -> Mapping | None:
    """The conditions of an item: one, or `any` or `all` of several; None without any."""
    listed = element.all("enableWhen")
    behavior_mark, behavior = element.mark_of("enableBehavior"), element.text("enableBehavior")
    found: list[Node] = [node for one in listed if (node := _condition(one, names, telling))]
    if behavior is not None and behavior.text not in _BEHAVIORS:
        telling.fail("fhir.unknown-word", behavior_mark, element="enableBehavior", word=behavior.text, known="all, any")
        return None
    if len(listed) > 1 and behavior is None:
        telling.fail("fhir.missing", listed[0].mark, element="enableBehavior")
        return None
    if len(found) < 2 or behavior is None:
        return found[0] if found and isinstance(found[0], Mapping) else None
    return mapping(listed[0].mark, {behavior.text: Sequence(listed[0].mark, found)})


def _condition(element: Element, names: Names, telling: Telling) -> Mapping | None:
    """`{question: B4, is: yes}`; None where it cannot be read."""
    question, operator_mark, sign = element.text("question"), element.mark_of("operator"), element.text("operator")
    if question is None or sign is None:
        telling.fail(
            "fhir.missing", element.mark, element="enableWhen.question" if question is None else "enableWhen.operator"
        )
        return None
    operator = _OPERATORS.get(sign.text)
    if operator is None:
        known = ", ".join(_OPERATORS)
        telling.fail("fhir.unknown-word", operator_mark, element="operator", word=sign.text, known=known)
        return None
    answer = _answer(element, question.text, operator, names, telling)
    if answer is None:
        return None
    asked = scalar(question.mark, names.id_of(question.text))
    return mapping(element.mark, {"question": asked, operator.value: answer})


def _answer(element: Element, link: str, operator: Operator, names: Names, telling: Telling) -> Scalar | None:
    """What is compared with, as a form writes it."""
    kind = element.first("answer")
    mark = element.mark_of(kind)
    told: Scalar | None = None
    match kind:
        case "answerBoolean":
            told = element.flag(kind)
            if told is not None and operator is not Operator.ANSWERED:
                told = scalar(mark, YES if told.text == "yes" else NO)
        case "answerInteger" | "answerDecimal":
            number = element.number(kind)
            told = None if number is None else scalar(mark, names.code_of(link, number.text))
        case "answerCoding":
            told = _coded(element, link, names, telling)
        case "answerString" | "answerDate" | "answerTime":
            said = element.text(kind)
            told = None if said is None else scalar(mark, names.code_of(link, without_seconds(said.text)))
        case "":
            telling.fail("fhir.missing", element.mark, element="enableWhen.answer[x]")
        case _:
            telling.fail("fhir.cannot-keep", mark, element=f"enableWhen.{kind}")
            # It is told; what is in it need not be.
            element.drop(kind)
    return told


def _coded(element: Element, link: str, names: Names, telling: Telling) -> Scalar | None:
    coding = element.one("answerCoding")
    if coding is None:
        return None
    code = coding.text("code") or coding.text("display")
    if code is None:
        telling.fail("fhir.missing", coding.mark, element="answerCoding.code")
        return None
    # The option that it names tells what is lost of a coding.
    coding.drop("display", "system")
    return scalar(code.mark, names.code_of(link, code.text))


def without_seconds(time: str) -> str:
    """A time of FHIR, `14:30:00`, as a form writes it; seconds that are not nought stay, to be told, and so does any other text."""
    return time[:5] if _WHOLE_MINUTES.fullmatch(time) else time
