"""A small form with one of everything, and the means to spoil it at a known place."""

import pytest

from interview.errors import InterviewError, Problem
from interview.questionnaire.models import Questionnaire
from interview.questionnaire.reading import read_questionnaire

SMALL = """\
name: small
version: "1.0"
title: {sv: Liten, en: Small}
languages: [sv, en]
minutes: {least: 5, most: 10, ask-after: 8}
dimensions:
  care: {sv: Vård, en: Care}
sources:
  - made up
scales:
  H4:
    read-options: yes
    probe: {sv: Hur mycket?, en: How much?}
    options:
      fully: {sv: "Ja, helt", en: "Yes, fully", score: 100}
      not-at-all: {sv: "Nej, inte alls", en: "No, not at all", score: 0}
contact:
  greeting: {sv: "Jag söker ⟨NN⟩", en: "I look for ⟨NN⟩"}
  errand: {sv: Personligt, en: Personal}
  doubt: {sv: Slå upp numret, en: Look the number up}
  voicemail: {sv: Ring mig, en: Ring me}
  consented: {sv: Vill du än?, en: Do you still?}
cards:
  care-needed:
    title: {sv: Vård, en: Care}
    entries:
      - heading: {sv: Fara, en: Danger}
        text: {sv: Ring 112, en: Ring 112}
items:
  - id: start
    type: group
    text: {sv: Början, en: Beginning}
    items:
      - id: hello
        type: display
        text: {sv: Hej, en: Hello}
      - id: Q1
        type: choice
        role: consent
        text: {sv: Med?, en: Join?}
        proxy: same
        read-options: no
        options:
          yes: {sv: Ja, en: Yes}
          later: {sv: Senare, en: Later, ends: not-now}
          no: {sv: Nej, en: No, ends: declined}
      - id: Q2
        type: choice
        role: respondent
        read-aloud: no
        text: {sv: Vem?, en: Who?}
        proxy: same
        read-options: no
        options:
          patient: {sv: Patienten, en: Patient}
          patient-with-help: {sv: Hjälp, en: Helped}
          proxy: {sv: Närstående, en: Next of kin}
      - id: Q3
        type: choice
        role: relation
        text: {sv: Relation till ⟨NN⟩?, en: Relation to ⟨NN⟩?}
        proxy: only
        when: {question: Q2, is: proxy}
        read-options: no
        options:
          child: {sv: Barn, en: Child}
          other: {sv: Annan, en: Other}
  - id: care
    type: group
    text: {sv: Vården, en: Care}
    items:
      - id: Q4
        type: choice
        core: yes
        dimension: care
        text: {sv: Fick du veta?, en: Were you told?}
        proxy: {sv: Fick ⟨NN⟩ veta?, en: Was ⟨NN⟩ told?}
        instruction: {sv: Läs upp, en: Read out}
        not-applicable: yes
        options: H4
      - id: Q5
        type: choices
        text: {sv: Vilka problem?, en: Which problems?}
        proxy: same
        read-options: no
        when:
          any:
            - {question: Q4, is: fully}
            - {question: Q4, is-not: not-at-all}
        options:
          dose: {sv: Dos, en: Dose}
          none: {sv: Inga, en: None, exclusive: yes}
      - id: Q6
        type: scale
        dimension: care
        text: {sv: Siffra?, en: Number?}
        proxy: not-asked
        minimum: 0
        maximum: 10
        minimum-label: {sv: dåligt, en: bad}
        score-factor: 10
      - id: Q7
        type: text
        role: improvement
        text: {sv: Bättre?, en: Better?}
        proxy: same
        when: {question: Q6, at-most: 5}
        max-length: 500
"""
"""A form without a problem."""


def read(source: str) -> Questionnaire:
    """The form that `source` is the text of."""
    return read_questionnaire(source.encode("utf-8"), "form.yaml")


def problems(source: str | bytes) -> tuple[Problem, ...]:
    """What is wrong with a form; the test fails if nothing is."""
    with pytest.raises(InterviewError) as caught:
        read_questionnaire(source if isinstance(source, bytes) else source.encode("utf-8"), "form.yaml")
    return caught.value.problems


def spoil(old: str, new: str, without: str = "") -> tuple[str, str]:
    """The small form with `without` taken out and then the first `old` made `new`, and the place `‹` marks in it."""
    assert without in SMALL, without
    text = SMALL.replace(without, "", 1) if without else SMALL
    assert old in text, old
    return unmark(text.replace(old, new, 1))


def unmark(text: str) -> tuple[str, str]:
    """The text without its mark `‹`, and the place the mark stood at."""
    before, mark, after = text.partition("‹")
    assert mark, "no mark"
    lines = before.split("\n")
    return before + after, f"form.yaml:{len(lines)}:{len(lines[-1]) + 1}"
