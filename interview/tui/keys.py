"""Who can open the station, on the screen: the keys, one more, one less, a new passphrase, a new recovery code (C1).

Every change is asked for with a passphrase, also here where the station is unlocked. What takes a key away needs the
station to itself: the station is locked meanwhile and opened again by the same passphrase.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual import work
from textual.widget import Widget

from interview.crypto.slots import NORMAL, Profile
from interview.errors import InterviewError
from interview.station.keys import station_keys
from interview.station.unlocking import unlock
from interview.store.keys import Key, Keys, named_keys
from interview.store.passphrases import propose
from interview.tui.dialogs import Dialog, Said
from interview.tui.key_guard import KeyGuard
from interview.tui.listing import ListingPage
from interview.tui.plain import Plain
from interview.tui.rows import Row, RowList
from interview.tui.shell import LEADING, Shell
from interview.tui.steps import Asked, Attempt, CodeStep, FieldsStep, Heading, ReadStep, in_groups

if TYPE_CHECKING:
    from interview.station.station import Station

SECRET, NEW, AGAIN, NAME = "secret", "new", "again", "name"
"""The fields: the passphrase that allows the change, the new one twice, whose it is."""

RENEWING = frozenset({"remove", "change"})
"""What gives the station another signing key, and says so; after a new recovery code there is the code to say."""

Show = Callable[[], Awaitable[None]]
_LONG: Final = 30.0
"""Seconds in which what a change left undone is read."""
_EVENTS = {"add": "key-added", "remove": "key-removed", "change": "key-changed", "code": "key-changed"}
"""What the log says was done, by the day."""

Change = Callable[[Mapping[str, str]], object]
"""Changes the keys by what was typed; runs in the writer's thread."""


class KeysScreen(ListingPage[tuple[Key, ...]]):
    """The keys, and the ways to change them."""

    CSS_PATH = "keys.tcss"
    CONTEXTS: ClassVar[tuple[str, ...]] = ("keys",)
    HELP = "screens.keys-help"
    HEADING: ClassVar[str] = "screens.keys"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._keys: tuple[Key, ...] = ()
        self._put_off: list[InterviewError] = []

    def body(self) -> Sequence[Widget]:
        """What a key is, the keys, what copies of the folder reveal."""
        about, copies = (Plain(self.words(f"screens.keys-{text}"), classes="text") for text in ("text", "copies"))
        return about, RowList(id="list"), copies

    @staticmethod
    def found(shell: Shell) -> tuple[bool, tuple[Key, ...]]:
        """Whether it is a rehearsal, and the keys; runs in the writer's thread."""
        station = shell.unlocked
        return station.rehearsal, named_keys(station.keyring.fresh())

    def list_found(self, found: tuple[Key, ...]) -> None:
        """Show the keys."""
        self._keys = found
        self.query_one("#list", RowList).show([self._row(key) for key in found])

    def _row(self, key: Key) -> Row:
        kind = self.words("screens.key-recovery" if key.recovery else "screens.key-passphrase")
        return Row(key.name, ((self._said(key), "plain"), (kind, "faint")))

    def _said(self, key: Key) -> str:
        return self.words("screens.key-on-paper") if key.recovery else key.name

    @property
    def _station(self) -> Keys:
        return station_keys(self.shell.home, self._put_off.append)

    @property
    def _profile(self) -> Profile:
        return self.shell.profile or NORMAL

    @property
    def _here(self) -> Key | None:
        here = self.query_one("#list", RowList).here
        return next((key for key in self._keys if key.name == here), None)

    # What can be done.

    @work(group=LEADING)
    async def action_add(self) -> None:
        """A key for somebody more; others may go on using the station."""

        async def attempt(typed: Mapping[str, str]) -> str:
            return await self.shell.writer.run(self._add, typed)

        await self._ask("add", [self._asked(NAME), *self._asked_new(), self._asked(SECRET)], attempt)

    @work(group=LEADING)
    async def action_remove(self) -> None:
        """Take the key pointed at away."""
        key = self._here
        if key is None:
            return
        change = partial(self._changing, lambda typed: self._station.remove(typed[SECRET], key.name))

        async def attempt(typed: Mapping[str, str]) -> bool:
            own = await self.shell.writer.run(self._station.opens, typed[SECRET], key.name)
            if own and not await self._sure_of_own():
                raise InterviewError("screens.own-key-stays")
            return await change(typed)

        await self._ask("remove", [self._asked(SECRET)], attempt, name=self._said(key))

    async def _sure_of_own(self) -> bool:
        """Whether somebody means to take their own key away."""
        words = self.words
        options = (("1", words("screens.keys-own-1")), ("2", words("screens.keys-own-2")))
        said = Said(
            words("screens.keys-own-title"), ((words("screens.keys-own-text"), "warning"),), options, careful=True
        )
        return await self.app.push_screen_wait(Dialog(said, KeyGuard(self.shell.clock))) == "2"

    @work(group=LEADING)
    async def action_change(self) -> None:
        """Another passphrase for the key pointed at."""
        key = self._here
        if key is None:
            return

        def change(typed: Mapping[str, str]) -> None:
            self._station.change(typed[SECRET], _chosen(typed), key.name, self._profile)

        fields = [*self._asked_new(), self._asked(SECRET)]
        await self._ask("change", fields, partial(self._changing, change), name=self._said(key))

    @work(group=LEADING)
    async def action_code(self) -> None:
        """A new recovery code, shown this once; it is typed back before the next interview."""
        made: list[str] = []

        def change(typed: Mapping[str, str]) -> None:
            made.append(self._station.new_code(typed[SECRET], self._profile))

        async def show() -> None:
            while made:
                await self._show_code(made.pop())

        await self._ask("code", [self._asked(SECRET)], partial(self._changing, change, before_locking=show))
        await show()

    async def _show_code(self, code: str) -> None:
        words = self.words
        shown = words("screens.keys-code-shown")
        heading = Heading(1, 1, words("screens.setup-code"), shown, "screens.setup-code-help")
        await self.app.push_screen_wait(CodeStep(self.shell, heading, in_groups(code)))

    @work(group=LEADING)
    async def action_backup(self) -> None:
        """A backup of the responses, which opens to the keys of now."""
        from interview.tui.copies import back_up_here  # noqa: PLC0415  when asked for

        await back_up_here(self)

    # How it is asked and done.

    async def _ask(self, what: str, fields: Sequence[Asked], attempt: Attempt, name: str = "") -> None:
        words = self.words
        text = words(f"screens.keys-{what}-text", name=name, words=propose())
        heading = Heading(1, 1, words(f"screens.keys-{what}-title", name=name), text, "screens.keys-help")
        done = await self.app.push_screen_wait(
            KeyStep(self.shell, heading, fields, attempt, words("screens.keys-busy"))
        )
        self._say_what_is_put_off()
        if done is None or self.shell.station is None:
            return
        self.shell.note(_EVENTS[what])
        said = words(f"screens.keys-{what}-done", name=name or str(done))
        self.look()
        if what in RENEWING:
            heading = Heading(1, 1, said, words("screens.keys-signing", card=self.shell.home.card))
            await self.app.push_screen_wait(ReadStep(self.shell, heading))
        else:
            self.notify(said)

    def _say_what_is_put_off(self) -> None:
        for error in self._put_off:
            why = self.words.error(error)[0]
            self.notify(self.words("screens.keys-put-off", why=why), severity="warning", timeout=_LONG)
        self._put_off.clear()

    def _asked(self, field: str) -> Asked:
        return Asked(field, self.words(f"screens.keys-field-{field}"), secret=field != NAME)

    def _asked_new(self) -> list[Asked]:
        return [self._asked(NEW), self._asked(AGAIN)]

    def _add(self, typed: Mapping[str, str]) -> str:
        chosen = _chosen(typed)
        return self._station.add(typed[SECRET], typed[NAME], chosen, self._profile).name

    async def _changing(self, change: Change, typed: Mapping[str, str], *, before_locking: Show | None = None) -> bool:
        """Close, change, open again; whoever took their own key away is at a locked station.

        `before_locking` shows what nobody sees again once the station is locked.
        """
        station, trouble = await self.shell.writer.run(with_the_station_to_itself, self.shell, change, typed)
        if station is None:
            if before_locking is not None:
                await before_locking()
            await self.app.run_action("lock")
        else:
            self.shell.station = station
        if trouble is not None:
            raise trouble
        return True


class KeyStep(FieldsStep):
    """The fields of a change; Escape goes back without it."""

    def action_quit(self) -> None:
        """Back; nothing is changed."""
        if not self._trying:
            self.dismiss(None)


def _chosen(typed: Mapping[str, str]) -> str:
    if typed[NEW] != typed[AGAIN]:
        raise InterviewError("screens.passphrases-differ")
    return typed[NEW]


def with_the_station_to_itself(
    shell: Shell, change: Change, typed: Mapping[str, str]
) -> "tuple[Station | None, InterviewError | None]":
    """Close the station, change its keys, open it again; the station, None where no passphrase typed opens it any more.

    Runs in the writer's thread.
    """
    station, trouble = shell.unlocked, None
    # A wrong passphrase is refused before anything is closed.
    station_keys(shell.home).opened(typed[SECRET])
    station.close()
    try:
        change(typed)
    except InterviewError as error:
        trouble = error
    for secret in (typed[SECRET], typed.get(NEW, "")):
        try:
            return unlock(shell.home, secret, station.clock), trouble
        except InterviewError as error:
            if error.code != "keys.wrong-passphrase":
                return None, trouble or error
    return None, trouble
