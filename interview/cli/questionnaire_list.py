"""`interview questionnaire list`: the versions at a station."""

import argparse

from interview.cli.context import Context, show_headings, show_row
from interview.messages import Catalogue


def describe(parser: argparse.ArgumentParser, catalogue: Catalogue) -> None:
    """Nothing more is asked."""


def run(arguments: argparse.Namespace, context: Context) -> int:
    """A line for each version, fields separated by tabs: name, version, state, questions, interviews under way, hash."""
    from interview.station.questionnaires import versions  # noqa: PLC0415
    from interview.station.unlocking import unlock  # noqa: PLC0415

    with unlock(context.home, context.passphrase()) as station:
        show_headings(context.catalogue, "name", "version", "state", "questions", "under-way", "hash")
        for version in versions(station):
            form = version.questionnaire
            states = [name for name in ("in_force", "open", "answered") if getattr(version, name)]
            state = ", ".join(context.catalogue(f"cli.form-{name.replace('_', '-')}") for name in states) or "–"
            fields = (form.name, form.version, state, len(form.questions()), version.drafts, version.hash)
            show_row(*fields)
    return 0
