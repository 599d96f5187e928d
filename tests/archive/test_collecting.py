"""Collecting (A15, P6, T9): all of a batch or nothing, gaps and forks told, twice changes nothing."""

import hashlib
import json
from dataclasses import astuple
from pathlib import Path
from typing import Any

import pytest

from interview.archive import collecting, store
from interview.archive.central import new_recipient, open_central
from interview.archive.collecting import add_station, collect, received
from interview.archive.store import Archive
from interview.crypto.sealing import SealingKey, seal
from interview.crypto.signing import SigningKey
from interview.crypto.slots import TEST
from interview.database.opening import open_database
from interview.errors import InterviewError
from interview.exchange.cards import make_station_card, read_station_card
from interview.exchange.receipt import read_receipt
from interview.exchange.succession import make_succession
from interview.exchange.surveys import read_survey, sign_survey
from interview.exchange.tallies import Tally
from interview.paths import Home
from interview.survey import Organisation
from tests.archive.conftest import PASSPHRASE


def codes(notes: tuple[InterviewError, ...]) -> list[str]:
    return [note.code for note in notes]


def everything(world: Any) -> dict[str, list[Any]]:
    database = world.central.archive().database
    tables = [row[0] for row in database.query("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {table: database.query(f"SELECT * FROM {table}") for table in tables}


def test_a_batch_is_taken_in_and_a_receipt_written(world: Any) -> None:
    path = world.batch(world.some(3))
    (collected,) = collect(world.central, [path])
    assert (collected.refused, collected.new, collected.already, collected.notes) == (None, 3, 0, ())
    assert (collected.station, collected.seq) == ("Norr 1", 1)
    assert [content for _, _, content in world.stored()] == [world.content()] * 3
    assert collected.receipt is not None and collected.receipt.parent == path.parent
    receipt = read_receipt(collected.receipt.read_bytes())
    assert (receipt.batch, receipt.seq, receipt.count) == (world.prev, 1, 3)
    assert (receipt.station, receipt.recipient) == (world.station.public, world.central.signing_key.public)


def test_the_same_again_changes_nothing(world: Any) -> None:
    """T9: "already here"; the receipt is the same, too."""
    path = world.batch(world.some(3))
    (first,) = collect(world.central, [path])
    before, receipt = everything(world), first.receipt.read_bytes()
    for _ in range(2):
        (again,) = collect(world.central, [path])
        assert (again.refused, again.new, again.already, again.notes) == (None, 0, 3, ())
    assert everything(world) == before
    assert first.receipt.read_bytes() == receipt
    results = collect(world.central, [path, path])
    assert [(found.new, found.already) for found in results] == [(0, 3), (0, 3)]


def test_who_collects_the_same_at_the_same_moment_finds_it_here(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """T18: two people at the central group; nothing is taken in twice, and neither is kept from the rest."""
    paths = [world.batch(world.some(3)), world.batch(world.some(2))]
    take_in = collecting._Collector._take_in
    with open_central(world.central.home, PASSPHRASE) as other:

        def meanwhile(*parts: Any) -> int:
            monkeypatch.setattr(collecting._Collector, "_take_in", take_in)
            assert [found.new for found in collect(other, paths[:1])] == [3]
            return take_in(*parts)

        monkeypatch.setattr(collecting._Collector, "_take_in", meanwhile)
        results = collect(world.central, paths)
    assert [(found.new, found.already, found.refused) for found in results] == [(0, 3, None), (2, 0, None)]


def test_receipts_go_where_they_are_asked_for_and_their_failure_keeps_nothing_out(world: Any, tmp_path: Path) -> None:
    receipts = tmp_path / "receipts"
    (collected,) = collect(world.central, [world.batch(world.some(2))], receipts=receipts)
    assert collected.receipt is not None and collected.receipt.parent == receipts
    (tmp_path / "file").write_bytes(b"")
    (collected,) = collect(world.central, [world.batch(world.some(2))], receipts=tmp_path / "file")
    assert (collected.new, collected.refused, collected.receipt) == (2, None, None)
    assert codes(collected.notes) == ["files.write-failed"]


def test_every_byte_of_a_small_batch_flipped_is_refused_whole(world: Any) -> None:
    """T9, over a stride of the bytes (`tests/exchange` flips each): nothing of it enters, no receipt is written."""
    raw = world.batch(world.some(2), name="good.batch").read_bytes()
    path, before = world.folder / "bad.batch", everything(world)
    for place in range(0, len(raw), 97):
        path.write_bytes(raw[:place] + bytes((raw[place] ^ 1,)) + raw[place + 1 :])
        (collected,) = collect(world.central, [path])
        assert collected.refused is not None and collected.receipt is None
    assert everything(world) == before
    assert not list(world.folder.glob("*receipt*"))


@pytest.mark.parametrize("fault", ["station", "signer", "recipient", "real", "survey-hash"])
def test_who_is_not_known_is_refused(world: Any, rehearsal: Any, fault: str, tmp_path: Path) -> None:
    """P6: the archive knows its stations and the signers of its surveys; a rehearsal never enters."""
    expected = {
        "station": "archive.unknown-station", "signer": "archive.unknown-signer", "real": "archive.rehearsal",
        "recipient": "archive.not-a-recipient", "survey-hash": "archive.bad-response",
    }  # fmt: skip
    other = SigningKey.generate()
    match fault:
        case "station":
            world.station = other
            path = world.batch(world.some(2))
        case "signer":
            # The real survey's words, signed by a stranger.
            world.signed = read_survey(sign_survey(world.signed.survey, world.signed.questionnaires, other), None)
            path = world.batch(world.some(2))
        case "recipient":
            elsewhere, _ = new_recipient(Home(tmp_path / "elsewhere"), "Annan", "correct horse battery staple", TEST)
            survey = world.signed.survey.model_copy(update={"recipients": (elsewhere.recipient,)})
            forms = world.signed.questionnaires
            world.signed = read_survey(sign_survey(survey, forms, world.central.signing_key), None)
            path = world.batch(world.some(2))
        case "real":
            path = rehearsal.batch(rehearsal.some(2))
        case _:
            path = world.batch([world.sealed(world.content(), survey_hash="0" * 64)])
    (collected,) = collect(world.central, [path])
    assert collected.refused is not None and collected.refused.code == expected[fault]
    assert world.stored() == []


@pytest.mark.parametrize("follows", [False, True], ids=["nobody", "a stranger"])
def test_a_card_in_a_batch_makes_nobody_known(world: Any, follows: bool) -> None:
    """P6, T21: whoever signs a batch can sign a card, and keys that vouch for it; one of those must be known here."""
    key, old = SigningKey.generate(), SigningKey.generate()
    card = make_station_card(
        "Norr 1", "vc-norr", Organisation.PRIMARY_CARE, key, rehearsal=False,
        succeeds=(make_succession(old, key.public, ()),) if follows else (),
    )  # fmt: skip
    world.station = key
    (collected,) = collect(world.central, [world.batch(world.some(2), card=card)])
    assert collected.refused is not None and collected.refused.code == "archive.unknown-station"
    assert world.stored() == [] and world.central.archive().station(key.public) is None


def test_rehearsals_go_into_an_archive_of_their_own(world: Any, rehearsal: Any) -> None:
    """A rehearsal's responses can never enter the real archive, nor real ones the rehearsal's."""
    real, practice = world.batch(world.some(2), name="r.batch"), rehearsal.batch(rehearsal.some(3), name="p.batch")
    refused, taken = collect(world.central, [real, practice], rehearsal=True)
    assert refused.refused is not None and refused.refused.code == "archive.no-rehearsal"
    assert (taken.new, taken.refused) == (3, None)
    assert world.stored() == [] and len(world.stored(rehearsal=True)) == 3
    taken, refused = collect(world.central, [real, practice])
    assert taken.new == 2 and refused.refused is not None
    assert len(world.stored()) == 2 and len(world.stored(rehearsal=True)) == 3
    assert [one.station.name for one in received(world.central)] == ["Norr 1", "Övning"]


@pytest.mark.parametrize(
    "changed",
    [
        {"unit": "vc-okand"},
        {"questionnaire": "0" * 64},
        {"answers": [{"id": "A", "value": "yes", "by": "patient"}]},
        {"respondent": "proxy"},
        {"format": 2},
        {"time": "12:00"},
        {"answers": [
            {"id": "A", "value": "maybe", "by": "patient"}, {"id": "B", "missing": "left-open"},
            {"id": "C", "value": 7, "by": "patient"}, {"id": "D", "missing": "left-open"},
            {"id": "E", "missing": "only-asked-of-proxy"},
        ]},
    ],
    ids=["unit", "questionnaire", "too-few", "respondent", "format", "more", "option"],
)  # fmt: skip
def test_one_response_that_does_not_fit_keeps_the_whole_batch_out(world: Any, changed: dict[str, Any]) -> None:
    """A15: every response is checked against its questionnaire before anything is imported."""
    path = world.batch([*world.some(5), world.sealed(world.content(**changed))])
    before = everything(world)
    (collected,) = collect(world.central, [path])
    assert collected.refused is not None and collected.refused.code == "archive.bad-response"
    assert everything(world) == before


def test_an_organisation_the_survey_does_not_name_keeps_the_whole_batch_out(world: Any) -> None:
    """A15, P6: as with a unit."""
    survey = world.signed.survey.model_copy(update={"organisations": (Organisation.PRIMARY_CARE,)})
    file = sign_survey(survey, world.signed.questionnaires, world.central.signing_key)
    world.signed = read_survey(file, None)
    for organisation, refused in (("municipality", True), ("primary-care", False)):
        (collected,) = collect(world.central, [world.batch([world.sealed(world.content(organisation=organisation))])])
        assert (collected.refused is not None and collected.refused.code == "archive.bad-response") is refused


def test_a_record_for_another_key_keeps_the_whole_batch_out(world: Any) -> None:
    stranger = seal(bytes(4096), [SealingKey.generate().public], bytes.fromhex(world.signed.hash))
    (collected,) = collect(world.central, [world.batch([*world.some(2), stranger, b"no record"])])
    assert collected.refused is not None and collected.refused.code == "archive.bad-response"
    assert world.stored() == []


def test_one_refused_batch_keeps_no_other_out(world: Any, tmp_path: Path) -> None:
    good = world.batch(world.some(2))
    (world.folder / "noise").write_bytes(b"noise")
    results = collect(world.central, [world.folder / "noise", good, tmp_path / "none", tmp_path])
    assert [found.refused.code if found.refused else found.new for found in results] == [
        "exchange.not-a-batch", 2, "files.not-found", "files.not-a-file",
    ]  # fmt: skip
    assert [found.path.name for found in results][:2] == ["noise", "1.batch"]


def test_dropped_batches_are_told_as_gaps(world: Any) -> None:
    """T9, P6: told, imported."""
    paths = [world.batch(world.some(2)) for _ in range(5)]
    (first,) = collect(world.central, [paths[0]])
    (fourth,) = collect(world.central, [paths[3]])
    assert (first.notes, fourth.new) == ((), 2)
    assert codes(fourth.notes) == ["archive.gap"]
    assert dict(fourth.notes[0].facts) == {"missing": "2–3"}
    assert codes(collect(world.central, [paths[4]])[0].notes) == []
    # Told once while collecting, it stands where one looks afterwards.
    assert [(one.batches, one.missing) for one in received(world.central)] == [(3, "2–3")]
    # Whoever sends what was missing hears nothing of gaps or forks.
    assert [found.notes for found in collect(world.central, [paths[1], paths[2]])] == [(), ()]
    assert len(world.stored()) == 10
    assert [(one.batches, one.missing) for one in received(world.central)] == [(5, "")]


def test_batches_given_together_in_any_order_make_no_gap_of_each_other(world: Any) -> None:
    paths = [world.batch(world.some(2)) for _ in range(4)]
    results = collect(world.central, paths[::-1])
    assert [found.seq for found in results] == [4, 3, 2, 1]
    assert all(found.notes == () and found.new == 2 for found in results)


def test_forks_are_told_imported_and_counted_once(world: Any) -> None:
    """T9, P6: a station restored from a copy sends another second batch, holding some of the same responses."""
    records = world.some(6)
    first = world.batch(records[:2])
    after_first = world.prev
    second = world.batch(records[2:4])
    world.prev, world.seq = after_first, 1
    other = world.batch(records[3:6], name="other.batch")
    collect(world.central, [first, second])
    (forked,) = collect(world.central, [other])
    assert codes(forked.notes) == ["archive.fork"]
    assert (forked.new, forked.already) == (2, 1)
    assert {row[0] for row in world.stored()} == {hashlib.sha256(record).digest() for record in records}


def test_a_batch_that_follows_another_than_the_one_here_is_a_fork(world: Any) -> None:
    first = world.batch(world.some(2))
    world.prev = "ab" * 32
    second = world.batch(world.some(2))
    assert [codes(found.notes) for found in collect(world.central, [first, second])] == [[], ["archive.fork"]]
    # The same, seen when the earlier one comes last.
    world.station = SigningKey.generate()
    add_station(
        world.central, make_station_card("Två", "vc-norr", Organisation.PRIMARY_CARE, world.station, rehearsal=False)
    )
    world.seq, world.prev = 0, ""
    early = world.batch(world.some(2), name="early")
    world.prev = "ab" * 32
    late = world.batch(world.some(2), name="late")
    [gap] = collect(world.central, [late])[0].notes
    assert (gap.code, dict(gap.facts)) == ("archive.gap", {"missing": "1"})
    assert codes(collect(world.central, [early])[0].notes) == ["archive.fork"]


def test_responses_outside_the_surveys_period_are_told(world: Any) -> None:
    records = [world.sealed(world.content(period=period)) for period in ("2026-08", "2026-09", "2027-01")]
    (collected,) = collect(world.central, [world.batch(records)])
    assert collected.new == 3
    assert codes(collected.notes) == ["archive.outside-period"] and collected.notes[0].facts["count"] == 2


def test_tallies_of_a_later_batch_stand_whatever_comes_last(world: Any) -> None:
    """They are cumulative: adding them up over batches would count twice."""
    early, late = Tally("2026-11", "vc-norr", "1.1", False, 2), Tally("2026-11", "vc-norr", "1.1", False, 5)
    paths = [world.batch(world.some(2), tallies=[early]), world.batch(world.some(3), tallies=[late])]
    for path in paths[::-1]:
        collect(world.central, [path])
    assert world.central.archive().tallies(world.signed.hash) == (late,)


def test_an_archive_of_before_keeps_its_tallies_under_every_key_that_may_have_signed_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """T21: they lay under the key each station had last."""
    cards = {name: station_card(name) for name in ("Ett", "Två")}
    earlier = SigningKey.generate().public
    counted = {name: Tally("2026-11", "vc-norr", "1.1", False, number) for number, name in enumerate(cards, 2)}
    with open_database(tmp_path / "archive.db", bytes(32), create=True) as database:
        with monkeypatch.context() as before:
            before.setattr(store, "STEPS", store.STEPS[:2])
            old = Archive(database)
        for name, card in cards.items():
            known = read_station_card(card)
            old.add_station(known, card)
            row = (known.public, bytes(32), 7, json.dumps([astuple(counted[name])]))
            database.execute("INSERT INTO tally VALUES (?, ?, ?, ?)", row)
        old.add_succession(earlier, read_station_card(cards["Två"]).public)
        archive = Archive(database)
        assert set(archive.tallies("00" * 32)) == set(counted.values())
        # Settled for another key, what the earlier one may have signed counts.
        other = station_card("Tre")
        archive.put_out(read_station_card(cards["Två"]).public, read_station_card(other).public)
        assert set(archive.tallies("00" * 32)) == {counted["Ett"]}
        archive.add_station(read_station_card(other), other)
        archive.add_succession(earlier, read_station_card(other).public)
        assert set(archive.tallies("00" * 32)) == set(counted.values())


def station_card(name: str) -> bytes:
    return make_station_card(name, "vc-norr", Organisation.PRIMARY_CARE, SigningKey.generate(), rehearsal=False)


def test_the_archive_keeps_no_station_and_no_batch_beside_a_response(world: Any) -> None:
    """P3, T2: columns and hidden columns alike."""
    collect(world.central, [world.batch(world.some(2))])
    database = world.central.archive().database
    assert [row[1] for row in database.query("PRAGMA table_info(response)")] == ["hash", "survey", "content"]
    for (table,) in database.query("SELECT name FROM sqlite_master WHERE type = 'table'"):
        with pytest.raises(Exception, match="no such column: rowid"):
            database.query(f"SELECT rowid FROM {table}")


def test_what_was_killed_before_it_was_tidy_is_tidied_by_the_next_collecting(world: Any) -> None:
    """T2: the order of arrival never stays."""
    archive = world.central.archive()
    archive.mark_untidy()
    path = world.batch(world.some(2))
    (world.folder / "noise").write_bytes(b"")
    collect(world.central, [world.folder / "noise"])
    assert archive.setting("untidy") is None
    collect(world.central, [path])
    assert archive.setting("untidy") is None
    wal = world.central.home.archive.with_name("archive.db-wal")
    assert not wal.exists() or wal.stat().st_size < 4096 * 4


def test_progress_ends_at_the_whole_whatever_is_refused(world: Any) -> None:
    told: list[tuple[int, int]] = []
    bad = world.batch([*world.some(2), b"no record"], name="bad.batch")
    good = world.batch(world.some(2))
    collect(world.central, [bad, good], progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (5, 5)


def test_nothing_readable_lies_in_the_files(world: Any) -> None:
    """P5: the archive is encrypted."""
    canary = "ett ord som inte finns någon annanstans"
    content = world.content(
        [
            {"id": "A", "value": "yes", "by": "patient"},
            {"id": "B", "missing": "left-open"},
            {"id": "C", "missing": "left-open"},
            {"id": "D", "value": canary, "by": "patient"},
            {"id": "E", "missing": "only-asked-of-proxy"},
        ]
    )
    collect(world.central, [world.batch([world.sealed(content)])])
    assert canary.encode() in world.stored()[0][2]
    for file in (*world.central.home.root.iterdir(), *world.folder.iterdir()):
        assert canary.encode() not in file.read_bytes(), file.name


def test_a_rehearsals_card_is_added_only_where_that_is_meant(world: Any) -> None:
    """A15: as with batches; silently taken for a real one, its batches would be refused for no reason that is seen."""
    for made_up, name in ((False, "Riktig"), (True, "Övad")):
        card = make_station_card(name, "vc-norr", Organisation.PRIMARY_CARE, SigningKey.generate(), rehearsal=made_up)
        with pytest.raises(InterviewError) as caught:
            add_station(world.central, card, rehearsal=not made_up)
        assert caught.value.code == ("archive.rehearsal-card" if made_up else "archive.no-rehearsal-card")
        assert name not in {known.name for known in [one.station for one in received(world.central)]}
        assert add_station(world.central, card, rehearsal=made_up).name == name
