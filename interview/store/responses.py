"""The anonymous side: sealed responses, and what they belong to: surveys, questionnaires, batches, receipts.

Nothing here tells when, in what order, by whom or about whom (P3): no time, no rowid, no counter beside a response. A
response is its sealed bytes under their SHA-256. Hashes are 32 bytes in the database and 64 hexadecimal digits outside
it, except a response's own, which stays bytes because there are many of them.
"""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import Final

from interview.database.migrations import Step, migrate
from interview.database.opening import Database
from interview.errors import InterviewError

PAGE: Final = 500
"""Records read at a time when all of them are walked through."""
LARGE_CACHE: Final = 256_000
"""KiB."""

# Whatever has a random key would lie in order of arrival under a hidden rowid, so no table has one (T2).
_FIRST: Final = (
    "CREATE TABLE station (key TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID",
    "CREATE TABLE survey (hash BLOB PRIMARY KEY, envelope BLOB NOT NULL, questionnaire BLOB NOT NULL,"
    " in_force INTEGER NOT NULL, waiting INTEGER NOT NULL DEFAULT 0 CHECK (waiting >= 0)) WITHOUT ROWID",
    "CREATE TABLE questionnaire (hash BLOB PRIMARY KEY, canonical BLOB NOT NULL,"
    " padded_size INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE response (hash BLOB PRIMARY KEY, survey BLOB NOT NULL, sealed BLOB NOT NULL) WITHOUT ROWID",
    "CREATE TABLE finishing (token BLOB PRIMARY KEY) WITHOUT ROWID",
    "CREATE TABLE batch (seq INTEGER PRIMARY KEY, hash BLOB NOT NULL, prev BLOB NOT NULL, survey BLOB NOT NULL,"
    " count INTEGER NOT NULL, final INTEGER NOT NULL, header BLOB NOT NULL,"
    " pruned INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID",
    "CREATE TABLE batch_member (hash BLOB PRIMARY KEY, seq INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE receipt (seq INTEGER, recipient BLOB, envelope BLOB NOT NULL,"
    " PRIMARY KEY (seq, recipient)) WITHOUT ROWID",
)


@dataclass(frozen=True, slots=True)
class StoredSurvey:
    """A survey as it rests: its hash and its questionnaire's, the signed envelope, how many responses wait."""

    hash: str
    questionnaire: str
    envelope: bytes = field(repr=False)
    in_force: bool
    waiting: int


@dataclass(frozen=True, slots=True)
class StoredBatch:
    """A batch that was made: number, own hash and the one before (32 bytes; empty for the first), survey, size.

    `header` is whatever its writer needs to write the same bytes again. `pruned` batches have left the station.
    """

    seq: int
    hash: bytes
    prev: bytes
    survey: str
    count: int
    final: bool
    header: bytes = field(repr=False)
    pruned: bool = False


class Responses:
    """The tables of `responses.db`; every method that writes is one transaction. Errors are those of `database`."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def migrate(self) -> None:
        """Bring the tables to this program's shape; `database.newer-schema` if they are ahead of it."""
        migrate(self.database, STEPS)

    # What the station knows about itself.

    def setting(self, key: str) -> bytes | None:
        """A value the station keeps about itself, if it has one."""
        rows = self.database.query("SELECT value FROM station WHERE key = ?", (key,))
        return bytes(rows[0][0]) if rows else None

    def set_setting(self, key: str, value: bytes | None) -> None:
        """Keep a value, or none."""
        if value is None:
            self.database.execute("DELETE FROM station WHERE key = ?", (key,))
        else:
            self.database.execute("INSERT OR REPLACE INTO station VALUES (?, ?)", (key, value))

    # Surveys and questionnaires.

    def add_survey(self, survey: str, envelope: bytes, questionnaire: str) -> None:
        """Keep a survey and let it be the one in force."""
        with self.database.transaction():
            self.database.execute("UPDATE survey SET in_force = 0 WHERE in_force")
            self.database.execute(
                "INSERT INTO survey (hash, envelope, questionnaire, in_force) VALUES (?, ?, ?, 1)"
                " ON CONFLICT (hash) DO UPDATE SET in_force = 1",
                (bytes.fromhex(survey), envelope, bytes.fromhex(questionnaire)),
            )

    def put_in_force(self, survey: str) -> None:
        """Let another of the surveys here be the one in force."""
        self.database.execute("UPDATE survey SET in_force = (hash = ?)", (bytes.fromhex(survey),))

    def surveys(self) -> tuple[StoredSurvey, ...]:
        """Every survey the station has had, the one in force first."""
        rows = self.database.query(
            "SELECT hash, questionnaire, envelope, in_force, waiting FROM survey ORDER BY in_force DESC, hash"
        )
        return tuple(StoredSurvey(row[0].hex(), row[1].hex(), row[2], bool(row[3]), row[4]) for row in rows)

    def add_questionnaire(self, questionnaire: str, canonical: bytes, padded_size: int) -> None:
        """Keep a questionnaire and the length its responses are padded to; one already here stays as it is (P7)."""
        self.database.execute(
            "INSERT OR IGNORE INTO questionnaire VALUES (?, ?, ?)",
            (bytes.fromhex(questionnaire), canonical, padded_size),
        )

    def questionnaire(self, questionnaire: str) -> tuple[bytes, int]:
        """Canonical bytes and padded size; `store.no-such-questionnaire`."""
        rows = self.database.query(
            "SELECT canonical, padded_size FROM questionnaire WHERE hash = ?", (bytes.fromhex(questionnaire),)
        )
        if not rows:
            raise InterviewError("store.no-such-questionnaire", questionnaire[:12])
        return rows[0][0], rows[0][1]

    def questionnaires(self) -> tuple[str, ...]:
        """The hashes of every questionnaire here."""
        return tuple(row[0].hex() for row in self.database.query("SELECT hash FROM questionnaire ORDER BY hash"))

    # Responses.

    def add(self, survey: str, sealed: bytes, token: bytes) -> bool:
        """Keep a sealed response together with its finishing token; False, and nothing done, if the token is here."""
        with self.database.transaction():
            if self.has_token(token):
                return False
            self.database.execute("INSERT INTO finishing VALUES (?)", (token,))
            self._insert(survey, (sealed,))
        return True

    def add_many(self, survey: str, sealed: Iterable[bytes]) -> int:
        """Keep many sealed responses in one transaction, in the order of their hashes; how many."""
        with self.database.transaction():
            return self._insert(survey, sealed)

    def _insert(self, survey: str, sealed: Iterable[bytes]) -> int:
        key = bytes.fromhex(survey)
        records = sorted((hashlib.sha256(record).digest(), record) for record in sealed)
        for digest, record in records:
            self.database.execute("INSERT INTO response VALUES (?, ?, ?)", (digest, key, record))
        self.database.execute("UPDATE survey SET waiting = waiting + ? WHERE hash = ?", (len(records), key))
        return len(records)

    def has_token(self, token: bytes) -> bool:
        """Whether the response finished under this token is here."""
        return bool(self.database.query("SELECT 1 FROM finishing WHERE token = ?", (token,)))

    def tokens(self) -> frozenset[bytes]:
        """The tokens of finishings whose last step has not been seen."""
        return frozenset(row[0] for row in self.database.query("SELECT token FROM finishing"))

    def forget(self, token: bytes) -> None:
        """The last step of a finishing: its token goes."""
        self.database.execute("DELETE FROM finishing WHERE token = ?", (token,))

    # Batches.

    def waiting_count(self, survey: str) -> int:
        """How many responses of the survey wait for a batch; a counter, since counting would read them all."""
        rows = self.database.query("SELECT waiting FROM survey WHERE hash = ?", (bytes.fromhex(survey),))
        return int(rows[0][0]) if rows else 0

    def waiting(self, survey: str) -> Iterator[tuple[bytes, bytes]]:
        """Hash and sealed bytes of the responses that are in no batch yet, by hash."""
        return self._walk(
            "SELECT hash, sealed FROM response WHERE survey = ?1 AND hash > ?2"
            " AND NOT EXISTS (SELECT 1 FROM batch_member WHERE batch_member.hash = response.hash)"
            " ORDER BY hash LIMIT ?3",
            bytes.fromhex(survey),
        )

    def records(self, seq: int) -> Iterator[tuple[bytes, bytes]]:
        """Hash and sealed bytes of the responses in a batch, by hash."""
        return self._walk(
            "SELECT response.hash, sealed FROM batch_member JOIN response ON response.hash = batch_member.hash"
            " WHERE seq = ?1 AND batch_member.hash > ?2 ORDER BY batch_member.hash LIMIT ?3",
            seq,
        )

    def _walk(self, sql: str, of: bytes | int) -> Iterator[tuple[bytes, bytes]]:
        # Pages, because an open cursor would keep the checkpoint from succeeding.
        last = b""
        while rows := self.database.query(sql, (of, last, PAGE)):
            yield from ((row[0], row[1]) for row in rows)
            last = rows[-1][0]

    def add_batch(self, batch: StoredBatch, members: Iterable[bytes]) -> None:
        """Keep a batch and which responses left in it; `store.in-another-batch` if one of them has left before."""
        with self.database.transaction():
            self.database.execute(
                "INSERT INTO batch (seq, hash, prev, survey, count, final, header) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    batch.seq,
                    batch.hash,
                    batch.prev,
                    bytes.fromhex(batch.survey),
                    batch.count,
                    batch.final,
                    batch.header,
                ),
            )
            rows = [(digest, batch.seq) for digest in sorted(members)]
            # A response that is in a batch already is left out, and missed in the count.
            if self.database.execute_many("INSERT OR IGNORE INTO batch_member VALUES (?, ?)", rows) != len(rows):
                raise InterviewError("store.in-another-batch", "", seq=batch.seq)
            self.database.execute(
                "UPDATE survey SET waiting = waiting - ? WHERE hash = ?", (len(rows), bytes.fromhex(batch.survey))
            )

    def batches(self) -> tuple[StoredBatch, ...]:
        """Every batch that was made, in order."""
        rows = self.database.query(
            "SELECT seq, hash, prev, survey, count, final, header, pruned FROM batch ORDER BY seq"
        )
        return tuple(
            StoredBatch(row[0], row[1], row[2], row[3].hex(), row[4], bool(row[5]), row[6], bool(row[7]))
            for row in rows
        )

    def chain(self) -> tuple[tuple[int, bytes, bytes], ...]:
        """Number, hash and the hash before of every batch, in order."""
        return tuple(self.database.query("SELECT seq, hash, prev FROM batch ORDER BY seq"))

    def add_receipt(self, seq: int, recipient: bytes, envelope: bytes) -> None:
        """Keep a recipient's (signing public key) receipt for a batch."""
        self.database.execute("INSERT OR REPLACE INTO receipt VALUES (?, ?, ?)", (seq, recipient, envelope))

    def receipts(self, seq: int) -> dict[bytes, bytes]:
        """The receipts for a batch: recipient's signing public key → envelope."""
        return {
            row[0]: row[1]
            for row in self.database.query("SELECT recipient, envelope FROM receipt WHERE seq = ?", (seq,))
        }

    def prune(self, seq: int) -> int:
        """Let the responses of a batch go, keeping the batch's own line; how many went."""
        with self.database.transaction():
            rows = self.database.query("SELECT hash FROM batch_member WHERE seq = ?", (seq,))
            self.database.execute(
                "DELETE FROM response WHERE hash IN (SELECT hash FROM batch_member WHERE seq = ?)", (seq,)
            )
            self.database.execute("DELETE FROM batch_member WHERE seq = ?", (seq,))
            self.database.execute("UPDATE batch SET pruned = 1 WHERE seq = ?", (seq,))
        return len(rows)

    @contextmanager
    def large_cache(self) -> Iterator[None]:
        """Much memory for pages while much is written: keys in random order touch the whole table."""
        usual = self.database.query("PRAGMA cache_size")[0][0]
        self.database.query(f"PRAGMA cache_size = -{LARGE_CACHE}")
        try:
            yield
        finally:
            self.database.query(f"PRAGMA cache_size = {usual}")

    def locked(self) -> AbstractContextManager[object]:
        """One transaction around several steps, which keeps every other writer of the responses out."""
        return self.database.transaction()


STEPS: Final[tuple[Step, ...]] = (_FIRST,)
"""What the tables have become, in order; a step that was released never changes."""
