"""The store: interviews under way and sealed responses."""

TEXTS: dict[str, str] = {}

ERRORS: dict[str, tuple[str, str]] = {
    "draft-changed-elsewhere": (
        "The interview was changed in another window on this station.",
        "Close the other window, go to the home screen and open the interview again from there.",
    ),
    "draft-finishing": (
        "The interview is being sealed.",
        "Wait a moment, then go to the home screen and see whether the interview is still there.",
    ),
    "no-such-draft": (
        "The interview is not here any more: it was sealed or erased.",
        "Go to the home screen, which lists the interviews under way.",
    ),
    "no-such-case": (
        "The case is no longer on the call list.",
        "Go back to the call list and choose a case that is there.",
    ),
    "no-such-questionnaire": (
        "The questionnaire is not on this station.",
        "Load the survey it belongs to again, or restore the station from a backup.",
    ),
    "in-another-batch": (
        "One of the responses left the station in an earlier batch; batch {seq} was not made.",
        "Start the program again and export once more.",
    ),
}
