"""`interview questionnaire schema`: what an editor completes and checks forms with."""

import argparse
import json

from interview.cli.context import Context, show
from interview.messages import Catalogue


def describe(parser: argparse.ArgumentParser, catalogue: Catalogue) -> None:
    """Nothing more is asked."""


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Print the schema on standard output."""
    from interview.questionnaire.schema import schema  # noqa: PLC0415

    show(json.dumps(schema(context.catalogue), ensure_ascii=False, indent=2))
    return 0
