"""From an HL7 FHIR R5 Questionnaire to a form: the elements become the nodes a YAML form has, and the checks are the same.

What `writing` made comes back exactly. Another's questionnaire gets what it lacks from `defaults`, names that fit, and
loses what a form has no place for; each of these is told. What would make it mean something else is refused.
"""

from dataclasses import dataclass

from interview.errors import Problem
from interview.questionnaire.checking import NAME, VERSION
from interview.questionnaire.fhir.defaults import LANGUAGE, MINUTES
from interview.questionnaire.fhir.defaults import VERSION as FIRST
from interview.questionnaire.fhir.elements import Element, Telling, mapping, scalar
from interview.questionnaire.fhir.item_reading import ItemReader
from interview.questionnaire.fhir.json_nodes import JsonReport, read_json
from interview.questionnaire.fhir.names import Names, plain_name
from interview.questionnaire.fhir.reader import Reader
from interview.questionnaire.fhir.vocabulary import CONTACT, FORMS, OWN, WORDS
from interview.questionnaire.models import Questionnaire
from interview.questionnaire.reading import build
from interview.questionnaire.yaml_nodes import Mapping, Node, Scalar, Sequence

_OPTIONAL = ("errand",)


@dataclass(frozen=True, slots=True)
class Imported:
    """A form read from FHIR, and what was filled in, changed or left out (`fhir.filled`, `fhir.changed`, `fhir.left-out`)."""

    questionnaire: Questionnaire
    notes: tuple[Problem, ...]


def from_fhir(source: bytes, name: str) -> Imported:
    """The form in a FHIR Questionnaire; `name` is the file's name in places.

    One InterviewError with every problem, by line, column and path: `fhir.*` for what is wrong with the resource or
    cannot be kept, `questionnaire.*` for the form.
    """
    report = JsonReport(name)
    root = read_json(source, report)
    telling = Telling(report)
    resource = Element(root, telling)
    kind = resource.text("resourceType")
    if kind is None or kind.text != "Questionnaire":
        raise report.refuse("fhir.not-questionnaire", root.mark, word=kind.text if kind else "–")
    form = _Resource(resource, root, telling).form()
    telling.left_over()
    questionnaire = build(form, report).questionnaire
    report.raise_found()
    return Imported(questionnaire, telling.notes())


class _Resource:
    """Reads what a resource says of the whole form, and hands its items to an `ItemReader`."""

    def __init__(self, resource: Element, root: Mapping, telling: Telling) -> None:
        self._resource = resource
        self._telling = telling
        told = [code for one in resource.extensions(f"{OWN}language") if (code := one.text("valueCode"))]
        self._own = bool(told)
        self._language = self._first_language()
        self._languages = told or self._translated(root)
        entry = root.entries.get("item")
        names = Names(None if self._own or entry is None else entry.value)
        languages = tuple(code.text for code in self._languages)
        self._reader = Reader(telling, names, self._language.text, languages, self._own)

    def form(self) -> Mapping:
        """The form as nodes."""
        resource, mark, name = self._resource, self._resource.mark, self._name()
        found: dict[str, Node | None] = {
            "name": name,
            "version": self._version(),
            "title": self._title(name),
            "languages": Sequence(mark, list(self._languages)),
            "minutes": self._minutes(),
            "contact": self._contact(),
            "dimensions": self._dimensions(),
            "sources": self._sources(),
            "cards": self._cards(),
            "items": Sequence(resource.mark_of("item"), ItemReader(self._reader).items(resource.all("item"))),
        }
        status = resource.mark_of("status")
        told = resource.text("status")
        if told is not None and told.text != "active":
            self._telling.note("fhir.left-out", status, element=f"status: {told.text}")
        return mapping(mark, {key: node for key, node in found.items() if node is not None})

    def _first_language(self) -> Scalar:
        told = self._resource.text("language")
        return told or self._filled("language", LANGUAGE)

    def _translated(self, root: Mapping) -> list[Scalar]:
        """The language of another's resource, and those that anything in it is translated to."""
        found = {self._language.text: self._language}
        pending: list[Node] = [root]
        while pending:
            node = pending.pop()
            if isinstance(node, Sequence):
                pending.extend(reversed(node.entries))
            elif isinstance(node, Mapping):
                url = node.entries.get("url")
                if url and isinstance(url.value, Scalar) and url.value.text == "lang":
                    for code in (entry.value for key, entry in node.entries.items() if key == "valueCode"):
                        if isinstance(code, Scalar):
                            found.setdefault(code.text, code)
                pending.extend(entry.value for entry in reversed(node.entries.values()))
        return list(found.values())

    def _name(self) -> Scalar | None:
        resource = self._resource
        if self._own:
            told = resource.text("id")
            url = resource.mark_of("url")
            address = resource.text("url")
            if address and (told is None or address.text != FORMS + told.text):
                self._telling.note("fhir.left-out", url, element=f"url: {address.text}")
            return told
        for key in ("name", "id", "url"):
            if key not in resource:
                continue
            told = resource.text(key)
            last = told.text.rstrip("/").rpartition("/")[2] if told else ""
            if told and (name := plain_name(last)) and NAME.fullmatch(name):
                if name != told.text:
                    self._telling.note("fhir.changed", told.mark, element=key, was=told.text, now=name)
                return scalar(told.mark, name)
        return self._filled("name", "questionnaire")

    def _version(self) -> Scalar | None:
        told = self._resource.text("version")
        if self._own or (told and VERSION.fullmatch(told.text)):
            return told
        if told is None:
            return self._filled("version", FIRST)
        self._telling.note("fhir.changed", told.mark, element="version", was=told.text, now=FIRST)
        return scalar(told.mark, FIRST)

    def _title(self, name: Scalar | None) -> Mapping | None:
        told = self._resource.wording("title", self._language.text)
        if told is not None or self._own or name is None:
            return told
        self._telling.note("fhir.filled", self._resource.mark, element="title", value=name.text)
        return mapping(name.mark, {code.text: name for code in self._languages})

    def _minutes(self) -> Mapping | None:
        told = self._resource.extension(f"{OWN}minutes")
        found: dict[str, Node | None] = {}
        for name, usual in MINUTES.items():
            key = name.replace("_", "-")
            if told is not None:
                found[key] = self._reader.extension(told, key, "valueInteger")
            elif not self._own:
                found[key] = self._filled(f"minutes.{key}", usual)
        mark = self._resource.mark if told is None else told.mark
        return mapping(mark, {key: node for key, node in found.items() if node})

    def _contact(self) -> Mapping:
        told = self._resource.extension(f"{OWN}contact")
        found: dict[str, Node] = {}
        for name in CONTACT:
            said = None if told is None else self._inner(told, name)
            if said is not None:
                found[name] = said
            elif not self._own and name not in _OPTIONAL:
                found[name] = self._reader.filled_words(self._resource.mark, f"contact.{name}", name)
        return mapping(self._resource.mark if told is None else told.mark, found)

    def _dimensions(self) -> Mapping | None:
        found: dict[str, Node] = {}
        for told in self._resource.extensions(f"{OWN}dimension"):
            named, words = self._reader.extension(told, "code", "valueCode"), self._inner(told, "text")
            if not isinstance(named, Scalar) or words is None:
                self._telling.fail("fhir.wanted", told.mark, element="dimension", kind="code, text")
            elif named.text in found:
                self._telling.fail(
                    "questionnaire.duplicate-key", told.mark, key=named.text, line=found[named.text].mark[0]
                )
            else:
                found[named.text] = words
        return mapping(self._resource.mark, found) if found else None

    def _sources(self) -> Sequence | None:
        told = [text for one in self._resource.extensions(f"{OWN}source") if (text := one.text("valueString"))]
        return Sequence(told[0].mark, list(told)) if told else None

    def _cards(self) -> Mapping | None:
        found: dict[str, Node] = {}
        for told in self._resource.extensions(f"{OWN}card"):
            named = self._reader.extension(told, "id", "valueCode")
            if not isinstance(named, Scalar):
                self._telling.fail("fhir.wanted", told.mark, element="card", kind="id")
                continue
            if named.text in found:
                self._telling.fail(
                    "questionnaire.duplicate-key", told.mark, key=named.text, line=found[named.text].mark[0]
                )
            card: dict[str, Node | None] = {"title": self._inner(told, "title")}
            entries: list[Node] = []
            for entry in told.extensions("entry"):
                inner = {"heading": self._inner(entry, "heading"), "text": self._inner(entry, "text")}
                entries.append(mapping(entry.mark, {key: words for key, words in inner.items() if words}))
            card["entries"] = Sequence(told.mark, entries)
            found[named.text] = mapping(named.mark, {key: node for key, node in card.items() if node})
        return mapping(self._resource.mark, found) if found else None

    def _inner(self, element: Element, name: str) -> Node | None:
        return self._reader.extension(element, name, WORDS)

    def _filled(self, element: str, value: str) -> Scalar:
        self._telling.note("fhir.filled", self._resource.mark, element=element, value=value)
        return scalar(self._resource.mark, value)
