"""Annotations, links and form fields: tagged, described, in reading order (ISO 14289-1, 7.18)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pikepdf import Dictionary

from foldwell.check.archived import Archived, Breach

_TAGS = {"/Widget": ("Form", "7.18.4"), "/Link": ("Link", "7.18.5")}


def breaches(file: Archived) -> Iterator[Breach]:
    """Annotations out of their tags, without words, or read in no order."""
    for number, page in enumerate(file.pdf.pages, 1):
        if len(page.obj.get("/Annots", ())) and str(page.obj.get("/Tabs", "")) != "/S":
            yield Breach("7.18.3", "Links and fields are not read in the order of tags.", number)
    for number, item in file.annotations():
        kind = str(item.get("/Subtype", ""))
        if kind in ("/Popup", "/PrinterMark"):
            if kind == "/PrinterMark" and file.tree and item.objgen in file.tree.holding:
                yield Breach("7.18.8", "A printer's mark is tagged.", number)
            continue
        if kind == "/TrapNet":
            yield Breach("7.18.2", "The file holds a trap network.", number)
            continue
        if _outside(file, number, item):
            continue
        tag = file.tree.holding.get(item.objgen) if file.tree else None
        wanted, clause = _TAGS.get(kind, ("Annot", "7.18.1"))
        if tag is None or tag.kind != wanted:
            held = f"in {tag.kind}" if tag else "in no tag"
            message = f"The annotation {kind[1:]} stands {held}, not in {wanted}."
            yield Breach(clause, message, number)
        yield from (Breach(c, m, number) for c, m in _words(kind, item, tag))


def _outside(file: Archived, number: int, item: Any) -> bool:
    """Whether an annotation lies wholly outside what is shown of its page."""
    from foldwell.pdf.boxes import page_box, upright
    from foldwell.pdf.plane import common

    page = file.pdf.pages[number - 1].obj
    crop, box = page_box(page, "/CropBox", 1) or page_box(page, "/MediaBox", 1), upright(
        item.get("/Rect")
    )  # fmt: skip
    return crop is not None and box is not None and common(crop, box) is None


def _words(kind: str, item: Any, tag: Any) -> Iterator[tuple[str, str]]:
    """What is missing of the words of an annotation."""
    alt = tag.text("/Alt") if tag is not None else None
    if kind == "/Widget":
        field = item
        while isinstance(field, Dictionary) and "/TU" not in field and "/Parent" in field:
            field = field.Parent
        if not str(field.get("/TU", "")) and not alt:
            yield "7.18.1", "A form field has no name for people (TU)."
    elif not str(item.get("/Contents", "")) and not alt:
        clause = "7.18.5" if kind == "/Link" else "7.18.1"
        yield clause, f"The annotation {kind[1:]} has no words for it (Contents)."
    action = item.get("/A")
    clip = action.get("/R", Dictionary()).get("/C") if isinstance(action, Dictionary) and str(
        action.get("/S", "")
    ) == "/Rendition" else None  # fmt: skip
    if isinstance(clip, Dictionary) and ("/CT" not in clip or "/Alt" not in clip):
        yield "7.18.6", "A media clip lacks its kind or its words (CT and Alt)."
