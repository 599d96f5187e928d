"""The station: set up, unlock, interview, seal, rehearse."""

TEXTS: dict[str, str] = {
    # Two words that tell interviews under way apart; one of each kind is taken from the interview's random number.
    "label-first": (
        "blue green red yellow white black grey brown purple pink golden dark light big small long short"
        " broad narrow high deep round soft hard warm cool cold quick calm glad lively safe brave wise kind"
        " bold young brisk nimble steady quiet clear fresh still awake merry straight supple tidy striped"
        " dotted checked pointed"
    ),
    "label-second": (
        "swallow fox elk hare lark owl gull hedgehog squirrel beaver frog bee butterfly crane swan crow"
        " magpie hawk falcon eagle birch oak spruce pine maple ash rowan willow hazel rose bluebell anemone"
        " coltsfoot boat bridge lighthouse cottage gate jetty lantern bell key jug basket chair mirror drum"
        " violin flute stone bay brook island ridge spring"
    ),
    "demo-note-hearing": "Hard of hearing, speak slowly (made up)",
    "demo-note-afternoon": "In the afternoon, please (made up)",
    "demo-note-proxy": "The daughter may answer (made up)",
    "demo-note-interpreter": "Needs an interpreter (made up)",
    "demo-relation": "Daughter",
}

ERRORS: dict[str, tuple[str, str]] = {
    "no-station": (
        "There is no station in the folder.",
        "Run “interview” or “interview setup” to set one up, or name the right folder with --home.",
    ),
    "not-a-station": (
        "The folder belongs to a recipient of responses, not to a station.",
        "Name the station's folder with --home.",
    ),
    "not-set-up": (
        "What the station knows of its unit, organisation or signer is missing.",
        "Restore the station from a backup, or set it up anew in an empty folder.",
    ),
    "already-set-up": (
        "There is a station here already.",
        "Unlock it with “interview”, or name another folder with --home.",
    ),
    "folder-in-use": (
        "The folder holds databases without their keyring.",
        "Put the keyring (the file “keyring”) back from a backup, or name an empty folder with --home.",
    ),
    "fingerprint-needed": (
        "The fingerprint of whoever signed the survey is missing.",
        "Type it from the coordinator’s paper, not from the message with the file. In a command it is --signer.",
    ),
    "case-sealed": (
        "The interview is done and its answers are sealed.",
        "The case is not opened again: the same person would be counted twice.",
    ),
    "unknown-unit": (
        "The survey has no such unit.",
        "Choose one of the survey's units: {known}.",
    ),
    "unknown-organisation": (
        "The survey has no such kind of organisation.",
        "Choose one of the survey's kinds: {known}.",
    ),
    "rehearsal-key": (
        "The survey uses the rehearsal's keys, which everybody has, but claims to be real. It is refused.",
        "Ask the coordinator for a survey signed with the group's own key.",
    ),
    "rehearsal-only": (
        "Made-up interviews can be added to a rehearsal station only.",
        "Make a rehearsal station in a folder of its own: interview --home DIR setup --rehearsal.",
    ),
    "damaged": (
        "The file is damaged, or was changed by somebody. Nothing is written to it; it lies as it was, with a copy in {copy}.",
        "Make no more calls at the station. Contact the coordinator. The responses that can be trusted are saved from the lock screen, or with `interview rescue --to FILE`.",
    ),
    "not-examined": (
        "The program could not examine whether the station's files are whole (code {crash}). Until that is done nothing is written to them.",
        "Try again. If it happens over and over, close other programs or restart the computer. "
        "If that does not help, contact the coordinator and tell the code.",
    ),
    "unreadable": (
        "The file cannot be read: the disk answers with errors, or your account may not read it. "
        "That is no sign that anybody changed it. Nothing was written.",
        "Restart the computer and try again. If the error returns, do not use the station: ask IT support to look at the "
        "disk and at the permissions of the folder. If it cannot be saved, restore the backup with `interview restore`.",
    ),
    "responses-older": (
        "The station's responses are an older copy: batch {seq} was made but is missing from the file.",
        "Put the latest file back. If there is none, contact the coordinator: responses may be missing.",
    ),
    "broken-chain": (
        "The batches do not belong together: batch {seq} does not follow the one before.",
        "The file is damaged or was changed by somebody. Restore it from the backup and contact the coordinator.",
    ),
    "beyond-rescue": (
        "What the responses belong to (survey, questionnaire, batches) cannot be read. Nothing was saved.",
        "Restore the station from its backup, and keep the folder until the coordinator has seen it.",
    ),
    "backup-over-file": (
        "The file is there already and is no backup, so it is not written over.",
        "Give another name, or move the old file away.",
    ),
    "backup-inside": (
        "A copy in the station's own folder is lost together with the station.",
        "Give a file somewhere else, preferably on an encrypted stick.",
    ),
    "not-a-backup": (
        "The file is no backup of a station.",
        "Give the file that `interview backup` wrote.",
    ),
    "keyring-older": (
        "The keyring is older than the station's responses: number {found}, but number {seen} has been used.",
        "Put the latest keyring back. The older one is refused because people who were removed may hold a key to it.",
    ),
    "unknown-survey": ("The survey is not on this station.", "Choose one that is: {known}."),
    "no-such-survey": (
        "The survey is not on this station.",
        "Load the survey again, or restore the station from a backup.",
    ),
    "survey-not-open": (
        "The survey runs from {starts} to {ends}; no interview can begin today.",
        "Check the computer's date. If it is right, ask the coordinator for a new survey.",
    ),
    "sealed-already": (
        "The interview is sealed already and cannot be changed.",
        "Seal again to end it, or lock the station and unlock it again.",
    ),
    "not-tidy": (
        "The order of the responses has not been removed yet.",
        "Wait a moment and try again. If that does not help, close other windows on the same station.",
    ),
    "bad-count": (
        "The number of made-up interviews must lie between 1 and {most}.",
        "Name a number within these limits.",
    ),
    "survey-already-here": ("Version {version} of the survey is here already.", "Nothing needs to be done."),
    "survey-changed": (
        "Version {version} of the survey is here already, with other content than in this file.",
        "What holds here was not changed. The central group is to give the changed survey version {following} or higher.",
    ),
    "survey-older": (
        "The survey is version {version}, but version {latest} is here already. Versions only go up.",
        "Ask the coordinator for the latest file.",
    ),
    "survey-other-kind": (
        "A rehearsal never becomes a real survey, and a real station takes no rehearsals.",
        "Set a station of its own up in another folder with --home.",
    ),
    "survey-other-signer": (
        "The survey is signed with another key than the one the station follows: {signer}.",
        "If the central group has changed keys, ask for its statement and load with --rotation STATEMENT. "
        "Otherwise do not use the file; ring the coordinator.",
    ),
    "survey-replaced": (
        "Version {version} of the survey has been replaced by a later one.",
        "Choose the later version.",
    ),
    "rotation-by-another": (
        "The statement is not signed by the key the station follows.",
        "Do not use it. Ring the coordinator.",
    ),
    "no-such-questionnaire": (
        "The questionnaire is not at this station.",
        "Those that are here: {known}.",
    ),
    "several-questionnaires": (
        "More than one questionnaire fits what you wrote.",
        "Write the whole name or more of the hash: {known}.",
    ),
    "questionnaire-needs-survey": (
        "A real station takes a questionnaire only in a signed survey.",
        "Ask the central group to make a survey with the form (interview survey new --questionnaire FILE) and load "
        "that here (interview survey load FILE). The form can be tried at a rehearsal station.",
    ),
    "questionnaire-in-force": (
        "That is the questionnaire in force already.",
        "Nothing needs to be done.",
    ),
    "questionnaire-older": (
        "Version {latest} is here already, and versions only go up.",
        "Give the form a higher version than {latest}.",
    ),
    "questionnaire-changed": (
        "The questionnaire has the name and version of one that is here, but other questions.",
        "Whoever changed the questionnaire is to give it a higher version (the line version).",
    ),
}
