"""P7: the same form has the same bytes for ever; what comes from elsewhere is checked before it is believed."""

import hashlib
import json
from collections.abc import Callable

import pytest
from hypothesis import given

from interview.canonical import canonical_json
from interview.errors import InterviewError
from interview.questionnaire.canonical import canonical_bytes, from_canonical, questionnaire_hash, take_in
from interview.questionnaire.checking import check
from interview.questionnaire.models import Operator, Questionnaire
from tests.questionnaire.small_form import SMALL, read
from tests.session.generated import questionnaires


def test_the_bytes_of_a_form_never_change() -> None:
    """The hash of this very form, written down: if it changes, every stored version would lose its name."""
    canonical = canonical_bytes(read(SMALL))
    assert questionnaire_hash(canonical) == hashlib.sha256(canonical).hexdigest()
    assert questionnaire_hash(canonical) == "b7cf0c9fcb1d8b9bae0349de643c58c80efd010410850ec8d88f3c254d05ad3e"


def test_bytes_go_to_a_form_and_back_with_nothing_lost() -> None:
    form = read(SMALL)
    assert from_canonical(canonical_bytes(form)) == form
    assert take_in(canonical_bytes(form)) == form


@given(questionnaires())
def test_any_form_goes_to_bytes_and_back(form: Questionnaire) -> None:
    canonical = canonical_bytes(form)
    assert from_canonical(canonical) == form
    assert canonical_bytes(from_canonical(canonical)) == canonical


def test_how_the_file_is_written_does_not_change_the_bytes() -> None:
    """Order of keys, quotes, comments and layout are the author's own."""
    other = SMALL.replace("name: small\n", "") + "# a comment\nname: 'small'\n"
    other = other.replace("{sv: Liten, en: Small}", '{en: "Small", sv: "Liten"}')
    assert canonical_bytes(read(other)) == canonical_bytes(read(SMALL))


def test_defaults_are_left_out_so_that_new_fields_leave_old_hashes_alone() -> None:
    first = json.loads(canonical_bytes(read(SMALL)))["items"][0]["items"][0]
    assert first == {"id": "hello", "type": "display", "text": {"sv": "Hej", "en": "Hello"}}


@pytest.mark.parametrize("raw", [b"", b"[]", b"{}", b'{"name":"x"}', b"nonsense", b"{" * 100_000, b"\xff"])
def test_bytes_that_are_no_form_are_refused(raw: bytes) -> None:
    with pytest.raises(InterviewError) as caught:
        from_canonical(raw)
    assert caught.value.code in ("crypto.bad-json", "questionnaire.bad-canonical")


def _changed(change: Callable[[dict[str, object]], object]) -> bytes:
    content = json.loads(canonical_bytes(read(SMALL)))
    change(content)
    return canonical_json(content)


def test_a_field_nobody_knows_or_a_wrong_type_is_refused_at_its_path() -> None:
    with pytest.raises(InterviewError) as caught:
        from_canonical(_changed(lambda form: form["items"][0].update(colour="red")))
    assert [(problem.code, problem.place) for problem in caught.value.problems] == [
        ("questionnaire.bad-canonical", "items.0.colour")
    ]
    with pytest.raises(InterviewError) as caught:
        from_canonical(_changed(lambda form: form["minutes"].update(least="soon")))
    assert caught.value.place == "minutes.least"


def test_bytes_that_are_not_canonical_are_not_taken_in() -> None:
    """One form has one hash: blanks or spelled-out defaults would give it another."""
    loose = json.dumps(json.loads(canonical_bytes(read(SMALL)))).encode()
    assert from_canonical(loose) == read(SMALL)
    spelled = _changed(lambda form: form["items"][0].update(core=False))
    for raw in (loose, spelled):
        with pytest.raises(InterviewError) as caught:
            take_in(raw)
        assert caught.value.code == "questionnaire.not-canonical"


@pytest.mark.parametrize(
    ("change", "code", "place"),
    [
        (lambda f: f["items"][1]["items"][0].update(dimension="zz"), "unknown-dimension", "Q4: dimension"),
        (lambda f: f["items"][0]["text"].update(sv=" "), "empty-text", "start: text.sv"),
        (lambda f: f["items"][0]["text"].update(sv="\x9bHej"), "control-character", "start: text.sv"),
        (lambda f: f["cards"].append(f["cards"][0]), "card-twice", "cards.1"),
        (lambda f: f["items"][1]["items"][3].pop("max_length"), "text-without-length", "Q7: max-length"),
        (lambda f: f.update(version="one"), "bad-version", "version"),
        (
            lambda f: f["items"][1]["items"][3]["enable_when"][0].update(operator="answered", answer=5),
            "answered-not-yes-or-no",
            "Q7: enable-when.0.answer",
        ),
        (lambda f: f["items"][1]["items"][1].update(max_repeats=2), "another-unsaid", "Q5: max-repeats"),
        (lambda f: f["items"][1]["items"][2].update(minimum="0"), "scale-without-end", "Q6: minimum"),
    ],
)
def test_bytes_of_a_form_with_problems_are_not_taken_in(
    change: Callable[[dict[str, object]], object], code: str, place: str
) -> None:
    """What somebody else's program wrote is checked as if it were a file; the place names the item."""
    with pytest.raises(InterviewError) as caught:
        take_in(_changed(change))
    assert (f"questionnaire.{code}", place) in {(problem.code, problem.place) for problem in caught.value.problems}


def test_check_finds_nothing_in_a_form_that_was_read() -> None:
    assert check(read(SMALL)) == ()


def test_operators_keep_their_words() -> None:
    """The words in stored forms are the words of the model."""
    assert [operator.value for operator in Operator] == [
        "answered", "is", "is-not", "more-than", "less-than", "at-least", "at-most",
    ]  # fmt: skip
