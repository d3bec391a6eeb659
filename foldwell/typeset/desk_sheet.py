"""Papers for a desk as tagged PDFs: the reviewer's pack, the sheet for readers, compared pages.

What stands in them is given as plain values; each has a template and a style sheet of its name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from foldwell.typeset import templates
from foldwell.typeset.fonts import isolate
from foldwell.typeset.page_source import PageSource
from foldwell.typeset.scripts import script_fonts


def desk_sheet(
    name: str, values: Mapping[str, object], assets: Iterable[tuple[str, bytes, str]] = ()
) -> tuple[bytes, int]:
    """The PDF, and how many pages it has.

    Args:
        name: Of the template ``parts/<name>.html`` and the style sheet ``css/<name>.css``.
        values: What the template names.
        assets: (name, content, media type) of pictures, which it shows as ``asset:<name>``.
    """
    isolate()  # before the engine is imported
    from foldwell.typeset.engine import typeset

    text = templates.render(f"parts/{name}.html", {}, values)
    styles = templates.style_sheet(f"css/{name}.css", {})
    fonts = script_fonts((text,))
    laid = typeset(PageSource(text, (styles,), tuple(assets), tagged=True, fonts=fonts))
    return laid.write(tagged=True), len(laid.document.pages)
