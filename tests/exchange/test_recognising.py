"""B6: what is no survey is refused by name, as what it seems to be, with what is needed instead."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from interview.crypto.sealing import SealingKey
from interview.errors import InterviewError
from interview.exchange.cards import make_recipient_card, make_station_card
from interview.exchange.recognising import survey_file
from interview.exchange.rotation import make_rotation
from interview.exchange.surveys import read_survey
from interview.messages import LANGUAGES, Catalogue
from interview.paths import shipped_questionnaires
from interview.survey import Organisation
from tests.exchange.conftest import FORM, Round, key
from tests.questionnaire.small_form import SMALL

TEMPLATE = Catalogue("sv")("survey.template")


def others(round_: Round) -> dict[str, tuple[bytes, str]]:
    """Files that are not surveys, and what is said of each."""
    sealing = SealingKey.from_bytes(bytes(range(96))).public
    return {
        "empty": (b"\xef\xbb\xbf\r\n", "is-empty"),
        "station card": (
            make_station_card("S", "a", Organisation.PRIMARY_CARE, key("station"), rehearsal=False), "is-station-card",
        ),
        "recipient card": (make_recipient_card("Central", sealing, key("signer")), "is-recipient-card"),
        "rotation": (make_rotation(key("signer"), key("new").public), "is-rotation"),
        "survey alone": (round_.envelope, "is-survey-alone"),
        "template": (TEMPLATE.encode(), "is-template"),
        "broken template": (TEMPLATE.replace("version = 1", "version = ett").encode(), "is-template"),
        "yaml": (SMALL.encode(), "is-questionnaire"),
        "shipped yaml": ((shipped_questionnaires() / "ovning" / "2026.1.yaml").read_bytes(), "is-questionnaire"),
        "canonical form": (b'{"name":"x","items":[]}', "is-questionnaire"),
        "batch": (b"INTBATCH\x00\x00", "is-batch"),
        "workbook": (b"PK\x03\x04\x00", "is-workbook"),
        "half a survey": (round_.file[:-40], "is-damaged-survey"),
        "duplicate key": (round_.file.replace(b'"survey"', b'"survey": 1, "survey"', 1), "is-damaged-survey"),
        "latin-1": ("Mätning på ön".encode("latin-1"), "is-no-survey"),
        "utf-16": (TEMPLATE.encode("utf-16"), "is-no-survey"),
        "picture": (b"\x89PNG\r\n\x1a\n\x00", "is-no-survey"),
        "a list": (b"[1, 2]", "is-no-survey"),
        "other json": (json.dumps({"kind": ["survey"], "signature": 1}).encode(), "is-no-survey"),
    }  # fmt: skip


def test_what_is_no_survey_is_told_by_its_name_and_what_it_seems_to_be(tmp_path: Path, round_: Round) -> None:
    for name, (content, expected) in others(round_).items():
        path = tmp_path / "min fil.survey"
        path.write_bytes(content)
        with pytest.raises(InterviewError) as caught:
            survey_file(path)
        assert (caught.value.code, caught.value.place) == (f"exchange.{expected}", path.name), name
        for language in LANGUAGES:
            assert all(Catalogue(language).error(caught.value))


def test_a_survey_is_let_through_as_it_is(tmp_path: Path, round_: Round) -> None:
    path = tmp_path / "a.survey"
    path.write_bytes(round_.file)
    assert read_survey(survey_file(path), round_.signer.public).survey == round_.survey
    assert FORM


def test_t11_what_is_made_to_look_like_a_survey_is_refused_all_the_same(tmp_path: Path) -> None:
    """A foreign kind of value under every key it is known by."""
    path = tmp_path / "x.survey"
    look: Callable[[], bytes] = lambda: survey_file(path)  # noqa: E731
    for value in ({"survey": 1}, {"kind": "batch", "signature": None}, {"kind": {}, "signature": ""}, "x", 1, None):
        path.write_bytes(json.dumps(value).encode())
        with pytest.raises(InterviewError) as caught:
            look()
        assert caught.value.code == "exchange.is-no-survey"
