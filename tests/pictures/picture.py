"""The README's picture: the interview screen as the program renders it, from made-up content.

`python -m tests.pictures.picture` from the root of the repository draws it anew.
"""

import asyncio
import re
import tempfile
from pathlib import Path

from interview.crypto.slots import TEST
from interview.paths import Home
from interview.station.setup import set_up
from tests.tui.caller import PASSPHRASE, Clock, at_the_desk, interview_at

PICTURE = Path(__file__).with_name("interview.svg")
SIZE = (120, 30)
FONTS = "'DejaVu Sans Mono', Menlo, Consolas, monospace"
_FONT_FACE = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)
_UNIQUE = re.compile(r"terminal-\d+")
_TEXT = re.compile(r"<text[^>]*>([^<]*)</text>")


async def drawn(home: Home) -> str:
    """The picture as it would be drawn now; no font is fetched from anywhere, and its ids are always the same."""
    async with at_the_desk(home, size=SIZE) as caller:
        given = {"E1": "good", "B1a": "largely"}
        await caller.resume(interview_at(caller.station, "B1b", given=given).lasting(130))
        svg = caller.app.export_screenshot(title="Interview")
    svg = _UNIQUE.sub("terminal", _FONT_FACE.sub("", svg))
    return re.sub(r"Fira Code,? ?(monospace)?", FONTS, svg)


def words_of(svg: str) -> list[str]:
    """What can be read in a picture, row by row; how it is drawn is the library's affair."""
    return [text.replace("&#160;", " ").rstrip() for text in _TEXT.findall(svg)]


async def _draw() -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder) / "station")
        station, _ = set_up(home, PASSPHRASE, profile=TEST, clock=Clock().time_of_day)
        station.close()
        PICTURE.write_text(await drawn(home), encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(_draw())
