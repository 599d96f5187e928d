"""A process of its own that seals made-up interviews at a real station, through the use cases the screen uses.

    python fill.py HOME COUNT < passphrase

Prints a JSON list of the responses as they were before they were sealed.
"""

import json
import random
import sys
from dataclasses import replace
from pathlib import Path

from interview.paths import Home
from interview.session.interview import Interview
from interview.session.response import response_bytes
from interview.session.walk import random_walk
from interview.station import answering, finishing
from interview.station.unlocking import unlock


def main(home: Path, count: int) -> None:
    sealed = []
    with unlock(Home(home), sys.stdin.readline().strip()) as station:
        form, rng = station.form(station.questionnaire_hash), random.Random(7)
        while len(sealed) < count:
            walked = random_walk(form, rng, survey=station.survey_hash, unit=station.unit.id)
            begun = answering.begin(station)
            said = walked.draft
            interview = Interview.resume(
                form,
                replace(begun.draft, answers=said.answers, respondent=said.respondent, core_only=said.core_only,
                        ended=said.ended, position=None),
            )  # fmt: skip
            answering.keep(station, interview)
            content = response_bytes(interview, f"{station.clock():%Y-%m}", station.identity.organisation)
            if finishing.finish(station, interview).sealed:
                sealed.append(json.loads(content))
    print(json.dumps(sealed))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
