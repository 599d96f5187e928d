"""The line under the field for words: which words may point at somebody, and what one key writes instead (T20).

It says what it found, and nothing where it found nothing: no text is ever called anonymous.
"""

from asyncio import to_thread
from collections.abc import Sequence

from textual.geometry import Size
from textual.timer import Timer

from interview.guard.findings import NOTHING_KNOWN, Finding, Known
from interview.guard.scanning import findings
from interview.messages import Catalogue
from interview.station.guarding import Mark
from interview.tui.drawing import Drawn
from interview.tui.lines import Line, Part, shortened, wrapped
from interview.tui.text_field import TextField

FIRST_LOOK = "0701740605"
"""A text that makes the guard load all it has."""
PAUSE = 0.3
"""Seconds without a letter after which a text is looked through."""
MOST = 2
"""Lines it takes at most."""
WORDS = 30
"""Cells of the words it names."""
ELLIPSIS = "[…]"
"""What is written where the proposal does not fit in the field."""


class GuardLine(Drawn):
    """Hidden while nothing was found; `known` is what the case gives."""

    def __init__(self, words: Catalogue, key: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.display = False
        self.known = NOTHING_KNOWN
        self._words = words
        self._field: TextField | None = None
        self._key = key
        self._said = self._briefly = ""
        self._refused = False
        self._pause: Timer | None = None

    async def learn(self, known: Known) -> None:
        """Look for what the case gives too, once the guard is loaded: in a thread, so that no key waits for it."""
        self.known = known
        await to_thread(findings, FIRST_LOOK)
        self.look()

    def look_at(self, field: TextField | None) -> None:
        """The field to look through from here on, None where no words are typed."""
        self._field = field
        self.look()

    def look_soon(self) -> None:
        """Look through the field once nothing has been typed for a moment."""
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE, self.look)

    def look(self) -> None:
        """Say what is in the field now."""
        text = self._field.text if self._field is not None else ""
        found = _foremost_first(findings(text, self.known))
        self._refused = bool(found) and found[0].refused
        said = self._sentence(text, found) if found else ""
        self._briefly = self._sentence(text, found, "-short") if found else ""
        if said != self._said:
            self._said = said
            self.display = bool(said)
            self.refresh(layout=True)
            self.redraw()

    def replace(self) -> bool:
        """Write what is proposed in place of the words named; False where there are none."""
        field = self._field
        text = field.text if field is not None else ""
        found = _foremost_first(findings(text, self.known))
        if field is None or not found:
            return False
        first = found[0]
        room = field.left + first.end - first.start
        proposal = first.replacement if len(first.replacement) <= room else ELLIPSIS[:room]
        field.replace(proposal, _place(text, first.start), _place(text, first.end))
        self.look()
        return True

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the sentence takes."""
        return len(self.lines(width, MOST))

    def lines(self, width: int, height: int) -> Sequence[Line]:
        """The words, and what can be done."""
        part: Part = "warning" if self._refused else "note"
        rows = wrapped(self._said, width)
        if len(rows) > MOST:
            rows = wrapped(self._briefly, width)
        return [((row, part),) for row in rows[:MOST]]

    def _sentence(self, text: str, found: Sequence[Finding], length: str = "") -> str:
        first = found[0]
        name = f"guard.{first.severity}{length or ('-more' if len(found) > 1 else '')}"
        return self._words(
            name,
            words=shortened(text[first.start : first.end], WORDS),
            count=len(found) - 1,
            key=self._key,
            replacement=first.replacement,
        )


def on_review(words: Catalogue, found: Sequence[Mark], key: str) -> str:
    """What the review says above its list of the answers that may point at somebody; empty where none does."""
    mark = foremost(found)
    if mark is None:
        return ""
    beside = [
        other for other in found if other.address == mark.address and other.finding.refused == mark.finding.refused
    ]
    quoted = ", ".join(f"«{shortened(other.words, WORDS)}»" for other in beside[:3])
    return words(f"guard.review-{mark.finding.severity}", number=mark.number, words=quoted, key=key)


def foremost(found: Sequence[Mark]) -> Mark | None:
    """The mark to begin with: one that is refused before one that is warned of."""
    return min(found, key=lambda mark: not mark.finding.refused, default=None)


def _place(text: str, at: int) -> tuple[int, int]:
    """The line and the column of a character."""
    return text.count("\n", 0, at), at - text.rfind("\n", 0, at) - 1


def _foremost_first(found: Sequence[Finding]) -> list[Finding]:
    return sorted(found, key=lambda finding: not finding.refused)
