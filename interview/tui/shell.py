"""What every screen outside a conversation is handed, and what such a screen has in common with the others."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Final, Generic, Protocol, TypeVar, runtime_checkable

from interview.config import Settings
from interview.errors import InterviewError
from interview.messages import Catalogue
from interview.paths import Home
from interview.tui.actions import Actions
from interview.tui.bridge import Writer
from interview.tui.idle import waking_seconds
from interview.tui.internals import Leaving, bind

if TYPE_CHECKING:
    from interview.crypto.slots import Profile
    from interview.station.station import Station

Result = TypeVar("Result")
Found = TypeVar("Found")

HORIZONTAL: Final = [(0, "-narrow"), (60, "-middle")]
VERTICAL: Final = [(0, "-low"), (18, "-roomy")]
"""The classes a screen gets by its size; a narrow or a low one leaves out what is only air."""
LEADING: Final = "leading"
"""Group of the workers that lead from a page to another screen."""


@dataclass(slots=True)
class Shell:
    """The surroundings of one start: where the station lies, the user's language and keys, the thread that works at the station.

    `station` is None while it is locked. `clock` gives seconds that never go back, `wall` the time of day in seconds.
    `profile` is what guessing a key made here shall cost, None the normal cost. `demo_passphrase` opens a throw-away
    station again; it is empty at every other.
    """

    home: Home
    settings: Settings
    words: Catalogue
    actions: Actions
    writer: Writer
    clock: Callable[[], float] = waking_seconds
    wall: Callable[[], float] = time.time
    station: "Station | None" = None
    demo: bool = False
    profile: "Profile | None" = None
    demo_passphrase: str = field(default="", repr=False)

    def note(self, event: str, *codes: str) -> None:
        """Write an event down in the home's log, in the writer's thread; never content (T15)."""
        from interview.log import append  # noqa: PLC0415  behind the first screen

        self.writer.submit(lambda: append(self.home, event, *codes))

    @property
    def unlocked(self) -> "Station":
        """The station; InterviewError `screens.locked` while it is locked."""
        if self.station is None:
            raise InterviewError("screens.locked")
        return self.station


@runtime_checkable
class Opens(Protocol):
    """The application, told of a station that was unlocked or set up."""

    def opened(self, station: "Station") -> None:
        """Go on with an open station."""
        ...


@runtime_checkable
class PutsDown(Protocol):
    """A screen of a conversation, which can be taken away at any moment with nothing lost."""

    @property
    def left(self) -> str | None:
        """The draft to come back to, None where there is nothing to."""
        ...

    async def put_down(self) -> bool:
        """Keep whatever is typed; False, and said why on the screen, where that failed."""
        ...


@runtime_checkable
class Resumes(Protocol):
    """A screen from which an interview under way is taken up again."""

    def resume(self, draft_id: str) -> object:
        """Go right on with the interview that has this draft: nobody has hung up."""
        ...


class Page(Leaving[Result], Generic[Result]):
    """A screen with the actions of its contexts: their keys are bound to the methods that do them."""

    CONTEXTS: ClassVar[tuple[str, ...]] = ()
    HORIZONTAL_BREAKPOINTS: list[tuple[int, str]] | None = HORIZONTAL
    VERTICAL_BREAKPOINTS: list[tuple[int, str]] | None = VERTICAL
    HELP: ClassVar[str] = ""
    """The catalogue's key of what F1 says about the screen."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.shell = shell
        self._composing = asyncio.Lock()
        self.bind_keys()

    @property
    def words(self) -> Catalogue:
        """The interface's texts."""
        return self.shell.words

    def bind_keys(self) -> None:
        """Bind the keys of the screen's contexts, named in the language of now."""
        actions = self.shell.actions
        bind(self, [binding for context in self.CONTEXTS for binding in actions.bindings(context, self.words)])

    @property
    def leads_on(self) -> bool:
        """Whether another screen is about to come: an impatient second press must not bring it twice."""
        return any(
            worker.group == LEADING and worker.node is self and not worker.is_finished for worker in self.app.workers
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether an action can be done: none while one leads on already."""
        return not self.leads_on

    async def reword(self) -> None:
        """Say everything in the language of now."""
        self.bind_keys()
        async with self._composing:
            await self.recompose()

    async def show_whole(self, show: Callable[[], None]) -> None:
        """Show what was read, once every widget stands: they are away for a moment while the screen is reworded, or it is left."""
        async with self._composing:
            if self.is_mounted and not self.gone:
                show()

    async def find(self, question: Callable[[Shell], Found]) -> Found | None:
        """What a question to the station finds, asked in the writer's thread; None where it is locked or refuses, which is told."""
        if self.shell.station is None:
            return None
        try:
            return await self.shell.writer.run(question, self.shell)
        except InterviewError as error:
            self.refuse(error)
            return None

    def refuse(self, error: InterviewError) -> None:
        """Tell what was refused and what to do about it."""
        self.shell.note("refused", error.code)
        self.notify("\n".join(self.words.error(error)), severity="error", timeout=12)
