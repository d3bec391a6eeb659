"""The styles of an OpenDocument text, as far as they have a meaning; see ISO/IEC 26300-1, 16."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass, replace

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
OFFICE, TEXT = f"{{{_OASIS}:office:1.0}}", f"{{{_OASIS}:text:1.0}}"
STYLE, TABLE = f"{{{_OASIS}:style:1.0}}", f"{{{_OASIS}:table:1.0}}"
DRAW, FO = f"{{{_OASIS}:drawing:1.0}}", f"{{{_OASIS}:xsl-fo-compatible:1.0}}"
SVG = f"{{{_OASIS}:svg-compatible:1.0}}"
XLINK, DC = "{http://www.w3.org/1999/xlink}", "{http://purl.org/dc/elements/1.1/}"
PASSED = frozenset(
    f"{TEXT}{name}" for name in ("section", "index-body", "ruby", "ruby-base", "meta", "meta-field")
)
UNSEEN = frozenset(
    [f"{TEXT}{name}" for name in ("tracked-changes", "sequence-decls", "soft-page-break",
     "change", "change-start", "change-end", "bookmark", "bookmark-start", "bookmark-end",
     "reference-mark", "reference-mark-start", "reference-mark-end", "ruby-text",
     "variable-decls", "user-field-decls")]
    + [f"{OFFICE}forms", f"{OFFICE}annotation-end"]
)  # fmt: skip
INDEXES = frozenset(
    f"{TEXT}{name}" for name in ("table-of-content", "alphabetical-index", "illustration-index")
)
_KINDS = frozenset(["1", "a", "A", "i", "I"])


@dataclass(frozen=True)
class Look:
    """What a style says, as far as it has a meaning."""

    bold: bool = False
    italic: bool = False
    raised: str = ""
    struck: bool = False
    hidden: bool = False
    title: bool = False
    quoted: bool = False
    caption: bool = False


class Styles:
    """The styles of a document.

    Args:
        roots: The parts that hold some.
    """

    def __init__(self, roots: list[ET.Element]) -> None:
        every = [style for root in roots for style in root.iter(f"{STYLE}style")]
        self._styles = {(s.get(f"{STYLE}family"), s.get(f"{STYLE}name")): s for s in every}
        lists = [one for root in roots for one in root.iter(f"{TEXT}list-style")]
        self.lists = {one.get(f"{STYLE}name", ""): one for one in lists}

    def look(self, family: str, name: str | None, depth: int = 0) -> Look:
        """What a style and those that it is based on say."""
        style = self._styles.get((family, name))
        if style is None or depth > 20:
            return Look()
        look = self.look(family, style.get(f"{STYLE}parent-style-name"), depth + 1)
        called = f"{style.get(f'{STYLE}name')} {style.get(f'{STYLE}display-name', '')}".lower()
        if family == "paragraph":
            words = set(called.replace("_20_", " ").split())
            look = replace(
                look,
                title=look.title or ("title" in words and "subtitle" not in words),
                quoted=look.quoted or bool(words & {"quotations", "quote"}),
                caption=look.caption or bool(words & {"caption", "figure", "illustration"}),
            )
        text = style.find(f"{STYLE}text-properties")
        if text is None:
            return look
        given = text.attrib
        if weight := given.get(f"{FO}font-weight"):
            look = replace(look, bold=weight == "bold" or weight[0] in "6789")
        if slant := given.get(f"{FO}font-style"):
            look = replace(look, italic=slant in ("italic", "oblique"))
        if place := given.get(f"{STYLE}text-position"):
            first = place.split()[0].rstrip("%")
            up = first == "super" or (first.lstrip("-").isdigit() and int(first) > 0)
            down = first == "sub" or first.startswith("-")
            look = replace(look, raised="sup" if up else "sub" if down else "")
        if line := given.get(f"{STYLE}text-line-through-style"):
            look = replace(look, struck=line != "none")
        if shown := given.get(f"{TEXT}display"):
            look = replace(look, hidden=shown == "none")
        return look

    def kind_of_list(self, style: str, level: int) -> tuple[str, int, str]:
        """The kind of a list's marks, its first number, and what else stands in its numbers."""
        shape = self.lists.get(style)
        for own in shape if shape is not None else ():
            if own.get(f"{TEXT}level") != str(level):
                continue
            if own.tag != f"{TEXT}list-level-style-number":
                return "bullet", 1, ""
            form = own.get(f"{STYLE}num-format", "1")
            start = own.get(f"{TEXT}start-value", "1")
            before = own.get(f"{STYLE}num-prefix", "").strip(" (")
            shown = own.get(f"{TEXT}display-levels", "1")
            label = f"{before} {form}" if before else "1.1" if shown not in ("", "1") else ""
            kind = form if form in _KINDS else "1" if form else "bullet"
            return kind, int(start) if start.isdecimal() else 1, label
        return "bullet", 1, ""
