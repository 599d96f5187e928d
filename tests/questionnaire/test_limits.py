"""T11: what no form needs is refused before it costs anything: under 100 ms and 50 MB, as an InterviewError."""

import time
import tracemalloc

import pytest

from interview.errors import InterviewError
from interview.questionnaire.reading import read_questionnaire
from interview.questionnaire.yaml_nodes import MAX_BYTES, MAX_NODES
from tests.pace import slowness
from tests.questionnaire.small_form import SMALL

KIB = 1024
BOMB = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10)).replace("*a0", "x")
HEAD = SMALL[: SMALL.index("items:\n")]
HOSTILE = {
    "too large": (b"x" * (MAX_BYTES + 1), "too-large"),
    "huge": (b"x" * (20 * MAX_BYTES), "too-large"),
    "nested lists": (b"[" * 50_000, "too-deep"),
    "nested braces": (b"{a: " * 50_000, "too-deep"),
    "nested dashes": (b"- " * 50_000, "too-deep"),
    "nested keys": (b"? " * 50_000, "too-deep"),
    "alias bomb": (BOMB.encode(), "anchor"),
    "many nodes": (b"- a\n" * 200_000, "too-many-nodes"),
    "many nodes in a line": (b"{" + b"a," * 500_000, "too-many-nodes"),
    "duplicate keys": (b"a: 1\n" * (MAX_NODES // 2 - 10), "duplicate-key"),
    "unknown keys": (b"".join(b"kontact%d: 1\n" % n for n in range(5_000)), "misspelt-key"),
    "long unknown key": (b"k" * 900 + b": 1\n", "unknown-key"),
    "huge number": (SMALL.replace("max-length: 500", "max-length: " + "9" * 500_000).encode(), "wanted-number"),
    "not a number": (SMALL.replace("maximum: 10", "maximum: .inf").encode(), "wanted-number"),
    "huge text": (SMALL.replace("sv: Hej,", f"sv: {'x' * 900_000},").encode(), "long-text"),
    "huge id": (SMALL.replace("id: Q7", f"id: {'x' * 900_000}").encode(), "bad-id"),
    "escapes": (b'a: "' + b"\\x1b" * 250_000 + b'"', "control-character"),
    "comments": (b"#\n" * (MAX_BYTES // 2), "empty"),
    "spaces": (b" " * MAX_BYTES, "empty"),
    "many languages": (
        f"languages: [{', '.join(map(str, range(900)))}]\ntitle: {{{', '.join(f'{n}: x' for n in range(900))}}}\n".encode(),
        "many-languages",
    ),
    "merge keys": (b"<<: [" + b"{<<: {}}," * 4_000 + b"]", "unknown-key"),
    "many items with problems": (
        (HEAD + "items:\n" + "- {id: Q, type: text, when: {question: elsewhere, is: x}}\n" * 400).encode(),
        "proxy-unsaid",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_costs_neither_time_nor_memory(name: str) -> None:
    source, code = HOSTILE[name]
    # Once in five times at least: the machine may be busy, the work is the same.
    assert any(_refused_in(source, code) < 0.1 * slowness() for _ in range(5))
    tracemalloc.start()
    try:
        _refused_in(source, code)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 50 * KIB * KIB


def _refused_in(source: bytes, code: str) -> float:
    started = time.process_time()
    with pytest.raises(InterviewError) as caught:
        read_questionnaire(source, "form.yaml")
    took = time.process_time() - started
    assert f"questionnaire.{code}" in {problem.code for problem in caught.value.problems}
    return took


def test_no_message_repeats_more_than_a_line_of_the_file() -> None:
    """T13: what a message repeats of a file is short and holds no control characters."""
    source = SMALL.replace("core: yes", "co" + "r" * 500 + ": yes").replace("is: fully", 'is: "fu\\u202elly"')
    with pytest.raises(InterviewError) as caught:
        read_questionnaire(source.encode("utf-8"), "form.yaml")
    facts = [fact for problem in caught.value.problems for fact in problem.facts.values() if isinstance(fact, str)]
    assert facts
    assert all(len(fact) <= 200 and "\u202e" not in fact for fact in facts)


def test_a_form_of_a_thousand_questions_is_read_in_time() -> None:
    question = "  - {{id: Q{n}, type: choice, text: {{sv: S, en: E}}, proxy: same, options: H4, {when}}}\n"
    when = "when: {{question: Q{n}, is: fully}}"
    first = "  - {id: Q0, type: choice, text: {sv: S, en: E}, proxy: same, options: H4}\n"
    items = first + "".join(question.format(n=n, when=when.format(n=n - 1)) for n in range(1, 1_000))
    started = time.process_time()
    text = HEAD + "items:\n" + items
    form = read_questionnaire(text.replace("dimensions:\n  care", "dimensions:\n  spare").encode(), "form.yaml")
    assert len(form.questions()) == 1_000
    assert time.process_time() - started < 2


def test_a_scale_without_keys_is_told_at_its_place() -> None:
    """B2."""
    with pytest.raises(InterviewError) as caught:
        read_questionnaire(SMALL.replace("scales:\n", "scales:\n  A1: word\n", 1).encode(), "form.yaml")
    assert {problem.code for problem in caught.value.problems} == {
        "questionnaire.wanted-keys",
        "questionnaire.unused-scale",
    }
