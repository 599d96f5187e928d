"""B2: `interview questionnaire check` as an author runs it: findings on standard output, the sum on standard error."""

import json
from pathlib import Path

from tests.cli.inside import run_inside
from tests.cli.installed import run
from tests.questionnaire.small_form import SMALL


def test_errors_and_warnings_are_told_apart_and_only_errors_end_with_1(tmp_path: Path) -> None:
    good, poor, bad = (tmp_path / name for name in ("good.yaml", "poor.yaml", "bad.yaml"))
    good.write_text(SMALL, encoding="utf-8")
    poor.write_text(SMALL.replace("sv: Vilka problem?", "sv: Vilka problem har du?"), encoding="utf-8")
    bad.write_text(SMALL.replace("type: choices", "type: choises"), encoding="utf-8")
    right = run("questionnaire", "check", good, poor, home=tmp_path / "home")
    assert right.returncode == 0
    assert "poor.yaml:84:16: varning: " in right.stdout
    assert "  → Ge frågan egna ord under proxy" in right.stdout
    assert "[advice.same-says-you]" in right.stdout
    assert right.stderr.splitlines() == [
        f"{good}: inga fel, varningar: 0. Formuläret går att läsa in.",
        f"{poor}: inga fel, varningar: 1. Formuläret går att läsa in.",
    ]
    wrong = run_inside("questionnaire", "check", poor, bad, home=tmp_path / "home", INTERVIEW_LANGUAGE="en")
    assert wrong.returncode == 1
    assert "bad.yaml:82:15: error: type cannot be choises." in wrong.stdout
    assert not (tmp_path / "home").exists()


def test_findings_as_json_have_their_place_severity_and_the_likely_word(tmp_path: Path) -> None:
    form = tmp_path / "form.yaml"
    form.write_text(SMALL.replace("is: fully", "is: fuly"), encoding="utf-8")
    told = run_inside(
        "questionnaire", "check", "--format", "json", form, tmp_path / "none.yaml", home=tmp_path / "home"
    )
    assert told.returncode == 1
    first, second = json.loads(told.stdout)
    assert first == {
        "file": str(form), "line": 88, "column": 34, "severity": "error", "code": "questionnaire.misspelt-option",
        "message": "Q4 har inget svar fuly.", "remedy": first["remedy"], "near": "fully",
    }  # fmt: skip
    assert "fully" in first["remedy"]
    assert (second["code"], second["line"], second["column"]) == ("files.not-found", None, None)
