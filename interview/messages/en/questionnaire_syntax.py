"""The files of forms: what keeps them from being read as YAML. A part of `questionnaire`."""

SYNTAX: dict[str, tuple[str, str]] = {
    "too-large": (
        "The file is larger than {most} KiB.",
        "Is it the right file? A form takes much less room.",
    ),
    "too-many-nodes": (
        "The file has more than {most} parts.",
        "Is it the right file? Otherwise divide the form.",
    ),
    "too-deep": (
        "More than {most} levels inside each other.",
        "Take levels away; sections and questions need only a few.",
    ),
    "anchor": (
        "Anchors (&name) and aliases (*name) are not taken.",
        "Write the text out. Answers that come again go under scales and are used by name. If a text begins "
        "with & or *, put it in quotes.",
    ),
    "tag": (
        "Tags such as !name are not taken.",
        "Take the tag away. If a text begins with an exclamation mark, put it in quotes.",
    ),
    "several-documents": (
        "The file holds more than one form.",
        "Take the line with --- away and keep each form in a file of its own.",
    ),
    "key-not-text": (
        "A key must be a word.",
        "Write the key as a word before the colon. If it begins with a question mark, [ or {{, put it in quotes.",
    ),
    "duplicate-key": (
        "{key} already stands on line {line}.",
        "Take one of them away, or correct its name.",
    ),
    "control-character": (
        "There is an invisible control character here.",
        "Type the line again by hand; the character has probably come along from another program.",
    ),
    "is-workbook": (
        "The file is an Excel book, not a form.",
        "Make a form of it first: interview questionnaire import FILE --to FORM.yaml.",
    ),
    "not-utf8": (
        "The file is not saved as UTF-8.",
        "Open the file in the text editor, choose Save as and the encoding UTF-8.",
    ),
    "empty": (
        "The file is empty.",
        "Start from a form that exists and change it.",
    ),
    "not-a-form": (
        "The file does not begin like a form.",
        "A form begins with keys such as name: and version: at the left edge.",
    ),
    "tab": (
        "The line is indented with a tab.",
        "Indent with spaces instead.",
    ),
    "begins-with-sign": (
        "A text cannot begin with {sign} without quotes.",
        'Put the text in quotes: "…".',
    ),
    "colon-in-text": (
        "There is a colon here that cannot be understood.",
        "Put the text in quotes if the colon belongs to it; otherwise correct the indentation.",
    ),
    "brace-not-closed": (
        "Something is missing between braces: a comma, a quote or the closing brace.",
        'Put texts with a colon or a comma in quotes: {{sv: "Yes, fully"}}. Close with }} or ].',
    ),
    "quote-not-closed": (
        "The quote that begins here is never closed.",
        "Put the same quote where the text ends.",
    ),
    "key-without-colon": (
        "A colon is missing on the line before.",
        "Write the key, a colon and then the value; a text of several lines is indented.",
    ),
    "indentation": (
        "The line does not fit together with the lines above.",
        "What belongs together begins equally far in. Nothing more may stand on a line after a closing quote.",
    ),
    "not-yaml": (
        "The file cannot be read as YAML here ({detail}).",
        "Compare indentation and quotes with the lines around it.",
    ),
    "more-problems": (
        "There are more problems than the {most} that are shown.",
        "Correct those that are shown and read the file again.",
    ),
}
