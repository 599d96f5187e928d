"""A8: below the question the answer just given stands in the caller's words, and what is refused stands whole."""

from textual.geometry import Size

from interview.messages import Catalogue
from interview.session.answers import Address, Respondent
from interview.session.view import AnswerView
from interview.tui.surroundings import StatusLine
from tests.tui.caller import flat

LAST = AnswerView(Address("R1", 0), "", 1, "Vilken är din relation till ⟨NN⟩?", "Barn", None, Respondent.PROXY)


def _seen(line: StatusLine, columns: int) -> str:
    height = line.get_content_height(Size(columns, 24), Size(columns, 24), columns)
    return flat(" ".join("".join(words for words, _ in row) for row in line.lines(columns, height)))


def test_the_place_of_the_name_is_said_in_words() -> None:
    line = StatusLine(Catalogue("sv"), "PageUp")
    line.show(LAST)
    assert "Nyss: Vilken är din relation till ⟨säg namnet⟩? → Barn" in _seen(line, 80)


def test_what_is_said_takes_the_lines_it_needs() -> None:
    """A refusal with its remedy stands whole above the answer just given, however narrow."""
    line = StatusLine(Catalogue("sv"), "PageUp")
    line.show(LAST)
    refusal = " ".join(f"ord{number}" for number in range(60))
    line.say(refusal)
    for columns in (80, 40):
        assert _seen(line, columns).startswith(f"{refusal} Nyss: ")
