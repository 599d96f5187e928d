"""Signed envelopes, surveys, cards and receipts (P6, T10, T11)."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from interview.canonical import canonical_json
from interview.crypto.fingerprint import fingerprint
from interview.crypto.signing import SigningKey
from interview.errors import InterviewError
from interview.exchange.batch import read_batch
from interview.exchange.cards import make_recipient_card, make_station_card, read_recipient_card, read_station_card
from interview.exchange.envelope import ENVELOPE_LIMIT, Kind, open_envelope, seal_envelope
from interview.exchange.receipt import make_receipt, read_receipt
from interview.exchange.rehearsal import rehearsal_recipient, rehearsal_sealing_key, rehearsal_signing_key
from interview.exchange.surveys import open_survey, read_survey, sign_survey
from interview.exchange.tallies import Tally, open_tallies, seal_tallies
from interview.survey import Organisation


def refusal(function: Callable[..., object], *arguments: Any) -> str:
    with pytest.raises(InterviewError) as caught:
        function(*arguments)
    return caught.value.code


def test_an_envelope_gives_back_its_content_and_signer() -> None:
    key = SigningKey.generate()
    envelope = seal_envelope(Kind.RECEIPT, b'{"b":1,"a":"\xc3\xa5"}', key)
    opened = open_envelope(Kind.RECEIPT, envelope)
    assert opened.content == '{"a":"å","b":1}'.encode()
    assert opened.signer_public == key.public
    assert "å" in envelope.decode(), "people can look at it"


def test_blanks_and_line_ends_do_not_matter_and_everything_else_does() -> None:
    """T9, T10: a change in any value is refused; a mail program's line ends are not."""
    envelope = seal_envelope(Kind.STATION, b'{"a":"x"}', SigningKey.generate())
    assert open_envelope(Kind.STATION, envelope.replace(b"\n", b"\r\n")) == open_envelope(Kind.STATION, envelope)
    same = open_envelope(Kind.STATION, envelope)
    for place in range(len(envelope)):
        changed = bytearray(envelope)
        changed[place] ^= 1
        try:
            opened = open_envelope(Kind.STATION, bytes(changed))
        except InterviewError:
            continue
        assert opened == same and changed[place] in b" \r\n\t", place


@pytest.mark.parametrize("field", ["content", "signer", "signature", "kind", "format"])
def test_no_field_can_be_left_out_or_added(field: str) -> None:
    value = json.loads(seal_envelope(Kind.STATION, b"{}", SigningKey.generate()))
    left_out = {name: part for name, part in value.items() if name != field}
    assert refusal(open_envelope, Kind.STATION, json.dumps(left_out).encode()) == "exchange.not-an-envelope"
    assert refusal(open_envelope, Kind.STATION, json.dumps(value | {"more": 1}).encode()) == "exchange.not-an-envelope"


def test_a_signature_over_one_kind_never_holds_for_another() -> None:
    """P6: the kind is in what is signed, so renaming it in the file does not help."""
    envelope = seal_envelope(Kind.RECEIPT, b"{}", SigningKey.generate())
    assert refusal(open_envelope, Kind.STATION, envelope) == "exchange.wrong-kind"
    renamed = envelope.replace(b'"receipt"', b'"station"')
    assert refusal(open_envelope, Kind.STATION, renamed) == "crypto.bad-signature"


def test_a_newer_format_is_said_to_be_newer() -> None:
    value = json.loads(seal_envelope(Kind.STATION, b"{}", SigningKey.generate()))
    assert refusal(open_envelope, Kind.STATION, json.dumps(value | {"format": 2}).encode()) == "exchange.newer-format"
    assert (
        refusal(open_envelope, Kind.STATION, json.dumps(value | {"format": True}).encode())
        == "exchange.not-an-envelope"
    )


@pytest.mark.parametrize(
    "hostile",
    [
        *(b"", b"[]", b"null", b"\xff\xfe", b"[" * 100_000, b'{"format":1,"format":1}', b'{"format":NaN}'),
        *(b'{"format":1e999}', b'{"format":1' + b"0" * 5000 + b"}", b" " * (ENVELOPE_LIMIT + 1)),
    ],
    ids=["empty", "list", "null", "not-utf8", "nested", "duplicate", "nan", "float", "huge-number", "huge"],
)  # fmt: skip
@pytest.mark.parametrize("reader", [lambda raw: open_envelope(Kind.SURVEY, raw), lambda raw: read_survey(raw, None),
                                    read_station_card, read_recipient_card, read_receipt])  # fmt: skip
def test_hostile_files_are_refused_as_such(reader: Callable[[bytes], object], hostile: bytes) -> None:
    """T11: never anything but an InterviewError."""
    refusal(reader, hostile)


def test_a_survey_is_read_for_its_pinned_signer_only(round_: Any) -> None:
    """T10: unsigned, changed or by somebody else is refused; never a silent fallback."""
    for signer in (round_.signer.public, fingerprint(round_.signer.public).lower().replace("-", " ")):
        signed = read_survey(round_.file, signer)
        assert signed.survey == round_.survey and signed.hash == round_.hash
        assert signed.fingerprint == fingerprint(round_.signer.public)
    other = SigningKey.generate().public
    assert refusal(read_survey, round_.file, other) == "exchange.wrong-signer"
    assert refusal(read_survey, round_.file, fingerprint(other)) == "exchange.wrong-signer"
    assert refusal(read_survey, round_.file, "") == "exchange.wrong-signer"
    assert refusal(read_survey, round_.file, b"") == "exchange.wrong-signer"


def test_a_survey_is_the_same_from_its_file_and_from_its_envelope(round_: Any) -> None:
    signed = read_survey(round_.file, None)
    assert open_survey(signed.envelope, signed.questionnaires, round_.signer.public) == signed


def test_no_byte_of_a_survey_file_changes_what_is_read(round_: Any) -> None:
    """T10, over a stride of the file: refused, or (a blank for a blank) read as the very same survey."""
    same = read_survey(round_.file, None)
    for place in range(0, len(round_.file), 7):
        changed = bytearray(round_.file)
        changed[place] ^= 1
        try:
            assert read_survey(bytes(changed), round_.signer.public) == same
        except InterviewError:
            continue


def test_another_questionnaire_beside_a_survey_is_refused(round_: Any) -> None:
    swapped = round_.file.replace(b"ett", b"tva")
    assert refusal(read_survey, swapped, round_.signer.public) == "exchange.questionnaire-missing"
    value = json.loads(round_.file)
    more = json.dumps(value | {"questionnaires": [*value["questionnaires"], {"name": "prov"}]}).encode()
    assert refusal(read_survey, more, round_.signer.public) == "exchange.questionnaire-missing"
    without = json.dumps(value | {"questionnaires": []}).encode()
    assert refusal(read_survey, without, round_.signer.public) == "exchange.questionnaire-missing"
    assert refusal(sign_survey, round_.survey, [], round_.signer) == "exchange.questionnaire-missing"


@pytest.mark.parametrize(
    "changed",
    [{"ends": "2026-08"}, {"units": "twice"}, {"recipients": "twice"}, {"rehearsal": True}],
    ids=["period", "units", "recipients", "rehearsal"],
)
def test_a_survey_that_contradicts_itself_is_refused(round_: Any, changed: dict[str, Any]) -> None:
    changes = {name: getattr(round_.survey, name) * 2 if value == "twice" else value for name, value in changed.items()}
    survey = round_.survey.model_copy(update=changes)
    forms = read_survey(round_.file, None).questionnaires
    assert refusal(sign_survey, survey, forms, round_.signer) == "exchange.survey-invalid"


def test_only_the_shipped_key_signs_a_rehearsal_and_it_signs_nothing_else(round_: Any) -> None:
    """A rehearsal can never pass for real, nor a real survey be signed by a key that everybody has."""
    forms = read_survey(round_.file, None).questionnaires
    key = rehearsal_signing_key()
    assert refusal(sign_survey, round_.survey, forms, key) == "exchange.survey-invalid"
    rehearsal = round_.survey.model_copy(update={"rehearsal": True, "recipients": (rehearsal_recipient("Övning"),)})
    assert read_survey(sign_survey(rehearsal, forms, key), key.public).survey.rehearsal


def test_the_shipped_keys_never_change() -> None:
    """A rehearsal begun with one version of the program is collected with another."""
    assert fingerprint(rehearsal_signing_key().public) == "D2FV-GS3A-CY0C-SFQS-3THH-BH5H"
    assert fingerprint(rehearsal_sealing_key().public) == "HWV2-GN5T-JCYP-H5KG-739T-JN24"


def test_cards_show_the_key_they_are_signed_with(round_: Any) -> None:
    station_card = make_station_card("Norr 1", "vc-norr", Organisation.PRIMARY_CARE, round_.station, rehearsal=False)
    read = read_station_card(station_card)
    assert (read.public, read.name, read.unit) == (round_.station.public, "Norr 1", "vc-norr")
    assert read.fingerprint == fingerprint(round_.station.public)
    card = make_recipient_card("Central", round_.sealing.public, round_.signer)
    assert read_recipient_card(card) == round_.survey.recipients[0]
    # Signed by somebody else: the key inside is not the signer's.
    for kind, reader, shown in (
        (Kind.RECIPIENT, read_recipient_card, card),
        (Kind.STATION, read_station_card, station_card),
    ):
        stolen = seal_envelope(kind, canonical_json(json.loads(shown)["content"]), SigningKey.generate())
        assert refusal(reader, stolen) == "exchange.card-invalid"
    assert refusal(lambda: make_recipient_card(" ", round_.sealing.public, round_.signer)) == "exchange.card-invalid"
    assert refusal(read_station_card, card) == "exchange.wrong-kind"


def test_a_receipt_names_station_survey_and_batch(round_: Any, write: Callable[..., Path]) -> None:
    """P6."""
    batch = read_batch(write([b"one", b"two"]))
    receipt = read_receipt(make_receipt(batch, round_.signer))
    assert (receipt.station, receipt.survey, receipt.batch) == (round_.station.public, round_.hash, batch.hash)
    assert (receipt.seq, receipt.count, receipt.recipient) == (1, 2, round_.signer.public)


def test_tallies_open_for_the_recipient_alone(round_: Any) -> None:
    """T3: what ended how, by month, sealed when it travels."""
    tallies = (Tally("2026-11", "vc-norr", "1.1", False, 12), Tally("2026-11", "vc-norr", "2.112", True, 1))
    sealed = seal_tallies(reversed(tallies), round_.survey, round_.hash)
    assert open_tallies(sealed, round_.sealing, 0, round_.hash) == tallies
    assert b"2026" not in sealed
    assert len(sealed) == len(seal_tallies((), round_.survey, round_.hash))
    other = rehearsal_sealing_key()
    assert refusal(open_tallies, sealed, other, 0, round_.hash) == "crypto.damaged-record"
