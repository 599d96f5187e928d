"""What the tests of unlinkability look with: finished interviews on a station, copies of its files, correlations.

The files are read by the audit's own code, which shares none with the station.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from interview.audit.pages import Pages, read_pages
from interview.audit.trees import Image
from interview.calls.cases import Case
from interview.crypto.padding import unpad
from interview.crypto.sealing import open_sealed
from interview.exchange.rehearsal import rehearsal_sealing_key
from interview.session.answers import Address, Answer, Respondent
from interview.session.interview import Interview
from interview.session.walk import random_walk
from interview.station.answering import begin
from interview.station.finishing import finish
from interview.station.station import Station

COMMENT = Address("F2")
"""The question of the shipped form that takes free text."""
CASE = Case(id="", unit="", name="Kanarie Fågelholm", telephone="070-174 06 93", note="Hör illa på vänster öra")
"""A person to look for."""


@dataclass(frozen=True)
class Copy:
    """A station's folder as it lay at one moment: every file, and every page of the databases in plain bytes."""

    files: Mapping[str, bytes]
    workspace: Pages
    responses: Pages

    @classmethod
    def of(cls, root: Path, secrets: Mapping[str, bytes]) -> "Copy":
        files = {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}

        def pages(name: str) -> Pages:
            return read_pages(files[f"{name}.db"], files.get(f"{name}.db-wal", b""), secrets[name])

        return cls(files, pages("workspace"), pages("responses"))

    @property
    def identified(self) -> bytes:
        """All that can be read on the identified side, older versions of pages too."""
        return _all(self.workspace)

    @property
    def anonymous(self) -> bytes:
        """All that can be read on the anonymous side."""
        return _all(self.responses)

    @property
    def raw(self) -> bytes:
        """Every file as it lies."""
        return b"\0".join(self.files.values())


def copy_of(station: Station) -> Copy:
    """A station's folder as it lies now."""
    return Copy.of(station.home.root, station.keyring.secrets)


def _all(pages: Pages) -> bytes:
    return b"".join((*pages.filed.values(), *(frame.page for frame in pages.frames)))


def walked(station: Station, rng: Random, case: Case | None = None, comment: str | None = None) -> Interview:
    """A made-up interview that is enough to be sealed, kept as a draft; with a comment where one is given."""
    begun = begin(station, case)
    while True:
        walk = random_walk(
            begun.form, rng, survey=station.survey_hash, unit=begun.draft.unit, started=begun.draft.started
        )
        if walk.ending is None and walk.completeness.sealable:
            break
    answers = dict(walk.draft.answers)
    if comment is not None:
        answers[COMMENT] = Answer(comment, None, Respondent.PATIENT)
    draft = replace(walk.draft, id=begun.draft.id, case=begun.draft.case, answers=answers)
    interview = Interview.resume(begun.form, draft)
    station.remember(draft, station.workspace.save_draft(draft, answers, 1))
    return interview


def stored(station: Station) -> dict[bytes, bytes]:
    """The responses at the station: hash → sealed bytes."""
    return dict(station.responses.database.query("SELECT hash, sealed FROM response"))


def finish_one_by_one(station: Station, count: int, rng: Random) -> list[bytes]:
    """So many interviews, begun and finished one after the other; the hashes of their responses in that order."""
    order: list[bytes] = []
    before = {key for (key,) in station.responses.database.query("SELECT hash FROM response")}
    for _ in range(count):
        finish(station, walked(station, rng))
        after = {key for (key,) in station.responses.database.query("SELECT hash FROM response")}
        order += after - before
        before = after
    assert len(order) == count
    return order


def opened(sealed: bytes, survey: str) -> dict[str, object]:
    """What a rehearsal's response says, opened with the key that ships."""
    plain = unpad(open_sealed(sealed, rehearsal_sealing_key(), 0, bytes.fromhex(survey)))
    content = json.loads(plain)
    assert isinstance(content, dict)
    return content


def observed(copy: Copy, order: Iterable[bytes]) -> dict[str, list[int]]:
    """Everything a response's place can be read from, each as one number for each response of `order`."""
    tree = Image(copy.responses.current).trees["response"]
    places: dict[bytes, tuple[int, int, int]] = {}
    for node in tree.nodes:
        for cell in node.cells:
            key = cell.values[0]
            assert isinstance(key, bytes)
            places[key] = (node.number, cell.offset, cell.overflow[0])
    file = b"".join(copy.responses.filed[number] for number in sorted(copy.responses.filed))
    found: dict[str, list[int]] = {"hash": [], "cell": [], "page": [], "overflow": [], "offset in the file": []}
    for key in order:
        page, offset, overflow = places[key]
        found["hash"].append(int.from_bytes(key[:8], "big"))
        found["cell"].append(offset)
        found["page"].append(page)
        found["overflow"].append(overflow)
        found["offset in the file"].append(file.rindex(key))
    return found


def records_of_batch(path: Path) -> list[bytes]:
    """The hashes of a batch's records in the order in which they lie."""
    content = path.read_bytes()
    at, hashes = 12 + int.from_bytes(content[8:12], "big"), []
    while at < len(content) - 64:
        size = int.from_bytes(content[at : at + 4], "big")
        hashes.append(hashlib.sha256(content[at + 4 : at + 4 + size]).digest())
        at += 4 + size
    return hashes


def rank_correlation(values: Sequence[int]) -> float:
    """Spearman's rho between the values and their places 0, 1, 2 …; ties share their mean rank."""
    count = len(values)
    by_value = sorted(range(count), key=values.__getitem__)
    ranks = [0.0] * count
    start = 0
    while start < count:
        end = start
        while end + 1 < count and values[by_value[end + 1]] == values[by_value[start]]:
            end += 1
        for at in range(start, end + 1):
            ranks[by_value[at]] = (start + end) / 2
        start = end + 1
    mean = (count - 1) / 2
    covariance = sum((rank - mean) * (place - mean) for place, rank in enumerate(ranks))
    spread = sum((rank - mean) ** 2 for rank in ranks)
    whole = sum((place - mean) ** 2 for place in range(count))
    return covariance / (spread * whole) ** 0.5 if spread else 0.0
