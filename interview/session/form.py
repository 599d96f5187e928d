"""A questionnaire prepared for asking, built once and shared by every interview with it.

Sets of items are integers used as bit sets: bit `n` stands for the nth item in reading order. A step of the flow is
then a handful of integer operations, whatever the length of the form.
"""

from collections.abc import Callable, Mapping
from functools import cached_property

from interview.errors import InterviewError
from interview.questionnaire.canonical import canonical_bytes, questionnaire_hash
from interview.questionnaire.conditions import applies
from interview.questionnaire.models import Ending, Item, ItemType, Questionnaire, Role
from interview.session.answers import Address, Answer, Respondent, Value
from interview.session.layout import padded_size

DUE = (Role.RELATION, Role.REASON)
"""The roles asked at once when a next of kin takes over."""


class Form:
    """The items of a questionnaire in reading order, what depends on what, and the bit sets the flow is made of.

    `hash` identifies the questionnaire; it is worked out where it is not given. InterviewError
    `session.form-not-checked` where a condition looks forward or at nothing, or an option of the respondent question
    names nobody.
    """

    def __init__(self, questionnaire: Questionnaire, hash_: str | None = None) -> None:
        self.questionnaire = questionnaire
        self._hash = hash_
        self.items: tuple[Item, ...] = tuple(questionnaire.walk())
        self.addresses: tuple[Address, ...] = tuple(Address(item.id) for item in self.items)
        self.index: dict[Address, int] = {address: n for n, address in enumerate(self.addresses)}
        self.parents: tuple[int | None, ...] = self._find_parents()
        self.dependents: tuple[int, ...] = self._find_dependents()
        self._place_roles()
        self._sort_items()

    @cached_property
    def hash(self) -> str:
        """The SHA-256 of the questionnaire's canonical bytes, in hexadecimal."""
        return self._hash or questionnaire_hash(canonical_bytes(self.questionnaire))

    @cached_property
    def order(self) -> tuple[Address, ...]:
        """The addresses of displays and questions in the order they are asked."""
        return tuple(address for address, item in zip(self.addresses, self.items, strict=True) if not _is_group(item))

    @cached_property
    def question_addresses(self) -> tuple[Address, ...]:
        """The addresses of the questions in the order they are asked."""
        return tuple(address for address, item in zip(self.addresses, self.items, strict=True) if item.is_question)

    @cached_property
    def padded_size(self) -> int:
        """The one length, in bytes, to which every response of this version is padded (T5)."""
        return padded_size(self.questionnaire)

    @cached_property
    def sections(self) -> tuple[tuple[Item, int], ...]:
        """The outermost groups in order, each with the set of items inside it."""
        inside: dict[str, int] = {item.id: 0 for item in self.questionnaire.items if _is_group(item)}
        for number, address in enumerate(self.addresses):
            section = self.section(address)
            if section is not None:
                inside[section.id] |= 1 << number
        return tuple((item, inside[item.id]) for item in self.questionnaire.items if _is_group(item))

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages the questions can be asked in, the form's own first."""
        return self.questionnaire.languages

    def item(self, address: Address) -> Item:
        """The item at an address; InterviewError `session.unknown-question` where there is none."""
        return self.items[self.number(address)]

    def number(self, address: Address) -> int:
        """The place of an address in reading order, from 0; InterviewError `session.unknown-question`."""
        number = self.index.get(address)
        if number is None:
            raise InterviewError("session.unknown-question", address.id)
        return number

    def place(self, position: Address | None) -> int:
        """The place of a position in reading order; the review, None, lies after every item."""
        return len(self.items) if position is None else self.number(position)

    def section(self, address: Address) -> Item | None:
        """The outermost group an item lies in, or None for an item outside every group."""
        number: int | None = self.number(address)
        section = None
        while number is not None:
            if _is_group(self.items[number]):
                section = self.items[number]
            number = self.parents[number]
        return section

    def askable_of(self, respondent: Respondent) -> int:
        """The set of items that can be put to a respondent, as far as proxies and patients go."""
        return self.of_proxy if respondent is Respondent.PROXY else self.of_patient

    def with_role(self, role: Role) -> Address | None:
        """The address of the item with a role, or None where the form has no such item."""
        number = self.roles.get(role)
        return None if number is None else self.addresses[number]

    def ending(self, answers: Mapping[Address, Answer]) -> Ending | None:
        """How the consent given ends the conversation, or None where it does not."""
        number = self.roles.get(Role.CONSENT)
        answer = None if number is None else answers.get(self.addresses[number])
        if number is None or answer is None:
            return None
        return next((option.ends for option in self.items[number].options if option.code == answer.value), None)

    def routed(self, number: int, routing: int, answers: Mapping[Address, Answer]) -> bool:
        """Whether the conditions of an item and of the groups around it hold.

        `routing` is the set of items before it that are routed to: an answer to a question outside it counts as none.
        """
        parent = self.parents[number]
        if parent is not None and not routing >> parent & 1:
            return False
        item = self.items[number]
        if not item.enable_when:
            return True

        def lookup(question: str) -> Value | None:
            address = Address(question)
            answer = answers.get(address)
            return answer.value if answer is not None and routing >> self.index[address] & 1 else None

        return applies(item, lookup)

    def _find_parents(self) -> tuple[int | None, ...]:
        parents: list[int | None] = [None] * len(self.items)
        for number, item in enumerate(self.items):
            for child in item.items:
                parents[self.index[Address(child.id)]] = number
        return tuple(parents)

    def _find_dependents(self) -> tuple[int, ...]:
        dependents = [0] * len(self.items)
        for number, item in enumerate(self.items):
            parent = self.parents[number]
            if parent is not None:
                dependents[parent] |= 1 << number
            for condition in item.enable_when:
                tested = self.index.get(Address(condition.question))
                if tested is None or tested >= number:
                    raise InterviewError("session.form-not-checked", item.id)
                dependents[tested] |= 1 << number
        return tuple(dependents)

    def _place_roles(self) -> None:
        self.roles: dict[Role, int] = {item.role: number for number, item in enumerate(self.items) if item.role}
        respondent = self.roles.get(Role.RESPONDENT)
        if respondent is not None:
            item = self.items[respondent]
            if {option.code for option in item.options} != {str(kind) for kind in Respondent}:
                raise InterviewError("session.form-not-checked", item.id)

    def _sort_items(self) -> None:
        self.questions = self._set(lambda item: item.is_question)
        self.displays = self._set(lambda item: item.type is ItemType.DISPLAY)
        self.with_roles = self._set(lambda item: item.role not in (None, Role.IMPROVEMENT))
        self.texts = self._set(lambda item: item.type is ItemType.TEXT)
        self.due = self._set(lambda item: item.role in DUE)
        self.asides = self._set(lambda item: item.role is Role.IMPROVEMENT)
        self.of_proxy = self._askable(refused="not-asked")
        self.of_patient = self._askable(refused="only")
        self.core = self._set(lambda item: item.core) | self.with_roles
        self.core |= self._core_displays()

    def _set(self, belongs: Callable[[Item], bool]) -> int:
        return sum(1 << number for number, item in enumerate(self.items) if belongs(item))

    def _askable(self, refused: str) -> int:
        """The items a respondent can be asked: neither they nor a group around them is `refused`."""
        askable = 0
        for number, item in enumerate(self.items):
            parent = self.parents[number]
            if item.proxy != refused and (parent is None or askable >> parent & 1):
                askable |= 1 << number
        return askable

    def _core_displays(self) -> int:
        """The texts read to somebody who tires: before the first question, after the last, and beside a core one."""
        first = (self.questions & -self.questions).bit_length() - 1
        last = self.questions.bit_length() - 1
        beside = {self.parents[number] for number in members(self.core & self.questions)} - {None}
        return sum(
            1 << number
            for number in members(self.displays)
            if not first < number < last or self.parents[number] in beside
        )


def members(items: int) -> list[int]:
    """The places in a set of items, ascending."""
    found = []
    while items:
        lowest = items & -items
        found.append(lowest.bit_length() - 1)
        items ^= lowest
    return found


def first_after(items: int, number: int) -> int | None:
    """The first place in a set after `number`, or None; -1 begins at the start."""
    later = items >> (number + 1)
    return number + (later & -later).bit_length() if later else None


def last_before(items: int, number: int) -> int | None:
    """The last place in a set before `number`, or None."""
    earlier = items & ((1 << number) - 1)
    return earlier.bit_length() - 1 if earlier else None


def _is_group(item: Item) -> bool:
    return item.type is ItemType.GROUP
