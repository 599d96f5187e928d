"""A18: README's picture is one the program rendered, and shows what it renders today."""

import re
from pathlib import Path

from interview.paths import Home
from tests.pictures.picture import PICTURE, drawn, words_of

README = Path(__file__).parent.parent.parent / "README.md"


async def test_the_picture_shows_what_the_program_renders_today(home: Home) -> None:
    """Draw it anew with `python -m tests.pictures.picture` where this fails."""
    assert words_of(await drawn(home)) == words_of(PICTURE.read_text(encoding="utf-8"))


def test_the_picture_is_the_readmes_and_names_no_machine() -> None:
    """No folder, no host, nothing fetched: only the namespace of SVG is an address."""
    svg = PICTURE.read_text(encoding="utf-8")
    assert "(tests/pictures/interview.svg)" in README.read_text(encoding="utf-8")
    assert set(re.findall(r"\w+://[^\s\"')]+", svg)) <= {"http://www.w3.org/2000/svg", "https://www.textualize.io"}
    assert not re.search(r"/(tmp|home|root|Users|work|var)\b|localhost|\d+\.\d+\.\d+\.\d+", svg)
    assert "Fick du veta" in " ".join(words_of(svg))
