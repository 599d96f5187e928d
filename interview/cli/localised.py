"""argparse in the language of the interface. The only place that touches what is private in it."""

import argparse
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from interview.messages import Catalogue
from interview.text import clean

_SWEDISH = {
    "usage: ": "användning: ",
    "positional arguments": "argument",
    "options": "flaggor",
    "show this help message and exit": "visa den här hjälpen",
    "show program's version number and exit": "visa programmets version",
    "the following arguments are required: %s": "det här saknas: %s",
    "unrecognized arguments: %s": "det här känns inte igen: %s",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
    "expected one argument": "ett värde ska följa",
    "expected at least one argument": "minst ett värde ska följa",
    "not allowed with argument %s": "går inte ihop med %s",
    "one of the arguments %s is required": "en av de här behövs: %s",
    "invalid choice: %(value)r (choose from %(choices)s)": "%(value)r finns inte att välja (välj bland %(choices)s)",
    "invalid %(type)s value: %(value)r": "%(value)r är inget giltigt värde",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s är tvetydigt: %(matches)s",
    "%(prog)s: error: %(message)s\n": "%(prog)s: fel: %(message)s\n",
}


class Parser(argparse.ArgumentParser):
    """An argument parser whose own words come in the language of the interface; wrong usage ends with status 2."""

    def __init__(self, *arguments: object, **options: object) -> None:
        options.setdefault("formatter_class", argparse.RawDescriptionHelpFormatter)
        options.setdefault("allow_abbrev", False)
        super().__init__(*arguments, **options)  # type: ignore[arg-type]

    def parse_known_args(  # type: ignore[override]  # typeshed overloads it by the kind of namespace
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        """What is not known is told by the command it was given to, with its usage, and not by the program as a whole."""
        parsed, unknown = super().parse_known_args(args, namespace)
        if unknown:
            self.error(_translated("unrecognized arguments: %s") % " ".join(unknown))
        return parsed, unknown

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command line, and how to get help; exit status 2."""
        self.print_usage()
        self.exit(2, f"{self.prog}: {message}\n{self.prog} --help\n")

    def print_usage(self, file: object = None) -> None:
        """The usage line goes to standard error: standard output is for data."""
        self._print_message(self.format_usage(), file)

    def _print_message(self, message: str, file: Any = None) -> None:
        """What was typed, or a file is called, is repeated in it (T13)."""
        super()._print_message(clean(message, keep_newlines=True), file)


def _translated(text: str) -> str:
    translate: Callable[[str], str] = getattr(argparse, "_", str)
    return translate(text)


def explain_actions(parser: argparse.ArgumentParser) -> None:
    """Let the help of every action of a command say what it does, with the command's example where it has none of its own."""
    for given in parser._actions:
        if not isinstance(given, argparse._SubParsersAction):
            continue
        for listed in given._choices_actions:
            action = given.choices[listed.dest]
            action.description = action.description or listed.help
            action.epilog = action.epilog or parser.epilog
            explain_actions(action)


def speak(catalogue: Catalogue) -> None:
    """Let argparse use the catalogue's language from here on."""
    translate: Callable[[str], str] = (lambda text: _SWEDISH.get(text, text)) if catalogue.language == "sv" else str
    setattr(argparse, "_", translate)  # noqa: B010  argparse looks this private name up at each use
