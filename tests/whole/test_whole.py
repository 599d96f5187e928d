"""A16: the installed program on real terminals, from the central group's keys to the table, and the table against what was typed.

Four interviews are typed, in two windows at once: by the patient, by a proxy, one that changes hands, one interrupted by
`kill -9`. A process of its own seals six more meanwhile, so that a batch can leave.
"""

import csv
import json
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.cli.installed import environment, run
from tests.whole.caller import Ask, Caller

Answer = dict[str, Any]
Said = dict[str, Any]
"""A response as it lies under its seal, as far as the table shows it."""

PASSPHRASE = "lugna gatan tre björkar"
OTHERS = 6
MONTH = f"{date.today():%Y-%m}"
NAME, TELEPHONE = "Kanarie Fågelsång", "070-174 06 42"
PATIENTS_TEXT, PROXYS_TEXT = "Maten, och =1+1 tider", "Ring oss före hemgång"

OPENING = Ask("Det tar fem till tio minuter", ("enter",))
CLOSING = Ask("Svaren läggs ihop med andras", ("enter",))
CORE_ONLY = Ask("", ("escape",)), Ask("Orkar inte – bara kärnfrågorna", ("4",))

BY_PATIENT = (
    OPENING,
    Ask("Vill du vara med?", ("1",), "A1", "yes"),
    Ask("Vem svarar?", ("2",), "A2", "patient-with-help"),
    Ask("ditt allmänna hälsotillstånd?", ("1",), "E1", "very-good"),
    Ask("vad som gjorts på", ("2",), "B1a", "largely"),
    Ask("vad som skulle hända", ("4",), "B1b", "not-at-all"),
    Ask("informationen skriftligt", ("f7",), "B2", missing="asked-declined"),
    Ask("bestämma om tiden efter", ("3",), "B3", "partly"),
    Ask("en gemensam plan", ("f8",), "B4", missing="not-applicable"),
    Ask("Tar du några mediciner?", ("1",), "B6a", "yes"),
    Ask("vilka läkemedel du", ("f6",), "B6", missing="asked-unknown"),
    Ask("vid rätt tidpunkt", ("3",), "C1", "too-late"),
    Ask("Fungerade resan hem?", ("2",), "C2a", "largely"),
    Ask("hemma första dagen", ("1",), "C2b", "fully"),
    Ask("hjälp hemma av hemtjänst", ("2",), "D1", "no"),
    Ask("haft kontakt med dig", ("1",), "D4", "yes"),
    Ask("vem du ska ringa om", ("2",), "D5", "unsure"),
    Ask("en fast vårdkontakt", ("1",), "D6", "yes"),
    Ask("problem med medicinerna", ("1",), "D7", "yes"),
    Ask("Vilka problem?", ("2", "4", "enter"), "D7b", ("side-effect", "lists-differed")),
    Ask("Känner du dig trygg hemma?", ("1",), "D8", "fully"),
    Ask("oroar du dig", ("4",), "E2", "a-lot"),
    Ask("behövt akutvård", ("3",), "E3", "no"),
    Ask("0 är mycket dåligt", ("1", "0", "enter"), "F1", "10"),
    Ask("göra bättre? Nämn inga namn", (PATIENTS_TEXT, "f10"), "F2", "1"),
    CLOSING,
)
BY_PROXY = (
    OPENING,
    Ask("vill vara med men kan inte svara själv", ("1",), "A1", "yes"),
    Ask("relation till", (), "A2", "proxy"),
    Ask("relation till", ("2",), "A3", "child"),
    Ask("inte kan svara själv?", ("5",), "A4", "other"),
    *CORE_ONLY,
    Ask("som närstående, vem du ska ringa", ("1",), "D5n", "yes"),
    Ask("tycker du? 0 är", ("7", "enter"), "F1n", "7"),
    Ask("göra bättre? Nämn inga namn", (PROXYS_TEXT, "f10"), "F2", "1"),
    CLOSING,
)
FROM_PATIENT = (
    OPENING,
    Ask("Vill du vara med?", ("1",), "A1", "yes"),
    Ask("Vem svarar?", ("2",)),
    Ask("ditt allmänna hälsotillstånd?", ("4",), "E1", "poor"),
    *CORE_ONLY,
    Ask("vem du ska ringa om", ("3",), "D5", "no"),
)
HANDED_OVER = (
    Ask("0 är mycket dåligt", ("f9",)),
    Ask("Närstående tar över", ("3",), "A2", "proxy"),
    Ask("patienten har sagt ja", ("1",)),
    Ask("Läs för den närstående", ("enter",)),
    Ask("relation till", ("1",), "A3", "partner"),
    Ask("inte kan svara själv?", ("2",), "A4", "hearing-or-speech"),
    Ask("som närstående, vem du ska ringa", ("f6",), "D5n", missing="asked-unknown"),
    Ask("tycker du? 0 är", ("0", "enter"), "F1n", "0"),
    Ask("göra bättre? Nämn inga namn", ("f7",), "F2", "0", missing="asked-declined"),
    CLOSING,
)
BEFORE_THE_KILL = (
    OPENING,
    Ask("Vill du vara med?", ("1",), "A1", "yes"),
    Ask("Vem svarar?", ("2",), "A2", "patient-with-help"),
    Ask("ditt allmänna hälsotillstånd?", ("3",), "E1", "fair"),
    Ask("vad som gjorts på", ("1",), "B1a", "fully"),
    Ask("vad som skulle hända", ("f6",), "B1b", missing="asked-unknown"),
    *CORE_ONLY,
)
AFTER_THE_KILL = (
    Ask("vem du ska ringa om", ("1",), "D5", "yes"),
    Ask("0 är mycket dåligt", ("4", "enter")),
    Ask("göra bättre? Nämn inga namn", ("f10", "f10"), "F2", "0", missing="left-open"),
    CLOSING,
)
CHANGED = (Ask("Granska svaren", ("7", "enter")), Ask("0 är mycket dåligt", ("9", "enter"), "F1", "9"))


@pytest.fixture
def survey(tmp_path: Path) -> tuple[Path, str]:
    """A real survey from a new recipient, and its signer's fingerprint as it was printed."""
    central = tmp_path / "central"
    made = run(
        "recipient", "new", "--name", "Analysgruppen", "--passphrase-file", "-", home=central, passphrase=PASSPHRASE
    )
    assert made.returncode == 0, made.stderr
    file = tmp_path / "host.survey"
    signed = run(
        *("survey", "new", "--passphrase-file", "-", "--id", "host", "--title", "Hösten", "--to", file),
        *("--starts", MONTH, "--ends", MONTH, "--unit", "norr=Vårdcentralen Norr=035-000000", "--unit", "syd=Syd"),
        home=central,
        passphrase=PASSPHRASE,
    )
    assert signed.returncode == 0, signed.stderr
    return file, printed(signed.stdout, "fingeravtryck")


def test_from_the_keys_to_the_table(tmp_path: Path, survey: tuple[Path, str]) -> None:
    """A3, A8, A9, A11, A13–A16."""
    station, central = tmp_path / "station", tmp_path / "central"
    with Caller(station) as caller, ThreadPoolExecutor() as at_once:
        set_up(caller, *survey)
        others = at_once.submit(seal_others, station)
        second = at_once.submit(in_a_second_window, station)
        from_the_call_list(caller)
        caller.asks(*BY_PATIENT)
        caller.seals("Genomförd")
        caller.types("escape")
        begun(caller)
        caller.asks(*BEFORE_THE_KILL)
        stood = caller.settled("vem du ska ringa om")
        caller.terminal.kill()
        second.result()
    with Caller(station) as caller:
        caller.unlocks(PASSPHRASE)
        resumed_at(caller, stood)
        caller.asks(*AFTER_THE_KILL)
        reviewed(caller)
        caller.asks(*CHANGED)
        caller.seals()
        batch = exported(caller, station / "batches")
        assert caller.quits() == 0
    rows, texts = collected(central, station, batch)
    typed = [by_patient(), by_proxy(), mixed(), interrupted()]
    assert in_order(rows) == in_order(as_row(response) for response in [*typed, *others.result()])
    written = [PATIENTS_TEXT, PROXYS_TEXT]
    written += [
        answer["value"]
        for one in others.result()
        for answer in one["answers"]
        if answer["id"] == "F2" and "value" in answer
    ]
    assert sorted(texts) == sorted(map(neutral, written))


# What is typed around the questions.


def set_up(caller: Caller, survey: Path, fingerprint: str) -> None:
    """A station from the survey's file and the fingerprint typed from paper; the recovery code is typed back (A3, T10, T21)."""
    caller.sees("Ska den ringa på riktigt")
    caller.types("enter")
    caller.sees("Skriv var filen från samordnaren ligger")
    caller.types(str(survey), "enter")
    caller.sees("Vem har undertecknat mätningen?")
    caller.types(fingerprint.replace("-", " ").lower(), "enter")
    caller.sees("Vilken enhet räknas svaren till?")
    caller.types("enter")
    caller.sees("Vem ringer?")
    caller.types("enter")
    caller.sees("Välj en lösenfras")
    caller.types(PASSPHRASE, "enter", PASSPHRASE, "enter", "Karin", "enter")
    code = "".join(re.findall(r"[0-9A-Z]{4}(?![0-9A-Za-z])", caller.settled("Enter när den finns på papper")))
    caller.types("enter")
    caller.sees("Skriv koden från papperet")
    caller.types(code.lower(), "enter")
    caller.sees("Väntar på export", "Vårdcentralen Norr")


def from_the_call_list(caller: Caller) -> None:
    """A case typed in by hand, and an interview begun from it."""
    caller.types("c")
    caller.sees("Ingen står på listan")
    caller.types("n")
    caller.sees("Ny på ringlistan")
    caller.types(NAME, "enter", TELEPHONE, "enter", "hör illa", "enter")
    caller.sees(NAME, "inte ringd")
    caller.types("enter")
    caller.presses(f"Jag söker {NAME}", "1")


def in_a_second_window(station: Path) -> None:
    """Meanwhile, at the same station: a next of kin answers because the patient cannot speak; a conversation changes hands."""
    with Caller(station) as caller:
        caller.unlocks(PASSPHRASE)
        caller.types("n")
        caller.presses("Innan intervjun", "4")
        caller.presses("Närstående svarar i stället", "1")
        caller.asks(*BY_PROXY)
        caller.seals()
        begun(caller)
        caller.asks(*FROM_PATIENT, *HANDED_OVER)
        caller.seals()
        assert caller.quits() == 0


def begun(caller: Caller) -> None:
    """A conversation with somebody who is not on the call list."""
    caller.sees("Nytt samtal")
    caller.types("n")
    caller.presses("Innan intervjun", "1")


def resumed_at(caller: Caller, stood: str) -> None:
    """The interview that was killed is on the home screen, and comes back at the same question."""
    caller.sees("Patienten med hjälp")
    caller.types("r")
    again = caller.settled("vem du ska ringa om")
    assert question_of(again) == question_of(stood)


def question_of(screen: str) -> list[str]:
    """What a question's page says, down to its keys; what is below them is said in one sitting only."""
    lines = screen.splitlines()
    return lines[: next(n for n, line in enumerate(lines) if "F6 vet inte" in line) + 1]


def reviewed(caller: Caller) -> None:
    """Every answer of both sittings stands in the review."""
    review = " ".join(caller.settled("Granska svaren").split())
    for answer in ("Ja", "Patienten med hjälp", "Någorlunda", "Ja, helt", "vet inte"):
        assert answer in review, review


def exported(caller: Caller, folder: Path) -> Path:
    """Everything that waits leaves in one batch, by `e`; the finished case goes with it."""
    caller.settled(f"Väntar på export {OTHERS + 4} svar")
    caller.types("e")
    caller.sees(f"{OTHERS + 4} svar väntar. En leverans kräver minst 10.")
    caller.types("enter")
    caller.sees(f"Leverans 1 är skriven: {OTHERS + 4} svar.")
    caller.types("escape")
    caller.sees("Väntar på export 0 svar")
    (batch,) = folder.iterdir()
    return batch


def seal_others(home: Path) -> list[Said]:
    """What a process of its own sealed meanwhile."""
    filling = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("fill.py")), str(home), str(OTHERS)],
        input=PASSPHRASE + "\n", env=environment(home), capture_output=True, text=True, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip
    assert filling.returncode == 0, filling.stderr
    others: list[Said] = json.loads(filling.stdout)
    return others


# The central group's side.


def collected(central: Path, station: Path, batch: Path) -> tuple[list[dict[str, str]], list[str]]:
    """The rows of the table and the texts beside it, once batch, receipt and tables have gone their way (A15)."""
    unlock = ("--passphrase-file", "-")
    told = [
        run("archive", "station", "add", station / "card.json", *unlock, home=central, passphrase=PASSPHRASE),
        run("archive", "collect", batch, *unlock, home=central, passphrase=PASSPHRASE),
        run("archive", "tables", "--format", "csv", "--to", "tables", *unlock, home=central, passphrase=PASSPHRASE),
    ]
    assert [one.returncode for one in told] == [0, 0, 0], [one.stderr for one in told]
    assert f"nya {OTHERS + 4}" in told[1].stdout
    (receipt,) = batch.parent.glob("*receipt*")
    taken = run("receipt", receipt, *unlock, home=station, passphrase=PASSPHRASE)
    assert taken.returncode == 0 and str(OTHERS + 4) in taken.stderr, taken.stderr
    tables = {path.name: path for path in map(central.parent.joinpath, told[2].stdout.split())}
    everything = b"".join(path.read_bytes() for path in [batch, receipt, *tables.values()])
    assert NAME.encode() not in everything and TELEPHONE.encode() not in everything
    responses, texts = (_read(tables[f"host-v1-{name}.csv"]) for name in ("responses", "texts"))
    assert {line.pop("completion") for line in responses} <= {"complete", "partial"}
    return responses, [line["text"] for line in texts]


def _read(table: Path) -> list[dict[str, str]]:
    with table.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def in_order(rows: Iterable[Mapping[str, str]]) -> list[list[tuple[str, str]]]:
    """Rows without their order, which the table shuffles."""
    return sorted(sorted(row.items()) for row in rows)


def printed(out: str, name: str) -> str:
    """A value by its name in the lines a command printed."""
    return dict(line.split("\t") for line in out.splitlines() if "\t" in line)[name]


# What must come of what was typed.

EVERY = (
    "A1 A2 A3 A4 E1 B1a B1b B2 B3 B4 B5 B5n B6a B6 B6n C1 C2a C2b "
    "D1 D2 D3 D3n D4 D4n D5 D5n D6 D7 D7b D8 E2 E3 F1 F1n F2"
)
PROBLEMS = ("unclear-dose", "side-effect", "unavailable", "lists-differed", "other")
HELPED = "patient-with-help"
KEYED = ("asked-declined", "asked-unknown", "not-applicable")


def said(respondent: str, asked: Iterable[tuple[str, Ask]], otherwise: Mapping[str, str]) -> Said:
    """What a response must say: what was keyed, by whom; `otherwise` gives the rest: ids and why they have no answer."""
    answers: dict[str, Answer] = {id_: {"missing": why} for why, ids in otherwise.items() for id_ in ids.split()}
    for by, ask in asked:
        if ask.missing:
            answers[ask.id] = {"missing": ask.missing} | ({"by": by} if ask.missing in KEYED else {})
        elif ask.id:
            answers[ask.id] = {"value": ask.value or "", "by": by}
    assert sorted(answers) == sorted(EVERY.split())
    return {"respondent": respondent, "answers": [{"id": id_, **answer} for id_, answer in answers.items()]}


def as_row(response: Said) -> dict[str, str]:
    """The row of the table that a response makes."""
    row = {"survey": "host", "version": "1", "period": MONTH, "unit": "norr", "organisation": "primary-care"}
    row["respondent"] = response["respondent"]
    for answer in response["answers"]:
        id_, value = answer["id"], answer.get("value")
        row |= {f"{id_}_missing": answer.get("missing", ""), f"{id_}_by": answer.get("by", "")}
        if id_ == "F2":
            row["F2_given"] = "0" if value is None else "1"
        elif id_ == "D7b":
            row |= {f"D7b_{code}": "" if value is None else str(int(code in value)) for code in PROBLEMS}
        else:
            row[id_] = "" if value is None else str(value)
    return row


def neutral(text: str) -> str:
    """A text as a spreadsheet may open it (T14): nothing that could be a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text


def by_patient() -> Said:
    past = {"routed-past": "B5 B5n D2 D3 D3n", "only-asked-of-proxy": "A3 A4 B6n D4n D5n F1n"}
    return said(HELPED, asked_of_patient(BY_PATIENT), past)


def by_proxy() -> Said:
    past = {
        "routed-past": "B5 B5n B6 B6n D2 D3 D3n D7 D7b",
        "not-asked-of-proxy": "E1 B1a B1b B3 C1 D4 D5 D8 E2 F1",
        "not-core": "B2 B4 B6a C2a C2b D1 D4n D6 E3",
    }
    return said("proxy", [("proxy", ask) for ask in BY_PROXY], past)


def mixed() -> Said:
    past = {
        "routed-past": "B5 B5n B6 B6n D2 D3 D3n D7 D7b",
        "not-asked-of-proxy": "B1a B1b B3 C1 D4 D8 E2 F1",
        "only-asked-of-proxy": "D4n",
        "not-core": "B2 B4 B6a C2a C2b D1 D6 E3",
    }
    return said("mixed", [*asked_of_patient(FROM_PATIENT), *(("proxy", ask) for ask in HANDED_OVER)], past)


def interrupted() -> Said:
    past = {
        "routed-past": "B5 B5n B6 B6n D2 D3 D3n D7 D7b",
        "only-asked-of-proxy": "A3 A4 D4n D5n F1n",
        "not-core": "B2 B3 B4 B6a C1 C2a C2b D1 D4 D6 D8 E2 E3",
    }
    return said(HELPED, asked_of_patient((*BEFORE_THE_KILL, *AFTER_THE_KILL, *CHANGED)), past)


def asked_of_patient(questions: Iterable[Ask]) -> list[tuple[str, Ask]]:
    """Who answers is asked after consent: that alone is given without help."""
    return [("patient" if ask.id == "A1" else HELPED, ask) for ask in questions]
