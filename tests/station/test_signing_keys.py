"""P6, T21: whoever leaves may have copied the station's signing key; the station gets another, and the archive follows it alone."""

import hashlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from interview.archive.central import Central, new_recipient, open_central
from interview.archive.collecting import Collected, add_station, collect, received
from interview.cli.main import main
from interview.crypto.signing import SigningKey
from interview.crypto.slots import TEST
from interview.errors import InterviewError
from interview.exchange.batch import BatchHeader, read_batch, write_batch
from interview.exchange.cards import StationCard, make_station_card, read_station_card
from interview.exchange.succession import make_succession
from interview.files import AtomicFile
from interview.paths import Home
from interview.station.exporting import Exported, export
from interview.station.keys import station_keys, station_vault
from interview.station.receiving import take_receipt
from interview.station.setup import set_up
from interview.station.simulating import simulate
from interview.station.station import SIGNING_KEY
from interview.station.unlocking import unlock
from interview.store.keyring import open_keyring
from interview.store.rekeying import rekey

ANNA, BERIT, CARIN = "fyra ord utan samband", "en helt annan lösenfras", "ytterligare några ord här"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A station of Anna and Berit that has sent one batch and has a second, and the central group that knows its card."""
    folder = tmp_path_factory.mktemp("made")
    home = Home(folder / "station")
    station, _ = set_up(home, ANNA, name="Anna", profile=TEST)
    with station:
        for number in (1, 2):
            simulate(station, 20, Random(number))
            export(station)
    station_keys(home).add(ANNA, "Berit", BERIT, TEST)
    with new_recipient(Home(folder / "central"), "Centralen", ANNA, TEST)[0] as central:
        add_station(central, home.card.read_bytes(), rehearsal=True)
        collect(central, sorted(home.outbox.glob("*-0001.batch")), rehearsal=True)
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "copied"))


@pytest.fixture
def home(folder: Path) -> Home:
    return Home(folder / "station")


@pytest.fixture
def central(folder: Path) -> Iterator[Central]:
    with open_central(Home(folder / "central"), ANNA) as opened:
        yield opened


def shown(home: Home) -> StationCard:
    return read_station_card(home.card.read_bytes())


def sent(home: Home, secret: str = ANNA, seed: int = 3) -> Exported:
    """The station's next batch."""
    with unlock(home, secret) as station:
        simulate(station, 20, Random(seed))
        return export(station)


def collected(central: Central, *paths: Path) -> list[tuple[str, tuple[str, ...]]]:
    """What became of batches: why they were refused, what was told."""
    return [_told(result) for result in collect(central, paths, rehearsal=True)]


def _told(result: Collected) -> tuple[str, tuple[str, ...]]:
    return (result.refused.code if result.refused else "", tuple(note.code for note in result.notes))


def tallied(central: Central) -> int:
    archive = central.archive(rehearsal=True)
    (survey,) = archive.surveys()
    return sum(tally.count for tally in archive.tallies(survey.hash))


def test_t21_the_next_batch_brings_the_new_key_and_the_chain_goes_on(home: Home, central: Central) -> None:
    before = shown(home)
    with unlock(home, ANNA) as station:
        counted = sum(station.workspace.tallies().values())
    station_keys(home).remove(ANNA, "Berit")
    assert shown(home).public != before.public and shown(home).succeeds[0].old == before.public
    third = sent(home)
    batch = read_batch(third.path)
    assert batch.header.station == shown(home).public and third.seq == 3
    assert batch.header.prev == read_batch(next(home.outbox.glob("*-0002.batch"))).hash
    second = next(home.outbox.glob("*-0002.batch"))
    assert collected(central, second, third.path) == [("", ()), ("", ("archive.new-key",))]
    assert [one.station.public for one in received(central)] == [shown(home).public]
    # Tallies are cumulative: those of the two keys are one station's.
    assert tallied(central) >= counted > 0
    with unlock(home, ANNA) as station:
        assert tallied(central) == sum(station.workspace.tallies().values())
    assert collected(central, second, third.path) == [("", ()), ("", ())]


def test_t21_a_batch_made_before_still_comes_and_is_receipted(home: Home, central: Central, tmp_path: Path) -> None:
    """It got lost on the way; it is written again after the key was left, and comes after the batch that told so."""
    second = next(home.outbox.glob("*-0002.batch"))
    content = second.read_bytes()
    second.unlink()
    station_keys(home).remove(ANNA, "Berit")
    third = sent(home)
    assert collected(central, third.path) == [("", ("archive.new-key", "archive.gap"))]
    with unlock(home, ANNA) as station:
        again = export(station, to=tmp_path / "again", again=2)
        assert again.path.read_bytes() == content
        (result,) = collect(central, [again.path], rehearsal=True)
        assert _told(result) == ("", ()) and result.receipt is not None
        assert take_receipt(station, result.receipt.read_bytes()).pruned > 0
        assert [name.old for name in shown(home).succeeds] == [read_batch(again.path).header.station]


def forged(copied: SigningKey, like: Exported, to: Path, **changed: object) -> Path:
    """A batch by somebody who has copied a key: a response of their own, the rest as in another batch."""
    batch = read_batch(like.path)
    (_, sealed), *_ = batch.records()
    fields = {name: getattr(batch.header, name) for name in BatchHeader.__dataclass_fields__}
    record = sealed[:-1] + bytes([sealed[-1] ^ 1])
    header = BatchHeader(**{**fields, "station": copied.public, "count": 1, "card": b"", **changed})
    with AtomicFile(to) as file:
        write_batch(file, header, [(hashlib.sha256(record).digest(), record)], copied)
    return to


def own_card(copied: SigningKey, own: SigningKey, like: StationCard) -> bytes:
    """A card by somebody who has copied a station's key and lets a key of their own follow it."""
    statement = make_succession(copied, own.public, ())
    return make_station_card(like.name, like.unit, like.organisation, own, rehearsal=True, succeeds=(statement,))


@pytest.fixture
def copied(home: Home) -> SigningKey:
    """The signing key as Berit copied it."""
    return SigningKey.from_bytes(open_keyring(home.keyring, BERIT).secrets[SIGNING_KEY])


def test_t21_whoever_left_signs_nothing_that_is_taken(
    home: Home, central: Central, copied: SigningKey, tmp_path: Path
) -> None:
    """Neither by the copied key nor by one of their own that the copied one vouches for."""
    station_keys(home).remove(ANNA, "Berit")
    third = sent(home)
    collected(central, third.path)
    assert collected(central, forged(copied, third, tmp_path / "a.batch")) == [("archive.left-key", ())]
    own = SigningKey.generate()
    card = own_card(copied, own, shown(home))
    by_own = forged(own, third, tmp_path / "b.batch", card=card)
    assert collected(central, by_own) == [("archive.contested-key", ())]
    with pytest.raises(InterviewError, match="left-key"):
        add_station(
            central, make_station_card("Norr", "u", shown(home).organisation, copied, rehearsal=True), rehearsal=True
        )


def test_t21_a_card_registered_by_hand_settles_who_follows(
    home: Home, central: Central, copied: SigningKey, tmp_path: Path
) -> None:
    """Whoever left was faster: the station's own batch is refused, and its card puts the other key out."""
    own = SigningKey.generate()
    card = own_card(copied, own, shown(home))
    second = next(home.outbox.glob("*-0002.batch"))
    fake = forged(own, Exported(second, 0, 2, False), tmp_path / "fake.batch", card=card)
    # Its response opens to nobody; the key is not taken from a batch that is refused.
    assert collected(central, fake) == [("archive.bad-response", ())]
    assert [one.station.public for one in received(central)] == [copied.public]
    add_station(central, card, rehearsal=True)
    station_keys(home).remove(ANNA, "Berit")
    third = sent(home)
    assert collected(central, third.path) == [("archive.contested-key", ())]
    add_station(central, home.card.read_bytes(), rehearsal=True)
    assert [one.station.public for one in received(central)] == [shown(home).public]
    assert collected(central, third.path) == [("", ("archive.gap",))]
    assert collected(central, second) == [("", ())]
    assert collected(central, fake) == [("archive.contested-key", ())]


def nothing_from(own: SigningKey, card: bytes, like: Path, to: Path) -> Path:
    """An empty batch far on in the chain, by somebody who has a key of their own follow the station's: it counts no call."""
    before = read_batch(like)
    changed = replace(before.header, station=own.public, seq=90, prev=before.hash, card=card, tallies=b"", count=0)
    with AtomicFile(to) as file:
        write_batch(file, changed, [], own)
    return to


def test_t21_settling_a_contested_key_loses_no_tallies(
    home: Home, central: Central, copied: SigningKey, tmp_path: Path
) -> None:
    """P6: whose card is registered counts, whatever was registered in between; a wrong card's numbers never afterwards."""
    counted = tallied(central)
    own = SigningKey.generate()
    card = own_card(copied, own, shown(home))
    first = next(home.outbox.glob("*-0001.batch"))
    station_keys(home).remove(ANNA, "Berit")
    add_station(central, card, rehearsal=True)
    assert tallied(central) == counted > 0
    assert collected(central, nothing_from(own, card, first, tmp_path / "no.batch"))[0][0] == ""
    assert tallied(central) == 0
    add_station(central, home.card.read_bytes(), rehearsal=True)
    assert tallied(central) == counted
    assert collected(central, first) == [("", ())]
    third = sent(home)
    assert collected(central, third.path) == [("", ("archive.gap",))]
    with unlock(home, ANNA) as station:
        sent_at_last = sum(station.workspace.tallies().values())
    assert tallied(central) == sent_at_last > counted
    # The wrong one by mistake once more, and back: what was collected meanwhile is not lost either.
    add_station(central, card, rehearsal=True)
    assert tallied(central) == 0
    add_station(central, home.card.read_bytes(), rehearsal=True)
    assert tallied(central) == sent_at_last


def test_t21_every_key_that_ceases_renews_the_signature_and_each_vouches_for_the_next(
    home: Home, central: Central
) -> None:
    keys, seen = station_keys(home), [shown(home).public]
    for change in (
        lambda: keys.change(BERIT, CARIN, profile=TEST),
        lambda: keys.new_code(ANNA, TEST),
        lambda: keys.remove(ANNA, "Berit"),
    ):
        change()
        seen.insert(0, shown(home).public)
    assert [succession.old for succession in shown(home).succeeds] == seen[1:]
    third = sent(home)
    assert collected(central, third.path)[0][1] == ("archive.new-key", "archive.gap")
    assert [one.station.public for one in received(central)] == [shown(home).public]


def test_p6_a_card_whose_keys_do_not_follow_each_other_is_refused(home: Home) -> None:
    one, two, three = (SigningKey.generate() for _ in range(3))
    statement = make_succession(one, two.public, ())
    card = make_station_card("N", "u", shown(home).organisation, three, rehearsal=True, succeeds=(statement,))
    with pytest.raises(InterviewError, match="card-invalid"):
        read_station_card(card)


@pytest.fixture
def typed(tmp_path: Path) -> Callable[[str], str]:
    def file(text: str) -> str:
        (tmp_path / "secret").write_text(text, encoding="utf-8")
        return str(tmp_path / "secret")

    return file


def test_c1_the_command_says_that_the_signature_is_new(
    home: Home, typed: Callable[[str], str], capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["keys", "remove", "Berit", "--home", str(home.root), "--passphrase-file", typed(ANNA)]
    assert main(words) == 0
    said = capsys.readouterr().err
    assert shown(home).fingerprint in said and str(home.card) in said


def test_t21_keys_are_exchanged_for_other_reasons_without_a_new_signature(home: Home) -> None:
    """Retention exchanges keys too; nobody has left then."""
    before = shown(home).public
    rekey(station_vault(home), station_keys(home).opened(ANNA), lambda present: present.slots)
    with unlock(home, ANNA) as station:
        assert station.signing_key.public == before == shown(home).public
