"""Which words of FHIR say what a form says.

Elements are those of FHIR R5 (hl7.org/fhir/R5/questionnaire.html); `choice` and `open-choice` are R4's names of `coding`.
A wording is the text of the form's first language with the others as `translation` of it. FHIR's own extensions, as the
FHIR Extensions Pack defines them (hl7.org/fhir/extensions, release 5.2; source: github.com/HL7/fhir-extensions):

========================== =========================== ==================================== ============================
extension                  value                       where                                says
========================== =========================== ==================================== ============================
translation                lang code, content string   string                               a wording in another language
minValue, maxValue         integer, decimal, date, time Questionnaire.item                  minimum, maximum
maxDecimalPlaces           integer                     Questionnaire.item                   decimals
regex                      string                      Questionnaire.item                   pattern
questionnaire-unit         Coding                      Questionnaire.item                   unit (its display)
questionnaire-maxOccurs    integer                     Questionnaire.item                   max-repeats
questionnaire-itemControl  CodeableConcept             Questionnaire.item                   a scale: `slider`; the words at its
                                                                                            ends: displays in it, `lower`, `upper`
questionnaire-sliderStepValue integer                  Questionnaire.item                   a scale goes by ones
itemWeight                 decimal                     answerOption, Coding                 score
questionnaire-optionExclusive boolean                  answerOption                         exclusive
questionnaire-optionPrefix string                      answerOption                         symbol
========================== =========================== ==================================== ============================

Read besides, from others: ordinalValue (R4's itemWeight), entryFormat and questionnaire-displayCategory. What FHIR has no word for
lies in extensions of the project's own, each named `OWN` + name; *words* are a valueString with translations:

================ =================================== ============= ========================================================
name             value                               where         says
================ =================================== ============= ========================================================
language         code, once for each                 Questionnaire the form's languages; the form is one of ours
minutes          least, most, ask-after: integer     Questionnaire the promised length, when to ask whether to go on
contact          greeting, errand, doubt, voicemail, Questionnaire what is said around the beginning of a call
                 consented: words
card             id: code, title: words, entry:      Questionnaire what the caller can open at any time
                 (heading, text: words), again and again
dimension        code: code, text: words             Questionnaire a dimension; on an item, a code: its dimension
source           string                              Questionnaire a kept text: where a form or its wording is from
type             code                                item          the type where FHIR's says less (scale; choices asked again)
proxy            words, or code (not-asked, only)    item          what a next of kin is asked
role             code                                item          consent, respondent, relation, reason, improvement
core             boolean                             item          asked of somebody who tires
read-aloud       boolean                             item          whether the question is read aloud
read-options     boolean                             item          whether the answers are
instruction      words                               item          what only the caller sees
probe            words                               item          the question that follows up
not-applicable   boolean                             item          whether it may not apply (the other two missing codes, does
                                                                   not know and does not want to say, go on every question)
another          words                               item          *is there another?* of what is asked again
score-factor     integer                             item          score of one step of a scale
answer           Coding                              item          the yes and the no of a boolean; carries what an
                                                                   answerOption carries
ends             code                                answerOption  how consent ends a conversation: not-now, declined
open             words                               answerOption  what is asked once it is chosen
spoken           words                               answerOption  what is read aloud in its place
proxy            words                               answerOption  the words to a next of kin
================ =================================== ============= ========================================================

An analysis code is an `item.code` of the system `OWN` + analysis-code.
"""

from typing import Final

from interview.questionnaire.models import ItemType, Operator

# A name that can never be anybody's (RFC 2606); FHIR wants an address, not that it leads somewhere.
BASE: Final = "https://interview.invalid/fhir/"
OWN: Final = f"{BASE}StructureDefinition/"
FORMS: Final = f"{BASE}Questionnaire/"
ANALYSIS_CODES: Final = f"{BASE}CodeSystem/analysis-code"

_HL7: Final = "http://hl7.org/fhir/StructureDefinition/"
TRANSLATION: Final = f"{_HL7}translation"
LIMITS: Final = {"minimum": f"{_HL7}minValue", "maximum": f"{_HL7}maxValue"}
UNIT: Final = f"{_HL7}questionnaire-unit"
MAX_OCCURS: Final = f"{_HL7}questionnaire-maxOccurs"
ITEM_CONTROL: Final = f"{_HL7}questionnaire-itemControl"
DISPLAY_CATEGORY: Final = f"{_HL7}questionnaire-displayCategory"
CONTROLS: Final = "http://hl7.org/fhir/questionnaire-item-control"
SLIDER_STEP: Final = f"{_HL7}questionnaire-sliderStepValue"
ENTRY_FORMAT: Final = f"{_HL7}entryFormat"
WEIGHT: Final = f"{_HL7}itemWeight"
ORDINAL: Final = f"{_HL7}ordinalValue"
EXCLUSIVE: Final = f"{_HL7}questionnaire-optionExclusive"
PREFIX: Final = f"{_HL7}questionnaire-optionPrefix"
HIDDEN: Final = f"{_HL7}questionnaire-hidden"

TYPES: Final = {
    ItemType.GROUP: "group",
    ItemType.DISPLAY: "display",
    ItemType.CHOICE: "coding",
    ItemType.CHOICES: "coding",
    ItemType.YES_NO: "boolean",
    ItemType.SCALE: "integer",
    ItemType.INTEGER: "integer",
    ItemType.DECIMAL: "decimal",
    ItemType.DATE: "date",
    ItemType.TIME: "time",
    ItemType.LINE: "string",
    ItemType.TEXT: "text",
}
"""`Questionnaire.item.type` of each type of item."""
OPERATORS: Final = {
    Operator.ANSWERED: "exists",
    Operator.IS: "=",
    Operator.IS_NOT: "!=",
    Operator.MORE_THAN: ">",
    Operator.LESS_THAN: "<",
    Operator.AT_LEAST: ">=",
    Operator.AT_MOST: "<=",
}
"""`enableWhen.operator`; their meanings are FHIR's (`questionnaire-enable-operator`), `!=` also where nothing is answered."""
WORDS: Final = "words"
ITEM_EXTENSIONS: Final = {
    "role": (f"{OWN}role", "valueCode"),
    "core": (f"{OWN}core", "valueBoolean"),
    "read_aloud": (f"{OWN}read-aloud", "valueBoolean"),
    "read_options": (f"{OWN}read-options", "valueBoolean"),
    "instruction": (f"{OWN}instruction", WORDS),
    "probe": (f"{OWN}probe", WORDS),
    "not_applicable": (f"{OWN}not-applicable", "valueBoolean"),
    "decimals": (f"{_HL7}maxDecimalPlaces", "valueInteger"),
    "pattern": (f"{_HL7}regex", "valueString"),
    "another": (f"{OWN}another", WORDS),
    "dimension": (f"{OWN}dimension", "valueCode"),
    "score_factor": (f"{OWN}score-factor", "valueInteger"),
}
"""The fields of an item that are one extension each: its address and where in it the value stands."""
OPTION_EXTENSIONS: Final = {
    "score": (WEIGHT, "valueDecimal"),
    "exclusive": (EXCLUSIVE, "valueBoolean"),
    "ends": (f"{OWN}ends", "valueCode"),
    "open": (f"{OWN}open", WORDS),
    "symbol": (PREFIX, "valueString"),
    "spoken": (f"{OWN}spoken", WORDS),
    "proxy": (f"{OWN}proxy", WORDS),
}
"""The fields of an option that are."""
MINUTES: Final = ("least", "most", "ask_after")
CONTACT: Final = ("greeting", "errand", "doubt", "voicemail", "consented")
LABELS: Final = {"lower": "minimum_label", "upper": "maximum_label"}
"""The item controls of the words at the ends of a scale."""
