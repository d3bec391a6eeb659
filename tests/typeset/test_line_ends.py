"""Lines end where their words no longer fit, not where the space behind them does not."""

import pytest
from weasyprint.formatting_structure import boxes

from foldwell.typeset.engine import typeset
from foldwell.typeset.page_source import PageSource

CSS = "@page { size: %dpx 400px; margin: 0 } p { margin: 0 } a { white-space: nowrap }"
WORDS = "or choose mental health. In Northern Ireland, call Lifeline on"


def lines(html: str, width: int) -> list[str]:
    """The words of each line of a page."""
    source = PageSource(
        f'<html lang="en"><title>x</title><p>{html}', (CSS % width,), (), tagged=False
    )
    (laid_out,) = typeset(source).document.pages
    found = [box for box in laid_out._page_box.descendants() if isinstance(box, boxes.LineBox)]
    return [
        "".join(text.text for text in line.descendants() if isinstance(text, boxes.TextBox))
        for line in found
    ]


@pytest.mark.parametrize("end", [" ", "\u00a0"])
def test_no_line_ends_before_its_words_fill_it(end: str) -> None:
    """At every width a line takes the words that fit, whatever stands behind the run."""
    for width in range(180, 420, 3):
        found = lines(f"{WORDS}{end}<a>0808 808 8000</a>.", width)
        as_one_run = lines(f"{WORDS}{end}0808\u00a0808\u00a08000.", width)
        assert [line.replace("\u00a0", " ").strip() for line in found] == [
            line.replace("\u00a0", " ").strip() for line in as_one_run
        ], width
