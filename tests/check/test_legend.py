"""The legend of a proof."""

import io

from pikepdf import Pdf
from pypdfium2 import PdfDocument

from foldwell.check.legend import COLOURS, LINES, legend_pages
from foldwell.check.lettering import Lettering
from foldwell.errors import Place
from foldwell.finding import Finding
from foldwell.rules import Severity


def pages(count: int, message: str = "Too small.") -> list[str]:
    """The words of the legend of some findings, page by page."""
    findings = [
        (number, Finding("X1", Severity.WARNING, f"{message} ({number})", "", Place(page=number)))
        for number in range(1, count + 1)
    ]
    pdf = Pdf.new()
    legend_pages(pdf, Lettering(pdf), findings)
    out = io.BytesIO()
    pdf.save(out)
    with PdfDocument(out.getvalue()) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def test_every_line_is_explained_and_nothing_found_is_said() -> None:
    (page,) = pages(0)
    assert page.startswith("Proof with notes: not for printing")
    assert all(style.meaning in page.replace("\r\n", " ") for style in LINES.values())
    assert "Nothing was found." in page


def test_every_finding_is_told_in_order_on_as_many_pages_as_it_takes() -> None:
    found = pages(40, "These words are too small to be read at arm's length by most readers." * 2)
    assert len(found) > 2
    text = "\n".join(found).replace("\r\n", " ")
    places = [text.index(f"({number})") for number in range(1, 41)]
    assert places == sorted(places)
    assert "Nothing was found." not in text


def test_severities_have_colours_of_their_own() -> None:
    assert set(COLOURS) == set(Severity)
    assert len(set(COLOURS.values())) == len(COLOURS)
