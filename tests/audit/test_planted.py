"""C2: each leak, planted for real, is found by the attack that is made for it, and told in both languages."""

from pathlib import Path

import pytest

from interview.audit.attacks import ATTACKS
from interview.messages import LANGUAGES, Catalogue
from interview.messages.sv import audit as words
from tests.audit import plants_inside, plants_outside
from tests.audit.conftest import Attacked
from tests.audit.planting import Plant

PLANTS = [
    each for module in (plants_inside, plants_outside) for each in vars(module).values() if isinstance(each, Plant)
]


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.place.__name__)
def test_c2_a_planted_leak_is_found_by_name(plant: Plant, attacked: Attacked, tmp_path: Path) -> None:
    report = (plant.place(attacked, tmp_path) or attacked).report()
    assert not report.passed
    found = {trial.attack: {leak.code for leak in trial.looked.leaks} for trial in report.trials}
    assert plant.code in found[plant.attack], found
    for language in LANGUAGES:
        told = {one["attack"]: one for one in report.to_json(Catalogue(language))["attacks"]}
        assert not told[plant.attack]["passed"]
        assert all(told[plant.attack]["learned"])


def test_c2_every_attack_and_every_leak_is_planted() -> None:
    assert {plant.attack for plant in PLANTS} == {each.name for each in ATTACKS}
    codes = {name.removeprefix("leak-") for name in words.TEXTS if name.startswith("leak-")}
    assert {plant.code for plant in PLANTS} == codes
