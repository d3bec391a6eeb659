"""Pictures, tables and glyphs of a file that nobody says is made to be read aloud."""

import io

import pytest
import weasyprint
from pikepdf import Dictionary, Name, Pdf

from foldwell.check.preflight import preflight
from foldwell.check.standard import Expected

OFFICE = Expected(medium="office")
PICTURE = (
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='40' height='40'>"
    "<rect width='40' height='40'/></svg>"
)
TABLE = "<table><tr>{}</tr><tr><td>1</td><td>2</td></tr></table>"
HEADS = "<th scope=col>Day</th><th scope=col>Dose</th>"


def made(body: str) -> Pdf:
    """A tagged file that claims nothing."""
    style = "<style>body { font: 12pt/1.4 sans-serif }</style><title>T</title>"
    html = f"<html lang=en>{style}<p>Take one tablet a day with water, and call us.</p>{body}"
    content = weasyprint.HTML(string=html).write_pdf(pdf_tags=True)
    return Pdf.open(io.BytesIO(content))


def found(pdf: Pdf) -> list[tuple[str, str]]:
    out = io.BytesIO()
    pdf.save(out)
    asked = ("L9", "L10", "L14")
    return [(f.rule, f.message) for f in preflight(out.getvalue(), OFFICE) if f.rule in asked]


def test_pictures_are_said_in_words() -> None:
    assert found(made(f'<img src="{PICTURE}" alt="A square">')) == []
    assert found(made(f'<img src="{PICTURE}">')) == [
        ("L9", "A Figure has no alternative text (Alt).")
    ]


def test_tables_have_heads() -> None:
    assert found(made(TABLE.format(HEADS))) == []
    headless = made(TABLE.format("<td>Day</td><td>Dose</td>"))
    assert found(headless) == [("L10", "A table has no head.")]
    headless.Root.Metadata = headless.make_stream(
        b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-'
        b'syntax-ns#"><rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"'
        b' pdfuaid:part="1"/></rdf:RDF></x:xmpmeta>', Type=Name.Metadata, Subtype=Name.XML,
    )  # fmt: skip
    assert ("L10", "A table has no head.") in found(headless)  # PDF/UA does not ask for one


def test_tables_have_a_whole_grid() -> None:
    assert found(made(TABLE.format(f"{HEADS}<th scope=col>More</th>"))) == [
        ("L10", "Rows of a table have different numbers of cells.")
    ]


def test_what_is_shown_has_a_glyph() -> None:
    pdf = made("<p>Rest.</p>")
    assert found(pdf) == []
    page = pdf.pages[0]
    fonts = page.obj.Resources.Font
    assert isinstance(fonts, Dictionary)
    name = next(iter(fonts.keys()))
    text = f"BT {name} 12 Tf 1 0 0 1 60 60 Tm <0000> Tj ET".encode()
    page.contents_add(text, prepend=False)
    ((rule, message),) = found(pdf)
    assert rule == "L14" and "shows a character that it does not have (.notdef)" in message


@pytest.mark.parametrize("medium", ["office", "press"])
def test_a_file_without_tags_says_nothing_of_pictures(medium: str) -> None:
    html = f"<p>Take one tablet a day with water, and call us.</p><img src='{PICTURE}'>"
    content = weasyprint.HTML(string=html).write_pdf()
    rules = {f.rule for f in preflight(content, Expected(medium=medium))}  # type: ignore[arg-type]
    assert not rules & {"L9", "L10", "L14"}
