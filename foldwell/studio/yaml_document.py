"""A file of YAML that is changed fact by fact: what nobody changed is written as it was.

Plain scalars are text, whatever they look like: ``010`` is a room, and ``+44 …`` is a phone. A
comment belongs to the line that it ends, or to the line below it; it goes with no other.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import CommentMark, YAMLError
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.scalarstring import SingleQuotedScalarString
from ruamel.yaml.tokens import CommentToken
from ruamel.yaml.util import load_yaml_guess_indent

from foldwell.errors import FoldwellError, Place

Row = tuple[str, str]
_KINDS = ("null", "merge")
"""The plain scalars that stay what they are; all others are text."""


class _Texts(VersionedResolver):
    """Takes no plain scalar for a number, a truth or a day."""

    @property
    def versioned_resolver(self) -> Any:
        known = super().versioned_resolver
        return {
            start: [one for one in rules if str(one[0]).rpartition(":")[2] in _KINDS]
            for start, rules in known.items()
        }


_ALL = VersionedResolver()


@dataclass(frozen=True)
class Document:
    """A file of YAML that can be changed and written as it was."""

    yaml: YAML
    tree: CommentedMap

    @property
    def text(self) -> str:
        """The whole file as it is now."""
        out = io.StringIO()
        self.yaml.dump(self.tree, out)
        return out.getvalue()


def opened(text: str, path: str) -> Document:
    """The file as a tree that keeps comments and order.

    Raises:
        FoldwellError: If it is no mapping.
    """
    try:
        _, indent, offset = load_yaml_guess_indent(text or "{}", yaml=_yaml())
        yaml = _yaml()
        yaml.indent(mapping=2, sequence=indent or 4, offset=2 if offset is None else offset)
        tree = yaml.load(text) if text.strip() else CommentedMap()
    except (YAMLError, ValueError, IndexError):
        raise FoldwellError(
            "This file cannot be read as YAML.", Place(path), "Mend it in an editor first."
        ) from None
    tree = CommentedMap() if tree is None else tree
    if not isinstance(tree, CommentedMap):
        raise FoldwellError("This file holds no facts.", Place(path), "Write 'key: value' lines.")
    return Document(yaml, tree)


def _yaml() -> YAML:
    yaml = YAML()
    yaml.Resolver = _Texts
    yaml.preserve_quotes = True
    yaml.width = 4096
    return yaml


def written(text: str) -> str:
    """A text that is new in a file: in quotes if a reader could take it for anything else."""
    kind = _ALL.resolve(ScalarNode, text, (True, False))
    return text if str(kind).endswith(":str") else SingleQuotedScalarString(text)


def set_row(row: CommentedMap, keys: Row, texts: Row) -> None:
    """Let a row say two texts; what else it says stays, and so do its comments."""
    for key, text in zip(keys, texts, strict=True):
        if not text:
            take_away(row, key)
        elif key not in row or str(row[key]) != text:
            row[key] = written(text)


def set_rows(listed: CommentedSeq, keys: Row, rows: Sequence[Row]) -> None:
    """Let a list of rows say what a form says; each row that is still there stays itself."""
    shown = [row for row in listed if any(_texts(row, keys))]
    kept = _same_rows([_texts(row, keys) for row in shown], rows)
    for number, row in enumerate(shown):
        if number not in kept.values():
            take_away(listed, _place(listed, row))
    last = -1
    for number, texts in enumerate(rows):
        if number in kept:
            last = _place(listed, shown[kept[number]])
            set_row(listed[last], keys, texts)
            continue
        row = CommentedMap()
        set_row(row, keys, texts)
        last += 1
        listed.insert(last, row)
        if last:
            _hand_on((listed, last - 1), (listed, last))


def _place(listed: CommentedSeq, row: Any) -> int:
    return next(number for number, one in enumerate(listed) if one is row)


def _texts(row: Any, keys: Row) -> Row:
    one, other = (row.get(key) if hasattr(row, "get") else None for key in keys)
    return "" if one is None else str(one), "" if other is None else str(other)


def _same_rows(before: Sequence[Row], after: Sequence[Row]) -> dict[int, int]:
    """Which row each one was before, by their numbers: equal, or changed in its place.

    What stands between equal rows is told apart by what is left of it: a label or a text. Rows
    that have nothing in common with one before are the same only if none came or went there.
    """
    found: dict[int, int] = {}
    for kind, i, end, j, stop in SequenceMatcher(None, before, after, False).get_opcodes():
        olds, news = list(range(i, end)), list(range(j, stop))
        if kind in ("equal", "replace") and len(olds) == len(news):
            found |= dict(zip(news, olds, strict=True))
        elif kind == "replace":
            for new in news:
                alike = (o for o in olds if {*before[o]} & {*after[new]} - {""})
                if (old := next(alike, None)) is not None:
                    found[new] = old
                    olds = [one for one in olds if one > old]
    return found


def take_away(holder: CommentedMap | CommentedSeq, key: Any) -> None:
    """Remove a fact or a row; the comments below it belong to what follows, and stay."""
    keys = list(holder) if isinstance(holder, CommentedMap) else list(range(len(holder)))
    if key not in keys:
        return
    at = keys.index(key)
    below = _cut(*_end(holder, key))
    if below and at:
        _add(*_end(holder, keys[at - 1]), below)
    elif below:
        mark = CommentMark(holder.lc.col if isinstance(holder.lc.col, int) else 0)
        token = CommentToken(below.lstrip(" "), mark, None)
        if holder.ca.comment and holder.ca.comment[1]:
            holder.ca.comment[1].append(token)  # the same list that the fact above it holds
        else:
            holder.ca.comment = [None, [token]]
    if isinstance(holder, CommentedMap):
        holder.ca.items.pop(key, None)
    del holder[key]


def rename(holder: CommentedMap, key: Any, new: str) -> None:
    """Give a fact another name; its place and its comments stay."""
    at, value, comments = list(holder).index(key), holder[key], holder.ca.items.pop(key, None)
    del holder[key]
    holder.insert(at, new, value)
    if comments:
        holder.ca.items[new] = comments


def put_behind(holder: CommentedMap, at: int, key: str, value: Any) -> None:
    """Put a fact behind others; the comments below those belong to what follows."""
    holder.insert(at, key, value)
    if at:
        _hand_on((holder, list(holder)[at - 1]), (holder, key))


def _hand_on(one: tuple[Any, Any], other: tuple[Any, Any]) -> None:
    if below := _cut(*_end(*one)):
        _add(*_end(*other), below)


def _end(holder: Any, key: Any) -> tuple[Any, Any]:
    """Where the last line of a fact stands, to which what is below it is attached."""
    value = holder[key]
    if isinstance(value, CommentedMap | CommentedSeq) and value and not value.fa.flow_style():
        return _end(value, list(value)[-1] if isinstance(value, CommentedMap) else len(value) - 1)
    return holder, key


def _slot(holder: Any) -> int:
    return 2 if isinstance(holder, CommentedMap) else 0


def _cut(holder: Any, key: Any) -> str:
    """The lines below a fact, which are taken from it."""
    tokens = holder.ca.items.get(key)
    token = tokens[_slot(holder)] if tokens else None
    if token is None:
        return ""
    own, _, below = token.value.partition("\n")
    if own.strip():
        token.value = f"{own}\n"
    else:
        tokens[_slot(holder)] = None
    return str(below)


def _add(holder: Any, key: Any, below: str) -> None:
    tokens = holder.ca.items.setdefault(key, [None, None, None, None])
    slot = _slot(holder)
    if tokens[slot] is None:
        tokens[slot] = CommentToken(f"\n{below}", CommentMark(0), None)
    else:
        tokens[slot].value += below
