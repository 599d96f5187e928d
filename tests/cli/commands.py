"""Every command there is, found in the parser itself, so that a new one is tested the day it comes."""

import argparse
import shlex
from collections.abc import Iterator
from dataclasses import dataclass

from interview.cli.localised import speak
from interview.cli.main import COMMANDS, command_parser
from interview.messages import Catalogue


@dataclass(frozen=True)
class Command:
    """The words that call it, and its parser."""

    words: tuple[str, ...]
    parser: argparse.ArgumentParser

    @property
    def options(self) -> list[argparse.Action]:
        """Its own options that take a value."""
        return [one for one in self.parser._actions if one.option_strings and one.nargs != 0 and one.dest != "help"]

    def filled(self, values: dict[str, str]) -> list[str]:
        """The command line with everything that must be there, by `dest`, otherwise `x`."""
        line = list(self.words)
        one_of = [group._group_actions[0] for group in self.parser._mutually_exclusive_groups if group.required]
        for one in self.parser._actions:
            value = values.get(one.dest, one.choices[0] if one.choices else "1" if one.type is int else "x")
            if one.option_strings and (one.required or one in one_of):
                line += [one.option_strings[-1]] if one.nargs == 0 else [one.option_strings[-1], value]
            elif not one.option_strings and one.nargs not in ("?", "*"):
                line.append(value)
        return line


def commands(language: str = "sv") -> Iterator[Command]:
    """Each command that does something: those with actions once for each action."""
    catalogue = Catalogue(language)
    speak(catalogue)
    whole = command_parser(list(COMMANDS), catalogue)
    yield from _below((), whole)


def examples(parser: argparse.ArgumentParser) -> list[list[str]]:
    """The command lines of a parser's example, as a shell would give them to the program."""
    text = (parser.epilog or "").replace("\\\n", " ").replace("\\", "/")
    lines = [line.strip().split(" > ")[0].split("   ")[0] for line in text.splitlines()[1:]]
    return [shlex.split(line)[1:] for line in lines if line.startswith("interview")]


def _below(words: tuple[str, ...], parser: argparse.ArgumentParser) -> Iterator[Command]:
    given = [one for one in parser._actions if isinstance(one, argparse._SubParsersAction)]
    for actions in given:
        for name, action in actions.choices.items():
            yield from _below((*words, name), action)
    if not given:
        yield Command(words, parser)
