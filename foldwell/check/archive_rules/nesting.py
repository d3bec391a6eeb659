"""Which tags may stand in which: tables, lists, tables of contents (ISO 14289-1, 7.2)."""

from __future__ import annotations

from collections.abc import Iterator

from foldwell.check.archived import Archived, Breach

_WITHIN = {
    "TR": ("Table", "THead", "TBody", "TFoot"),
    "THead": ("Table",),
    "TBody": ("Table",),
    "TFoot": ("Table",),
    "TH": ("TR",),
    "TD": ("TR",),
    "LI": ("L",),
    "LBody": ("LI",),
    "TOCI": ("TOC",),
}
"""What each tag must stand in."""
_HOLDS = {
    "Table": ("TR", "THead", "TBody", "TFoot", "Caption"),
    "TR": ("TH", "TD"),
    "THead": ("TR",),
    "TBody": ("TR",),
    "TFoot": ("TR",),
    "L": ("L", "LI", "Caption"),
    "LI": ("Lbl", "LBody"),
    "TOC": ("TOC", "TOCI", "Caption"),
    "TOCI": ("Lbl", "Reference", "NonStruct", "P", "TOC"),
}
"""What each tag may hold."""


def breaches(file: Archived) -> Iterator[Breach]:
    """Tags that stand where they may not."""
    for tag in file.tags:
        page, name = file.page_of(tag), tag.kind
        holder = tag.parent.kind if tag.parent else "the root"
        loose_body = name == "LBody" and holder == "L"  # left to readers, as Lbl in L is
        if name in _WITHIN and holder not in _WITHIN[name] and not loose_body:
            yield Breach("7.2", f"The tag {name} stands in {holder}.", page)
        if name not in _HOLDS:
            continue
        within = [kid.kind for kid in tag.kids]
        for kid in dict.fromkeys(within):
            loose = name == "L" and kid in ("Lbl", "LBody")
            if kid not in _HOLDS[name] and not loose:
                yield Breach("7.2", f"The tag {name} holds {kid}.", page)
        captions = [index for index, kid in enumerate(within) if kid == "Caption"]
        ends = (0, len(within) - 1) if name == "Table" else (0,)
        if len(captions) > 1 or any(index not in ends for index in captions):
            yield Breach("7.2", f"A caption of {name} is not where it is looked for.", page)
        if name == "Table":
            for message in _parts(within):
                yield Breach("7.2", message, page)


def _parts(within: list[str]) -> Iterator[str]:
    for part in ("THead", "TFoot"):
        if within.count(part) > 1:
            yield f"A table has more than one {part}."
        if part in within and "TBody" not in within:
            yield f"A table has {part} and no TBody."
