"""How a ringing ends: AAPOR's disposition codes in words."""

TEXTS: dict[str, str] = {
    "complete": "Complete",
    "partial": "Partial",
    "refused-by-other": "Somebody else refuses for the patient",
    "refused": "The patient refuses",
    "break-off": "Broken off",
    "no-contact": "No contact after every attempt",
    "never-available": "Reached, never available",
    "voicemail": "Answering machine at every attempt",
    "deceased": "Deceased",
    "unable": "Unable, and no next of kin can or will",
    "language": "Language barrier",
    "other": "Closed for another reason",
    "technical": "Technical fault",
    "wrong-number": "Wrong or dead number",
    "never-rung": "Never rung",
    "not-eligible": "Outside the sample",
    "in-residential-care": "Already lived in residential care",
    "busy": "Busy",
    "no-answer": "No answer",
    "machine": "Answering machine, ring again",
    "not-now": "Not now, ring again",
    "appointment": "Time booked",
    "interrupted": "The call was cut off, ring again",
}

ERRORS: dict[str, tuple[str, str]] = {}
