"""A caller at a terminal: reads what stands on the screen, and presses one key after the other as a person would."""

import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.cli.installed import SCRIPT, variables
from tests.terminal import Terminal

TOO_SOON = "Tangenten räknades inte"
PATIENCE = 1.5
"""Seconds after which a key that led nowhere is pressed again."""
LONG_ENOUGH = 0.32
"""Seconds that a question must have stood for a key to count (P1), and a little."""
SAME_KEY = 0.75
"""Seconds after which the same key counts again."""


@dataclass(frozen=True)
class Ask:
    """A question as the caller sees it, the keys that answer it, and what must come of that in the table.

    `value` stands in the question's column (for several choices: the codes chosen), `missing` beside it.
    """

    words: str
    keys: tuple[str, ...]
    id: str = ""
    value: str | tuple[str, ...] | None = None
    missing: str = ""


class Caller:
    """The installed program at a station's folder, and the keys pressed there."""

    def __init__(
        self, home: Path, environment: Mapping[str, str] | None = None, command: Sequence[str] = (str(SCRIPT),)
    ) -> None:
        self.terminal = Terminal(command, variables(home, environment))
        self._pressed: dict[str, float] = {}

    def __enter__(self) -> "Caller":
        return self

    def __exit__(self, *raised: object) -> None:
        self.terminal.__exit__(None, None, None)

    def sees(self, *words: str) -> str:
        """The screen, once all of this stands on it."""
        return self.terminal.until(*words)

    def settled(self, *words: str) -> str:
        """The screen, once all of this stands on it and nothing more is painted."""
        self.sees(*words)
        return self.terminal.quiet(0.2)

    def types(self, *keys: str) -> None:
        """Press keys that answer nothing."""
        self.terminal.press(*keys)

    def presses(self, words: str, *keys: str) -> None:
        """Press keys on what says `words`, each once it may count."""
        self._until(lambda: words in self._page, words)
        stood = time.monotonic() + LONG_ENOUGH
        for key in keys:
            while not self._took(key, stood):
                pass

    def _took(self, key: str, stood: float) -> bool:
        """Press a key once it may count; whether it did: something on the screen changed. A slow machine may drop one."""
        countable = max(stood, self._pressed.get(key, 0.0) + SAME_KEY)
        while (left := countable - time.monotonic()) > 0:
            self.terminal.read(left)
        before = self.terminal.text
        self.terminal.press(key)
        self._pressed[key] = time.monotonic()
        end = time.monotonic() + PATIENCE
        while (left := end - time.monotonic()) > 0:
            if TOO_SOON in self._page:
                return False
            if self.terminal.text != before:
                return True
            self.terminal.read(left)
        return False

    def _until(self, condition: Callable[[], bool], what: str) -> None:
        self.terminal.until_true(lambda text: condition(), repr(what))

    @property
    def _page(self) -> str:
        """The screen without the line that repeats the question answered last, a line break counting as a blank."""
        lines = (line.strip(" ▌") for line in self.terminal.text.splitlines() if not line.startswith(" Nyss:"))
        return re.sub(r"\s+", " ", " ".join(lines))

    def asks(self, *questions: Ask) -> None:
        """Ask them one after the other."""
        for question in questions:
            self.presses(question.words, *question.keys)

    def unlocks(self, passphrase: str) -> None:
        """From the locked station to its home screen."""
        self.sees("Lås upp stationen")
        self.types(passphrase, "enter")
        self.sees("Väntar på export")

    def seals(self, outcome: str = "") -> None:
        """From the review to home; `outcome` is what the program calls how the interview ended."""
        self.presses("Granska svaren", "ctrl+s")
        self.presses("Har ni lagt på?", "enter")
        self.sees("Svaren är förseglade och borta från den här stationen för alltid.", f"Utfall: {outcome}")
        self.presses("Enter fortsätter", "enter")
        self.sees("Ringlista")

    def quits(self) -> int:
        """Leave from the home screen; the exit status."""
        self.sees("Avsluta")
        self.types("q")
        return self.terminal.ended()
