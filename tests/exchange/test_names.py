"""T12: the names of files are made here: whatever a survey calls itself, nothing lands outside the chosen folder."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from interview.exchange.names import batch_name, receipt_name
from interview.survey import Survey

HOSTILE = (
    "../../x", "..", ".", "a/b", "/etc/x", "C:\\w", "a\\b", "\\\\server\\x", "a:b", "~x", ".x", "-x", "", "x\n", "x\0", "å", "X",
    "a" * 65, "a.b", "con ", "*", "$(x)",
)  # fmt: skip


@pytest.mark.parametrize("hostile", HOSTILE)
def test_t12_a_survey_cannot_name_itself_anything_but_a_slug(round_: Any, hostile: str) -> None:
    assert Survey.model_validate(round_.survey.model_dump()) == round_.survey
    with pytest.raises(ValidationError):
        Survey.model_validate({**round_.survey.model_dump(), "id": hostile})


@pytest.mark.parametrize("survey", ["a", "host-2026", "0", "a" * 64, "con", "nul"])
def test_t12_every_name_is_one_plain_part(survey: str) -> None:
    for name in (batch_name(survey, bytes(32), 1), receipt_name(survey, bytes(32), 10**9, bytes(32))):
        assert Path(name).name == name
        assert all(sign.isascii() and (sign.isalnum() or sign in "-.") for sign in name)
        assert not name.startswith((".", "-")) and name.partition(".")[0] not in {"con", "nul"}
        assert len(name) < 128
