"""What applies and what is counted, worked out from nothing by plain recursion: what the flow is held against.

It shares no code with `interview.session`: sets of ids instead of bit sets, its own comparisons, its own order.
"""

from interview.questionnaire.models import Condition, Item, ItemType, Operator, Questionnaire, Role, Value
from interview.session.answers import Address, Answer, Draft, Missing, Respondent

SAID = {Missing.DECLINED, Missing.UNKNOWN, Missing.NOT_APPLICABLE}
PASSED_BY = {Missing.NOT_ASKED_OF_PROXY, Missing.ONLY_ASKED_OF_PROXY}


class Naive:
    """The answers to every question one can put to a draft, each from the whole form."""

    def __init__(self, questionnaire: Questionnaire, draft: Draft) -> None:
        self.draft = draft
        self.routed: set[str] = set()
        self.for_proxy: set[str] = set()
        self.for_patient: set[str] = set()
        self.items = list(questionnaire.walk())
        for item in questionnaire.items:
            self._visit(item, routed=True, proxy=True, patient=True)

    def _visit(self, item: Item, *, routed: bool, proxy: bool, patient: bool) -> None:
        routed = routed and self._met(item)
        proxy = proxy and item.proxy != "not-asked"
        patient = patient and item.proxy != "only"
        self.routed |= {item.id} if routed else set()
        self.for_proxy |= {item.id} if proxy else set()
        self.for_patient |= {item.id} if patient else set()
        for child in item.items:
            self._visit(child, routed=routed, proxy=proxy, patient=patient)

    def _met(self, item: Item) -> bool:
        met = [self._holds(condition) for condition in item.enable_when]
        return not met or (any(met) if item.enable_behavior == "any" else all(met))

    def _holds(self, condition: Condition) -> bool:
        answer = self.draft.answers.get(Address(condition.question))
        value: Value | None = None
        if answer is not None and condition.question in self.routed:
            value = answer.value
        wanted = condition.answer
        several = value if isinstance(value, tuple) else (value,)
        match condition.operator:
            case Operator.ANSWERED:
                return (value is not None) is wanted
            case Operator.IS:
                return wanted in several
            case Operator.IS_NOT:
                return wanted not in several
        if not isinstance(value, int) or not isinstance(wanted, int):
            return False
        return {
            Operator.MORE_THAN: value > wanted,
            Operator.LESS_THAN: value < wanted,
            Operator.AT_LEAST: value >= wanted,
            Operator.AT_MOST: value <= wanted,
        }[condition.operator]

    def record(self, item: Item) -> Answer | None:
        """What is recorded of an item."""
        return self.draft.answers.get(Address(item.id))

    def was_asked(self, item: Item) -> bool:
        """Whether the item has a record other than that it was passed by."""
        record = self.record(item)
        return record is not None and record.missing not in PASSED_BY

    def allowed(self, item: Item) -> bool:
        """Whether the item can be put to whoever answers now."""
        return item.id in (self.for_proxy if self.draft.respondent is Respondent.PROXY else self.for_patient)

    def is_core(self, item: Item) -> bool:
        """Whether somebody who tires is asked the question."""
        return item.core or item.role not in (None, Role.IMPROVEMENT)

    def applies(self, item: Item) -> bool:
        """Whether a question applies now."""
        wanted = self.allowed(item) and (self.is_core(item) or not self.draft.core_only)
        return item.is_question and item.id in self.routed and (wanted or self.was_asked(item))

    def said(self, item: Item) -> bool:
        """Whether somebody said something to a question."""
        record = self.record(item)
        return record is not None and (record.value is not None or record.missing in SAID)

    def passed_by(self, item: Item) -> bool:
        """Whether the question lay behind when the conversation changed hands."""
        record = self.record(item)
        return record is not None and record.missing in PASSED_BY

    def applying(self) -> list[str]:
        """The ids of the questions that apply, in order."""
        return [item.id for item in self.items if self.applies(item)]

    def open_count(self) -> int:
        """How many questions that apply nobody has said anything to."""
        return sum(1 for item in self.items if self.applies(item) and not self.said(item) and not self.passed_by(item))

    def why_missing(self, item: Item) -> Missing | None:
        """Why a question has no value, None where it has one."""
        record = self.record(item)
        if item.id not in self.routed:
            return Missing.ROUTED_PAST
        if record is not None:
            return record.missing
        if not self.allowed(item):
            proxy = self.draft.respondent is Respondent.PROXY
            return Missing.NOT_ASKED_OF_PROXY if proxy else Missing.ONLY_ASKED_OF_PROXY
        if self.draft.core_only and not self.is_core(item):
            return Missing.NOT_CORE
        reached = self._later_recorded(item)
        return Missing.BROKEN_OFF if self.draft.ended and not reached else Missing.LEFT_OPEN

    def _later_recorded(self, item: Item) -> bool:
        later = self.items[self.items.index(item) + 1 :]
        return any(self.record(other) is not None and other.role is not Role.IMPROVEMENT for other in later)

    def completeness(self) -> tuple[int, int]:
        """How many are answered of how many that count."""
        answered = counted = 0
        for item in self.items:
            record = self.record(item)
            if not item.is_question or item.id not in self.routed or item.role not in (None, Role.IMPROVEMENT):
                continue
            if self.passed_by(item) or not (self.allowed(item) or self.was_asked(item)):
                continue
            told = record is not None and (record.value is not None or record.missing is Missing.UNKNOWN)
            if record is not None and record.missing is Missing.NOT_APPLICABLE:
                continue
            if item.type is ItemType.TEXT and not told:
                continue
            answered += told
            counted += 1
        return answered, counted
