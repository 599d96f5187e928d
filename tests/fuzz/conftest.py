"""The readers, made once."""

from collections.abc import Mapping

import pytest

from tests.fuzz.readers import Reader, readers


@pytest.fixture(scope="session")
def every_reader(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Reader]:
    """Every reader by name, each warmed up with its good examples, which it must take."""
    found = readers(tmp_path_factory.mktemp("fuzz"))
    for reader in found.values():
        for example in reader.examples:
            reader.read(example)
    return found
