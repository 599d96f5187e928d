"""The recovery code typed back from paper before a real station's first interview (T21), where set-up did not see to it.

Whoever has no code on paper, because the window was closed before it was written down, gets a new one.
"""

from collections.abc import Mapping
from typing import Final

from interview.crypto.slots import NORMAL
from interview.station.keys import station_keys
from interview.station.setup import confirm_recovery, recovery_confirmed
from interview.tui.keys import SECRET, with_the_station_to_itself
from interview.tui.shell import Page, Shell
from interview.tui.steps import Asked, ChoiceStep, CodeStep, FieldsStep, Heading, in_groups

ON_PAPER: Final = "on-paper"
NEW_CODE: Final = "new-code"


async def recovery_typed_back(screen: Page[None]) -> bool:
    """Whether the code has been typed back, now if it had not been; a rehearsal, whose content is made up, needs none."""
    shell = screen.shell
    if not await shell.writer.run(recovery_due, shell):
        return True
    words = shell.words
    options = [(way, words(f"screens.recovery-{way}")) for way in (ON_PAPER, NEW_CODE)]
    way = await screen.app.push_screen_wait(RecoveryMenu(shell, _heading(shell, "recovery-text"), options))
    if way is None or (way == NEW_CODE and not await _new_code(screen)):
        return False

    async def attempt(typed: Mapping[str, str]) -> bool:
        await shell.writer.run(confirm_recovery, shell.unlocked, typed["code"])
        return True

    asked = Asked("code", words("screens.setup-code-field"))
    step = RecoveryStep(shell, _heading(shell, "recovery-type"), [asked], attempt, words("screens.setup-checking"))
    return await screen.app.push_screen_wait(step) is True


async def _new_code(screen: Page[None]) -> bool:
    """Make a new code, which takes a passphrase and the station to itself, and show it; False where one goes back."""
    shell, words = screen.shell, screen.words

    async def attempt(typed: Mapping[str, str]) -> str:
        made: list[str] = []

        def change(typed: Mapping[str, str]) -> None:
            made.append(station_keys(shell.home).new_code(typed[SECRET], shell.profile or NORMAL))

        station, trouble = await shell.writer.run(with_the_station_to_itself, shell, change, typed)
        if station is None:
            if made:
                # Nobody sees it again once the station is locked.
                await _show(screen, made[0])
            await screen.app.run_action("lock")
        else:
            shell.station = station
        if trouble is not None:
            raise trouble
        return made[0]

    asked = Asked(SECRET, words("screens.keys-field-secret"), secret=True)
    step = RecoveryStep(shell, _heading(shell, "keys-code-text"), [asked], attempt, words("screens.keys-busy"))
    code = await screen.app.push_screen_wait(step)
    if code is None or shell.station is None:
        return False
    await _show(screen, code)
    return True


async def _show(screen: Page[None], code: str) -> None:
    heading = _heading(screen.shell, "keys-code-shown", "screens.setup-code-help")
    await screen.app.push_screen_wait(CodeStep(screen.shell, heading, in_groups(code)))


class RecoveryMenu(ChoiceStep):
    """Whether there is a code on paper; Escape goes back."""

    def action_quit(self) -> None:
        """Back; the interview waits."""
        self.dismiss(None)


class RecoveryStep(FieldsStep):
    """One field; Escape goes back without it."""

    def action_quit(self) -> None:
        """Back; the interview waits."""
        if not self._trying:
            self.dismiss(None)


def _heading(shell: Shell, text: str, help: str = "screens.setup-typed-back-help") -> Heading:
    return Heading(1, 1, shell.words("screens.recovery"), shell.words(f"screens.{text}"), help)


def recovery_due(shell: Shell) -> bool:
    """Whether a real station's recovery code is still to be typed back; runs in the writer's thread."""
    station = shell.unlocked
    return not station.rehearsal and not recovery_confirmed(station)
