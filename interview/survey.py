"""A round of measurement: what is asked, of whose patients, for whom the answers are sealed. Pure models.

A survey travels signed (`exchange.envelope`); its identity is the SHA-256 of its signed content's canonical bytes.
"""

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""A SHA-256 in lower-case hexadecimal."""
Month = Annotated[str, StringConstraints(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
"""A calendar month, `2026-11`."""
Base64 = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9+/]*={0,2}$")]
Label = Annotated[str, StringConstraints(min_length=1, max_length=120, strip_whitespace=True)]
Telephone = Annotated[str, StringConstraints(max_length=40, strip_whitespace=True)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]


class Organisation(StrEnum):
    """The kind of organisation that rings."""

    PRIMARY_CARE = "primary-care"
    MUNICIPALITY = "municipality"


class Background(StrEnum):
    """What a survey may ask of a respondent besides the questions; none of it is kept where it is not asked for."""

    RELATION = "relation"
    REASON = "reason"
    LANGUAGE = "language"


class Frozen(BaseModel):
    """A value that cannot change and knows no field beyond its own."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class UnitContact(Frozen):
    """One more number of a unit for the care-needed card: who answers, and where."""

    name: Label
    telephone: Telephone


class Unit(Frozen):
    """The organisation a response is counted under; `telephone` and `contacts` are what the care-needed card shows."""

    id: Slug
    name: Label
    telephone: Telephone = ""
    contacts: tuple[UnitContact, ...] = Field(default=(), max_length=8)


class Recipient(Frozen):
    """Who may open responses (`sealing`, an HPKE public key) and sign receipts (`signing`, an Ed25519 public key)."""

    name: Label
    sealing: Base64
    signing: Base64


class Named(Frozen):
    """A questionnaire the survey uses: its name and version for people, its hash for the program."""

    name: str
    version: str
    hash: Hash


class Survey(Frozen):
    """One round: title, version, period, questionnaire, units, recipients, and its rules.

    `threshold` and `minimum_batch` protect small groups. Calls are made from `first_day` to `last_day` after coming home,
    at most `attempts` times; `retention_days` after the last month a station erases what identifies anybody.
    """

    id: Slug
    version: int = Field(ge=1)
    title: Label
    starts: Month
    ends: Month
    questionnaire: Named
    units: tuple[Unit, ...] = Field(min_length=1, max_length=500)
    organisations: tuple[Organisation, ...] = Field(default=tuple(Organisation), min_length=1)
    recipients: tuple[Recipient, ...] = Field(min_length=1, max_length=8)
    threshold: int = Field(default=10, ge=1)
    minimum_batch: int = Field(default=10, ge=1)
    background: tuple[Background, ...] = (Background.RELATION, Background.REASON)
    first_day: int = Field(default=3, ge=0, le=365)
    last_day: int = Field(default=7, ge=0, le=365)
    attempts: int = Field(default=6, ge=1, le=50)
    retention_days: int = Field(default=30, ge=0, le=730)
    rehearsal: bool = False

    def unit(self, unit_id: str) -> Unit | None:
        """The unit with that id, if the survey names it."""
        return next((unit for unit in self.units if unit.id == unit_id), None)
