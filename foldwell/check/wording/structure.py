"""Lists, headings and the order of parts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from foldwell.check.passages import Sort
from foldwell.check.wording.entry import rule
from foldwell.check.wording.reading import Reading
from foldwell.finding import Finding
from foldwell.rules import Severity

_DEEPEST_HEADING = 4


@rule("T12")
def long_lists(reading: Reading) -> Iterator[Finding]:
    """Lists of more items than people keep in mind."""
    limits = reading.profile.limits
    items = (passage for passage in reading.passages if passage.sort is Sort.ITEM)
    for _, group in groupby(items, key=lambda passage: passage.group):
        held = list(group)
        outer = min(item.level for item in held)
        count = sum(item.level == outer for item in held)
        if count > limits.list_items:
            most = count > limits.list_items_most and count == len(held)
            yield reading.find(
                "T12",
                f"This list has {count} items.",
                "Part it under two headings, or leave out what matters least.",
                held[0],
                severity=Severity.WARNING if most else Severity.INFORMATION,
            )


@rule("T13")
def headings(reading: Reading) -> Iterator[Finding]:
    """A title of one line, and headings that skip no level."""
    limit = reading.profile.limits.title_characters
    title = reading.edition.leaflet.facts.title
    if len(title) > limit:
        yield reading.of_facts(
            "T13",
            f"The title has {len(title)} characters.",
            f"Shorten it to {limit}; the rest can be the subtitle.",
            "title",
            Severity.WARNING,
        )
    last = 1
    for passage in reading.passages:
        if passage.sort is not Sort.HEADING:
            continue
        if passage.level > last + 1 or passage.level > _DEEPEST_HEADING:
            yield reading.find(
                "T13",
                f"The heading '{passage.text}' has level {passage.level} below level {last}.",
                f"Start it with '{'#' * min(last + 1, _DEEPEST_HEADING)} '.",
                passage,
            )
        last = passage.level


@rule("T17")
def main_message_first(reading: Reading) -> Iterator[Finding]:
    """The main message, set apart, in the first part."""
    if reading.edition.leaflet.facts.kind == "card":
        return
    apart = ("key-message", "emergency", "warning", "steps")
    for passage in reading.passages:
        if any(name in apart for name, _ in passage.blocks):
            return
        if passage.sort is Sort.HEADING and passage is not reading.passages[0]:
            break
    yield reading.of_facts(
        "T17",
        "The main message does not stand set apart in the first part.",
        "Start with a block '/// key-message | The main message'.",
        "main_message",
    )
