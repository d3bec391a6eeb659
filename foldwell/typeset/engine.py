"""Typesetting: a page source becomes a PDF with one page a panel. The engine is WeasyPrint.

By construction it opens no file and no network address: the fetcher serves the bytes of the
page source and refuses everything else. Whatever WeasyPrint warns of is an error here,
because it warns when it leaves something out. Here, where it is known how large each picture is
printed, pictures with more dots than print can use are made as coarse as that size needs.
"""

from __future__ import annotations

import copy
import io
import logging
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from cssselect2 import ElementWrapper
from PIL import Image
from weasyprint import CSS, HTML
from weasyprint.formatting_structure import boxes
from weasyprint.images import RasterImage
from weasyprint.urls import FatalURLFetchingError

from foldwell.content.png import PRINT_PPI, ppi_of
from foldwell.errors import FoldwellError, Mistakes
from foldwell.typeset import actual_text, line_ends
from foldwell.typeset.constants import with_constants
from foldwell.typeset.fetching import BASE_URL, Fetcher, refuse, refused
from foldwell.typeset.measures import GUARDED
from foldwell.typeset.overlaps import overlaps
from foldwell.typeset.own_fonts import SHIPPED, fonts_for
from foldwell.typeset.page_source import PageSource
from foldwell.typeset.scripts import spread
from foldwell.typeset.units import PX_PER_MM

actual_text.install()
line_ends.install()
_STYLED = re.compile(r"""style=(?:"[^"]*--[^"]*"|'[^']*--[^']*')""")
"""Variables that an element of a page sets itself; ours set none."""

OWN = frozenset(["room", "closing", "colophon", "block-contact"])
"""Classes of what belongs to no section of the text."""


@dataclass(frozen=True)
class TypesetPage:
    """Facts of one typeset page.

    Attributes:
        name: The CSS name of the page, such as ``inside``; empty where it has none.
        width_mm: Its width.
        height_mm: Its height.
        lines: How many lines of text stand on it, without the foot.
        filled: The share of its height, without margins, down to its last line or box.
        sections: For each second-level heading its words and how many lines stand below it on
            this page, its own among them; lines before the first, and those of sections that may
            not be left out, belong to the empty name.
        over_mm: How far the longest line reaches over the margin of the page.
        notes: Whether the page is one of notes, that fill what the words leave empty.
        overlaps: Pairs of words that are printed over each other.
        goes_on: Whether its first line goes on with what the page before it began.
    """

    name: str
    width_mm: float
    height_mm: float
    lines: int
    filled: float
    sections: tuple[tuple[str, int], ...]
    over_mm: float = 0.0
    notes: bool = False
    overlaps: tuple[tuple[str, str], ...] = ()
    goes_on: bool = False


@dataclass(frozen=True)
class Typeset:
    """A typeset document: its pages, and how to write it, once or more often."""

    pages: tuple[TypesetPage, ...]
    document: Any
    refused: list[str]

    def write(self, *, tagged: bool = False) -> bytes:
        """The PDF.

        Args:
            tagged: Whether it is tagged for screen readers (PDF/UA-1).

        Raises:
            Mistakes: As ``Layout.typeset`` does; drawings are not drawn before.
        """
        out = io.BytesIO()
        try:
            with _no_warnings():
                self.document.write_pdf(out, pdf_variant="pdf/ua-1" if tagged else None)
        except FatalURLFetchingError as error:
            raise Mistakes([refused(str(error))]) from None
        if self.refused:  # SVG drawing swallows the refusal
            raise Mistakes(refused(url) for url in self.refused)
        return out.getvalue()


class Layout:
    """A page source, parsed once, to be laid out in one or more ways."""

    def __init__(self, source: PageSource) -> None:
        self._source = source
        self._styled = "".join(_STYLED.findall(source.html))
        self._fetcher = Fetcher(source)
        with _no_warnings():
            self._html = HTML(string=source.html, base_url=BASE_URL, url_fetcher=self._fetcher)

    @property
    def root(self) -> ET.Element:
        """The tree of the page; whoever changes it takes a copy."""
        root: ET.Element = self._html.etree_element
        return root

    def render(self, root: ET.Element, last_css: str = "") -> Any:
        """Lay a tree out.

        Args:
            root: The tree of the page source, or one made of it.
            last_css: A style sheet after those of the page source.

        Returns:
            The engine's document.

        Raises:
            Mistakes: If the page source names something it does not hold, or if WeasyPrint
                warns that it leaves anything out.
        """
        html = copy.copy(self._html)
        if root is not self.root:
            html.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
            html.etree_element = root
        loaded: dict[str, Any] = {}
        leading = self._source.leading
        further = tuple(spread(text, leading) for text in (*self._source.css, last_css))
        sheets = with_constants(further, self._styled)
        try:
            with _no_warnings():
                document = html.render(
                    stylesheets=[_style_sheet(text) for text in sheets],
                    font_config=fonts_for(self._source.fonts),
                    dpi=PRINT_PPI,
                    cache=loaded,
                )
        except FatalURLFetchingError as error:
            raise Mistakes(
                [refused(url) for url in self._fetcher.refused] or [refused(str(error))]
            ) from None
        for picture in loaded.values():
            if isinstance(picture, RasterImage):  # the option is one for all pictures of a page
                picture._dpi = ppi_of(Image.open(io.BytesIO(picture.image_data.data)))
        return document

    def typeset(self, last_css: str = "", root: ET.Element | None = None) -> Typeset:
        """Lay the pages out, and note their facts.

        Args:
            last_css: A style sheet after those of the page source.
            root: A tree in the place of the page source's own.

        Raises:
            Mistakes: As ``render`` does.
        """
        document = self.render(self.root if root is None else root, last_css)
        pages = tuple(_page(page) for page in document.pages)
        return Typeset(pages, document, self._fetcher.refused)


def typeset(source: PageSource) -> Typeset:
    """Lay the pages of a page source out as it stands.

    Raises:
        Mistakes: As ``Layout.typeset`` does.
    """
    return Layout(source).typeset()


def warm_up() -> None:
    """Lay out and write a few words, so that what is only prepared once is prepared.

    Pango may start threads for it, so it is done in the process that goes on to typeset.
    """
    words = '<html lang="en"><title>Ready</title><p>Ready <b>soon</b><table><td>now</table>'
    typeset(PageSource(words, ("p { margin: 0 }",), (), tagged=True)).write(tagged=True)


@lru_cache(maxsize=256)
def _style_sheet(text: str) -> Any:
    """A parsed style sheet; jobs of one brand or format share it. It may not import others."""
    return CSS(string=text, base_url=BASE_URL, font_config=SHIPPED, url_fetcher=refuse)


def _page(page: Any) -> TypesetPage:
    box = page._page_box
    lines, lowest, over, notes = 0, box.content_box_y(), 0.0, False
    right = box.content_box_x() + box.width
    sections: dict[str, int] = {}
    section, guarded_title = "", False
    begun, goes_on = False, False
    for part in box.children:
        if isinstance(part, boxes.MarginBox):
            continue
        for child in part.descendants():
            if isinstance(child, boxes.BlockBox) and child.element is not None:
                classes = (child.element.get("class") or "").split()
                notes = notes or "spare" in classes
                begun = begun or bool(OWN & {*classes}) or child.element_tag == "h2"
                if "fill-line" in classes:
                    sections[section] = sections.get(section, 0) + 1
                if GUARDED & {*classes}:
                    begun = True
                    # A section that holds such a block is not left out either.
                    sections[""] = sections.get("", 0) + sections.pop(section, 0)
                    section, guarded_title = "", True
                elif child.element_tag == "h2" and guarded_title:
                    guarded_title = False  # the block's own title
                elif child.element_tag == "h2":
                    section = " ".join("".join(child.element.itertext()).split())
            if isinstance(child, boxes.LineBox):
                goes_on = goes_on or (not lines and not begun)
                lines += 1
                sections[section] = sections.get(section, 0) + 1
                over = max(over, child.position_x + child.width - right)
            # A box of boxes may be stretched to the foot of the page; what it holds is not.
            holds_boxes = isinstance(child, boxes.ParentBox) and any(
                not isinstance(inner, boxes.LineBox) for inner in child.children
            )
            if isinstance(child, boxes.BlockBox | boxes.TableCellBox) and not holds_boxes:
                lowest = max(lowest, child.position_y + child.margin_height())
    return TypesetPage(
        box.page_type.name or "",
        page.width / PX_PER_MM,
        page.height / PX_PER_MM,
        lines,
        (lowest - box.content_box_y()) / box.height if box.height else 1.0,
        tuple(sections.items()),
        over / PX_PER_MM,
        notes,
        overlaps(box),
        goes_on,
    )


class _Warnings(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@contextmanager
def _no_warnings() -> Iterator[None]:
    """Raise what WeasyPrint warns of; it warns where it drops or replaces something."""
    logger = logging.getLogger("weasyprint")
    handler = _Warnings()
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
    if handler.messages:
        raise Mistakes(
            FoldwellError(
                f"Typesetting warned: {message[:300].rstrip('.')}.",
                None,
                "Correct the template, style sheet or picture that it names.",
            )
            for message in dict.fromkeys(handler.messages)
        )
