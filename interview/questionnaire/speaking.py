"""How long it takes to say a form on the telephone: words read aloud, and the time to answer."""

from typing import Final

from interview.questionnaire.models import Item, ItemType, Option, Questionnaire

WORDS_A_MINUTE: Final = 120
"""Read clearly to somebody who may hear badly; a newsreader reads about 160."""
SECONDS_TO_ANSWER: Final = 8
SECONDS_TO_TELL: Final = 30
"""To choose an answer, and to give one in words."""


def asked_of(item: Item, proxy: bool) -> bool:
    """Whether an item can be read to a patient, or with `proxy` to a next of kin."""
    return item.proxy != ("not-asked" if proxy else "only")


def said_to(item: Item, language: str, proxy: bool) -> str:
    """The wording of an item in a language, to a patient or to a next of kin."""
    text = item.proxy if proxy and isinstance(item.proxy, dict) else item.text
    return text.get(language, "")


def option_said_to(option: Option, language: str, proxy: bool, aloud: bool) -> str:
    """The words of an option in a language, to a patient or to a next of kin; `aloud` where options are read aloud."""
    text = option.text
    if proxy and option.proxy is not None:
        text = option.proxy
    elif aloud and option.spoken is not None:
        text = option.spoken
    return text.get(language, "")


def words_in(text: str) -> int:
    """How many words are said; a dash between them is none."""
    return sum(any(map(str.isalnum, word)) for word in text.split())


def words_aloud(item: Item, language: str, proxy: bool) -> int:
    """How many words of an item are read aloud, with the options where they are."""
    said = said_to(item, language, proxy) if item.read_aloud else ""
    options = (option_said_to(option, language, proxy, True) for option in item.options if item.read_options)
    return words_in(said) + sum(map(words_in, options))


def minutes_of(form: Questionnaire, language: str, proxy: bool) -> float:
    """The minutes of a conversation in which everything is asked that can be, whatever the conditions."""
    seconds = 0.0
    for item in form.walk():
        if item.type is ItemType.GROUP or not asked_of(item, proxy):
            continue
        seconds += words_aloud(item, language, proxy) * 60 / WORDS_A_MINUTE
        if item.is_question and item.read_aloud:
            seconds += SECONDS_TO_TELL if item.type in (ItemType.LINE, ItemType.TEXT) else SECONDS_TO_ANSWER
    return seconds / 60
