from pikepdf import Dictionary, Name, Pdf
from sheet import Sheet, told


def with_helvetica(pdf: Pdf) -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/ABCDEF+Helvetica"))
    for page in pdf.pages:
        page.Resources.Font.H = pdf.make_indirect(font)


def test_a_font_that_is_not_in_the_file() -> None:
    sheet = Sheet(more="BT /H 14 Tf 100 200 Td (From elsewhere) Tj ET", change=with_helvetica)
    (finding,) = sheet.findings()
    assert told([finding]) == [("X1", "error")]
    assert finding.message == "The font 'Helvetica' is not embedded."
    assert finding.place.box_pt is not None
    assert finding.place.box_pt[0] > 100 and finding.place.box_pt[3] < 215


def test_a_font_that_leaves_no_ink_need_not_be_embedded() -> None:
    hidden = Sheet(more="BT 3 Tr /H 14 Tf 100 200 Td (Hidden) Tj ET", change=with_helvetica)
    assert hidden.findings() == []
    assert Sheet(change=with_helvetica).findings() == []


def test_a_font_in_a_pattern_counts() -> None:
    def patterned(pdf: Pdf) -> None:
        with_helvetica(pdf)
        for page in pdf.pages:
            tile = pdf.make_stream(
                b"BT /H 14 Tf 0 2 Td (o) Tj ET",
                PatternType=1,
                PaintType=1,
                TilingType=1,
                BBox=[0, 0, 20, 20],
                XStep=20,
                YStep=20,
                Resources=Dictionary(Font=page.Resources.Font),
            )
            page.Resources.Pattern = Dictionary(P=tile)

    sheet = Sheet(more="/Pattern cs /P scn 100 200 40 40 re f", change=patterned)
    assert told(sheet.findings()) == [("X1", "error")]


def test_a_font_in_a_form_counts() -> None:
    def formed(pdf: Pdf) -> None:
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Courier)
        form = pdf.make_stream(
            b"0 0 0 1 k BT /F 14 Tf 0 0 Td (Formed) Tj ET",
            Subtype=Name.Form,
            BBox=[0, 0, 200, 20],
            Resources=Dictionary(Font=Dictionary(F=pdf.make_indirect(font))),
        )
        for page in pdf.pages:
            page.Resources.XObject = Dictionary(X=form)

    sheet = Sheet(more="q 1 0 0 1 100 200 cm /X Do Q", change=formed)
    assert [f.message for f in sheet.findings()] == ["The font 'Courier' is not embedded."]
