"""What is different about the answers a question offers, and what that does to its series."""

from collections.abc import Iterator

from interview.questionnaire.changes import Change, Comparable, Kind
from interview.questionnaire.matching import FAR, same_words, share_in_common, words_of
from interview.questionnaire.models import Item, ItemType, Option

YES, CARE, NO = Comparable.YES, Comparable.CARE, Comparable.NO


def option_changes(old: Item, new: Item, languages: tuple[str, ...]) -> Iterator[Change]:
    """The options that came, went, were renamed, got another code or another place; one change of each kind and effect."""
    before = {option.code: option for option in old.options}
    after = {option.code: option for option in new.options}
    recoded = _recoded(before, after, languages[0])
    if recoded:
        yield Change(Kind.OPTIONS_RECODED, CARE, "recoded", ", ".join(recoded), ", ".join(recoded.values()))
    gone = [option for code, option in before.items() if code not in after and code not in recoded]
    come = [option for code, option in after.items() if code not in before and code not in recoded.values()]
    several = new.type is ItemType.CHOICES
    if gone:
        why = "option-gone-of-several" if several else "option-gone"
        yield Change(Kind.OPTIONS_REMOVED, CARE if several else NO, why, before=_listed(gone, languages[0]))
    if come:
        why = "option-new-of-several" if several else "option-new"
        yield Change(Kind.OPTIONS_ADDED, CARE if several else NO, why, after=_listed(come, languages[0]))
    both = option_pairs(old, new, languages[0])
    yield from _renamed(both, languages)
    first = [recoded.get(code, code) for code in before if code in after or code in recoded]
    second = [code for code in after if code in first]
    if first != second:
        yield Change(Kind.OPTIONS_REORDERED, CARE, "reordered", ", ".join(first), ", ".join(second))
    for one, other in both:
        if (one.exclusive, one.open is None, one.ends) != (other.exclusive, other.open is None, other.ends):
            yield Change(Kind.LIMITS, CARE, "option-rule", _rules(one), _rules(other))
        yield from _asked_otherwise(one, other, languages)
        yield from _otherwise_spoken(one, other, languages)
        yield from _otherwise_to_proxy(one, other, languages)
        if one.symbol != other.symbol:
            yield Change(Kind.OPTIONS_RENAMED, CARE, "option-symbol", _signed(one), _signed(other))


def option_pairs(old: Item, new: Item, language: str) -> list[tuple[Option, Option]]:
    """The options that both have, also under another code, in the order of the older item."""
    before = {option.code: option for option in old.options}
    after = {option.code: option for option in new.options}
    now = {code: code for code in after} | _recoded(before, after, language)
    return [(option, after[now[code]]) for code, option in before.items() if code in now]


def _renamed(both: list[tuple[Option, Option]], languages: tuple[str, ...]) -> Iterator[Change]:
    """The same code with other words, and the same words otherwise translated."""
    language = languages[0]
    for old, new in both:
        before, after = old.text.get(language, ""), new.text.get(language, "")
        if before == after:
            continue
        if same_words(before, after):
            yield Change(Kind.OPTIONS_RENAMED, YES, "same-words", before, after)
        elif share_in_common(before, after) < FAR:
            yield Change(Kind.OPTIONS_RENAMED, NO, "option-other-words", before, after)
        else:
            yield Change(Kind.OPTIONS_RENAMED, CARE, "option-words", before, after)
    for language in languages[1:]:
        told = [
            (old.text.get(language, ""), new.text.get(language, ""))
            for old, new in both
            if old.text.get(language) != new.text.get(language)
        ]
        if told:
            comparable = YES if all(same_words(*words) for words in told) else CARE
            before, after = (", ".join(words[side] for words in told) for side in (0, 1))
            yield Change(Kind.TRANSLATION, comparable, "translation", before, after)


def _asked_otherwise(old: Option, new: Option, languages: tuple[str, ...]) -> Iterator[Change]:
    """Other words of the question that an open option is followed by, in the first language that has other ones."""
    for language in languages if old.open and new.open else ():
        before, after = (old.open or {}).get(language, ""), (new.open or {}).get(language, "")
        if before != after:
            is_first = language == languages[0]
            comparable = YES if is_first and same_words(before, after) else CARE
            kind, why = (Kind.OPTIONS_RENAMED, "option-words") if is_first else (Kind.TRANSLATION, "translation")
            yield Change(kind, comparable, "same-words" if comparable is YES else why, before, after)
            return


def _otherwise_spoken(old: Option, new: Option, languages: tuple[str, ...]) -> Iterator[Change]:
    """Other words read aloud in the place of those on the form; what is only translated otherwise is told as that."""
    if old.spoken == new.spoken:
        return
    heard = [tuple((option.spoken or option.text).get(language, "") for option in (old, new)) for language in languages]
    if heard[0][0] == heard[0][1] and heard[1:] and any(told[0] != told[1] for told in heard[1:]):
        yield from (Change(Kind.TRANSLATION, CARE, "translation", *told) for told in heard[1:] if told[0] != told[1])
    elif same_words(*heard[0]):
        yield Change(Kind.READING, YES, "same-words", *heard[0])
    else:
        yield Change(Kind.READING, CARE, "option-spoken", *heard[0])


def _otherwise_to_proxy(old: Option, new: Option, languages: tuple[str, ...]) -> Iterator[Change]:
    """Other words to a next of kin, where the patient's changed no less: next of kin are reported apart."""
    heard = [tuple((option.proxy or option.text).get(language, "") for option in (old, new)) for language in languages]
    if (old.proxy, new.proxy) != (None, None) and heard[0][0] != heard[0][1]:
        yield Change(Kind.PROXY, CARE, "proxy-words", *heard[0])
    elif (old.proxy, new.proxy) != (None, None):
        yield from (Change(Kind.TRANSLATION, CARE, "translation", *told) for told in heard[1:] if told[0] != told[1])


def _recoded(before: dict[str, Option], after: dict[str, Option], language: str) -> dict[str, str]:
    """Options with the same words under another code: old code → new code."""
    new = {tuple(words_of(option.text.get(language, ""))): code for code, option in after.items() if code not in before}
    found = {
        code: new.get(tuple(words_of(option.text.get(language, ""))))
        for code, option in before.items()
        if code not in after
    }
    return {code: other for code, other in found.items() if other is not None}


def _listed(options: list[Option], language: str) -> str:
    return ", ".join(f"{option.code} ({option.text.get(language, '')})" for option in options)


def _signed(option: Option) -> str:
    return f"{option.code}: {option.symbol or '–'}"


def _rules(option: Option) -> str:
    rules = {"exclusive": option.exclusive, "open": option.open is not None, str(option.ends): option.ends is not None}
    return f"{option.code}: {', '.join(rule for rule, holds in rules.items() if holds)}"
