"""Tallies: how many ringings ended how, by month. They travel inside a batch, sealed for the recipients of the survey.

They are cumulative: each batch brings every month of the survey so far, so a lost batch loses no count.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from interview.canonical import canonical_json
from interview.crypto.padding import pad, round_up_kib, unpad
from interview.crypto.sealing import Purpose, SealingKey, open_sealed, seal
from interview.errors import InterviewError
from interview.exchange.encoding import from_base64
from interview.questionnaire.models import Frozen
from interview.survey import Month, Slug, Survey


@dataclass(frozen=True, slots=True, order=True)
class Tally:
    """One count: month, unit's id, outcome (AAPOR's code), whether a next of kin answered, how many."""

    month: str
    unit: str
    outcome: str
    proxy: bool
    count: int


class _Row(Frozen):
    month: Month
    unit: Slug
    outcome: Annotated[str, Field(max_length=20)]
    proxy: bool
    count: Annotated[int, Field(ge=0)]


class _Content(Frozen):
    format: Literal[1]
    tallies: tuple[_Row, ...] = Field(max_length=10_000)


def seal_tallies(tallies: Iterable[Tally], survey: Survey, survey_hash: str) -> bytes:
    """The tallies, sealed for every recipient; padded to whole KiB, so that their length hardly tells."""
    content = canonical_json({"format": 1, "tallies": [asdict(tally) for tally in sorted(tallies)]})
    publics = [from_base64(recipient.sealing) for recipient in survey.recipients]
    return seal(pad(content, round_up_kib(len(content) + 4)), publics, bytes.fromhex(survey_hash), Purpose.TALLIES)


def open_tallies(sealed: bytes, key: SealingKey, position: int, survey_hash: str) -> tuple[Tally, ...]:
    """The tallies as the recipient at `position` opens them; `exchange.tallies-invalid`, those of `open_sealed`."""
    content = unpad(open_sealed(sealed, key, position, bytes.fromhex(survey_hash), Purpose.TALLIES))
    try:
        rows = _Content.model_validate_json(content, strict=True).tallies
    except ValidationError:
        raise InterviewError("exchange.tallies-invalid") from None
    return tuple(Tally(row.month, row.unit, row.outcome, row.proxy, row.count) for row in rows)
