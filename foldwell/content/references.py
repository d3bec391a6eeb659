"""``content/references.json``: the sources that leaflets cite, as CSL-JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from foldwell.content.reading import read_text
from foldwell.errors import FoldwellError, Mistakes, Place

Reference = dict[str, Any]

_KINDS = frozenset(
    "article article-journal article-magazine article-newspaper bill book chapter dataset entry "
    "legislation pamphlet post report thesis webpage".split()
)


def read_references(root: Path, relative: str) -> dict[str, Reference]:
    """The references by id.

    Raises:
        Mistakes: If it is no CSL-JSON list, or with every entry without id, title or kind.
    """
    text = read_text(root, relative, printed=False)
    try:
        entries = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        raise Mistakes(
            [
                FoldwellError(
                    f"This is not readable as JSON ({getattr(error, 'msg', 'nested too deep')}).",
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
    references: dict[str, Reference] = {}
    errors = []
    for number, entry in enumerate(entries, 1):
        if problem := _problem(entry, references):
            name = entry.get("id") if isinstance(entry, dict) else None
            errors.append(
                FoldwellError(
                    f"Reference {number}{f' ({name})' if name else ''} {problem[0]}.",
                    Place(relative),
                    problem[1],
                )
            )
        else:
            references[entry["id"]] = entry
    if errors:
        raise Mistakes(errors)
    return references


def _problem(entry: Any, known: dict[str, Reference]) -> tuple[str, str] | None:
    if not isinstance(entry, dict):
        return "is not an object", "Export the references again as CSL-JSON."
    name = entry.get("id")
    if not isinstance(name, str) or not name.replace("_", "").replace("-", "").isalnum():
        return "has no id of letters, digits, - and _", "Give it one, such as 'smith2022'."
    if name in known:
        return "stands twice", "Keep one of them."
    if entry.get("type") not in _KINDS:
        return (
            f"is of the unknown type {entry.get('type')!r}",
            "Use a CSL type, such as 'webpage'.",
        )
    if not isinstance(entry.get("title"), str) or not entry["title"].strip():
        return "has no title", "Add it."
    if not _shallow(entry) or not _sound_names(entry) or not _sound_date(entry):
        return "holds values that CSL-JSON does not have", "Export it again."
    return None


def _shallow(value: Any, depth: int = 0) -> bool:
    if depth > 5:
        return False
    if isinstance(value, dict):
        return all(_shallow(item, depth + 1) for item in value.values())
    if isinstance(value, list):
        return all(_shallow(item, depth + 1) for item in value)
    return value is None or isinstance(value, str | int | float | bool)


def _sound_names(entry: Reference) -> bool:
    """Whether each list of people holds names as CSL-JSON writes them."""
    for role in ("author", "editor", "translator"):
        people = entry.get(role, [])
        if not isinstance(people, list) or (role in entry and not people):
            return False
        for person in people:
            name = person.get("literal") or person.get("family") if isinstance(person, dict) else 0
            if not isinstance(name, str):
                return False
    return True


def _sound_date(entry: Reference) -> bool:
    """Whether the date, if any, holds a year as a number."""
    if "issued" not in entry:
        return True
    issued = entry["issued"]
    parts = issued.get("date-parts") if isinstance(issued, dict) else None
    return (
        isinstance(parts, list)
        and bool(parts)
        and isinstance(parts[0], list)
        and bool(parts[0])
        and all(isinstance(number, int) for number in parts[0])
    )
