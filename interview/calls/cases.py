"""Whom to ring, and the ringings so far. A case lives apart from answers and never travels."""

from dataclasses import dataclass, field
from datetime import date, datetime

from interview.calls.outcomes import Outcome


@dataclass(frozen=True, slots=True)
class Attempt:
    """One ringing: when, how it ended, a note for the next caller, and the time agreed on for another, if any."""

    at: datetime
    outcome: Outcome
    note: str = field(default="", repr=False)
    appointment: datetime | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One line of the call list.

    `id` is random (32 hexadecimal digits). `discharged` is the day of coming home, `window` the last day to ring.
    `consent_noted`: the patient said yes at the hospital. The `proxy_` fields are the next of kin the patient named;
    `proxy_consent`: the patient agreed that this person hears of the stay.
    """

    id: str
    unit: str
    name: str = field(repr=False)
    telephone: str = field(repr=False)
    note: str = field(default="", repr=False)
    discharged: date | None = field(default=None, repr=False)
    window: date | None = None
    consent_noted: bool = False
    proxy_name: str = field(default="", repr=False)
    proxy_relation: str = field(default="", repr=False)
    proxy_telephone: str = field(default="", repr=False)
    proxy_consent: bool = False
    attempts: tuple[Attempt, ...] = ()
