"""What applies and what is counted, worked out from nothing by plain recursion: what the flow is held against.

It shares no code with `interview.session`: lists of spots instead of bit sets, its own repeats, comparisons and order.
"""

from dataclasses import dataclass
from fractions import Fraction

from interview.questionnaire.models import Condition, Item, ItemType, Operator, Questionnaire, Role
from interview.session.answers import Address, Answer, Draft, Missing, Respondent

SAID = {Missing.DECLINED, Missing.UNKNOWN, Missing.NOT_APPLICABLE}
PASSED_BY = {Missing.NOT_ASKED_OF_PROXY, Missing.ONLY_ASKED_OF_PROXY}


@dataclass(frozen=True)
class Spot:
    """One thing that can be asked: an item in one repetition, the words of its open option, or whether another is."""

    address: Address
    item: Item
    kind: str
    is_question: bool
    core: bool
    repeated: str
    routed: bool
    for_proxy: bool
    for_patient: bool


class Naive:
    """The answers to every question one can put to a draft, each from the whole form."""

    def __init__(self, questionnaire: Questionnaire, draft: Draft) -> None:
        self.draft = draft
        self.spots: list[Spot] = []
        for item in questionnaire.items:
            self._visit(item, 0, "", routed=True, proxy=True, patient=True)
        self.questions = [spot for spot in self.spots if spot.is_question]

    def _visit(self, item: Item, repetition: int, repeated: str, *, routed: bool, proxy: bool, patient: bool) -> None:
        if item.max_repeats == 1:
            self._once(item, repetition, repeated, routed=routed, proxy=proxy, patient=patient)
            return
        going = routed
        for number in range(item.max_repeats):
            before = len(self.spots)
            self._once(item, number, item.id, routed=going, proxy=proxy, patient=patient)
            if number + 1 < item.max_repeats:
                inside = [spot for spot in self.spots[before:] if spot.kind == "own" and spot.is_question]
                asked = any(self.value(spot) is not None for spot in inside)
                refused = {spot.item.proxy if isinstance(spot.item.proxy, str) else "same" for spot in inside}
                more = Address(f"{item.id}_another", number)
                self._add(
                    more,
                    item,
                    "another",
                    core=any(spot.core for spot in inside),
                    repeated=item.id,
                    routed=asked,
                    proxy=proxy and refused != {"not-asked"},
                    patient=patient and refused != {"only"},
                )
                record = draft_value(self.draft, more)
                going = routed and asked and record == "yes"

    def _once(self, item: Item, repetition: int, repeated: str, *, routed: bool, proxy: bool, patient: bool) -> None:
        routed = routed and self._met(item, repetition, repeated)
        proxy = proxy and item.proxy != "not-asked"
        patient = patient and item.proxy != "only"
        known = {"core": item.core, "repeated": repeated, "proxy": proxy, "patient": patient}
        self._add(Address(item.id, repetition), item, "own", routed=routed, **known)
        for child in item.items:
            self._visit(child, repetition, repeated, routed=routed, proxy=proxy, patient=patient)
        opened = [option.code for option in item.options if option.open]
        if opened:
            value = self.value(self.spots[-1])
            chosen = value == opened[0] or (isinstance(value, tuple) and opened[0] in value)
            self._add(Address(f"{item.id}_text", repetition), item, "open", routed=chosen, **known)

    def _add(
        self,
        address: Address,
        item: Item,
        kind: str,
        *,
        core: bool,
        repeated: str,
        routed: bool,
        proxy: bool,
        patient: bool,
    ) -> None:
        asks = kind != "own" or item.type not in (ItemType.GROUP, ItemType.DISPLAY)
        self.spots.append(Spot(address, item, kind, asks, core, repeated, routed, proxy, patient))

    def _met(self, item: Item, repetition: int, repeated: str) -> bool:
        met = [self._holds(condition, repetition, repeated) for condition in item.enable_when]
        return not met or (any(met) if item.enable_behavior == "any" else all(met))

    def _holds(self, condition: Condition, repetition: int, repeated: str) -> bool:
        named = [spot for spot in self.spots if spot.kind == "own" and spot.item.id == condition.question]
        if repeated and named[0].repeated == repeated:
            named = [spot for spot in named if spot.address.repetition == repetition]
        several: list[str | int] = []
        for spot in named:
            value = self.value(spot)
            several.extend(value if isinstance(value, tuple) else [] if value is None else [value])
        wanted = condition.answer
        match condition.operator:
            case Operator.ANSWERED:
                return bool(several) is wanted
            case Operator.IS:
                return wanted in several
            case Operator.IS_NOT:
                return wanted not in several
        return any(_compared(condition.operator, named[0].item.type, value, wanted) for value in several)

    def value(self, spot: Spot) -> object:
        """What a question that is routed to is answered with."""
        return draft_value(self.draft, spot.address) if spot.routed else None

    def record(self, spot: Spot) -> Answer | None:
        """What is recorded of a question."""
        return self.draft.answers.get(spot.address)

    def was_asked(self, spot: Spot) -> bool:
        """Whether the question has a record other than that it was passed by."""
        record = self.record(spot)
        return record is not None and record.missing not in PASSED_BY

    def allowed(self, spot: Spot) -> bool:
        """Whether the question can be put to whoever answers now."""
        return spot.for_proxy if self.draft.respondent is Respondent.PROXY else spot.for_patient

    def is_core(self, spot: Spot) -> bool:
        """Whether somebody who tires is asked the question."""
        return spot.core or spot.item.role not in (None, Role.IMPROVEMENT)

    def applies(self, spot: Spot) -> bool:
        """Whether a question applies now."""
        wanted = self.allowed(spot) and (self.is_core(spot) or not self.draft.core_only)
        return spot.is_question and spot.routed and (wanted or self.was_asked(spot))

    def said(self, spot: Spot) -> bool:
        """Whether somebody said something to a question."""
        record = self.record(spot)
        return record is not None and (record.value is not None or record.missing in SAID)

    def passed_by(self, spot: Spot) -> bool:
        """Whether the question lay behind when the conversation changed hands."""
        record = self.record(spot)
        return record is not None and record.missing in PASSED_BY

    def applying(self) -> list[Address]:
        """The addresses of the questions that apply, in order."""
        return [spot.address for spot in self.spots if self.applies(spot)]

    def open_count(self) -> int:
        """How many questions that apply nobody has said anything to."""
        return sum(1 for spot in self.spots if self.applies(spot) and not self.said(spot) and not self.passed_by(spot))

    def why_missing(self, spot: Spot) -> Missing | None:
        """Why a question has no value, None where it has one."""
        record = self.record(spot)
        if not spot.routed:
            return Missing.ROUTED_PAST
        if record is not None:
            return record.missing
        if not self.allowed(spot):
            proxy = self.draft.respondent is Respondent.PROXY
            return Missing.NOT_ASKED_OF_PROXY if proxy else Missing.ONLY_ASKED_OF_PROXY
        if self.draft.core_only and not self.is_core(spot):
            return Missing.NOT_CORE
        return Missing.BROKEN_OFF if self.draft.ended else Missing.LEFT_OPEN

    def completeness(self) -> tuple[int, int]:
        """How many are answered of how many that count."""
        answered = counted = 0
        for spot in self.questions:
            record = self.record(spot)
            if not spot.routed or spot.kind == "another" or spot.item.role not in (None, Role.IMPROVEMENT):
                continue
            if self.passed_by(spot) or not (self.allowed(spot) or self.was_asked(spot)):
                continue
            told = record is not None and (record.value is not None or record.missing is Missing.UNKNOWN)
            if record is not None and record.missing is Missing.NOT_APPLICABLE:
                continue
            if (spot.kind == "open" or spot.item.type is ItemType.TEXT) and not told:
                continue
            answered += told
            counted += 1
        return answered, counted


def draft_value(draft: Draft, address: Address) -> object:
    """The value recorded at an address, None where there is none."""
    record = draft.answers.get(address)
    return None if record is None else record.value


def _compared(operator: Operator, type_: ItemType, value: object, wanted: object) -> bool:
    if type_ is ItemType.DECIMAL:
        value, wanted = Fraction(str(value)), Fraction(str(wanted))
    return {
        Operator.MORE_THAN: value > wanted,
        Operator.LESS_THAN: value < wanted,
        Operator.AT_LEAST: value >= wanted,
        Operator.AT_MOST: value <= wanted,
    }[operator]
