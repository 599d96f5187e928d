"""The measure: a bare Textual app with a header, a radio set and a footer."""

from textual.app import App, ComposeResult
from textual.widgets import Footer, Header, RadioButton, RadioSet


class Bare(App[None]):
    """What any Textual program costs."""

    def compose(self) -> ComposeResult:
        """Header, radio set, footer."""
        yield Header()
        with RadioSet():
            for number in range(8):
                yield RadioButton(f"Bare option {number}")
        yield Footer()


if __name__ == "__main__":
    Bare().run()
