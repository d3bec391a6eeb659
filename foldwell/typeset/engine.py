"""Typesetting: a page source becomes a PDF with one page a panel. The engine is WeasyPrint.

By construction it opens no file and no network address: the fetcher serves the bytes of the
page source and refuses everything else. Whatever WeasyPrint warns of is an error here,
because it warns when it leaves something out. Here, where it is known how large each picture is
printed, pictures with more dots than print can use are made as coarse as that size needs.
"""

from __future__ import annotations

import copy
import functools
import io
import logging
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from cssselect2 import ElementWrapper
from PIL import Image
from weasyprint import CSS, DEFAULT_OPTIONS
from weasyprint.images import RasterImage, get_image_from_uri
from weasyprint.urls import FatalURLFetchingError

from foldwell.content.png import PRINT_PPI, ppi_of
from foldwell.errors import FoldwellError, Mistakes
from foldwell.typeset import (
    actual_text,
    drawn_again,
    line_ends,
    tag_languages,
    tag_pieces,
    text_again,
    whole_letters,
)
from foldwell.typeset.constants import with_constants
from foldwell.typeset.fetching import BASE_URL, Fetcher, refuse, refused
from foldwell.typeset.own_fonts import SHIPPED, fonts_for
from foldwell.typeset.page_facts import TypesetPage, page_facts
from foldwell.typeset.page_source import PageSource
from foldwell.typeset.parsed_again import parsed
from foldwell.typeset.scripts import spread
from foldwell.typeset.stamping import is_on, slots, strokes
from foldwell.typeset.stamping.asked import Asked
from foldwell.typeset.stamping.masters import MASTERS, Master, Stamped
from foldwell.typeset.stamping.slots import recording
from foldwell.typeset.variable import static_lines

actual_text.install()
line_ends.install()
tag_languages.install()
tag_pieces.install()
slots.install()
drawn_again.install()
text_again.install()
whole_letters.install()
strokes.install()
static_lines.install()
OPTIONS = {"dpi": PRINT_PPI}
"""The engine's options."""
_STYLED = re.compile(r"""style=(?:"[^"]*--[^"]*"|'[^']*--[^']*')""")
"""Variables that an element of a page sets itself; ours set none."""


@dataclass(frozen=True)
class Typeset:
    """A typeset document: its pages, and how to write it, once or more often.

    Attributes:
        pages: Facts of its pages.
        document: The engine's document.
        refused: What it asked for and was refused.
        how: Whether it was stamped, or why not, for people; empty where nobody asked.
        master: The pages that it was stamped from, or that others can be stamped from.
    """

    pages: tuple[TypesetPage, ...]
    document: Any
    refused: list[str]
    how: str = ""
    master: Master | None = None

    def write(self, *, tagged: bool = False, packed: bool = True) -> bytes:
        """The PDF.

        Args:
            tagged: Whether it is tagged for screen readers (PDF/UA-1).
            packed: Whether it is compressed; what is taken apart again need not be.

        Raises:
            Mistakes: As ``Layout.typeset`` does; drawings are not drawn before.
        """
        out = io.BytesIO()
        try:
            with without_warnings():
                variant = "pdf/ua-1" if tagged else None
                self.document.write_pdf(out, pdf_variant=variant, uncompressed_pdf=not packed)
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
        with without_warnings():
            self._html = parsed(source.html, self._fetcher)

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
        return self._render(root, last_css, {})

    def _render(self, root: ET.Element, last_css: str, loaded: dict[str, Any]) -> Any:
        """Lay a tree out; its pictures are put into ``loaded``, by address."""
        html = copy.copy(self._html)
        if root is not self.root:
            html.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
            html.etree_element = root
        leading = self._source.leading
        further = tuple(spread(text, leading) for text in (*self._source.css, last_css))
        sheets = with_constants(further, self._styled)
        try:
            with without_warnings():
                document = html.render(
                    stylesheets=[_style_sheet(text) for text in sheets],
                    font_config=fonts_for(self._source.fonts),
                    cache=loaded,
                    **OPTIONS,
                )
        except FatalURLFetchingError as error:
            raise Mistakes(
                [refused(url) for url in self._fetcher.refused] or [refused(str(error))]
            ) from None
        _coarsen(loaded)
        return document

    def pictures(self, context: Any) -> Any:
        """What gives the pictures of the page source to the engine."""
        options = {**DEFAULT_OPTIONS, **OPTIONS}
        get = functools.partial(get_image_from_uri, {}, self._fetcher, options)
        return functools.partial(get, context=context)

    def stamp(self, last_css: str, root: ET.Element) -> Typeset:
        """Lay the pages out as ``typeset`` does, from those of other pages where that can be.

        Args:
            last_css: A style sheet after those of the page source.
            root: A tree in the place of the page source's own; it is kept.

        Raises:
            Mistakes: As ``render`` does.
        """
        asked = Asked(
            self._source, root, last_css, self._styled, self._html, self._fetcher, OPTIONS
        )
        if not is_on():
            return self.typeset(last_css, root)
        try:
            with without_warnings():
                stamped = MASTERS.find(asked)
        except FatalURLFetchingError as error:
            raise Mistakes([refused(str(error))]) from None
        if isinstance(stamped, Stamped):
            document, how, master = stamped.document, stamped.how, stamped.master
            _coarsen(stamped.loaded)
        else:
            loaded: dict[str, Any] = {}
            with recording() as recorder:
                document = self._render(root, last_css, loaded)
            master = Master(asked, document, recorder, loaded)
            MASTERS.keep(master)
            how = f"typeset as a whole: {stamped}"
        facts = tuple(map(page_facts, document.pages))
        return Typeset(facts, document, self._fetcher.refused, how, master)

    def typeset(self, last_css: str = "", root: ET.Element | None = None) -> Typeset:
        """Lay the pages out, and note their facts.

        Args:
            last_css: A style sheet after those of the page source.
            root: A tree in the place of the page source's own.

        Raises:
            Mistakes: As ``render`` does.
        """
        document = self.render(self.root if root is None else root, last_css)
        pages = tuple(map(page_facts, document.pages))
        return Typeset(pages, document, self._fetcher.refused)


def _coarsen(loaded: dict[str, Any]) -> None:
    """Let each picture be drawn as coarse as its kind needs; the option is one for all of them."""
    for picture in loaded.values():
        if isinstance(picture, RasterImage):
            picture._dpi = ppi_of(Image.open(io.BytesIO(picture.image_data.data)))


def typeset(source: PageSource) -> Typeset:
    """Lay the pages of a page source out as it stands.

    Raises:
        Mistakes: As ``Layout.typeset`` does.
    """
    return Layout(source).typeset()


def typeset_again(source: PageSource) -> Typeset:
    """The same, from pages like it that were laid out before, where that can be.

    Raises:
        Mistakes: As ``Layout.typeset`` does.
    """
    layout = Layout(source)
    return layout.stamp("", layout.root)


def warm_up() -> None:
    """Lay out and write a few words, so that what is only prepared once is prepared.

    Pango may start threads for it, so it is done in the process that goes on to typeset.
    """
    words = '<html lang="en"><title>Ready</title><p>Ready <b>soon</b><table><td>now</table>'
    typeset(PageSource(words, ("p { margin: 0 }",), (), tagged=True)).write(tagged=True)


@functools.lru_cache(maxsize=256)
def _style_sheet(text: str) -> Any:
    """A parsed style sheet; jobs of one brand or format share it. It may not import others."""
    return CSS(string=text, base_url=BASE_URL, font_config=SHIPPED, url_fetcher=refuse)


class _Warnings(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@contextmanager
def without_warnings() -> Iterator[None]:
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
