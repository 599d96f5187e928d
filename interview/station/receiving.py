"""Receiving: a recipient's receipt, and letting go of what every recipient has."""

from dataclasses import dataclass

from interview.errors import InterviewError
from interview.exchange.batch import BatchHeader
from interview.exchange.encoding import from_base64
from interview.exchange.receipt import Receipt, read_receipt
from interview.station.station import Station
from interview.store.responses import StoredBatch


@dataclass(frozen=True, slots=True)
class Taken:
    """What a receipt did: for which batch, how many responses went from here, how many receipts are still awaited."""

    seq: int
    pruned: int
    awaited: int


def take_receipt(station: Station, receipt: bytes) -> Taken:
    """Keep a receipt; with one from every recipient of its survey the batch's responses leave the station (P6).

    `exchange.unknown-batch` where it is not for a batch from here, `exchange.receipt-not-by-recipient`, those of
    `read_receipt`. The same receipt again changes nothing.
    """
    read = read_receipt(receipt)
    batch = _batch(station, read)
    recipients = {from_base64(recipient.signing) for recipient in station.signed_survey(batch.survey).survey.recipients}
    if read.recipient not in recipients:
        raise InterviewError("exchange.receipt-not-by-recipient")
    pruned = 0
    with station.responses.locked():
        station.responses.add_receipt(batch.seq, read.recipient, receipt)
        awaited = recipients - set(station.responses.receipts(batch.seq))
        if not awaited and not batch.pruned:
            pruned = station.responses.prune(batch.seq)
    if pruned:
        station.tidier.request()
    return Taken(batch.seq, pruned, len(awaited))


def _batch(station: Station, receipt: Receipt) -> StoredBatch:
    for batch in station.responses.batches():
        # A restored station signs with another key than the one its earlier batches were made with.
        made_by = BatchHeader.from_bytes(batch.header).station
        named = (receipt.station, receipt.seq, receipt.survey, bytes.fromhex(receipt.batch), receipt.count)
        if named == (made_by, batch.seq, batch.survey, batch.hash, batch.count):
            return batch
    raise InterviewError("exchange.unknown-batch")
