"""How a leak is planted: which defence is missing, which attack is to find it, under which code."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from interview.calls.cases import Case
from interview.database.opening import Database
from interview.store.responses import Responses
from tests.audit.conftest import Attacked

NAME: Final = "Kanarie Fågelholm"
CASE: Final = Case(id="c" * 32, unit="ekbacken", name=NAME, telephone="070-174 06 77", note="Ring efter klockan två")


@dataclass(frozen=True)
class Plant:
    """One leak: the defence that is missing, the attack that finds it, the code it goes under."""

    defence: str
    attack: str
    code: str
    place: Callable[[Attacked, Path], Attacked | None]


def plant(defence: str, attack: str, code: str) -> Callable[[Callable[[Attacked, Path], Attacked | None]], Plant]:
    """Makes a plant of a function that places it; the function gives the folder to attack where that is another one."""
    return lambda place: Plant(defence, attack, code, place)


def survey_of(database: Database) -> str:
    return Responses(database).surveys()[0].hash


def records(database: Database, count: int) -> list[bytes]:
    """New sealed records of the length that is due."""
    [(sealed,)] = database.query("SELECT sealed FROM response LIMIT 1")
    return [sealed[:6] + os.urandom(len(sealed) - 6) for _ in range(count)]


def note(attacked: Attacked, name: str, content: bytes) -> None:
    path = attacked.home.root / name
    path.write_bytes(content)
    path.chmod(0o600)
