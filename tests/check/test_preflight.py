"""Clean files of several kinds, files that cannot be read, and what a file is taken for."""

import io
from typing import Any

import pytest
from conftest import BASE
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Pdf
from sheet import A6, HEIGHT_MM, MM, SLUG_MM, WIDTH_MM, WORDS, Sheet, qr_code, saved, told

from foldwell.check.preflight import examine, preflight
from foldwell.check.standard import Expected
from foldwell.errors import FoldwellError
from foldwell.paper.conditions import CONDITIONS, read_profile
from foldwell.pdf.opening import MOST_PAGES
from foldwell.typeset.engine import typeset
from foldwell.typeset.page_source import PageSource

LEAFLET = """
<h1>Sleep well</h1>
<p>Go to bed at the same time each day, and get up at the same time, at weekends too
<sup>1</sup>. Keep the room dark and cool<sup>2,3</sup>.</p>
<table><tr><th>Day</th><th>Hours</th></tr><tr><td>Monday</td><td>7</td></tr></table>
"""
CSS = """
@page { size: A5; margin: 12mm }
body { font: 12pt/1.4 "Atkinson Hyperlegible Next" }
h1 { font-size: 20pt; line-height: 1.3 }
sup { font-size: 0.6em; line-height: 0; vertical-align: 0.45em }
td, th { border: 0.5pt solid; padding: 1mm }
"""


def weasy(body: str = LEAFLET, css: str = "", tagged: bool = False) -> bytes:
    html = f'<!DOCTYPE html><html lang="en"><head><title>T</title></head><body>{body}</body></html>'
    return typeset(PageSource(html, (CSS, css), (), tagged=tagged)).write(tagged=tagged)


@pytest.mark.parametrize("tagged", [False, True])
def test_a_page_for_a_desktop_printer_is_clean(tagged: bool) -> None:
    examined = examine(weasy(tagged=tagged))
    assert examined.findings == ()
    assert (examined.pages, examined.medium, examined.passed) == (1, "office", True)


def test_a_press_sheet_is_clean() -> None:
    examined = examine(Sheet().bytes(), A6)
    assert examined.findings == ()
    assert examined.medium == "press"


def test_a_press_sheet_with_a_real_profile_and_a_code_is_clean() -> None:
    def real(pdf: Pdf) -> None:
        profile = read_profile(BASE.parents[2] / "templates", CONDITIONS["coated"])
        pdf.Root.OutputIntents[0].DestOutputProfile = pdf.make_stream(profile, N=4)

    sheet = Sheet(more="q 0 0 0 0 k 227 227 85 85 re f Q " + qr_code(70, 70, 21), change=real)
    assert sheet.findings(expected=Expected(format="a6", qr_expected=1)) == []


def moved(by: float) -> Any:
    """Give a page another origin."""

    def change(pdf: Pdf) -> None:
        for page in pdf.pages:
            for key in ("/MediaBox", "/TrimBox", "/BleedBox"):
                page.obj[key] = Array([float(value) + by for value in page.obj[key]])
            page.contents_add(f"1 0 0 1 {by} {by} cm".encode(), prepend=True)

    return change


def in_form(pdf: Pdf) -> None:
    """Put all that a page paints into a form within a form."""
    for page in pdf.pages:
        inner = pdf.make_stream(
            page.Contents.read_bytes(),
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=[0, 0, 500, 600],
            Matrix=[2, 0, 0, 2, 40, 0],
            Resources=page.Resources,
        )
        outer = pdf.make_stream(
            b"q 0.5 0 0 0.5 -20 0 cm /Inner Do Q",
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=[-100, -100, 1000, 1000],
            Resources=Dictionary(XObject=Dictionary(Inner=inner)),
        )
        page.Resources = Dictionary(XObject=Dictionary(Outer=outer))
        page.Contents = pdf.make_stream(b"/Outer Do")


def in_large_units(pdf: Pdf) -> None:
    """Draw everything at half its size, in units that are twice as large."""
    for page in pdf.pages:
        page.obj.UserUnit = 2
        for key in ("/MediaBox", "/TrimBox", "/BleedBox"):
            page.obj[key] = Array([float(value) / 2 for value in page.obj[key]])
        page.contents_add(b"0.5 0 0 0.5 0 0 cm", prepend=True)


def turned(degrees: int) -> Any:
    """Show a page turned; what is on it is turned back, so that a reader sees no difference."""

    def change(pdf: Pdf) -> None:
        width, height = ((WIDTH_MM + 2 * SLUG_MM) * MM, (HEIGHT_MM + 2 * SLUG_MM) * MM)
        matrix = {
            90: f"0 1 -1 0 {height} 0",
            180: f"-1 0 0 -1 {width} {height}",
            270: f"0 -1 1 0 0 {width}",
        }[degrees]
        for page in pdf.pages:
            page.obj.Rotate = degrees
            page.contents_add(f"{matrix} cm".encode(), prepend=True)
            if degrees % 180:
                for key in ("/MediaBox", "/TrimBox", "/BleedBox"):
                    x0, y0, x1, y1 = (float(value) for value in page.obj[key])
                    page.obj[key] = Array([y0, x0, y1, x1])

    return change


WAYS = {
    "origin below": moved(-333),
    "origin above": moved(250),
    "forms": in_form,
    "large units": in_large_units,
    "turned 90": turned(90),
    "turned 180": turned(180),
    "turned 270": turned(270),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_the_same_sheet_built_in_other_ways_is_clean(way: Any) -> None:
    assert Sheet(change=way).findings() == []


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_the_same_faults_are_found_in_all_of_them(way: Any) -> None:
    sheet = Sheet(x_mm=4, ink="0.7 0.6 0.6 0.9 k", more="0.1 w 100 200 m 200 200 l S", change=way)
    found = sheet.findings()
    assert told(found) == [("X5", "error"), ("X3", "warning"), ("X7", "warning")]
    assert "4.0 mm from the left edge" in found[1].message or "4.1 mm" in found[1].message
    assert "0.10 pt" in found[2].message


def test_the_order_of_findings() -> None:
    sheet = Sheet(ink="0.7 0.6 0.6 0.9 k", pages=2, more="0.1 w 100 200 m 200 200 l S")
    sheet.change = lambda pdf: pdf.Root.OutputIntents[0].__delitem__("/DestOutputProfile")
    found = sheet.findings()
    assert [(f.place.page, f.rule) for f in found] == [
        (None, "X9"),
        (1, "X5"),
        (1, "X7"),
        (2, "X5"),
        (2, "X7"),
    ]


def refusal(content: bytes, expected: Expected | None = None) -> str:
    with pytest.raises(FoldwellError) as caught:
        preflight(content, expected)
    return str(caught.value)


def without_pages() -> bytes:
    return saved(Pdf.new())


def too_many() -> bytes:
    pdf = Pdf.new()
    for _ in range(MOST_PAGES + 1):
        pdf.add_blank_page()
    return saved(pdf)


def of_content(content: bytes, **resources: Any) -> bytes:
    pdf = Pdf.new()
    page = pdf.add_blank_page(page_size=(300, 300))
    page.Contents = pdf.make_stream(content)
    page.Resources = Dictionary(**resources)
    return saved(pdf)


def test_what_would_never_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forms that paint one another a hundred times, four deep."""
    monkeypatch.setattr("foldwell.pdf.content_stream.MOST_OPERATIONS", 50_000)
    pdf = Pdf.new()
    inner = pdf.make_stream(b"0 0 m 9 9 l S " * 100, Subtype=Name.Form, BBox=[0, 0, 9, 9])
    for _ in range(4):
        inner = pdf.make_stream(
            b"/X Do " * 100,
            Subtype=Name.Form,
            BBox=[0, 0, 9, 9],
            Resources=Dictionary(XObject=Dictionary(X=inner)),
        )
    page = pdf.add_blank_page(page_size=(300, 300))
    page.Contents = pdf.make_stream(b"/X Do")
    page.Resources = Dictionary(XObject=Dictionary(X=inner))
    assert refusal(saved(pdf)) == (
        "The file paints more than can be checked. Join tiny objects into pictures, or split the"
        " file."
    )


def paints_itself() -> bytes:
    pdf = Pdf.new()
    form = pdf.make_stream(b"/X Do", Subtype=Name.Form, BBox=[0, 0, 9, 9])
    form.Resources = Dictionary(XObject=Dictionary(X=form))
    page = pdf.add_blank_page(page_size=(300, 300))
    page.Contents = pdf.make_stream(b"/X Do")
    page.Resources = Dictionary(XObject=Dictionary(X=form))
    return saved(pdf)


def without_sheet() -> bytes:
    pdf = Pdf.new()
    page = pdf.add_blank_page()
    page.obj.MediaBox = Array([0, 0, 1e9, 1e9])
    return saved(pdf)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "The file is empty. Make it again."),
        (b"GIF89a" * 100, "The file is no PDF. Name a PDF file."),
        (
            b"%PDF-1.7\nand then nothing",
            "The PDF is broken and cannot be opened. Make it again, or copy it again.",
        ),
        (without_pages(), "The file has no pages. Make it again."),
        (
            too_many(),
            f"The file has {MOST_PAGES + 1} pages, and at most {MOST_PAGES} are checked. Split it.",
        ),
        (
            saved(Sheet().pdf(), locked="secret"),
            "The file is locked with a password. Save it without a password.",
        ),
        (
            paints_itself(),
            "The page is nested too deep, or a form paints itself. Save the file again with the"
            " program that made it.",
        ),
        (
            without_sheet(),
            "Page 1 is built in a way that cannot be read (ValueError). Save the file again with"
            " the program that made it.",
        ),
    ],
    ids=[
        "empty",
        "no PDF",
        "broken",
        "no pages",
        "too many pages",
        "locked",
        "paints itself",
        "no sheet",
    ],
)
def test_what_cannot_be_read_is_refused(content: bytes, message: str) -> None:
    assert refusal(content) == message


def test_a_format_that_does_not_exist() -> None:
    assert refusal(Sheet().bytes(), Expected(format="a66")).startswith("There is no format 'a66'.")


@pytest.mark.parametrize(
    "content",
    [
        b"Q Q Q ET cm re f",
        b"/Missing Do /Missing gs /Missing sh /Missing cs /Missing scn f",
        b"BT /Missing 12 Tf (words) Tj ET",
        b"1 0 0 cm (a) w [1 2 d 1 2 3 rg",
        b"BT 0 Tf (x) Tj 12 () TJ ET (unclosed",
        b"BI /W 1 /H 1 /BPC 8 /CS /G ID \x00 EI",
        b"BI /W x ID EI 0 0 100 100 re f",
        b"<< /A 1 >> BDC /Pattern cs /None scn 0 0 9 9 re f",
        b"W n 0 0 50 50 re f",
    ],
)
def test_broken_content_is_passed_by_as_viewers_do(content: bytes) -> None:
    found = preflight(of_content(content))
    assert {finding.rule for finding in found} <= {"X1", "X3", "X4", "X9", "X10"}


@pytest.mark.parametrize(
    "resources",
    [
        {"Font": 3},
        {"XObject": Array([1])},
        {"ColorSpace": Dictionary(C=Array([]))},
        {"ColorSpace": Dictionary(C=Array([Name.ICCBased]))},
        {"ColorSpace": Dictionary(C=Array([Name.Indexed, Name("/C")]))},
        {"ColorSpace": Dictionary(C=Name("/C"))},
        {"Pattern": Dictionary(C=Dictionary(PatternType=2))},
        {"ExtGState": Dictionary(C=Dictionary(SMask=Dictionary(S=Name.Alpha)))},
        {"Shading": Dictionary(C=Dictionary(ShadingType=2))},
    ],
    ids=repr,
)
def test_broken_resources_are_passed_by(resources: dict[str, Any]) -> None:
    content = b"/C gs /C cs 1 scn /C scn 0 0 99 99 re f /C sh /C Do 0 0 1 rg 9 9 99 99 re f"
    found = preflight(of_content(content, **resources), Expected(medium="press"))
    assert found != []


CUT = Sheet().bytes()


@settings(max_examples=60)
@given(
    place=st.integers(0, len(CUT) - 1),
    piece=st.binary(min_size=1, max_size=40),
    keep=st.booleans(),
)
def test_a_damaged_file_is_read_or_refused(place: int, piece: bytes, keep: bool) -> None:
    damaged = CUT[:place] + piece + (CUT[place + len(piece) :] if keep else b"")
    try:
        found = preflight(damaged)
    except FoldwellError as error:
        assert str(error)
    else:
        assert all(finding.message for finding in found)


def test_a_damaged_file_that_opens_is_told_of() -> None:
    content = Sheet().bytes()
    start = content.rindex(b"startxref")
    found = preflight(content[:start] + b"startxref\n7\n%%EOF\n", A6)
    assert told(found) == [("X9", "error")]
    assert found[0].message == "The file is damaged, though it can be read."


def test_invisible_text_is_not_judged() -> None:
    hidden = "3 Tr 0 1 0 rg "
    sheet = Sheet()
    found = sheet.findings(lambda _, font: hidden + font.show("seen by no one", 3, 60, 60))
    assert told(found) == [("X9", "error")]  # the colour is set, though nothing is painted in it


@pytest.mark.parametrize(
    ("expected", "medium"),
    [
        (Expected(), "press"),
        (Expected(medium="office"), "office"),
        (Expected(medium="screen"), "screen"),
    ],
)
def test_the_caller_says_what_a_file_is_for(expected: Expected, medium: str) -> None:
    sheet = Sheet(ink="0.7 0.6 0.6 0.9 k")
    examined = examine(sheet.bytes(), expected)
    assert examined.medium == medium
    kept = [found for found in examined.findings if found.rule != "A1"]  # it has no tags
    assert bool(kept) == (medium == "press")


def test_a_sheet_with_bleed_is_for_a_press_even_without_an_intent() -> None:
    def without(pdf: Pdf) -> None:
        del pdf.Root.OutputIntents

    examined = examine(Sheet(change=without).bytes(), A6)
    assert examined.medium == "press"
    assert [f.message for f in examined.findings] == [
        "The file has no output intent for print (GTS_PDFX)."
    ]


def test_nothing_is_written_into_the_file() -> None:
    content = Sheet(words=(*WORDS, "x"), x_mm=1).bytes()
    with Pdf.open(io.BytesIO(content)) as pdf:
        before = saved(pdf)
    preflight(content)
    with Pdf.open(io.BytesIO(content)) as pdf:
        assert saved(pdf)[:-200] == before[:-200]
