"""A questionnaire prepared for asking, built once and shared by every interview with it.

Sets of items are integers used as bit sets: bit `n` stands for the nth item in reading order. A step of the flow is
then a handful of integer operations, whatever the length of the form.
"""

from collections.abc import Callable, Collection, Mapping
from functools import cached_property

from interview.errors import InterviewError
from interview.questionnaire.canonical import canonical_bytes, questionnaire_hash
from interview.questionnaire.conditions import Answered, applies
from interview.questionnaire.models import Ending, Item, ItemType, Questionnaire, Role
from interview.questionnaire.places import Kind, Place, places, tested
from interview.questionnaire.standard_words import YES
from interview.session.answers import Address, Answer, Respondent
from interview.session.layout import padded_size
from interview.survey import Background

DUE = (Role.RELATION, Role.REASON)
"""The roles asked at once when a next of kin takes over."""
ASKED = (Background.RELATION, Background.REASON)
"""The background a survey asks where it says nothing else."""
_BACKGROUND = {Background.RELATION: Role.RELATION, Background.REASON: Role.REASON}


class Form:
    """The items of a questionnaire in reading order, what depends on what, and the bit sets the flow is made of.

    An item stands there once for each time it can be asked (`questionnaire.places`). `counted` are the questions with
    a number of their own: neither the words of an open option nor whether there is another.
    `hash` identifies the questionnaire; it is worked out where it is not given. `background` is what the survey asks
    besides the questions: relation and reason are routed past where it does not name them. InterviewError
    `session.form-not-checked` where a condition looks forward or at nothing, or an option of the respondent question
    names nobody.
    """

    def __init__(
        self, questionnaire: Questionnaire, hash_: str | None = None, background: Collection[Background] = ASKED
    ) -> None:
        self.questionnaire = questionnaire
        self.background = frozenset(background)
        self._unasked = {role for kind, role in _BACKGROUND.items() if kind not in self.background}
        self._hash = hash_
        self.places: tuple[Place, ...] = places(questionnaire)
        self.items: tuple[Item, ...] = tuple(place.item for place in self.places)
        self.addresses: tuple[Address, ...] = tuple(Address(place.item.id, place.repetition) for place in self.places)
        self.index: dict[Address, int] = {address: n for n, address in enumerate(self.addresses)}
        self.parents: tuple[int | None, ...] = tuple(place.parent for place in self.places)
        self._tested = tested(self.places)
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

    @cached_property
    def respondents(self) -> tuple[Respondent, ...]:
        """Who may answer: those the question of who answers offers, everybody where there is no such question."""
        number = self.roles.get(Role.RESPONDENT)
        if number is None:
            return tuple(Respondent)
        return tuple(Respondent(option.code) for option in self.items[number].options)

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
        """The outermost group an item lies in, or None for an item outside every group.

        Whether there is another group is asked within it.
        """
        number: int | None = self.number(address)
        place = self.places[self.number(address)]
        section = place.origin if _is_group(place.origin) else None
        while number is not None:
            if _is_group(self.items[number]):
                section = self.items[number]
            number = self.parents[number]
        return section

    def repetition(self, address: Address) -> int:
        """Which repetition an address is, counted from 1; 0 where it is asked once."""
        return address.repetition + 1 if self.places[self.number(address)].scope else 0

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
        place = self.places[number]
        if place.parent is not None and not routing >> place.parent & 1:
            return False
        if place.item.role in self._unasked:
            return False
        if place.after is not None and self._answered((place.after,), routing, answers) != YES:
            return False
        if not place.item.enable_when:
            return True
        named = self._tested[number]
        return applies(place.item, lambda question: self._answered(named[question], routing, answers))

    def _answered(self, numbers: tuple[int, ...], routing: int, answers: Mapping[Address, Answer]) -> Answered | None:
        """The answer of the question at one place, or the answers at several taken together; None for none."""
        found: list[str | int] = []
        for number in numbers:
            answer = answers.get(self.addresses[number]) if routing >> number & 1 else None
            if answer is None or answer.value is None:
                continue
            if len(numbers) == 1:
                return answer.value
            found.extend(answer.value if isinstance(answer.value, tuple) else (answer.value,))
        return tuple(found) or None

    def _find_dependents(self) -> tuple[int, ...]:
        dependents = [0] * len(self.items)
        for number, place in enumerate(self.places):
            rests_on = [before for before in (place.parent, place.after) if before is not None]
            for named in self._tested[number].values():
                if not named or max(named) >= number:
                    raise InterviewError("session.form-not-checked", place.item.id)
                rests_on.extend(named)
            for before in rests_on:
                dependents[before] |= 1 << number
        return tuple(dependents)

    def _place_roles(self) -> None:
        self.roles: dict[Role, int] = {item.role: number for number, item in enumerate(self.items) if item.role}
        respondent = self.roles.get(Role.RESPONDENT)
        if respondent is not None:
            item = self.items[respondent]
            if not {option.code for option in item.options} <= {str(kind) for kind in Respondent}:
                raise InterviewError("session.form-not-checked", item.id)

    def _sort_items(self) -> None:
        self.questions = self._set(lambda item: item.is_question)
        self.displays = self._set(lambda item: item.type is ItemType.DISPLAY)
        self.another = self._places(lambda place: place.kind is Kind.ANOTHER)
        self.open_texts = self._places(lambda place: place.kind is Kind.OPEN)
        self.counted = self.questions & ~self.another & ~self.open_texts
        self.with_roles = self._places(lambda place: place.origin.role not in (None, Role.IMPROVEMENT))
        self.texts = self._set(lambda item: item.type is ItemType.TEXT) | self.open_texts
        self.due = self._places(lambda place: place.origin.role in DUE)
        self.asides = self._set(lambda item: item.role is Role.IMPROVEMENT)
        self.of_proxy = self._askable(refused="not-asked")
        self.of_patient = self._askable(refused="only")
        self.core = self._set(lambda item: item.core) | self.with_roles
        self.core |= self._core_displays()

    def _set(self, belongs: Callable[[Item], bool]) -> int:
        return self._places(lambda place: belongs(place.item))

    def _places(self, belongs: Callable[[Place], bool]) -> int:
        return sum(1 << number for number, place in enumerate(self.places) if belongs(place))

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
