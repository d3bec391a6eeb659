"""Annotations that are printed as they are seen (6.3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pikepdf import Array, Dictionary, Stream

from foldwell.check.archived import Archived, Breach

_ALLOWED = frozenset(
    "/Text /Link /FreeText /Line /Square /Circle /Polygon /PolyLine /Highlight /Underline /Squiggly"
    " /StrikeOut /Stamp /Caret /Ink /Popup /FileAttachment /Widget /PrinterMark /TrapNet /Watermark"
    " /Redact".split()
)
_INVISIBLE, _HIDDEN, _PRINT, _NO_VIEW, _TOGGLE, _NO_ZOOM, _NO_ROTATE = 1, 2, 4, 32, 256, 8, 16


def breaches(file: Archived) -> Iterator[Breach]:
    """Annotations of a kind, with flags or without a look that are not kept."""
    for number, page in enumerate(file.pdf.pages, 1):
        for item in page.obj.get("/Annots", ()):
            if isinstance(item, Dictionary):
                yield from (Breach(clause, message, number) for clause, message in _of(item))


def _of(item: Any) -> Iterator[tuple[str, str]]:
    kind = str(item.get("/Subtype", ""))
    if kind not in _ALLOWED:
        yield "6.3.1", f"An annotation is of a kind that is not kept ({kind[1:] or 'none'})."
    if kind != "/Popup":
        flags = int(item.get("/F", 0)) if "/F" in item else 0
        if not flags & _PRINT or flags & (_INVISIBLE | _HIDDEN | _NO_VIEW | _TOGGLE):
            yield "6.3.2", f"The annotation {kind[1:]} is not printed as it is seen (F)."
        elif kind == "/Text" and flags & (_NO_ZOOM | _NO_ROTATE) != _NO_ZOOM | _NO_ROTATE:
            yield "6.3.2", "A note changes with the zoom (F)."
    yield from _look(item, kind)


def _look(item: Any, kind: str) -> Iterator[tuple[str, str]]:
    looks = item.get("/AP")
    box = item.get("/Rect")
    corners = [float(value) for value in box] if isinstance(box, Array) and len(box) == 4 else []
    empty = bool(corners) and corners[0] == corners[2] and corners[1] == corners[3]
    if not isinstance(looks, Dictionary):
        if kind not in ("/Popup", "/Link") and not empty:
            yield "6.3.3", f"The annotation {kind[1:]} has no look of its own (AP)."
        return
    if {*looks.keys()} != {"/N"}:
        yield "6.3.3", f"The annotation {kind[1:]} looks otherwise when it is touched (AP)."
    normal = looks.get("/N")
    is_button = kind == "/Widget" and str(_inherited(item, "/FT")) == "/Btn"
    if normal is not None and isinstance(normal, Stream) == is_button:
        yield "6.3.3", f"The look of the annotation {kind[1:]} is not of its kind (AP)."


def _inherited(item: Any, key: str) -> Any:
    """A key of a field, or of one that it is part of."""
    for _ in range(16):
        if key in item:
            return item[key]
        parent = item.get("/Parent")
        if not isinstance(parent, Dictionary):
            break
        item = parent
    return ""
