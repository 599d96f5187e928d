"""The recovery code typed back from paper before a real station's first interview (T21), where set-up did not see to it."""

from collections.abc import Mapping

from interview.station.setup import confirm_recovery, recovery_confirmed
from interview.tui.shell import Page, Shell
from interview.tui.steps import Asked, FieldsStep, Heading


async def recovery_typed_back(screen: Page[None]) -> bool:
    """Whether the code has been typed back, now if it had not been; a rehearsal, whose content is made up, needs none."""
    shell = screen.shell
    if await shell.writer.run(_settled, shell):
        return True
    words = shell.words

    async def attempt(typed: Mapping[str, str]) -> bool:
        await shell.writer.run(confirm_recovery, shell.unlocked, typed["code"])
        return True

    heading = Heading(1, 1, words("screens.recovery"), words("screens.recovery-text"), "screens.setup-typed-back-help")
    asked = Asked("code", words("screens.setup-code-field"))
    return (
        await screen.app.push_screen_wait(
            RecoveryStep(shell, heading, [asked], attempt, words("screens.setup-checking"))
        )
        is True
    )


class RecoveryStep(FieldsStep):
    """The field for the code; Escape goes back without it."""

    def action_quit(self) -> None:
        """Back; the interview waits."""
        self.dismiss(None)


def _settled(shell: Shell) -> bool:
    station = shell.unlocked
    return station.rehearsal or recovery_confirmed(station)
