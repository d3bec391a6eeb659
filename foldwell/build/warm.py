"""What a typesetter needs, loaded and used once, before workers are copied from it."""

from __future__ import annotations

import ctypes.util
import gc
import sys

from foldwell.typeset.fonts import isolate

# Importing and laying out make many objects that live on: looking through them again and again
# for cycles costs a tenth of the time, so the collector pauses, and later comes seldom.
gc.disable()
isolate()  # before WeasyPrint is imported

# WeasyPrint asks for each of its libraries by names of other systems first, and for every one
# that fails the loader asks ldconfig, gcc and ld: a fifth of a second. On Linux the name that
# counts is found by the loader itself.
_search = ctypes.util.find_library
if sys.platform == "linux":
    ctypes.util.find_library = lambda name: None

import foldwell.build.make  # noqa: E402, F401

ctypes.util.find_library = _search

from foldwell.check.finished import check_words  # noqa: E402
from foldwell.press.finishing import finish_screen, read_srgb_profile  # noqa: E402
from foldwell.shipped import templates_folder  # noqa: E402
from foldwell.typeset.engine import style_sheet, typeset  # noqa: E402
from foldwell.typeset.page_source import PageSource  # noqa: E402

_SAMPLE = """<!doctype html><html lang="en"><head><title>Sample</title></head><body>
<h1>A page</h1><h2>That nobody sees</h2><p>It <b>uses</b> <em>once</em> what every
<a href="#end">leaflet</a> uses:</p><ul><li>fonts</li><li>lists</li></ul>
<table><tr><th scope="col">and</th></tr><tr><td>tables</td></tr></table>
<div style="columns: 2"><p>Words in columns.</p></div><div style="display: grid"><p>Grids.</p></div>
<div style="display: flex"><img src="asset:dot.svg" alt="A dot"></div><p id="end">The end.</p>
</body></html>"""
_CSS = "body { font: 12pt/16pt 'Atkinson Hyperlegible Next' } @page { @top-left { content: 'A' } }"
_DOT = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h7v7z"/></svg>'


def _try_once() -> None:
    """Typeset a sample, so that what is read, parsed or declared at first use is there already."""
    for sheet in sorted((templates_folder() / "css").glob("*.css")):
        style_sheet(sheet.read_text(encoding="utf-8"))
    source = PageSource(_SAMPLE, (_CSS,), (("dot.svg", _DOT, "image/svg+xml"),), tagged=True)
    content = finish_screen(typeset(source).write(), read_srgb_profile(templates_folder()))
    check_words("", content)


_try_once()

gc.freeze()
gc.set_threshold(100_000, 20, 50)
gc.enable()
