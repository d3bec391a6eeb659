"""The form of a clinic: its facts as fields, and fields back into its file.

Only what was changed in the form is changed in the file; comments and the order of lines stay.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from foldwell.studio.yaml_document import (
    opened,
    put_behind,
    rename,
    set_row,
    set_rows,
    take_away,
    written,
)

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
        value = _value(name, values, tree.get(name))
        if value in (None, "", [], {}):
            take_away(tree, name)
        elif name in tree:
            if value is not tree[name]:
                tree[name] = value
        else:
            put_behind(tree, _place(tree, name), name, value)
    return (document.text, changed) if changed else (text, [])


def _place(tree: CommentedMap, name: str) -> int:
    """Where a new fact stands: behind the last one that comes before it in the form."""
    before = set(ORDER[: ORDER.index(name)])
    places = [number for number, key in enumerate(tree) if key in before]
    return max(places) + 1 if places else len(tree)


def _value(name: str, values: Values, present: Any) -> Any:
    """What a fact becomes, nothing if it goes; what is there already is changed in its place."""
    value = values[name]
    if not value and name in ("address", "tags", "facts"):
        return None
    if name == "address":
        return _listed([line.strip() for line in value.split("\n") if line.strip()], present)
    if name == "tags":
        return _tags([tag.strip() for tag in value.split(",") if tag.strip()], present)
    if name == "hours" and not value:
        return written(values["hours_text"])
    if name == "phones" and not value and len(_rows(present, *TABLES[name])) == len(present):
        return None
    if name in ("hours", "phones"):
        rows = present if isinstance(present, CommentedSeq) else CommentedSeq()
        set_rows(rows, TABLES[name], value)
        return rows
    if name == "facts":
        return _facts(value, present)
    if name == "out_of_hours":
        row = present if isinstance(present, CommentedMap) else CommentedMap()
        set_row(row, TABLES[name], value[0] if value else ("", ""))
        return row
    return written(value)


def _listed(lines: list[str], present: Any) -> Any:
    if not isinstance(present, CommentedSeq) and len(lines) < 2:
        return written("".join(lines))
    listed = present if isinstance(present, CommentedSeq) else CommentedSeq()
    _set_items(listed, lines)
    return listed


def _tags(tags: list[str], present: Any) -> CommentedSeq:
    if isinstance(present, CommentedSeq):
        _set_items(present, tags)
        return present
    listed = CommentedSeq(map(written, tags))
    listed.fa.set_flow_style()
    return listed


def _set_items(listed: CommentedSeq, texts: list[str]) -> None:
    """Let a list say some texts; each that is in its place already stays itself."""
    for number in range(len(listed) - 1, len(texts) - 1, -1):
        take_away(listed, number)
    for number, text in enumerate(texts):
        if number == len(listed):
            listed.append(written(text))
        elif _plain(listed[number]) != text:
            listed[number] = written(text)


def _facts(rows: list[tuple[str, str]], present: Any) -> CommentedMap:
    """Facts by their labels; a label that was changed in its place keeps its comment."""
    facts = present if isinstance(present, CommentedMap) else CommentedMap()
    labels, before = [label for label, _ in rows], [str(label) for label in facts]
    renamed = dict(zip(before, labels, strict=True)) if len(before) == len(labels) else {}
    for label in list(facts):
        new = renamed.get(str(label), "")
        if str(label) in labels:
            continue
        if new and new not in before:
            rename(facts, label, written(new))
        else:
            take_away(facts, label)
    own = {str(label): label for label in facts}
    for number, (label, text) in enumerate(rows):
        if label not in own:
            own[label] = written(label)
            put_behind(facts, min(number, len(facts)), own[label], written(text))
        elif _plain(facts[own[label]]) != text:
            facts[own[label]] = written(text)
    return facts
