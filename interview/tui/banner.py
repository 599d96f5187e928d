"""The banner of a rehearsal: on every screen, so that nobody takes one for real."""

from collections.abc import Sequence

from interview.messages import Catalogue
from interview.tui.drawing import Drawn
from interview.tui.lines import Line, shortened, width_of


class Banner(Drawn):
    """One line that says it is a rehearsal; takes no room on a real station."""

    def __init__(self, words: Catalogue, *, rehearsal: bool = False) -> None:
        super().__init__(id="banner")
        self.words = words
        self.display = rehearsal

    def show(self, rehearsal: bool) -> None:
        """Show the banner, or take it away."""
        self.display = rehearsal

    def lines(self, width: int, height: int) -> Sequence[Line]:
        """The word and what it means."""
        text = self.words("screens.rehearsal")
        if width_of(text) > width:
            text = self.words("screens.rehearsal-short")
        return (((shortened(text, width), "warning"),),)
