"""Collecting: batches from many stations into the archive, each whole or not at all.

A batch is verified, its sender and survey are known, every response of it opens and fits its questionnaire: then it is
taken in, in one transaction. Gaps and forks in a station's chain of batches are told and keep nothing out (P6).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from interview.archive.central import Central
from interview.archive.store import Archive
from interview.archive.succession import follow, register, sender
from interview.crypto.padding import unpad
from interview.crypto.sealing import SealingKey, open_sealed
from interview.crypto.signing import SigningKey
from interview.errors import InterviewError, Problem
from interview.exchange.batch import Batch, read_batch
from interview.exchange.cards import StationCard, read_station_card
from interview.exchange.encoding import to_base64
from interview.exchange.names import receipt_name
from interview.exchange.receipt import make_receipt
from interview.exchange.rehearsal import rehearsal_sealing_key, rehearsal_signing_key
from interview.exchange.tallies import Tally, open_tallies
from interview.files import write_atomically
from interview.progress import STEP, Progress, silent
from interview.questionnaire.canonical import take_in
from interview.session.form import Form
from interview.session.response import Response


@dataclass(frozen=True, slots=True)
class Collected:
    """What became of one file: whose batch, how many responses are new and were here already, or why it was refused.

    `notes` are no refusals: a new key of the station's, a gap or a fork in its chain, responses outside the survey's
    period, a receipt that could not be written. `receipt` is where the receipt lies.
    """

    path: Path
    station: str = ""
    seq: int = 0
    new: int = 0
    already: int = 0
    refused: InterviewError | None = None
    notes: tuple[InterviewError, ...] = ()
    receipt: Path | None = None


@dataclass(frozen=True, slots=True)
class _Opener:
    """What opens the responses of one batch and holds them against its survey."""

    batch: Batch
    form: Form
    key: SealingKey = field(repr=False)
    position: int

    def opened(self, sealed: bytes) -> tuple[bytes, str]:
        """A response's bytes and month, once it fits its questionnaire and survey; `archive.bad-response` and why."""
        survey = self.batch.survey.survey
        try:
            padded = open_sealed(sealed, self.key, self.position, bytes.fromhex(self.batch.survey.hash))
            content = unpad(padded)
            response = Response.from_bytes(content)
            response.validate_against(self.form)
        except InterviewError as error:
            raise InterviewError.of((Problem("archive.bad-response", self.batch.path.name), *error.problems)) from None
        if survey.unit(response.unit) is None or response.organisation not in survey.organisations:
            raise InterviewError("archive.bad-response", self.batch.path.name)
        return content, response.period

    def tallies(self) -> tuple[Tally, ...]:
        """The tallies that travelled with the batch."""
        sealed = self.batch.header.tallies
        return open_tallies(sealed, self.key, self.position, self.batch.survey.hash) if sealed else ()


def add_station(central: Central, card: bytes, *, rehearsal: bool = False) -> StationCard:
    """Know a station by its public card, so that its batches are taken.

    A rehearsal's card is known to the archive of rehearsals alone, and only taken where that is meant. Errors as
    `read_station_card`; `archive.left-key` for a card the station has left, `archive.rehearsal-card`,
    `archive.no-rehearsal-card`.
    """
    station = read_station_card(card)
    if station.rehearsal != rehearsal:
        code = "archive.no-rehearsal-card" if rehearsal else "archive.rehearsal-card"
        raise InterviewError(code, "", name=station.name)
    register(central.archive(rehearsal=station.rehearsal), station, card)
    return station


@dataclass(frozen=True, slots=True)
class Received:
    """How many batches have come from a station, and which numbers before the latest are missing: `2, 5–7`, or nothing."""

    station: StationCard
    batches: int
    missing: str


def received(central: Central) -> tuple[Received, ...]:
    """The stations known with what has come from each, real ones first."""
    archives = (central.archive(), central.archive(rehearsal=True))
    return tuple(_received(archive, station) for archive in archives for station in archive.stations())


def _received(archive: Archive, station: StationCard) -> Received:
    batches = archive.batches(station.public)
    here = sorted({0, *(batch.seq for batch in batches)})
    gaps = (_numbers(before + 1, after - 1) for before, after in pairwise(here) if after - before > 1)
    return Received(station, len(batches), ", ".join(gaps))


def _numbers(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"


def collect(
    central: Central,
    paths: Sequence[Path],
    *,
    rehearsal: bool = False,
    receipts: Path | None = None,
    progress: Progress = silent,
) -> tuple[Collected, ...]:
    """Take batches in, one result for each path in their order; one refused batch keeps no other out.

    A receipt is written for each batch taken in or here already, into `receipts` or beside it. Collecting the same
    again changes nothing. Raised is only what concerns the archive itself (`database`), never what one file says.
    """
    archive = central.archive(rehearsal=rehearsal)
    results: dict[int, Collected] = {}
    verified: list[tuple[int, Batch]] = []
    for place, path in enumerate(paths):
        try:
            verified.append((place, read_batch(path)))
        except InterviewError as error:
            results[place] = Collected(path, refused=error)
    # In the order of each station's chain, whichever keys it had, so that batches given together make no gap of each other.
    verified.sort(key=lambda found: (found[1].header.seq, found[1].header.station, found[1].hash))
    total = sum(batch.header.count for _, batch in verified)
    collector = _Collector(central, archive, rehearsal, receipts, progress, total)
    try:
        for place, batch in verified:
            results[place] = collector.collect(batch)
    finally:
        archive.tidy()
    return tuple(results[place] for place in range(len(paths)))


@dataclass(slots=True)
class _Collector:
    """One run of collecting: where to, and how far it has come."""

    central: Central
    archive: Archive
    rehearsal: bool
    receipts: Path | None
    progress: Progress
    total: int
    done: int = 0

    def collect(self, batch: Batch) -> Collected:
        """Take one verified batch in, or say why not."""
        after = self.done + batch.header.count
        header, name = batch.header, ""
        notes: list[InterviewError] = []
        try:
            station, opener = _admit(self.central, self.archive, batch, self.rehearsal)
            name = station.name
            new = self._take_in(opener, notes)
        except InterviewError as error:
            if error.code.startswith("database."):
                raise
            return Collected(batch.path, name, header.seq, refused=error)
        finally:
            self._tell(after)
        receipt = self._receipt(batch, notes)
        return Collected(batch.path, name, header.seq, new, header.count - new, notes=tuple(notes), receipt=receipt)

    def _take_in(self, opener: _Opener, notes: list[InterviewError]) -> int:
        """Take the whole batch in unless it is here, or raise and take nothing; how many responses are new."""
        archive, batch, new, outside = self.archive, opener.batch, 0, 0
        survey, survey_hash = batch.survey.survey, bytes.fromhex(batch.survey.hash)
        with archive.database.transaction():
            # Asked with the others kept out: another collecting may have it since.
            if archive.has_batch(batch.hash):
                return 0
            self._follow(batch, notes)
            archive.add_survey(batch.survey)
            for record_hash, sealed in batch.records():
                self._tell(self.done + 1)
                if archive.has_response(record_hash):
                    continue
                content, period = opener.opened(sealed)
                archive.add_response(record_hash, survey_hash, content)
                new += 1
                outside += not survey.starts <= period <= survey.ends
            notes.extend(_told_of_chain(archive, batch))
            archive.keep_tallies(batch, opener.tallies())
            archive.add_batch(batch)
            archive.mark_untidy()
        if outside:
            notes.append(InterviewError("archive.outside-period", batch.path.name, count=outside))
        return new

    def _follow(self, batch: Batch, notes: list[InterviewError]) -> None:
        """Take the station's new key from the card a batch carries."""
        card = batch.card
        if card is None or self.archive.station(card.public) is not None:
            return
        follow(self.archive, card, batch.header.card)
        if self.archive.successor(card.public) is None:
            notes.append(InterviewError("archive.new-key", batch.path.name, station=card.name, key=card.fingerprint))

    def _receipt(self, batch: Batch, notes: list[InterviewError]) -> Path | None:
        """Write the receipt; where that fails the batch is none the less here, and a note says so."""
        key = rehearsal_signing_key() if self.rehearsal else self.central.signing_key
        try:
            return _write_receipt(batch, self.receipts or batch.path.parent, key)
        except InterviewError as error:
            notes.append(error)
            return None

    def _tell(self, done: int) -> None:
        self.done = done
        if done % STEP == 0 or done == self.total:
            self.progress(done, self.total)


def _admit(central: Central, archive: Archive, batch: Batch, rehearsal: bool) -> tuple[StationCard, _Opener]:
    """Whether the batch is for this archive: its kind, its station, its survey's signer, its recipients."""
    name, signed = batch.path.name, batch.survey
    if batch.header.rehearsal != rehearsal:
        raise InterviewError("archive.no-rehearsal" if rehearsal else "archive.rehearsal", name)
    station = sender(archive, batch)
    trusted = rehearsal or signed.signer == central.signing_key.public or archive.knows_signer(signed.signer)
    if not trusted:
        raise InterviewError("archive.unknown-signer", name, survey=signed.survey.id)
    key = rehearsal_sealing_key() if rehearsal else central.sealing_key
    own = to_base64(key.public)
    position = next((n for n, one in enumerate(signed.survey.recipients) if one.sealing == own), None)
    if position is None:
        raise InterviewError("archive.not-a-recipient", signed.survey.id)
    form = Form(take_in(signed.questionnaire), signed.survey.questionnaire.hash, signed.survey.background)
    return station, _Opener(batch, form, key, position)


def _told_of_chain(archive: Archive, batch: Batch) -> list[InterviewError]:
    """Gaps and forks that the batch shows among those already here (T9)."""
    here = archive.batches(archive.present(batch.header.station))
    seq, name = batch.header.seq, batch.path.name
    notes = []
    before = [other for other in here if other.seq == seq - 1]
    if seq > 1 and not before:
        last = max((other.seq for other in here if other.seq < seq), default=0)
        notes.append(InterviewError("archive.gap", name, missing=_numbers(last + 1, seq - 1)))
    forked = (
        any(other.seq == seq for other in here)
        or (bool(before) and all(other.hash != batch.header.prev for other in before))
        or any(other.prev != batch.hash for other in here if other.seq == seq + 1)
    )
    if forked:
        notes.append(InterviewError("archive.fork", name, seq=seq))
    return notes


def _write_receipt(batch: Batch, folder: Path, key: SigningKey) -> Path:
    path = folder / receipt_name(batch.survey.survey.id, batch.header.station, batch.header.seq, key.public)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise InterviewError("files.write-failed", folder.name, reason=error.strerror or "") from None
    write_atomically(path, make_receipt(batch, key))
    return path
