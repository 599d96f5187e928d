"""The walls of the house, proved at run time: who may import what, and what a start does not load."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "interview"
ALLOWED = {
    "textual": {"tui"},
    "sqlcipher3": {"database"},
    "sqlite_utils": {"database"},
    "cryptography": {"crypto"},
    "argparse": {"cli"},
    "yaml": {"questionnaire"},
    "re2": {"questionnaire"},
    "zxcvbn": {"store"},
    "phonenumbers": {"guard"},
}

HEADLESS = sorted(f"interview.cli.{file.stem}" for file in (SOURCE / "cli").glob("*.py") if file.stem != "__init__")
"""The commands: none loads a screen before it is to show one."""


def _loaded_by(statement: str) -> set[str]:
    code = f"import sys\n{statement}\nprint('\\n'.join(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=SOURCE.parent)
    return set(run.stdout.split())


@pytest.fixture(scope="module")
def imported() -> dict[Path, set[str]]:
    """The top-level packages each file of the house imports, at its top or within a function."""
    found = {}
    for file in SOURCE.rglob("*.py"):
        names = found[file] = set()
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names.update(alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                names.add(node.module.partition(".")[0])
    return found


@pytest.mark.parametrize("library", ALLOWED)
def test_a_library_is_known_in_its_own_room_only(library: str, imported: dict[Path, set[str]]) -> None:
    for file, names in imported.items():
        room = file.relative_to(SOURCE).parts[0].removesuffix(".py")
        assert library not in names or room in ALLOWED[library], f"{file} imports {library}"


def test_a_command_without_a_screen_never_loads_textual() -> None:
    # One start for all of them: each is asked for right after it was imported, so the first that is to blame is named.
    imports = ["interview.cli.main", "interview.station.exporting", "interview.station.unlocking"]
    imports += ["interview.station.simulating", "interview.archive.tables", "interview.archive.collecting"]
    imports += ["interview.archive.central", *HEADLESS]
    loaded = _loaded_by(
        "from importlib import import_module\n"
        f"for name in {imports!r}:\n"
        "    import_module(name)\n"
        "    assert not any(one.partition('.')[0] == 'textual' for one in sys.modules), name"
    )
    assert set(HEADLESS) <= loaded


def test_the_first_screen_loads_neither_models_nor_cipher() -> None:
    loaded = _loaded_by("import interview.cli.main, interview.tui.app")
    heavy = {"pydantic", "cryptography", "sqlcipher3", "sqlite_utils", "yaml"}
    assert not {name for name in loaded if name.partition(".")[0] in heavy}


def test_the_pure_rooms_load_no_database_and_no_cipher() -> None:
    loaded = _loaded_by(
        "import interview.questionnaire.reading, interview.survey, interview.session.walk, interview.calls.rules\n"
        "import interview.guard.scanning"
    )
    forbidden = {"cryptography", "sqlcipher3", "sqlite_utils", "textual", "sqlite3"}
    assert not {name for name in loaded if name.partition(".")[0] in forbidden}
