"""`interview survey`: make a signed round of measurement at the central group's."""

import argparse
from pathlib import Path

from interview.cli.context import Context
from interview.errors import InterviewError
from interview.messages import Catalogue
from interview.paths import shipped_questionnaires

QUESTIONNAIRE_LIMIT = 1024 * 1024
"""Bytes of a questionnaire's source, at most."""


def describe(parser: argparse.ArgumentParser, common: argparse.ArgumentParser, catalogue: Catalogue) -> None:
    """The subcommand `new`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar=catalogue("cli.action"))
    new = actions.add_parser("new", help=catalogue("cli.survey-new"), parents=[common])
    new.add_argument("--id", required=True, help=catalogue("cli.help-survey-id"))
    new.add_argument("--title", required=True, help=catalogue("cli.help-survey-title"))
    new.add_argument("--starts", metavar="YYYY-MM", required=True, help=catalogue("cli.help-starts"))
    new.add_argument("--ends", metavar="YYYY-MM", required=True, help=catalogue("cli.help-ends"))
    new.add_argument(
        "--unit", metavar="ID=NAME[=TEL]", action="append", required=True, help=catalogue("cli.help-units")
    )
    new.add_argument("--questionnaire", metavar="FILE", type=Path, help=catalogue("cli.help-questionnaire"))
    new.add_argument(
        "--recipient", metavar="CARD", type=Path, action="append", default=[], help=catalogue("cli.help-recipient")
    )
    new.add_argument("--version", metavar="N", type=int, default=1, help=catalogue("cli.help-survey-version"))
    new.add_argument("--threshold", metavar="N", type=int, default=10, help=catalogue("cli.help-threshold"))
    new.add_argument("--minimum-batch", metavar="N", type=int, default=10, help=catalogue("cli.help-minimum"))
    new.add_argument("--to", metavar="FILE", type=Path, required=True, help=catalogue("cli.help-survey-to"))


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Make the survey; its path and its signer's fingerprint go to standard output."""
    from interview.archive.central import new_survey, open_central  # noqa: PLC0415
    from interview.files import read_bounded  # noqa: PLC0415
    from interview.questionnaire.canonical import canonical_bytes  # noqa: PLC0415
    from interview.questionnaire.reading import read_questionnaire  # noqa: PLC0415

    source = arguments.questionnaire or newest_shipped()
    questionnaire = read_questionnaire(read_bounded(source, QUESTIONNAIRE_LIMIT), source.name)
    cards = [read_bounded(card, QUESTIONNAIRE_LIMIT) for card in arguments.recipient]
    with open_central(context.home, context.passphrase()) as central:
        new_survey(
            central,
            to=arguments.to,
            id=arguments.id,
            version=arguments.version,
            title=arguments.title,
            starts=arguments.starts,
            ends=arguments.ends,
            questionnaire=canonical_bytes(questionnaire),
            units=[_unit(text) for text in arguments.unit],
            recipients=cards,
            threshold=arguments.threshold,
            minimum_batch=arguments.minimum_batch,
        )
        fingerprint = central.fingerprint
    context.say("cli.survey-made")
    print(context.catalogue("cli.survey-and-fingerprint", survey=arguments.to, fingerprint=fingerprint))
    return 0


def newest_shipped() -> Path:
    """The newest version of the discharge questionnaire that ships with the program."""
    forms = (shipped_questionnaires() / "utskrivning").glob("*.yaml")
    return max(forms, key=lambda form: tuple(int(part) for part in form.stem.split(".")))


def _unit(text: str) -> tuple[str, str, str]:
    unit_id, _, rest = text.partition("=")
    name, _, telephone = rest.partition("=")
    if not unit_id or not name:
        raise InterviewError("cli.unit-form", "--unit", given=text)
    return unit_id.strip(), name.strip(), telephone.strip()
