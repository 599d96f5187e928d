"""What came of the attacks: one trial each, with what was looked at and what leaked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from interview.messages import Catalogue

FORMAT: Final = 1
"""The format of the report as JSON."""

Facts = Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Leak:
    """One thing an attacker learns that must not be learnt: a code, and facts that hold no content."""

    code: str
    facts: Facts


@dataclass(frozen=True, slots=True)
class Looked:
    """What one attack saw: counts for its words, the leaks it found; `tried` is False where it cannot be made here."""

    facts: Facts
    leaks: tuple[Leak, ...] = ()
    tried: bool = True


@dataclass(frozen=True, slots=True)
class Trial:
    """One attack that was made, and the rows of THREATS it belongs to."""

    attack: str
    threats: tuple[str, ...]
    looked: Looked

    @property
    def passed(self) -> bool:
        """Whether nothing leaked."""
        return not self.looked.leaks


@dataclass(frozen=True, slots=True)
class Report:
    """Every trial, in order."""

    trials: tuple[Trial, ...]

    @property
    def passed(self) -> bool:
        """Whether nothing leaked anywhere."""
        return all(trial.passed for trial in self.trials)

    @property
    def codes(self) -> frozenset[str]:
        """The codes of all leaks."""
        return frozenset(leak.code for trial in self.trials for leak in trial.looked.leaks)

    def to_json(self, catalogue: Catalogue) -> dict[str, Any]:
        """The report as plain values; texts in the catalogue's language, codes and facts in none."""
        return {
            "format": FORMAT,
            "passed": self.passed,
            "attacks": [
                {
                    "attack": trial.attack,
                    "threats": list(trial.threats),
                    "passed": trial.passed,
                    "tried": trial.looked.tried,
                    "what": tried_in_words(trial, catalogue),
                    "learned": learned_in_words(trial, catalogue),
                    "seen": dict(trial.looked.facts),
                    "leaks": [{"leak": leak.code, **leak.facts} for leak in trial.looked.leaks],
                }
                for trial in self.trials
            ],
        }


def tried_in_words(trial: Trial, catalogue: Catalogue) -> str:
    """What was tried."""
    return catalogue(f"audit.{trial.attack}")


def learned_in_words(trial: Trial, catalogue: Catalogue) -> list[str]:
    """What an attacker learns: each leak, or what is to be seen where nothing leaked."""
    if not trial.looked.tried:
        return [catalogue("audit.not-tried")]
    if trial.passed:
        return [catalogue(f"audit.{trial.attack}-holds", **trial.looked.facts)]
    return [catalogue(f"audit.leak-{leak.code}", **leak.facts) for leak in trial.looked.leaks]
