"""P1: which press of a key may answer.

A held key repeats, a nervous finger doubles, a clipboard types faster than anybody reads. What counts is a press on a
question that has been visible long enough to be read, of a key that was let go of first.
"""

from collections.abc import Callable

from textual.events import Key

VISIBLE_SECONDS = 0.3
"""How long a question has been on the screen before a key may answer it."""
AGAIN_SECONDS = 0.7
"""How long after its last press the same key counts again; longer than any keyboard waits before it repeats."""
HEEL_SECONDS = 0.1
"""How long after a key that is no answer none counts, unless what that key leads to is on the screen before."""


class KeyGuard:
    """Decides press by press; `clock` gives seconds that never go back.

    It starts with nothing visible: no press counts before `shown`.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._countable_from = 0.0
        self._hidden = True
        self._unread = False
        self._overtaken_until = 0.0
        self._pressed: dict[str, float] = {}

    def shown(self) -> None:
        """A question is on the screen from now on."""
        self._countable_from = self._clock() + VISIBLE_SECONDS
        self._hidden = self._unread = False
        self._overtaken_until = 0.0

    def opened(self, *, careful: bool = False) -> None:
        """A menu lies over the question: `careful`, it is to be read too; one the caller asked for takes a key at once."""
        self.covered()
        self._countable_from = self._clock() + (VISIBLE_SECONDS if careful else 0)
        self._overtaken_until = 0.0
        self._hidden = False

    def covered(self) -> None:
        """Something lies over the question: where that was not there long enough, it is to be read once it is back."""
        self._unread = self._unread or self._clock() < self._countable_from

    def uncovered(self) -> None:
        """Nothing lies over the question any more."""
        if self._unread:
            self.shown()

    def hidden(self) -> None:
        """No question may be answered: an answer is being saved, or the next is not painted yet."""
        self._hidden = True

    def stayed(self) -> None:
        """The same question is on the screen still, after a save that led nowhere else, or again, after a menu."""
        self._hidden = False
        self.uncovered()

    def pressed(self, event: Key) -> None:
        """A key was pressed that is no answer here. As text a letter counts only once it was let go of.

        The key goes on to what surrounds the question, and one on its heels, as a slow line brings them, would answer before it.
        """
        self._overtaken_until = self._clock() + HEEL_SECONDS
        if event.is_printable:
            self._pressed[event.key] = self._clock()

    @property
    def overtaken(self) -> bool:
        """Whether a key that came now would be taken in before the one it follows."""
        return self._clock() < self._overtaken_until

    @property
    def visible(self) -> bool:
        """Whether something is on the screen that can be answered, now or in a moment."""
        return not self._hidden

    def takes(self, key: str, *, in_turn: bool = False) -> bool:
        """Whether this press of `key` counts; every press is remembered, so a held key never does.

        `in_turn` where no key before it can still be on its way.
        """
        now = self._clock()
        before = self._pressed.get(key)
        self._pressed[key] = now
        if self._hidden or now < self._countable_from or (self.overtaken and not in_turn):
            return False
        return before is None or now - before >= AGAIN_SECONDS
