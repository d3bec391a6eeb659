"""A translation in the making: what is translated so far goes into its file, unit by unit.

It does not go out before all is translated, because words of the source are told as a mistake.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from foldwell.build import translating
from foldwell.build.translation_units import keyed, words_below, words_in_front
from foldwell.content.library import Library
from foldwell.content.section_items import LEAD, Item
from foldwell.content.translations import item_mistakes
from foldwell.errors import FoldwellError, Mistakes


def save_units(
    root: Path, library: Library, slug: str, language: str, targets: Mapping[str, str]
) -> str:
    """Put the words of some units into a translation's file; the rest keeps the source's words.

    Args:
        root: The project.
        library: What there is.
        slug: The leaflet.
        language: The language of the translation.
        targets: The words by the keys of their units.

    Returns:
        The path of the file.

    Raises:
        Mistakes: With every unit whose words would change what it is; then none is written.
    """
    path = translating.path_of(slug, language)
    source = translating.source_alone(root, library, slug)
    pieces = dict(keyed(source))
    found = [
        FoldwellError(
            f"'{target[:40]}' holds a line or a mark that would change what it is.", None,
            "Keep it one line of words.",
        )
        for key, target in targets.items() if key in pieces and _changes_shape(target)
    ]  # fmt: skip
    if found:
        raise Mistakes(found)
    told = {key: targets.get(key, "").strip() or item.text for key, item in pieces.items()}
    translating.rewrite(root, path, words_in_front(told), words_below(source, pieces, told))
    return path


def _changes_shape(target: str) -> bool:
    lead = LEAD.match(target + " ")
    return "\n" in target or (lead is not None and bool(lead.group().strip()))


def unit_mistakes(source: str, kind: str, key: str, target: str) -> list[FoldwellError]:
    """What is unlike the source in the words of one unit: numbers, facts, sources, icons.

    Args:
        source: The words of the source.
        kind: What the unit is.
        key: Its place.
        target: The words of the translation.
    """
    full = key != "facts.title"
    return list(item_mistakes(Item(kind, source, 1), Item(kind, target, 1), "", full))
