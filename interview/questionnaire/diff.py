"""What is different between two versions of a form, question by question, and whether each series goes on (P7).

What a change does to comparability is a rule, never a guess about meaning: where words differ a person is to judge.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from interview.questionnaire.changes import Change, Changed, Comparable, Difference, FormChange, Kind
from interview.questionnaire.findings import Placed, Walk
from interview.questionnaire.item_diff import Guarded, Pair, item_changes
from interview.questionnaire.matching import moved, renamed
from interview.questionnaire.models import Condition, Item, ItemType, Questionnaire, Text

_CONTACT: Final = ("greeting", "errand", "doubt", "voicemail", "consented")


def compare(old: Questionnaire, new: Questionnaire) -> Difference:
    """The differences from an older to a newer form; what is the same is only counted."""
    comparison = _Comparison(old, new)
    items = tuple(comparison.items())
    return Difference(
        name=new.name if old.name == new.name else f"{old.name} → {new.name}",
        old=old.version,
        new=new.version,
        form=tuple(_form_changes(old, new, comparison.language)),
        items=items,
        unchanged=sum(item.is_question for item in new.walk()) - sum(one.is_question and one.id != "" for one in items),
    )


class _Comparison:
    """Both forms, with who is who."""

    def __init__(self, old: Questionnaire, new: Questionnaire) -> None:
        self.old, self.new = Walk(old), Walk(new)
        self.languages = tuple(tag for tag in new.languages if tag in old.languages) or (new.languages[0],)
        self.language = self.languages[0]
        gone = [placed.item for placed in self.old.placed if placed.item.id not in self.new.by_id]
        come = [placed.item for placed in self.new.placed if placed.item.id not in self.old.by_id]
        self.now = renamed(gone, come, self.language)
        """Old id → new id of what was renamed."""
        self.was = {new_id: old_id for old_id, new_id in self.now.items()}
        self.moved = self._moved()

    def items(self) -> Iterator[Changed]:
        """Every item that differs, in the new order; what was removed after what it followed."""
        removed = self._removed()
        yield from removed.pop("", ())
        for placed in self.new.placed:
            item = placed.item
            was = self.was.get(item.id, item.id)
            before = self.old.by_id.get(was)
            if before is None:
                yield self._alone(item, "", Change(Kind.ADDED, Comparable.NO, "added"))
            elif changes := tuple(self._changes(before, placed)):
                yield Changed(item.id, was, item.text.get(self.language, ""), item.is_question, changes)
            yield from removed.pop(was, ())

    def _changes(self, before: Placed, after: Placed) -> Iterator[Change]:
        if before.item.id != after.item.id:
            yield self._quiet(
                after.item, Change(Kind.RENAMED, Comparable.YES, "renamed", before.item.id, after.item.id)
            )
        yield from item_changes(Pair(self._guarded(self.old, before), self._guarded(self.new, after), self.languages))
        if after.item.id in self.moved:
            told = self._follows(self.old, before), self._follows(self.new, after)
            yield self._quiet(after.item, Change(Kind.MOVED, Comparable.CARE, "moved", *told))

    def _quiet(self, item: Item, change: Change) -> Change:
        """No series depends on what takes no answer."""
        return change if item.is_question else replace(change, comparable=Comparable.YES, why="no-answer")

    def _alone(self, item: Item, was: str, change: Change) -> Changed:
        text = item.text.get(self.language) or next(iter(item.text.values()), "")
        id_ = item.id if change.kind is Kind.ADDED else ""
        return Changed(id_, was, text, item.is_question, (self._quiet(item, change),))

    def _removed(self) -> dict[str, list[Changed]]:
        """What is gone, under the id of what it stood after."""
        found: dict[str, list[Changed]] = {}
        last = ""
        for placed in self.old.placed:
            id_ = placed.item.id
            if id_ in self.new.by_id or id_ in self.now:
                last = id_
            else:
                gone = self._alone(placed.item, id_, Change(Kind.REMOVED, Comparable.NO, "removed"))
                found.setdefault(last, []).append(gone)
        return found

    def _guarded(self, walk: Walk, placed: Placed) -> Guarded:
        """The item with its conditions in the new form's ids, so that a renamed question changes no condition."""
        around = walk.around(placed)
        guards = tuple(
            (guard.enable_behavior, tuple(self._in_new_words(one, walk) for one in guard.enable_when))
            for guard in (*(group.item for group in around), placed.item)
            if guard.enable_when
        )
        return Guarded(placed.item, guards, around[-1].item.id if around else "")

    def _in_new_words(self, condition: Condition, walk: Walk) -> Condition:
        if walk is self.new or condition.question not in self.now:
            return condition
        return condition.model_copy(update={"question": self.now[condition.question]})

    def _moved(self) -> set[str]:
        """The new ids of what stands in another order or in another section."""
        both = [
            (self.old.by_id[was], placed)
            for placed in self.new.placed
            if (was := self.was.get(placed.item.id, placed.item.id)) in self.old.by_id
            and placed.item.type is not ItemType.GROUP
        ]
        found = {both[place][1].item.id for place in moved([before.number for before, _ in both])}
        for before, after in both:
            section = self._section(self.old, before)
            if self.now.get(section, section) != self._section(self.new, after):
                found.add(after.item.id)
        return found

    @staticmethod
    def _section(walk: Walk, placed: Placed) -> str:
        around = walk.around(placed)
        return around[-1].item.id if around else ""

    @staticmethod
    def _follows(walk: Walk, placed: Placed) -> str:
        """The id of what stands before an item."""
        return walk.placed[placed.number - 1].item.id if placed.number else ""


def _form_changes(old: Questionnaire, new: Questionnaire, language: str) -> Iterator[FormChange]:
    """What is different around the items."""
    if old.name != new.name:
        yield FormChange("name", old.name, new.name)
    if old.languages != new.languages:
        yield FormChange("languages", ", ".join(old.languages), ", ".join(new.languages))
    texts: list[tuple[str, Text | None, Text | None]] = [("title", old.title, new.title)]
    texts += [(f"contact.{name}", getattr(old.contact, name), getattr(new.contact, name)) for name in _CONTACT]
    for dimension in dict.fromkeys((*old.dimensions, *new.dimensions)):
        texts.append((f"dimensions.{dimension}", old.dimensions.get(dimension), new.dimensions.get(dimension)))
    for part, before, after in texts:
        if before != after:
            yield FormChange(part, *_apart(before or {}, after or {}, language))
    if old.minutes != new.minutes:
        yield FormChange(
            "minutes", *(f"{told.least}–{told.most} ({told.ask_after})" for told in (old.minutes, new.minutes))
        )
    for card_id in dict.fromkeys(card.id for card in (*old.cards, *new.cards)):
        before_card, after_card = old.card(card_id), new.card(card_id)
        if before_card != after_card:
            told = (card.title.get(language, "") if card else "" for card in (before_card, after_card))
            yield FormChange(f"cards.{card_id}", *told)
    if old.sources != new.sources:
        yield FormChange("sources", "; ".join(old.sources), "; ".join(new.sources))


def _apart(before: Text, after: Text, language: str) -> tuple[str, str]:
    """The first pair of wordings that differ, in the language asked for if they do there."""
    for tag in (language, *after, *before):
        if before.get(tag) != after.get(tag):
            return before.get(tag, ""), after.get(tag, "")
    return "", ""
