"""A Word document made plain before it is read: tracked changes accepted, what is hidden left out.

What a leaflet has no place for (text boxes, formulas, charts …) gives way to a mark, which becomes
a note of the author's at the same place. Numbers that Word counts are written into the words.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator

from mammoth.docx.dingbats import dingbats

from foldwell.importing.brought import Brought
from foldwell.importing.word_numbers import Number, Numbers, W

NOTE = re.compile("\ue012(\\d+)\ue013")
"""A mark for a note, by its number."""
NUMBER = re.compile("^\ue010([1aAiI]):(-?\\d+):([^\ue011]*)\ue011")
"""A mark for the number of an item."""
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_ACCEPTED = frozenset([f"{W}ins", f"{W}moveTo"])
_UNDONE = frozenset([f"{W}del", f"{W}moveFrom", f"{W}rPrChange", f"{W}pPrChange"])
_OPENED = frozenset([f"{W}fldSimple", f"{W}bdo", f"{W}dir", f"{W}smartTag", f"{W}customXml"])
_DEEPER = re.compile(r"list (?:bullet|number) ([2-5])")
"""Styles that stand one level deeper than their list says."""
_SYMBOLS = ("Wingdings", "Wingdings 2", "Wingdings 3", "Webdings", "Symbol")


class Words:
    """Makes the parts of one document plain.

    Args:
        brought: What was left behind is noted here.
        numbers: Counts its lists.
    """

    def __init__(self, brought: Brought, numbers: Numbers) -> None:
        self._brought, self._numbers = brought, numbers
        self.notes: list[str] = []
        self._changes = 0

    def plain(self, root: ET.Element) -> None:
        """Make a part plain, in place."""
        self._children(root)
        for parent in root.iter():
            _join(parent)
        for paragraph in root.iter(f"{W}p"):
            self._count(paragraph)
        if self._changes:
            self._brought.left[
                "A tracked change was accepted: what was put in stays, what was struck out is gone."
            ] += self._changes
        self._changes = 0

    def _children(self, parent: ET.Element) -> None:
        children = [new for child in parent for new in self._made(child)]
        for child in list(parent):
            parent.remove(child)
        parent.extend(children)

    def _made(self, element: ET.Element) -> Iterator[ET.Element]:
        """What stands in place of an element."""
        tag = element.tag
        if tag in _UNDONE:
            self._changes += tag in (f"{W}del", f"{W}moveFrom") and bool(_text(element).strip())
            return
        if tag in _ACCEPTED or tag in _OPENED:
            self._changes += tag in _ACCEPTED and bool(_text(element).strip())
            yield from (new for child in element for new in self._made(child))
            return
        if special := _SPECIAL.get(tag):
            told = special(self, element)
            if told is not None:
                yield from told
                return
        if tag == f"{W}r" and self._left_out(element):
            return
        self._children(element)
        yield element

    def _left_out(self, run: ET.Element) -> bool:
        """Whether a run is not for readers; signs of a symbol font become characters."""
        look = run.find(f"{W}rPr")
        if look is None:
            return False
        words = " ".join(_text(run).split())
        if _is_on(look, "vanish") and words:
            self._brought.leave(f"Hidden words were left out: '{words[:80]}'.")
            return True
        if (_is_on(look, "strike") or _is_on(look, "dstrike")) and words:
            self._brought.leave(f"Words that are struck through were left out: '{words[:80]}'.")
            return True
        underline = look.find(f"{W}u")
        if underline is not None and underline.get(f"{W}val", "none") != "none" and words:
            style = look.find(f"{W}rStyle")
            if style is None or "link" not in style.get(f"{W}val", "").lower():
                self._brought.leave("Underlining was left out; readers take it for a link.")
        fonts = look.find(f"{W}rFonts")
        font = "" if fonts is None else fonts.get(f"{W}ascii", fonts.get(f"{W}hAnsi", ""))
        if font in _SYMBOLS:
            for text in run.iter(f"{W}t"):
                text.text = "".join(_sign(font, c) for c in text.text or "")
        return False

    def _leave(self, what: str, element: ET.Element) -> list[ET.Element]:
        words = " ".join(_text(element).split())
        told = f"{what}: '{words}'" if words else what
        self._brought.leave(f"{told[:200]}{'…' if len(told) > 200 else ''} was left behind.")
        self.notes.append(f"Left behind: {told}")
        run = ET.Element(f"{W}r")
        ET.SubElement(run, f"{W}t").text = f"\ue012{len(self.notes) - 1}\ue013"
        return [run]

    def _alternate(self, element: ET.Element) -> list[ET.Element] | None:
        boxes = list(element.iter(f"{W}txbxContent"))
        if boxes:  # the same words stand in the form for old programs once more
            return self._leave("a text box", boxes[0])
        choice = element.find(f"{_MC}Choice")
        if choice is not None and choice.find(f".//{_A}blip") is not None:
            return [new for child in choice for new in self._made(child)]
        old = element.find(f"{_MC}Fallback")
        return [new for child in (old if old is not None else ()) for new in self._made(child)]

    def _drawing(self, element: ET.Element) -> list[ET.Element] | None:
        boxes = list(element.iter(f"{W}txbxContent"))
        if boxes:
            return self._leave("a text box", boxes[0])
        blip = element.find(f".//{_A}blip")
        if element.tag == f"{W}pict" or (blip is not None and blip.get(f"{_R}embed")):
            return None
        if blip is not None:
            return self._leave("a picture that stands in another file", ET.Element("none"))
        uri = next((d.get("uri", "") for d in element.iter(f"{_A}graphicData")), "")
        kind = "a chart" if "chart" in uri else "a diagram" if "diagram" in uri else "a drawing"
        return self._leave(kind, ET.Element("none"))

    def _contents(self, element: ET.Element) -> list[ET.Element] | None:
        gallery = element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
        if gallery is not None and "contents" in gallery.get(f"{W}val", "").lower():
            self._brought.leave("The table of contents was left out.")
            return []
        if element.find(f"{W}sdtPr/{W}showingPlcHdr") is not None:
            self._brought.leave(f"An empty field was left out: '{_text(element).strip()[:60]}'.")
            return []
        return None

    def _paragraph(self, element: ET.Element) -> list[ET.Element] | None:
        if self._numbers.style_name(element).startswith("toc "):
            self._brought.leave("A line of a table of contents was left out.")
            return []
        return None

    def _row(self, element: ET.Element) -> list[ET.Element] | None:
        if element.find(f"{W}trPr/{W}del") is None:
            return None
        self._changes += 1
        return []

    def _cell(self, element: ET.Element) -> list[ET.Element] | None:
        if element.find(f"{W}tcPr/{W}cellDel") is None:
            return None
        self._changes += 1
        return []

    def _look(self, element: ET.Element) -> list[ET.Element]:
        """Properties stay as they are: a change of the end of a paragraph is marked in them."""
        self._changes += element.find(f"{W}del") is not None
        return [element]

    def _formula(self, element: ET.Element) -> list[ET.Element]:
        return self._leave("a formula", element)

    def _object(self, element: ET.Element) -> list[ET.Element]:
        return self._leave("what another program put in", element)

    def _break(self, element: ET.Element) -> list[ET.Element]:
        return [ET.Element(f"{W}br")]

    def _count(self, paragraph: ET.Element) -> None:
        """Write the number of a paragraph into its words."""
        if not _text(paragraph).strip() and paragraph.find(f".//{_A}blip") is None:
            return  # Word counts empty items too, but nobody sees what they are
        number = self._numbers.of(paragraph)
        if number is None:
            return
        look = paragraph.find(f"{W}pPr")
        if look is None:
            look = ET.Element(f"{W}pPr")
            paragraph.insert(0, look)
        for old in look.findall(f"{W}numPr"):
            look.remove(old)
        heading = self._numbers.style_name(paragraph).startswith(("heading", "title"))
        if number.kind == "bullet" and heading:
            return
        if number.simple and not heading:
            deeper = _DEEPER.fullmatch(self._numbers.style_name(paragraph))
            level = number.level + (int(deeper[1]) - 1 if deeper and not number.level else 0)
            placed = ET.SubElement(look, f"{W}numPr")
            ET.SubElement(placed, f"{W}ilvl", {f"{W}val": str(level)})
            ET.SubElement(placed, f"{W}numId", {f"{W}val": number.list_id})
            if number.kind == "bullet":
                return
        run = ET.Element(f"{W}r")
        ET.SubElement(run, f"{W}t").text = self._marked(number, heading)
        paragraph.insert(list(paragraph).index(look) + 1, run)

    def _marked(self, number: Number, heading: bool) -> str:
        if number.simple and not heading:
            return f"\ue010{number.kind}:{number.value}:{number.list_id}\ue011"
        return f"{number.label} " if number.label else ""


_SPECIAL: dict[str, Callable[[Words, ET.Element], list[ET.Element] | None]] = {
    f"{_MC}AlternateContent": Words._alternate,
    f"{W}drawing": Words._drawing,
    f"{W}pict": Words._drawing,
    f"{W}sdt": Words._contents,
    f"{W}p": Words._paragraph,
    f"{W}tr": Words._row,
    f"{W}tc": Words._cell,
    f"{W}rPr": Words._look,
    f"{_MATH}oMath": Words._formula,
    f"{_MATH}oMathPara": Words._formula,
    f"{W}object": Words._object,
    f"{W}altChunk": Words._object,
    f"{W}cr": Words._break,
}


def _join(parent: ET.Element) -> None:
    """Join each paragraph whose end was struck out to the next one (ISO 29500-1, 17.13.5.15)."""
    for one, following in zip(list(parent), [*parent][1:], strict=False):
        mark = one.find(f"{W}pPr/{W}rPr")
        if one.tag != f"{W}p" or mark is None or mark.find(f"{W}del") is None:
            continue
        if following.tag != f"{W}p":
            continue
        at = 0 if following.find(f"{W}pPr") is None else 1
        following[at:at] = [child for child in one if child.tag != f"{W}pPr"]
        parent.remove(one)
    for paragraph in parent.findall(f"{W}p"):  # mammoth would join to one of another cell
        for mark in paragraph.findall(f"{W}pPr/{W}rPr"):
            for old in mark.findall(f"{W}del"):
                mark.remove(old)


def _text(element: ET.Element) -> str:
    return "".join(
        part.text or ""
        for part in element.iter()
        if part.tag in (f"{W}t", f"{W}delText", f"{_MATH}t")
    )


def _is_on(look: ET.Element, name: str) -> bool:
    found = look.find(f"{W}{name}")
    return found is not None and found.get(f"{W}val", "1") not in ("0", "false", "off")


def _sign(font: str, character: str) -> str:
    code = ord(character)
    code = code - 0xF000 if 0xF000 <= code < 0xF100 else code
    return chr(dingbats.get((font, code), ord(character)))
