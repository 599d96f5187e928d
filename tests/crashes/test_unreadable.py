"""T8, T18: a file the disk does not give is told from one that was changed; nothing is written, and it opens again."""

import shutil
from pathlib import Path

import pytest

from interview.errors import InterviewError
from interview.messages import LANGUAGES, Catalogue
from interview.paths import Home
from interview.station import casework
from interview.station.examining import ASIDE
from tests.crashes.disk import Fault, Operation, watched
from tests.crashes.kills import needs_forks
from tests.station.stations import Original, real_original, talk

pytestmark = needs_forks
PAGE = 4096


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Original, Path]:
    """A station with an interview under way, as a kill leaves it: its log still to be read."""
    original, left = real_original(tmp_path_factory.mktemp("made")), tmp_path_factory.mktemp("killed") / "station"
    folder = original.copy(tmp_path_factory.mktemp("open") / "station")
    with original.open(folder) as station:
        talk(station, items=5)
        shutil.copytree(folder, left, ignore=shutil.ignore_patterns("*-shm"))
    return original, left


@pytest.mark.parametrize(
    ("name", "beyond"), [("workspace.db", 2 * PAGE), ("responses.db", 3 * PAGE), ("workspace.db-wal", 3 * PAGE)]
)
def test_t18_a_disk_that_does_not_give_a_page_is_no_tampering(
    killed: tuple[Original, Path], tmp_path: Path, name: str, beyond: int
) -> None:
    """It has words of its own, no copy is made, and the station opens when the disk can be read again."""
    original, left = killed
    folder = Path(shutil.copytree(left, tmp_path / "station"))
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    def refuse(operation: Operation) -> Fault | None:
        bad = operation.kind == "read" and operation.path.name == name and operation.offset >= beyond
        return Fault.IO_ERROR if bad else None

    with watched(refuse, reads=True), pytest.raises(InterviewError) as caught, original.open(folder) as station:
        station.examination.passed()
    assert (caught.value.code, caught.value.place) == ("station.unreadable", name.removesuffix("-wal"))
    for language in LANGUAGES:
        assert all(Catalogue(language).error(caught.value))
    assert not list(folder.glob(f"{ASIDE}*"))
    after = {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.endswith("-shm")}
    assert after == before
    with original.open(folder) as station:
        assert len(station.workspace.drafts()) == 1 and casework.cases(station) == ()
        assert station.home.root == Home(folder).root
