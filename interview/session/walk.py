"""Made-up interviews, each a walk through the real flow: for rehearsal, demonstration and tests, nothing else.

The answers lean the way such answers do (mostly good, a few bad, some missing) so that tables made of them look alive.
"""

from dataclasses import dataclass
from random import Random

from interview.questionnaire.models import Item, ItemType, Role
from interview.session.answers import Address, Missing, Respondent, Value
from interview.session.form import Form, members
from interview.session.interview import Interview
from interview.session.made_up import made_up
from interview.session.values import missing_keys

LEANINGS: dict[str, tuple[int, ...]] = {
    "B4": (45, 12, 13, 30),
    "B6a": (88, 12),
    "D1": (42, 58),
    "D7": (17, 83),
    "E3": (7, 4, 89),
}
"""How often each option is chosen where no score tells good from bad, for questions of the shipped form."""
RESPONDENTS: dict[Respondent, int] = {Respondent.PATIENT: 72, Respondent.HELPED: 12, Respondent.PROXY: 16}
WISHES = (
    "Ring lite tidigare, helst redan dagen efter hemkomsten.",
    "Skriv ner allt på ett papper som går att läsa.",
    "Fler som pratar med varandra så att man slipper berätta samma sak igen.",
    "Maten på avdelningen var kall, annars var allt bra.",
    "Bättre besked om vilka mediciner som var nya.",
    "Hjälpmedlen skulle ha funnits hemma när jag kom.",
    "Att samma personal kommer hem, det är så många olika.",
    "Jag hade velat stanna en natt till.",
    "Kortare väntan på resan hem.",
    "Att anhöriga får vara med när man bestämmer.",
    "Inget särskilt, alla var så snälla.",
    "Lugnare genomgång innan man skrivs ut,\ndet gick fort på slutet.",
)
DECLINED, UNKNOWN, NOT_APPLICABLE, LEFT_OPEN = 0.012, 0.03, 0.04, 0.01
"""How often a question gets each kind of no answer."""
NO_WISH = 0.5


@dataclass(frozen=True, slots=True)
class _Manner:
    """How one made-up conversation goes: its mood from 0 to 1, and at which step what happens (-1: never)."""

    mood: float
    hands_over: int
    to_core: int
    ends: int
    hangs_up: int
    goes_back: int
    wishes: int
    reviews: bool


def random_walk(
    form: Form, rng: Random, *, survey: str = "", unit: str = "", language: str = "sv", started: str = ""
) -> Interview:
    """One made-up interview from its first item to its review, or to where it broke off; equal seeds walk alike.

    It ends on the review, with `draft.ended` where the respondent stopped, or in the middle where the call was cut off.
    """
    draft_id = f"{rng.getrandbits(128):032x}"
    begun = Interview.begin(form, id=draft_id, survey=survey, unit=unit, case=None, language=language, started=started)
    manner = _manner(rng, len(form.order))
    interview = _conversed(begun, manner, rng)
    if interview.item is None and manner.reviews:
        interview = _changed_on_review(interview, manner, rng)
    return interview.lasting(rng.randint(200, 900))


def _manner(rng: Random, length: int) -> _Manner:
    def at(chance: float) -> int:
        return rng.randrange(3, max(4, length)) if rng.random() < chance else -1

    return _Manner(
        mood=rng.betavariate(5, 2.2),
        hands_over=at(0.06),
        to_core=at(0.04),
        ends=at(0.03),
        hangs_up=at(0.03),
        goes_back=at(0.15),
        wishes=at(0.06),
        reviews=rng.random() < 0.08,
    )


def _conversed(interview: Interview, manner: _Manner, rng: Random) -> Interview:
    # A correction can open questions again; twice the form and a little is more than any walk takes.
    for step in range(2 * len(interview.form.order) + 16):
        if interview.item is None or interview.ending is not None or step == manner.hangs_up:
            break
        if step == manner.ends:
            return interview.ended()
        interview = _taken(_turned(interview, manner, step, rng), manner, rng)
    return interview


def _turned(interview: Interview, manner: _Manner, step: int, rng: Random) -> Interview:
    """What happens between two questions, where something does."""
    item = interview.item
    if item is None or item.role in (Role.CONSENT, Role.RESPONDENT):
        return interview
    if step == manner.hands_over:
        others = [kind for kind in interview.form.respondents if kind is not interview.draft.respondent]
        return interview.answered_by(rng.choice(others)) if others else interview
    if step == manner.to_core:
        return interview.core_only()
    if step == manner.goes_back:
        return interview.back().back()
    improvement = interview.form.with_role(Role.IMPROVEMENT)
    if step == manner.wishes and improvement is not None and interview.applies(improvement):
        return interview.aside(improvement)
    return interview


def _taken(interview: Interview, manner: _Manner, rng: Random) -> Interview:
    """The present item dealt with: read, answered, refused or left open."""
    item, draft = interview.item, interview.draft
    if item is None:
        return interview
    position = draft.position
    if not item.is_question or not _can_be_put(interview, position):
        return interview.go_on()
    if item.type is ItemType.TEXT and not item.required:
        return interview.leave_open() if rng.random() < NO_WISH else interview.answer(_wish(item, rng))
    missing = _missing(item, rng)
    if missing is Missing.LEFT_OPEN:
        return interview.leave_open()
    value = _value(item, manner, rng) if missing is None else None
    return interview.without_value(missing or Missing.UNKNOWN) if value is None else interview.answer(value)


def _can_be_put(interview: Interview, position: Address | None) -> bool:
    form, draft = interview.form, interview.draft
    return position is not None and bool(form.askable_of(draft.respondent) >> form.index[position] & 1)


def _changed_on_review(interview: Interview, manner: _Manner, rng: Random) -> Interview:
    """One answer changed from the review, and what that opened answered."""
    form = interview.form
    choices = members(
        interview.applying & form.questions & ~form.with_roles & form.askable_of(interview.draft.respondent)
    )
    if not choices:
        return interview
    return _conversed(interview.jump(form.addresses[rng.choice(choices)]), _steady(manner), rng)


def _steady(manner: _Manner) -> _Manner:
    return _Manner(manner.mood, -1, -1, -1, -1, -1, -1, False)


def _missing(item: Item, rng: Random) -> Missing | None:
    keys = missing_keys(item)
    if not keys:
        return None
    chance = rng.random()
    for missing, share in (
        (Missing.DECLINED, DECLINED),
        (Missing.UNKNOWN, UNKNOWN),
        (Missing.NOT_APPLICABLE, NOT_APPLICABLE),
        (Missing.LEFT_OPEN, LEFT_OPEN),
    ):
        if missing in keys or (missing is Missing.LEFT_OPEN and not item.required):
            chance -= share
            if chance < 0:
                return missing
    return None


def _value(item: Item, manner: _Manner, rng: Random) -> Value | None:
    match item.type:
        case ItemType.CHOICE | ItemType.YES_NO:
            return _option(item, manner, rng)
        case ItemType.CHOICES:
            several = [option.code for option in item.options if not option.exclusive and rng.random() < 0.35]
            return tuple(several) or (rng.choice(item.options).code,)
        case ItemType.SCALE:
            least, most = item.ends_of_scale
            return least + round((most - least) * min(1.0, max(0.0, rng.gauss(manner.mood + 0.1, 0.15))))
        case ItemType.TEXT:
            return _wish(item, rng)
        case _:
            return made_up(item, rng)


def _option(item: Item, manner: _Manner, rng: Random) -> str:
    if item.role is Role.CONSENT:
        return next(option.code for option in item.options if option.ends is None)
    if item.role is Role.RESPONDENT:
        offered = [Respondent(option.code) for option in item.options]
        return str(rng.choices(offered, [RESPONDENTS[kind] for kind in offered])[0])
    codes = [option.code for option in item.options]
    leaning = LEANINGS.get(item.id, ())
    if len(leaning) == len(codes):
        return rng.choices(codes, leaning)[0]
    if any(option.score is not None for option in item.options):
        # The score nearest the mood of this conversation, with some noise: the answers of one person hang together.
        feeling = 100 * (manner.mood + rng.gauss(0.08, 0.22))
        return min(item.options, key=lambda option: abs((option.score or 0) - feeling)).code
    return rng.choice(codes)


def _wish(item: Item, rng: Random) -> str:
    return rng.choice(WISHES)[: item.max_length]
