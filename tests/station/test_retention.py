"""B6: a survey's own call window and number of tries; what identifies anybody goes when its time is over (P3)."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from interview.calls.cases import Case
from interview.calls.outcomes import Outcome
from interview.crypto.slots import TEST
from interview.database.opening import open_database
from interview.errors import InterviewError
from interview.paths import Home
from interview.questionnaire.models import ItemType
from interview.session.answers import Missing
from interview.session.interview import Interview
from interview.station import casework, retention, unlocking
from interview.station.answering import begin, keep
from interview.station.finishing import finish, outcome_of
from interview.station.keys import station_vault
from interview.station.retention import expire, kept_until, new_keys_due
from interview.station.setup import set_up
from interview.station.station import WORKSPACE_KEY, Station
from interview.station.unlocking import unlock
from interview.store.keyring import Keyring
from interview.store.rekeying import rekey
from tests.station.stations import PASSPHRASE, Original, open_cases, talk

NOW = datetime(2026, 11, 26, 10).astimezone()


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def station(rehearsal_station: Original, tmp_path: Path) -> Iterator[Station]:
    with rehearsal_station.open(tmp_path / "station", Clock()) as opened:
        yield opened


def person(name: str = "Övning Övningsson", days: int = 4) -> Case:
    return Case(id="", unit="", name=name, telephone="070-174 06 05", discharged=NOW.date() - timedelta(days=days))


def answered(interview: Interview, steps: int) -> Interview:
    """So many steps on, each question with its first option, or unknown."""
    for _ in range(steps):
        item = interview.item
        if item is None:
            break
        if not item.is_question:
            interview = interview.go_on()
        elif item.type is ItemType.CHOICE:
            interview = interview.answer(item.options[0].code)
        else:
            interview = interview.without_value(Missing.UNKNOWN)
    return interview


def years_later(home: Home, clock: Clock) -> None:
    """A month later than an unlocking at which the clock had leapt: it is believed by now."""
    clock.now = datetime(2100, 2, 20, 10).astimezone()
    unlock(home, PASSPHRASE, clock).close()
    clock.now = datetime(2100, 3, 20, 10).astimezone()


def test_the_window_is_the_surveys(station: Station) -> None:
    case = casework.add_case(station, person())
    assert case.window == NOW.date() + timedelta(days=station.survey.last_day - 4)


def test_the_last_try_closes_a_case_with_what_the_ringings_amount_to(station: Station) -> None:
    case = casework.add_case(station, person())
    for _ in range(station.survey.attempts - 1):
        case = casework.record_attempt(station, case, Outcome.NO_ANSWER)
    assert open_cases(station.workspace) == 1
    case = casework.record_attempt(station, case, Outcome.MACHINE)
    assert [attempt.outcome for attempt in case.attempts[-2:]] == [Outcome.MACHINE, Outcome.VOICEMAIL]
    assert open_cases(station.workspace) == 0
    case = casework.take_back_attempt(station, case)
    assert open_cases(station.workspace) == 1
    case = casework.record_attempt(station, case, Outcome.APPOINTMENT, appointment=NOW + timedelta(hours=2))
    assert open_cases(station.workspace) == 1


def test_nothing_goes_before_its_time_and_everything_after(station: Station) -> None:
    """Drafts follow the usual rule (half answered: sealed), cases are counted and erased."""
    casework.add_case(station, person())
    rung = casework.add_case(station, person("Prova Provström"))
    casework.record_attempt(station, rung, Outcome.REFUSED)
    little, much = answered(begin(station), 3), answered(begin(station), 60)
    for interview in (little, much):
        keep(station, interview)
    assert outcome_of(much) is Outcome.COMPLETE
    assert expire(station) == 0
    clock = station.clock
    assert isinstance(clock, Clock)
    assert kept_until(station.survey) == date(2100, 1, 30)
    clock.now = datetime(2100, 2, 20, 10).astimezone()
    assert expire(station) == 0
    clock.now = datetime(2100, 3, 1, 10).astimezone()
    assert expire(station) == 4
    assert station.workspace.drafts() == ()
    assert station.workspace.cases() == ()
    assert station.responses.waiting_count(station.survey_hash) == 1
    counted = {tally.outcome: count for tally, count in station.workspace.tallies().items()}
    assert counted == {
        Outcome.COMPLETE: 1,
        Outcome.BREAK_OFF: 1,
        Outcome.REFUSED: 1,
        Outcome.NEVER_RUNG: 1,
    }


def test_p9_what_was_never_asked_before_the_time_ran_out_is_broken_off(original: Original, tmp_path: Path) -> None:
    """The call broke and nobody rang again: no caller left those questions open."""
    folder, clock = tmp_path / "station", Clock()
    with original.open(folder, clock) as station:
        keep(station, answered(begin(station), 20).leave_open())
    clock.now = datetime(2027, 2, 10, 10).astimezone()
    with original.open(folder, clock) as station:
        (response,) = original.opened(station)
    told = [answer.missing for answer in response.answers]
    assert told.count(Missing.LEFT_OPEN) == 1
    assert Missing.BROKEN_OFF in told[told.index(Missing.LEFT_OPEN) :]


def test_p2_a_clock_far_ahead_erases_nothing(original: Original, tmp_path: Path) -> None:
    """However often, and to wherever, it leaps; and when it is right again nothing of it is left."""
    folder, clock = tmp_path / "station", Clock()
    with original.open(folder, clock) as station:
        keep(station, answered(begin(station), 5))
        casework.add_case(station, person())
    for year, month in ((2100, 1), (2100, 1), (2027, 11), (2026, 11), (2100, 2), (2026, 12), (2031, 5), (2027, 1)):
        clock.now = datetime(year, month, 20, 10).astimezone()
        with original.open(folder, clock) as station:
            assert len(station.workspace.drafts()) == len(station.workspace.cases()) == 1
    clock.now = datetime(2027, 4, 20, 10).astimezone()
    with original.open(folder, clock) as station:
        assert station.workspace.drafts() == () and station.workspace.cases() == ()


def test_b6_a_station_nobody_used_for_a_year_erases_a_month_after(original: Original, tmp_path: Path) -> None:
    folder, clock = tmp_path / "station", Clock()
    left = []
    for year, month in ((2026, 11), (2028, 3), (2028, 3), (2028, 4)):
        clock.now = datetime(year, month, 20, 10).astimezone()
        with original.open(folder, clock) as station:
            if not left:
                casework.add_case(station, person())
            left.append(len(station.workspace.cases()))
    assert left == [1, 1, 1, 0]


def test_b6_a_clock_that_leaps_again_is_believed_no_further_than_the_first_leap(
    original: Original, tmp_path: Path
) -> None:
    folder, clock = tmp_path / "station", Clock()
    left = []
    for year, month in ((2026, 11), (2027, 4), (2099, 3)):
        clock.now = datetime(year, month, 20, 10).astimezone()
        with original.open(folder, clock) as station:
            if not left:
                casework.add_case(station, person())
                assert kept_until(station.survey) < date(2027, 4, 1)
            left.append(len(station.workspace.cases()))
            assert retention.believed_day(station) <= date(2027, 4, 1)
    assert left == [1, 1, 0]


def test_p3_when_the_round_is_over_the_workspaces_key_is_destroyed(tmp_path: Path) -> None:
    """The old key opens the file no more, nor does an old copy's content stand under a key that is anywhere."""
    clock = Clock()
    home = Home(tmp_path / "station")
    made, _ = set_up(home, PASSPHRASE, profile=TEST, clock=clock)
    old = made.keyring.secrets[WORKSPACE_KEY]
    casework.add_case(made, person())
    made.close()
    years_later(home, clock)
    with unlock(home, PASSPHRASE, clock) as station:
        assert station.keyring.secrets[WORKSPACE_KEY] != old
        assert old not in station.keyring.secrets.values()
        assert station.workspace.cases() == ()
        assert {tally.outcome: count for tally, count in station.workspace.tallies().items()} == {Outcome.NEVER_RUNG: 1}
        assert not new_keys_due(station)
        renewed = station.keyring.generation
    with pytest.raises(InterviewError) as caught:
        open_database(home.workspace, old).query("SELECT count(*) FROM call_case")
    assert caught.value.code == "database.wrong-key"
    with unlock(home, PASSPHRASE, clock) as station:
        assert station.keyring.generation == renewed


def test_new_keys_wait_until_the_station_is_alone(tmp_path: Path) -> None:
    clock = Clock()
    home = Home(tmp_path / "station")
    other, _ = set_up(home, PASSPHRASE, profile=TEST, clock=clock)
    casework.add_case(other, person())
    years_later(home, clock)
    with unlock(home, PASSPHRASE, clock) as station:
        assert new_keys_due(station)
        other.close()
    with unlock(home, PASSPHRASE, clock) as station:
        assert not new_keys_due(station)


def test_p5_keys_exchanged_by_another_window_while_one_unlocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It had read the keyring, and the files were under other keys when it came to them."""
    clock, home = Clock(), Home(tmp_path / "station")
    set_up(home, PASSPHRASE, profile=TEST, clock=clock)[0].close()
    real, turns = unlocking.open_keyring, [1]

    def overtaken(path: Path, secret: str) -> Keyring:
        keyring = real(path, secret)
        if turns:
            turns.pop()
            rekey(station_vault(home), keyring, lambda present: present.slots)
        return keyring

    monkeypatch.setattr(unlocking, "open_keyring", overtaken)
    with unlock(home, PASSPHRASE, clock) as station:
        assert station.workspace.cases() == ()


def test_an_interview_another_window_ends_first_keeps_nobody_out(
    original: Original, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, clock = tmp_path / "station", Clock()
    with original.open(folder, clock) as other:
        interview = talk(other)
        real, turns = retention.resume, [1]

        def overtaken(station: Station, draft: str) -> Interview:
            if turns:
                turns.pop()
                finish(other, interview)
            return real(station, draft)

        monkeypatch.setattr(retention, "resume", overtaken)
        clock.now = datetime(2027, 2, 10, 10).astimezone()
        with original.open(folder, clock) as station:
            assert not turns and station.workspace.drafts() == ()
            assert station.responses.waiting_count(station.survey_hash) == 1


def test_an_interview_that_may_not_be_sealed_keeps_nobody_out(original: Original, tmp_path: Path) -> None:
    """T20: a personal number stands in it; it is erased and counted, and the station opens."""
    folder = tmp_path / "station"
    with original.open(folder) as station:
        interview = talk(station)
        text = next(place for place in interview.draft.answers if interview.form.item(place).type is ItemType.TEXT)
        keep(station, interview.jump(text).answer("Hon har 640823-3234."))
    original.open(folder, lambda: NOW.replace(year=2028, month=3)).close()
    with original.open(folder, lambda: NOW.replace(year=2028, month=4)) as station:
        assert station.workspace.drafts() == ()
        assert station.responses.waiting_count(station.survey_hash) == 0
        assert [tally.outcome for tally in station.workspace.tallies()] == [Outcome.BREAK_OFF]
