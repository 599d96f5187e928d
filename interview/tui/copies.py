"""Copies of a station, on the screen: a backup, what can be saved of a damaged station, and another one in its place (C3)."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from interview.errors import InterviewError
from interview.paths import typed_path
from interview.progress import Progress
from interview.tui.shell import Opens, Page, Shell
from interview.tui.steps import Asked, ChoiceStep, FieldsStep, Heading, ReadStep

if TYPE_CHECKING:
    from interview.station.backup import BackedUp, Replaced, Restored
    from interview.station.station import Station

FILE, SECRET = "file", "secret"
RESCUE, REPLACE, STOP = "rescue", "replace", "stop"
SUFFIX: Final = ".backup"
"""How the name of a backup's file ends, where the program proposes it."""


class CopyStep(FieldsStep):
    """Asks for the file, and says how far it has come; Escape goes back without anything done."""

    HELP = "screens.copies-help"

    def action_quit(self) -> None:
        """Back."""
        if not self._trying:
            self.dismiss(None)

    def progress(self, done: int, total: int) -> None:
        """How many responses are copied; called in the writer's thread."""
        self.app.call_later(self._show, self.words("screens.copies-progress", done=done, total=total))

    def _show(self, text: str) -> None:
        if self._trying and self.is_attached:
            self.say(text)


class CopyMenu(ChoiceStep):
    """What can be done; Escape goes back."""

    HELP = "screens.copies-help"

    def action_quit(self) -> None:
        """Back."""
        self.dismiss(None)


async def back_up_here(page: Page[Any]) -> None:
    """Ask where to, write a backup, say where it lies; the station stays open meanwhile."""
    shell, words = page.shell, page.words

    async def attempt(typed: Mapping[str, str]) -> "BackedUp":
        name = f"{shell.unlocked.identity.unit}{SUFFIX}"
        return await shell.writer.run(_back_up, shell, typed[FILE], name, step.progress)

    proposed = str(Path.home() / f"{shell.unlocked.identity.unit}{SUFFIX}")
    asked = Asked(FILE, words("screens.copies-file"), proposed)
    step = CopyStep(shell, _heading(shell, "backup"), [asked], attempt, words("screens.copies-busy"))
    done: BackedUp | None = await page.app.push_screen_wait(step)
    if done is not None:
        shell.note("backed-up")
        text = words("screens.backup-done-text", path=done.path)
        heading = Heading(1, 1, words("screens.backup-done", count=done.responses), text)
        await page.app.push_screen_wait(ReadStep(shell, heading))


async def rescue_here(page: Page[Any], *, damaged: bool) -> None:
    """Lead from a damaged station to what can be saved, and to another station in its place.

    Nothing takes the place of a station that has not been found damaged.
    """
    shell, words = page.shell, page.words
    chosen, saved = RESCUE, None
    if damaged:
        chosen = await page.app.push_screen_wait(
            _menu(shell, _heading(shell, "rescue-menu"), "rescue-menu", RESCUE, REPLACE)
        )
    if chosen == RESCUE:
        saved = await _rescue(page)
        if saved is None or not damaged:
            return
        title = words("screens.rescue-done", count=saved.responses, expected=saved.expected)
        heading = Heading(1, 1, title, words("screens.rescue-done-text", path=saved.path))
        chosen = await page.app.push_screen_wait(_menu(shell, heading, "rescue-done", STOP, REPLACE))
    if chosen == REPLACE:
        await _replace(page, "" if saved is None else str(saved.path))


async def _rescue(page: Page[Any]) -> "BackedUp | None":
    shell, words = page.shell, page.words
    name = f"{shell.home.root.name}-{words('screens.rescue-file')}{SUFFIX}"

    async def attempt(typed: Mapping[str, str]) -> "BackedUp":
        return await shell.writer.run(_save, shell, typed[SECRET], typed[FILE], name, step.progress)

    fields = [Asked(FILE, words("screens.copies-file"), str(Path.home() / name)), _secret(shell)]
    step = CopyStep(shell, _heading(shell, "rescue"), fields, attempt, words("screens.copies-busy"))
    saved: BackedUp | None = await page.app.push_screen_wait(step)
    if saved is not None:
        shell.note("rescued")
    return saved


async def _replace(page: Page[Any], file: str) -> None:
    shell, words = page.shell, page.words

    async def attempt(typed: Mapping[str, str]) -> "tuple[Station, Replaced]":
        return await shell.writer.run(_take_its_place, shell, typed[FILE], typed[SECRET])

    fields = [Asked(FILE, words("screens.setup-backup-file"), file), _secret(shell)]
    step = CopyStep(shell, _heading(shell, "replace"), fields, attempt, words("screens.setup-restoring"))
    made: tuple[Station, Replaced] | None = await page.app.push_screen_wait(step)
    if made is not None and isinstance(page.app, Opens):
        station, replaced = made
        aside = words("screens.replaced-text", aside=replaced.aside.name)
        await page.app.push_screen_wait(restored_step(shell, Heading(1, 1, "", ""), replaced.restored, aside))
        page.app.opened(station)


def restored_step(shell: Shell, place: Heading, restored: "Restored", more: str = "") -> ReadStep:
    """What became of a restoring, and that the card is new; `more` stands below it."""
    words = shell.words
    text = words(
        "screens.restored-text", count=restored.responses, fingerprint=restored.fingerprint, card=restored.card
    )
    return ReadStep(shell, Heading(place.number, place.count, words("screens.restored"), f"{text}\n{more}".rstrip()))


def _heading(shell: Shell, name: str) -> Heading:
    return Heading(1, 1, shell.words(f"screens.{name}"), shell.words(f"screens.{name}-text"))


def _menu(shell: Shell, heading: Heading, name: str, *options: str) -> CopyMenu:
    return CopyMenu(shell, heading, [(option, shell.words(f"screens.{name}-{option}")) for option in options])


def _secret(shell: Shell) -> Asked:
    return Asked(SECRET, shell.words("screens.setup-backup-secret"), secret=True)


def _file(typed: str, name: str) -> Path:
    """A path typed or pasted; in a folder the file gets the name proposed. Errors: `screens.no-file-named`, those of `typed_path`."""
    if not typed.strip():
        raise InterviewError("screens.no-file-named")
    path = typed_path(typed)
    return path / name if name and path.is_dir() else path


# What is asked of the station, in the writer's thread.


def _back_up(shell: Shell, typed: str, name: str, progress: Progress) -> "BackedUp":
    from interview.station.backup import back_up  # noqa: PLC0415  imported in the writer's thread

    return back_up(shell.unlocked, _file(typed, name), progress)


def _save(shell: Shell, secret: str, typed: str, name: str, progress: Progress) -> "BackedUp":
    from interview.station.backup import rescue  # noqa: PLC0415

    to = _file(typed, name)
    if to.exists():
        raise InterviewError("cli.file-exists", to.name)
    return rescue(shell.home, secret, to, progress)


def _take_its_place(shell: Shell, typed: str, secret: str) -> "tuple[Station, Replaced]":
    from interview.station.backup import replace_damaged  # noqa: PLC0415

    return replace_damaged(shell.home, _file(typed, ""), secret)


def restore_from(shell: Shell, typed: str, secret: str) -> "tuple[Station, Restored]":
    """A station from the backup typed, where there is none; runs in the writer's thread."""
    from interview.station.backup import restore  # noqa: PLC0415

    return restore(shell.home, _file(typed, ""), secret)
