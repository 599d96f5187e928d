"""What the screens of a conversation are handed: values and use cases, nothing of the application around them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from interview.log import append
from interview.messages import Catalogue
from interview.questionnaire.models import Questionnaire
from interview.station.station import Station
from interview.survey import Unit
from interview.tui.actions import Actions
from interview.tui.bridge import Writer
from interview.tui.key_guard import KeyGuard
from interview.tui.shell import Shell

OFTEN_UNSENT = ("ctrl+enter",)
"""Keys that many terminals send as another; a second key is shown instead."""


@dataclass(frozen=True, slots=True)
class Desk:
    """An unlocked station to work at, in one language, with one user's keys.

    `clock` gives seconds that never go back, `now` local time; `guard` is one for all screens of a conversation, since
    a key may be held from one to the next. `unit`, `questionnaire` (what new interviews begin with) and `rehearsal` are
    those of the survey in force.
    """

    station: Station
    writer: Writer
    words: Catalogue
    actions: Actions
    clock: Callable[[], float]
    guard: KeyGuard
    now: Callable[[], datetime]
    unit: Unit
    questionnaire: Questionnaire
    rehearsal: bool

    def note(self, event: str, *codes: str) -> None:
        """Write an event down in the home's log, in the writer's thread; never content (T15)."""
        home = self.station.home
        self.writer.submit(lambda: append(home, event, *codes))

    def key(self, action: str) -> str:
        """The first key of an action as it stands on the keyboard, empty where it has none."""
        return self.actions[action].on_keyboard

    def keys(self, *actions: str) -> tuple[tuple[str, str], ...]:
        """Keys with what they do, for the lines of keys; actions without a key are left out."""
        named = ((self.key(action), self.words(self.actions[action].label)) for action in actions)
        return tuple((key, label) for key, label in named if key)


def desk_for(shell: Shell) -> Desk:
    """A desk at the unlocked station; called by the writer (`shell.writer.run(desk_for, shell)`), since it reads."""
    station = shell.unlocked
    form = station.form(station.questionnaire_hash)
    return Desk(
        station,
        shell.writer,
        shell.words,
        shell.actions,
        shell.clock,
        KeyGuard(shell.clock),
        station.clock,
        station.unit,
        form.questionnaire,
        station.rehearsal,
    )
