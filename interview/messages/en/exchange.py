"""What travels: surveys, cards, batches and receipts."""

_AGAIN = "Ask the sender for the file once more. If the same happens again, contact whoever sent it."
_UPDATE = "Update the program and try again."

TEXTS: dict[str, str] = {}

ERRORS: dict[str, tuple[str, str]] = {
    "bad-encoding": ("The file holds a key or signature that cannot be read.", _AGAIN),
    "too-large": (
        "The file is larger than {limit} bytes and is therefore not read.",
        "Check that you chose the right file.",
    ),
    "not-an-envelope": ("This is not a signed file of this program.", "Check that you chose the right file."),
    "newer-format": ("The file was written by a newer version of the program.", _UPDATE),
    "wrong-kind": ("The file is signed, but of another kind than is needed here.", "Choose the right file."),
    "not-a-survey": ("This is not a survey's file.", "Choose the file the coordinator sent."),
    "is-empty": ("The file is empty.", "Ask the coordinator for the survey's file again; it mostly ends in .survey."),
    "is-template": (
        "The file is the template a survey is made from, not the survey.",
        "The signed file is needed here. It is made at the central group's: interview survey new --from TEMPLATE --to FILE.",
    ),
    "is-station-card": (
        "The file is a station's card, not a survey.",
        "The card goes to the central group. The survey's file is needed here, which the coordinator has sent.",
    ),
    "is-recipient-card": (
        "The file is a recipient's card, not a survey.",
        "The card is used when a survey is made. The survey's file is needed here, which the coordinator has sent.",
    ),
    "is-receipt": (
        "The file is a receipt, not a survey.",
        "Take the receipt in with interview receipt. The survey's file is needed here, which the coordinator has sent.",
    ),
    "is-rotation": (
        "The file is the statement of a new signature, not a survey.",
        "Give it with --rotation, and the survey's file as the file.",
    ),
    "is-batch": (
        "The file is a batch of responses, not a survey.",
        "The batch goes to the central group. The survey's file is needed here, which the coordinator has sent.",
    ),
    "is-questionnaire": (
        "The file is a questionnaire, not a survey.",
        "A survey is made of it at the central group's: interview survey new --questionnaire FORM --to FILE.",
    ),
    "is-workbook": (
        "The file is an Excel book or a zip archive, not a survey.",
        "Unpack it if the survey was sent packed. Otherwise ask the coordinator for the survey's file.",
    ),
    "is-survey-alone": (
        "The file is a survey without its questionnaire.",
        "Ask the coordinator for the whole file, as interview survey new wrote it.",
    ),
    "is-damaged-survey": (
        "The file is a survey, but it is cut short or was changed.",
        "Ask the coordinator to send it again, attached or on a stick. Do not open and save it in another program.",
    ),
    "is-no-survey": (
        "The file is no survey, and nothing else that the program knows.",
        "Choose the file that the coordinator has sent; it mostly ends in .survey.",
    ),
    "wrong-signer": (
        "The survey is not signed by the one the fingerprint belongs to.",
        "Type it from the paper once more. If it still differs: do not use the file, ring the coordinator.",
    ),
    "survey-invalid": (
        "This is missing, or does not agree with the rest of the survey.",
        "Whoever makes the survey corrects it and makes the file again with interview survey new.",
    ),
    "questionnaire-missing": (
        "The questionnaire in the file is not the one the survey was signed with.",
        "Ask the coordinator for the whole file.",
    ),
    "card-invalid": ("The card is not valid.", "Ask its owner for a new card."),
    "receipt-invalid": ("The receipt is not valid.", _AGAIN),
    "tallies-invalid": ("The batch's counts of calls cannot be read.", _AGAIN),
    "not-a-batch": ("This is not a batch.", "Check that you chose the right file."),
    "truncated": ("The batch is cut short: its end is missing.", "Copy the file from the station once more."),
    "trailing-bytes": ("Something was added after the batch's end.", _AGAIN),
    "wrong-order": ("The responses in the batch are out of order, or one is there twice.", _AGAIN),
    "wrong-count": ("The number of responses changed while the batch was being written.", "Try again."),
    "damaged-response": (
        "A sealed response at the station is damaged.",
        "Nothing has been sent. Restore the station from a backup, or ask for help.",
    ),
    "batch-contradicts": ("The batch contradicts its own survey.", _AGAIN),
    "changed": (
        "The file changed while it was being read. Nothing from it is kept.",
        "Copy the file to this machine first.",
    ),
    "under-minimum": (
        "Waiting: {waiting}. A batch must have at least {minimum} responses. Nothing is written.",
        "Wait until more interviews are finished. If the survey has ended: use --final for the last remainder.",
    ),
    "nothing-sealed": (
        "No responses are waiting to be sent.",
        "Responses wait here as soon as an interview is finished and sealed.",
    ),
    "nothing-waiting": ("No responses are waiting to be sent.", "To write the latest batch again: use --again."),
    "already-final": (
        "The survey's last remainder has already left the station, and {waiting} responses are fewer than {minimum}.",
        "Wait until there are more, or talk to the coordinator.",
    ),
    "by-earlier-key": (
        "Batch {seq} was written before the station was restored, with a key that is no longer here. It cannot be written again.",
        "Ask the central group for its receipt. New responses are exported as usual.",
    ),
    "no-batch": ("There is no batch to write again.", "Make a batch first."),
    "batch-pruned": (
        "Batch {seq} has its receipts, and the responses are no longer here.",
        "The central group has them already.",
    ),
    "not-the-same-batch": (
        "Batch {seq} did not come out as it was. Nothing is written.",
        "The station's files were changed. Ask for help before going on.",
    ),
    "unknown-batch": (
        "The receipt is for a batch that is not from here.",
        "Check that the receipt is for this station.",
    ),
    "receipt-not-by-recipient": (
        "The receipt is not signed by any of the survey's recipients.",
        "Do not use it. Contact the central group.",
    ),
    "rotation-to-itself": ("The card is the group's own.", "Name the card of the new recipient who is to sign."),
    "no-such-batch": (
        "There is no batch {seq}; the latest is {latest}.",
        "Give --again without a number for the latest, or with the number of an earlier one.",
    ),
}
