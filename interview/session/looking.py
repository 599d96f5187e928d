"""What the screen shows of an interview, as the values of `session.view`."""

from interview.errors import InterviewError
from interview.questionnaire.kept import LONGEST_LINE
from interview.questionnaire.models import Item, ItemType, Option
from interview.session.answers import Address, Draft, Respondent
from interview.session.form import Form, last_before, members
from interview.session.standing import Standing, is_said
from interview.session.values import missing_keys
from interview.session.view import AnswerView, OptionView, OutlineEntry, QuestionView
from interview.session.wording import answer_text, option_text, question_text, shown_value, worded


def question_view(form: Form, draft: Draft, standing: Standing) -> QuestionView:
    """The present item, an answered one in the words it was answered to; InterviewError `session.on-review` on the review."""
    address = draft.position
    if address is None:
        raise InterviewError("session.on-review")
    item, place, language = form.item(address), form.number(address), draft.language
    answer = draft.answers.get(address)
    counted = _counted(form, draft, standing)
    number = _number(form, counted, place)
    heard_by = answer.given_by if answer is not None and is_said(answer) else draft.respondent
    return QuestionView(
        address=address,
        type=item.type,
        role=item.role,
        section=_section(form, address, language),
        number=number,
        count=max(number, counted.bit_count()),
        text=question_text(item, form, language, heard_by),
        read_aloud=item.read_aloud,
        read_options=item.read_options,
        instruction=worded(item.instruction, form, language),
        probe=worded(item.probe, form, language),
        options=_options(item, form, draft, heard_by),
        minimum=item.ends_of_scale[0],
        maximum=item.ends_of_scale[1],
        minimum_label=worded(item.minimum_label, form, language),
        maximum_label=worded(item.maximum_label, form, language),
        max_length=LONGEST_LINE if item.type is ItemType.LINE and item.max_length is None else item.max_length,
        unit=worded(item.unit, form, language),
        limits=_limits(item, language),
        required=item.required,
        repetition=form.repetition(address),
        missing_keys=missing_keys(item),
        value=None if answer is None else answer.value,
        written="" if answer is None or answer.value is None else shown_value(item, answer.value, language),
        missing=None if answer is None else answer.missing,
        given_by=None if answer is None else answer.given_by,
    )


def outline(form: Form, draft: Draft, standing: Standing) -> tuple[OutlineEntry, ...]:
    """The sections that hold questions which apply, in order."""
    counted = _counted(form, draft, standing)
    here = None if draft.position is None else form.section(draft.position)
    entries = []
    for section, inside in form.sections:
        count = (counted & inside).bit_count()
        if count:
            entries.append(
                OutlineEntry(
                    title=worded(section.text, form, draft.language),
                    answered=(counted & inside & standing.said).bit_count(),
                    count=count,
                    current=section is here,
                )
            )
    return tuple(entries)


def review(form: Form, draft: Draft, standing: Standing) -> tuple[AnswerView, ...]:
    """Every question that applies with its answer, in order."""
    counted = _counted(form, draft, standing)
    applying = standing.applying(form, draft) & form.questions
    return tuple(_answer_view(form, draft, counted, place) for place in members(applying))


def last_answer(form: Form, draft: Draft, standing: Standing, recent: Address | None) -> AnswerView | None:
    """The answer just given, or else the last recorded before the present item; None before the first."""
    place = None if recent is None or recent not in draft.answers else form.number(recent)
    if place is None:
        place = last_before(standing.applying(form, draft) & standing.asked, form.place(draft.position))
    return None if place is None else _answer_view(form, draft, _counted(form, draft, standing), place)


def _answer_view(form: Form, draft: Draft, counted: int, place: int) -> AnswerView:
    address, item = form.addresses[place], form.items[place]
    answer = draft.answers.get(address)
    return AnswerView(
        address=address,
        section=_section(form, address, draft.language),
        number=_number(form, counted, place),
        question=question_text(item, form, draft.language, draft.respondent if answer is None else answer.given_by),
        answer=answer_text(item, answer, form, draft.language),
        missing=None if answer is None else answer.missing,
        given_by=None if answer is None else answer.given_by,
        repetition=form.repetition(address),
    )


def _offered(option: Option, aloud: bool, form: Form, language: str, heard_by: Respondent) -> str:
    """The words an option is offered in, after its symbol: those to a next of kin, or what is spoken where it is read aloud."""
    words = option_text(option, form, language, heard_by)
    if aloud and option.spoken is not None and (heard_by is not Respondent.PROXY or option.proxy is None):
        words = worded(option.spoken, form, language)
    return words if option.symbol is None else f"{option.symbol} {words}"


def _options(item: Item, form: Form, draft: Draft, heard_by: Respondent) -> tuple[OptionView, ...]:
    answer = None if draft.position is None else draft.answers.get(draft.position)
    value = None if answer is None else answer.value
    chosen = value if isinstance(value, tuple) else (value,)
    return tuple(
        OptionView(
            digit=str((place + 1) % 10),
            code=option.code,
            text=_offered(option, item.read_options, form, draft.language, heard_by),
            chosen=option.code in chosen,
            exclusive=option.exclusive,
        )
        for place, option in enumerate(item.options)
    )


def _limits(item: Item, language: str) -> tuple[str, str]:
    least, most = ("" if end is None else shown_value(item, end, language) for end in (item.minimum, item.maximum))
    return least, most


def _section(form: Form, address: Address, language: str) -> str:
    section = form.section(address)
    return "" if section is None else worded(section.text, form, language)


def _counted(form: Form, draft: Draft, standing: Standing) -> int:
    """The questions that are numbered: those that apply and were not passed by when the conversation changed hands."""
    return standing.applying(form, draft) & form.counted & ~standing.passed_by


def _number(form: Form, counted: int, place: int) -> int:
    """Which question this is of those counted; what is not counted has the number of the question before it."""
    return (counted & ((1 << place) - 1)).bit_count() + (form.counted >> place & 1)
