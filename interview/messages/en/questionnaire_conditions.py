"""The conditions of forms: what is wrong with when something is asked. A part of `questionnaire`."""

CONDITIONS: dict[str, tuple[str, str]] = {
    "any-of-one": (
        "any at {id} has fewer than two conditions.",
        "Add a condition, or write the only one directly under when.",
    ),
    "condition-on-no-question": (
        "{question} takes no answer and cannot decide when something is asked.",
        "Let the condition be about a question.",
    ),
    "condition-on-itself": (
        "{question} cannot depend on its own answer.",
        "Let the condition be about an earlier question.",
    ),
    "condition-on-later": (
        "{question} comes later and has not been answered yet.",
        "Move {question} before this, or let the condition be about an earlier question.",
    ),
    "circular-condition": (
        "The conditions go round in a circle: {circle}.",
        "Take one of them away, or let it be about an earlier question.",
    ),
    "never-holds": (
        "The condition on {question} can never hold.",
        "Correct the comparison, or take it away.",
    ),
    "never-together": (
        "The conditions of {id} exclude each other.",
        "Write any if one of them is enough; otherwise correct or remove one of them.",
    ),
    "unreachable": (
        "Nobody can come to {id}: its condition does not go together with that of the section around it or of the questions it names.",
        "Correct one of the conditions, or take the question away.",
    ),
    "operator-does-not-fit": (
        "{operator} does not fit {question}, which has type: {type}.",
        "Options are compared with is or is-not, numbers, dates and times also with more and less; a text is answered "
        "or not (answered).",
    ),
    "answered-not-yes-or-no": (
        "answered at {question} must be yes or no.",
        "Write yes or no.",
    ),
    "condition-on-missing": (
        "{word} says that there is no answer; conditions are only about answers.",
        "Compare with an answer, or write answered: no.",
    ),
    "answer-of-other-type": (
        "{question} has type: {type} and cannot be compared with what stands here.",
        "Write it like {example}.",
    ),
    "answer-beyond-limits": (
        "{question} goes from {least} to {most}.",
        "Write a value in between.",
    ),
}
