"""Exporting: what is finished leaves as one sealed batch, or, under the survey's minimum, nothing does.

A response leaves in exactly one batch: which ones are in it is settled in the database before the file gets its name,
and from then on the same bytes can be written again until the receipts come. No two batches differ by a few.
"""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from interview.errors import InterviewError
from interview.exchange.batch import BatchHeader, write_batch
from interview.exchange.names import batch_name
from interview.exchange.surveys import SignedSurvey
from interview.exchange.tallies import Tally, seal_tallies
from interview.files import AtomicFile, private_folder, remove_leftovers
from interview.progress import Progress, silent, told
from interview.station import chain
from interview.station.card import EARLIER_KEYS, card, signing_keys
from interview.station.station import ERASING_DUE, Station
from interview.store.responses import StoredBatch

Record = tuple[bytes, bytes]
"""A response's hash and its sealed bytes."""


@dataclass(frozen=True, slots=True)
class Exported:
    """A batch that was written: where, how many responses, its number, whether it is the survey's last remainder."""

    path: Path
    count: int
    seq: int
    final: bool


def export(
    station: Station,
    *,
    to: Path | None = None,
    final: bool = False,
    again: bool | int = False,
    survey: str | None = None,
    progress: Progress = silent,
) -> Exported:
    """Write every response of the survey that waits as a batch, into the folder `to` or the station's own.

    `survey` is a hash, the survey in force where it is left out; `final` lets its last remainder leave under the
    minimum, once; `again` writes the latest batch once more, of `survey` where that is given, or the one with that
    number. Then finished cases are erased, their counts kept.
    Errors: `exchange.under-minimum`, `exchange.nothing-waiting`, `exchange.nothing-sealed`, `exchange.already-final`; with `again`
    `exchange.no-batch`, `exchange.batch-pruned`, `exchange.by-earlier-key`, `exchange.not-the-same-batch`; those of
    `files` and `database`. After an error there is no file, and nothing has left unless the file alone failed, when
    `again` writes it, or the erasing alone, when the file is there. Whatever keeps the cases from being erased, the next
    unlocking does it (`recover`).
    """
    station.settle()
    folder = private_folder(station.home.outbox) if to is None else _given_folder(to)
    if again is not False:
        exported = _write_again(station, folder, progress, _batch(station, again, survey))
    else:
        exported = _write_new(station, folder, station.signed_survey(survey or station.survey_hash), final, progress)
    _erase_finished(station)
    return exported


def recover(station: Station) -> None:
    """Erase the finished cases of an export that was interrupted once its batch was made."""
    if station.responses.setting(ERASING_DUE) is not None:
        _erase_finished(station)


def _erase_finished(station: Station) -> None:
    # The call list must not lie beside what the archive will show (T2); the counts stay.
    station.workspace.erase_closed_cases()
    station.responses.set_setting(ERASING_DUE, None)
    station.tidier.request()


def latest_batch(station: Station, survey: str | None = None) -> StoredBatch | None:
    """The batch made last, of all or of one survey by its hash, if there is one."""
    of = (batch for batch in station.responses.batches() if survey in (None, batch.survey))
    return max(of, key=lambda batch: batch.seq, default=None)


def _write_new(station: Station, folder: Path, signed: SignedSurvey, final: bool, progress: Progress) -> Exported:
    key = station.signing_key
    # The file is renamed after the commit: a batch that exists is always one the station knows. What is left of an
    # earlier try is removed with the others kept out, or it would be another window's that is about to get its name.
    with ExitStack() as named, station.responses.locked():
        latest = latest_batch(station)
        seq = latest.seq + 1 if latest else 1
        path = folder / batch_name(signed.survey.id, key.public, seq)
        remove_leftovers(path)
        file = named.enter_context(AtomicFile(path))
        waiting = _enough(station, signed, final, sent=latest is not None and not latest.pruned)
        header = BatchHeader(
            station=key.public,
            seq=seq,
            prev=latest.hash.hex() if latest else "",
            survey=signed.envelope,
            questionnaires=signed.questionnaires,
            tallies=_tallies(station, signed),
            count=waiting,
            final=final,
            rehearsal=signed.survey.rehearsal,
            card=_card(station),
        )
        members: list[bytes] = []
        records = _noted(told(station.responses.waiting(signed.hash), waiting, progress), members)
        batch_hash = write_batch(file, header, records, key)
        station.responses.add_batch(
            StoredBatch(
                seq=seq,
                hash=bytes.fromhex(batch_hash),
                prev=bytes.fromhex(header.prev),
                survey=signed.hash,
                count=waiting,
                final=final,
                header=header.to_bytes(),
            ),
            members,
        )
        station.responses.set_setting(ERASING_DUE, b"1")
    chain.remember(station, seq, bytes.fromhex(batch_hash))
    return Exported(path, waiting, seq, final)


def _batch(station: Station, wanted: bool | int, survey: str | None) -> StoredBatch:
    """The batch with a number, for True the latest, of the survey if one is named; `exchange.no-batch`, `exchange.no-such-batch`."""
    latest = latest_batch(station, survey if wanted is True else None)
    if latest is None:
        raise InterviewError("exchange.no-batch")
    if wanted is True:
        return latest
    found = next((batch for batch in station.responses.batches() if batch.seq == wanted), None)
    if found is None:
        raise InterviewError("exchange.no-such-batch", "", seq=wanted, latest=latest.seq)
    return found


def _write_again(station: Station, folder: Path, progress: Progress, batch: StoredBatch) -> Exported:
    if batch.pruned:
        raise InterviewError("exchange.batch-pruned", "", seq=batch.seq)
    header = BatchHeader.from_bytes(batch.header)
    key = next((key for key in signing_keys(station.keyring) if key.public == header.station), None)
    if key is None:
        raise InterviewError("exchange.by-earlier-key", "", seq=batch.seq)
    path = folder / batch_name(station.signed_survey(batch.survey).survey.id, key.public, batch.seq)
    remove_leftovers(path)
    with AtomicFile(path) as file:
        records = told(station.responses.records(batch.seq), batch.count, progress)
        if write_batch(file, header, records, key) != batch.hash.hex():
            raise InterviewError("exchange.not-the-same-batch", path.name, seq=batch.seq)
    return Exported(path, batch.count, batch.seq, batch.final)


def _card(station: Station) -> bytes:
    """The card, while it has to say that the station had another key before."""
    if EARLIER_KEYS not in station.keyring.secrets:
        return b""
    return card(station.keyring, station.responses, station.signed, station.identity)


def _enough(station: Station, signed: SignedSurvey, final: bool, *, sent: bool) -> int:
    """How many wait, if they may leave (T4); `sent` tells whether there is a batch that can be written again."""
    waiting, minimum = station.responses.waiting_count(signed.hash), signed.survey.minimum_batch
    if waiting == 0:
        raise InterviewError("exchange.nothing-waiting" if sent else "exchange.nothing-sealed")
    if waiting < minimum:
        if not final:
            raise InterviewError("exchange.under-minimum", "", waiting=waiting, minimum=minimum)
        # A second remainder would show the few that came after the first.
        if any(batch.final and batch.survey == signed.hash for batch in station.responses.batches()):
            raise InterviewError("exchange.already-final", "", waiting=waiting, minimum=minimum)
    return waiting


def _tallies(station: Station, signed: SignedSurvey) -> bytes:
    tallies = [
        Tally(tally.month, tally.unit, tally.outcome.value, tally.proxy, count)
        for tally, count in station.workspace.tallies().items()
        if tally.survey == signed.hash
    ]
    return seal_tallies(tallies, signed.survey, signed.hash)


def _noted(records: Iterable[Record], members: list[bytes]) -> Iterator[Record]:
    """The records; the hash of each that goes is noted in `members`."""
    for record in records:
        members.append(record[0])
        yield record


def _given_folder(folder: Path) -> Path:
    """A folder somebody named, made if it is missing; its own rights are left as they are, it may be a memory stick."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise InterviewError("files.write-failed", folder.name, reason=error.strerror or "") from None
    return folder
