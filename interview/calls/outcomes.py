"""How a ringing ends: AAPOR Standard Definitions (telephone, a list of named, eligible people).

Labels live in `messages.outcomes`.
"""

from enum import StrEnum


class Outcome(StrEnum):
    """A disposition; the value is AAPOR's code, or a word where the case stays open."""

    COMPLETE = "1.1"
    PARTIAL = "1.2"
    REFUSED_BY_OTHER = "2.111"
    REFUSED = "2.112"
    BREAK_OFF = "2.12"
    NO_CONTACT = "2.20"
    NEVER_AVAILABLE = "2.21"
    VOICEMAIL = "2.22"
    DECEASED = "2.31"
    UNABLE = "2.32"
    LANGUAGE = "2.33"
    OTHER = "2.36"
    TECHNICAL = "3.16"
    WRONG_NUMBER = "3.9"
    NEVER_RUNG = "3.11"
    NOT_ELIGIBLE = "4.1"
    IN_RESIDENTIAL_CARE = "4.7"
    BUSY = "busy"
    NO_ANSWER = "no-answer"
    MACHINE = "machine"
    NOT_NOW = "not-now"
    APPOINTMENT = "appointment"
    INTERRUPTED = "interrupted"

    @property
    def final(self) -> bool:
        """Whether the case is closed by it."""
        return self.value[0].isdigit()

    @property
    def sealed(self) -> bool:
        """Whether answers were sealed; only such an interview has it."""
        return self in (Outcome.COMPLETE, Outcome.PARTIAL)

    @property
    def label(self) -> str:
        """The key of its words in the catalogue: `outcomes.break-off`."""
        return "outcomes." + self.name.lower().replace("_", "-")
