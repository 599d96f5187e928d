"""Ids and codes of other people's questionnaires as a form can have them: `1.a` becomes `q1-a`, equal ones stay apart."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

from interview.questionnaire.checking import CODE, ID
from interview.questionnaire.yaml_nodes import Mapping, Node, Scalar, Sequence

_LENGTH: Final = 32
_OTHER: Final = re.compile(r"[^A-Za-z0-9]+")
_VALUES: Final = ("valueString", "valueInteger", "valueDate", "valueTime")


class _Taken:
    """Names that are used already; what is made next to one ends with a number, counted on for each beginning."""

    def __init__(self, used: Iterable[str] = ()) -> None:
        self._used = {name.casefold() for name in used}
        self._numbers: dict[str, int] = {}

    def apart(self, name: str) -> str:
        """The name if nothing is called so yet, or one like it; it is used from now on."""
        stem, tried = name[: _LENGTH - 8].rstrip("-"), name
        while tried.casefold() in self._used:
            self._numbers[stem] = self._numbers.get(stem, 1) + 1
            tried = f"{stem}-{self._numbers[stem]}"
        self._used.add(tried.casefold())
        return tried


class Names:
    """The ids of a resource's items and the codes of their options, made once for the whole of it."""

    def __init__(self, items: Node | None) -> None:
        self._ids: dict[str, str] = {}
        self._codes: dict[str, dict[str, str]] = {}
        found = list(_items(items))
        # What already fits keeps its name, whatever stands before it.
        self._taken = _Taken(link for link, _ in found if ID.fullmatch(link))
        for link, node in found:
            if link not in self._ids:
                self._ids[link] = link if ID.fullmatch(link) else self._taken.apart(f"q{_plain(link)}")
            words = list(_words(node))
            codes, taken = self._codes.setdefault(link, {}), _Taken(word for word in words if CODE.fullmatch(word))
            for word in words:
                if word not in codes:
                    codes[word] = word if CODE.fullmatch(word) else taken.apart(_plain(word) or "x")

    def id_of(self, link: str) -> str:
        """The id of the item with a linkId."""
        return self._ids.get(link, link)

    def beside(self, link: str) -> str:
        """An id for something that is made of an item."""
        return self._taken.apart(f"{self.id_of(link)[: _LENGTH - 5].rstrip('-')}-more")

    def code_of(self, link: str, word: str) -> str:
        """The code of an option, by its question and its own code or words."""
        return self._codes.get(link, {}).get(word, word)


def plain_name(text: str) -> str:
    """A text as the name of a form."""
    return _plain(text, 64).lower()


def _items(items: Node | None) -> Iterator[tuple[str, Mapping]]:
    for node in items.entries if isinstance(items, Sequence) else ():
        if isinstance(node, Mapping):
            link = _inside(node, "linkId")
            if isinstance(link, Scalar):
                yield link.text, node
            yield from _items(_inside(node, "item"))


def _words(node: Mapping) -> Iterator[str]:
    """What the options of an item are known by."""
    listed = _inside(node, "answerOption")
    for option in listed.entries if isinstance(listed, Sequence) else ():
        if isinstance(option, Mapping):
            coding = _inside(option, "valueCoding")
            told = [_inside(coding, "code"), _inside(coding, "display")] if isinstance(coding, Mapping) else []
            told += [_inside(option, kind) for kind in _VALUES]
            word = next((one.text for one in told if isinstance(one, Scalar)), None)
            if word is not None:
                yield word


def _inside(node: Mapping, key: str) -> Node | None:
    entry = node.entries.get(key)
    return None if entry is None else entry.value


def _plain(text: str, length: int = _LENGTH - 1) -> str:
    """The letters and digits of a text, hyphens between them."""
    ascii_only = unicodedata.normalize("NFKD", text[:500]).encode("ascii", "ignore").decode()
    return _OTHER.sub("-", ascii_only).strip("-")[:length].strip("-")
