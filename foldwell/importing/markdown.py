"""What was brought as the Markdown of a leaflet, block by block.

Headings start at the second level and skip none; every step keeps its number; pictures stand in
blocks of their own; what was left behind is a note of the author's at its place.
"""

from __future__ import annotations

import re
import textwrap
import xml.etree.ElementTree as ET

from foldwell.importing.brought import BLOCKS, Brought, words_of
from foldwell.importing.inlines import Inlines, line_start
from foldwell.importing.tables import table_rows

WIDTH = 100
LEVELS = ("##", "###", "####")
NO_WORDS = "A picture that nobody has described yet"
"""What stands for a picture until somebody says what it shows."""
_HEADING = re.compile(r"h([1-6])")
_LINK = re.compile(r"\[[^\[\]]*\]\([^()]*\)")


def markdown_of(brought: Brought) -> str:
    """The text of a leaflet below its front matter."""
    return _Writer(brought).text()


class _Writer:
    def __init__(self, brought: Brought) -> None:
        self._brought = brought
        self._inlines = Inlines(brought)
        self._plain = Inlines(brought, plain=True)
        self._open: list[int] = []
        self._footnotes: list[str] = []
        self._waiting: list[str] = []

    def text(self) -> str:
        blocks = self._blocks(self._brought.body)
        return "\n\n".join([*blocks, *self._footnotes]) + "\n"

    def _blocks(self, parent: ET.Element) -> list[str]:
        """The blocks of an element; words that stand in none are a paragraph."""
        blocks: list[str] = []
        loose: list[ET.Element] = []

        def flush() -> None:
            if words := self._inlines.markdown(loose):
                blocks.append(_wrapped(words))
            for piece in loose:
                blocks.extend(self._beside(piece))
            loose.clear()

        if (parent.text or "").strip():
            loose.append(_words(parent.text or ""))
        last = ""
        for child in parent:
            if child.tag in BLOCKS:
                flush()
                if child.tag in ("ul", "ol") and last in ("ul", "ol") and blocks:
                    blocks += self._list(child, after=blocks[-1])
                else:
                    blocks += self._block(child)
                last = child.tag
            else:
                loose.append(_without_tail(child))
            if (child.tail or "").strip() or (child.tail and loose):
                loose.append(_words(child.tail or ""))
        flush()
        return blocks

    def _block(self, element: ET.Element) -> list[str]:
        tag = element.tag
        if _HEADING.fullmatch(tag):
            return self._heading(element, int(tag[1]))
        if tag in ("ul", "ol"):
            return self._list(element)
        if tag == "table":
            return self._table(element)
        if tag == "dl":
            return self._definitions(element)
        if tag == "blockquote":
            inner = "\n\n".join(self._blocks(element))
            if not inner:
                return []
            if "///" in inner:
                return [inner]
            return ["\n".join(f"> {line}".rstrip() for line in inner.split("\n"))]
        if tag == "hr":
            return ["---"]
        if tag == "note":
            return [f"<!-- {words_of(element).replace('--', '‐‐')} -->"]
        if tag == "img":
            return self._beside(element)
        if tag == "footnote":
            words = " ".join(" ".join(self._blocks(element)).split())
            self._footnotes.append(f"[^{element.get('name')}]: {words}")
            return []
        if any(child.tag in BLOCKS and child.tag not in ("img", "note") for child in element):
            return self._blocks(element)
        words = self._inlines.markdown(element)
        own = [_wrapped(words, keep=element.get("class") == "label")] if words else []
        return own + self._beside(element)

    def _beside(self, element: ET.Element) -> list[str]:
        """What stands in words, and in a leaflet stands below them: pictures and notes."""
        found = []
        for inner in element.iter():
            if inner.tag == "img":
                found.append(self._figure(inner))
            elif inner.tag == "note":
                found += self._block(inner)
        return found

    def _figure(self, picture: ET.Element) -> str:
        name, words = picture.get("src", ""), " ".join(picture.get("alt", "").split())
        words = re.sub(r"[\[\]{}<>`*\\]", "", words).strip()
        caption = " ".join(picture.get("caption", "").split())
        told = ""
        if not words or picture.get("class") == "by-program":
            what = "say what it shows" if not words else "see if these words, a program's, are true"
            told = f"<!-- TODO: {name}: {what}. -->\n\n"
            self._brought.leave(
                f"The picture '{name}' has no description yet; a note says so in the file."
                if not words
                else f"The description of '{name}' was made by a program; see if it is true."
            )
        below = (
            f"\n\n{_wrapped(Inlines(self._brought).markdown(_words(caption)))}" if caption else ""
        )
        return f"{told}/// figure\n![{words or NO_WORDS}]({name}){below}\n///"

    def _heading(self, element: ET.Element, level: int) -> list[str]:
        words = " ".join(self._plain.markdown(element).split())
        beside = self._beside(element)
        if not words:
            return beside
        while self._open and self._open[-1] >= level:
            self._open.pop()
        self._open.append(level)
        depth = len(self._open)
        if depth > len(LEVELS):
            self._brought.leave("A heading below the fourth level stands in bold words.")
            return [_wrapped(f"**{words}**"), *beside]
        words = re.sub(r"(#+)$", r"\\\1", words)
        anchor = f" {{#{element.get('anchor')}}}" if element.get("anchor") else ""
        return [f"{LEVELS[depth - 1]} {words}{anchor}", *beside]

    def _list(self, element: ET.Element, after: str = "") -> list[str]:
        """A list; of two behind one another the second has other marks."""
        items = [item for item in element if item.tag == "li" or words_of(item)]
        if not items:
            return []
        start = int(element.get("start", "1"))
        ordered = element.tag == "ol"
        letters = element.get("type", "") if ordered else ""
        self._waiting, outer = [], self._waiting
        rows = []
        for number, item in enumerate(items, start):
            number = int(item.get("value") or number)
            rows.append((number, self._blocks_of_item(item)))
        waiting, self._waiting = self._waiting, outer
        loose = any(len(blocks) > 1 and not _is_list(blocks[1]) for _, blocks in rows)
        bullet = "*" if after.startswith("- ") else "-"
        stop = ")" if re.match(r"\d+\. ", after) else "."
        lines = []
        for number, blocks in rows:
            mark = f"{number}{stop}" if ordered else bullet
            if letters and 1 <= number <= 26:
                mark = f"{_lettered(number, letters)}{stop}"
            indent = " " * (len(mark) + 1)
            text = ("\n\n" if loose else "\n").join(blocks)
            lines.append(f"{mark} " + textwrap.indent(text, indent).lstrip(" "))
        joined = ("\n\n" if loose else "\n").join(lines)
        return [joined, *waiting]

    def _blocks_of_item(self, item: ET.Element) -> list[str]:
        """An item's blocks; what may not stand in a list waits until it ends."""
        blocks = []
        for block in self._blocks(item):
            if block.startswith(("/// ", "<!--", "|", "#")):
                self._waiting.append(block)
                continue
            blocks.append(block)
        return blocks or [" "]

    def _definitions(self, element: ET.Element) -> list[str]:
        blocks: list[str] = []
        beside: list[str] = []
        for child in element:
            if child.tag == "dt":
                blocks.append(" ".join(self._plain.markdown(child).split()))
            elif child.tag == "dd":
                every = self._blocks(child)
                own = [block for block in every if not block.startswith(("/// ", "<!--", "|"))]
                beside += [block for block in every if block not in own]
                text = textwrap.indent("\n\n".join(own), "    ").lstrip(" ")
                if text and blocks:
                    blocks[-1] += f"\n:   {text}"
        return [*blocks, *beside]

    def _table(self, element: ET.Element) -> list[str]:
        beside = [block for cell in element.iter() if cell.tag in ("td", "th")
                  for block in self._beside_of_cell(cell)]  # fmt: skip
        caption = element.find("caption")
        above = (
            [self._inlines.markdown(caption)] if caption is not None and words_of(caption) else []
        )
        return [*above, *table_rows(element, self._inlines, self._brought, self._blocks), *beside]

    def _beside_of_cell(self, cell: ET.Element) -> list[str]:
        return [self._figure(picture) for picture in cell.iter("img")]


def _wrapped(words: str, *, keep: bool = False) -> str:
    """A paragraph in lines that a person can read; where a line ends, Markdown has two spaces."""
    lines = []
    for line in words.split("\n"):
        if not line.strip():
            continue
        line = _LINK.sub(lambda match: match[0].replace(" ", "\ue021"), line)
        pieces = textwrap.wrap(
            line.replace("\u00a0", "\ue020"), WIDTH, break_long_words=False, break_on_hyphens=False
        )
        pieces = [piece.replace("\ue020", "\u00a0").replace("\ue021", " ") for piece in pieces]
        own = [piece if keep and not n else line_start(piece) for n, piece in enumerate(pieces)]
        lines.append("\n".join(own))
    return "  \n".join(lines)


def _words(text: str) -> ET.Element:
    element = ET.Element("span")
    element.text = text
    return element


def _without_tail(element: ET.Element) -> ET.Element:
    copy = ET.Element(element.tag, element.attrib)
    copy.text = element.text
    copy.extend(element)
    return copy


def _is_list(block: str) -> bool:
    return re.match(r"(?:[-*]|\d+[.)]|[a-z]+[.)]) ", block) is not None


def _lettered(number: int, kind: str) -> str:
    if kind in "aA":
        return chr(ord(kind) + number - 1)
    tens = (
        "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx xxi xxii".split()
    )
    letters = tens[number - 1] if number <= len(tens) else str(number)
    return letters.upper() if kind == "I" else letters
