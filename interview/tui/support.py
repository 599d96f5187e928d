"""A copy of the log for support, in a folder of the user's choice (C6)."""

from collections.abc import Mapping
from pathlib import Path

from interview.log import copy_for_support
from interview.paths import typed_path
from interview.tui.shell import Shell
from interview.tui.steps import Asked, FieldsStep, Heading


class SupportStep(FieldsStep):
    """Asks for the folder; its result is the copy's path, None where one went back."""

    def action_quit(self) -> None:
        """Back; nothing is copied."""
        self.dismiss(None)


def support_step(shell: Shell) -> SupportStep:
    """The step, the user's own folder proposed."""
    words = shell.words

    async def attempt(typed: Mapping[str, str]) -> Path:
        return await shell.writer.run(copy_for_support, shell.home, typed_path(typed["folder"]), words)

    heading = Heading(1, 1, words("screens.log-title"), words("screens.log-text"), "screens.log-help")
    return SupportStep(shell, heading, [Asked("folder", words("screens.log-folder"), str(Path.home()))], attempt)
