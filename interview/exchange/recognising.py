"""What a file seems to be that somebody took for a survey, so that the refusal names it and says what is needed instead.

A look at its beginning and its keys: nothing here vouches for anything.
"""

import re
from pathlib import Path
from typing import Any, Final

from interview.canonical import strict_json
from interview.errors import InterviewError
from interview.exchange.batch import MAGIC
from interview.exchange.envelope import Kind
from interview.exchange.surveys import SURVEY_LIMIT
from interview.files import read_bounded
from interview.toml import parse_toml

_PACKED: Final = b"PK\x03\x04"
"""How an Excel book begins."""
_LARGEST_PLAN: Final = 256 * 1024
_SURVEY: Final = {"survey", "questionnaires"}
_PLAN: Final = frozenset(("id", "title", "starts", "ends", "unit"))
"""Settings of the template, any two of which tell it."""
_FORM: Final = re.compile(r"^(languages|minutes|contact|items)\s*:", re.MULTILINE)
_KINDS: Final = {
    Kind.STATION: "exchange.is-station-card",
    Kind.RECIPIENT: "exchange.is-recipient-card",
    Kind.RECEIPT: "exchange.is-receipt",
    Kind.ROTATION: "exchange.is-rotation",
    Kind.SURVEY: "exchange.is-survey-alone",
}


def survey_file(path: Path) -> bytes:
    """The bytes of a survey's file; whether they are right is for `read_survey` to say.

    What is none is refused by name, as what it seems to be: `exchange.is-empty`, `is-template`, `is-station-card`,
    `is-recipient-card`, `is-receipt`, `is-rotation`, `is-batch`, `is-questionnaire`, `is-workbook`, `is-survey-alone`,
    `is-damaged-survey`, `is-no-survey`; those of `read_bounded`.
    """
    content = read_bounded(path, SURVEY_LIMIT)
    refused = _not_a_survey(content)
    if refused:
        raise InterviewError(refused, path.name)
    return content


def _not_a_survey(content: bytes) -> str:
    """The code of what a file is instead of a survey; empty where it seems to be one."""
    if not content.strip(b"\xef\xbb\xbf \t\r\n\x00"):
        return "exchange.is-empty"
    if content.startswith(MAGIC):
        return "exchange.is-batch"
    if content.startswith(_PACKED):
        return "exchange.is-workbook"
    try:
        value = strict_json(content)
    except InterviewError:
        return _no_json(content)
    return _other_json(value) if isinstance(value, dict) else "exchange.is-no-survey"


def _other_json(value: dict[str, Any]) -> str:
    if set(value) == _SURVEY:
        return ""
    kind = value.get("kind")
    if "signature" in value and kind in list(Kind):
        return _KINDS.get(Kind(kind), "exchange.is-no-survey")
    is_form = "items" in value or value.get("resourceType") == "Questionnaire"
    return "exchange.is-questionnaire" if is_form else "exchange.is-no-survey"


def _no_json(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "exchange.is-no-survey"
    if text.lstrip().startswith("{") and all(f'"{key}"' in text for key in _SURVEY):
        return "exchange.is-damaged-survey"
    if _is_template(text):
        return "exchange.is-template"
    return "exchange.is-questionnaire" if len(_FORM.findall(text)) > 1 else "exchange.is-no-survey"


def _is_template(text: str) -> bool:
    """Whether it is what a survey is made from, or was meant to be."""
    if len(text) > _LARGEST_PLAN:
        return False
    try:
        return len(_PLAN & parse_toml(text).keys()) > 1
    except ValueError:
        return "[[unit]]" in text
