"""A text field among others: Enter leads from one to the next, and from the last to what they are filled in for."""

from itertools import pairwise
from typing import ClassVar

from textual.binding import Binding, BindingType

from interview.tui.plain import Entry


class Field(Entry):
    """One of the fields of a screen; only the last one is submitted.

    Over a slow line several keys come in one go. What follows Enter belongs in the next field, above all where this one
    can be read and the next takes a passphrase: so the focus moves before another key is looked at.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "go_on", show=False, priority=True)]

    def action_go_on(self) -> None:
        """To the next field; from the last one on, once every letter typed before has come in."""
        following = next((after for field, after in pairwise(self.screen.query(Field)) if field is self), None)
        if following is None:
            self.call_later(self.action_submit)
        else:
            self.screen.set_focus(following)
