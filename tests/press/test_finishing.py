import io
import re
from typing import Any
from xml.etree import ElementTree

from conftest import BASE
from pikepdf import Array, Dictionary, Name, Pdf

from foldwell.press.finishing import (
    PRINT_FLAG,
    finish_screen,
    name_subsets_apart,
    read_srgb_profile,
)
from foldwell.typeset.engine import typeset
from foldwell.typeset.page_source import PageSource

PDFA = "http://www.aiim.org/pdfa/ns/id/"
PROFILE = read_srgb_profile(BASE.parents[2] / "templates")


def unfinished() -> bytes:
    """A PDF with a link, a smoothed picture, a form and metadata."""
    pdf = Pdf.new()
    page = pdf.add_blank_page()
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9])
    page.Annots = Array([pdf.make_indirect(link)])
    picture = pdf.make_stream(
        b"\0", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, BitsPerComponent=8,
        ColorSpace=Name.DeviceGray, Interpolate=True,
    )  # fmt: skip
    page.Resources = Dictionary(XObject=Dictionary(Im=picture))
    pdf.Root.AcroForm = Dictionary(Fields=[], NeedAppearances=True)
    xmp = (
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        b'<rdf:Description rdf:about=""><title>T</title></rdf:Description></rdf:RDF>'
    )
    pdf.Root.Metadata = pdf.make_stream(xmp, Type=Name.Metadata, Subtype=Name.XML)
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def test_what_pdf_a_asks_for() -> None:
    with Pdf.open(io.BytesIO(finish_screen(unfinished(), PROFILE))) as pdf:
        page = pdf.pages[0]
        assert page.Annots[0].F == PRINT_FLAG
        assert "/Interpolate" not in page.Resources.XObject.Im
        assert "/NeedAppearances" not in pdf.Root.AcroForm
        (intent,) = pdf.Root.OutputIntents
        assert intent.S == Name.GTS_PDFA1
        assert intent.DestOutputProfile.read_bytes() == PROFILE
        descriptions = list(ElementTree.fromstring(pdf.Root.Metadata.read_bytes()))
        assert [d.get(f"{{{PDFA}}}part") for d in descriptions] == [None, "2"]
        assert [d.get(f"{{{PDFA}}}conformance") for d in descriptions] == [None, "A"]


def test_the_same_file_gives_the_same_bytes() -> None:
    content = unfinished()
    assert finish_screen(content, PROFILE) == finish_screen(content, PROFILE)


def test_paragraphs_of_a_list_item_stand_in_its_body() -> None:
    """A list item may hold a label and a body only (PDF/UA-1, 7.6)."""
    html = "<ul><li><p>One</p><p>more</p></li><li>Two<ul><li>inner</li></ul></li></ul>"
    source = PageSource(
        f"<html lang=en><title>T</title><body>{html}",
        ("ul { list-style-type: disc }",),
        (),
        tagged=True,
    )
    finished = finish_screen(typeset(source).write(tagged=True), PROFILE)
    with Pdf.open(io.BytesIO(finished)) as pdf:
        items = [o for o in pdf.objects if isinstance(o, Dictionary) and o.get("/S") == "/LI"]
        assert len(items) == 3
        for item in items:
            assert {str(child.S) for child in item.K} <= {"/Lbl", "/LBody"}
            for child in item.K:
                assert child.P.objgen == item.objgen


def test_subsets_of_one_font_are_marked_apart() -> None:
    """Of two files that were typeset apart and joined; each stays what it was otherwise."""
    with Pdf.new() as pdf:
        page = pdf.add_blank_page()
        fonts: dict[str, Any] = {}
        for index in range(3):
            descriptor = pdf.make_indirect(
                Dictionary(
                    Type=Name.FontDescriptor, FontName=Name("/ABCDEF+House"), Flags=4 + index
                )
            )
            inner = pdf.make_indirect(
                Dictionary(
                    Type=Name.Font,
                    Subtype=Name.CIDFontType2,
                    BaseFont=Name("/ABCDEF+House"),
                    FontDescriptor=descriptor,
                )
            )
            fonts[f"/F{index}"] = pdf.make_indirect(
                Dictionary(
                    Type=Name.Font,
                    Subtype=Name.Type0,
                    BaseFont=Name("/ABCDEF+House"),
                    DescendantFonts=Array([inner]),
                )
            )
        page.Resources = Dictionary(Font=Dictionary(fonts))
        name_subsets_apart(pdf)
        names = []
        for font in fonts.values():
            below = font.DescendantFonts[0]
            told = {str(font.BaseFont), str(below.BaseFont), str(below.FontDescriptor.FontName)}
            (name,) = told
            assert re.fullmatch(r"/[A-Z]{6}\+House", name)
            names.append(name)
        assert len(set(names)) == 3
        before = list(names)
        name_subsets_apart(pdf)
        assert [str(font.BaseFont) for font in fonts.values()] == before
