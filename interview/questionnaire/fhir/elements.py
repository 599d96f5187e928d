"""The elements of a FHIR resource: what is asked for is taken, and what nobody took is told in the end, never dropped."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Final

from interview.errors import Problem
from interview.questionnaire.fhir.json_nodes import JsonReport
from interview.questionnaire.fhir.vocabulary import HIDDEN, TRANSLATION
from interview.questionnaire.yaml_nodes import SHOWN, Entry, Mapping, Mark, Node, Scalar, Sequence, shorten

_SDC: Final = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-"
_HL7: Final = "http://hl7.org/fhir/StructureDefinition/"
_ORDINARY: Final = re.compile(r"[^eE]+(?:[eE][+-]?[0-9]{1,2})?")
_CHANGING: Final = frozenset(("modifierExtension", "implicitRules", "answerValueSet"))
"""Elements without which a form would mean something else."""
_CHANGING_EXTENSIONS: Final = frozenset(
    (
        HIDDEN,
        *(f"{_SDC}{name}" for name in ("enableWhenExpression", "calculatedExpression", "initialExpression")),
        *(f"{_SDC}{name}" for name in ("answerExpression", "candidateExpression", "answerOptionsToggleExpression")),
        *(f"{_SDC}{name}" for name in ("subQuestionnaire", "isSubject", "unitValueSet")),
        *(
            f"{_HL7}{name}"
            for name in ("questionnaire-constraint", "targetConstraint", "questionnaire-optionRestriction")
        ),
    )
)


def scalar(mark: Mark, text: str) -> Scalar:
    """A text of a form at a place of the file."""
    return Scalar(mark, text, plain=False)


def plain_number(text: str) -> str:
    """A number of JSON without exponent and needless zeros; as it is where it is too large or too small to be a value."""
    if not _ORDINARY.fullmatch(text):
        return text
    told = format(Decimal(text), "f")
    return told.rstrip("0").rstrip(".") if "." in told else told


def mapping(mark: Mark, values: dict[str, Node]) -> Mapping:
    """Keys of a form with their values, at a place of the file."""
    entries = {key: Entry(scalar(value.mark, key), value) for key, value in values.items()}
    return Mapping(mark, False, entries)


class Telling:
    """What was wrong with a resource, in `report`, and what was done about the rest of it, as notes."""

    def __init__(self, report: JsonReport) -> None:
        self.report = report
        self.elements: list[Element] = []
        self._notes: dict[tuple[str, tuple[tuple[str, str], ...]], tuple[Mark, int]] = {}

    def fail(self, code: str, mark: Mark, /, **facts: str | int) -> None:
        """Report a problem."""
        self.report.add(code, mark, **facts)

    def note(self, code: str, mark: Mark, /, **facts: str) -> None:
        """Remember something to tell; the same again is counted."""
        told = code, tuple((name, shorten(fact, SHOWN)) for name, fact in facts.items())
        first, count = self._notes.get(told, (mark, 0))
        self._notes[told] = first, count + 1

    def notes(self) -> tuple[Problem, ...]:
        """The notes in the order of the file, each with its first place and how many times it holds."""
        ordered = sorted(self._notes.items(), key=lambda note: note[1][0])
        return tuple(
            Problem(code, self.report.place(mark), {**dict(facts), "count": count})
            for (code, facts), (mark, count) in ordered
        )

    def left_over(self) -> None:
        """Tell what nobody took: refuse what would change the form's meaning, note the rest."""
        for element in self.elements:
            for name, mark in element.rest():
                if name in _CHANGING or name in _CHANGING_EXTENSIONS:
                    self.fail("fhir.cannot-keep", mark, element=name.removeprefix(_HL7).removeprefix(_SDC))
                else:
                    known = name if "/" in name or ":" in name else self.report.element(mark)
                    self.note("fhir.left-out", mark, element=known.removeprefix(_HL7).removeprefix(_SDC))


class Element:
    """One object of the resource. Every value asked for is taken; one of the wrong kind is a problem, and gives nothing."""

    def __init__(self, node: Mapping, telling: Telling) -> None:
        self.mark = node.mark
        self._telling = telling
        self._rest = dict(node.entries)
        self._extensions: list[tuple[str, Element]] | None = None
        telling.elements.append(self)

    def __contains__(self, key: str) -> bool:
        return key in self._rest

    def first(self, beginning: str) -> str:
        """The first name not taken yet that begins so, `valueCode` for `value`; empty where there is none."""
        return next((key for key in self._rest if key.startswith(beginning)), "")

    def peek(self, key: str) -> str:
        """The text of a value that is left where it is; empty where there is none."""
        entry = self._rest.get(key)
        return entry.value.text if entry and isinstance(entry.value, Scalar) else ""

    def drop(self, *keys: str) -> None:
        """Take values without a look: they are told already, or say nothing."""
        for key in keys:
            self._rest.pop(key, None)

    def mark_of(self, key: str) -> Mark:
        """Where a value stands, or the element without it."""
        entry = self._rest.get(key)
        return self.mark if entry is None else entry.value.mark

    def text(self, key: str) -> Scalar | None:
        """A string."""
        return self._scalar(key, "string", lambda node: not node.plain)

    def number(self, key: str) -> Scalar | None:
        """A number, its text as a form writes it."""
        found = self._scalar(key, "number", lambda node: node.plain and node.text[:1] in "-0123456789")
        return None if found is None else scalar(found.mark, plain_number(found.text))

    def flag(self, key: str) -> Scalar | None:
        """`yes` or `no`, written `true` or `false`."""
        found = self._scalar(key, "boolean", lambda node: node.plain and node.text in ("true", "false"))
        return None if found is None else scalar(found.mark, "yes" if found.text == "true" else "no")

    def one(self, key: str) -> "Element | None":
        """An object."""
        entry = self._rest.pop(key, None)
        if entry is None:
            return None
        if isinstance(entry.value, Mapping):
            return Element(entry.value, self._telling)
        self._wanted(key, "object", entry)
        return None

    def all(self, key: str) -> list["Element"]:
        """The objects of a list."""
        entry = self._rest.pop(key, None)
        if entry is None:
            return []
        if not isinstance(entry.value, Sequence):
            self._wanted(key, "array", entry)
            return []
        found = []
        for node in entry.value.entries:
            if isinstance(node, Mapping):
                found.append(Element(node, self._telling))
            else:
                self._telling.fail("fhir.wanted", node.mark, element=key, kind="object")
        return found

    def wording(self, key: str, language: str) -> Mapping | None:
        """A string in the resource's language with its translations, as words by language."""
        words, beside = self.text(key), self.one(f"_{key}")
        found: dict[str, Node] = {} if words is None else {language: words}
        for translation in beside.extensions(TRANSLATION) if beside else ():
            lang, content = translation.extension("lang"), translation.extension("content")
            told = lang and lang.text("valueCode")
            said = content and (content.text("valueString") or content.text("valueMarkdown"))
            if not told or not said:
                self._telling.fail("fhir.wanted", translation.mark, element="translation", kind="lang, content")
            elif told.text in found:
                self._telling.fail("fhir.translated-twice", translation.mark, language=told.text)
            else:
                found[told.text] = said
        return mapping(next(iter(found.values())).mark, found) if found else None

    def extension(self, url: str) -> "Element | None":
        """The extension of an address; a second one stays and is told."""
        for number, (found, element) in enumerate(self._listed()):
            if found == url:
                del self._listed()[number]
                return element
        return None

    def extensions(self, url: str) -> list["Element"]:
        """All the extensions of an address."""
        listed = self._listed()
        taken = [element for found, element in listed if found == url]
        listed[:] = [(found, element) for found, element in listed if found != url]
        return taken

    def rest(self) -> Iterator[tuple[str, Mark]]:
        """What was not taken: names of elements, addresses of extensions."""
        listed = self._listed()
        for key, entry in self._rest.items():
            yield key, entry.key.mark
        for url, element in listed:
            element._rest.clear()
            yield url, element.mark

    def _listed(self) -> list[tuple[str, "Element"]]:
        if self._extensions is None:
            self._extensions = []
            for element in self.all("extension"):
                url = element.text("url")
                if url is None:
                    self._telling.fail("fhir.missing", element.mark, element="extension.url")
                else:
                    self._extensions.append((url.text, element))
        return self._extensions

    def _scalar(self, key: str, kind: str, is_kind: Callable[[Scalar], bool]) -> Scalar | None:
        entry = self._rest.pop(key, None)
        if entry is None:
            return None
        if isinstance(entry.value, Scalar) and is_kind(entry.value):
            return entry.value
        self._wanted(key, kind, entry)
        return None

    def _wanted(self, key: str, kind: str, entry: Entry) -> None:
        self._telling.fail("fhir.wanted", entry.value.mark, element=shorten(key, SHOWN), kind=kind)
