"""Every reader of what comes from outside, with good examples to spoil, and the judge of what a reader may do (C8, T11)."""

import hashlib
import io
import json
import shutil
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from interview.archive.survey_file import read_plan
from interview.canonical import canonical_json, strict_json
from interview.cli.main import read_settings
from interview.crypto.sealing import SealingKey
from interview.crypto.signing import SigningKey
from interview.crypto.slots import TEST
from interview.errors import InterviewError
from interview.exchange.batch import BatchHeader, read_batch, write_batch
from interview.exchange.cards import make_recipient_card, make_station_card, read_recipient_card, read_station_card
from interview.exchange.encoding import to_base64
from interview.exchange.envelope import Kind, seal_envelope
from interview.exchange.receipt import read_receipt
from interview.exchange.rotation import make_rotation, read_rotation
from interview.exchange.succession import make_succession, read_succession
from interview.exchange.surveys import read_survey, sign_survey
from interview.messages import LANGUAGES, Catalogue
from interview.paths import Home
from interview.questionnaire.canonical import canonical_bytes, take_in
from interview.questionnaire.fhir.reading import from_fhir
from interview.questionnaire.fhir.writing import to_fhir
from interview.questionnaire.reading import read_questionnaire
from interview.questionnaire.sheets.reading import from_workbook
from interview.questionnaire.sheets.writing import to_workbook
from interview.session.response import Response
from interview.station.backup import MAGIC, back_up, restore
from interview.station.setup import set_up
from interview.store.keyring import Keyring, open_keyring
from interview.survey import Named, Organisation, Recipient, Survey, Unit
from interview.tui.actions import Actions
from tests.questionnaire.small_form import SMALL

SLOWEST = 0.1
"""Seconds a small input may take on the machine the bounds were set on."""
LARGEST = 50 << 20
"""Bytes of memory it may take."""
PASSPHRASE = "fyra ord utan samband"
CATALOGUES = tuple(Catalogue(language) for language in LANGUAGES)


@dataclass(frozen=True)
class Reader:
    """One reader: good examples, words that mean something to it, and how to read."""

    examples: tuple[bytes, ...]
    words: tuple[bytes, ...]
    read: Callable[[bytes], object]

    def judged(self, content: bytes) -> None:
        """A value, or an error whose every problem has words; nothing else."""
        try:
            self.read(content)
        except InterviewError as error:
            for problem in error.problems:
                for catalogue in CATALOGUES:
                    message, remedy = catalogue.error(problem)
                    assert message
                    assert remedy

    def timed(self, content: bytes) -> float:
        """Seconds of processor time it takes, judged as well."""
        began = time.process_time()
        self.judged(content)
        return time.process_time() - began


JSON_WORDS = (
    *(
        b"{",
        b"}",
        b"[",
        b"]",
        b",",
        b":",
        b'"',
        b"\\",
        b"\\ud800",
        b"\\u0000",
        b"null",
        b"true",
        b"-0",
        b"1e9",
        b"NaN",
        b"0.5",
    ),
    *(
        b"9" * 40,
        b"9007199254740993",
        b'"a":1,"a":2',
        b"[" * 200,
        b'{"a":' * 200,
        b"\xff",
        b"\x00",
        b"\xef\xbb\xbf",
        b'""',
    ),
)
"""What JSON is spoilt with."""
FHIR_WORDS = (
    *JSON_WORDS,
    *(
        b'"item":[',
        b'"extension":[{"url":"x"}],',
        b'"_text":{},',
        b'"linkId":"1.1",',
        b'"type":"choice",',
        b'"repeats":true,',
    ),
    *(
        b'"valueString":"',
        b'"enableWhen":[{',
        b'"answerQuantity":{},',
        b'"answerOption":[{"valueString":"x"}],',
        b"1e400",
    ),
    *(b'"readOnly":true,', b'"modifierExtension":[],'),
)
YAML_WORDS = (
    *(
        b"- ",
        b"\n  ",
        b"? ",
        b"&a ",
        b"*a",
        b"!!int ",
        b"!x ",
        b"<<: ",
        b"{}",
        b"[]",
        b"---\n",
        b"%YAML 1.2\n",
        b"\t",
        b"\x00",
    ),
    *(
        b"[" * 200,
        b"{a: " * 200,
        b"\xe2\x80\xae",
        b"\xff\xfe",
        b"no",
        b"1:30",
        b"9" * 40,
        b"id: F1\n",
        b"type: group\n",
        b"when:\n",
    ),
)
TOML_WORDS = (
    *(
        b"[",
        b"]",
        b"[[a]]\n",
        b"a.b.c = 1\n",
        b"a = [",
        b"[" * 3000,
        b"x = " + b"[" * 1500,
        b"y = " + b"9" * 5000 + b"\n",
        b"z = {" + b"a." * 900,
        b"z = {" + b"a=[" * 900,
        b"a = {b = " * 500,
        b'"""',
        b"'''",
        b"1979-05-27",
        b"0x",
        b"inf",
    ),
    *(
        b"nan",
        b"1e999",
        b"9" * 5000,
        b"\\uD800",
        b"language = 5\n",
        b"lock-after = true\n",
        b"[keys]\n",
        b'"home.new" = "q"\n',
        b"\xff",
    ),
    *(b"a." * 3000 + b"a = 1\n", b"theme = []\n", b"keys = 3\n", b'"x" = ["ctrl"]\n', b"\x00", b"\r"),
)


def signing_key(phrase: str) -> SigningKey:
    return SigningKey.from_bytes(hashlib.sha256(phrase.encode()).digest())


SIGNER, STATION = signing_key("signer"), signing_key("station")
FORM = canonical_json({"name": "prov", "text": "Fråga"})
SEALING = SealingKey.from_bytes(hashlib.shake_256(b"sealing").digest(96))
SURVEY = Survey(
    id="host-2026", version=1, title="Hösten 2026", starts="2026-09", ends="2026-12",
    questionnaire=Named(name="prov", version="1", hash=hashlib.sha256(FORM).hexdigest()),
    units=(Unit(id="vc-norr", name="Norr"),),
    recipients=(Recipient(name="Central", sealing=to_base64(SEALING.public), signing=to_base64(SIGNER.public)),),
)  # fmt: skip
RECEIPT = {"station": to_base64(STATION.public), "survey": "a" * 64, "batch": "b" * 64, "seq": 1, "count": 12}
RESPONSE = {
    "format": 1, "period": "2026-11", "questionnaire": "c" * 64, "unit": "vc-norr", "organisation": "primary-care",
    "respondent": "patient",
    "answers": [{"id": "A1", "value": "yes", "by": "patient"}, {"id": "F2", "missing": "left-open"}],
}  # fmt: skip


def batch() -> bytes:
    """A batch of two records."""
    envelope = canonical_json(strict_json(sign_survey(SURVEY, [FORM], SIGNER))["survey"])
    header = BatchHeader(STATION.public, 1, "", envelope, (FORM,), b"", 2, False, False)
    records = sorted((hashlib.sha256(record).digest(), record) for record in (b"ett", b"tva" * 30))
    stream = io.BytesIO()
    write_batch(stream, header, records, STATION)
    return stream.getvalue()


def readers(folder: Path) -> Mapping[str, Reader]:
    """Every reader by name; those of files read them in `folder`."""
    file, home = folder / "fuzzed", Home(folder / "home")
    home.root.mkdir()
    Keyring.create(folder / "keyring", "station", {"workspace": bytes(32)}, PASSPHRASE, name="Anna", profile=TEST)
    form = read_questionnaire(SMALL.encode(), "form.yaml")

    def at(path: Path, read: Callable[[], object]) -> Callable[[bytes], object]:
        def reading(content: bytes) -> object:
            path.write_bytes(content)
            return read()

        return reading

    def envelopes(*examples: bytes) -> tuple[bytes, ...]:
        return tuple(canonical_json(json.loads(example)) for example in examples)

    plan = PLAN.encode()
    station_card = make_station_card("S", "vc-norr", Organisation.PRIMARY_CARE, STATION, rehearsal=False)
    succession = make_succession(SIGNER, STATION.public, ("a" * 64,))
    later_card = make_station_card(
        "S", "vc-norr", Organisation.PRIMARY_CARE, STATION, rehearsal=False, succeeds=(succession,)
    )
    recipient_card = make_recipient_card("Central", SEALING.public, SIGNER)
    return {
        "questionnaire": Reader((SMALL.encode(),), YAML_WORDS, lambda content: read_questionnaire(content, "form.yaml")),
        "stored questionnaire": Reader((canonical_bytes(form),), JSON_WORDS, take_in),
        "workbook": Reader(
            (to_workbook(form, CATALOGUES[0]),), (b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"\xff" * 4, b"\x00" * 4),
            lambda content: from_workbook(content, "form.xlsx"),
        ),
        "fhir": Reader((to_fhir(form),), FHIR_WORDS, lambda content: from_fhir(content, "form.json")),
        "batch": Reader(
            (batch(),), (*JSON_WORDS, b"INTBATCH", b"\x00\x00\x00\x01", b"\xff\xff\xff\xff"), at(file, lambda: read_batch(file))
        ),
        "survey": Reader((sign_survey(SURVEY, [FORM], SIGNER),), JSON_WORDS, lambda content: read_survey(content, None)),
        "survey plan": Reader((plan,), TOML_WORDS, lambda content: read_plan(content.decode("utf-8", "replace"), file)),
        "keyring": Reader(
            ((folder / "keyring").read_bytes(),), JSON_WORDS, at(file, lambda: open_keyring(file, PASSPHRASE))
        ),
        "station card": Reader(envelopes(station_card, later_card), JSON_WORDS, read_station_card),
        "succession": Reader(envelopes(succession), JSON_WORDS, read_succession),
        "recipient card": Reader(envelopes(recipient_card), JSON_WORDS, read_recipient_card),
        "receipt": Reader(
            envelopes(seal_envelope(Kind.RECEIPT, canonical_json(RECEIPT), SIGNER)), JSON_WORDS, read_receipt
        ),
        "rotation": Reader(envelopes(make_rotation(SIGNER, STATION.public)), JSON_WORDS, read_rotation),
        "response": Reader((canonical_json(RESPONSE),), JSON_WORDS, Response.from_bytes),
        "settings": Reader(
            (b'language = "sv"\ntheme = "dark"\nlock-after = 10\n[keys]\n"home.export" = "x"\n',), TOML_WORDS,
            at(home.settings, lambda: Actions(read_settings(home, None).keys)),
        ),
        "backup": Reader((backed_up(folder),), (*JSON_WORDS, MAGIC), at(file, lambda: restored(folder, file))),
    }  # fmt: skip


def backed_up(folder: Path) -> bytes:
    """The backup of a station nobody has worked at."""
    station, _ = set_up(Home(folder / "station"), PASSPHRASE, profile=TEST)
    with station:
        return back_up(station, folder / "station.backup").path.read_bytes()


def restored(folder: Path, file: Path) -> None:
    """A station made from a backup, and nothing left of it."""
    home = Home(folder / "restored")
    try:
        station, _ = restore(home, file, PASSPHRASE)
        station.close()
    finally:
        shutil.rmtree(home.root, ignore_errors=True)


PLAN = """
id = "host-2026"
title = "Hösten 2026"
starts = "2026-09"
ends = "2026-12"
minimum-batch = 10
[[unit]]
id = "vc-norr"
name = "Norr"
telephone = "035-00 00 00"
"""


def sign_any(kind: Kind, content: Any) -> bytes:
    """An envelope whose signature holds, whatever is in it."""
    return seal_envelope(kind, canonical_json(content), SIGNER)
