"""What the readers of a resource's parts share: its languages, its names, whether it is ours, and how things are told."""

from dataclasses import dataclass

from interview.questionnaire.fhir.defaults import default_words
from interview.questionnaire.fhir.elements import Element, Telling, mapping, scalar
from interview.questionnaire.fhir.names import Names
from interview.questionnaire.fhir.vocabulary import WORDS
from interview.questionnaire.yaml_nodes import Mapping, Mark, Node, Scalar


@dataclass(frozen=True, slots=True)
class Reader:
    """`language` is that of the resource; `own` says that `writing` made it, which leaves only usual values unsaid."""

    telling: Telling
    names: Names
    language: str
    languages: tuple[str, ...]
    own: bool

    def extension(self, element: Element, url: str, kind: str) -> Node | None:
        """What an extension says: words, or one value."""
        told = element.extension(url)
        if told is None:
            return None
        if kind == WORDS:
            return told.wording("valueString", self.language)
        if kind == "valueBoolean":
            return told.flag(kind)
        return told.number(kind) if kind in ("valueInteger", "valueDecimal") else told.text(kind)

    def filled(self, mark: Mark, element: str, value: str) -> Scalar:
        """A value that the resource does not say, told."""
        self.telling.note("fhir.filled", mark, element=element, value=value)
        return scalar(mark, value)

    def filled_words(self, mark: Mark, element: str, name: str) -> Mapping:
        """Words that the resource does not say, told."""
        words = default_words(name, self.languages)
        self.telling.note("fhir.filled", mark, element=element, value=words.get(self.language, ""))
        return mapping(mark, {language: scalar(mark, text) for language, text in words.items()})

    def same(self, told: Scalar) -> Mapping:
        """One text as the words of every language."""
        return mapping(told.mark, dict.fromkeys(self.languages, told))
