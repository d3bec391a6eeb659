"""What a YAML 1.2 text says, and on which lines.

Built on ruamel.yaml's own events. It refuses what a facts file never needs and
what an attacker does: anchors, aliases, merge keys, tags, several documents, duplicate
keys and deep nesting.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceStartEvent,
)

from foldwell.content.carried_facts import Path, Read
from foldwell.content.yaml_events import events_of
from foldwell.content.yaml_scalars import scalar
from foldwell.errors import FoldwellError, Mistakes, Place

DEPTH_LIMIT = 8


def read_mapping(text: str, path: str, first_line: int) -> Read:
    """The mapping of a text, and the line of every key and item.

    Args:
        text: The YAML source, of a size that was looked at.
        path: Its path as the user knows it, for messages.
        first_line: The line of the file on which the text starts.

    Raises:
        Mistakes: With every duplicate key and forbidden feature, or the syntax error.
    """
    errors: list[FoldwellError] = []
    try:
        events = _checked_events(text, path, first_line, errors)
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
    if errors:
        raise Mistakes(errors)
    reader = _Reader(events, path, first_line)
    start = next((event for event in reader.events if isinstance(event, NodeEvent)), None)
    if not isinstance(start, MappingStartEvent):
        wrong = FoldwellError(
            "Expected 'key: value' lines.",
            Place(path, first_line),
            "Write one fact a line, such as 'name: Riverside Clinic'.",
        )
        raise Mistakes([wrong])
    value = reader.mapping(())
    if reader.errors:
        raise Mistakes(reader.errors)
    return value, reader.lines


def _checked_events(
    text: str, path: str, first_line: int, errors: list[FoldwellError]
) -> list[Event]:
    """The flat stream of events; what it may not hold is refused before anything is nested."""
    events: list[Event] = []
    for number, line in enumerate(text.split("\n"), first_line):
        if line.startswith("%"):
            place = Place(path, number)
            errors.append(
                FoldwellError("A line that starts with '%' is not used here.", place, "Delete it.")
            )
            return events
    depth = documents = 0
    for event in events_of(text):
        events.append(event)
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
                return events
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
                return events
        elif isinstance(event, CollectionEndEvent):
            depth -= 1
    return events


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


class _Reader:
    """Values from events that were checked."""

    def __init__(self, events: list[Event], path: str, first_line: int) -> None:
        self.events: Iterator[Any] = iter(events)
        self.lines: dict[Path, int] = {(): first_line}
        self.errors: list[FoldwellError] = []
        self._path, self._first_line = path, first_line

    def mapping(self, at: Path) -> dict[str, Any]:
        """The mapping whose start was the last event."""
        result: dict[str, Any] = {}
        while not isinstance(event := next(self.events), CollectionEndEvent):
            line = self._first_line + event.start_mark.line
            if reason := self._unfit_key(event, at, result):
                self.errors.append(FoldwellError(reason[0], Place(self._path, line), reason[1]))
                self._skip(event)
                self._skip(next(self.events))
                continue
            key = event.value
            self.lines[(*at, key)] = line
            result[key] = self._value(next(self.events), (*at, key))
        return result

    def _unfit_key(self, event: Any, at: Path, known: Mapping[str, Any]) -> tuple[str, str] | None:
        if not isinstance(event, ScalarEvent):
            return "A key must be plain text.", "Write 'key: value'."
        if event.value == "<<":
            return "Merge keys (<<) are not used here.", "Write the values out."
        if event.value in known:
            first = self.lines[(*at, event.value)]
            return f"'{event.value}' stands twice; the first is on line {first}.", (
                "Keep one of them."
            )
        return None

    def _value(self, event: Any, at: Path) -> Any:
        if isinstance(event, MappingStartEvent):
            return self.mapping(at)
        if isinstance(event, SequenceStartEvent):
            items: list[Any] = []
            while not isinstance(event := next(self.events), CollectionEndEvent):
                here = (*at, len(items))
                self.lines[here] = self._first_line + event.start_mark.line
                items.append(self._value(event, here))
            return tuple(items)
        return scalar(event.value) if event.implicit[0] else event.value

    def _skip(self, event: Any) -> None:
        depth = 0
        while True:
            depth += isinstance(event, CollectionStartEvent)
            depth -= isinstance(event, CollectionEndEvent)
            if depth == 0:
                return
            event = next(self.events)
