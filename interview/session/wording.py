"""Which words are read to whom, in the language of the interview."""

from interview.questionnaire.models import Item, ItemType, Option, Text
from interview.session.answers import Answer, Respondent, Value
from interview.session.form import Form


def worded(text: Text | None, form: Form, language: str) -> str:
    """A text in a language, in the form's first where it lacks that one; empty for no text."""
    if not text:
        return ""
    return text.get(language) or text.get(form.languages[0], "")


def question_text(item: Item, form: Form, language: str, respondent: Respondent) -> str:
    """What is read to a respondent: a next of kin hears the proxy wording where the item has one."""
    if respondent is Respondent.PROXY and isinstance(item.proxy, dict):
        return worded(item.proxy, form, language)
    return worded(item.text, form, language)


def option_text(option: Option, form: Form, language: str, respondent: Respondent) -> str:
    """The words of an option: a next of kin has the proxy wording where the option has one."""
    own = respondent is Respondent.PROXY and option.proxy is not None
    return worded(option.proxy if own else option.text, form, language)


def answer_text(item: Item, answer: Answer | None, form: Form, language: str) -> str:
    """A value in words: the option's to whoever gave it, several with commas, a number with its unit, or the text.

    Empty without a value.
    """
    if answer is None or (value := answer.value) is None:
        return ""
    if not item.options:
        return f"{shown_value(item, value, language)} {worded(item.unit, form, language)}".rstrip()
    chosen = value if isinstance(value, tuple) else (value,)
    given = (option for option in item.options if option.code in chosen)
    return ", ".join(option_text(option, form, language, answer.given_by) for option in given)


def shown_value(item: Item, value: Value, language: str) -> str:
    """A kept value as it is written in a language: a decimal number with a comma, in English with a point."""
    comma = item.type is ItemType.DECIMAL and not language.startswith("en")
    return str(value).replace(".", ",") if comma else str(value)
