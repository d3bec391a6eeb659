"""YAML 1.2 text to plain values that remember their lines.

Built on ruamel.yaml's own events and nodes. It refuses what a facts file never needs and
what an attacker does: anchors, aliases, merge keys, tags, several documents, duplicate
keys, deep nesting and large texts. Dates stay text; the models read them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    NodeEvent,
)
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from foldwell.errors import FoldwellError, Mistakes, Place

DEPTH_LIMIT = 8
SIZE_LIMIT_BYTES = 16 * 1024

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class YamlText:
    """A parsed text: its value, and the line of every key and item by its path."""

    value: Any
    lines: dict[Path, int]
    path: str

    def place(self, at: Path) -> Place:
        """The line of the nearest known key on the way to ``at``."""
        for length in range(len(at), -1, -1):
            if at[:length] in self.lines:
                return Place(self.path, self.lines[at[:length]])
        return Place(self.path)


def read_yaml(text: str, path: str, first_line: int = 1) -> YamlText:
    """Parse one YAML mapping.

    Args:
        text: The YAML source.
        path: Its path as the user knows it, for messages.
        first_line: The line of the file on which the text starts (front matter).

    Raises:
        Mistakes: With every duplicate key and forbidden feature, or the syntax error.
    """
    if len(text.encode()) > SIZE_LIMIT_BYTES:
        raise Mistakes(
            [
                FoldwellError(
                    f"The facts are larger than {SIZE_LIMIT_BYTES // 1024} KB.",
                    Place(path, first_line),
                    "Keep the long text in the leaflet, below the front matter.",
                )
            ]
        )
    errors: list[FoldwellError] = []
    try:
        _check_events(text, path, first_line, errors)
        if errors:
            raise Mistakes(errors)
        node = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        raise Mistakes([_syntax_error(error, path, first_line)]) from error
    except (YAMLError, ValueError, OverflowError) as error:
        raise Mistakes(
            [
                FoldwellError(
                    "This is not readable as YAML.",
                    Place(path, first_line),
                    "Write it as 'key: value' lines.",
                )
            ]
        ) from error
    if not isinstance(node, MappingNode):
        raise Mistakes(
            [
                FoldwellError(
                    "Expected 'key: value' lines.",
                    Place(path, first_line),
                    "Write one fact a line, such as 'name: Riverside Clinic'.",
                )
            ]
        )
    lines: dict[Path, int] = {(): first_line}
    value = _value(node, (), lines, path, first_line, errors)
    if errors:
        raise Mistakes(errors)
    return YamlText(value, lines, path)


def _check_events(text: str, path: str, first_line: int, errors: list[FoldwellError]) -> None:
    """Refuse by the flat stream of events, before anything is nested in memory."""
    for number, line in enumerate(text.split("\n"), first_line):
        if line.startswith("%"):
            place = Place(path, number)
            errors.append(
                FoldwellError("A line that starts with '%' is not used here.", place, "Delete it.")
            )
            return
    depth = documents = 0
    for event in YAML(typ="safe", pure=True).parse(text):
        here = Place(path, first_line + event.start_mark.line)
        if isinstance(event, DocumentStartEvent):
            documents += 1
            if documents > 1:
                errors.append(
                    FoldwellError(
                        "A second '---' starts another document.",
                        here,
                        "Keep one document in a file.",
                    )
                )
                return
        if isinstance(event, AliasEvent) or (isinstance(event, NodeEvent) and event.anchor):
            errors.append(
                FoldwellError(
                    "Anchors and aliases (& and *) are not used here.",
                    here,
                    "Write the value out, or put it in quotes if it starts with & or *.",
                )
            )
        tag = getattr(event, "ctag", None) or getattr(event, "tag", None)
        if tag is not None and str(tag) not in ("None", "!"):
            errors.append(
                FoldwellError(
                    f"The tag '{tag}' is not used here.",
                    here,
                    "Remove it, or put the value in quotes if it starts with '!'.",
                )
            )
        if isinstance(event, CollectionStartEvent):
            depth += 1
            if depth > DEPTH_LIMIT:
                errors.append(
                    FoldwellError(
                        f"The facts are nested more than {DEPTH_LIMIT} levels deep.",
                        here,
                        "Flatten them.",
                    )
                )
                return
        elif isinstance(event, CollectionEndEvent):
            depth -= 1


def _syntax_error(error: MarkedYAMLError, path: str, first_line: int) -> FoldwellError:
    mark = error.problem_mark or error.context_mark
    if error.context_mark and "quoted scalar" in (error.context or ""):
        mark = error.context_mark  # where the quotation starts, not where the file ends
    line = first_line + (mark.line if mark else 0)
    return FoldwellError(
        f"This is not readable as YAML ({error.problem or error.context}).",
        Place(path, line),
        "Check the colon, the quotes and the spaces at the start of this line and the one"
        " above it.",
    )


def _value(
    node: Node,
    at: Path,
    lines: dict[Path, int],
    path: str,
    first_line: int,
    errors: list[FoldwellError],
) -> Any:
    if isinstance(node, MappingNode):
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = first_line + key_node.start_mark.line
            if not isinstance(key_node, ScalarNode):
                errors.append(
                    FoldwellError(
                        "A key must be plain text.",
                        Place(path, line),
                        "Write 'key: value'.",
                    )
                )
                continue
            key = key_node.value
            if key == "<<":
                errors.append(
                    FoldwellError(
                        "Merge keys (<<) are not used here.",
                        Place(path, line),
                        "Write the values out.",
                    )
                )
                continue
            if key in result:
                errors.append(
                    FoldwellError(
                        f"'{key}' stands twice; the first is on line {lines[(*at, key)]}.",
                        Place(path, line),
                        "Keep one of them.",
                    )
                )
                continue
            lines[(*at, key)] = line
            result[key] = _value(value_node, (*at, key), lines, path, first_line, errors)
        return result
    if isinstance(node, SequenceNode):
        items = []
        for number, item in enumerate(node.value):
            lines[(*at, number)] = first_line + item.start_mark.line
            items.append(_value(item, (*at, number), lines, path, first_line, errors))
        return tuple(items)
    return _scalar(node)


_INTEGER = re.compile(r"[-+]?[0-9]{1,15}")
_NUMBER = re.compile(r"[-+]?[0-9]{1,15}\.[0-9]{1,15}")


def _scalar(node: Node) -> Any:
    """A plain scalar as null, true, false or a decimal number, else as the text it is.

    YAML 1.2 knows more ways to write a number; no facts file needs them, and a phone number
    must not turn into one unnoticed.
    """
    kind = str(node.tag).rpartition(":")[2]
    text: str = node.value
    if kind == "null":
        return None
    if kind == "bool":
        return text.lower() == "true"
    if kind in ("int", "float"):
        if _INTEGER.fullmatch(text):
            return int(text)
        if _NUMBER.fullmatch(text):
            return float(text)
    return text
