"""Constants: what only the root defines is put in; what changes on a page stays a variable."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from foldwell.typeset.constants import with_constants
from foldwell.typeset.engine import Layout
from foldwell.typeset.page_source import PageSource

ROOT = ":root { --unit: 2mm; --body: 12pt; --primary: #123456 }"


def test_the_value_of_the_root_is_put_in() -> None:
    _, sheet = with_constants((ROOT, "p { margin: calc(var(--unit) * 2); color: var(--primary) }"))
    assert sheet == "p { margin: calc(2mm * 2); color: var(--primary) }"


def test_the_last_value_counts() -> None:
    *_, sheet = with_constants((ROOT, ":root { --unit: 3mm }", "p { margin: var(--unit) }"))
    assert sheet == "p { margin: 3mm }"


def test_what_a_part_sets_anew_stays_a_variable() -> None:
    for own in (".back { --unit: 1mm }", "@media print { :root { --unit: 1mm } }"):
        *_, sheet = with_constants((ROOT, own, "p { margin: var(--unit) }"))
        assert sheet == "p { margin: var(--unit) }"
    _, sheet = with_constants((ROOT, "p { margin: var(--unit) }"), 'style="--unit: 1mm"')
    assert sheet == "p { margin: var(--unit) }"


def test_a_page_is_laid_out_as_with_variables() -> None:
    """An element that sets a variable itself has its own value, and others that of the root."""
    html = '<html lang="en"><title>T</title><div style="--unit: 9mm"><p>A</p></div><p>B</p></html>'
    tops = []
    for sheet in ("p { margin: var(--unit) }", "p { margin: 4mm } div p { margin: 9mm }"):
        css = (":root { --unit: 4mm }", sheet, "@page { size: 90mm 90mm; margin: 0 }")
        layout = Layout(PageSource(html, css, (), tagged=False))
        root: ET.Element = layout.root
        page = layout.render(root).pages[0]._page_box
        tops.append([box.position_y for box in page.descendants() if box.element_tag == "p"])
    assert tops[0] == tops[1] and len(tops[0]) > 1
