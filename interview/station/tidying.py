"""Removing the order in which responses came (T2): in the background, for certain before lock, quit, export."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from interview.database.compact import checkpoint, compact
from interview.database.opening import Database
from interview.errors import InterviewError
from interview.store.responses import Responses

RETRY: Final = 2.0
"""Seconds until a failed try is made again."""

Connections = tuple[Database, Database]
"""Connections of the tidier's own: to the responses, to the workspace."""


class Tidier:
    """A thread with connections of its own that rewrites the responses in the order of their hashes, and empties WALs.

    `request` asks for it and returns at once; requests that arrive meanwhile are one. `settle` waits. A failure is kept
    in `trouble` until a later try succeeds.
    """

    def __init__(self, connect: Callable[[], Connections]) -> None:
        self.trouble: InterviewError | None = None
        self._connect = connect
        self._connections: Connections | None = None
        self._changed = threading.Condition()
        self._wanted = self._done = 0
        # Tries are numbered from 1: the one begun last, and the one that failed last.
        self._begun = self._failed = 0
        self._hurried = self._stopping = False
        self._aside = threading.Lock()
        self._thread: threading.Thread | None = None

    @property
    def pending(self) -> bool:
        """Whether something asked for has not been done."""
        return self._done < self._wanted

    def request(self) -> None:
        """Ask for tidying; it begins at once in the background."""
        with self._changed:
            self._wanted += 1
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="tidier", daemon=True)
                self._thread.start()
            self._changed.notify_all()

    def settle(self, timeout: float = 60.0) -> None:
        """Wait until all is done; raises what the next try fails of, `station.not-tidy` after `timeout` seconds.

        A try that is under way may fail of what is over by now: the next one is made at once.
        """
        with self._changed:
            wanted, begun = self._wanted, self._begun
            self._hurried = True
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._done >= wanted or self._failed > begun, timeout)
            if self._done < wanted:
                raise self.trouble or InterviewError("station.not-tidy")

    @contextmanager
    def aside(self) -> Iterator[Responses]:
        """Keep the tidier away, and write responses through its connection meanwhile.

        It can hold the file for longer than SQLite lets a finishing wait; and what its own connection wrote it need
        not read and decrypt again.
        """
        with self._aside:
            try:
                yield Responses(self._connected()[0])
            except InterviewError:
                self._disconnect()
                raise

    def stop(self) -> None:
        """End the thread; what is not done stays undone."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join()
        self._disconnect()

    def _run(self) -> None:
        while (wanted := self._next()) is not None:
            trouble = self._tidy()
            with self._changed:
                self.trouble = trouble
                if trouble is None:
                    self._done = wanted
                else:
                    self._failed = self._begun
                self._changed.notify_all()

    def _next(self) -> int | None:
        """How much is asked for now, once something is and the pause after a failure is over; None to stop."""
        with self._changed:
            if self.trouble is not None:
                self._changed.wait_for(lambda: self._stopping or self._hurried, RETRY)
            self._changed.wait_for(lambda: self._stopping or self.pending)
            self._hurried = False
            self._begun += 1
            return None if self._stopping else self._wanted

    def _tidy(self) -> InterviewError | None:
        with self._aside:
            try:
                responses, workspace = self._connected()
                compact(responses)
                checkpoint(workspace)
            except InterviewError as error:
                # A connection that reported damage is closed; the next try begins with new ones.
                self._disconnect()
                return error
        return None

    def _connected(self) -> Connections:
        if self._connections is None:
            self._connections = self._connect()
        return self._connections

    def _disconnect(self) -> None:
        for connection in self._connections or ():
            connection.close()
        self._connections = None
