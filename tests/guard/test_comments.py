"""C7: ordinary comments pass undisturbed, at most 1 false alarm in 200."""

from pathlib import Path

from interview.guard.scanning import findings

COMMENTS = Path(__file__).with_name("comments.txt").read_text(encoding="utf-8").splitlines()


def test_ordinary_comments_pass_undisturbed() -> None:
    assert len(set(COMMENTS)) >= 400
    alarms = [(comment, found) for comment in COMMENTS if (found := findings(comment))]
    assert len(alarms) * 200 <= len(COMMENTS), alarms


def test_ordinary_comments_pass_when_they_are_written_in_capitals_or_run_together() -> None:
    texts = [comment.upper() for comment in COMMENTS]
    texts += [" ".join(COMMENTS[at : at + 3]) for at in range(len(COMMENTS) - 2)]
    alarms = [(text, found) for text in texts if (found := findings(text))]
    assert len(alarms) * 200 <= len(texts), alarms
