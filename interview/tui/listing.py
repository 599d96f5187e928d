"""The frame of a screen that lists what the station has: title, list, keys; looked up when one comes, and after changes."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar, Generic, TypeVar

from textual import work
from textual.app import ComposeResult
from textual.widget import Widget

from interview.tui.banner import Banner
from interview.tui.footer import Keys
from interview.tui.plain import Plain
from interview.tui.shell import Page, Shell

Found = TypeVar("Found")


class ListingPage(Page[None], Generic[Found]):
    """A page with a list. Its own keys are those of its first context."""

    HEADING: ClassVar[str] = ""
    """The catalogue's key of its title."""
    AUTO_FOCUS: ClassVar[str | None] = "RowList"

    def compose(self) -> ComposeResult:
        """Banner, title, the list and what stands around it, the keys."""
        words = self.words
        yield Banner(words)
        yield Plain(words(self.HEADING), id="title")
        yield from self.body()
        yield Keys(self.shell.actions, words, (self.CONTEXTS[0], "app"))

    @abstractmethod
    def body(self) -> Sequence[Widget]:
        """The list, and what stands around it."""

    @staticmethod
    @abstractmethod
    def found(shell: Shell) -> tuple[bool, Found]:
        """Whether it is a rehearsal, and what there is; runs in the writer's thread."""

    @abstractmethod
    def list_found(self, found: Found) -> None:
        """Show what there is."""

    def on_mount(self) -> None:
        """Look what is here."""
        self.look()

    @work(group="look", exclusive=True)
    async def look(self) -> None:
        """Ask the station, and show it."""
        found = await self.find(self.found)
        if found is not None:
            await self.show_whole(lambda: self._show(*found))

    def _show(self, rehearsal: bool, found: Found) -> None:
        self.query_one(Banner).show(rehearsal)
        self.list_found(found)

    async def reword(self) -> None:
        """In the language of now."""
        await super().reword()
        self.look()

    def action_leave(self) -> None:
        """Back to the home screen."""
        self.dismiss(None)
