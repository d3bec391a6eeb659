"""What changed in a leaflet, for a clinician: words, facts and pages, as one page and as a PDF."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence

from markupsafe import Markup

from foldwell.typeset import look, templates
from foldwell.typeset.desk_sheet import desk_sheet

_NAME = "changes"


def change_page(values: Mapping[str, object], pictures: Sequence[bytes]) -> bytes:
    """The web page, which needs no other file.

    Args:
        values: What the template ``parts/changes.html`` names.
        pictures: PNGs, by their places.
    """
    css = templates.style_sheet(f"css/{_NAME}.css", {})
    sources = [f"data:image/png;base64,{b64encode(png).decode()}" for png in pictures]
    text = templates.render(f"parts/{_NAME}.html", {}, {**values, "css": "", "sources": sources})
    whole = Markup(css + look.web_font_css(text))
    filled = {**values, "css": whole, "sources": sources}
    return templates.render(f"parts/{_NAME}.html", {}, filled).encode()


def change_sheet(values: Mapping[str, object], pictures: Sequence[bytes]) -> bytes:
    """The PDF, on A4 and Letter alike, lying."""
    assets = [(f"page-{n}", png, "image/png") for n, png in enumerate(pictures)]
    sources = [f"asset:{name}" for name, *_ in assets]
    content, _ = desk_sheet(_NAME, {**values, "css": "", "sources": sources}, assets)
    return content
