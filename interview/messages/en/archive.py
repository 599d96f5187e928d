"""The central group's side: keys, surveys, collecting, tables."""

TEXTS: dict[str, str] = {
    "column.survey": "The survey's id",
    "column.version": "The survey's version",
    "column.period": "Month",
    "column.unit": "Unit",
    "column.language": "Language of the interview",
    "column.organisation": "Kind of organisation that rang",
    "column.respondent": "Who answered",
    "column.completion": "How much was answered (AAPOR)",
    "completion.complete": "Complete: at least 80 per cent of what applied (AAPOR 1.1)",
    "completion.partial": "Partial: 50–79 per cent, or every core question (AAPOR 1.2)",
    "completion.break-off": "Break-off: under 50 per cent (AAPOR 2.12)",
    "organisation.primary-care": "Primary care",
    "organisation.municipality": "Municipality",
    "given": "There is a text (in the file of texts)",
    "not-given": "No text",
    "not-chosen": "Not chosen",
    "tables-note": "WORKING MATERIAL, NOT FOR PUBLICATION\n\n"
    "The tables show every response by itself, in small groups too. Somebody who knows a patient may recognise a response.\n"
    "Do not pass them on, do not join them with other registers, and erase them when the analysis is done.\n\n"
    "-responses.{ending}  one row for each response, in random order; one column for each question.\n"
    "    Where a value is missing the column _missing beside it says why; _by says who answered the question.\n"
    "-codebook.{ending}   what every column and code means: a row for the column, without a code, and then one for each code.\n"
    "    score is an option's score (0–100), score_factor what a number is multiplied by to become one, dimension what the question\n"
    "    counts towards, core 1 for core questions, role what the question does in the call, analysis_code its name in the analysis,\n"
    "    spoken what is read aloud. proxy is the words for a next of kin: same, own-words (in proxy_en), not-asked, or only asked of them.\n"
    "    Where somebody else took over, the question with the role respondent shows who answered last; _by holds for each question.\n"
    "-texts.{ending}      what was said in people's own words, shuffled and without background.\n"
    "    What a spreadsheet would take for a formula begins with an added '.\n"
    "-outcomes.{ending}   how the calls ended, month by month. outcome is AAPOR's code, text and no number (2.20 is not 2.2);\n"
    "    proxy is 1 where a next of kin answered; count is how many.\n"
    "-comparability.{ending}  is there when a questionnaire has several versions: what changed in each question. series says whether\n"
    "    the answers before and after belong together: yes, care (with caution), no. A question not named is the same.",
    "rehearsal-note": "REHEARSAL: everything in these tables is made up.",
}

ERRORS: dict[str, tuple[str, str]] = {
    "home-in-use": ("There are keys in the folder already.", "Choose another folder with --home."),
    "no-home": ("There are no keys in the folder.", "Check --home, or make new keys with: interview recipient new."),
    "keyring-older": (
        "The keyring is older than the archive: number {found}, but number {seen} has been used.",
        "Put the latest keyring back. People who were removed may have a key to the older one.",
    ),
    "not-a-central-home": (
        "The folder belongs to a station, not to the central group.",
        "Choose the central group's folder with --home.",
    ),
    "card-of-another": (
        "The card in the folder does not belong to its keys.",
        "Put the right card back, or restore the folder from a backup.",
    ),
    "survey-field": (
        "{key} has a value of the wrong kind.",
        "Write the value like this: {example}",
    ),
    "version-not-higher": (
        "The survey is here in version {latest} already; version {version} is not higher.",
        "Write a higher number as version in the template, or with --version.",
    ),
    "rehearsal-signer": (
        "The survey is a rehearsal and cannot be taken for a real one.",
        "Rehearsal batches are collected with --rehearsal, without a survey.",
    ),
    "not-a-recipient": (
        "Nothing in the survey is sealed for this recipient.",
        "Open the batch at a recipient the survey names.",
    ),
    "unknown-station": (
        "The batch comes from a station the archive does not know.",
        "Ask the station for its card, compare fingerprints by telephone, and add it: interview archive station add.",
    ),
    "new-key": (
        "The station {station} has a new key, {key}. The key before it vouches for that, and is no longer valid.",
        "If you are unsure: ring the station and compare the fingerprint.",
    ),
    "left-key": (
        "The file is signed with a key that the station has replaced. It is no longer valid, and somebody may have copied it.",
        "Ring the station. If the file comes from there: ask for it again with the new key. Otherwise do not use it.",
    ),
    "contested-key": (
        "Two keys claim to follow the station's last one. One of them was made by somebody who has copied that.",
        "Ring the station, compare fingerprints and register its right card: interview archive station add. Then collect again.",
    ),
    "unknown-signer": (
        "The survey {survey} was made by somebody the archive does not know.",
        "Ask its maker for the file and the fingerprint on paper, and load it here: interview survey load FILE --signer FINGERPRINT.",
    ),
    "rehearsal": (
        "It is a rehearsal's batch. It does not belong in the archive.",
        "To practise collecting: use --rehearsal.",
    ),
    "rehearsal-card": (
        "It is a rehearsal station's card ({name}). What that makes never enters a real archive.",
        "Ask for the card of the station that rings for real. To practise collecting: use --rehearsal.",
    ),
    "no-rehearsal-card": ("It is a real station's card ({name}), no rehearsal.", "Add it without --rehearsal."),
    "no-rehearsal": ("The batch is real, no rehearsal.", "Collect it without --rehearsal."),
    "bad-response": (
        "A response in the batch does not open or does not fit its questionnaire. Nothing of the batch is kept.",
        "Contact the station: the program there may have been changed or be of the wrong version.",
    ),
    "gap": (
        "Missing from the station before this batch: {missing}.",
        "Ask the station for what is missing. This one is kept.",
    ),
    "fork": (
        "The station's chain of batches forks at {seq}: the station may have been restored from a copy.",
        "Ask the station what happened. The responses are kept, none of them twice.",
    ),
    "outside-period": (
        "Responses with a month outside the survey's period: {count}.",
        "They are kept. Ask the station whether its clock is right.",
    ),
    "unknown-format": ("Tables cannot be written as {format}.", "Choose one of: {known}."),
    "too-large-for-excel": (
        "The table is larger than a sheet of Excel holds ({rows} rows, {columns} columns).",
        "Write the tables with --format csv instead.",
    ),
    "nothing-collected": (
        "The archive has no responses yet.",
        "Collect batches first: interview archive collect. Rehearsal responses: add --rehearsal.",
    ),
    "survey-syntax": (
        "The template cannot be read beyond line {line}, character {column}.",
        'Mend the line, or the one before: texts stand in straight quotes, "so", lists in [ ], = between name and value, '
        "and the same name only once.",
    ),
    "survey-unknown": ("There is no setting {word}; did you mean {near}?", "Those there are: {known}."),
    "survey-not-known": ("There is no setting {word}.", "Remove the line, or mend the word. Those there are: {known}."),
    "survey-missing": (
        "{key} is missing or empty.",
        "Write it in the template, or give it with the command's own option.",
    ),
    "survey-month": ("{key} is no month.", "Write year and month, for example 2026-11."),
    "survey-id": (
        "{key} cannot be written like that.",
        "Use lower-case letters a–z, digits and hyphens, at most 64 characters, for example vc-norr.",
    ),
    "survey-word": ("{key} is none of the words that can stand there.", "What can stand here: {known}."),
    "survey-too-small": ("{key} is too small.", "Write {least} or more."),
    "survey-below-floor": (
        "{key} is too low: in so small a group one can work out who answered what.",
        "Write {least} or more, preferably {usual}.",
    ),
    "survey-few": (
        "{key} is below {usual}: small groups are easier to recognise.",
        "Write {usual}, unless there is a reason for less.",
    ),
    "survey-telephone": (
        "{key} does not look like a telephone number.",
        "Write it in digits: the caller reads it to somebody who needs care.",
    ),
    "survey-example": ("{key} is the template's example and no real number.", "Write the unit's own number."),
    "survey-no-emergency": (
        "The “Care needed” card of {unit} does not say 112 ({languages}), and it is shown in place of the form's.",
        "Put 112 first on the card, for danger to life.",
    ),
    "survey-too-large": ("{key} is too large.", "Write {most} or less."),
    "survey-too-long": ("{key} is too long, or there are too many.", "There is room for {most} at most."),
    "survey-ends-first": ("The survey ends {ends}, before it begins {starts}.", "Correct starts or ends."),
    "survey-last-day": (
        "The last day to ring is day {last}, before the first, {first}.",
        "Correct first-day or last-day.",
    ),
    "survey-twice": ("{word} is there twice.", "Remove one, or give it another id."),
    "survey-type": ("{key} has the wrong form.", "Write the value as {wanted}."),
    "survey-control": (
        "{key} holds control characters, which do not show but upset the screen.",
        "Type the text instead of pasting it.",
    ),
    "survey-language": (
        "The questionnaire has no language called {word}.",
        "Change the language to one of the questionnaire's: {known}.",
    ),
    "survey-translation": (
        "{key} is missing in the language “{language}”.",
        "Write the text in that language too: the questions can be asked in it.",
    ),
    "survey-encoding": ("The template is not saved as UTF-8.", "Save the file as UTF-8."),
}
