"""B5: a form that ships is called by its name; a file of that name goes before it."""

from pathlib import Path

from interview.cli.forms import form_file
from interview.paths import shipped_questionnaires


def test_b5_a_form_that_ships_is_found_by_its_name_and_a_file_goes_before(tmp_path: Path) -> None:
    assert form_file(Path("ovning")) == shipped_questionnaires() / "ovning" / "2026.1.yaml"
    assert form_file(Path("utskrivning 2025.1")) == shipped_questionnaires() / "utskrivning" / "2025.1.yaml"
    assert form_file(Path("utskrivning 1999")) == Path("utskrivning 1999")
    assert form_file(Path("nothing")) == Path("nothing")
    assert form_file(Path("../ovning")) == Path("../ovning"), "a path is a path"
    own = tmp_path / "ovning"
    own.write_text("name: mine")
    assert form_file(own) == own
