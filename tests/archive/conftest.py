"""A central home with a survey and a known station, a nasty form, batches of responses given as plain values."""

import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from interview.archive.central import Central, new_recipient, new_survey
from interview.archive.collecting import add_station
from interview.canonical import canonical_json
from interview.crypto.padding import pad
from interview.crypto.sealing import Sealer
from interview.crypto.signing import SigningKey
from interview.crypto.slots import TEST
from interview.exchange.batch import BatchHeader, write_batch
from interview.exchange.cards import make_station_card
from interview.exchange.encoding import from_base64
from interview.exchange.rehearsal import rehearsal_recipient, rehearsal_signing_key
from interview.exchange.surveys import SignedSurvey, read_survey, sign_survey
from interview.exchange.tallies import Tally, seal_tallies
from interview.paths import Home
from interview.questionnaire.canonical import canonical_bytes, questionnaire_hash
from interview.questionnaire.models import Contact, Item, ItemType, Minutes, Option, Questionnaire
from interview.survey import Named, Organisation, Survey, Unit

PASSPHRASE = "correct horse battery staple"


def text(words: str) -> dict[str, str]:
    return {"sv": words, "en": f"({words})"}


def option(code: str, words: str, score: int | None = None, *, exclusive: bool = False) -> Option:
    return Option(code=code, text=text(words), score=score, exclusive=exclusive)


def nasty_form() -> Questionnaire:
    """Codes that collide with columns, words that begin formulas, separators, quotes, line breaks, another alphabet."""
    said = text("Hej ⟨NN⟩")
    items = (
        Item(id="A", type=ItemType.CHOICE, text=text('=SUM(1;2), "citat"'), not_applicable=True, dimension="d",
             options=(option("yes", "Ja, helt", 100), option("no", "-1\nNej", 0))),
        Item(id="B", type=ItemType.CHOICES, text=text("@flera"), proxy="not-asked",
             options=(option("by", "by"), option("missing", "missing"), option("none", "Inga", exclusive=True))),
        Item(id="C", type=ItemType.SCALE, text=text("0–10"), proxy=text("av ⟨NN⟩"), minimum=0, maximum=10, core=True,
             minimum_label=text("dåligt"), maximum_label=text("bra"), score_factor=10, code="overall"),
        Item(id="D", type=ItemType.TEXT, text=text("Vad; kan\tbli bättre?"), max_length=200),
        Item(id="E", type=ItemType.TEXT, text=text("Något mer?"), max_length=200, proxy="only"),
    )  # fmt: skip
    return Questionnaire(
        name="nasty",
        version="1",
        title=text("Elak"),
        languages=("sv", "en"),
        minutes=Minutes(least=5, most=10, ask_after=8),
        contact=Contact(greeting=said, doubt=said, voicemail=said, consented=said),
        cards=(),
        dimensions={"d": text("D")},
        items=items,
    )


def answer(item: str, value: Any = None, missing: str | None = None, by: str | None = "patient") -> dict[str, Any]:
    laid: dict[str, Any] = {"id": item}
    if value is not None:
        laid["value"] = value
    if missing is not None:
        laid["missing"] = missing
    if by is not None:
        laid["by"] = by
    return laid


@dataclass
class World:
    """The central home and everything needed to send it batches."""

    central: Central
    signed: SignedSurvey
    file: bytes
    folder: Path
    station: SigningKey = field(default_factory=SigningKey.generate)
    seq: int = 0
    prev: str = ""

    def content(self, answers: Sequence[dict[str, Any]] | None = None, **changed: Any) -> bytes:
        """A response's bytes: by a patient who said little, unless told otherwise."""
        response = {
            "format": 1,
            "period": "2026-11",
            "questionnaire": self.signed.survey.questionnaire.hash,
            "unit": "vc-norr",
            "organisation": "primary-care",
            "respondent": "patient",
            "answers": answers
            or [
                answer("A", "yes"),
                answer("B", missing="left-open", by=None),
                answer("C", 7),
                answer("D", missing="asked-declined"),
                answer("E", missing="only-asked-of-proxy", by=None),
            ],
        } | changed
        return canonical_json(response)

    def sealed(self, content: bytes, survey_hash: str | None = None) -> bytes:
        publics = [from_base64(recipient.sealing) for recipient in self.signed.survey.recipients]
        return Sealer(publics, bytes.fromhex(survey_hash or self.signed.hash)).seal(pad(content, 4096))

    def batch(
        self, sealed: Sequence[bytes], name: str | None = None, tallies: Sequence[Tally] = (), **changed: Any
    ) -> Path:
        """The station's next batch of sealed records, as a file; anything of its header may be changed."""
        seq = changed.get("seq", self.seq + 1)
        fields = {
            "station": self.station.public,
            "seq": seq,
            "prev": self.prev,
            "survey": self.signed.envelope,
            "questionnaires": self.signed.questionnaires,
            "tallies": seal_tallies(tallies, self.signed.survey, self.signed.hash),
            "count": len(sealed),
            "final": False,
            "rehearsal": self.signed.survey.rehearsal,
        } | changed
        stream = io.BytesIO()
        records = sorted((hashlib.sha256(record).digest(), record) for record in sealed)
        self.prev = write_batch(stream, BatchHeader(**fields), records, self.station)
        self.seq = seq
        path = self.folder / (name or f"{seq}.batch")
        path.write_bytes(stream.getvalue())
        return path

    def some(self, count: int) -> list[bytes]:
        """So many sealed responses."""
        return [self.sealed(self.content()) for _ in range(count)]

    def stored(self, *, rehearsal: bool = False) -> list[tuple[bytes, bytes, bytes]]:
        """The archive's responses as they lie there."""
        return self.central.archive(rehearsal=rehearsal).database.query("SELECT * FROM response")


def home_of(folder: Path) -> Home:
    return Home(folder / "central")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    central, _ = new_recipient(home_of(tmp_path), "Regionens analysgrupp", PASSPHRASE, TEST)
    path = tmp_path / "host.survey"
    form = canonical_bytes(nasty_form())
    new_survey(
        central,
        to=path,
        id="host-2026",
        title="Hösten 2026",
        starts="2026-09",
        ends="2026-12",
        questionnaire=form,
        units=[{"id": "vc-norr", "name": "=Norr", "telephone": "035-000000"}, {"id": "vc-syd", "name": "Syd"}],
    )
    (tmp_path / "sent").mkdir()
    made = World(central, read_survey(path.read_bytes(), central.fingerprint), path.read_bytes(), tmp_path / "sent")
    add_station(
        central, make_station_card("Norr 1", "vc-norr", Organisation.PRIMARY_CARE, made.station, rehearsal=False)
    )
    with central:
        yield made


@pytest.fixture
def rehearsal(world: World) -> World:
    """A rehearsal's station beside the real one, known to the same central home."""
    form = canonical_bytes(nasty_form())
    survey = Survey(
        id="rehearsal", version=1, title="Övning", starts="2020-01", ends="2099-12", rehearsal=True,
        questionnaire=Named(name="nasty", version="1", hash=questionnaire_hash(form)),
        units=(Unit(id="vc-norr", name="Påhittad"),), recipients=(rehearsal_recipient("Övning"),),
    )  # fmt: skip
    file = sign_survey(survey, [form], rehearsal_signing_key())
    made = World(world.central, read_survey(file, None), file, world.folder)
    card = make_station_card("Övning", "vc-norr", Organisation.PRIMARY_CARE, made.station, rehearsal=True)
    add_station(made.central, card, rehearsal=True)
    return made
