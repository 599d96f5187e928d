"""Which key a station signs with now (P6, T21): told by a batch that carries the station's card, or by the card itself.

Once a key has been followed by another, nothing more is taken of what it signs, except the batches it signed before. A
card that somebody registers settles it where two keys claim to follow the same one; a batch alone never does.
"""

from interview.archive.store import Archive
from interview.errors import InterviewError
from interview.exchange.batch import Batch
from interview.exchange.cards import StationCard


def sender(archive: Archive, batch: Batch) -> StationCard:
    """The station a batch comes from.

    `archive.unknown-station`, `archive.left-key` for a key the station has left, `archive.contested-key` where another
    key follows the same one.
    """
    name, public, card = batch.path.name, batch.header.station, batch.card
    if archive.successor(public) is not None and not (archive.is_vouched(batch.hash) or archive.has_batch(batch.hash)):
        raise InterviewError("archive.left-key", name)
    known = archive.station(public)
    if known is not None:
        return known
    if card is None or not any(archive.station(earlier.old) for earlier in card.succeeds):
        raise InterviewError("archive.unknown-station", name)
    if any(archive.successor(earlier.old) not in {None, earlier.new} for earlier in card.succeeds):
        raise InterviewError("archive.contested-key", name)
    return card


def follow(archive: Archive, card: StationCard, file: bytes) -> None:
    """Know a station by its card, and that its earlier keys are left; part of a transaction."""
    for earlier in card.succeeds:
        archive.add_succession(earlier.old, earlier.new)
        archive.vouch(earlier.batches)
    archive.add_station(card, file)
    present = archive.present(card.public)
    for earlier in card.succeeds:
        archive.hand_over(earlier.old, present)


def register(archive: Archive, card: StationCard, file: bytes) -> None:
    """The same, by somebody who has compared fingerprints: other keys that claim to follow the same ones are put out.

    `archive.left-key` for a card the station has left.
    """
    if archive.successor(card.public) is not None:
        raise InterviewError("archive.left-key", card.name)
    with archive.database.transaction():
        for earlier in card.succeeds:
            other = archive.successor(earlier.old)
            while other is not None and other != earlier.new:
                following = archive.successor(other)
                archive.put_out(other, card.public)
                other = following
        follow(archive, card, file)
