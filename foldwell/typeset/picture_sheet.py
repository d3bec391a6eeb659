"""Sheets of pictures: rows of them with words, as one web page and as one PDF."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass

from markupsafe import Markup

from foldwell.typeset import look, templates
from foldwell.typeset.fonts import isolate
from foldwell.typeset.page_source import PageSource
from foldwell.typeset.scripts import script_fonts


@dataclass(frozen=True)
class Picture:
    """One picture.

    Attributes:
        content: Its bytes.
        media_type: What they are, such as ``image/png``.
        size_mm: How large it is shown: width and height.
        alt: What it shows, in words; empty where its caption says so.
        caption: Stands under it.
    """

    content: bytes
    media_type: str
    size_mm: tuple[float, float]
    alt: str = ""
    caption: str = ""


@dataclass(frozen=True)
class Row:
    """Some pictures that belong together.

    Attributes:
        title: What they are.
        note: More about them.
        pictures: In their order.
        href: Where the title leads on the web page.
    """

    title: str
    note: str
    pictures: tuple[Picture, ...]
    href: str = ""


@dataclass(frozen=True)
class Section:
    """Rows under a heading."""

    title: str
    rows: tuple[Row, ...]


def picture_sheet(title: str, lead: str, sections: tuple[Section, ...]) -> tuple[bytes, bytes]:
    """The web page and the PDF, which is tagged.

    Args:
        title: Of the whole.
        lead: Stands under it.
        sections: What is shown.
    """
    isolate()  # before the engine is imported
    from foldwell.typeset.engine import typeset

    pictures = [picture for part in sections for row in part.rows for picture in row.pictures]
    names = {id(picture): f"picture-{number}" for number, picture in enumerate(pictures)}
    assets = tuple((names[id(each)], each.content, each.media_type) for each in pictures)
    styles = templates.style_sheet("css/picture-sheet.css", {})
    values = {"title": title, "lead": lead, "sections": sections}

    def filled(css: str, source: object) -> str:
        more = {"css": Markup(css), "source": source}
        return templates.render("parts/picture-sheet.html", {}, {**values, **more})

    text = filled("", lambda picture: f"asset:{names[id(picture)]}")
    pdf = typeset(
        PageSource(text, (styles,), assets, tagged=True, fonts=script_fonts((text,)))
    ).write(tagged=True)
    return filled(styles + look.web_font_css(text), _inline).encode(), pdf


def _inline(picture: Picture) -> str:
    return f"data:{picture.media_type};base64,{b64encode(picture.content).decode()}"
