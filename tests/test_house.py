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


def _loaded_by(statement: str) -> set[str]:
    code = f"import sys\n{statement}\nprint('\\n'.join(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=SOURCE.parent)
    return set(run.stdout.split())


@pytest.mark.parametrize("library", ALLOWED)
def test_a_library_is_known_in_its_own_room_only(library: str) -> None:
    for file in SOURCE.rglob("*.py"):
        room = file.relative_to(SOURCE).parts[0].removesuffix(".py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                names.append(node.module)
            if any(name.partition(".")[0] == library for name in names):
                assert room in ALLOWED[library], f"{file} imports {library}"


@pytest.mark.parametrize(
    "module",
    [
        "demo",
        "setup",
        "keys",
        "backup",
        "restore",
        "rescue",
        "export",
        "receipt",
        "audit",
        "simulate",
        "recipient",
        "survey",
        "questionnaire_check",
        "questionnaire_schema",
        "questionnaire_diff",
        "questionnaire_load",
        "questionnaire_list",
        "questionnaire_show",
        "archive",
    ],
)
def test_a_command_without_a_screen_never_loads_textual(module: str) -> None:
    loaded = _loaded_by(
        f"import interview.cli.main, interview.cli.{module}\n"
        "import interview.station.exporting, interview.station.unlocking, interview.station.simulating\n"
        "import interview.archive.tables, interview.archive.collecting, interview.archive.central"
    )
    assert not {name for name in loaded if name.partition(".")[0] == "textual"}


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
