import io
import re
from typing import Any

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foldwell.check.finished import check_boxes, check_laid_out, check_printed, check_said
from foldwell.errors import FoldwellError
from foldwell.typeset.engine import Typeset
from foldwell.typeset.engine import typeset as typeset_
from foldwell.typeset.laid_out import Line, laid_out
from foldwell.typeset.page_source import PageSource

CSS = '@page { size: 100mm 60mm; margin: 10mm } body { font: 12pt "Atkinson Hyperlegible Next" }'


def page(body: str) -> str:
    return f'<!DOCTYPE html><html lang="en"><head><title>T</title></head><body>{body}</body></html>'


def typeset(body: str, css: str = "") -> Typeset:
    """Pages of 100 × 60 mm."""
    return typeset_(PageSource(page(body), (CSS, css), (), tagged=False))


def pdf(body: str, css: str = "") -> bytes:
    return typeset(body, css).write()


def differences(wanted: str, have: str, css: str = "") -> tuple[list[str], list[str]]:
    """What the words of one text lack beside the pages of another, laid out and printed."""
    one, two = typeset(wanted), typeset(have, css)
    sides = [[lines] for lines in laid_out(one)]
    return told(check_laid_out(page(wanted), laid_out(two))), told(
        check_printed(sides, two.write())
    )


def told(errors: list[FoldwellError]) -> list[str]:
    return [error.message for error in errors]


def missing(wanted: str, have: str, css: str = "") -> list[str]:
    messages, printed = differences(wanted, have, css)
    assert messages and printed
    return [match.group(1) for m in messages if (match := re.search("word '(.*)' of", m))]


@pytest.mark.parametrize(
    "body",
    [
        "<p>Take <b>two</b> tablets</p>",
        "<p>self-care and well&nbsp;being</p>",
        "<p>Fish &amp; chips &lt; 5 mg, ½ a tablet, −3 °C</p>",
        "<p>" + "many words and more " * 20 + "</p>",
        "<p>" + "opioid-free days-and-nights " * 20 + "</p>",
        "<table><thead><tr><th>What<th>When<tbody>" + "<tr><td>1</td><td>20</td></tr>" * 12,
        "<ul><li>office</li><li>fluffy</li></ul><ol><li>1 to 2</li><li>3</li></ol>",
        "<p>found in 7<sup>19</sup> of 20</p>",
        '<p>Before <span style="float: right">Aside</span> and behind it.</p>',
        '<p>Before <span style="position: relative">in between</span> and behind it.</p>',
        "<section><p>One</p><p>Two</p></section><p>Three</p>",
    ],
)
def test_all_words_are_there(body: str) -> None:
    css = "section { display: flex; justify-content: space-between } @page { @bottom-left {"
    css += ' content: "of 20 " counter(page) } } li::before { content: "2" }'
    assert differences(body, body) == ([], [])
    made = typeset(body, css)
    assert check_laid_out(page(body), laid_out(made)) == []
    assert check_printed([[lines] for lines in laid_out(made)], made.write()) == []


def test_a_lost_word_is_named() -> None:
    assert missing("<p>Take two tablets</p>", "<p>Take tablets</p>") == ["two"]


def test_a_digit_is_no_part_of_a_phone_number() -> None:
    text = "<p>Take 2 tablets. Call (513) 555-0122.</p>"
    assert missing(text, text.replace("2 ", "")) == ["2"]


def test_a_word_lost_once_is_missed() -> None:
    assert missing("<p>Never drive. Never swim.</p>", "<p>Never drive. swim.</p>") == ["Never"]


@pytest.mark.parametrize(
    ("wanted", "have"),
    [
        ("1 10 mg", "110 mg"),
        ("20 mg", "2 0 mg"),
        ("10² ", "102"),
        ("half ½", "half 1⁄2"),
        ("below < 5", "below > 5"),
        ("minus −5", "minus -5"),
        ("one two", "two one"),
        ("a dose", "a dose dose"),
    ],
)
def test_numbers_signs_and_order(wanted: str, have: str) -> None:
    laid, printed = differences(f"<p>{wanted}</p>", f"<p>{have}</p>")
    assert laid and printed


HIDDEN = [
    "display: none",
    "visibility: hidden",
    "opacity: 0",
    "font-size: 0",
    "color: transparent",
    "position: absolute; clip: rect(0, 0, 0, 0)",
    "display: inline-block; width: 0; overflow: hidden",
    "display: inline-block; height: 0; overflow: hidden",
]


@pytest.mark.parametrize("style", HIDDEN)
def test_words_that_a_style_sheet_hides(style: str) -> None:
    body = "<p>Take <b>two</b> tablets</p>"
    laid = laid_out(typeset(body, f"b {{ {style} }}"))
    (message,) = told(check_laid_out(page(body), laid))
    assert message == "The word 'two' of the text is not on the finished page."


def test_words_that_a_style_sheet_says_twice() -> None:
    body, css = "<p>Take <b>two</b></p>", ""
    twice = pikepdf.Pdf.open(io.BytesIO(pdf(body, css)))
    page_ = twice.pages[0]
    page_.contents_add(page_.Contents.read_bytes())
    out = io.BytesIO()
    twice.save(out)
    lines = laid_out(typeset(body))
    messages = told(check_printed([list(lines)], out.getvalue()))
    assert messages[0] == "The word 'Take' stands on the finished page more often than in the text."


TEXT = [
    *"Call 911 now if breathing is slow .".split(),
    *"Take ½ tablet ( 8 mg ) at 8 am , never 2 at once .".split(),
    *"Below < 5 ° or − 3 , call (513) 555-0122 . Never drive . Never swim .".split(),
]


def body_of(words: list[str]) -> str:
    """The words in a paragraph, a list, steps and a table."""
    spans = [f'<span class="w{n}">{w.replace("<", "&lt;")}</span>' for n, w in enumerate(words)]
    cut = len(spans) // 4
    parts = [" ".join(spans[n * cut : (n + 1) * cut if n < 3 else None]) for n in range(4)]
    return (
        f"<p>{parts[0]}</p><ul><li>{parts[1]}</ul><ol><li>{parts[2]}</ol>"
        f"<table><tr><th>Note<td>{parts[3]}</table>"
    )


@settings(max_examples=60)
@given(st.data())
def test_no_change_of_one_word_goes_by(data: Any) -> None:
    place = data.draw(st.integers(0, len(TEXT) - 1))
    change = data.draw(st.sampled_from(["drop", "cut", "double", "swap", *HIDDEN]))
    words, css = list(TEXT), ""
    if change == "drop":
        del words[place]
    elif change == "cut":
        at = data.draw(st.integers(0, len(words[place]) - 1))
        words[place] = words[place][:at] + words[place][at + 1 :]
    elif change == "double":
        words.insert(place, words[place])
    elif change == "swap":
        other = (place + 1) % len(words)
        words[place], words[other] = words[other], words[place]
    else:
        css = f".w{place} {{ {change} }}"
    made = typeset(body_of(words), css)
    assert check_laid_out(page(body_of(TEXT)), laid_out(made))
    if not css:
        sides = [[lines] for lines in laid_out(typeset(body_of(TEXT)))]
        content = made.write()
        assert check_printed(sides[: len(laid_out(made))], content)


def test_words_in_drawings_may_stand_anywhere() -> None:
    drawing = (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 9"><text y="8" font-size="6"'
        b' font-family="Atkinson Hyperlegible Next">2 days</text></svg>'
    )
    body = '<p style="background: url(asset:d.svg) 0 0 / 100% 100% no-repeat">Two words</p>'
    source = PageSource(page(body), (CSS,), (("d.svg", drawing, "image/svg+xml"),), tagged=False)
    made = typeset_(source)
    with_words, without = laid_out(made, source), laid_out(made)
    assert with_words[0][-1] == Line("2 days", added=True, strand=-1)
    assert check_laid_out(source.html, with_words) == []
    assert check_printed([with_words], made.write()) == []
    assert check_printed([without], made.write()) != []


@pytest.mark.parametrize("turned", [True, False])
def test_panels_of_a_sheet_are_compared_one_after_another(turned: bool) -> None:
    one, two = (laid_out(typeset(f"<p>{words}</p>"))[0] for words in ("First words", "Second"))
    sheet = pdf("<p>First words</p><p>Second</p>")
    assert check_printed([[one, two]], sheet, turned=turned) == []
    assert check_printed([[two, one]], sheet, turned=turned) != []
    assert check_printed([[one]], sheet, turned=turned) != []
    assert check_printed([[one], [two]], sheet, turned=turned) != []


def test_the_head_is_not_printed() -> None:
    html = "<head><title>Unseen</title></head><style>p { color: red }</style><p>Seen</p>"
    assert check_laid_out(html, laid_out(typeset("<p>Seen</p>"))) == []


def outside(body: str, css: str = "", margin_mm: float = 5, pages: int = 1) -> list[str]:
    return [e.message for e in check_boxes(pdf(body, css), [(100.0, 60.0)] * pages, margin_mm)]


def test_what_stands_where_it_should() -> None:
    assert outside("<p>Words</p>") == []


def test_text_beside_the_page() -> None:
    (message,) = outside('<p style="margin-left: 85mm; white-space: nowrap">Too far out</p>')
    assert message.startswith("Page 1: 'Too far out' stands outside")


@pytest.mark.parametrize(
    "place", ["left: -8mm; top: 20mm", "left: 20mm; top: -8mm", "left: 20mm; bottom: -8mm"]
)
def test_text_too_near_to_each_edge(place: str) -> None:
    body = f'<p style="position: absolute; margin: 0; {place}">Near</p>'
    assert len(outside(body)) == 1
    assert outside(body, margin_mm=0) == []


def test_the_size_and_number_of_pages() -> None:
    assert outside("<p>Words</p>", "@page { size: 100mm 61mm }") == [
        "Page 1 is not 100.0 × 60.0 mm."
    ]
    two = '<p>One</p><p style="break-before: page">Two</p>'
    assert outside(two) == ["The file has 2 pages in place of 1."]
    assert outside(two, pages=2) == []


def test_a_page_that_does_not_say_that_it_is_a_draft_is_named() -> None:
    body = "<p>A DRAFT of it.</p><p style='break-before: page'>It is not ready.</p>"
    pages = laid_out(typeset(body + "<p style='break-before: page'>D<b>R</b>AF</p>"))
    assert check_said(("DRAFT", "It is  not\nready."), pages[:2]) == []
    assert check_said((), pages) == []
    (one, two) = check_said(("DRAFT", ""), pages)
    assert one.message == "Page 2 does not say 'DRAFT', and could be handed out."
    assert two.message.startswith("Page 3 ")
    assert told(check_said(("DRAFT",), laid_out(typeset("<p></p>")))) != []
