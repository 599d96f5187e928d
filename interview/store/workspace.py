"""The identified side: whom to ring, how the ringings went, and the interviews under way.

Nothing here names a stored response (P3). Every method that writes is one transaction, durable when it returns (P2);
erased content is overwritten (`secure_delete`). Errors are those of `database` besides the ones named.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from interview.calls.cases import Attempt, Case
from interview.calls.outcomes import Outcome
from interview.database.migrations import Step, migrate
from interview.database.opening import Database
from interview.errors import InterviewError
from interview.session.answers import Address, Answer, Draft, Missing, Respondent
from interview.store.rows import (
    Tally,
    case_of,
    case_row,
    draft_moving,
    draft_of,
    draft_row,
    tally_of,
    time_of,
    value_of,
    value_text,
)

_FIRST: Final = (
    "CREATE TABLE draft (id TEXT PRIMARY KEY, survey TEXT NOT NULL, questionnaire TEXT NOT NULL, unit TEXT NOT NULL,"
    " case_id TEXT, language TEXT NOT NULL, started TEXT NOT NULL, seconds INTEGER NOT NULL, respondent TEXT NOT NULL,"
    " core_only INTEGER NOT NULL, ended INTEGER NOT NULL, position TEXT, position_repetition INTEGER,"
    " return_to TEXT, return_to_repetition INTEGER, revision INTEGER NOT NULL, token BLOB) WITHOUT ROWID",
    "CREATE TABLE answer (draft TEXT REFERENCES draft ON DELETE CASCADE, item TEXT, repetition INTEGER, value TEXT,"
    " missing TEXT, given_by TEXT NOT NULL, PRIMARY KEY (draft, item, repetition)) WITHOUT ROWID",
    "CREATE TABLE call_case (id TEXT PRIMARY KEY, survey TEXT NOT NULL, unit TEXT NOT NULL, name TEXT NOT NULL,"
    " telephone TEXT NOT NULL, note TEXT NOT NULL, discharged TEXT, window TEXT, consent_noted INTEGER NOT NULL,"
    " proxy_name TEXT NOT NULL, proxy_relation TEXT NOT NULL, proxy_telephone TEXT NOT NULL,"
    " proxy_consent INTEGER NOT NULL, outcome TEXT, closed_month TEXT,"
    " proxy_answered INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID",
    "CREATE TABLE attempt (case_id TEXT REFERENCES call_case ON DELETE CASCADE, number INTEGER, at TEXT NOT NULL,"
    " outcome TEXT NOT NULL, note TEXT NOT NULL, appointment TEXT, PRIMARY KEY (case_id, number)) WITHOUT ROWID",
    "CREATE TABLE tally (survey TEXT, month TEXT, unit TEXT, outcome TEXT, proxy INTEGER, count INTEGER NOT NULL,"
    " PRIMARY KEY (survey, month, unit, outcome, proxy)) WITHOUT ROWID",
)

_DRAFT: Final = (
    "id, survey, questionnaire, unit, case_id, language, started, seconds, respondent, core_only, ended,"
    " position, position_repetition, return_to, return_to_repetition"
)
_INSERT_DRAFT: Final = f"INSERT INTO draft ({_DRAFT}, revision) VALUES ({', '.join('?' * 15)}, 1)"  # noqa: S608
# What a draft is never leaves it; only what a conversation changes is written again.
_UPDATE_DRAFT: Final = (
    "UPDATE draft SET language = ?, seconds = ?, respondent = ?, core_only = ?, ended = ?, position = ?,"
    " position_repetition = ?, return_to = ?, return_to_repetition = ?, revision = revision + 1"
    " WHERE id = ? AND revision = ? AND token IS NULL"
)
_CASE: Final = (
    "id, unit, name, telephone, note, discharged, window, consent_noted, proxy_name, proxy_relation, proxy_telephone,"
    " proxy_consent"
)
_PUT_ANSWER: Final = "INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?, ?, ?)"


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft as it rests: its revision, and the token under which it is being finished, if it is."""

    draft: Draft
    revision: int
    token: bytes | None = field(default=None, repr=False)


class Workspace:
    """The tables of `workspace.db`."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def migrate(self) -> None:
        """Bring the tables to this program's shape; `database.newer-schema` if they are ahead of it."""
        migrate(self.database, STEPS)

    def locked(self) -> AbstractContextManager[object]:
        """One transaction around several steps, which keeps every other writer of the workspace out."""
        return self.database.transaction()

    # Interviews under way.

    def add_draft(self, draft: Draft) -> int:
        """Keep a new draft with its answers; its revision."""
        with self.locked():
            self.database.execute(_INSERT_DRAFT, draft_row(draft))
            self._put_answers(draft, draft.answers)
        return 1

    def save_draft(self, draft: Draft, changed: Iterable[Address], revision: int) -> int:
        """Write what changed since `revision`; the new revision.

        An address in `changed` that has no answer in the draft loses its row. `store.draft-changed-elsewhere` where the
        draft rests under another revision, `store.draft-finishing` where it is being finished, `store.no-such-draft`.
        """
        with self.locked():
            if not self.database.execute(_UPDATE_DRAFT, (*draft_moving(draft), draft.id, revision)):
                raise self._refusal(draft.id)
            self._put_answers(draft, changed)
        return revision + 1

    def _put_answers(self, draft: Draft, addresses: Iterable[Address]) -> None:
        for address in addresses:
            answer = draft.answers.get(address)
            if answer is None:
                self.database.execute(
                    "DELETE FROM answer WHERE draft = ? AND item = ? AND repetition = ?", (draft.id, *address)
                )
            else:
                self.database.execute(
                    _PUT_ANSWER, (draft.id, *address, value_text(answer.value), answer.missing, answer.given_by)
                )

    def _refusal(self, draft_id: str) -> InterviewError:
        rows = self.database.query("SELECT token FROM draft WHERE id = ?", (draft_id,))
        if not rows:
            return InterviewError("store.no-such-draft")
        return InterviewError("store.draft-changed-elsewhere" if rows[0][0] is None else "store.draft-finishing")

    def draft(self, draft_id: str) -> Kept:
        """The draft with that id; `store.no-such-draft`."""
        found = self._drafts("WHERE id = ?", draft_id)
        if not found:
            raise InterviewError("store.no-such-draft")
        return found[0]

    def drafts(self) -> tuple[Kept, ...]:
        """Every interview under way, the one begun last first."""
        return self._drafts("ORDER BY started DESC, id")

    def marked(self) -> tuple[Kept, ...]:
        """The drafts that are being finished."""
        return self._drafts("WHERE token IS NOT NULL ORDER BY id")

    def _drafts(self, where: str, *parameters: str) -> tuple[Kept, ...]:
        rows = self.database.query(f"SELECT {_DRAFT}, revision, token FROM draft {where}", parameters)  # noqa: S608
        return tuple(Kept(draft_of(row, self._answers(row[0])), row[15], row[16]) for row in rows)

    def _answers(self, draft_id: str) -> dict[Address, Answer]:
        rows = self.database.query(
            "SELECT item, repetition, value, missing, given_by FROM answer WHERE draft = ?", (draft_id,)
        )
        return {
            Address(row[0], row[1]): Answer(value_of(row[2]), Missing(row[3]) if row[3] else None, Respondent(row[4]))
            for row in rows
        }

    # Finishing.

    def mark_finishing(self, draft_id: str, token: bytes) -> bytes:
        """Write the finishing token into a draft; the token it has then, which is an earlier one if it had one."""
        with self.locked():
            self.database.execute("UPDATE draft SET token = ? WHERE id = ? AND token IS NULL", (token, draft_id))
            rows = self.database.query("SELECT token FROM draft WHERE id = ?", (draft_id,))
        if not rows:
            raise InterviewError("store.no-such-draft")
        return bytes(rows[0][0])

    def unmark(self, draft_id: str) -> None:
        """Take the finishing token back: the draft is an interview under way again."""
        self.database.execute("UPDATE draft SET token = NULL WHERE id = ?", (draft_id,))

    def settle(self, draft: Draft, outcome: Outcome, at: datetime) -> bool:
        """Erase a draft and give its case the attempt, which closes it where the outcome is final, in one transaction.

        Without a case a final outcome is counted, by the month of `at`. False, and nothing done, if the draft is gone.
        """
        proxy = any(answer.given_by is Respondent.PROXY for answer in draft.answers.values())
        with self.locked():
            if not self.database.execute("DELETE FROM draft WHERE id = ?", (draft.id,)):
                return False
            if draft.case is not None and self._has_case(draft.case):
                self.add_attempt(draft.case, Attempt(at, outcome), proxy=proxy)
            elif outcome.final:
                self.count({Tally(draft.survey, f"{at:%Y-%m}", draft.unit, outcome, proxy): 1})
        return True

    # Whom to ring.

    def add_case(self, case: Case, survey: str) -> None:
        """Keep a new case of a survey."""
        with self.locked():
            self.database.execute(
                f"INSERT INTO call_case ({_CASE}, survey) VALUES ({', '.join('?' * 13)})",  # noqa: S608
                (*case_row(case), survey),
            )
            for attempt in case.attempts:
                self.add_attempt(case.id, attempt)

    def change_case(self, case: Case) -> None:
        """Write what is known of a case anew, its attempts left as they are; `store.no-such-case`."""
        assignments = ", ".join(f"{column} = ?" for column in _CASE.split(", ")[1:])
        parts = case_row(case)
        if not self.database.execute(f"UPDATE call_case SET {assignments} WHERE id = ?", (*parts[1:], parts[0])):  # noqa: S608
            raise InterviewError("store.no-such-case")

    def case(self, case_id: str) -> Case:
        """The case with that id; `store.no-such-case`."""
        found = self._cases("WHERE id = ?", case_id)
        if not found:
            raise InterviewError("store.no-such-case")
        return found[0]

    def cases(self, survey: str | None = None) -> tuple[Case, ...]:
        """Every case, of one survey where that is named, with its attempts; in no order that means anything."""
        return self._cases("ORDER BY id") if survey is None else self._cases("WHERE survey = ? ORDER BY id", survey)

    def move_open_cases(self, survey: str, to: str) -> int:
        """Let the open cases of a survey be another's, which has taken its place; how many there were."""
        # Most often there are none, and a write would wait for the files to be examined.
        if not self.database.query("SELECT 1 FROM call_case WHERE survey = ? AND outcome IS NULL LIMIT 1", (survey,)):
            return 0
        return self.database.execute(
            "UPDATE call_case SET survey = ? WHERE survey = ? AND outcome IS NULL", (to, survey)
        )

    def _cases(self, where: str, *parameters: str) -> tuple[Case, ...]:
        rows = self.database.query(f"SELECT {_CASE} FROM call_case {where}", parameters)  # noqa: S608
        return tuple(case_of(row, self._attempts(row[0])) for row in rows)

    def _attempts(self, case_id: str) -> tuple[Attempt, ...]:
        rows = self.database.query(
            "SELECT at, outcome, note, appointment FROM attempt WHERE case_id = ? ORDER BY number", (case_id,)
        )
        return tuple(
            Attempt(datetime.fromisoformat(at), Outcome(outcome), note, time_of(when))
            for at, outcome, note, when in rows
        )

    def draft_of_case(self, case_id: str) -> str | None:
        """The id of the interview under way with a case, if there is one."""
        rows = self.database.query("SELECT id FROM draft WHERE case_id = ? ORDER BY started DESC LIMIT 1", (case_id,))
        return str(rows[0][0]) if rows else None

    def _has_case(self, case_id: str) -> bool:
        return bool(self.database.query("SELECT 1 FROM call_case WHERE id = ?", (case_id,)))

    def add_attempt(self, case_id: str, attempt: Attempt, *, proxy: bool = False) -> None:
        """Add a ringing to a case; a final outcome closes it, another opens it again. `store.no-such-case`.

        Nothing is added where answers were sealed: such a case is closed for good, whatever another window still has of it.
        """
        with self.locked():
            rows = self.database.query("SELECT outcome FROM call_case WHERE id = ?", (case_id,))
            if not rows:
                raise InterviewError("store.no-such-case")
            if rows[0][0] is not None and Outcome(rows[0][0]).sealed:
                return
            when = None if attempt.appointment is None else attempt.appointment.isoformat(timespec="minutes")
            self.database.execute(
                "INSERT INTO attempt SELECT ?1, coalesce(max(number), 0) + 1, ?2, ?3, ?4, ?5"
                " FROM attempt WHERE case_id = ?1",
                (case_id, attempt.at.isoformat(timespec="minutes"), attempt.outcome, attempt.note, when),
            )
            self._close_or_open(case_id, proxy=proxy)

    def take_back_attempt(self, case_id: str) -> None:
        """Remove the last ringing of a case, which was recorded by mistake; a case it closed is open again."""
        with self.locked():
            self.database.execute(
                "DELETE FROM attempt WHERE case_id = ?1"
                " AND number = (SELECT max(number) FROM attempt WHERE case_id = ?1)",
                (case_id,),
            )
            self._close_or_open(case_id, proxy=False)

    def _close_or_open(self, case_id: str, *, proxy: bool) -> None:
        """The last ringing decides whether the case is closed, and in which month."""
        attempts = self._attempts(case_id)
        last = attempts[-1] if attempts and attempts[-1].outcome.final else None
        closed = (None, None, False) if last is None else (last.outcome, f"{last.at:%Y-%m}", proxy)
        self.database.execute(
            "UPDATE call_case SET outcome = ?, closed_month = ?, proxy_answered = ? WHERE id = ?", (*closed, case_id)
        )

    def erase_closed_cases(self, survey: str | None = None) -> int:
        """Erase every closed case, of one survey where that is named, keeping its count; how many went."""
        closed, named = "outcome IS NOT NULL", () if survey is None else (survey,)
        if survey is not None:
            closed += " AND survey = ?"
        with self.locked():
            self.count(self._closed(closed, named))
            # A draft whose case was closed by another ringing goes on without it.
            self.database.execute(
                f"UPDATE draft SET case_id = NULL WHERE case_id IN (SELECT id FROM call_case WHERE {closed})",  # noqa: S608
                named,
            )
            return self.database.execute(f"DELETE FROM call_case WHERE {closed}", named)  # noqa: S608

    # Counts.

    def tallies(self) -> dict[Tally, int]:
        """How many cases and interviews without a case ended how, over all surveys."""
        counts = self._closed()
        for row in self.database.query("SELECT survey, month, unit, outcome, proxy, count FROM tally"):
            counts[tally_of(row[:5])] += row[5]
        return dict(counts)

    def _closed(self, closed: str = "outcome IS NOT NULL", named: tuple[str, ...] = ()) -> "Counter[Tally]":
        rows = self.database.query(
            "SELECT survey, closed_month, unit, outcome, proxy_answered, count(*) FROM call_case"  # noqa: S608
            f" WHERE {closed} GROUP BY survey, closed_month, unit, outcome, proxy_answered",
            named,
        )
        return Counter({tally_of(row[:5]): row[5] for row in rows})

    def count(self, counts: Mapping[Tally, int]) -> None:
        """Add to the counts that stand apart from cases."""
        with self.locked():
            for tally, count in counts.items():
                self.database.execute(
                    "INSERT INTO tally VALUES (?, ?, ?, ?, ?, ?)"
                    " ON CONFLICT DO UPDATE SET count = count + excluded.count",
                    (*tally, count),
                )


STEPS: Final[tuple[Step, ...]] = (_FIRST,)
"""What the tables have become, in order; a step that was released never changes."""
