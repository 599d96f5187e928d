"""B1: the practice form on a real terminal, every type typed by its keys, and the table against what was typed."""

import csv
import io
from pathlib import Path

import pytest

from interview.paths import shipped_questionnaires
from tests.cli.installed import run
from tests.whole.caller import Ask, Caller

PASSPHRASE = "lugna gatan tre björkar"
FORM = shipped_questionnaires() / "ovning" / "2026.1.yaml"
TYPED = (
    Ask("Det här är ett övningssamtal", ("enter",)),
    Ask("Vill du vara med?", ("1",), "A1", "yes"),
    Ask("Vem svarar?", ("2",), "A2", "patient-with-help"),
    Ask("Vilken kod står på rollkortet?", ("AB12", "enter"), "A5", "1"),
    Ask("Vilken dag kom du hem", ("26 okt 2026", "enter"), "B1", "2026-10-26"),
    Ask("vilken tid på dagen", ("kl 17.05", "enter"), "B2", "17:05"),
    Ask("Hur många nätter", ("16", "enter"), "B3", "16"),
    Ask("Vad var skönast", ("x", "f10"), "B4", "1"),
    Ask("Var någon hemma", ("2",), "B5", "no"),
    Ask("Hann du handla mat", ("f7",), "B6", missing="asked-declined"),
    Ask("några nya läkemedel", ("1",), "C0", "yes"),
    Ask("Nr 1 · Nya läkemedel", ("Alvedon", "enter"), "C1_r1", "1"),
    Ask("Hur många tabletter", ("2,50", "enter"), "C2_r1", "2.5"),
    Ask("Vilken tid tar du den första?", ("8", "enter"), "C3_r1", "08:00"),
    Ask("Vet du varför du tar det?", ("1",), "C4_r1", "yes"),
    Ask("Finns det ett nytt läkemedel till?", ("1",), "medicine_another_r1", "yes"),
    Ask("Nr 2 · Nya läkemedel", ("Waran", "enter"), "C1_r2", "1"),
    Ask("Hur många tabletter", ("f8",), "C2_r2", missing="not-applicable"),
    Ask("Vet du varför du tar det?", ("3",), "C4_r2", "no"),
    Ask("Finns det ett nytt läkemedel till?", ("2",), "medicine_another_r2", "no"),
    Ask("Vem har hjälpt dig mest", ("5",), "D1_r1", "other"),
    Ask("Vem då? Säg inget namn.", ("En volontär", "enter"), "D1_text_r1", "1"),
    Ask("Har någon mer hjälpt till?", ("2",), "D1_another_r1", "no"),
    Ask("Vad har du fått hjälp med?", ("1", "4", "enter"), "D2", ("food", "other")),
    Ask("Vad då?", ("Hunden", "enter"), "D2_text", "1"),
    Ask("en siffra från noll till tio", ("1", "0", "enter"), "F1", "10"),
    Ask("Vad kunde ha gjorts bättre?", ("f10", "f10"), "F2", "0", "left-open"),
    Ask("Det var hela övningen", ("enter",)),
)


@pytest.mark.slow
def test_the_practice_form_from_the_keys_to_the_table(tmp_path: Path) -> None:
    """B1: set up, loaded, asked, reviewed, sealed, sent, collected and read; nothing but the installed program's commands."""
    station = tmp_path / "station"
    done(station, "setup", "--rehearsal")
    done(station, "questionnaire", "load", FORM, "--yes")
    with Caller(station) as caller:
        caller.unlocks(PASSPHRASE)
        caller.types("n")
        caller.presses("Innan intervjun", "1")
        caller.asks(*TYPED)
        assert "Alvedon" in caller.settled("Granska svaren")
        caller.seals()
        assert caller.quits() == 0
    row, texts = table(tmp_path, station)
    for asked in (ask for ask in TYPED if ask.id):
        assert row[f"{asked.id}_missing"] == asked.missing, asked.id
        if isinstance(asked.value, tuple):
            chosen = {name.removeprefix(f"{asked.id}_") for name, cell in row.items() if cell == "1"}
            assert chosen & {"food", "medicines", "washing", "other", "nothing"} == set(asked.value)
        elif asked.value is not None:
            named = asked.id if asked.id in row else f"{asked.id}_given"
            assert row[named] == asked.value, asked.id
    assert texts == sorted([("A5", "AB12"), ("B4", "x"), ("C1", "Alvedon"), ("C1", "Waran"), ("D1_text", "En volontär"),
                            ("D2_text", "Hunden")])  # fmt: skip


def done(home: Path, *words: object) -> str:
    """What a command that has to succeed prints."""
    ran = run(*words, "--passphrase-file", "-", home=home, passphrase=PASSPHRASE)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def table(folder: Path, station: Path) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """The one row of the table and the texts beside it, once the rehearsal's batch has gone its way."""
    central = folder / "central"
    done(central, "recipient", "new", "--name", "Övning")
    done(station, "export", "--final", "--to", folder / "batches")
    done(central, "archive", "station", "add", "--rehearsal", station / "card.json")
    done(central, "archive", "collect", "--rehearsal", *(folder / "batches").iterdir())
    done(central, "archive", "tables", "--rehearsal", "--format", "csv", "--to", folder / "tables")
    (responses,), (texts,) = ((folder / "tables").glob(f"*-{name}.csv") for name in ("responses", "texts"))
    (row,) = read(responses)
    return row, sorted((line["item"], line["text"]) for line in read(texts))


def read(path: Path) -> list[dict[str, str]]:
    """The rows of a table."""
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
