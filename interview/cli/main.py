"""The command `interview`: finds the subcommand, imports only what it needs, and turns every refusal into words.

Exit status 0, 1 (refused, said on standard error) or 2 (wrong usage).
"""

import argparse
import errno
import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from itertools import zip_longest
from typing import Final

from interview import __version__
from interview.cli.context import Context, OutputFailed, narrate, print_error
from interview.cli.localised import Parser, explain_actions, speak
from interview.config import LANGUAGES, Settings, home_from, settings_from
from interview.errors import InterviewError
from interview.files import harden_process, read_bounded, when_told_to_end
from interview.log import note_done
from interview.messages import Catalogue
from interview.paths import Home, default_home

SETTINGS_LIMIT: Final = 64 * 1024
"""Bytes of a settings file, at most."""

COMMANDS: Final = (
    "demo",
    "setup",
    "keys",
    "backup",
    "restore",
    "rescue",
    "export",
    "receipt",
    "audit",
    "simulate",
    "recipient",
    "survey",
    "questionnaire",
    "archive",
    "log",
)
"""Each is a module of this package with `describe(parser, catalogue)` and `run(arguments, context)`."""


_EVENTS: Final = {
    "setup": "set-up", "restore": "restored", "backup": "backed-up", "rescue": "rescued", "export": "exported",
    "receipt": "receipt-taken", "audit": "audited", "survey load": "survey-loaded", "survey new": "survey-made",
    "questionnaire load": "form-loaded", "keys add": "key-added", "keys remove": "key-removed",
    "keys change": "key-changed", "keys recover": "key-changed", "keys list": "",
    "recipient new": "set-up", "recipient hand-over": "handed-over", "archive collect": "collected",
}  # fmt: skip
"""What commands leave in the log of their home, by the day, empty for nothing; what is refused of them is logged by its code (C6)."""
_OF_A_PATH: Final = frozenset({errno.ENAMETOOLONG, errno.ELOOP, errno.EACCES, errno.EINVAL})
"""What the system says of a path that it does not take."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line; returns the exit status."""
    harden_process()
    _settle_streams()
    words = list(sys.argv[1:] if argv is None else argv)
    catalogue = Catalogue(_language_wanted(words))
    try:
        try:
            return _done(words, catalogue)
        finally:
            # What is still held back fails here, where it can be told, and not at the interpreter's end.
            sys.stdout.flush()
    except BrokenPipeError:
        pass
    except OSError as error:
        _refused(InterviewError("cli.output-failed", "", reason=error.strerror or ""), catalogue)
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 1


def _done(words: list[str], catalogue: Catalogue) -> int:
    """Do what a command line says; only what standard output does not take is left to the caller."""
    speak(catalogue)
    try:
        arguments = command_parser(words, catalogue).parse_args(words)
        context = _context(arguments)
    except InterviewError as error:
        return _refused(error, catalogue)
    speak(context.catalogue)
    try:
        with when_told_to_end(_interrupt):
            return _run(arguments, context)
    except InterviewError as error:
        return _refused(error, context.catalogue)
    except (BrokenPipeError, OutputFailed):
        raise
    except Exception as error:  # the border: what nobody foresaw becomes a code, never a traceback (T15)
        return _unforeseen(error, context)
    except KeyboardInterrupt:
        context.say("cli.interrupted")
        return 1


def _settle_streams() -> None:
    """Write UTF-8 into files and pipes, whatever the system's code page; show on a terminal whatever that can show."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors="backslashreplace")
            else:
                stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _run(arguments: argparse.Namespace, context: Context) -> int:
    if arguments.command is None:
        from interview.tui.start import start  # noqa: PLC0415  commands without a screen never load Textual

        return start(context.home, context.settings)
    module = import_module(f"interview.cli.{arguments.command}")
    event = _EVENTS.get(" ".join(filter(None, (arguments.command, getattr(arguments, "action", None)))))
    try:
        status: int = module.run(arguments, context)
    except InterviewError as error:
        if event is not None:
            note_done(context.home, "refused", error.code)
        raise
    # An audit that finds something is done, with status 1; what was asked and not wanted is not.
    if event and (status == 0 or event == "audited"):
        note_done(context.home, event)
    return status


def _interrupt() -> None:
    """End as Ctrl+C does."""
    raise KeyboardInterrupt


def command_parser(words: Sequence[str], catalogue: Catalogue) -> Parser:
    """What understands a command line; of the commands, only those named in it are described to their last option."""
    common = Parser(add_help=False)
    common.add_argument("--home", metavar="DIR", default=argparse.SUPPRESS, help=catalogue("cli.help-home"))
    common.add_argument("--language", choices=LANGUAGES, default=argparse.SUPPRESS, help=catalogue("cli.help-language"))
    common.add_argument(
        "--passphrase-file", metavar="FILE", default=argparse.SUPPRESS, help=catalogue("cli.help-passphrase-file")
    )
    parser = Parser(
        prog="interview", description=catalogue("cli.about"), epilog=catalogue("cli.example"), parents=[common]
    )
    parser.add_argument(
        "--version", action="version", version=f"interview {__version__}", help=catalogue("cli.help-version")
    )
    commands = parser.add_subparsers(dest="command", metavar=catalogue("cli.command"))
    # A folder may be called like a command: each that is named is described.
    wanted = {word for word in words if word in COMMANDS}
    for name in COMMANDS:
        about = catalogue(f"cli.{name}")
        command = commands.add_parser(
            name,
            help=about,
            description=about,
            epilog=catalogue(f"cli.{name}-example"),
            parents=[common],
            prog=f"interview {name}",
        )
        if name in wanted:
            import_module(f"interview.cli.{name}").describe(command, common, catalogue)
            explain_actions(command)
    return parser


def _language_wanted(words: Sequence[str]) -> str:
    for word, following in zip_longest(words, words[1:], fillvalue=""):
        language = following if word == "--language" else word.removeprefix("--language=")
        if word.startswith("--language") and language in LANGUAGES:
            return language
    wanted = os.environ.get("INTERVIEW_LANGUAGE", "sv")
    return wanted if wanted in LANGUAGES else "sv"


def _context(arguments: argparse.Namespace) -> Context:
    home = Home(home_from(getattr(arguments, "home", None), os.environ) or default_home())
    settings = read_settings(home, getattr(arguments, "language", None))
    return Context(home, settings, Catalogue(settings.language), getattr(arguments, "passphrase_file", None))


def read_settings(home: Home, language: str | None) -> Settings:
    """The settings that hold for this start: flag over environment over the home's file over default."""
    text = ""
    if home.settings.exists():
        if not home.settings.is_file():
            raise InterviewError("files.not-a-file", str(home.settings))
        try:
            text = read_bounded(home.settings, SETTINGS_LIMIT).decode("utf-8-sig")
        except UnicodeDecodeError:
            raise InterviewError("cli.settings-encoding", str(home.settings)) from None
    return settings_from(text, os.environ, language, str(home.settings))


def _unforeseen(error: Exception, context: Context) -> int:
    """Say what nobody foresaw; a path the system does not take is the user's to mend, and no crash."""
    if isinstance(error, OSError) and error.errno in _OF_A_PATH and isinstance(error.filename, str):
        place, reason = error.filename, error.strerror or ""
        return _refused(InterviewError("files.unreachable", place, reason=reason), context.catalogue)
    from interview.crash import crash_code, whereabouts  # noqa: PLC0415  when it is too late for anything else

    code = crash_code(error)
    _refused(InterviewError("cli.unexpected", "", crash=code), context.catalogue)
    narrate(whereabouts(error, context.home, context.catalogue, code))
    return 1


def _refused(error: InterviewError, catalogue: Catalogue) -> int:
    print_error(error, catalogue)
    return 1
