"""The reviewer's pack as a tagged PDF; what stands in it is given as plain values."""

from __future__ import annotations

from collections.abc import Mapping

from foldwell.typeset import templates
from foldwell.typeset.fonts import isolate
from foldwell.typeset.page_source import PageSource
from foldwell.typeset.scripts import script_fonts


def review_sheet(values: Mapping[str, object]) -> bytes:
    """The PDF.

    Args:
        values: What the template ``parts/review.html`` names.
    """
    isolate()  # before the engine is imported
    from foldwell.typeset.engine import typeset

    text = templates.render("parts/review.html", {}, values)
    styles = templates.style_sheet("css/review.css", {})
    return typeset(PageSource(text, (styles,), (), tagged=True, fonts=script_fonts((text,)))).write(
        tagged=True
    )
