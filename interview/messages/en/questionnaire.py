"""The questionnaires: what is wrong in a form and how to correct it."""

from interview.messages.en.questionnaire_conditions import CONDITIONS
from interview.messages.en.questionnaire_syntax import SYNTAX

TEXTS: dict[str, str] = {}

ERRORS: dict[str, tuple[str, str]] = {
    **SYNTAX,
    "wanted-keys": (
        "Keys with values are wanted here.",
        "Write one value a line, indented: key: value.",
    ),
    "wanted-list": (
        "{key} must be a list.",
        "Write one line for each part, beginning with a dash.",
    ),
    "wanted-text": (
        "{key} must be a text.",
        "Write a single value after the colon.",
    ),
    "wanted-number": (
        "{key} must be a whole number.",
        "Write the number in digits only.",
    ),
    "wanted-yes-or-no": (
        "{key} must be yes or no.",
        "Write yes or no.",
    ),
    "wanted-wording": (
        "{key} must have words in each language.",
        "Write one line for each language, indented: {languages}.",
    ),
    "empty-value": (
        "{key} has no value.",
        "Write a value after the colon, or take the line away.",
    ),
    "missing-key": (
        "{key} is missing.",
        "Add {key}.",
    ),
    "split-by-comma": (
        "The text was split at the comma before “{word}”.",
        'Put the text in quotes: {{sv: "Yes, fully"}}, or write each language on a line of its own.',
    ),
    "unknown-key": (
        "There is no key {word} here.",
        "What can stand here: {known}.",
    ),
    "misspelt-key": (
        "There is no key {word} here.",
        "Did you mean {near}? What can stand here: {known}.",
    ),
    "unknown-word": (
        "{key} cannot be {word}.",
        "What can stand here: {known}.",
    ),
    "misspelt-word": (
        "{key} cannot be {word}.",
        "Did you mean {near}? What can stand here: {known}.",
    ),
    "unknown-language": (
        "{word} is none of the form's languages.",
        "What can stand here: {known}.",
    ),
    "misspelt-language": (
        "{word} is none of the form's languages.",
        "Did you mean {near}? What can stand here: {known}.",
    ),
    "unknown-scale": (
        "There are no answers called {word} (under scales, in Excel on the sheet of answers).",
        "What can stand here: {known}.",
    ),
    "misspelt-scale": (
        "There are no answers called {word} (under scales, in Excel on the sheet of answers).",
        "Did you mean {near}? What can stand here: {known}.",
    ),
    "unknown-dimension": (
        "There is no dimension {word} under dimensions.",
        "What can stand here: {known}.",
    ),
    "misspelt-dimension": (
        "There is no dimension {word} under dimensions.",
        "Did you mean {near}? What can stand here: {known}.",
    ),
    "unknown-question": (
        "The condition is about a question that does not exist: {word}.",
        "What can stand here: {known}.",
    ),
    "misspelt-question": (
        "The condition is about a question that does not exist: {word}.",
        "Did you mean {near}? What can stand here: {known}.",
    ),
    "unknown-option": (
        "{question} has no answer {word}.",
        "What can stand here: {known}.",
    ),
    "misspelt-option": (
        "{question} has no answer {word}.",
        "Did you mean {near}? What can stand here: {known}.",
    ),
    "no-languages": (
        "The form has no language.",
        "Write which languages the questions come in: languages: [sv].",
    ),
    "many-languages": (
        "The form has more than {most} languages.",
        "Divide it into several forms.",
    ),
    "read-options-unsaid": (
        "The form does not say whether the answers to {id} are read aloud.",
        "Add read-options: yes or read-options: no.",
    ),
    "proxy-unsaid": (
        "The form does not say what a next of kin hears instead of {id}.",
        "Add proxy: words of their own, same, not-asked, or only (asked only of a next of kin).",
    ),
    "unused-scale": (
        "No question uses the answers {word}.",
        "Take them away, or write options: {word} at a question.",
    ),
    "wanted-condition": (
        "when must say which question it is about and what the answer must be.",
        "Write when: {{question: B4, is: yes}}, or any: or all: with a list of such.",
    ),
    "any-and-all": (
        "when takes either any or all, and nothing beside.",
        "Choose one of them. If both are needed, put the questions in a group with a condition of its own.",
    ),
    "one-comparison": (
        "Each condition makes one comparison.",
        "Write question: and one of {known}.",
    ),
    "bad-canonical": (
        "The questionnaire does not have the shape the program expects.",
        "Fetch the file again from whoever made it; a newer version of the program may be needed.",
    ),
    "not-canonical": (
        "The questionnaire is not stored in its canonical form.",
        "Fetch the file again from whoever made it.",
    ),
    "bad-name": (
        "{word} cannot be the name of a form.",
        "Use small letters a–z, digits and hyphens, 64 characters at most.",
    ),
    "bad-version": (
        "{word} cannot be a version.",
        "Write numbers with dots between, for example 2026.1.",
    ),
    "bad-language": (
        "{word} is no language code.",
        "Write the code in small letters: sv, en, ar, fi.",
    ),
    "language-twice": (
        "The language {word} stands twice.",
        "Take one of them away.",
    ),
    "minutes-order": (
        "The minutes do not fit together.",
        "The order must be least, ask-after, most, all above 0.",
    ),
    "card-twice": (
        "The card {id} exists twice.",
        "Make them one.",
    ),
    "card-empty": (
        "The card {id} has no content.",
        "Write at least one part under entries, or take the card away.",
    ),
    "no-questions": (
        "The form has no questions.",
        "Write the questions under items.",
    ),
    "missing-translation": (
        "The words are missing in the language {language}.",
        "Write them in {language}, or take the language out of languages.",
    ),
    "empty-text": (
        "The text is empty.",
        "Write the text, or take the key away.",
    ),
    "long-text": (
        "The text has {length} characters; {most} fit at most.",
        "Shorten the text.",
    ),
    "unknown-placeholder": (
        "{word} cannot be filled in.",
        "The patient's name is written ⟨NN⟩; nothing else is filled in.",
    ),
    "bad-id": (
        "{word} cannot be an id.",
        "Begin with a letter a–z, then letters, digits and hyphens, 32 characters at most.",
    ),
    "duplicate-id": (
        "The id {id} is taken by {first} ({at}); capitals and small letters count as the same.",
        "Give one of them another id.",
    ),
    "misplaced": (
        "{key} means nothing with type: {type}.",
        "Take the line away, or change type.",
    ),
    "empty-group": (
        "The group {id} is empty.",
        "Write questions under items, or take the group away.",
    ),
    "deep-group": (
        "The group {id} lies too deep.",
        "At most {most} groups may lie inside each other: move it out.",
    ),
    "dimension-without-scores": (
        "{id} counts towards a dimension but has no scores.",
        "Add score at the answers (score-factor on a scale), or take dimension away.",
    ),
    "few-options": (
        "{id} has fewer than two answers to choose from.",
        "Add answers under options, or the name of answers under scales.",
    ),
    "many-options": (
        "{id} has more than {most} answers, and each is chosen with one digit.",
        "Merge answers, or divide the question in two.",
    ),
    "bad-code": (
        "{word} cannot be the code of an answer.",
        "Use letters a–z, digits and hyphens, 32 characters at most.",
    ),
    "reserved-code": (
        "{word} already means that there is no answer.",
        "Take the answer away: does not know and declines are on every question, not applicable is added "
        "with not-applicable: yes.",
    ),
    "duplicate-option": (
        "The code {word} is already among the answers; capitals and small letters count as the same.",
        "Give one of the answers another code.",
    ),
    "score-beyond": (
        "The score is outside 0–{most}.",
        "Write a score from 0 to {most}.",
    ),
    "score-on-several": (
        "{id} takes several answers and cannot give scores.",
        "Take score away, or make the question type: choice.",
    ),
    "exclusive-on-single": (
        "Only one answer is chosen on {id}; exclusive is not needed.",
        "Take exclusive away, or make the question type: choices.",
    ),
    "ends-elsewhere": (
        "Only the question of consent can end the conversation, and {id} is not that.",
        "Take ends away, or give the question role: consent.",
    ),
    "text-without-length": (
        "The form does not say how long a text {id} takes.",
        "Add max-length, for example 500.",
    ),
    "length-beyond": (
        "max-length is outside 1–{most}.",
        "Write a number from 1 to {most}.",
    ),
    "scale-without-end": (
        "The scale {id} has no {key}.",
        "Add {key}.",
    ),
    "scale-beyond": (
        "The ends of a scale must lie between 0 and {most}.",
        "Write a number from 0 to {most}.",
    ),
    "scale-order": (
        "The scale {id} ends before its beginning, or on the same number.",
        "Let maximum be larger than minimum.",
    ),
    "factor-beyond": (
        "score-factor gives scores outside 0–{most}.",
        "Choose score-factor so that maximum times it is {most} at most.",
    ),
    "limit-of-other-type": (
        "{key} is no value for a question of type: {type}.",
        "Write it like {example}.",
    ),
    "limits-order": (
        "The maximum of {id} is less than its minimum.",
        "Let minimum be the least and maximum the greatest answer that is taken.",
    ),
    "decimals-beyond": (
        "decimals is the number of decimals, 1–{most}.",
        "Write a number in between. For whole numbers write type: integer.",
    ),
    "bad-pattern": (
        "pattern is no pattern that can be used.",
        "Write a regular expression of RE2, at most {most} characters, such as [A-Z]{{3}}[0-9]{{3}}. Back references, "
        "lookahead and large repetitions inside each other are not taken.",
    ),
    "pattern-unexplained": (
        "{id} has a pattern, but the caller is not told what the answer should look like.",
        "Add instruction, such as: three letters and three digits.",
    ),
    "yes-no-options": (
        "{id} is a yes-no question but has other options.",
        "Take options away, and the answers are Yes and No, or write them with the codes yes and no in that order. "
        "For more answers write type: choice.",
    ),
    "open-elsewhere": (
        "{id} cannot have an option that is answered in words.",
        "Take open away. Only choice and choices have it, and not the questions of consent and of who answers.",
    ),
    "open-twice": (
        "{id} has more than one option that is answered in words.",
        "Keep open on one of them, usually the last.",
    ),
    "repeats-beyond": (
        "max-repeats is how many times the question is asked at most, 1–{most}.",
        "Write a number in between.",
    ),
    "another-without-repeats": (
        "{id} has another but is asked only once.",
        "Add max-repeats, or take another away.",
    ),
    "another-unsaid": (
        "{id} can be asked several times, but nothing asks whether there is another.",
        "Add another, such as: Is there another one?",
    ),
    "repeat-in-repeat": (
        "{id} repeats inside {outer}, which repeats itself.",
        "Take max-repeats away from one of them.",
    ),
    "repeat-without-question": (
        "{id} repeats but holds no question to answer.",
        "Add a question to the group, or take max-repeats away.",
    ),
    "role-in-repeat": (
        "{id} has role: {role} and is asked once in a conversation.",
        "Move the question out of what repeats, or take max-repeats away.",
    ),
    "too-many-questions": (
        "The form has {count} questions, repetitions counted.",
        "Lower max-repeats or the number of questions; one conversation holds at most {most}.",
    ),
    "answers-too-large": (
        "The longest answers to all questions take {size} KiB.",
        "Lower max-length or max-repeats; one response holds at most {most} KiB.",
    ),
    **CONDITIONS,
    "role-twice": (
        "{first} already has the role {role}.",
        "Take role away from one of the questions.",
    ),
    "role-on-type": (
        "A question with the role {role} cannot have type: {type}.",
        "Make it type: {wanted}, or take role away.",
    ),
    "consent-without-yes": (
        "Every answer to {id} ends the conversation.",
        "Take ends away from the answer that means yes.",
    ),
    "respondent-options": (
        "{id} says who answers; the answers must be some of {known}, patient among them.",
        "Give the answers these codes; the words are yours to choose.",
    ),
    "role-of-proxy": (
        "{id} has the role {role} and is asked only of a next of kin.",
        "Write proxy: only.",
    ),
    "bad-symbol": (
        "The symbol is one sign ({most} characters at most), a face for example.",
        'Write one sign in quotes: symbol: "☺".',
    ),
}
