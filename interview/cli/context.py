"""What every command is given: the home, the settings, the language, and the ways to speak and to ask."""

import getpass
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from interview.config import Settings
from interview.errors import InterviewError, Problem
from interview.files import read_bounded
from interview.messages import Catalogue
from interview.paths import Home
from interview.progress import Progress, silent
from interview.text import clean

PASSPHRASE_LIMIT = 4096
"""Bytes read at most from a passphrase file."""


@dataclass(frozen=True, slots=True)
class Context:
    """One command's surroundings. Standard output is data; narration, questions and errors go to standard error."""

    home: Home
    settings: Settings
    catalogue: Catalogue
    passphrase_file: str | None
    given_by: str = "--passphrase-file"
    """The option that names `passphrase_file`."""

    def say(self, key: str, /, **facts: object) -> None:
        """One line of narration on standard error."""
        narrate(self.catalogue(key, **facts))

    def passphrase(self) -> str:
        """The passphrase (or recovery code) that unlocks, from the file named or typed without echo."""
        if self.passphrase_file is not None:
            return self._first_line(self.passphrase_file)
        self._need_terminal()
        return getpass.getpass(self.catalogue("cli.passphrase") + " ", stream=sys.stderr)

    def recovery_code(self) -> str:
        """The recovery code, from the file named or typed without echo: no key stays in the scrollback (P5)."""
        if self.passphrase_file is not None:
            return self._first_line(self.passphrase_file)
        self._need_terminal()
        return getpass.getpass(self.catalogue("cli.recovery-code") + " ", stream=sys.stderr).strip()

    def new_passphrase(self) -> str:
        """A passphrase to be, from the file named or typed twice without echo; `cli.passphrases-differ`."""
        if self.passphrase_file is not None:
            return self._first_line(self.passphrase_file)
        self._need_terminal()
        from interview.store.passphrases import propose, proposed_bits  # noqa: PLC0415  where one is chosen

        self.say("cli.proposal", words=propose(), bits=proposed_bits())
        first = getpass.getpass(self.catalogue("cli.new-passphrase") + " ", stream=sys.stderr)
        second = getpass.getpass(self.catalogue("cli.new-passphrase-again") + " ", stream=sys.stderr)
        if first != second:
            raise InterviewError("cli.passphrases-differ")
        return first

    def confirmed(self, key: str, flag: str) -> bool:
        """Whether a person at the terminal says yes to a question; `cli.not-confirmed`, its place the flag, without one."""
        if not sys.stdin.isatty():
            raise InterviewError("cli.not-confirmed", flag, flag=flag)
        print(self.catalogue(key), end=" ", file=sys.stderr, flush=True)
        return sys.stdin.readline().strip().casefold() in self.catalogue("cli.words-for-yes").split()

    @contextmanager
    def progress(self, key: str) -> Iterator[Progress]:
        """A progress bar on a terminal, silence elsewhere; the value told is (done, total)."""
        if not sys.stderr.isatty():
            yield silent
            return
        from rich.console import Console  # noqa: PLC0415  only long work on a terminal needs it
        from rich.progress import Progress as Bar  # noqa: PLC0415

        with Bar(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(self.catalogue(key), total=None)
            yield lambda done, total: bar.update(task, completed=done, total=total)

    def _first_line(self, name: str) -> str:
        limit = PASSPHRASE_LIMIT
        raw = sys.stdin.buffer.readline(limit) if name == "-" else read_bounded(Path(name), limit, pipe=True)
        try:
            line = raw.decode("utf-8-sig").splitlines()[0] if raw.strip() else ""
        except UnicodeDecodeError:
            raise InterviewError("cli.passphrase-encoding", self.given_by) from None
        if not line:
            raise InterviewError("cli.passphrase-empty", self.given_by)
        return line

    def _need_terminal(self) -> None:
        if not sys.stdin.isatty():
            raise InterviewError("cli.no-terminal", self.given_by, flag=self.given_by)


class OutputFailed(OSError):
    """What should go to standard output could not be written there."""


def show(line: object) -> None:
    """A line of data on standard output, or several; tabs divide its fields. A terminal finds nothing in it to obey (T13).

    `OutputFailed` where it cannot be written, BrokenPipeError where nobody reads any more.
    """
    try:
        print(_shown(str(line)))
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputFailed(error.errno, error.strerror) from None


@contextmanager
def told_of(file: Path) -> Iterator[None]:
    """What is refused in here names the file it is about: of several one wants to know which."""
    try:
        yield
    except InterviewError as error:
        raise in_file(error, file) from None


def in_file(error: InterviewError, file: Path) -> InterviewError:
    """The error, each of its places in the file it is about."""
    return InterviewError.of(tuple(_placed(problem, file.name) for problem in error.problems))


def _placed(problem: Problem, name: str) -> Problem:
    from interview.exchange.envelope import Kind  # noqa: PLC0415  when something is refused

    if name in problem.place:
        return problem
    inside = "" if problem.place in (*Kind, "") else f": {problem.place}"
    return replace(problem, place=f"{name}{inside}")


def expanded(files: Iterable[Path]) -> list[Path]:
    """The files, a pattern for its files: the shells of Windows leave `*.batch` to the program."""
    found: list[Path] = []
    for file in files:
        pattern = not file.exists() and any(sign in file.name for sign in "*?[")
        found.extend((sorted(file.parent.glob(file.name)) if pattern else ()) or (file,))
    return found


def show_row(*fields: object) -> None:
    """One line of data whose fields are divided by tabs: a field holds neither a tab nor a line's end of its own."""
    show("\t".join(clean(str(field)) for field in fields))


def show_headings(catalogue: Catalogue, *names: str) -> None:
    """What the fields of the rows below are called, for a person at a terminal; data for programs has only rows."""
    if sys.stdout.isatty():
        show_row(*(catalogue(f"cli.heading-{name}") for name in names))


def narrate(line: str) -> None:
    """The same on standard error."""
    print(_shown(line), file=sys.stderr)


def print_error(error: InterviewError, catalogue: Catalogue) -> None:
    """Every problem of an error on standard error: what is wrong, where, what to do, and its code."""
    for problem in error.problems:
        message, remedy = catalogue.error(replace(problem, facts=_on_one_line(problem.facts)))
        where = f"{clean(problem.place)}: " if problem.place else ""
        narrate(f"{where}{message}\n  → {remedy}\n  [{problem.code}]")


def _on_one_line(facts: Mapping[str, str | int]) -> dict[str, str | int]:
    """The facts, none of which makes a line of its own: a file may be named so that it seems to be told of another."""
    return {name: clean(fact) if isinstance(fact, str) else fact for name, fact in facts.items()}


def _shown(text: str) -> str:
    return "\n".join("\t".join(clean(field) for field in line.split("\t")) for line in text.split("\n"))
