"""The anonymous side (A12, P3, P7): what rests there, and that nothing of it tells when, who or in what order."""

import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from interview.database.opening import open_database
from interview.errors import InterviewError
from interview.store.responses import PAGE, Responses, StoredBatch

KEY = bytes(range(32))
SURVEY, OTHER, FORM = "aa" * 32, "bb" * 32, "cc" * 32


@pytest.fixture
def responses(tmp_path: Path) -> Iterator[Responses]:
    with open_database(tmp_path / "responses.db", KEY, create=True) as database:
        made = Responses(database)
        made.migrate()
        made.add_survey(SURVEY, b"envelope", FORM)
        yield made


def code_of(function: Callable[[], object]) -> str:
    with pytest.raises(InterviewError) as caught:
        function()
    return caught.value.code


def batch(seq: int, count: int) -> StoredBatch:
    return StoredBatch(seq, bytes([seq]) * 32, b"", SURVEY, count, False, b"header")


def test_no_table_has_a_rowid_a_time_or_a_number_that_counts(responses: Responses) -> None:
    """P3, T2: beside a response lies its survey, and nothing else."""
    for (table,) in responses.database.query("SELECT name FROM sqlite_master WHERE type = 'table'"):
        with pytest.raises(dbapi2.Error, match="rowid"):
            responses.database.query(f"SELECT rowid FROM {table}")
    columns = [row[1] for row in responses.database.query("PRAGMA table_info(response)")]
    assert columns == ["hash", "survey", "sealed"]
    assert responses.database.query("SELECT name FROM sqlite_master WHERE name LIKE 'sqlite_%'") == []


def test_a_response_rests_under_the_hash_of_its_sealed_bytes(responses: Responses) -> None:
    assert responses.add(SURVEY, b"sealed", b"token")
    assert list(responses.waiting(SURVEY)) == [(hashlib.sha256(b"sealed").digest(), b"sealed")]
    assert (responses.waiting_count(SURVEY), responses.waiting_count(OTHER)) == (1, 0)


def test_a_token_lets_one_response_in(responses: Responses) -> None:
    """A13."""
    assert responses.add(SURVEY, b"one", b"token")
    assert not responses.add(SURVEY, b"two", b"token")
    assert responses.tokens() == {b"token"} and responses.has_token(b"token")
    assert [sealed for _, sealed in responses.waiting(SURVEY)] == [b"one"]
    responses.forget(b"token")
    responses.forget(b"token")
    assert responses.tokens() == frozenset() and responses.waiting_count(SURVEY) == 1


def test_a_response_twice_is_refused_whole(responses: Responses) -> None:
    """A collision is no accident: neither the token nor the counter changes."""
    responses.add(SURVEY, b"one", b"first")
    assert code_of(lambda: responses.add(SURVEY, b"one", b"second")) == "database.constraint"
    assert code_of(lambda: responses.add_many(SURVEY, [b"three", b"one"])) == "database.constraint"
    assert (responses.tokens(), responses.waiting_count(SURVEY)) == ({b"first"}, 1)


def test_walking_through_many_meets_each_once_in_the_order_of_hashes(responses: Responses) -> None:
    sealed = [b"%d" % number for number in range(2 * PAGE + 3)]
    with responses.large_cache():
        assert responses.add_many(SURVEY, sealed) == len(sealed)
    walked = list(responses.waiting(SURVEY))
    assert [digest for digest, _ in walked] == sorted(hashlib.sha256(record).digest() for record in sealed)
    assert {record for _, record in walked} == set(sealed)
    # No cursor stays open between pages, or no checkpoint would succeed meanwhile.
    walk = responses.waiting(SURVEY)
    next(walk)
    assert responses.database.query("PRAGMA wal_checkpoint(TRUNCATE)")[0][0] == 0


def test_a_response_leaves_in_one_batch(responses: Responses) -> None:
    """P6: and the counter follows."""
    responses.add_many(SURVEY, [b"one", b"two"])
    members = [digest for digest, _ in responses.waiting(SURVEY)]
    responses.add_batch(batch(1, 2), members)
    assert (responses.waiting_count(SURVEY), list(responses.waiting(SURVEY))) == (0, [])
    assert [digest for digest, _ in responses.records(1)] == sorted(members)
    responses.add_many(SURVEY, [b"three"])
    assert code_of(lambda: responses.add_batch(batch(2, 3), members)) == "store.in-another-batch"
    assert (len(responses.batches()), responses.waiting_count(SURVEY)) == (1, 1)
    assert responses.prune(1) == 2
    assert [batch.pruned for batch in responses.batches()] == [True]
    assert [sealed for _, sealed in responses.waiting(SURVEY)] == [b"three"]


def test_the_newest_survey_is_in_force_and_another_can_be(responses: Responses) -> None:
    responses.add_survey(OTHER, b"other", FORM)
    assert [(survey.hash, survey.in_force) for survey in responses.surveys()] == [(OTHER, True), (SURVEY, False)]
    responses.put_in_force(SURVEY)
    assert responses.surveys()[0].hash == SURVEY


def test_a_questionnaire_never_changes(responses: Responses) -> None:
    """P7."""
    responses.add_questionnaire(FORM, b"first", 1024)
    responses.add_questionnaire(FORM, b"second", 2048)
    assert responses.questionnaire(FORM) == (b"first", 1024)
    assert code_of(lambda: responses.questionnaire(OTHER)) == "store.no-such-questionnaire"


def test_settings_are_kept_changed_and_removed(responses: Responses) -> None:
    assert responses.setting("unit") is None
    for value in (b"vc-norr", b"", None):
        responses.set_setting("unit", value)
        assert responses.setting("unit") == value


def test_several_methods_are_one_transaction(responses: Responses) -> None:
    with pytest.raises(KeyError), responses.locked():
        responses.add(SURVEY, os.urandom(40), b"token")
        responses.set_setting("unit", b"vc")
        raise KeyError
    assert responses.tokens() == frozenset() and responses.setting("unit") is None
