"""A batch: the sealed responses that leave a station together. Format 1, all numbers big-endian:

    magic       8 bytes    `INTBATCH`
    length      4 bytes    of the header
    header      JSON       canonical (sorted keys, no blanks, UTF-8); fields below
    records     count ×    4 bytes length, then that many bytes: one sealed response
    signature   64 bytes   Ed25519 by the station over `interview/1/batch`, a zero byte, the SHA-256 of all before it

Header: `format` 1; `station` its Ed25519 public key, base64; `seq` from 1; `prev` the hash of the station's batch
before it, empty for the first; `survey` the signed envelope; `questionnaires` those it names; `tallies` outcomes by
month sealed for the recipients, base64, or empty; `count`; `final`; `rehearsal`; and, where the station had another key
before, `card`: its signed card as in `exchange.cards`, which says so (`seq` and `prev` go on across keys). Records
ascend by their SHA-256, so their order says nothing. The batch's hash is the SHA-256 that is signed. No byte can change
without its being refused.

What else a reader needs is written where it is made: the envelope of the survey and its signature in `exchange.envelope`,
a sealed response in `crypto.sealing` (`info` is `interview/1/response` and the 32 bytes of the survey's hash, the SHA-256
of its canonical content; the survey lists the recipients in the order of a record's ciphertexts), the padding inside it
in `crypto.padding`, the response itself in `session.layout`. A questionnaire belongs where the survey names the SHA-256
of its canonical JSON. `tests/exchange/test_stranger.py` reads batches by this text alone.
"""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Annotated, Final, Literal, Protocol

from pydantic import Field, JsonValue, ValidationError

from interview.canonical import Limits, canonical_json, strict_json
from interview.crypto.signing import SigningKey, sign, verify
from interview.errors import InterviewError
from interview.exchange.cards import StationCard, read_station_card
from interview.exchange.encoding import from_base64, to_base64
from interview.exchange.envelope import FORMAT, Kind, check_format
from interview.exchange.surveys import SURVEY_LIMIT, SignedSurvey, open_survey
from interview.files import open_file, unreadable
from interview.questionnaire.models import Frozen
from interview.survey import Base64, Hash

MAGIC: Final = b"INTBATCH"
HEADER_LIMIT: Final = SURVEY_LIMIT + 1024 * 1024
"""Bytes of a header, at most."""
RECORD_LIMIT: Final = 1024 * 1024
"""Bytes of one sealed response, at most."""
_SIGNATURE: Final = 64
_BUFFER: Final = 1024 * 1024


class Writable(Protocol):
    """What a batch is written to."""

    def write(self, data: bytes, /) -> object:
        """Take `data`."""


class _Fields(Frozen):
    """The header as it stands in the file."""

    format: Literal[1]
    station: Base64
    seq: Annotated[int, Field(ge=1, le=2**31)]
    prev: Hash | Literal[""]
    survey: JsonValue
    questionnaires: tuple[JsonValue, ...] = Field(max_length=16)
    tallies: Base64
    count: Annotated[int, Field(ge=0, le=2**31)]
    final: bool
    rehearsal: bool
    card: dict[str, JsonValue] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BatchHeader:
    """What a batch says of itself; see the format above. `survey`, `questionnaires` and `card` are canonical bytes."""

    station: bytes
    seq: int
    prev: str
    survey: bytes = field(repr=False)
    questionnaires: tuple[bytes, ...] = field(repr=False)
    tallies: bytes = field(repr=False)
    count: int
    final: bool
    rehearsal: bool
    card: bytes = field(default=b"", repr=False)

    def to_bytes(self) -> bytes:
        """The header as it stands in a batch: the same value, the same bytes."""
        return canonical_json(
            {
                "format": FORMAT,
                "station": to_base64(self.station),
                "seq": self.seq,
                "prev": self.prev,
                "survey": strict_json(self.survey),
                "questionnaires": [strict_json(canonical) for canonical in self.questionnaires],
                "tallies": to_base64(self.tallies),
                "count": self.count,
                "final": self.final,
                "rehearsal": self.rehearsal,
                **({"card": strict_json(self.card)} if self.card else {}),
            }
        )

    @classmethod
    def from_bytes(cls, header: bytes) -> "BatchHeader":
        """The header in canonical bytes; `exchange.newer-format`, `exchange.not-a-batch`, `crypto.bad-json`."""
        value = strict_json(header, Limits(size=HEADER_LIMIT))
        if not isinstance(value, dict) or canonical_json(value) != header:
            raise InterviewError("exchange.not-a-batch")
        check_format(value.get("format"), Kind.BATCH)
        try:
            fields = _Fields.model_validate_json(header, strict=True)
        except ValidationError:
            raise InterviewError("exchange.not-a-batch") from None
        return cls(
            station=from_base64(fields.station, 32),
            seq=fields.seq,
            prev=fields.prev,
            survey=canonical_json(fields.survey),
            questionnaires=tuple(canonical_json(form) for form in fields.questionnaires),
            tallies=from_base64(fields.tallies),
            count=fields.count,
            final=fields.final,
            rehearsal=fields.rehearsal,
            card=canonical_json(fields.card) if fields.card else b"",
        )


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch every byte of which was verified; `hashes` are the records' SHA-256, in order.

    `card` is the station's, where it had another key before.
    """

    path: Path
    header: BatchHeader
    survey: SignedSurvey
    hash: str
    hashes: tuple[bytes, ...] = field(repr=False)
    start: int = field(repr=False)
    card: StationCard | None = None

    def records(self) -> Iterator[tuple[bytes, bytes]]:
        """Hash and sealed bytes of each response; `exchange.changed` where the file is no longer the one verified."""
        with _opened(self.path) as stream:
            stream.seek(self.start)
            for expected in self.hashes:
                sealed = stream.read(_length(stream))
                if hashlib.sha256(sealed).digest() != expected:
                    raise InterviewError("exchange.changed", self.path.name)
                yield expected, sealed


def write_batch(stream: Writable, header: BatchHeader, records: Iterable[tuple[bytes, bytes]], key: SigningKey) -> str:
    """Write a batch and give back its hash; `records` are (SHA-256, sealed bytes), ascending.

    `exchange.damaged-response` for a record that is not what its hash says; `exchange.wrong-order`,
    `exchange.wrong-count`.
    """
    head = header.to_bytes()
    whole = hashlib.sha256(MAGIC + len(head).to_bytes(4, "big") + head)
    stream.write(MAGIC + len(head).to_bytes(4, "big") + head)
    last, count = b"", 0
    for record_hash, sealed in records:
        if record_hash <= last:
            raise InterviewError("exchange.wrong-order")
        if hashlib.sha256(sealed).digest() != record_hash or not 0 < len(sealed) <= RECORD_LIMIT:
            raise InterviewError("exchange.damaged-response")
        last, count = record_hash, count + 1
        framed = len(sealed).to_bytes(4, "big") + sealed
        whole.update(framed)
        stream.write(framed)
    if count != header.count:
        raise InterviewError("exchange.wrong-count")
    stream.write(sign(key, Kind.BATCH.domain, whole.digest()))
    return whole.hexdigest()


def read_batch(path: Path) -> Batch:
    """A batch, verified whole before any response can be taken from it (T9).

    `exchange.not-a-batch`, `exchange.newer-format`, `exchange.truncated`, `exchange.trailing-bytes`,
    `exchange.wrong-order`, `exchange.batch-contradicts`, `crypto.bad-signature`, those of `open_file`,
    `open_survey` and `read_station_card`. The survey's signer and the station's key are checked as signatures; whether
    they are known is the archive's to decide.
    """
    with _opened(path) as stream:
        if stream.read(len(MAGIC)) != MAGIC:
            raise InterviewError("exchange.not-a-batch", path.name)
        head = _take(stream, _length(stream, HEADER_LIMIT))
        header = BatchHeader.from_bytes(head)
        start = stream.tell()
        whole = hashlib.sha256(MAGIC + len(head).to_bytes(4, "big") + head)
        hashes = tuple(_hashed(stream, header.count, whole.update))
        signature = _take(stream, _SIGNATURE)
        if stream.read(1):
            raise InterviewError("exchange.trailing-bytes", path.name)
    verify(header.station, Kind.BATCH.domain, whole.digest(), signature)
    survey = open_survey(header.survey, header.questionnaires, None)
    card = read_station_card(header.card) if header.card else None
    if (
        header.rehearsal != survey.survey.rehearsal
        or (header.seq == 1) != (header.prev == "")
        or (card is not None and (card.public, card.rehearsal) != (header.station, header.rehearsal))
    ):
        raise InterviewError("exchange.batch-contradicts", path.name)
    return Batch(path, header, survey, whole.hexdigest(), hashes, start, card)


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    """A batch's file; `files.unreadable` too where the disk gives it no further."""
    with open_file(path, _BUFFER) as stream:
        try:
            yield stream
        except OSError as error:
            raise unreadable(path, error) from None


def _hashed(stream: IO[bytes], count: int, update: "_Update") -> Iterator[bytes]:
    last = b""
    for _ in range(count):
        sealed = _take(stream, _length(stream, RECORD_LIMIT))
        update(len(sealed).to_bytes(4, "big"))
        update(sealed)
        record_hash = hashlib.sha256(sealed).digest()
        if record_hash <= last:
            raise InterviewError("exchange.wrong-order")
        last = record_hash
        yield record_hash


class _Update(Protocol):
    def __call__(self, data: bytes, /) -> None: ...


def _length(stream: IO[bytes], limit: int = RECORD_LIMIT) -> int:
    length = int.from_bytes(_take(stream, 4), "big")
    if not 0 < length <= limit:
        raise InterviewError("exchange.not-a-batch")
    return length


def _take(stream: IO[bytes], size: int) -> bytes:
    taken = stream.read(size)
    if len(taken) != size:
        raise InterviewError("exchange.truncated")
    return taken
