"""What was measured for one page is put to use for another only if nothing can differ."""

import pytest

from foldwell.typeset.engine import Layout
from foldwell.typeset.flows import flows_of
from foldwell.typeset.gauge import Gauge
from foldwell.typeset.page_source import PageSource

CSS = (
    "@page { size: 100mm 120mm; margin: 10mm }\n"
    "body { font: 10pt/14pt 'Atkinson Hyperlegible Next'; margin: 0 } p { margin: 0 }\n"
    "html:lang(es) p { line-height: 28pt }\n"
)


def heights(language: str, *words: str) -> list[float]:
    text = "".join(f"<p>{one}</p>" for one in words)
    page = f'<html lang="{language}"><body><div class="flow">{text}</div></body></html>'
    source = PageSource(page, (CSS,), (), tagged=True)
    layout = Layout(source)
    gauge = Gauge(layout.render, layout.root, source.css, {}, (), layout.pictures)
    flows = flows_of(next(layout.root.iter("body")), frozenset())
    (measured,) = gauge.measure(flows, "", {"": 100.0}, {})
    return [block.height for block in measured.blocks]


def test_the_same_words_in_another_language_are_measured_anew() -> None:
    english = heights("en", "Naloxone 4 mg", "111")
    assert heights("es", "Naloxone 4 mg", "111") == pytest.approx(
        [2 * height for height in english], abs=0.01
    )
    assert heights("es", "Naloxone 4 mg", "112") == pytest.approx(
        [2 * height for height in english], abs=0.01
    )
