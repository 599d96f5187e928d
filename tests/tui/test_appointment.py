"""A8, A11: an agreed time is understood as a caller writes it, and as the program itself says it."""

from datetime import datetime

import pytest

from interview.messages import Catalogue
from interview.tui.appointment import read_time, said

NOW = datetime(2026, 11, 26, 12, 0)
"""A Thursday."""


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("14.30", datetime(2026, 11, 26, 14, 30)),
        ("9", datetime(2026, 11, 27, 9)),
        ("imorgon 9", datetime(2026, 11, 27, 9)),
        ("i övermorgon kl 9", datetime(2026, 11, 28, 9)),
        ("torsdag 9", datetime(2026, 12, 3, 9)),
        ("27/11 9.15", datetime(2026, 11, 27, 9, 15)),
        ("27 nov 9", datetime(2026, 11, 27, 9)),
        ("27 Nov. kl. 9:05", datetime(2026, 11, 27, 9, 5)),
        ("3 mars 10", datetime(2027, 3, 3, 10)),
        ("fredag 27 november kl. 14.30", datetime(2026, 11, 27, 14, 30)),
        ("fre 27/11 9", datetime(2026, 11, 27, 9)),
        ("2026-12-01 8", datetime(2026, 12, 1, 8)),
        ("måndag 27 november kl. 9", None),
        ("27 smul 9", None),
        ("30 februari 9", None),
        ("27 nov", None),
        ("imorgon", None),
        ("imorgon 25", None),
        ("", None),
    ],
)
def test_a_time_is_understood_as_it_is_written(text: str, means: datetime | None) -> None:
    assert read_time(text, NOW, Catalogue("sv")) == means


@pytest.mark.parametrize("language", ["sv", "en"])
def test_what_the_program_says_can_be_written(language: str) -> None:
    words, moment = Catalogue(language), datetime(2026, 12, 4, 14, 30)
    assert read_time(said(moment, words), NOW, words) == moment
