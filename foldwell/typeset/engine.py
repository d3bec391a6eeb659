"""Typesetting: a page source becomes a PDF with one page a panel. The engine is WeasyPrint.

By construction it opens no file and no network address: the fetcher serves the bytes of the
page source and refuses everything else. Whatever WeasyPrint warns of is an error here,
because it warns when it leaves something out.
"""

from __future__ import annotations

import copy
import io
import logging
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

from cssselect2 import ElementWrapper
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from foldwell.errors import FoldwellError, Mistakes, Place
from foldwell.typeset.page_facts import TypesetPage, page_facts
from foldwell.typeset.page_source import PageSource


class _BundledFonts(FontConfiguration):  # type: ignore[misc]
    """The fonts that fontconfig knows; style sheets cannot add to them."""

    def add_font_face(self, *_: object) -> None:
        """Refuse a font of a style sheet's own: it is neither bundled nor checked for glyphs."""
        raise FoldwellError(
            "A style sheet brings a font of its own (@font-face), which is not used.",
            Place("content/templates"),
            "Take the rule out: only the bundled fonts are used.",
        )


_FONTS = _BundledFonts()
_BASE_URL = "asset:/"


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
            raise Mistakes([_refused(str(error))]) from None
        if self.refused:  # SVG drawing swallows the refusal
            raise Mistakes(_refused(url) for url in self.refused)
        return out.getvalue()


class _Assets(URLFetcher):  # type: ignore[misc]
    """Serves the pictures of one page source, and nothing else in the world."""

    def __init__(self, source: PageSource) -> None:
        super().__init__(allowed_protocols=set(), allow_redirects=False, fail_on_errors=True)
        self._assets = {name: (content, kind) for name, content, kind in source.assets}
        self.refused: list[str] = []

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """The bytes behind ``asset:<name>``."""
        name = unquote(url.removeprefix("asset:"))
        if url.startswith("asset:") and name in self._assets:
            content, kind = self._assets[name]
            return URLFetcherResponse(url, content, {"Content-Type": kind})
        self.refused.append(url)
        raise FatalURLFetchingError(url)


class Layout:
    """A page source, parsed once, to be laid out in one or more ways."""

    def __init__(self, source: PageSource) -> None:
        self._source = source
        self._fetcher = _Assets(source)
        with _no_warnings():
            self._html = HTML(string=source.html, base_url=_BASE_URL, url_fetcher=self._fetcher)

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
        try:
            with _no_warnings():
                return html.render(
                    stylesheets=[_style_sheet(text) for text in (*self._source.css, last_css)],
                    font_config=_FONTS,
                )
        except FatalURLFetchingError as error:
            raise Mistakes(
                [_refused(url) for url in self._fetcher.refused] or [_refused(str(error))]
            ) from None

    def typeset(self, last_css: str = "", root: ET.Element | None = None) -> Typeset:
        """Lay the pages out, and note their facts.

        Args:
            last_css: A style sheet after those of the page source.
            root: A tree in the place of the page source's own.

        Raises:
            Mistakes: As ``render`` does.
        """
        document = self.render(self.root if root is None else root, last_css)
        pages = tuple(page_facts(page) for page in document.pages)
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


def _refused(url: str) -> FoldwellError:
    return FoldwellError(
        f"The page asks for '{url[:100]}', which is not part of the leaflet.",
        None,
        "Templates and style sheets may only name pictures of the leaflet and brand.",
    )


def _refuse(url: str, *_: object, **__: object) -> URLFetcherResponse:
    raise FatalURLFetchingError(url)


@lru_cache(maxsize=256)
def _style_sheet(text: str) -> Any:
    """A parsed style sheet; jobs of one brand or format share it. It may not import others."""
    return CSS(string=text, base_url=_BASE_URL, font_config=_FONTS, url_fetcher=_refuse)


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
