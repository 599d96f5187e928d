"""Made-up interviews in bulk, by random walk through the real flow and the real sealing; rehearsal only.

They are written in portions, each one transaction in the order of its hashes with a large cache, and tidied once.
"""

from collections import Counter
from random import Random
from typing import Final

from interview.calls.outcomes import Outcome
from interview.errors import InterviewError
from interview.progress import Progress, silent
from interview.session.answers import Respondent
from interview.session.interview import Interview
from interview.session.walk import random_walk
from interview.station.finishing import outcome_of, seal
from interview.station.station import Station
from interview.store.rows import Tally

MOST: Final = 1_000_000
"""Interviews at a time."""
PORTION: Final = 5_000
"""Responses held in memory at a time: some 40 MB."""
TOLD: Final = 50
"""Interviews between two tellings of progress."""


def simulate(station: Station, n: int, rng: Random, progress: Progress = silent) -> int:
    """Add `n` made-up interviews and tidy; how many were sealed. `station.rehearsal-only`, `station.bad-count`."""
    if not station.rehearsal:
        raise InterviewError("station.rehearsal-only")
    if not 1 <= n <= MOST:
        raise InterviewError("station.bad-count", "", most=MOST)
    form, now = station.form(station.questionnaire_hash), station.clock()
    counts: Counter[Tally] = Counter()
    portion: list[bytes] = []
    stored = 0
    with station.tidier.aside() as responses, responses.large_cache():
        for done in range(1, n + 1):
            interview = random_walk(
                form, rng, survey=station.survey_hash, unit=station.unit.id, started=now.isoformat(timespec="minutes")
            )
            outcome = _outcome(interview)
            counts[Tally(station.survey_hash, f"{now:%Y-%m}", station.unit.id, outcome, _by_proxy(interview))] += 1
            if outcome.sealed:
                portion.append(seal(station, interview))
            if len(portion) == PORTION or done == n:
                stored += responses.add_many(station.survey_hash, portion)
                portion.clear()
            if done % TOLD == 0 or done == n:
                progress(done, n)
    station.workspace.count(counts)
    station.tidier.request()
    station.settle(timeout=3600)
    return stored


def _outcome(interview: Interview) -> Outcome:
    return Outcome.REFUSED if interview.ending is not None else outcome_of(interview)


def _by_proxy(interview: Interview) -> bool:
    return any(answer.given_by is Respondent.PROXY for answer in interview.draft.answers.values())
