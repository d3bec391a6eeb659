"""What a print shop's software reads of a press file, before anyone looks at it (ISO 15930-7)."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from leftovers import rgb_left
from panel_pictures import PT, inks, panel_pages, piece, press
from pikepdf import Dictionary, Name, Pdf, Stream
from trade_table import BLEED, KEYS, NAMES, TABLE, geometry, widths

from foldwell.paper.conditions import CONDITIONS
from foldwell.paper.formats import FORMATS
from foldwell.paper.sheets import (
    PRESS_SHEETS_MM,
    SLUG_MM,
    Side,
    flat_sides,
    on_press_sheet,
)
from foldwell.press.office import Piece
from foldwell.typeset.engine import typeset
from foldwell.typeset.page_source import PageSource

ROWS = pytest.mark.parametrize(("name", "paper"), KEYS, ids=NAMES)
SLACK_MM = 0.05
TITLE = "Tea & sleep <at night> “now”"

HTML = """<!DOCTYPE html><html lang="en"><head><title>Sleep</title>
<meta name="author" content="Riverside &amp; Sons">
<meta name="dcterms.created" content="2026-01-10">
</head><body><h1 style="color: #1a6b6b">Sleep</h1>
<p>Words, <a href="https://example.org">a link</a> and <a href="#end">another</a>.</p>
<img src="asset:a.svg" alt=""><p style="background: #ffcc00; opacity: 0.5" id="end">A note.</p>
</body></html>"""
CSS = (
    "@page { size: 148mm 210mm; bleed: 3mm; background: #dde }"
    'body { font: 12pt/1.4 "Atkinson Hyperlegible Next" } img { width: 40mm }'
)
DRAWING = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
    b'<path fill="#c00" d="M0 0h9v9z"/></svg>'
)


SOURCE = PageSource(HTML, (CSS,), (("a.svg", DRAWING, "image/svg+xml"),), tagged=False)
PIECE = Piece(TITLE, "a5", 12, "long", "Sleep · side {side} of {sides}", "en")
ONE_SIDE = flat_sides(geometry("a5", "a4"), 1)[:1]


def sides_of(name: str, paper: str) -> tuple[Side, ...]:
    made = geometry(name, paper)
    pages = 8 if made.binding == "stitched" else len(made.panels)
    return flat_sides(made, pages, flows=FORMATS[name].flows)


def plain(name: str, paper: str) -> bytes:
    """A press file of plain panels."""
    width, height = TABLE[name, paper].sheet
    sizes = [(across, height) for across in widths(name, paper)] or [(width / 2, height)] * 8
    return press(panel_pages(sizes, 5), sides_of(name, paper), BLEED[paper], piece(name))


@contextmanager
def opened(content: bytes) -> Iterator[Pdf]:
    with Pdf.open(io.BytesIO(content)) as pdf:
        yield pdf


@pytest.fixture(scope="module")
def real() -> bytes:
    """A press file of typeset words, with colours, links, a drawing and transparency."""
    return press(typeset(SOURCE).write(), ONE_SIDE, 3, PIECE)


def box(page: object, name: str) -> list[float]:
    return [float(value) / PT for value in getattr(page, name)]


@ROWS
def test_boxes(name: str, paper: str) -> None:
    width, height = TABLE[name, paper].sheet
    bleed = BLEED[paper]
    with opened(plain(name, paper)) as pdf:
        assert len(pdf.pages) == len(sides_of(name, paper))
        for page in pdf.pages:
            media, over, trim = (box(page.obj, key) for key in ("MediaBox", "BleedBox", "TrimBox"))
            assert (trim[2] - trim[0], trim[3] - trim[1]) == pytest.approx(
                (width, height), abs=SLACK_MM
            )
            assert media == pytest.approx(
                [0, 0, width + 2 * SLUG_MM, height + 2 * SLUG_MM], abs=SLACK_MM
            )
            assert [a - b for a, b in zip(trim, over, strict=True)] == pytest.approx(
                [bleed, bleed, -bleed, -bleed], abs=SLACK_MM
            )
            # The trim stands in the middle of its page, and each box inside the next.
            assert (trim[0] + trim[2], trim[1] + trim[3]) == pytest.approx(
                (media[2], media[3]), abs=SLACK_MM
            )
            assert media[0] < over[0] < trim[0] < trim[2] < over[2] < media[2]
            assert media[1] < over[1] < trim[1] < trim[3] < over[3] < media[3]
            assert "/CropBox" not in page.obj
            assert "/ArtBox" not in page.obj  # TrimBox and ArtBox exclude one another
            assert page.get("/Rotate", 0) == 0
            assert "/UserUnit" not in page.obj


@pytest.mark.parametrize("bleed", [3.0, 3.175, 5.0])
def test_the_bleed_box_is_what_was_asked_for(bleed: float) -> None:
    panels = panel_pages([(148, 210)] * 2, 5)
    with opened(press(panels, sides_of("a5", "a4"), bleed)) as pdf:
        for page in pdf.pages:
            over, trim = box(page.obj, "BleedBox"), box(page.obj, "TrimBox")
            assert trim[0] - over[0] == pytest.approx(bleed, abs=0.01)
            assert over[3] - trim[3] == pytest.approx(bleed, abs=0.01)


@pytest.mark.parametrize(("name", "paper"), [("card", "a4"), ("letter-fold", "a4")])
def test_a_sheet_of_several_copies(name: str, paper: str) -> None:
    """The page is the press sheet; its trim holds all copies, their own are in the page's facts."""
    sides = on_press_sheet(sides_of(name, paper), PRESS_SHEETS_MM["sra3"], BLEED[paper])
    sizes = [(across, TABLE[name, paper].sheet[1]) for across in widths(name, paper)]
    with opened(press(panel_pages(sizes, 5), sides, BLEED[paper])) as pdf:
        for page, side in zip(pdf.pages, sides, strict=True):
            media = box(page.obj, "MediaBox")
            assert media == pytest.approx([0, 0, side.width_mm, side.height_mm], abs=SLACK_MM)
            assert sorted(media[2:]) == pytest.approx([320, 450], abs=SLACK_MM)
            trim, whole = box(page.obj, "TrimBox"), side.trim
            assert trim == pytest.approx(
                [whole.x_mm, whole.y_mm, whole.right_mm, whole.top_mm], abs=SLACK_MM
            )
            over = box(page.obj, "BleedBox")
            assert media[0] < over[0] < trim[0] and trim[2] < over[2] < media[2]
            assert media[1] < over[1] < trim[1] and trim[3] < over[3] < media[3]


@pytest.mark.parametrize("condition", CONDITIONS)
def test_the_output_intent_names_a_registered_condition(condition: str) -> None:
    row, profile, _ = inks(condition)
    content = press(panel_pages([(148, 210)], 3), sides_of("a5", "a4")[:1], 3, condition=condition)
    with opened(content) as pdf:
        (intent,) = pdf.Root.OutputIntents
        assert intent.Type == Name.OutputIntent
        assert intent.S == Name.GTS_PDFX
        assert str(intent.OutputConditionIdentifier) == row.identifier
        assert str(intent.RegistryName) == "http://www.color.org"
        assert str(intent.Info) == row.info
        assert intent.DestOutputProfile.N == 4
        assert intent.DestOutputProfile.read_bytes() == profile
        assert profile[12:20] == b"prtrCMYK"  # an output profile for CMYK


def test_the_conditions_that_are_registered() -> None:
    assert {row.identifier for row in CONDITIONS.values()} == {
        "FOGRA39",
        "FOGRA29",
        "CGATS TR 006",
        "CGATS TR 003",
    }


def test_the_version_of_the_file(real: bytes) -> None:
    assert real.startswith(b"%PDF-1.6\n")
    with opened(real) as pdf:
        assert "/Version" not in pdf.Root


@contextmanager
def described(content: bytes) -> Iterator[tuple[Pdf, dict[str, str]]]:
    """A file and its XMP: the words of each element by its name."""
    with opened(content) as pdf:
        metadata = pdf.Root.Metadata
        assert (metadata.Type, metadata.Subtype) == (Name.Metadata, Name.XML)
        root = ElementTree.fromstring(metadata.read_bytes())
        found = {
            element.tag.partition("}")[2]: "".join(element.itertext()).strip()
            for element in root.iter()
        }
        yield pdf, found


def test_the_metadata_say_what_it_is_and_agree(real: bytes) -> None:
    with described(real) as (pdf, xmp):
        assert xmp["GTS_PDFXVersion"] == "PDF/X-4"
        assert "/GTS_PDFXVersion" not in pdf.docinfo  # PDF/X-4 names itself in XMP alone
        assert pdf.docinfo["/Trapped"] == Name("/False")
        assert xmp["Trapped"] == "False"
        assert str(pdf.docinfo["/Title"]) == xmp["title"] == TITLE
        assert str(pdf.docinfo["/Author"]) == xmp["creator"] == "Riverside & Sons"
        assert str(pdf.docinfo["/Creator"]) == xmp["CreatorTool"] == "Foldwell"
        assert str(pdf.docinfo["/Producer"]) == xmp["Producer"] != ""
        assert str(pdf.docinfo["/CreationDate"]) == "D:20260110000000+00'00'"
        assert pdf.docinfo["/ModDate"] == pdf.docinfo["/CreationDate"]
        for name in ("CreateDate", "ModifyDate", "MetadataDate"):
            assert xmp[name] == "2026-01-10T00:00:00+00:00"
        assert re.fullmatch(r"uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", xmp["DocumentID"])
        assert xmp["RenditionClass"] == "default"
        assert str(pdf.Root.Lang) == "en"
        assert len(pdf.trailer.ID) == 2


@pytest.mark.parametrize(
    ("date", "written"),
    [
        ("D:20260110", "20260110"),
        ("D:20260110235959+13'00'", "20260110"),
        ("D:2026", "20000101"),
        ("D:20261310", "20000101"),
        ("", "20000101"),
        ("soon", "20000101"),
    ],
)
def test_a_date_has_all_its_parts(date: str, written: str) -> None:
    with opened(panel_pages([(148, 210)])) as pdf:
        pdf.docinfo["/CreationDate"] = date
        out = io.BytesIO()
        pdf.save(out)
    with described(press(out.getvalue(), sides_of("a5", "a4")[:1], 3)) as (pdf, xmp):
        assert str(pdf.docinfo["/CreationDate"]) == f"D:{written}000000+00'00'"
        day = f"{written[:4]}-{written[4:6]}-{written[6:]}"
        assert xmp["CreateDate"] == f"{day}T00:00:00+00:00"
        (info,) = (page.obj.PieceInfo["/Foldwell"] for page in pdf.pages)
        assert str(info.LastModified) == str(pdf.pages[0].obj.LastModified)
        assert str(info.LastModified) == f"D:{written}000000+00'00'"


def test_nothing_in_it_can_be_clicked_or_run(real: bytes) -> None:
    """Links of the words are for screens; a press file has no annotation and no action."""
    with opened(real) as pdf:
        assert all("/Annots" not in page.obj for page in pdf.pages)
        keys = {"/AcroForm", "/OpenAction", "/AA", "/Names", "/OCProperties", "/Outlines"}
        assert not keys & set(pdf.Root.keys())
        for item in pdf.objects:
            if isinstance(item, Dictionary | Stream):
                assert item.get("/Type") not in (Name.Annot, Name.Action, Name.Filespec)


def test_no_rgb_is_left(real: bytes) -> None:
    with opened(real) as pdf:
        assert rgb_left(pdf) == []
    with opened(typeset(SOURCE).write()) as before:
        assert rgb_left(before) != []  # so there was some to convert


@ROWS
def test_no_rgb_is_left_in_any_format(name: str, paper: str) -> None:
    with opened(plain(name, paper)) as pdf:
        assert rgb_left(pdf) == []
        assert pdf.check_pdf_syntax() == []


def test_words_stay_text_in_bundled_fonts(real: bytes) -> None:
    with opened(real) as pdf:
        fonts = [
            item
            for item in pdf.objects
            if isinstance(item, Dictionary) and item.get("/Type") == Name.FontDescriptor
        ]
        assert fonts
        for font in fonts:
            assert "/FontFile2" in font or "/FontFile3" in font
            assert re.fullmatch(r"/[A-Z]{6}\+Atkinson-Hyperlegible-Next.*", str(font.FontName))


def test_the_same_words_give_the_same_bytes(real: bytes) -> None:
    again = press(typeset(SOURCE).write(), ONE_SIDE, 3, PIECE)
    assert again == real
    other = press(typeset(SOURCE).write(), ONE_SIDE, 3, replace(PIECE, title="Tea"))
    with described(real) as (_, xmp), described(other) as (_, others):
        assert xmp["DocumentID"] != others["DocumentID"]


def test_what_sides_share_is_there_once() -> None:
    """One profile and one registration colour, however many sides."""
    with opened(plain("booklet", "a4")) as pdf:
        assert len(pdf.pages) == 4
        spaces = {page.Resources.ColorSpace["/Registration"].objgen for page in pdf.pages}
        assert len(spaces) == 1
        profiles = [o for o in pdf.objects if isinstance(o, Stream) and o.get("/N") == 4]
        assert len(profiles) == 1
        forms = [o for o in pdf.objects if isinstance(o, Stream) and o.get("/Subtype") == "/Form"]
        assert len(forms) == 8
