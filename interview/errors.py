"""The one exception that crosses a layer.

Nothing here holds a text: `messages` turns a code and its facts into what is wrong and what to do.
Nothing here holds an answer, a name or a key: facts are counts, ids, file names and line numbers.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: a stable code (`area.what`), the place, and the facts its message names."""

    code: str
    place: str = ""
    facts: Mapping[str, str | int] = field(default_factory=dict)


class InterviewError(Exception):
    """What the program refuses, as one or more problems; the first names the error.

    `code` is `area.what`, where `area` names a module of `interview.messages`; `place` says where
    (a file with line and column, a command's option, a field of the screen); `facts` fill the message.
    """

    def __init__(self, code: str, place: str = "", /, **facts: str | int) -> None:
        self.problems: tuple[Problem, ...] = (Problem(code, place, facts),)
        super().__init__(code, place)

    @classmethod
    def of(cls, problems: "tuple[Problem, ...]") -> "InterviewError":
        """An error that reports several problems at once; `problems` is not empty."""
        error = cls(problems[0].code, problems[0].place, **problems[0].facts)
        error.problems = problems
        return error

    @property
    def code(self) -> str:
        """The first problem's code."""
        return self.problems[0].code

    @property
    def place(self) -> str:
        """The first problem's place."""
        return self.problems[0].place

    @property
    def facts(self) -> Mapping[str, str | int]:
        """The first problem's facts."""
        return self.problems[0].facts
