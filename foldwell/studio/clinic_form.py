"""The form of a clinic: its facts as fields, and fields back into its file.

Only what was changed in the form is changed in the file; comments and the order of lines stay.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.util import load_yaml_guess_indent

from foldwell.errors import FoldwellError, Place

ROWS_SPARE = 1
LINES = {
    "name": "Name", "phone": "Main phone", "text_number": "Number for text messages",
    "fax": "Fax", "email": "E-mail", "website": "Website", "map": "Page with a map",
    "feedback": "How patients say what they think", "other_formats": "How to get other formats",
}  # fmt: skip
"""Facts of one line, with their labels."""
CHOICES = {"region": "Region", "nation": "Nation", "brand": "Brand", "cover": "Covers"}
TABLES = {
    "hours": ("days", "time"), "phones": ("label", "phone"), "out_of_hours": ("name", "phone"),
    "facts": ("label", "text"),
}  # fmt: skip
ORDER = ("name", "region", "nation", "brand", "phone", "text_number", "out_of_hours", "phones",
         "address", "hours", "email", "website", "map", "fax", "facts", "feedback",
         "other_formats", "cover", "tags")  # fmt: skip
Values = dict[str, Any]
"""Lines and choices by name; tables as rows of two texts; the address and tags as one text."""


@dataclass(frozen=True)
class Document:
    """A file of YAML that can be changed and written as it was."""

    yaml: YAML
    tree: CommentedMap


def opened(text: str, path: str) -> Document:
    """The file as a tree that keeps comments and order.

    Raises:
        FoldwellError: If it is no mapping.
    """
    try:
        _, indent, offset = load_yaml_guess_indent(text or "{}")
        yaml = YAML()
        yaml.preserve_quotes = True
        yaml.width = 4096
        yaml.indent(mapping=2, sequence=indent or 4, offset=2 if offset is None else offset)
        tree = yaml.load(text) if text.strip() else CommentedMap()
    except YAMLError:
        raise FoldwellError(
            "This file cannot be read as YAML.", Place(path), "Mend it in an editor first."
        ) from None
    tree = CommentedMap() if tree is None else tree
    if not isinstance(tree, CommentedMap):
        raise FoldwellError("This file holds no facts.", Place(path), "Write 'key: value' lines.")
    return Document(yaml, tree)


def values_of(tree: Mapping[str, Any]) -> Values:
    """What the form shows of a file."""
    found: Values = {name: _plain(tree.get(name)) for name in (*LINES, *CHOICES)}
    address = tree.get("address")
    lines = address if isinstance(address, list) else [address]
    found["address"] = "\n".join(map(_plain, lines))
    found["tags"] = ", ".join(map(_plain, tree.get("tags") or []))
    hours = tree.get("hours")
    rows = isinstance(hours, list) and all(isinstance(row, Mapping) for row in hours)
    found["hours"] = _rows(hours, *TABLES["hours"]) if rows else []
    found["hours_text"] = "" if rows else _sentence(hours)
    found["phones"] = _rows(tree.get("phones"), *TABLES["phones"])
    found["out_of_hours"] = _rows([tree.get("out_of_hours") or {}], *TABLES["out_of_hours"])
    found["facts"] = [(str(key), _plain(value)) for key, value in (tree.get("facts") or {}).items()]
    return found


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


def _rows(listed: Any, one: str, other: str) -> list[tuple[str, str]]:
    rows = listed if isinstance(listed, list) else []
    told = [(_plain(row.get(one)), _plain(row.get(other))) for row in rows if hasattr(row, "get")]
    return [row for row in told if any(row)]


def _sentence(hours: Any) -> str:
    if isinstance(hours, Mapping):
        return "; ".join(f"{key} {value}" for key, value in hours.items())
    return "; ".join(map(_plain, hours)) if isinstance(hours, list) else _plain(hours)


def values_from(form: Mapping[str, list[str]]) -> Values:
    """What a form that was filled in says."""

    def one(name: str) -> str:
        return (form.get(name) or [""])[0].replace("\r\n", "\n").strip()

    found: Values = {name: one(name) for name in (*LINES, *CHOICES, "address", "tags")}
    for name in TABLES:
        firsts, seconds = form.get(f"{name}.0", []), form.get(f"{name}.1", [])
        rows = [(a.strip(), b.strip()) for a, b in zip(firsts, seconds, strict=False)]
        found[name] = [row for row in rows if any(row)]
    found["hours_text"] = one("hours_text")
    return found


def filled(text: str, path: str, values: Values) -> tuple[str, list[str]]:
    """The file with what a form says, and the names of the facts that it changes.

    Args:
        text: The file as it stands; empty for a new one.
        path: The file, for messages.
        values: What the form says.
    """
    document = opened(text, path)
    tree, before = document.tree, values_of(document.tree)
    changed: list[str] = []
    for name in ORDER:
        same = values.get(name) == before[name]
        if name == "hours":
            same = same and values["hours_text"] == before["hours_text"]
        if same:
            continue
        changed.append(name)
        written = _written(name, values, tree.get(name))
        if written in (None, "", [], {}):
            tree.pop(name, None)
        elif name in tree:
            tree[name] = written
        else:
            tree.insert(_place(tree, name), name, written)
    if not changed:
        return text, []
    out = io.StringIO()
    document.yaml.dump(tree, out)
    return out.getvalue(), changed


def _place(tree: CommentedMap, name: str) -> int:
    """Where a new fact stands: behind the last one that comes before it in the form."""
    before = set(ORDER[: ORDER.index(name)])
    places = [number for number, key in enumerate(tree) if key in before]
    return max(places) + 1 if places else len(tree)


def _written(name: str, values: Values, present: Any) -> Any:
    value = values[name]
    if name == "address":
        lines = [line.strip() for line in value.split("\n") if line.strip()]
        return CommentedSeq(lines) if len(lines) > 1 else "".join(lines)
    if name == "tags":
        return _flow([tag.strip() for tag in value.split(",") if tag.strip()])
    if name == "hours":
        return _maps(value, TABLES["hours"]) if value else values["hours_text"]
    if name == "phones":
        return _maps(value, TABLES["phones"])
    if name == "facts":
        return CommentedMap(value)
    if name == "out_of_hours":
        kept = present if isinstance(present, CommentedMap) else CommentedMap()
        for key, text in zip(TABLES[name], value[0] if value else ("", ""), strict=True):
            if text:
                kept[key] = text
            else:
                kept.pop(key, None)
        return kept
    return value


def _maps(rows: list[tuple[str, str]], keys: tuple[str, str]) -> CommentedSeq:
    return CommentedSeq(
        CommentedMap((key, text) for key, text in zip(keys, row, strict=True) if text)
        for row in rows
    )


def _flow(items: list[str]) -> CommentedSeq:
    listed = CommentedSeq(items)
    listed.fa.set_flow_style()
    return listed
