"""`interview survey`: make a signed round of measurement at the central group's, load one at a station, list them."""

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from interview.cli.context import Context, narrate, show, show_headings, show_row, told_of
from interview.cli.forms import form_file
from interview.errors import InterviewError
from interview.messages import Catalogue
from interview.paths import shipped_questionnaires

if TYPE_CHECKING:
    from interview.archive.survey_faults import Places
    from interview.archive.survey_file import SurveyPlan
    from interview.questionnaire.models import Questionnaire
    from interview.survey import Survey

QUESTIONNAIRE_LIMIT = 1024 * 1024
"""Bytes of a questionnaire's source, at most."""
_FLAGS = ("id", "title", "starts", "ends", "version", "threshold", "minimum_batch")


def describe(parser: argparse.ArgumentParser, common: argparse.ArgumentParser, catalogue: Catalogue) -> None:
    """The subcommands `new`, `load` and `list`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar=catalogue("cli.action"))
    _describe_new(actions.add_parser("new", help=catalogue("cli.survey-new"), parents=[common]), catalogue)
    load = actions.add_parser("load", help=catalogue("cli.survey-load"), parents=[common])
    load.add_argument("file", metavar="FILE", type=Path, help=catalogue("cli.help-survey"))
    load.add_argument("--rotation", metavar="FILE", type=Path, help=catalogue("cli.help-rotation"))
    load.add_argument("--signer", metavar="FINGERPRINT", help=catalogue("cli.help-survey-signer"))
    actions.add_parser("list", help=catalogue("cli.survey-list"), parents=[common])


def _describe_new(new: argparse.ArgumentParser, catalogue: Catalogue) -> None:
    made_of = new.add_mutually_exclusive_group()
    made_of.add_argument("--template", metavar="FILE", type=Path, help=catalogue("cli.help-survey-template"))
    made_of.add_argument("--from", metavar="FILE", type=Path, dest="plan", help=catalogue("cli.help-survey-from"))
    new.add_argument("--id", help=catalogue("cli.help-survey-id"))
    new.add_argument("--title", help=catalogue("cli.help-survey-title"))
    new.add_argument("--starts", metavar="YYYY-MM", help=catalogue("cli.help-starts"))
    new.add_argument("--ends", metavar="YYYY-MM", help=catalogue("cli.help-ends"))
    new.add_argument("--unit", metavar="ID=NAME[=TEL]", action="append", help=catalogue("cli.help-units"))
    new.add_argument("--questionnaire", metavar="FILE", type=Path, help=catalogue("cli.help-questionnaire"))
    new.add_argument(
        "--recipient", metavar="CARD", type=Path, action="append", default=[], help=catalogue("cli.help-recipient")
    )
    new.add_argument("--version", metavar="N", type=int, help=catalogue("cli.help-survey-version"))
    new.add_argument("--threshold", metavar="N", type=int, help=catalogue("cli.help-threshold"))
    new.add_argument("--minimum-batch", metavar="N", type=int, help=catalogue("cli.help-minimum"))
    new.add_argument("--to", metavar="FILE", type=Path, help=catalogue("cli.help-survey-to"))
    new.add_argument("--yes", action="store_true", help=catalogue("cli.help-yes"))


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Do the action; see its function."""
    actions = {"new": _new, "load": _load, "list": _list}
    return actions[arguments.action](arguments, context)


def _new(arguments: argparse.Namespace, context: Context) -> int:
    """Make the survey; its path and its signer's fingerprint go to standard output. Or write the template."""
    from interview.archive.central import new_survey, open_central, planned  # noqa: PLC0415
    from interview.files import write_atomically  # noqa: PLC0415
    from interview.questionnaire.canonical import canonical_bytes  # noqa: PLC0415

    if arguments.template is not None:
        if arguments.template.exists():
            raise InterviewError("cli.file-exists", str(arguments.template))
        write_atomically(arguments.template, context.catalogue("survey.template").encode())
        show(arguments.template)
        return 0
    if arguments.to is None:
        raise InterviewError("cli.survey-to-missing", "--to")
    if arguments.to.exists():
        raise InterviewError("cli.file-exists", str(arguments.to))
    plan = _plan(arguments)
    source = _source(arguments, plan.questionnaire)
    questionnaire = _form(source)
    cards = [_card(file) for file in (*plan.recipients, *arguments.recipient)]
    _tell_of_form(source, context)
    with open_central(context.home, context.passphrase()) as central:
        canonical = canonical_bytes(questionnaire)
        survey = planned(central, canonical, cards, plan.places, plan.fields)
        if not _thought_over(survey, questionnaire, plan.places, arguments, context):
            context.say("cli.nothing-done")
            return 1
        new_survey(
            central, to=arguments.to, questionnaire=canonical, recipients=cards, places=plan.places, **plan.fields
        )
        fingerprint = central.fingerprint
    context.say("cli.survey-made")
    show(context.catalogue("cli.survey-and-fingerprint", survey=arguments.to, fingerprint=fingerprint))
    return 0


def _card(file: Path) -> bytes:
    """Another recipient's card; what is none is refused by its file."""
    from interview.exchange.cards import read_recipient_card  # noqa: PLC0415
    from interview.files import read_bounded  # noqa: PLC0415

    with told_of(file):
        card = read_bounded(file, QUESTIONNAIRE_LIMIT)
        read_recipient_card(card)
    return card


def _tell_of_form(source: Path | None, context: Context) -> None:
    """Say how many warnings a form has that its author may not have seen, and how to see them."""
    from interview.cli.questionnaire_check import look  # noqa: PLC0415

    warnings = () if source is None else look(source).warnings
    if warnings:
        context.say("cli.survey-warnings", count=len(warnings), file=source)


def _thought_over(
    survey: "Survey", form: "Questionnaire", places: "Places", arguments: argparse.Namespace, context: Context
) -> bool:
    """Tell what to think over before the survey is signed, and ask where small groups are less protected than usual."""
    from interview.archive.survey_cautions import cautions, few, refuse_below_floor  # noqa: PLC0415

    refuse_below_floor(survey, places)
    small = few(survey, places)
    for caution in (*cautions(survey, form, places), *small):
        message, remedy = context.catalogue.error(caution)
        # With options in place of a file the place is what the message begins with.
        where = "" if message.startswith(caution.place) else f"{caution.place}: "
        narrate(f"{where}{context.catalogue('cli.severity-warning')}: {message}\n  → {remedy}")
    return not small or arguments.yes or context.confirmed("cli.survey-few-sure", "--yes")


def tell_of_limits(survey: "Survey", context: Context) -> None:
    """Say at a station what the survey does for small groups, where it is less than usual."""
    from interview.survey import USUAL_LEAST  # noqa: PLC0415

    if min(survey.threshold, survey.minimum_batch) < USUAL_LEAST and not survey.rehearsal:
        context.say("cli.survey-limits", threshold=survey.threshold, minimum=survey.minimum_batch, usual=USUAL_LEAST)


def _plan(arguments: argparse.Namespace) -> "SurveyPlan":
    """What the survey is made from: the file, if one is given, and the options, which go before it."""
    from interview.archive.survey_file import LIMIT, SurveyPlan, read_plan  # noqa: PLC0415
    from interview.files import read_bounded  # noqa: PLC0415

    said = _flags(arguments)
    if arguments.plan is None:
        return SurveyPlan(said)
    try:
        text = read_bounded(arguments.plan, LIMIT).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InterviewError("archive.survey-encoding", arguments.plan.name) from None
    return read_plan(text, arguments.plan, said, lambda named: _form(_source(arguments, named)).languages)


def _source(arguments: argparse.Namespace, named: Path | None) -> Path | None:
    """Where the questionnaire is, by the option or else as the file `named` it; one that ships may be called by its name."""
    if arguments.questionnaire is not None:
        return form_file(arguments.questionnaire)
    if named is None or named.exists() or named.parent != arguments.plan.parent:
        return named
    shipped = form_file(Path(named.name))
    return shipped if shipped.exists() else named


def _form(source: Path | None) -> "Questionnaire":
    """The questionnaire in a file, or the one that ships."""
    from interview.files import read_bounded  # noqa: PLC0415
    from interview.questionnaire.reading import read_questionnaire  # noqa: PLC0415

    file = source or newest_shipped()
    return read_questionnaire(read_bounded(file, QUESTIONNAIRE_LIMIT), file.name)


def _load(arguments: argparse.Namespace, context: Context) -> int:
    """Load a survey at a station, whose signer is pinned, or at a central home, with `--signer`."""
    from interview.exchange.recognising import survey_file  # noqa: PLC0415
    from interview.files import read_bounded  # noqa: PLC0415
    from interview.station.surveys import SURVEY_LIMIT, load_survey  # noqa: PLC0415
    from interview.station.unlocking import unlock  # noqa: PLC0415
    from interview.store.keyring import kind_of  # noqa: PLC0415

    file = survey_file(arguments.file)
    if context.home.keyring.exists() and kind_of(context.home.keyring) == "recipient":
        from interview.archive.central import open_central, take_survey  # noqa: PLC0415

        if arguments.signer is None:
            raise InterviewError("cli.signer-missing", "--signer")
        with open_central(context.home, context.passphrase()) as central:
            taken = take_survey(central, file, arguments.signer)
        show(context.catalogue("cli.survey-loaded", title=taken.survey.title, version=taken.survey.version))
        return 0
    rotation = None if arguments.rotation is None else read_bounded(arguments.rotation, SURVEY_LIMIT)
    with unlock(context.home, context.passphrase()) as station:
        loaded = load_survey(station, file, rotation=rotation)
    show(context.catalogue("cli.survey-loaded", title=loaded.survey.title, version=loaded.survey.version))
    tell_of_limits(loaded.survey, context)
    if loaded.replaces:
        context.say("cli.survey-replaces", version=loaded.replaces)
    if loaded.new_signer:
        context.say("cli.survey-new-signer", fingerprint=loaded.new_signer)
    return 0


def _list(arguments: argparse.Namespace, context: Context) -> int:
    """The surveys of a station or a central home, a line each, fields separated by tabs."""
    from interview.store.keyring import kind_of  # noqa: PLC0415

    if context.home.keyring.exists() and kind_of(context.home.keyring) == "recipient":
        from interview.archive.central import open_central  # noqa: PLC0415

        with open_central(context.home, context.passphrase()) as central:
            show_headings(context.catalogue, "id", "version", "starts", "ends", "title", "responses")
            for signed in central.archive().surveys():
                survey, count = signed.survey, central.archive().count(signed.hash)
                show_row(survey.id, survey.version, survey.starts, survey.ends, survey.title, count)
        return 0
    from interview.station.surveys import surveys  # noqa: PLC0415
    from interview.station.unlocking import unlock  # noqa: PLC0415

    with unlock(context.home, context.passphrase()) as station:
        show_headings(context.catalogue, "id", "version", "starts", "ends", "title", "waiting", "state")
        for line in surveys(station):
            state = context.catalogue(f"survey.state-{line.state}")
            show_row(line.id, line.version, line.starts, line.ends, line.title, line.waiting, state)
    return 0


def _flags(arguments: argparse.Namespace) -> Mapping[str, Any]:
    """What the command line says of the survey; it goes before what a file says."""
    said = {name: getattr(arguments, name) for name in _FLAGS if getattr(arguments, name) is not None}
    if arguments.unit:
        said["units"] = tuple(_unit(text) for text in arguments.unit)
    return said


def newest_shipped() -> Path:
    """The newest version of the discharge questionnaire that ships with the program."""
    forms = (shipped_questionnaires() / "utskrivning").glob("*.yaml")
    return max(forms, key=lambda form: tuple(int(part) for part in form.stem.split(".")))


def _unit(text: str) -> dict[str, str]:
    unit_id, _, rest = text.partition("=")
    name, _, telephone = rest.partition("=")
    if not unit_id or not name:
        raise InterviewError("cli.unit-form", "--unit", given=text)
    return {"id": unit_id.strip(), "name": name.strip(), "telephone": telephone.strip()}
