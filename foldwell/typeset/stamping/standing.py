"""Standing pages: pages that were written once, from which others' are told by what differs.

Of a page that is written for another clinic, the words and pictures of its own are drawn, in the
places where those of the pages that stand were drawn; all else in the file is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.pdf.anchors import resolve_links

from foldwell.pdf.raw_objects import RawFile
from foldwell.typeset.stamping.differing import Differing
from foldwell.typeset.stamping.font_words import interned, said_of, tell
from foldwell.typeset.stamping.looks import Look
from foldwell.typeset.stamping.runs import Run, in_its_block, run_of
from foldwell.typeset.stamping.said import alt_of, link_says
from foldwell.typeset.stamping.shapes import Path, Unlike, box_at, changed
from foldwell.typeset.stamping.strokes import Noted, Stroke, parted, redrawn

_PAGE = re.compile(rb"<</Type /Page/.*?/Contents (\d+) 0 R", re.DOTALL)
_FIGURE = re.compile(rb"<</Type /StructElem/S /Figure/K \[(\d+)\]/Pg (\d+) 0 R")


class Standing:
    """Pages that were written, and where everything stands in their file.

    Args:
        document: The engine's document of the pages.
        file: Their file as the engine wrote it, taken apart.
        noted: What was noted meanwhile.

    Raises:
        Unlike: If what is drawn by itself is not what was drawn.
    """

    def __init__(self, document: Any, file: RawFile, noted: Noted) -> None:
        self.document, self.file = document, file
        self._strokes, self.options = noted.strokes, noted.options
        self._order = {id(stroke.box): n for n, stroke in enumerate(noted.strokes)}
        if len(self._order) < len(noted.strokes):
            raise Unlike  # something is drawn twice
        if any(hasattr(font, "letters") for font in noted.fonts.values()):
            raise Unlike  # their glyphs are numbered as they are met
        self._links = [[*page] for page, _ in resolve_links(document.pages)]
        self.link_numbers = [
            link[3].link_annotation.number for page in self._links for link in page
        ]
        streams = {int(m[1]): n for n, said in file.objects.items() if (m := _PAGE.match(said))}
        self._figures = {
            (int(m[2]), int(m[1])): n
            for n, said in file.objects.items() if (m := _FIGURE.match(said))
        }  # fmt: skip
        self._pages = streams
        self._tagged = any(stroke.mark >= 0 for stroke in noted.strokes)
        self._fonts: dict[Any, Any] = {}
        self._told = [self._told_by(stroke) for stroke in noted.strokes]
        if [*self._fonts] != [*noted.fonts]:
            raise Unlike
        self.glyphs = {
            (font.hash, glyph, text)
            for font in noted.fonts.values() for glyph, text in font.to_unicode.items()
        }  # fmt: skip
        """The glyphs that it is set in, with their fonts and words."""
        self._widths = {key: dict(font.widths) for key, font in noted.fonts.items()}
        if len({font.hash for font in self._fonts.values()}) < len(self._fonts):
            raise Unlike
        self.holes: list[int] = []
        """The strokes that others may have in other words."""
        self._paths: dict[Path, int] = {}
        self.static: list[Any] = []
        """What strokes that are no holes tell fonts first: order, font's key, words, widths."""

    def _told_by(self, stroke: Stroke) -> Any:
        """What a run tells fonts that were told nothing before."""
        for font in self._fonts.values():
            font.to_unicode, font.widths = {}, {}
        _, told = redrawn(stroke, stroke.box, self._fonts)
        for font in self._fonts.values():
            font.file_content = interned(font.file_content)
        return told

    # --- holes

    def pairs(self, document: Any) -> dict[Path, tuple[Any, Any]]:
        """The boxes in which other pages differ, by their paths.

        Raises:
            Unlike: If they differ in more than that.
        """
        mine, theirs = self.document, document
        if len(mine.pages) != len(theirs.pages) or vars(mine.metadata) != vars(theirs.metadata):
            raise Unlike
        found: dict[Path, tuple[Any, Any]] = {}
        for number, (page, other) in enumerate(zip(mine.pages, theirs.pages, strict=True)):
            if page.bookmarks != other.bookmarks or page.anchors != other.anchors:
                raise Unlike
            if any(page.forms.values()) or any(other.forms.values()):
                raise Unlike
            if page.bleed != other.bleed or (page.width, page.height) != (
                other.width, other.height,
            ):  # fmt: skip
                raise Unlike
            for path, one, two in changed(page._page_box, other._page_box, (number,)):
                found[path] = one, two
        return found

    def make_holes(self, paths: Iterable[Path]) -> None:
        """Let others have other words at some paths, beside those known before.

        Raises:
            Unlike: If that cannot be.
        """
        for path in paths:
            box = box_at(self.document.pages[path[0]]._page_box, path)
            if id(box) not in self._order:
                raise Unlike
            self._paths[path] = self._order[id(box)]
        self.holes = sorted(set(self._paths.values()))
        inside, first = set(self.holes), dict[Any, tuple[set[int], set[int]]]()
        self.static = []
        for order, told in enumerate(self._told):
            if order in inside:
                continue
            for key, (words, widths) in told.items():
                seen = first.setdefault(key, (set(), set()))
                new = {g: text for g, text in words.items() if g not in seen[0]}
                wide = {g: width for g, width in widths.items() if g not in seen[1]}
                if any(self._widths[key].get(g) != width for g, width in wide.items()):
                    raise Unlike
                seen[0].update(new)
                seen[1].update(wide)
                if new or wide:
                    self.static.append((order, key, new, wide))

    def knows(self, paths: Iterable[Path]) -> bool:
        """Whether there are holes at all of some paths."""
        return self._paths.keys() >= set(paths)

    def bodies(self) -> tuple[dict[int, list[bytes | int]], list[bytes]]:
        """The content streams with holes, and what stands in each of their parts.

        Returns:
            By the number of their objects the operators, with the numbers of parts in their
            places; and the operators that stand in the parts now, which say of what kind each is.
        """
        bodies: dict[int, list[bytes | int]] = {}
        parts: list[bytes] = []
        done: dict[int, int] = {}
        for order in self.holes:
            stroke = self._strokes[order]
            content, number = stroke.stream.stream, stroke.stream.number
            body = bodies.setdefault(number, [])
            body += map(pydyf._to_bytes, content[done.get(number, 0) : stroke.start])
            for fixed, value in parted(content[stroke.start : stroke.end]):
                if fixed is not None:
                    body.append(fixed)
                else:
                    body.append(len(parts))
                    parts.append(value)
            done[number] = stroke.end
        streams = {stroke.stream.number: stroke.stream for stroke in self._strokes}
        for number, body in bodies.items():
            body += map(pydyf._to_bytes, streams[number].stream[done[number] :])
        return bodies, parts

    def figures(self) -> list[int | None]:
        """For each hole the object of the picture in it; None where it holds words."""
        return [self._figure(self._strokes[order]) for order in self.holes]

    def _figure(self, stroke: Stroke) -> int | None:
        if isinstance(stroke.box, boxes.TextBox) or stroke.mark < 0:
            return None
        found = self._figures.get((self._pages.get(stroke.stream.number, -1), stroke.mark))
        if found is None:
            raise Unlike
        return found

    # --- what stands where

    @property
    def fonts(self) -> list[Any]:
        """Its fonts, as the engine has them."""
        return [*self._fonts.values()]

    def mark_of(self, key: Any) -> str:
        """The mark of a font, by the engine's key for it."""
        return str(self._fonts[key].hash)

    def step_at(self, path: Path) -> tuple[int, int]:
        """Which stroke is drawn at a path, and which of the parts of holes is its first.

        Raises:
            Unlike: If there is no hole, or if one for a run of text is not just placed and shown.
        """
        order, at = self._paths.get(path), 0
        for hole in self.holes:
            stroke = self._strokes[hole]
            steps = parted(stroke.stream.stream[stroke.start : stroke.end])
            free = [value.rpartition(b" ")[2] for fixed, value in steps if fixed is None]
            if hole == order:
                if isinstance(stroke.box, boxes.TextBox) and free != [b"Tm", b"TJ"]:
                    raise Unlike
                return hole, at
            at += len(free)
        raise Unlike

    def figure_at(self, path: Path) -> int | None:
        """The object of the picture at a path; None where pages are not tagged."""
        return self._figure(self._strokes[self._paths[path]])

    def look_of(self, path: Path) -> Look:
        """How the run of text at a path looks."""
        stroke = self._strokes[self._paths[path]]
        box, ctm = stroke.box, stroke.ctm.values
        colour, size, weight, _ = run_of(stroke, box)
        return Look(path[0], colour, size, weight, box.position_y, box.height, ctm)

    def link_says(self, page: Any, kind: str, target: Any, place: Any) -> dict[str, bytes]:
        """What a file says of a link, by key."""
        return link_says(page, kind, target, place, tagged=self._tagged)

    # --- what is another's

    def differing(self, document: Any) -> Differing:
        """What of a file of other pages is their own.

        Args:
            document: The engine's document of the pages; what it differs in stands in holes.

        Raises:
            Unlike: If anything else of their file would be another.
        """
        fonts = self._fonts
        for font in fonts.values():
            font.to_unicode, font.widths = {}, {}
        by_order = {order: path for path, order in self._paths.items()}
        steps: list[list[bytes]] = []
        said = self._links_of(document)
        glyphs = set[tuple[str, int, str]]()
        runs: dict[int, list[Run]] = {}
        framed = True
        waiting = iter([*self.static, (len(self._strokes), None, {}, {})])
        told = next(waiting)
        for order in self.holes:
            while told[0] < order:
                tell(fonts, told)
                told = next(waiting)
            stroke, path = self._strokes[order], by_order[order]
            box = box_at(document.pages[path[0]]._page_box, path)
            drawn, said_to = redrawn(stroke, box, fonts)
            if drawn is None or len(fonts) != len(self._widths):
                raise Unlike
            mine = parted(stroke.stream.stream[stroke.start : stroke.end])
            theirs = parted(drawn)
            if [fixed for fixed, _ in mine] != [fixed for fixed, _ in theirs]:
                raise Unlike
            steps += [value.split(b"\n") for fixed, value in theirs if fixed is None]
            if (figure := self._figure(stroke)) is not None:
                said[figure] = {"/Alt": alt_of(stroke.box, box)}
            if isinstance(box, boxes.TextBox):
                framed = framed and in_its_block(document.pages[path[0]]._page_box, path)
                runs.setdefault(path[0], []).append(run_of(stroke, box))
                glyphs |= {
                    (fonts[key].hash, g, text) for key, (words, _) in said_to.items()
                    for g, text in words.items()
                }  # fmt: skip
        while told[0] < len(self._strokes):
            tell(fonts, told)
            told = next(waiting)
        return Differing(
            steps, said, said_of(fonts, self.options), frozenset(glyphs), [*runs.items()], framed
        )

    def _links_of(self, document: Any) -> dict[int, dict[str, bytes]]:
        """What the links of other pages say, by the objects of those in their place."""
        found: dict[int, dict[str, bytes]] = {}
        numbers = iter(self.link_numbers)
        pages = [*resolve_links(document.pages)]
        for page, mine, (theirs, _) in zip(document.pages, self._links, pages, strict=True):
            if len(mine) != len(theirs):
                raise Unlike
            for one, (kind, target, place, _) in zip(mine, theirs, strict=True):
                if kind != one[0] or (kind != "external" and target != one[1]):
                    raise Unlike
                found[next(numbers)] = self.link_says(page, kind, target, place)
        return found
