"""P5, T7, T21: one file, opened by a passphrase or a recovery code, and by nothing that was changed."""

import base64
import json
import re
import resource
import stat
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from interview.crypto.slots import NORMAL, TEST, Profile, Slot, check_work
from interview.errors import InterviewError
from interview.store.keyring import MAX_SLOTS, MIN_PASSPHRASE, Keyring, check_name, check_passphrase, open_keyring
from interview.store.passphrases import guesses, propose, proposed_bits, word_list

PASSPHRASE = "fyra ord utan samband"
SECRETS = {"workspace": bytes(range(32)), "responses": bytes(range(32, 64)), "sealing": bytes(96)}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keyring"


@pytest.fixture
def made(path: Path) -> tuple[Keyring, str]:
    return Keyring.create(path, "station", SECRETS, PASSPHRASE, name="Anna", profile=TEST)


def refusal(path: Path, secret: str) -> InterviewError:
    with pytest.raises(InterviewError) as caught:
        open_keyring(path, secret)
    return caught.value


def edit(path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    content = json.loads(path.read_bytes())
    change(content)
    path.write_bytes(json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode())


def test_p5_it_opens_to_the_passphrase_and_to_the_recovery_code(path: Path, made: tuple[Keyring, str]) -> None:
    _, code = made
    for secret in (PASSPHRASE, code, code.lower().replace("-", " ")):
        opened = open_keyring(path, secret)
        assert dict(opened.secrets) == SECRETS
        assert (opened.kind, opened.generation) == ("station", 1)
        assert [(slot.name, slot.kind) for slot in opened.slots] == [("Anna", "passphrase"), ("recovery", "recovery")]


def test_p5_nothing_else_opens_it(path: Path, made: tuple[Keyring, str]) -> None:
    error = refusal(path, PASSPHRASE + "!")
    assert error.code == "keys.wrong-passphrase"
    assert not error.facts
    assert refusal(path, "").code == "keys.wrong-passphrase"
    _, another = Keyring.create(path.with_name("other"), "station", {}, PASSPHRASE, name="B", profile=TEST)
    assert refusal(path, another).code == "keys.wrong-passphrase"


def test_t21_a_mistyped_recovery_code_is_told_by_its_group(path: Path, made: tuple[Keyring, str]) -> None:
    code = made[1]
    wrong = next(code[:5] + symbol + code[6:] for symbol in "AB" if code[5] != symbol)
    error = refusal(path, wrong)
    assert error.code in {"crypto.recovery-mistyped", "keys.wrong-passphrase"}
    assert refusal(path, code[:-1]).code == "crypto.recovery-length"


def test_a_passphrase_that_is_shaped_like_a_code_is_a_passphrase(path: Path) -> None:
    passphrase = "AAAA-BBBB-CCCC-DDDD-EEEE-FFFF-GGGG-HHHH-JJJJ"
    Keyring.create(path, "station", SECRETS, passphrase, name="Anna", profile=TEST)
    assert dict(open_keyring(path, passphrase).secrets) == SECRETS


def test_p5_no_secret_lies_plain_in_the_file(path: Path, made: tuple[Keyring, str]) -> None:
    content = path.read_bytes()
    hidden = [made[1].encode(), PASSPHRASE.encode(), *SECRETS.values()]
    for secret in hidden:
        assert secret not in content
        assert base64.b64encode(secret) not in content
        assert secret.hex().encode() not in content


def test_t17_the_file_is_for_this_account_alone(path: Path, made: tuple[Keyring, str]) -> None:
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    made[0].with_secrets({})
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_p5_other_secrets_are_the_next_generation(path: Path, made: tuple[Keyring, str]) -> None:
    keyring, code = made
    changed = keyring.with_secrets({"responses": bytes(32)})
    assert (keyring.generation, changed.generation) == (1, 2)
    assert dict(keyring.secrets) == SECRETS
    for secret in (PASSPHRASE, code):
        opened = open_keyring(path, secret)
        assert opened.generation == 2
        assert dict(opened.secrets) == {"responses": bytes(32)}
    assert opened.with_secrets({}).generation == 3


def test_t7_every_flipped_byte_is_refused(path: Path, made: tuple[Keyring, str]) -> None:
    content = path.read_bytes()
    codes = set()
    # Every byte of what is small, and of the keys, which are long, one in eleven.
    small = {match.start() + n for match in re.finditer(rb'"[a-z]+":[^"]|"[a-z]{1,10}"', content) for n in range(12)}
    for place in sorted(small | set(range(0, len(content), 11))):
        changed = bytearray(content)
        changed[min(place, len(content) - 1)] ^= 1
        path.write_bytes(bytes(changed))
        codes.add(refusal(path, PASSPHRASE).code)
    assert codes <= {"keys.damaged", "keys.wrong-passphrase", "keys.newer", "crypto.unreasonable-parameters"}


def test_t7_every_truncation_is_refused(path: Path, made: tuple[Keyring, str]) -> None:
    content = path.read_bytes()
    for length in range(0, len(content), 37):
        path.write_bytes(content[:length])
        assert refusal(path, PASSPHRASE).code == "keys.damaged"
    path.write_bytes(content + b"x")
    assert refusal(path, PASSPHRASE).code == "keys.damaged"


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content.update(generation=9),
        lambda content: content.update(kind="recipient"),
        lambda content: content["slots"].pop(),
        lambda content: content["slots"].reverse(),
        lambda content: content["slots"].append(content["slots"][0]),
        lambda content: content["slots"][1].update(name="Bertil"),
        lambda content: content["slots"][0].update(kind="recovery"),
        lambda content: content.update(secrets=content["mac"]),
    ],
)
def test_p5_the_whole_file_is_authenticated(
    path: Path, made: tuple[Keyring, str], change: Callable[[dict[str, Any]], object]
) -> None:
    edit(path, change)
    assert refusal(path, PASSPHRASE).code in {"keys.damaged", "keys.wrong-passphrase"}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda content: content.update(format=2), "keys.newer"),
        (lambda content: content.update(format=2, more="fields"), "keys.newer"),
        (lambda content: content.update(format=True), "keys.damaged"),
        (lambda content: content.update(format=0), "keys.damaged"),
        (lambda content: content.update(extra=1), "keys.damaged"),
        (lambda content: content.pop("mac"), "keys.damaged"),
        (lambda content: content.update(mac=7), "keys.damaged"),
        (lambda content: content.update(mac="!"), "keys.damaged"),
        (lambda content: content.update(kind=None), "keys.damaged"),
        (lambda content: content.update(generation="1"), "keys.damaged"),
        (lambda content: content.update(slots=[]), "keys.damaged"),
        (lambda content: content.update(slots={}), "keys.damaged"),
        (lambda content: content.update(slots=content["slots"] * 30), "keys.damaged"),
        (lambda content: content["slots"].append("slot"), "keys.damaged"),
        (lambda content: content["slots"][0].update(t="3"), "keys.damaged"),
        (lambda content: content["slots"][0].update(t=True), "keys.damaged"),
        (lambda content: content["slots"][0].update(name=1), "keys.damaged"),
        (lambda content: content["slots"][0].update(kind="master"), "keys.damaged"),
        (lambda content: content["slots"][0].update(m=2**31), "crypto.unreasonable-parameters"),
        (lambda content: content["slots"][1].update(m=2**31), "crypto.unreasonable-parameters"),
        (lambda content: content["slots"][1].update(t=11), "crypto.unreasonable-parameters"),
        (lambda content: content["slots"][1].update(p=17), "crypto.unreasonable-parameters"),
        (lambda content: content["slots"][0].update(salt=""), "crypto.unreasonable-parameters"),
        (lambda content: content["slots"][0].update(master=content["slots"][1]["master"]), "keys.damaged"),
        (lambda content: content["slots"][0].update(public=content["slots"][1]["public"]), "keys.wrong-passphrase"),
    ],
)
def test_t7_a_forged_file_is_refused_by_name_and_at_once(
    path: Path, made: tuple[Keyring, str], change: Callable[[dict[str, Any]], object], code: str
) -> None:
    edit(path, change)
    began = time.monotonic()
    assert refusal(path, PASSPHRASE).code == code
    assert time.monotonic() - began < 0.1


def _dear(content: dict[str, Any], slots: int, **cost: int) -> None:
    """So many slots that each cost what one may."""
    content["slots"] = [{**content["slots"][0], "name": f"{n}", **cost} for n in range(slots)]


@pytest.mark.parametrize(
    ("slots", "cost"),
    [
        (4, {"m": 1024 * 1024, "t": 10}),
        (32, {"m": 1024 * 1024, "t": 1}),
        (5, {"m": 256 * 1024, "t": 10}),
        (2, {"t": 10, "m": 2**20}),
    ],
)
def test_t7_slots_that_are_dear_together_are_refused_with_nothing_allocated(
    path: Path, made: tuple[Keyring, str], slots: int, cost: dict[str, int]
) -> None:
    edit(path, lambda content: _dear(content, slots, **cost))
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    assert refusal(path, PASSPHRASE).code == "crypto.unreasonable-parameters"
    with pytest.raises(InterviewError) as caught:
        made[0].fresh()
    assert caught.value.code == "crypto.unreasonable-parameters"
    assert time.monotonic() - began < 0.1
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 8 * 1024


def test_t7_as_many_slots_as_there_may_be_are_not_too_dear() -> None:
    made = Slot(bytes(16), NORMAL.passes, NORMAL.memory, NORMAL.lanes, b"")
    check_work([made] * MAX_SLOTS)
    check_work([replace(made, passes=10, memory=1024 * 1024)])


def test_t7_no_keyring_is_written_that_would_not_be_opened(path: Path, made: tuple[Keyring, str]) -> None:
    before, keyring = path.read_bytes(), made[0]
    dear = replace(keyring.slots[0], name="Berit", slot=replace(keyring.slots[0].slot, passes=10, memory=1024 * 1024))
    with pytest.raises(InterviewError) as caught:
        keyring.with_slot(dear)
    assert caught.value.code == "crypto.unreasonable-parameters"
    assert path.read_bytes() == before


def test_t7_the_cheapest_slot_is_tried_first(path: Path, made: tuple[Keyring, str]) -> None:
    """The passphrase opens two slots; the dear one stands first in the file."""
    keyring = made[0].with_slot(made[0].new_slot("Berit", PASSPHRASE + " till", TEST))
    dear = Profile("dear", passes=2, memory=4096, lanes=1)
    keyring = keyring.reissued([keyring.new_slot("Dyr", PASSPHRASE, dear), *keyring.slots], SECRETS)
    assert [slot.name for slot in keyring.slots] == ["Dyr", "Anna", "recovery", "Berit"]
    assert open_keyring(path, PASSPHRASE).opened_by == "Anna"


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"null", b"\xff", b"[" * 60_000, b'{"format":1}'])
def test_t11_anything_that_is_no_keyring_is_refused(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    assert refusal(path, PASSPHRASE).code == "keys.damaged"


def test_t11_a_huge_or_missing_file_is_refused(path: Path) -> None:
    assert refusal(path, PASSPHRASE).code == "files.not-found"
    path.write_bytes(b" " * 270_000)
    assert refusal(path, PASSPHRASE).code == "files.too-large"


@pytest.mark.parametrize(
    "passphrase", ["", "elva tecken", "  kort  lösen  "[:13], "aaaaaaaaaaaaaaaaaa", "ababababababab"]
)
def test_a_weak_passphrase_is_refused_and_nothing_is_written(path: Path, passphrase: str) -> None:
    with pytest.raises(InterviewError) as caught:
        Keyring.create(path, "station", SECRETS, passphrase, name="Anna", profile=TEST)
    assert caught.value.code == "keys.weak-passphrase"
    assert caught.value.facts == {"minimum": MIN_PASSPHRASE}
    assert not path.exists()


def test_a_long_enough_passphrase_is_taken() -> None:
    check_passphrase("tolv ovanliga tecken!")


def test_a_keyring_is_never_overwritten(path: Path, made: tuple[Keyring, str]) -> None:
    before = path.read_bytes()
    with pytest.raises(InterviewError) as caught:
        Keyring.create(path, "station", {}, PASSPHRASE, name="Anna", profile=TEST)
    assert caught.value.code == "keys.already-there"
    assert path.read_bytes() == before


def test_two_keyrings_share_nothing(path: Path, made: tuple[Keyring, str]) -> None:
    other, code = Keyring.create(path.with_name("b"), "station", SECRETS, PASSPHRASE, name="Anna", profile=TEST)
    assert code != made[1]
    one, two = (json.loads(file.read_bytes()) for file in (path, other.path))
    assert one["secrets"] != two["secrets"]
    assert one["slots"][0]["salt"] != two["slots"][0]["salt"]


def test_no_secret_is_in_a_repr_or_an_error(path: Path, made: tuple[Keyring, str]) -> None:
    keyring, code = made
    shown = repr(keyring) + repr(refusal(path, "en annan lösenfras")) + repr(keyring.slots)
    for secret in (code, PASSPHRASE, "annan", *map(repr, SECRETS.values())):
        assert secret not in shown
    assert "_master" not in shown


def test_p5_the_cost_is_the_profiles(path: Path) -> None:
    Keyring.create(path, "station", SECRETS, PASSPHRASE, name="Anna", profile=NORMAL)
    costs = [(slot["t"], slot["m"], slot["p"]) for slot in json.loads(path.read_bytes())["slots"]]
    assert costs == [(3, 65536, 4)] * 2
    assert dict(open_keyring(path, PASSPHRASE).secrets) == SECRETS


def test_t21_a_new_master_key_reaches_those_who_stay_and_nobody_else(path: Path, made: tuple[Keyring, str]) -> None:
    keyring, code = made
    with_bertil = keyring.with_slot(keyring.new_slot("Bertil", "en helt annan lösenfras", TEST))
    old_file = path.read_bytes()
    stayed = [slot for slot in with_bertil.slots if slot.name != "Anna"]
    reissued = open_keyring(path, "en helt annan lösenfras").reissued(stayed, {"responses": bytes(32)})
    assert reissued.generation == with_bertil.generation + 1
    assert refusal(path, PASSPHRASE).code == "keys.wrong-passphrase"
    for secret in ("en helt annan lösenfras", code):
        assert dict(open_keyring(path, secret).secrets) == {"responses": bytes(32)}
    # Whoever left, with the old file and the passphrase, holds a master key that opens nothing of the new file.
    new_file = path.read_bytes()
    path.write_bytes(old_file)
    left = open_keyring(path, PASSPHRASE)
    path.write_bytes(new_file)
    with pytest.raises(InterviewError) as caught:
        left.fresh()
    assert caught.value.code == "keys.changed-elsewhere"


def test_t21_a_slot_knows_who_opened_it_and_names_are_one_each(path: Path, made: tuple[Keyring, str]) -> None:
    keyring, code = made
    assert (keyring.opened_by, open_keyring(path, code).opened_by) == ("Anna", "recovery")
    for name, refused in (
        ("anna", "keys.name-taken"),
        ("Recovery", "keys.name-taken"),
        (" ", "keys.bad-name"),
        ("a\x1b", "keys.bad-name"),
    ):
        with pytest.raises(InterviewError) as caught:
            check_name(name, keyring.slots)
        assert caught.value.code == refused
    assert check_name("  Bertil   B ", keyring.slots) == "Bertil B"
    assert check_name("A\u030asa", ()) == "\u00c5sa"


@pytest.mark.parametrize(
    "passphrase",
    [
        *("Halmstad2026!", "sommar2026sommar", "lösenordlösenord", "KarinHansson78", "qwertyuiop123"),
        *(
            "återställningskod",
            "utskrivning2026",
            "Karin Hansson 1964",
            "Vårdcentralen Norr 2026",
            "Anna Andersson, 1964",
        ),
        *("Anna & Kalle 2026", "hemsjukvården2026", "november 2026", "sjukhuset i Varberg", "distriktssköterska"),
        *("Karin Hansson Norr 2026", "region halland 2026", "discharge2026!", "uppföljningssamtal"),
    ],
)
def test_t7_a_passphrase_many_would_choose_is_refused(path: Path, passphrase: str) -> None:
    with pytest.raises(InterviewError) as caught:
        check_passphrase(passphrase, "Karin Hansson")
    assert caught.value.code == "keys.guessable-passphrase"


@pytest.mark.parametrize(
    "passphrase", ["fyra ord utan samband", "Tre blå elefanter på taket", "min hund heter karo", "xK7#pQ2!mZ9v"]
)
def test_t7_words_without_a_connection_pass_and_no_sign_is_asked_for(passphrase: str) -> None:
    check_passphrase(passphrase, "Karin Hansson")


def test_t7_whose_it_is_is_guessed_first() -> None:
    for told in ("Vårdcentralen Kvibille", "Ingefärsmätningen", "Zdenka"):
        assert guesses(f"{told} 2026", told) < guesses(f"{told} 2026") - 2


def test_t7_a_proposed_passphrase_is_words_and_passes(path: Path) -> None:
    words = word_list()
    assert len(set(words)) == 2048
    assert all(re.fullmatch("[a-z]{4,7}", word) for word in words)
    assert min(guesses(passphrase, "Anna", "Vårdcentralen Norr") for passphrase in (propose() for _ in range(10))) > 16
    proposed = {propose() for _ in range(20)}
    assert len(proposed) == 20
    for passphrase in proposed:
        assert len(passphrase.split()) == 5
        check_passphrase(passphrase)
    assert proposed_bits() == 55
