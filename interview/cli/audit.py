"""`interview audit`: attack this station's anonymity with every key, and report."""

import argparse
import json

from interview.audit.report import Report, Trial, learned_in_words, tried_in_words
from interview.cli.context import Context, show
from interview.messages import Catalogue

WIDTH = 10
"""Columns for the word that says how an attack went."""


def describe(parser: argparse.ArgumentParser, common: argparse.ArgumentParser, catalogue: Catalogue) -> None:
    """The command's own argument: the form of the report."""
    parser.add_argument("--format", choices=("text", "json"), default="text", help=catalogue("cli.help-audit-format"))


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Report every attack on standard output; status 1 if one succeeded."""
    from interview.audit.auditing import audit  # noqa: PLC0415

    passphrase = context.passphrase()
    with context.progress("cli.auditing") as progress:
        report = audit(context.home, passphrase, progress)
    if arguments.format == "json":
        show(json.dumps(report.to_json(context.catalogue), ensure_ascii=False, indent=2))
    else:
        for trial in report.trials:
            show(_in_words(trial, context.catalogue))
    _sum_up(report, context)
    return 0 if report.passed else 1


def _in_words(trial: Trial, words: Catalogue) -> str:
    how = "passed" if trial.passed else "failed"
    head = words(f"audit.{how if trial.looked.tried else 'skipped'}").ljust(WIDTH)
    lines = [f"{head}{trial.attack}: {tried_in_words(trial, words)}"]
    for what in learned_in_words(trial, words):
        lines.append(" " * WIDTH + (words("audit.learns", what=what) if trial.looked.tried else what))
    return "\n".join(lines)


def _sum_up(report: Report, context: Context) -> None:
    failed = sum(not trial.passed for trial in report.trials)
    if failed:
        context.say("audit.summary-failed", failed=failed, attacks=len(report.trials))
    else:
        context.say("audit.summary-passed", attacks=len(report.trials))
