"""The archive's tables: opened responses, and apart from them stations, surveys, batches and tallies.

Nothing says which station or batch a response came with, and no table has a rowid that would keep an order (T2).
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from typing import Final

from interview.database.compact import compact
from interview.database.migrations import Step, migrate
from interview.database.opening import Database
from interview.exchange.batch import Batch
from interview.exchange.cards import StationCard, read_station_card
from interview.exchange.surveys import SignedSurvey, open_survey
from interview.exchange.tallies import Tally

STEPS: Final[tuple[Step, ...]] = (
    (
        "CREATE TABLE setting (key TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID",
        "CREATE TABLE station (public BLOB PRIMARY KEY, card BLOB NOT NULL) WITHOUT ROWID",
        "CREATE TABLE signer (public BLOB PRIMARY KEY) WITHOUT ROWID",
        "CREATE TABLE survey (hash BLOB PRIMARY KEY, envelope BLOB NOT NULL, questionnaire BLOB NOT NULL)"
        " WITHOUT ROWID",
        "CREATE TABLE questionnaire (hash BLOB PRIMARY KEY, canonical BLOB NOT NULL) WITHOUT ROWID",
        "CREATE TABLE batch (hash BLOB PRIMARY KEY, station BLOB NOT NULL, seq INTEGER NOT NULL, prev BLOB NOT NULL,"
        " survey BLOB NOT NULL, count INTEGER NOT NULL, final INTEGER NOT NULL) WITHOUT ROWID",
        "CREATE TABLE response (hash BLOB PRIMARY KEY, survey BLOB NOT NULL, content BLOB NOT NULL) WITHOUT ROWID",
        "CREATE TABLE tally (station BLOB, survey BLOB, seq INTEGER NOT NULL, rows TEXT NOT NULL,"
        " PRIMARY KEY (station, survey)) WITHOUT ROWID",
    ),
    (
        "CREATE TABLE succession (old BLOB PRIMARY KEY, new BLOB NOT NULL) WITHOUT ROWID",
        "CREATE TABLE vouched (batch BLOB PRIMARY KEY) WITHOUT ROWID",
    ),
    (
        "CREATE TABLE signed_tally (signer BLOB, survey BLOB, seq INTEGER NOT NULL, rows TEXT NOT NULL,"
        " PRIMARY KEY (signer, survey)) WITHOUT ROWID",
        # They lay under the key a station had last; whichever it had before may have signed them.
        "WITH RECURSIVE chain(present, signer) AS (SELECT station, station FROM tally"
        " UNION SELECT present, old FROM chain JOIN succession ON new = signer)"
        " INSERT OR REPLACE INTO signed_tally SELECT signer, survey, seq, rows FROM chain"
        " JOIN tally ON station = present ORDER BY seq",
        "DROP TABLE tally",
    ),
)
_UNTIDY: Final = "untidy"


@dataclass(frozen=True, slots=True)
class CollectedBatch:
    """A batch that was taken in; hashes in hexadecimal, `prev` empty for a station's first.

    `station` is the key the station has now, whichever it had then.
    """

    hash: str
    station: bytes
    seq: int
    prev: str
    survey: str
    count: int
    final: bool


class Archive:
    """The tables of one archive, real or of rehearsals. Errors of every method are those of `database`."""

    def __init__(self, database: Database) -> None:
        self.database = database
        migrate(database, STEPS)

    # What it knows about itself.

    def setting(self, key: str) -> bytes | None:
        """A value the archive keeps about itself, if it has one."""
        rows = self.database.query("SELECT value FROM setting WHERE key = ?", (key,))
        return bytes(rows[0][0]) if rows else None

    def set_setting(self, key: str, value: bytes) -> None:
        """Keep a value."""
        self.database.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (key, value))

    # Whom it knows.

    def add_station(self, station: StationCard, card: bytes) -> None:
        """Know a station by its card; a newer card replaces an older one of the same key."""
        self.database.execute("INSERT OR REPLACE INTO station VALUES (?, ?)", (station.public, card))

    def stations(self) -> tuple[StationCard, ...]:
        """The stations known, by name; each by the key it has now."""
        rows = self.database.query("SELECT card FROM station WHERE public NOT IN (SELECT old FROM succession)")
        cards = [read_station_card(row[0]) for row in rows]
        return tuple(sorted(cards, key=lambda card: (card.name, card.public)))

    def station(self, public: bytes) -> StationCard | None:
        """The station with that key, if it is known."""
        rows = self.database.query("SELECT card FROM station WHERE public = ?", (public,))
        return read_station_card(rows[0][0]) if rows else None

    def successor(self, public: bytes) -> bytes | None:
        """The key that has followed a station's key, if one has."""
        rows = self.database.query("SELECT new FROM succession WHERE old = ?", (public,))
        return bytes(rows[0][0]) if rows else None

    def present(self, public: bytes) -> bytes:
        """The key a station has now, by one it has or had."""
        return self._onwards(public)[-1]

    def _onwards(self, public: bytes) -> tuple[bytes, ...]:
        """A key and those that have followed it, one after the other."""
        keys = [public]
        while (following := self.successor(keys[-1])) is not None and following not in keys:
            keys.append(following)
        return tuple(keys)

    def add_succession(self, old: bytes, new: bytes) -> None:
        """Know that a station has left a key for another."""
        self.database.execute("INSERT OR REPLACE INTO succession VALUES (?, ?)", (old, new))

    def hand_over(self, old: bytes, new: bytes) -> None:
        """Count the batches a key sent as the station's by another: its chain goes on."""
        self.database.execute("UPDATE batch SET station = ? WHERE station = ?", (new, old))

    def put_out(self, public: bytes, station: bytes) -> None:
        """Know a key no more that was taken for a station's own: its batches show in the station's chain.

        What it signed of tallies stays, and counts again if its card is registered after all.
        """
        self.database.execute("DELETE FROM station WHERE public = ?", (public,))
        self.database.execute("DELETE FROM succession WHERE old = ?", (public,))
        self.database.execute("UPDATE batch SET station = ? WHERE station = ?", (station, public))

    def vouch(self, batches: Iterable[str]) -> None:
        """Take these batches, by hash, although the station has left the key they are signed with."""
        for batch in batches:
            self.database.execute("INSERT OR IGNORE INTO vouched VALUES (?)", (bytes.fromhex(batch),))

    def is_vouched(self, batch: str) -> bool:
        """Whether the batch with that hash was signed before its key was left."""
        return bool(self.database.query("SELECT 1 FROM vouched WHERE batch = ?", (bytes.fromhex(batch),)))

    def add_signer(self, public: bytes) -> None:
        """Take surveys signed by that key."""
        self.database.execute("INSERT OR IGNORE INTO signer VALUES (?)", (public,))

    def knows_signer(self, public: bytes) -> bool:
        """Whether surveys signed by that key are taken."""
        return bool(self.database.query("SELECT 1 FROM signer WHERE public = ?", (public,)))

    # What was asked.

    def add_survey(self, signed: SignedSurvey) -> None:
        """Keep a survey and its questionnaire; those already here stay as they are (P7)."""
        form = bytes.fromhex(signed.survey.questionnaire.hash)
        self.database.execute("INSERT OR IGNORE INTO questionnaire VALUES (?, ?)", (form, signed.questionnaire))
        self.database.execute(
            "INSERT OR IGNORE INTO survey VALUES (?, ?, ?)", (bytes.fromhex(signed.hash), signed.envelope, form)
        )

    def surveys(self) -> tuple[SignedSurvey, ...]:
        """The surveys here, by id and version."""
        rows = self.database.query(
            "SELECT envelope, canonical FROM survey JOIN questionnaire ON questionnaire.hash = survey.questionnaire"
        )
        # Their signers were checked when they were taken in.
        signed = [open_survey(envelope, [canonical], None) for envelope, canonical in rows]
        return tuple(sorted(signed, key=lambda found: (found.survey.id, found.survey.version, found.hash)))

    # What came.

    def batches(self, station: bytes) -> tuple[CollectedBatch, ...]:
        """The batches taken in from a station, by number."""
        rows = self.database.query(
            "SELECT hash, station, seq, prev, survey, count, final FROM batch WHERE station = ? ORDER BY seq, hash",
            (station,),
        )
        return tuple(
            CollectedBatch(row[0].hex(), row[1], row[2], row[3].hex(), row[4].hex(), row[5], bool(row[6]))
            for row in rows
        )

    def has_batch(self, batch: str) -> bool:
        """Whether the batch with that hash was taken in."""
        return bool(self.database.query("SELECT 1 FROM batch WHERE hash = ?", (bytes.fromhex(batch),)))

    def add_batch(self, batch: Batch) -> None:
        """Note that a batch was taken in."""
        header = batch.header
        hashes = (batch.hash, header.prev, batch.survey.hash)
        own, prev, survey = (bytes.fromhex(text) for text in hashes)
        values = (own, self.present(header.station), header.seq, prev, survey, header.count, header.final)
        self.database.execute("INSERT INTO batch VALUES (?, ?, ?, ?, ?, ?, ?)", values)

    def keep_tallies(self, batch: Batch, tallies: Iterable[Tally]) -> None:
        """Keep a key's tallies of a survey, unless those of a later batch it signed are here: they are cumulative."""
        key = (batch.header.station, bytes.fromhex(batch.survey.hash))
        rows = self.database.query("SELECT seq FROM signed_tally WHERE signer = ? AND survey = ?", key)
        if not rows or rows[0][0] < batch.header.seq:
            packed = json.dumps([astuple(tally) for tally in tallies])
            values = (*key, batch.header.seq, packed)
            self.database.execute("INSERT OR REPLACE INTO signed_tally VALUES (?, ?, ?, ?)", values)

    def tallies(self, survey: str) -> tuple[Tally, ...]:
        """All stations' tallies of a survey; those that count the same are not yet added up.

        Of each station those that the latest of its keys signed: they go on from what was counted under the earlier.
        """
        rows = self.database.query("SELECT signer, rows FROM signed_tally WHERE survey = ?", (bytes.fromhex(survey),))
        latest: dict[bytes, tuple[int, str]] = {}
        for signer, packed in rows:
            passed = self._onwards(signer)
            counted = (len(passed), packed)
            # A key that was put out leads to no station that is known.
            if self.station(passed[-1]) is not None:
                latest[passed[-1]] = min(counted, latest.get(passed[-1], counted))
        return tuple(Tally(*tally) for _, packed in latest.values() for tally in json.loads(packed))

    # Responses.

    def has_response(self, record_hash: bytes) -> bool:
        """Whether the response with that hash (of its sealed bytes) is here."""
        return bool(self.database.query("SELECT 1 FROM response WHERE hash = ?", (record_hash,)))

    def add_response(self, record_hash: bytes, survey: bytes, content: bytes) -> None:
        """Keep an opened response under the hash of its sealed bytes; `survey` is 32 bytes."""
        self.database.execute("INSERT INTO response VALUES (?, ?, ?)", (record_hash, survey, content))

    def shuffled(self, survey: str, salt: bytes) -> Iterator[bytes]:
        """The survey's responses in an order that only `salt` tells: by SHA-256 of the salt and their hash."""
        rows = self.database.query("SELECT hash FROM response WHERE survey = ?", (bytes.fromhex(survey),))
        for (record_hash,) in sorted(rows, key=lambda row: hashlib.sha256(salt + row[0]).digest()):
            yield self.database.query("SELECT content FROM response WHERE hash = ?", (record_hash,))[0][0]

    def count(self, survey: str) -> int:
        """How many responses of the survey are here."""
        return int(
            self.database.query("SELECT count(*) FROM response WHERE survey = ?", (bytes.fromhex(survey),))[0][0]
        )

    # Order of arrival.

    def mark_untidy(self) -> None:
        """Note, with what is being written, that its order must still be removed."""
        self.set_setting(_UNTIDY, b"1")

    def tidy(self) -> None:
        """Remove the order in which responses came, where any came since; `database.busy`."""
        if self.setting(_UNTIDY):
            compact(self.database)
            self.database.execute("DELETE FROM setting WHERE key = ?", (_UNTIDY,))
