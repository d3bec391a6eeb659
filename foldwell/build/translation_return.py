"""Translations that come back from an office: taken in whole, or refused with the units named.

What comes back is held to the source unit by unit, and read as the leaflet that it would be, before
one word of the leaflet is replaced.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from foldwell.build import translating
from foldwell.build.translation_units import keyed, lines_below, words_in_front
from foldwell.build.write import write_file
from foldwell.content.library import Library
from foldwell.content.reading import read_file
from foldwell.content.section_items import LEAD, Item
from foldwell.content.sections import FACTS
from foldwell.content.translations import item_mistakes
from foldwell.errors import FoldwellError, Mistakes

_FACT = re.compile(rf"({'|'.join(FACTS)}):")


def bring_in(
    root: Path,
    library: Library,
    slug: str,
    language: str,
    read: Mapping[str, tuple[str, str]],
    person: tuple[str, datetime.date],
) -> str:
    """Put units, as they were read, into a leaflet's file, and pin it to its source by a person.

    Returns:
        The path of the file.

    Raises:
        Mistakes: With every unit that lacks something; then no word is replaced.
    """
    path, source = (
        translating.path_of(slug, language),
        translating.source_alone(root, library, slug),
    )
    pieces = dict(keyed(source))
    found = list(_mistakes(pieces, read))
    if found:
        raise Mistakes(found)
    words = path.removesuffix(".md") + translating.KEPT
    before = {
        name: read_file(root, name) if (root / name).exists() else None for name in (path, words)
    }
    if before[path] is None:
        translating.start(root, library, slug, language)
    targets = {key: target for key, (_, target) in read.items()}
    below = lines_below(source, pieces, targets)
    body = "\n".join(line for line, _ in below)
    try:
        translating.rewrite(root, path, words_in_front(targets), body)
        return translating.done(root, library, slug, language, *person)
    except (Mistakes, FoldwellError) as error:
        errors = error.errors if isinstance(error, Mistakes) else (error,)
        told = [*_of_units(errors, path, read_file(root, path).decode(), below)]
        for name, content in before.items():
            if content is None:
                (root / name).unlink(missing_ok=True)
            else:
                write_file(root, name, content)
        raise Mistakes(told) from None


def _of_units(
    errors: Iterable[FoldwellError], path: str, text: str, below: Sequence[tuple[str, str]]
) -> Iterator[FoldwellError]:
    """Mistakes in the file that would have been written, told of the units that they are in."""
    lines = text.rstrip("\n").split("\n")
    keys = [key for _, key in below]
    while keys and not below[len(keys) - 1][0]:
        keys.pop()
    first = len(lines) - len(keys)
    for error in errors:
        place = error.place
        at = place.line - 1 if place and place.path == path and place.line else -1
        key = keys[at - first] if first <= at < len(lines) else ""
        if 0 <= at < first and (fact := _FACT.match(lines[at])):
            key = f"facts.{fact[1]}"
        if key:
            yield FoldwellError(f"Unit {key}: {error.message}", None, error.hint)
        else:
            yield error


def _mistakes(
    pieces: Mapping[str, Item], read: Mapping[str, tuple[str, str]]
) -> Iterator[FoldwellError]:
    for key in read:
        if key not in pieces:
            yield FoldwellError(f"Unit {key}: the leaflet has no such unit.", None, "Export anew.")
    for key, item in pieces.items():
        if key not in read:
            yield FoldwellError(f"Unit {key}: it is missing.", None, "Put it back.")
            continue
        before, target = read[key]
        if before != item.text:
            message = f"Unit {key}: the source has changed since the export."
            yield FoldwellError(message, None, "Export anew.")
        elif not target.strip():
            yield FoldwellError(f"Unit {key}: it is not translated.", None, "Translate it.")
        elif "\n" in target or LEAD.match(target + " ").group().strip():  # type: ignore[union-attr]
            message = f"Unit {key}: it holds a line or a mark that would change what it is."
            yield FoldwellError(message, None, "Keep it one line of words.")
        else:
            full = key != "facts.title"
            for error in item_mistakes(item, Item(item.kind, target, 1), "", full):
                yield FoldwellError(f"Unit {key}: {error.message}", None, error.hint)
