"""The one thread in which the station works: the event loop never waits for the disk (P1), no save is ever cancelled (P2)."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

SLOW: Final = 0.1
"""Seconds after which a save says on the screen that it is under way (P2)."""


class Writer:
    """One serial worker: what is handed in runs in order, each to its end, in one thread of its own.

    SQLite connections belong to the thread that uses them, so every call into `station` goes through here.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="writer")
        self._clock = clock
        self._under_way = 0

    @property
    def busy(self) -> bool:
        """Whether something handed in has not ended."""
        return self._under_way > 0

    async def run(self, function: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """What the function returns or raises, when it has ended; whoever waits may give up, the function does not."""
        future = asyncio.wrap_future(self._executor.submit(function, *args, **kwargs))
        # Counted up and down in the event loop alone: no two threads write the number.
        self._under_way += 1
        future.add_done_callback(self._ended)
        return await asyncio.shield(future)

    async def run_telling(
        self, slow: Callable[[], None], function: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """As `run`; `slow` is called once, in the event loop, when it takes longer than `SLOW`."""
        timer = asyncio.get_running_loop().call_later(SLOW, slow)
        try:
            return await self.run(function, *args, **kwargs)
        finally:
            timer.cancel()

    def submit(self, function: Callable[[], object]) -> None:
        """Run something after what is under way, where nobody waits for what it returns."""
        self._executor.submit(function)

    def close(self) -> None:
        """Wait for what is under way, and end the thread."""
        self._executor.shutdown(wait=True)

    def _ended(self, _future: object) -> None:
        self._under_way -= 1
