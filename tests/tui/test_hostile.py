"""T13: hostile texts in every displayed field, on a real pseudo-terminal: none is obeyed, markup is literal."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from interview.calls.cases import Attempt, Case
from interview.calls.outcomes import Outcome
from interview.crypto.slots import TEST
from interview.exchange.rehearsal import rehearsal_signing_key
from interview.exchange.surveys import read_survey, sign_survey
from interview.paths import Home
from interview.questionnaire.canonical import canonical_bytes, questionnaire_hash
from interview.questionnaire.models import Questionnaire
from interview.session.answers import Address
from interview.station import answering
from interview.station.rehearsal import shipped_questionnaire
from interview.station.setup import set_up
from interview.station.station import Station
from interview.survey import Named
from tests.cli.installed import SCRIPT, variables
from tests.terminal import Terminal
from tests.tui.caller import PASSPHRASE, interview_at

SEQUENCES = {
    "title": "\x1b]0;KAPAD\x07",
    "link": "\x1b]8;;http://kapad.example/\x1b\\",
    "clipboard": "\x1b]52;c;S0FQQUQ=\x07",
    "device control": "\x1bP$qKAPAD\x1b\\",
    "erase": "\x1b[2J\x1b[77;7H",
    "C1": "\x9b31m\x9d0;KAPAD\x9c\x85",
    "bidi": "\u202eKLAR\u2066\u200f",
    "bell": "\x07\x08",
}
MARKUP = "[/] [@click=app.leave]klick[/] [red]"
HOSTILE = MARKUP + "".join(SEQUENCES.values())
OBEYED = (b"KAPAD", b"\x1b]8;", b"\x1b]52;", b"\x1b[77;7H", b"\x1bP$q", *(
    sign.encode() for sign in "\x9b\x9d\x9c\x85\u202e\u2066\u200f"
))  # fmt: skip


SHORT = "[/]" + SEQUENCES["title"] + SEQUENCES["C1"] + SEQUENCES["bidi"]


def spoilt(value: Any) -> Any:
    """A form's plain value with the hostile text before every wording."""
    if isinstance(value, dict):
        if set(value) == {"sv", "en"}:
            return {language: HOSTILE + text for language, text in value.items()}
        return {key: spoilt(inner) for key, inner in value.items()}
    return [spoilt(inner) for inner in value] if isinstance(value, list | tuple) else value


def hostile_survey(station: Station) -> None:
    """Put a survey in force whose every text is hostile, past the checks that would have refused it."""
    form = Questionnaire.model_validate(spoilt(shipped_questionnaire().model_dump()))
    canonical = canonical_bytes(form)
    named = Named(name=SHORT + form.name, version=form.version, hash=questionnaire_hash(canonical))
    units = tuple(
        unit.model_copy(update={"name": SHORT + unit.name, "telephone": SHORT[:20]}) for unit in station.survey.units
    )
    changed = {"version": 2, "title": SHORT + "Mätning", "questionnaire": named, "units": units}
    survey = station.survey.model_copy(update=changed)
    signed = read_survey(sign_survey(survey, (canonical,), rehearsal_signing_key()), None)
    station.responses.add_questionnaire(named.hash, canonical, 16 * 1024)
    station.responses.add_survey(signed.hash, signed.envelope, named.hash)
    station.survey_hash = signed.hash


def hostile_work(station: Station) -> None:
    """A case and a draft whose every text is hostile, past the use cases that clean them."""
    case = Case(
        id="c" * 32,
        unit=station.unit.id,
        name="Namn" + HOSTILE,
        telephone=HOSTILE + "070",
        note=HOSTILE + "Anteckning",
        discharged=date(2026, 10, 9),
        proxy_name=HOSTILE + "Anhörig",
        proxy_relation=HOSTILE + "barn",
        proxy_telephone=HOSTILE + "071",
        proxy_consent=True,
    )
    station.workspace.add_case(case, station.survey_hash)
    station.workspace.add_attempt(case.id, Attempt(station.clock(), Outcome.BUSY, HOSTILE + "ringd"))
    interview = interview_at(station, given={"F2": "Svar"})
    answering.keep(station, interview)
    draft = interview.draft
    answer = replace(draft.answers[Address("F2")], value=HOSTILE + "Svar")
    draft = replace(draft, answers={**draft.answers, Address("F2"): answer})
    kept = station.workspace.draft(draft.id)
    station.workspace.save_draft(draft, [Address("F2")], kept.revision)


@pytest.fixture
def hostile_home(tmp_path: Path) -> Home:
    """A station with nothing but hostile texts, in a folder of a hostile name."""
    home = Home(tmp_path / f"{SHORT.replace('/', '')}station")
    station, _ = set_up(home, PASSPHRASE, profile=TEST)
    hostile_survey(station)
    hostile_work(station)
    station.close()
    return home


async def test_no_displayed_text_is_obeyed_and_markup_is_literal(hostile_home: Home) -> None:
    """T13: home, call list, identity, card, question, text, review, questionnaires, export, help."""
    with Terminal([str(SCRIPT)], variables(hostile_home.root), columns=100, rows=40) as terminal:
        terminal.until("Lås upp stationen")
        terminal.press(PASSPHRASE, "enter")
        terminal.until("Nytt samtal", "[/]", "Mätning")
        seen = [terminal.quiet()]
        for keys, wanted in (
            (["c"], ["Namn", "Anteckning", "Anhörig", "barn", "ringd"]),
            (["enter"], ["Innan intervjun", "070", "Jag söker"]),
            (["f3"], ["Slå själv upp"]),
            (["escape", "escape", "escape", "f"], ["gäller", "utskrivning 2026.2"]),
            (["escape", "e"], ["Exportera", "station/batches"]),
            (["escape", "r"], ["Granska svaren", "Svar"]),
            (["f4"], ["Fara för livet"]),
            (["escape"], ["Hur går samtalet vidare?"]),
            (["1", "3", "enter"], ["Hur bedömer du", "Mycket bra", "✓ valt"]),
            (["k"], ["Nämn inga namn", "tecken kvar"]),
        ):
            for key in keys:
                terminal.press(key)
                terminal.quiet(0.4)
            terminal.until(*wanted)
            seen.append(terminal.text)
        assert sum("[@click=app.leave]klick[/] [red]" in text for text in seen) >= 6
        for obeyed in OBEYED:
            assert obeyed not in terminal.raw, obeyed
