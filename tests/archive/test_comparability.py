"""P7: what stays comparable over time is said in the tables. B6: the language stands there where the survey asks it."""

import csv
from pathlib import Path
from typing import Any

from interview.archive.central import new_survey
from interview.archive.collecting import collect
from interview.archive.comparability import comparability, histories
from interview.archive.tables import write_tables
from interview.exchange.surveys import read_survey
from interview.paths import shipped_questionnaires
from interview.questionnaire.canonical import canonical_bytes
from interview.questionnaire.models import Questionnaire
from interview.questionnaire.reading import read_questionnaire
from tests.archive.conftest import World, nasty_form, text


def discharge(version: str) -> Questionnaire:
    path = shipped_questionnaires() / "utskrivning" / f"{version}.yaml"
    return read_questionnaire(path.read_bytes(), path.name)


def test_each_change_is_named_with_what_becomes_of_the_series() -> None:
    new, old = discharge("2026.1"), discharge("2025.1")
    versions = histories([new, nasty_form(), old])
    assert versions == {"utskrivning": [old, new]}
    header, *rows = comparability(versions["utskrivning"])
    told = {(row[3], row[4]): dict(zip(header, row, strict=True)) for row in rows}
    assert told["F1", "F1"]["series"] == "no"
    assert told["D6", ""]["change"] == "added"
    assert told["B1b", ""]["change"] == "added"
    assert told["E3", "E4"]["change"] == "renamed"
    assert told["B2", "B2"]["change"] == "translation"
    assert told["D3", "D3"]["change"] == "routing"
    assert ("E1", "E1") not in told
    assert all(row[header.index("why_sv")] and row[header.index("why_en")] for row in rows)


def test_the_tables_of_two_versions_come_with_what_is_comparable(world: World, tmp_path: Path) -> None:
    second = nasty_form().model_copy(update={"version": "2"})
    changed = second.items[2].model_copy(update={"text": text("Något helt annat nu")})
    second = second.model_copy(update={"items": (*second.items[:2], changed, *second.items[3:])})
    path = tmp_path / "next.survey"
    new_survey(
        world.central, to=path, id="var-2027", title="Våren", starts="2026-09", ends="2026-12",
        questionnaire=canonical_bytes(second), units=[{"id": "vc-norr", "name": "Norr"}], background=["language"],
    )  # fmt: skip
    later: Any = World(
        world.central, read_survey(path.read_bytes(), world.central.fingerprint), path.read_bytes(), world.folder,
        world.station,
    )  # fmt: skip
    files = [world.batch(world.some(2), name="1.batch")]
    later.seq, later.prev = world.seq, world.prev
    contents = [later.content(language=language) for language in ("sv", "en")]
    files.append(later.batch([later.sealed(content) for content in contents], name="2.batch"))
    assert [batch.refused for batch in collect(world.central, files)] == [None, None]
    written = {path.name: path for path in write_tables(world.central, tmp_path / "tables")}
    rows = list(csv.DictReader(written["nasty-comparability.csv"].read_text("utf-8-sig").splitlines()))
    assert {(row["item"], row["series"]) for row in rows} == {("C", "no")}
    with written["var-2027-v1-responses.csv"].open(encoding="utf-8-sig", newline="") as table:
        assert {row["language"] for row in csv.DictReader(table)} == {"sv", "en"}
    with written["host-2026-v1-responses.csv"].open(encoding="utf-8-sig", newline="") as table:
        assert "language" not in next(csv.reader(table))


def test_a_response_that_tells_what_the_survey_does_not_ask_is_refused(world: World) -> None:
    batch = world.batch([world.sealed(world.content(language="sv"))])
    (collected,) = collect(world.central, [batch])
    assert collected.refused is not None
    assert collected.refused.code == "archive.bad-response"
