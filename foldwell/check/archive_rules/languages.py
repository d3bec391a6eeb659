"""Languages: each text says, or inherits, the one it is in (ISO 14289-1, 7.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pikepdf import Dictionary, String

from foldwell.check.archived import Archived, Breach
from foldwell.check.marked import Mark

# RFC 3066: the form that PDF 1.7 asks for (ISO 32000-1, 14.9.2), which BCP 47 tags have too.
_FORM = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")


def breaches(file: Archived) -> Iterator[Breach]:
    """Texts without a language, and languages that are none."""
    if said := [one for one in _named(file) if one and not _FORM.fullmatch(one)]:
        yield Breach("7.2", f"'{said[0]}' is no code of a language.")
    if file.language:
        return
    yield from (Breach("7.2", message) for message in _untold(file))
    for tag in file.tags:
        for key in ("/ActualText", "/Alt", "/E"):
            if tag.text(key) is not None and not tag.language:
                message = f"Nothing says in which language {key[1:]} of a {tag.kind} is."
                yield Breach("7.2", message, file.page_of(tag))
    for item in file.shown:
        if item.font is None or (item.mark is not None and item.mark.artifact):
            continue
        holder = file.tag_of(item.mark, item.page_key)
        if not _said_around(item.mark) and not (holder and holder.language):
            yield Breach("7.2", "Nothing says in which language text is.", item.page)
    for mark in file.marks:
        if mark.name == "Artifact":
            continue
        holder = file.tag_of(mark, mark.holder)
        if not _said_around(mark) and not (holder and holder.language):
            for key in ("/ActualText", "/Alt", "/E"):
                if mark.properties is not None and key in mark.properties:
                    yield Breach("7.2", f"Nothing says in which language {key[1:]} is.")


def _chain(mark: Mark | None) -> Iterator[Mark]:
    return mark.chain() if mark else iter(())


def _said_around(mark: Mark | None) -> bool:
    return any(m.properties is not None and m.properties.get("/Lang") for m in _chain(mark))


def _named(file: Archived) -> Iterator[str]:
    yield file.language
    for tag in file.tags:
        yield tag.text("/Lang") or ""
    for mark in file.marks:
        value: Any = None if mark.properties is None else mark.properties.get("/Lang")
        yield "" if value is None or not isinstance(value, String) else str(value)


def _untold(file: Archived) -> Iterator[str]:
    root = file.pdf.Root
    outlines = root.get("/Outlines")
    if isinstance(outlines, Dictionary) and "/First" in outlines:
        yield "Nothing says in which language the bookmarks are."
    titles = file.xmp.titles
    if titles and not any(name and name != "x-default" for name in titles):
        yield "Nothing says in which language the title is."
    for _, item in file.annotations():
        holder = file.tree.holding.get(item.objgen) if file.tree else None
        if (str(item.get("/Contents", "")) or str(item.get("/TU", ""))) and not (
            holder and holder.language
        ):
            yield "Nothing says in which language the words of an annotation are."
