"""Somebody at the keyboard of the real application, on a real station, with a clock that the test moves on.

A press is followed until nothing is under way any more; nothing here waits for a time.
"""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import TypeVar

from textual.events import Key
from textual.pilot import Pilot
from textual.widgets import Input

from interview.calls.cases import Case
from interview.config import Settings
from interview.crypto.slots import TEST
from interview.paths import Home
from interview.questionnaire.models import ItemType
from interview.session.answers import Address, Answer, Value
from interview.session.interview import Interview
from interview.station import answering
from interview.station.station import Station
from interview.station.unlocking import unlock
from interview.tui.app import InterviewApp, make_app
from interview.tui.calls import CallsScreen
from interview.tui.home import HomeScreen
from interview.tui.identity import IdentityScreen
from interview.tui.interview import InterviewScreen
from interview.tui.shell import LEADING
from interview.tui.steps import Step

AnyStep = TypeVar("AnyStep", bound=Step)
PASSPHRASE = "korrekt häst batteri klammer"
BEGAN = datetime(2026, 10, 14, 9, 12, tzinfo=timezone(timedelta(hours=2)))
"""A Wednesday morning."""
BETWEEN = 1.0
"""Seconds between two presses of somebody who reads: more than the guard asks for."""

LOOK = 0.001
"""Seconds between two looks at whether anything stirs: a closer watch would take the time from what it waits for."""
LOOK_AT_SCREEN = 0.01
"""The same where looking means to read the screen."""


class Clock:
    """Seconds and the time of day, moved on by the test."""

    def __init__(self) -> None:
        self.seconds = 100.0
        self.set_by = 0.0

    def __call__(self) -> float:
        return self.seconds

    def wall(self) -> float:
        """The time of day in seconds, `set_by` so much."""
        return self.seconds + self.set_by

    def time_of_day(self) -> datetime:
        """The time where the station stands."""
        return BEGAN + timedelta(seconds=self.seconds - 100.0)


class Caller:
    """Presses keys, reads the screen; `presses` counts what was pressed in all."""

    presses = 0

    def __init__(self, app: InterviewApp, pilot: Pilot[int], clock: Clock) -> None:
        self.app = app
        self.pilot = pilot
        self.clock = clock

    @property
    def station(self) -> Station:
        """The open station."""
        return self.app.shell.unlocked

    @property
    def screen(self) -> InterviewScreen:
        """The screen of the conversation, below whatever menu is open."""
        return next(screen for screen in self.app.screen_stack if isinstance(screen, InterviewScreen))

    @property
    def interview(self) -> Interview:
        """The conversation as it rests."""
        return self.screen.interview

    @property
    def at(self) -> str:
        """The id of the item on the screen, empty on the review."""
        item = self.interview.item
        return "" if item is None else item.id

    @property
    def rows(self) -> list[str]:
        """The screen as it stands, a text a row."""
        return [
            "".join(piece.text for piece in strip).rstrip() for strip in self.app.screen._compositor.render_strips()
        ]

    @property
    def text(self) -> str:
        """The screen with its line breaks and edges as blanks, to find words in."""
        return flat("\n".join(self.rows))

    @property
    def inks(self) -> set[str]:
        """The colours that words stand in on the screen."""
        strips = self.app.screen._compositor.render_strips()
        styles = [piece.style for strip in strips for piece in strip if piece.text.strip() and piece.style is not None]
        return {style.color.name for style in styles if style.color is not None}

    def answer(self, item: str) -> Answer | None:
        """What is recorded for an item."""
        return self.interview.draft.answers.get(Address(item, 0))

    def kept(self, item: str) -> Answer | None:
        """What the workspace holds for an item, read anew."""
        return self.station.workspace.draft(self.interview.draft.id).draft.answers.get(Address(item, 0))

    async def press(self, *keys: str, after: float = BETWEEN) -> None:
        """Press one key after the other, each when `after` seconds have passed since the last was done with."""
        for key in keys:
            self.clock.seconds += after
            Caller.presses += 1
            self.app.simulate_key(key) if len(key) > 1 else self.app.post_message(Key(key, key))
            await self.settled()

    async def press_at_once(self, *keys: str, seen: bool = True) -> None:
        """Press keys while the station is at work on something else; not `seen`: before the screen has looked at the first."""
        done = threading.Event()
        self.app.shell.writer.submit(done.wait)
        self.clock.seconds += BETWEEN
        for key in keys:
            Caller.presses += 1
            self.app.simulate_key(key) if len(key) > 1 else self.app.post_message(Key(key, key))
            if seen:
                await self.pilot.pause(0)
        await self.pilot.pause(0)
        done.set()
        await self.settled()

    async def choose(self, *results: str | None) -> None:
        """Close one dialog after the other with what was chosen; cheaper than its key, where that is tried elsewhere."""
        for result in results:
            self.clock.seconds += BETWEEN
            self.app.screen.dismiss(result)
            await self.settled()

    async def turn(self, action: str) -> None:
        """Do an action of the screen; cheaper than its key."""
        self.clock.seconds += BETWEEN
        getattr(self.app.screen, f"action_{action}")()
        await self.settled()

    async def settled(self) -> None:
        """Until neither the writer nor the screen has anything left to do."""
        idle = 0
        while idle < 2:
            while self._stirring:
                await asyncio.sleep(LOOK)
            await self.pilot.pause(0)
            idle = 0 if self._stirring else idle + 1

    @property
    def _stirring(self) -> bool:
        """Whether something is under way, waits to be taken in by a widget, or has not been given its place."""
        screen = self.app.screen
        pumps = (self.app, *screen.walk_children(with_self=True))
        return self._busy or screen._layout_required or any(pump.message_queue_size for pump in pumps)

    @property
    def _busy(self) -> bool:
        top, under_way = self.app.screen, {worker.group for worker in self.app.workers if not worker.is_finished}
        if self.app.shell.writer.busy or "look" in under_way:
            return True
        # A worker that waits for a dialog rests; one whose own screen is on top is about to change it.
        occupied = isinstance(top, InterviewScreen | IdentityScreen) and top._occupied
        return occupied or (isinstance(top, HomeScreen | CallsScreen) and LEADING in under_way)

    async def until(self, condition: Callable[[], object]) -> None:
        """Until something holds that no press is followed to."""
        async with asyncio.timeout(20):
            while not condition():
                await asyncio.sleep(LOOK_AT_SCREEN)
        await self.settled()

    async def resume(self, interview: Interview) -> None:
        """Keep an interview and take it up from the home screen, as a caller does."""
        answering.keep(self.station, interview)
        self.app.screen.resume(interview.draft.id)  # type: ignore[attr-defined]
        await self.until(lambda: isinstance(self.app.screen, InterviewScreen))

    async def sit_at(self, interview: Interview) -> None:
        """Have a conversation on the screen, by the cheapest way."""
        await (self.move if isinstance(self.app.screen, InterviewScreen) else self.resume)(interview)

    async def move(self, interview: Interview) -> None:
        """Let the conversation on the screen be where another one has come to; cheaper than taking that up."""
        there = replace(interview.draft, id=self.interview.draft.id)
        self.screen.stage.face = None  # What was typed at the same question before is no answer of this one.
        self.screen.stage.review._here = 0  # Nor is what was pointed at before pointed at on this one's review.
        self.screen.start(self.screen.keep(replace(interview, draft=there)))
        await self.settled()

    async def fill_in(self, kind: type[AnyStep], **typed: str) -> AnyStep:
        """Fill in the step of set-up or of the keys that comes next, without a press, and go on from it."""
        await self.until(lambda: isinstance(self.app.screen, kind))
        step = self.app.screen
        assert isinstance(step, kind)
        for name, text in typed.items():
            step.query_one(f"#{name}", Input).value = text
        step.action_next()
        return step

    async def resize(self, columns: int, rows: int) -> None:
        """Another size of the window."""
        await self.pilot.resize_terminal(columns, rows)
        await self.settled()


def flat(text: str) -> str:
    """The words with single blanks, without what frames and marks them."""
    return " ".join(text.translate({ord(sign): " " for sign in "▌│╭╮╰╯─▲▼"}).split())


@asynccontextmanager
async def at_the_desk(
    home: Home, *, size: tuple[int, int] = (80, 24), settings: Settings | None = None, locked: bool = False
) -> AsyncIterator[Caller]:
    """A caller at the home screen of the station in `home`, or, `locked`, before it."""
    clock = Clock()
    station = None if locked else unlock(home, PASSPHRASE, clock.time_of_day)
    app = make_app(home, settings or Settings(lock_after=240), station=station, clock=clock, wall=clock.wall)
    app.shell.profile = TEST
    async with app.run_test(size=size) as pilot:
        caller = Caller(app, pilot, clock)
        await caller.settled()
        yield caller
    app.close_station()


def interview_at(
    station: Station,
    item: str = "",
    *,
    given: Mapping[str, Value] | None = None,
    case: Case | None = None,
    language: str = "sv",
) -> Interview:
    """A conversation that has come to an item, to the review where none is named; the first answer everywhere else."""
    interview = answering.begin(station, case, language)
    while (present := interview.item) is not None and present.id != item:
        if present.type is ItemType.DISPLAY:
            interview = interview.go_on()
            continue
        firsts: dict[ItemType, Value] = {ItemType.SCALE: 7, ItemType.TEXT: "Ring tidigare."}
        firsts |= {ItemType.INTEGER: 3, ItemType.DECIMAL: "2.5", ItemType.LINE: "Alvedon"}
        firsts |= {ItemType.DATE: "2026-10-09", ItemType.TIME: "17:05"}
        first = firsts.get(present.type)
        if first is None:
            code = present.options[0].code
            first = (code,) if present.type is ItemType.CHOICES else code
        interview = interview.answer((given or {}).get(present.id, first))
    return interview
