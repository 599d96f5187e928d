"""From the YAML an author writes to a questionnaire; every problem at once, each at its line and column.

Three steps: `yaml_nodes` reads the syntax within limits, `fields` and `item_reading` build the models from the nodes
and remember where each path of them stands, `checking` says what is wrong with them. Nothing half-valid comes out.
"""

from typing import Final, Literal, NamedTuple

from interview.questionnaire.checking import findings
from interview.questionnaire.fields import Fields, Source, read_text, read_wording
from interview.questionnaire.findings import IDS, UNKNOWN_KEY, Path, Walk, unknown
from interview.questionnaire.item_reading import ItemReader, NamedScale
from interview.questionnaire.models import Card, CardEntry, Contact, Minutes, Questionnaire, Text
from interview.questionnaire.routing import Routes
from interview.questionnaire.yaml_nodes import SHOWN, Mapping, Node, Report, read_nodes, shorten

MOST_LANGUAGES: Final = 40
"""Languages of a form, at most."""
_FORM_KEYS: Final = (
    "name",
    "version",
    "title",
    "languages",
    "minutes",
    "dimensions",
    "sources",
    "scales",
    "contact",
    "cards",
    "items",
)
_SCALE_KEYS: Final = ("options", "read-options", "instruction", "probe")
_SCALE_PARTS: Final = ("options", "instruction", "probe")
"""What of a scale an item takes over with its place."""
_CONTACT_KEYS: Final = ("greeting", "errand", "doubt", "voicemail", "consented")
_MINUTES_KEYS: Final = ("least", "most", "ask-after")
_CARD_IDS: Final[dict[str, Literal["care-needed", "questions-back"]]] = {
    "care-needed": "care-needed",
    "questions-back": "questions-back",
}


class Reading(NamedTuple):
    """A form as far as it could be read, where its parts stand, and the ways through it."""

    questionnaire: Questionnaire
    places: Source
    routes: Routes


def read_questionnaire(source: bytes, name: str) -> Questionnaire:
    """The questionnaire written in `source`; `name` is the file's name in places.

    One InterviewError with every problem (`questionnaire.*`, at `name:line:column`), at most a hundred of them.
    """
    report = Report(name)
    reading = read_form(source, report)
    report.raise_found()
    return reading.questionnaire


def read_form(source: bytes, report: Report) -> Reading:
    """The form as far as it could be read; its problems are in `report`.

    Raises what was found where too little can be read to go on.
    """
    return build(read_nodes(source, report), report)


def build(root: Mapping, report: Report) -> Reading:
    """The form of nodes, wherever they were read from; otherwise as `read_form`."""
    places = Source(report)
    questionnaire = _form(root, places)
    routes = Routes(Walk(questionnaire))
    for finding in findings(routes):
        places.tell(finding)
    return Reading(questionnaire, places, routes)


def _form(root: Mapping, source: Source) -> Questionnaire:
    """The whole form. Raises what was found where too little can be read to go on."""
    fields = Fields(source, root, (), _FORM_KEYS)
    source.languages = tuple(
        read_text(source, node, path, "languages") for _, node, path in fields.entries("languages", required=True)
    )
    if not source.languages:
        if ("languages",) not in source.damaged:
            source.fail("questionnaire.no-languages", root.entries["languages"].key.mark, ("languages",))
        source.report.raise_found()
    if len(source.languages) > MOST_LANGUAGES:
        # Each wording is looked at in each of them: no further, or a small file takes long (T11).
        raise source.report.refuse("questionnaire.many-languages", source.keys[("languages",)], most=MOST_LANGUAGES)
    scales = _scales(fields)
    reader = ItemReader(source, scales, root.entries["items"].value if "items" in root.entries else None)
    questionnaire = Questionnaire(
        name=fields.text("name", required=True),
        version=fields.text("version", required=True),
        title=fields.wording("title", required=True) or {},
        languages=source.languages,
        minutes=_minutes(fields),
        contact=_contact(fields),
        cards=_cards(fields),
        dimensions=_dimensions(fields),
        sources=tuple(read_text(source, node, path, "sources") for _, node, path in fields.entries("sources")),
        items=reader.items(fields, required=True),
    )
    for key, _ in fields.named("scales"):
        if key.text not in reader.used and IDS not in source.damaged:
            source.report.add("questionnaire.unused-scale", key.mark, word=shorten(key.text, SHOWN))
    return questionnaire


def _scales(fields: Fields) -> dict[str, NamedScale]:
    """The answers that come again; each remembers its own places, for the items that will use it."""
    scales: dict[str, NamedScale] = {}
    for key, node in fields.named("scales"):
        places = Source(fields.source.report)
        places.languages = fields.source.languages
        inner = Fields(places, node, (), _SCALE_KEYS)
        options = inner.node("options", required=True)
        scales[key.text] = NamedScale(
            options=ItemReader(places, {}, None).options_of(options, inner.at("options")) if options else (),
            read_options=inner.flag("read-options"),
            instruction=inner.wording("instruction"),
            probe=inner.wording("probe"),
            parts={name: places.part(name) for name in _SCALE_PARTS},
        )
    return scales


def _minutes(fields: Fields) -> Minutes:
    node = fields.node("minutes", required=True)
    if node is None:
        return Minutes(least=1, most=1, ask_after=1)
    inner = Fields(fields.source, node, ("minutes",), _MINUTES_KEYS)
    told = [inner.number(key, required=True) or 0 for key in _MINUTES_KEYS]
    return Minutes(least=told[0], most=told[1], ask_after=told[2])


def _contact(fields: Fields) -> Contact:
    node = fields.node("contact", required=True)
    if node is None:
        return Contact(greeting={}, doubt={}, voicemail={}, consented={})
    inner = Fields(fields.source, node, ("contact",), _CONTACT_KEYS)
    return Contact(
        greeting=inner.wording("greeting", required=True) or {},
        errand=inner.wording("errand"),
        doubt=inner.wording("doubt", required=True) or {},
        voicemail=inner.wording("voicemail", required=True) or {},
        consented=inner.wording("consented", required=True) or {},
    )


def _cards(fields: Fields) -> tuple[Card, ...]:
    source = fields.source
    cards: list[Card] = []
    for key, node in fields.named("cards"):
        if key.text not in _CARD_IDS:
            code, facts = unknown(UNKNOWN_KEY, shorten(key.text, SHOWN), _CARD_IDS)
            source.report.add(code, key.mark, **facts)
            continue
        path: Path = ("cards", len(cards))
        source.values[path] = key.mark
        inner = Fields(source, node, path, ("title", "entries"))
        title = inner.wording("title", required=True) or {}
        entries = tuple(_card_entry(source, entry, below) for _, entry, below in inner.entries("entries", True))
        cards.append(Card(id=_CARD_IDS[key.text], title=title, entries=entries))
    return tuple(cards)


def _card_entry(source: Source, node: Node, path: Path) -> CardEntry:
    inner = Fields(source, node, path, ("heading", "text"))
    return CardEntry(
        heading=inner.wording("heading", required=True) or {},
        text=inner.wording("text", required=True) or {},
    )


def _dimensions(fields: Fields) -> dict[str, Text]:
    source = fields.source
    dimensions: dict[str, Text] = {}
    for key, node in fields.named("dimensions"):
        path: Path = ("dimensions", key.text)
        source.values[path] = key.mark
        dimensions[key.text] = read_wording(source, node, path, key.text)
    return dimensions
