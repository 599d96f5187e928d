"""Every field the program shows that comes from outside, a hostile text for each, and a station that holds them all (T13).

A text ends in the mark of its field, so that what was shown tells which fields were reached. They are put past the
checks that would refuse them at the door: the border to the terminal holds by itself.
"""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any, Final

from interview.calls.cases import Attempt, Case
from interview.calls.outcomes import Outcome
from interview.crypto.signing import SigningKey
from interview.crypto.slots import TEST
from interview.exchange.rehearsal import rehearsal_signing_key
from interview.exchange.surveys import read_survey, sign_survey
from interview.paths import Home
from interview.questionnaire.canonical import canonical_bytes, questionnaire_hash
from interview.questionnaire.models import Questionnaire
from interview.questionnaire.reading import read_questionnaire
from interview.session.answers import Missing, Respondent
from interview.session.interview import Interview
from interview.station import answering
from interview.station.setup import set_up
from interview.station.simulating import simulate
from interview.station.station import Station
from interview.survey import Named, Survey, UnitContact
from tests.tui.caller import PASSPHRASE, interview_at

FIELDS: Final = {
    "questionnaire": (
        *("name", "title", "greeting", "errand", "doubt", "voicemail", "consented", "card-title", "card-heading"),
        *("card-text", "section", "text", "instruction", "probe", "proxy", "minimum_label", "maximum_label", "unit"),
        *("another", "option", "option-open", "option-symbol", "option-spoken", "option-proxy", "changed"),
    ),
    "survey": ("title", "other-title", "unit", "telephone", "contact", "contact-telephone"),
    "call list": (
        *("name", "telephone", "note", "proxy-name", "proxy-relation", "proxy-telephone", "attempt"),
    ),
    "respondent": ("words", "line", "open"),
    "keyring": ("slot",),
    "environment": ("home", "account"),
    "typed": ("case", "time", "folder", "form", "words", "palette", "survey-file", "fingerprint", "name"),
    "file": ("key",),
}  # fmt: skip
"""Where it comes from, and the fields. What is typed is pasted, since nobody types an escape sequence."""
MARKS: Final = {
    f"{source}/{field}": f"q{number:02}q"
    for number, (source, field) in enumerate((source, field) for source, fields in FIELDS.items() for field in fields)
}
NOT_SHOWN: Final = {"dimensions"}
"""Texts of a questionnaire that only tables use."""

SEQUENCES: Final = {
    "title": "\x1b]0;KAPAD\x07",
    "link": "\x1b]8;;http://kapad.example/\x1b\\",
    "clipboard": "\x1b]52;c;S0FQQUQ=\x07",
    "device control": "\x1bP$qKAPAD\x1b\\",
    "erase": "\x1b[2J\x1b[77;7H",
    "C1": "\x9b31m\x9d0;KAPAD\x9c\x85",
    "bidi": "\u202eKLAR\u2066\u200f",
    "zero width": "\u200b\u2060\ufeff",
    "bell": "\x07\x08",
}
MARKUP: Final = "[/][@click=app.leave][red]"
OBEYED: Final = (
    *(b"KAPAD", b"\x1b]8;", b"\x1b]52;", b"\x1b[77;7H", b"\x1bP$q", b"\x9b31m", b"\x9d0;"),
    *(sign.encode() for sign in "\x9b\x9d\x9c\x85\u202e\u2066\u200f\u200b\u2060\ufeff"),
)
"""What none of it may come out as."""


def hostile(field: str, *, room: int = 1000) -> str:
    """The hostile text of a field, of at most `room` characters."""
    whole = "".join(SEQUENCES.values()) + MARKUP + MARKS[field]
    some = "".join(SEQUENCES[name] for name in ("clipboard", "erase", "C1", "bidi")) + "[/]" + MARKS[field]
    least = SEQUENCES["C1"] + SEQUENCES["bidi"] + "[/]" + MARKS[field]
    tiny = "\x9b\u202e[/]" + MARKS[field]
    return next(text for text in (whole, some, least, tiny) if len(text) <= room)


FORM: Final = """\
name: prov
version: "1.0"
title: {sv: Prov, en: Trial}
languages: [sv, en]
minutes: {least: 5, most: 10, ask-after: 8}
sources: [made up]
contact:
  greeting: {sv: Jag söker, en: I look for}
  errand: {sv: Personligt, en: Personal}
  doubt: {sv: Slå upp numret, en: Look the number up}
  voicemail: {sv: Ring mig, en: Ring me}
  consented: {sv: Vill du än?, en: Do you still?}
cards:
  care-needed:
    title: {sv: Vård, en: Care}
    entries:
      - heading: {sv: Fara, en: Danger}
        text: {sv: Ring 112, en: Ring 112}
items:
  - id: start
    type: group
    text: {sv: Början, en: Beginning}
    items:
      - id: A1
        type: choice
        role: consent
        text: {sv: Med?, en: Join?}
        proxy: same
        instruction: {sv: Fråga, en: Ask}
        read-options: no
        options:
          yes: {sv: Ja, en: Yes}
          later: {sv: Senare, en: Later, ends: not-now}
          no: {sv: Nej, en: No, ends: declined}
      - id: A2
        type: choice
        role: respondent
        read-aloud: no
        text: {sv: Vem?, en: Who?}
        proxy: same
        read-options: no
        options:
          patient: {sv: Patienten, en: Patient}
          patient-with-help: {sv: Hjälp, en: Helped}
          proxy: {sv: Närstående, en: Next of kin}
      - id: A3
        type: choice
        role: relation
        text: {sv: Relation?, en: Relation?}
        proxy: only
        read-options: no
        options:
          child: {sv: Barn, en: Child}
          other: {sv: Annan, en: Other}
      - id: B1
        type: choice
        text: {sv: Hur?, en: How?}
        probe: {sv: Hur mycket?, en: How much?}
        proxy: {sv: Hur då?, en: How then?}
        read-options: yes
        options:
          well: {sv: Bra, en: Well, symbol: "☺", spoken: {sv: Bra då, en: Well then}, proxy: {sv: Bra så, en: Well so}}
          else: {sv: Annat, en: Else, open: {sv: Vad?, en: What?}}
      - id: B2
        type: scale
        text: {sv: Betyg?, en: Grade?}
        proxy: same
        minimum: 0
        maximum: 10
        minimum-label: {sv: dåligt, en: bad}
        maximum-label: {sv: bra, en: good}
      - id: B3
        type: integer
        text: {sv: Nätter?, en: Nights?}
        proxy: same
        minimum: 0
        maximum: 365
        unit: {sv: nätter, en: nights}
      - id: B4
        type: line
        text: {sv: Läkemedel?, en: Medicine?}
        proxy: same
        max-length: 200
        max-repeats: 3
        another: {sv: Ett till?, en: Another?}
      - id: B5
        type: text
        text: {sv: Annat?, en: Else?}
        proxy: same
        max-length: 400
"""
_KINDS: Final = {
    "contact": "", "cards/title": "card-title", "cards/entries/heading": "card-heading",
    "cards/entries/text": "card-text", "items/options/text": "option",
}  # fmt: skip


def hostile_form() -> Questionnaire:
    """The form above with a hostile text before every wording."""
    plain = read_questionnaire(FORM.encode(), "form.yaml").model_dump()
    spoilt = {key: _spoilt(value, (key,)) for key, value in plain.items()}
    return Questionnaire.model_validate({**spoilt, "name": hostile("questionnaire/name")})


def _spoilt(value: Any, path: tuple[str, ...]) -> Any:
    if isinstance(value, dict):
        if set(value) == {"sv", "en"} and path[0] not in NOT_SHOWN:
            return {language: hostile(f"questionnaire/{_kind(path)}") + text for language, text in value.items()}
        group = value.get("type") == "group"
        return {
            key: _spoilt(inner, (*path, "section" if group and key == "text" else key)) for key, inner in value.items()
        }
    if path[-1] == "symbol" and value is not None:
        return hostile("questionnaire/option-symbol", room=40)
    return [_spoilt(inner, path) for inner in value] if isinstance(value, list | tuple) else value


def _kind(path: tuple[str, ...]) -> str:
    flat = "/".join(key for number, key in enumerate(path) if number == 0 or key != "items")
    found = _KINDS.get(flat)
    prefix = "option-" if "options" in path else ""
    return found or prefix + path[-1]


def hostile_survey(survey: Survey, form: Questionnaire, signer: SigningKey, **changes: object) -> bytes:
    """The file of a survey whose every text is hostile."""
    canonical = canonical_bytes(form)
    named = Named(name=form.name, version=form.version, hash=questionnaire_hash(canonical))
    contact = UnitContact(
        name=hostile("survey/contact", room=110), telephone=hostile("survey/contact-telephone", room=40)
    )
    facts = {
        "name": hostile("survey/unit", room=110), "telephone": hostile("survey/telephone", room=40), "contacts": (contact,)
    }  # fmt: skip
    units = tuple(unit.model_copy(update=facts) for unit in survey.units)
    title = hostile("survey/title", room=110)
    changed = {"version": 2, "title": title, "questionnaire": named, "units": units, "minimum_batch": 1, **changes}
    return sign_survey(survey.model_copy(update=changed), (canonical,), signer)


def put_in(station: Station, form: Questionnaire, **changes: object) -> str:
    """Put a hostile survey with a form at a station; its hash."""
    signed = read_survey(hostile_survey(station.survey, form, rehearsal_signing_key(), **changes), None)
    named = signed.survey.questionnaire.hash
    station.responses.add_questionnaire(named, canonical_bytes(form), 32 * 1024)
    station.responses.add_survey(signed.hash, signed.envelope, named)
    return signed.hash


def hostile_case(station: Station) -> Case:
    """A case whose every text is hostile, in the call list."""
    texts = {name: hostile(f"call list/{name.replace('_', '-')}") for name in Case.__dataclass_fields__ if
             f"call list/{name.replace('_', '-')}" in MARKS}  # fmt: skip
    case = Case(
        id="c" * 32, unit=station.unit.id, discharged=date(2026, 10, 9), proxy_consent=True, consent_noted=True, **texts
    )  # type: ignore[arg-type]
    station.workspace.add_case(case, station.survey_hash)
    station.workspace.add_attempt(case.id, Attempt(station.clock(), Outcome.BUSY, hostile("call list/attempt")))
    return case


def hostile_drafts(station: Station) -> None:
    """An interview on its review, its texts hostile, and one with a next of kin at a question worded to them."""
    given = {"B1": "else", "B5": "Svar"}
    texts = {"B4": hostile("respondent/line"), "B5": hostile("respondent/words")}
    _keep(station, interview_at(station, given=given), texts)
    proxy = answering.begin(station, None, "sv").answered_by(Respondent.PROXY)
    while proxy.item is not None and proxy.item.id != "B1":
        proxy = proxy.answer(proxy.item.options[0].code) if proxy.item.options else proxy.without(Missing.UNKNOWN)
    _keep(station, proxy, {})


def _keep(station: Station, interview: Interview, texts: dict[str, str]) -> None:
    answering.keep(station, interview)
    answers = dict(interview.draft.answers)
    for address, answer in answers.items():
        if address.id in texts and isinstance(answer.value, str):
            answers[address] = replace(answer, value=texts[address.id])
        elif address.id not in texts and answer.value == "Alvedon":
            answers[address] = replace(answer, value=hostile("respondent/open"))
    changed = [address for address, answer in answers.items() if answer != interview.draft.answers.get(address)]
    kept = station.workspace.draft(interview.draft.id)
    station.workspace.save_draft(replace(interview.draft, answers=answers), changed, kept.revision)


def hostile_station(folder: Path) -> Home:
    """A station with nothing but hostile texts, in a folder of a hostile name."""
    home = Home(folder / hostile("environment/home").replace("/", ""))
    station, _ = set_up(home, PASSPHRASE, profile=TEST)
    form = hostile_form()
    changed = form.model_dump()
    changed["version"], changed["items"][0]["items"][0]["text"]["sv"] = "2.0", hostile("questionnaire/changed")
    put_in(station, Questionnaire.model_validate(changed), id="other", title=hostile("survey/other-title", room=110))
    station.responses.put_in_force(put_in(station, form))
    station.look_again()
    simulate(station, 3, Random(1))
    hostile_case(station)
    hostile_drafts(station)
    keyring = station.keyring
    keyring.with_slot(keyring.new_slot(hostile("keyring/slot"), "en annan fras helt", TEST))
    station.close()
    return home


def unreached(raw: bytes, fields: Iterable[str]) -> list[str]:
    """The fields whose texts are not in what came out, markup before the mark as it was written."""
    return [field for field in fields if b"]" + MARKS[field].encode() not in raw]


def bad_file(folder: Path) -> Path:
    """A form's file with a hostile key, written as YAML lets it be."""
    path = folder / "bad.yaml"
    path.write_text(f"name: prov\n{json.dumps(hostile('file/key', room=10))}: 1\n", encoding="utf-8")
    return path


__all__ = ["FIELDS", "MARKS", "OBEYED", "bad_file", "hostile", "hostile_station", "unreached"]
