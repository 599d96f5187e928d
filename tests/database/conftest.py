"""A real encrypted database in a folder of its own, under the key the tests know."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from interview.database.opening import Database, open_database
from tests.database.pages import KEY


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "some å folder" / "test.db"


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    path.parent.mkdir(mode=0o700)
    with open_database(path, KEY, create=True) as opened:
        opened.execute("CREATE TABLE record (hash BLOB PRIMARY KEY, sealed BLOB NOT NULL) WITHOUT ROWID")
        yield opened
