"""``content/references.json``: the sources that leaflets cite, as CSL-JSON."""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from foldwell.carried import Carried, is_true
from foldwell.content.characters import forbidden_character
from foldwell.content.lookalikes import lookalikes
from foldwell.content.reading import read_text
from foldwell.errors import FoldwellError, Mistakes, Place

Reference = dict[str, Any]

_KINDS = frozenset(
    "article article-journal article-magazine article-newspaper bill book chapter dataset entry "
    "legislation pamphlet post report thesis webpage".split()
)
_NAMES = frozenset(
    "author chair collection-editor compiler composer container-author contributor curator "
    "director editor editor-translator editorial-director executive-producer guest host "
    "illustrator interviewer narrator organizer original-author performer producer recipient "
    "reviewed-author script-writer series-creator translator".split()
)
_DATES = frozenset("accessed available-date event-date issued original-date submitted".split())
_TEXTS = frozenset("DOI URL citation-label id language note title type".split())
_LOOSE = frozenset(["categories", "custom"])
"""What CSL-JSON keeps for other programs; it is never printed."""
DEPTH_LIMIT = 5
_MARKER = re.compile(r"\[(@[^\]\[]*)\]")


def read_marker(marker: str) -> list[tuple[str, tuple[str, ...]]]:
    """(id, the only regions that cite it) of each source of a marker's text.

    ``@one; @two in uk; @three in us, ca``: a source without regions is cited in all of them.
    """
    read = []
    for item in marker.split(";"):
        name, _, regions = " ".join(item.split()).removeprefix("@").partition(" in ")
        read.append((name, tuple(r.strip() for r in regions.split(",")) if regions else ()))
    return read


def cited_in(marker: str, region: str) -> list[str]:
    """The ids that a marker's text cites in one region."""
    return [name for name, regions in read_marker(marker) if not regions or region in regions]


def cited_by(text: str, region: str) -> list[str]:
    """The ids that all markers of a text cite in one region."""
    return [name for marker in _MARKER.findall(text) for name in cited_in(marker, region)]


_SOUND = Carried[bool]("references", is_true)


def read_references(root: Path, relative: str) -> dict[str, Reference]:
    """The references by id.

    Raises:
        Mistakes: If it is no CSL-JSON list, or with every entry without id, title or kind.
    """
    text = read_text(root, relative)
    try:
        entries = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        what = "nested too deep" if isinstance(error, RecursionError) else "a number is too long"
        raise Mistakes(
            [
                FoldwellError(
                    f"This is not readable as JSON ({getattr(error, 'msg', what)}).",
                    Place(relative, line),
                    "Export the references again as CSL-JSON.",
                )
            ]
        ) from None
    if not isinstance(entries, list):
        raise Mistakes(
            [
                FoldwellError(
                    "Expected a list of references.",
                    Place(relative, 1),
                    "Export them as CSL-JSON.",
                )
            ]
        )
    digest = hashlib.sha256(text.encode()).hexdigest()
    if _SOUND.answers(digest):
        return {entry["id"]: entry for entry in entries}
    references: dict[str, Reference] = {}
    errors = []
    for number, entry in enumerate(entries, 1):
        if problem := _problem(entry, references):
            name = entry.get("id") if isinstance(entry, dict) else None
            named = f" ({name})" if isinstance(name, str) and name.isprintable() and name else ""
            errors.append(
                FoldwellError(
                    f"Reference {number}{named} {problem[0]}.",
                    Place(relative),
                    problem[1],
                )
            )
        else:
            references[entry["id"]] = entry
    if errors:
        raise Mistakes(errors)
    _SOUND.keep(digest, "", True)
    return references


def _problem(entry: Any, known: dict[str, Reference]) -> tuple[str, str] | None:
    if not isinstance(entry, dict):
        return "is not an object", "Export the references again as CSL-JSON."
    name = entry.get("id")
    if not isinstance(name, str) or not name.replace("_", "").replace("-", "").isalnum():
        return "has no id of letters, digits, - and _", "Give it one, such as 'smith2022'."
    if name in known:
        return "stands twice", "Keep one of them."
    kind = entry.get("type")
    if not isinstance(kind, str) or kind not in _KINDS:
        return f"is of the unknown type {kind!r}", "Use a CSL type, such as 'webpage'."
    if not isinstance(entry.get("title"), str) or not entry["title"].strip():
        return "has no title", "Add it."
    if not all(_is_sound(name, value) for name, value in entry.items()):
        return "holds values that CSL-JSON does not have", "Export it again."
    if found := next(filter(None, map(forbidden_character, _texts(entry))), None):
        return f"holds {found[1]}, which cannot be seen", "Delete that character."
    for text in _texts(entry):
        for _, what, hint in lookalikes(text):
            return f"holds a word that is not what it looks like: {what}", f"{hint}."
    return None


def _is_sound(name: str, value: Any) -> bool:
    """Whether a value is of the kind that CSL-JSON has for its name."""
    if name in _NAMES:
        return isinstance(value, list) and bool(value) and all(map(_is_person, value))
    if name in _DATES:
        return _is_date(value, needs_year=name == "issued")
    if name in _TEXTS:
        return isinstance(value, str)
    return _is_plain(value) or (name in _LOOSE and _is_shallow(value))


def _is_plain(value: Any) -> bool:
    return isinstance(value, str | int) or (isinstance(value, float) and math.isfinite(value))


def _is_shallow(value: Any, depth: int = 1) -> bool:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return depth < DEPTH_LIMIT and all(_is_shallow(item, depth + 1) for item in value)
    return value is None or _is_plain(value)


def _is_person(person: Any) -> bool:
    if not isinstance(person, dict):
        return False
    name = person.get("literal") or person.get("family")
    return isinstance(name, str) and all(isinstance(v, str | bool) for v in person.values())


def _is_date(date: Any, *, needs_year: bool) -> bool:
    """Whether a date holds numbers for year, month and day; two of them are a span."""
    if not isinstance(date, dict) or not all(map(_is_shallow, date.values())):
        return False
    parts = date.get("date-parts")
    if parts is None:
        return not needs_year
    return isinstance(parts, list) and 1 <= len(parts) <= 2 and all(map(_is_day, parts))


def _is_day(numbers: Any) -> bool:
    if not isinstance(numbers, list) or not 1 <= len(numbers) <= 3:
        return False
    if not all(isinstance(number, int) and not isinstance(number, bool) for number in numbers):
        return False
    year, month, day = (*numbers, 1, 1)[:3]
    return bool(abs(year) <= 9999 and 1 <= month <= 12 and 1 <= day <= 31)


def _texts(value: Any) -> Iterator[str]:
    """Every text in an entry, the names of its values among them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, item in value.items():
            yield name
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
