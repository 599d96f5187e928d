"""T1, T5, T6: with every file and every passphrase of the station no answer can be read, measured or found again.

Each promise is shown twice: that it holds, and that the same look sees the leak when its defence is taken away.
"""

import base64
import hashlib
import os
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from interview.calls.outcomes import Outcome
from interview.crypto.sealing import SealingKey, open_sealed
from interview.database.compact import checkpoint
from interview.errors import InterviewError
from interview.station import casework, finishing
from interview.station.answering import keep
from interview.station.exporting import export
from interview.station.finishing import finish
from interview.station.station import Station
from interview.store.workspace import Workspace
from tests.station.stations import Original
from tests.station.watching import (
    CASE,
    COMMENT,
    copy_of,
    finish_one_by_one,
    opened,
    stored,
    walked,
)

# T1: nothing here opens an answer.


def keys_in(station: Station, key: SealingKey) -> list[bytes]:
    """The parts of a private key that lie anywhere at the station, in any form."""
    copy = copy_of(station)
    everything = b"".join((copy.raw, copy.identified, copy.anonymous, *station.keyring.secrets.values()))
    raw = key.to_bytes()
    parts = [raw[start : start + 16] for start in range(0, len(raw), 16)]
    forms = [form for part in parts for form in (part, part.hex().encode())]
    forms += [base64.b64encode(raw[start:])[:32] for start in range(3)]
    return [form for form in forms if form in everything]


def test_t1_no_answer_is_recoverable_with_everything_at_the_station(station: Station, original: Original) -> None:
    key = original.sealing_key
    assert key is not None
    comment = "Ingen ringde mig på nio dagar, kajan sjöng"
    finish(station, walked(station, Random(1), comment=comment))
    station.settle()
    copy = copy_of(station)
    for whole in (copy.raw, copy.identified, copy.anonymous):
        assert comment.encode() not in whole
        assert b"kajan sj" not in whole
    [(_, sealed)] = stored(station).items()
    survey = bytes.fromhex(station.survey_hash)
    # Every secret of the keyring, alone and together, as a private key.
    secrets = b"".join(station.keyring.secrets.values())
    for start in range(len(secrets)):
        stretched = (secrets[start:] + secrets[:start])[:96]
        with pytest.raises(InterviewError) as caught:
            open_sealed(sealed, SealingKey.from_bytes(stretched.ljust(96, b"\0")), 0, survey)
        assert caught.value.code == "crypto.damaged-record"
    assert comment.encode() in open_sealed(sealed, key, 0, survey)


def test_t1_no_byte_of_a_private_key_is_at_the_station(station: Station, original: Original) -> None:
    key = original.sealing_key
    assert key is not None
    finish(station, walked(station, Random(1)))
    station.settle()
    assert not keys_in(station, key)
    # Taken away: that the key stays at the central group.
    station.responses.set_setting("key", key.to_bytes())
    assert keys_in(station, key)


# T5: length.


def test_t5_every_comment_makes_the_same_length(rehearsal: Station) -> None:
    comments = ("", "å" * 500, "👵🏽" * 250, "a", '"\\' * 250, "\x01" * 500)
    lengths = set()
    for number, comment in enumerate(comments):
        before = set(stored(rehearsal))
        finish(rehearsal, walked(rehearsal, Random(number), comment=comment))
        after = stored(rehearsal)
        [new] = set(after) - before
        lengths.add(len(after[new]))
        told = opened(after[new], rehearsal.survey_hash)["answers"]
        assert isinstance(told, list)
        assert [answer.get("value") for answer in told if answer["id"] == COMMENT.id] == [comment]
    assert len(lengths) == 1


def test_t5_without_padding_the_length_tells(rehearsal: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    """Taken away: the padding."""
    monkeypatch.setattr(finishing, "pad", lambda content, size: content)
    for comment in ("", "å" * 500):
        finish(rehearsal, walked(rehearsal, Random(1), comment=comment))
    assert len({len(sealed) for sealed in stored(rehearsal).values()}) == 2


# T6: what remains.


def canaries(comment: str) -> list[bytes]:
    texts = (CASE.name, CASE.telephone, CASE.note, comment)
    return [form for text in texts for form in (text.encode(), text.encode("utf-16-le"))]


def test_t6_a_name_is_in_no_file_ever_and_in_no_page_once_it_is_erased(
    station: Station, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    for variable in ("TMPDIR", "SQLITE_TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(variable, str(scratch))
    comment = "Kajan sjöng för Kanarie Fågelholm"
    wanted = canaries(comment)
    moments = [copy_of(station)]
    case = casework.add_case(station, CASE)
    casework.record_attempt(station, case, Outcome.NO_ANSWER, "Kanarie Fågelholm svarar inte")
    moments.append(copy_of(station))
    interview = walked(station, Random(1), case, comment)
    keep(station, interview)
    moments.append(copy_of(station))
    # It is there to be found: the drafts can be read by whoever has the key.
    for canary in wanted[::2]:
        assert canary in moments[-1].identified
    finish(station, interview)
    moments.append(copy_of(station))
    finish_one_by_one(station, 10, Random(2))
    export(station)
    moments.append(copy_of(station))
    station.settle()
    moments.append(copy_of(station))
    for moment in moments:
        assert not any(canary in moment.raw for canary in wanted)
    assert not any(canary in path.read_bytes() for path in scratch.rglob("*") if path.is_file() for canary in wanted)
    rested = moments[-1]
    assert not any(canary in rested.identified or canary in rested.anonymous for canary in wanted)
    assert case.id.encode() not in rested.identified


def test_t6_whatever_is_erased_is_in_no_page(rehearsal: Station) -> None:
    rng, there, gone = Random(6), {}, []
    store: Workspace = rehearsal.workspace
    for number in range(120):
        if rng.random() < 0.6 or not there:
            name = "Kanarie " + hashlib.sha256(b"%d" % number).hexdigest()[:12]
            long = "å" * rng.choice((0, 30, 1500, 3000))
            case = replace(CASE, id=os.urandom(16).hex(), name=name, note=long)
            store.add_case(case, rehearsal.survey_hash)
            there[case.id] = name
        else:
            chosen = rng.choice(sorted(there))
            casework.record_attempt(rehearsal, store.case(chosen), Outcome.REFUSED)
            store.erase_closed_cases()
            gone.append(there.pop(chosen))
    checkpoint(store.database)
    identified = copy_of(rehearsal).identified
    assert len(gone) > 20 and len(there) > 5
    assert not any(name.encode() in identified for name in gone)
    assert all(name.encode() in identified for name in there.values())
