"""From nodes to items: groups, texts and questions with their answers and conditions."""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice
from typing import Final, Literal

from interview.questionnaire.checking import DIGITS
from interview.questionnaire.fields import Fields, Source, read_flag, read_text, read_wording, words_of
from interview.questionnaire.findings import IDS, UNKNOWN_SCALE, UNKNOWN_WORD, Path, unknown
from interview.questionnaire.kept import kept_decimal
from interview.questionnaire.models import Condition, Ending, Item, ItemType, Operator, Option, Role, Text
from interview.questionnaire.standard_words import another_words, open_words, yes_no_options
from interview.questionnaire.yaml_nodes import SHOWN, Entry, Mapping, Node, Scalar, Sequence, shorten

_ITEM_KEYS: Final = (
    "id",
    "type",
    "text",
    "items",
    "when",
    "role",
    "core",
    "read-aloud",
    "read-options",
    "instruction",
    "probe",
    "proxy",
    "options",
    "not-applicable",
    "required",
    "minimum",
    "maximum",
    "minimum-label",
    "maximum-label",
    "decimals",
    "unit",
    "max-length",
    "pattern",
    "max-repeats",
    "another",
    "code",
    "dimension",
    "score-factor",
)
_OPTION_KEYS: Final = ("score", "exclusive", "ends", "open", "symbol", "spoken", "proxy")
_FLAGS: Final = ("yes", "no")
_OPERATORS: Final = tuple(operator.value for operator in Operator)
_PROXY: Final[dict[str, Literal["same", "not-asked", "only"]]] = {
    "same": "same",
    "not-asked": "not-asked",
    "only": "only",
}
_WITH_OPTIONS: Final = (ItemType.CHOICE, ItemType.CHOICES, ItemType.YES_NO)
_WHOLE: Final = (ItemType.SCALE, ItemType.INTEGER)
_WITHOUT_ANSWER: Final = (ItemType.GROUP, ItemType.DISPLAY)
_NUMBER: Final = re.compile(r"-?[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class NamedScale:
    """Answers that come again, under the name they are used by, and what goes with them; `parts`: where each stands."""

    options: tuple[Option, ...]
    read_options: bool | None
    instruction: Text | None
    probe: Text | None
    parts: dict[str, Source]


class ItemReader:
    """Builds the items of one form; `scales` are the answers that items may name."""

    def __init__(self, source: Source, scales: dict[str, NamedScale], items: Node | None) -> None:
        self.used: set[str] = set()
        self._source = source
        self._scales = scales
        self._types: dict[str, str] = {}
        self._collect_types(items)

    def items(self, fields: Fields, required: bool) -> tuple[Item, ...]:
        """The items under the key `items`."""
        if required and "items" not in fields:
            self._source.damaged.add(IDS)
        return tuple(self._item(node, path) for _, node, path in fields.entries("items", required))

    def options_of(self, node: Node, path: Path) -> tuple[Option, ...]:
        """The options of a mapping from code to words."""
        if not isinstance(node, Mapping):
            self._source.fail("questionnaire.wanted-keys", node.mark, path)
            return ()
        # One more than can be chosen is enough to say that there are too many.
        entries = enumerate(islice(node.entries.values(), DIGITS + 1))
        return tuple(self._option(entry, (*path, number)) for number, entry in entries)

    def _collect_types(self, node: Node | None) -> None:
        """Remember the type of every item: what a condition compares with depends on it."""
        pending = [node]
        while pending:
            items = pending.pop()
            for item in items.entries if isinstance(items, Sequence) else ():
                if not isinstance(item, Mapping):
                    continue
                told = [item.entries[key].value if key in item.entries else None for key in ("id", "type", "items")]
                if isinstance(told[0], Scalar) and isinstance(told[1], Scalar):
                    self._types.setdefault(told[0].text.strip(), told[1].text.strip())
                pending.append(told[2])

    def _item(self, node: Node, path: Path) -> Item:
        fields = Fields(self._source, node, path, _ITEM_KEYS)
        item_id = fields.text("id", required=True)
        item_type = fields.word("type", ItemType, required=True) or self._likely_type(fields)
        if not item_id:
            self._source.damaged.add(IDS)
        conditions, behavior = self._when(fields)
        answers = self._answers(fields, item_id, item_type)
        read_aloud, repeats = fields.flag("read-aloud"), fields.number("max-repeats")
        another = fields.wording("another")
        if another is None and repeats is not None and repeats > 1:
            another = another_words(self._source.languages)
        return Item(
            id=item_id,
            type=item_type or ItemType.DISPLAY,
            text=fields.wording("text", required=True) or {},
            items=self.items(fields, required=item_type is ItemType.GROUP),
            enable_when=conditions,
            enable_behavior=behavior,
            role=fields.word("role", Role),
            core=fields.flag("core") or False,
            read_aloud=True if read_aloud is None else read_aloud,
            read_options=answers.read_options or False,
            instruction=answers.instruction,
            probe=answers.probe,
            proxy=self._proxy(fields, item_id, item_type),
            options=answers.options,
            not_applicable=fields.flag("not-applicable") or False,
            required=fields.flag("required") or False,
            minimum=fields.limit("minimum", item_type),
            maximum=fields.limit("maximum", item_type),
            minimum_label=fields.wording("minimum-label"),
            maximum_label=fields.wording("maximum-label"),
            decimals=fields.number("decimals"),
            unit=fields.wording("unit"),
            max_length=fields.number("max-length"),
            pattern=fields.text("pattern") or None,
            max_repeats=1 if repeats is None else repeats,
            another=another,
            code=fields.text("code") or None,
            dimension=fields.text("dimension") or None,
            score_factor=fields.number("score-factor"),
        )

    def _likely_type(self, fields: Fields) -> ItemType | None:
        """The type an item has most likely that says none, so that the rest of it is checked all the same."""
        told = fields.node("type")
        near = get_close_matches(told.text, list(ItemType), n=1) if isinstance(told, Scalar) else []
        if near:
            return ItemType(near[0])
        return ItemType.CHOICE if "options" in fields else None

    def _answers(self, fields: Fields, item_id: str, item_type: ItemType | None) -> NamedScale:
        """The options of an item, its own or those it names, and what goes with them."""
        scale = self._scale_of(fields)
        options = scale.options if scale else self._own_options(fields)
        if item_type is ItemType.YES_NO and "options" not in fields:
            options = yes_no_options(self._source.languages)
        read_options = fields.flag("read-options")
        instruction, probe = fields.wording("instruction"), fields.wording("probe")
        if scale and item_type in _WITH_OPTIONS:
            read_options = scale.read_options if read_options is None else read_options
            instruction, probe = instruction or scale.instruction, probe or scale.probe
        unsaid = read_options is None and item_type in _WITH_OPTIONS and item_type is not ItemType.YES_NO
        if unsaid and not self._source.damaged & {fields.at("options"), fields.at("read-options")}:
            self._source.report.add("questionnaire.read-options-unsaid", fields.place("read-options"), id=item_id)
        return NamedScale(options, read_options, instruction, probe, {})

    def _proxy(
        self, fields: Fields, item_id: str, item_type: ItemType | None
    ) -> Text | Literal["same", "not-asked", "only"]:
        node = fields.node("proxy")
        path = fields.at("proxy")
        if node is None:
            if item_type is None:
                self._source.damaged.add(path)
            elif item_type not in _WITHOUT_ANSWER and path not in self._source.damaged:
                self._source.fail("questionnaire.proxy-unsaid", fields.place("proxy"), path, id=item_id)
            return "same"
        if not isinstance(node, Scalar):
            return read_wording(self._source, node, path, "proxy")
        if node.text in _PROXY:
            return _PROXY[node.text]
        code, facts = unknown(UNKNOWN_WORD, shorten(node.text, SHOWN), _PROXY)
        self._source.fail(code, node.mark, path, **{"key": "proxy", **facts})
        return "same"

    def _scale_of(self, fields: Fields) -> NamedScale | None:
        """The named answers of an item, if its `options` is a name."""
        node, path = fields.node("options"), fields.at("options")
        if not isinstance(node, Scalar):
            return None
        scale = self._scales.get(node.text)
        if scale is None:
            code, facts = unknown(UNKNOWN_SCALE, shorten(node.text, SHOWN), self._scales)
            self._source.fail(code, node.mark, path, **facts)
            # Whichever was meant, it is not unused.
            self.used.update(self._scales)
            return None
        self.used.add(node.text)
        key = self._source.keys[path]
        for name, part in scale.parts.items():
            if name == "options" or name not in fields:
                self._source.take_over(part, fields.at(name))
        self._source.values[path], self._source.keys[path] = node.mark, key
        return scale

    def _own_options(self, fields: Fields) -> tuple[Option, ...]:
        node = fields.node("options")
        if node is None or isinstance(node, Scalar):
            return ()
        return self.options_of(node, fields.at("options"))

    def _option(self, entry: Entry, path: Path) -> Option:
        key, node = entry
        self._source.values[path] = self._source.values[(*path, "code")] = key.mark
        here = (*path, "text")
        if isinstance(node, Scalar):
            return Option(code=key.text, text=read_wording(self._source, node, here, key.text))
        fields = Fields(self._source, node, path, None)
        text = words_of(self._source, node, here, _OPTION_KEYS) if isinstance(node, Mapping) else {}
        self._source.values[here] = key.mark
        return Option(
            code=key.text,
            text=text,
            score=fields.number("score"),
            exclusive=fields.flag("exclusive") or False,
            ends=fields.word("ends", Ending),
            open=self._open(fields),
            symbol=fields.text("symbol") or None,
            spoken=fields.wording("spoken"),
            proxy=fields.wording("proxy"),
        )

    def _open(self, fields: Fields) -> Text | None:
        """What an open option asks: words of the form's own, or the usual ones for `yes`."""
        node, path = fields.node("open"), fields.at("open")
        if isinstance(node, Scalar) and (node.text in _FLAGS or len(self._source.languages) > 1):
            return open_words(self._source.languages) if read_flag(self._source, node, path, "open") else None
        return None if node is None else read_wording(self._source, node, path, "open")

    def _when(self, fields: Fields) -> tuple[tuple[Condition, ...], Literal["all", "any"]]:
        """One comparison, or `any` or `all` of several."""
        node, path = fields.node("when"), (*fields.path, "enable_when")
        if node is None:
            return (), "all"
        self._source.values[path] = fields.source.keys[path] = self._source.keys[fields.at("when")]
        if not isinstance(node, Mapping):
            self._source.fail("questionnaire.wanted-condition", node.mark, path)
            return (), "all"
        behaviors = [word for word in ("any", "all") if word in node.entries]
        if not behaviors:
            condition = self._condition(node, (*path, 0))
            return ((condition,) if condition else ()), "all"
        if len(node.entries) > 1:
            self._source.fail("questionnaire.any-and-all", node.mark, path)
            return (), "all"
        behavior: Literal["all", "any"] = "any" if behaviors == ["any"] else "all"
        listed = node.entries[behavior].value
        if not isinstance(listed, Sequence):
            self._source.fail("questionnaire.wanted-list", listed.mark, path, key=behavior)
            return (), behavior
        found = [self._condition(one, (*path, number)) for number, one in enumerate(listed.entries)]
        return tuple(condition for condition in found if condition), behavior

    def _condition(self, node: Node, path: Path) -> Condition | None:
        """`{question: B4, is: yes}`; None where it cannot be read."""
        self._source.values[path] = node.mark
        fields = Fields(self._source, node, path, ("question", *_OPERATORS))
        if not fields.readable:
            return None
        question = fields.text("question", required=True)
        told = [word for word in _OPERATORS if word in fields]
        if len(told) != 1:
            self._source.fail("questionnaire.one-comparison", node.mark, path, known=", ".join(_OPERATORS))
            return None
        operator = Operator(told[0])
        value, here = fields.node(told[0]), (*path, "answer")
        if value is None:
            return None
        self._source.values[here] = value.mark
        self._source.values[(*path, "operator")] = fields.source.keys[fields.at(told[0])]
        if operator is Operator.ANSWERED:
            return Condition(question=question, operator=operator, answer=read_flag(self._source, value, here, told[0]))
        answer = read_text(self._source, value, here, told[0])
        return Condition(question=question, operator=operator, answer=self._compared(question, answer))

    def _compared(self, question: str, answer: str) -> str | int:
        """What an answer is compared with, as an answer of that question's type is kept."""
        item_type = self._types.get(question)
        if item_type in _WHOLE and _NUMBER.fullmatch(answer):
            return int(answer)
        return kept_decimal(answer) or answer if item_type == ItemType.DECIMAL else answer
