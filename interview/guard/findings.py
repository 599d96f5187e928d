"""What the guard over free text says: where something may point at a person, how serious that is, what to put there."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What a finding looks like."""

    PERSONAL_NUMBER = "personal-number"
    EMAIL = "email"
    WEB = "web"
    TELEPHONE = "telephone"
    ADDRESS = "address"
    DATE = "date"
    NAME = "name"


class Severity(StrEnum):
    """A text with something refused is not sealed; of something warned of, the caller judges."""

    REFUSE = "refuse"
    WARN = "warn"


REPLACEMENTS: Final = {
    Kind.PERSONAL_NUMBER: "[personnummer]",
    Kind.EMAIL: "[e-post]",
    Kind.WEB: "[webbadress]",
    Kind.TELEPHONE: "[telefon]",
    Kind.ADDRESS: "[adress]",
    Kind.DATE: "[datum]",
    Kind.NAME: "[namn]",
}
"""What is proposed in place of a finding: one word whatever the language, so that whoever reads the texts can count them."""


@dataclass(frozen=True, slots=True)
class Finding:
    """The characters from `start` up to `end` of a text; nothing of the text itself."""

    start: int
    end: int
    kind: Kind
    severity: Severity = Severity.WARN

    @property
    def replacement(self) -> str:
        """What is proposed in its place."""
        return REPLACEMENTS[self.kind]

    @property
    def refused(self) -> bool:
        """Whether a text with it is not sealed."""
        return self.severity is Severity.REFUSE


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the conversation: names and telephone numbers that point at somebody, and numbers that do not."""

    names: tuple[str, ...] = ()
    telephones: tuple[str, ...] = ()
    public: tuple[str, ...] = ()
    """Telephone numbers that are no findings: the units' own."""

    def __repr__(self) -> str:
        return "Known(…)"


NOTHING_KNOWN: Final = Known()


def replaced(text: str, finding: Finding) -> str:
    """The text with what is proposed in place of one of its findings."""
    return text[: finding.start] + finding.replacement + text[finding.end :]
