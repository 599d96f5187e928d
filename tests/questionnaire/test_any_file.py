"""T11: whatever a file holds, reading gives a form or an InterviewError whose every problem has words; nothing else."""

from random import Random

import pytest

from interview.errors import InterviewError
from interview.messages import LANGUAGES, Catalogue
from interview.questionnaire.canonical import canonical_bytes, take_in
from interview.questionnaire.reading import read_questionnaire
from tests.questionnaire.small_form import SMALL

SNIPPETS = (
    *":-{}[],#?|>&*!\"'\n\t⟨⟩",
    *(
        "- ",
        "\n  ",
        "\x00",
        "\x9b",
        "\u202e",
        "{}",
        "[]",
        "---",
        "...",
        "%YAML 1.2",
        "<<: x",
        "⟨NN⟩",
        "null",
        "no",
        "1:30",
    ),
    *("9" * 30, "sv: x", "when:", "items:", "any:", "scales:", "options: H4", "type: group", "id: Q1", "question: Q4"),
    *("languages: [fi]", "exclusive: yes"),
)


def spoilt(rng: Random) -> str:
    """The small form after a few accidents: lines lost, doubled, moved or indented, signs typed anywhere."""
    lines = SMALL.split("\n")
    for _ in range(rng.randint(1, 3)):
        at = rng.randrange(len(lines))
        accident = rng.randrange(6)
        if accident == 0:
            del lines[at]
        elif accident == 1:
            lines.insert(rng.randrange(len(lines)), lines[at])
        elif accident == 2:
            lines[at] = " " * rng.randint(1, 3) + lines[at]
        elif accident == 3:
            lines[at] = lines[at][rng.randint(1, 4) :]
        else:
            column = rng.randint(0, len(lines[at]))
            lines[at] = lines[at][:column] + rng.choice(SNIPPETS) + lines[at][column + rng.randrange(3) :]
    return "\n".join(lines)


@pytest.mark.parametrize("seed", range(5))
def test_accidents_give_a_form_or_problems_in_words(seed: int) -> None:
    rng = Random(seed)
    for _ in range(60):
        text = spoilt(rng)
        try:
            form = read_questionnaire(text.encode("utf-8"), "form.yaml")
        except InterviewError as error:
            for problem in error.problems:
                assert problem.code.startswith("questionnaire.")
                assert problem.place.startswith("form.yaml")
                for language in LANGUAGES:
                    assert all(Catalogue(language).error(problem))
        else:
            assert take_in(canonical_bytes(form)) == form
