"""`interview questionnaire`: forms, while they are written and after. Each action is a module beside this one."""

import argparse
from importlib import import_module
from typing import Final

from interview.cli.context import Context
from interview.messages import Catalogue

ACTIONS: Final = ("check", "diff", "load", "list", "show", "schema", "template", "import", "export")
"""Each is a module `questionnaire_ACTION` with `describe(parser, catalogue)` and `run(arguments, context)`."""


def describe(parser: argparse.ArgumentParser, common: argparse.ArgumentParser, catalogue: Catalogue) -> None:
    """The actions."""
    actions = parser.add_subparsers(dest="action", required=True, metavar=catalogue("cli.action"))
    for name in ACTIONS:
        about = catalogue(f"cli.questionnaire-{name}")
        action = actions.add_parser(
            name,
            help=about,
            description=about,
            epilog=catalogue(f"cli.questionnaire-{name}-example"),
            parents=[common],
        )
        import_module(f"interview.cli.questionnaire_{name}").describe(action, catalogue)


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Do the action; see its module."""
    status: int = import_module(f"interview.cli.questionnaire_{arguments.action}").run(arguments, context)
    return status
