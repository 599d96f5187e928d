"""The registry of actions: what can be done where, and with which keys.

Bindings, the lines of keys, help (F1) and the palette are all made from it, so none of them can say something else.
Texts are `actions.<id>` (a few words) and `actions.<id>-help` (a sentence). Keys can be rebound in the settings file.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Final

from textual.binding import Binding

from interview.errors import InterviewError
from interview.messages import Catalogue


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that can be done.

    `id` is `context.name`. `keys` work everywhere in the context, `letters` only where no text is typed. `footer` says whether
    the lines of keys show it, `palette` whether the palette offers it, `fixed` that the widget with the focus takes its keys itself and
    they cannot be rebound.
    """

    id: str
    keys: tuple[str, ...]
    letters: tuple[str, ...] = ()
    footer: bool = True
    palette: bool = True
    fixed: bool = False
    over: bool = False
    """Whether its keys, letters aside, work in a dialog too."""
    shown: str = ""
    """How its keys are written where that is not the first of them."""

    @property
    def context(self) -> str:
        """Where it can be done: the part of the id before the dot."""
        return self.id.partition(".")[0]

    @property
    def method(self) -> str:
        """The name of the method that does it, without `action_`."""
        return self.id.partition(".")[2].replace("-", "_")

    @property
    def every_key(self) -> tuple[str, ...]:
        """Its keys and then its letters."""
        return self.keys + self.letters

    @property
    def on_keyboard(self) -> str:
        """Its first key as it stands on the keyboard, empty where it has none."""
        return self.shown or next((key_name(key) for key in self.every_key), "")

    @property
    def label(self) -> str:
        """The catalogue's key of the few words that name it."""
        return f"actions.{self.id}"

    @property
    def help(self) -> str:
        """The catalogue's key of the sentence that explains it."""
        return f"actions.{self.id}-help"


EVERYWHERE: Final = "app"
"""The context whose actions can be done on every screen."""

ACTIONS: Final = (
    Action("app.help", ("f1",), over=True),
    Action("app.palette", ("ctrl+p",), footer=False, palette=False),
    Action("app.theme", (), footer=False),
    Action("app.language", (), footer=False),
    Action("app.log", (), footer=False),
    Action("home.new", (), ("n",)),
    Action("home.resume", (), ("r",)),
    Action("home.calls", (), ("c",)),
    Action("home.export", (), ("e",)),
    Action("home.questionnaires", (), ("f",)),
    Action("home.survey", (), ("m",)),
    Action("home.keys", (), ("k",)),
    Action("home.backup", (), ("b",)),
    Action("home.lock", (), ("l",)),
    Action("home.quit", (), ("q",)),
    Action("unlock.unlock", ("enter",), palette=False, fixed=True),
    Action("unlock.rescue", ("f9",)),
    Action("unlock.quit", ("escape",), palette=False),
    Action("setup.next", ("ctrl+enter", "f10"), palette=False, shown="Enter"),
    Action("setup.back", ("pageup",), palette=False),
    Action("setup.quit", ("escape",), palette=False),
    Action("calls.start", ("enter",), palette=False, fixed=True),
    Action("calls.add", (), ("n",)),
    Action("calls.attempt", (), ("u",)),
    Action("calls.take-back", (), ("t",)),
    Action("calls.leave", ("escape",), ("h",)),
    Action("questionnaires.preview", (), ("v",)),
    Action("questionnaires.diff", (), ("j",)),
    Action("questionnaires.load", (), ("l",)),
    Action("questionnaires.leave", ("escape",), ("h",)),
    Action("form-file.load", (), ("l",)),
    Action("form-file.preview", (), ("v",)),
    Action("form-file.file", (), ("m",)),
    Action("form-file.leave", ("escape",), ("h",)),
    Action("keys.add", (), ("n",)),
    Action("keys.change", (), ("b",)),
    Action("keys.remove", (), ("t",)),
    Action("keys.code", (), ("k",)),
    Action("keys.backup", (), ("s",)),
    Action("keys.leave", ("escape",), ("h",)),
    Action("export.write", ("enter",)),
    Action("export.folder", (), ("m",)),
    Action("export.final", (), ("s",)),
    Action("export.again", (), ("i",)),
    Action("export.survey", (), ("a",)),
    Action("export.leave", ("escape",), ("h",)),
    Action("identity.choose", (), tuple("123456789"), palette=False, fixed=True, shown="1–9"),
    Action("identity.doubt", ("f3",)),
    Action("identity.leave", ("escape",)),
    Action("interview.choose", (), tuple("1234567890"), palette=False, fixed=True, shown="1–9"),
    Action("interview.go-on", ("enter",), palette=False, fixed=True),
    Action("interview.text-go-on", ("f10", "ctrl+enter"), footer=False, palette=False),
    Action("interview.replace", ("ctrl+r",), footer=False, palette=False),
    Action("interview.back", ("pageup",)),
    Action("interview.forward", ("pagedown",)),
    Action("interview.unknown", ("f6",), ("v",), palette=False),
    Action("interview.declined", ("f7",), ("x",), palette=False),
    Action("interview.not-applicable", ("f8",), ("e",), palette=False),
    Action("interview.respondent", ("f9",), ("n",)),
    Action("interview.care-needed", ("f4",), ("w",)),
    Action("interview.questions-back", ("f3",)),
    Action("interview.improvement", ("f5",), ("k",)),
    Action("interview.language", ("f2",)),
    Action("interview.pause", ("escape",), ("p",)),
    Action("interview.seal", ("ctrl+s",)),
)
"""Every action, in the order in which they are shown."""


class Actions:
    """The actions with the keys one user has: the shipped ones, or those of the settings file (`[keys]`: id → keys, with commas).

    InterviewError `actions.unknown-action`, `actions.fixed-keys`, `actions.bad-key`, `actions.key-clash` where the settings
    cannot be followed.
    """

    def __init__(self, rebound: Mapping[str, str] | None = None) -> None:
        self._actions = {action.id: action for action in ACTIONS}
        for action_id, keys in (rebound or {}).items():
            self._rebind(action_id, keys)
        if rebound:
            self._refuse_clashes()

    def __getitem__(self, action_id: str) -> Action:
        return self._actions[action_id]

    def __iter__(self) -> Iterator[Action]:
        return iter(self._actions.values())

    def of(self, *contexts: str) -> tuple[Action, ...]:
        """The actions of contexts, one context after the other, in the order in which they are shown."""
        return tuple(action for context in contexts for action in self if action.context == context)

    def bindings(
        self, context: str, catalogue: Catalogue, *, keys: bool = True, letters: bool = True, on: str = ""
    ) -> list[Binding]:
        """Textual's bindings of a context: its keys, its letters, or both; `on` names who does them (`screen.`, `app.`)."""
        bindings = []
        for action in self.of(context):
            bound = (action.keys if keys else ()) + (action.letters if letters else ())
            if bound and not action.fixed:
                label = catalogue(action.label)
                made = Binding(",".join(bound), on + action.method, label, show=action.footer, id=action.id)
                bindings.append(made)
                if action.over and action.keys:
                    # Textual asks nothing below a dialog for a key, but for those that go before all others.
                    bindings.append(replace(made, key=",".join(action.keys), priority=True))
        return bindings

    def _rebind(self, action_id: str, keys: str) -> None:
        action = self._actions.get(action_id)
        if action is None:
            near = get_close_matches(action_id, self._actions, n=1)
            raise InterviewError("actions.unknown-action", action_id, near=near[0] if near else "home.export")
        if action.fixed:
            raise InterviewError("actions.fixed-keys", action_id)
        names = [key.strip().lower() if len(key.strip()) > 1 else key.strip() for key in keys.split(",")]
        for name in names:
            if not _is_key(name):
                raise InterviewError("actions.bad-key", action_id, key=name)
        letters = tuple(name for name in names if len(name) == 1)
        self._actions[action_id] = replace(action, keys=tuple(name for name in names if len(name) > 1), letters=letters)

    def _refuse_clashes(self) -> None:
        for context in {action.context for action in self}:
            owner: dict[str, str] = {}
            for action in self.of(context, EVERYWHERE):
                for key in action.every_key:
                    other = owner.setdefault(key, action.id)
                    if other != action.id:
                        raise InterviewError("actions.key-clash", action.id, key=key, other=other)


_NAMED: Final = frozenset(
    {"enter", "escape", "pageup", "pagedown", "home", "end", "insert", "delete", "backspace", "space", "tab"}
    | {f"f{number}" for number in range(1, 13)}
)
_MODIFIERS: Final = frozenset({"ctrl", "alt", "shift"})
# They end the program or stop its terminal before it sees them.
_RESERVED: Final = frozenset({"ctrl+c", "ctrl+z", "ctrl+q", "tab"})


def _is_key(name: str) -> bool:
    *modifiers, key = name.split("+")
    if name in _RESERVED or not set(modifiers) <= _MODIFIERS:
        return False
    return key in _NAMED or (len(key) == 1 and key.isalnum() and (not modifiers or key.isascii()))


def key_name(key: str) -> str:
    """A key as it stands on the keyboard: `ctrl+s` is `Ctrl+S`, `pageup` is `PageUp`, `n` is `n`."""
    names = {"escape": "Esc", "pageup": "PageUp", "pagedown": "PageDown"}
    if len(key) == 1:
        return key
    return "+".join(
        names.get(part, part.upper() if len(part) == 1 or part[1:].isdigit() else part.title())
        for part in key.split("+")
    )
