from collections.abc import Callable
from typing import Any

import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String
from sheet import A6, Sheet, picture, saved, told

from foldwell.check.preflight import preflight
from foldwell.check.standard import Expected

Change = Callable[[Pdf], None]


def intent(**changes: Any) -> Change:
    def change(pdf: Pdf) -> None:
        for key, value in changes.items():
            if value is None:
                del pdf.Root.OutputIntents[0][f"/{key}"]
            else:
                pdf.Root.OutputIntents[0][f"/{key}"] = value

    return change


def without_xmp(pdf: Pdf) -> None:
    del pdf.Root.Metadata


def another_version(pdf: Pdf) -> None:
    xmp = pdf.Root.Metadata.read_bytes().replace(b"PDF/X-4", b"PDF/X-3")
    pdf.Root.Metadata = pdf.make_stream(xmp)


def rgb_profile(pdf: Pdf) -> None:
    pdf.Root.OutputIntents[0].DestOutputProfile = pdf.make_stream(b"profile", N=3)


def second_intent(pdf: Pdf) -> None:
    pdf.Root.OutputIntents.append(Dictionary(S=Name.GTS_PDFX))


def untrapped(pdf: Pdf) -> None:
    pdf.docinfo["/Trapped"] = Name("/Unknown")


def script(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def named_script(pdf: Pdf) -> None:
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([])))


def page_script(pdf: Pdf) -> None:
    action = Dictionary(S=Name.JavaScript, JS=String("x"))
    pdf.pages[0].obj.AA = Dictionary(O=action)


def annotated(kind: str, *rect: float) -> Change:
    def change(pdf: Pdf) -> None:
        note = Dictionary(Type=Name.Annot, Subtype=Name("/" + kind), Rect=Array(rect))
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])

    return change


FAULTS = {
    "identifier": (
        intent(OutputConditionIdentifier="Custom"),
        "The printing condition 'Custom' is not a registered one.",
    ),
    "no identifier": (
        intent(OutputConditionIdentifier=None),
        "The printing condition '' is not a registered one.",
    ),
    "registry": (
        intent(RegistryName=None),
        "The output intent does not name the registry (http://www.color.org).",
    ),
    "profile": (intent(DestOutputProfile=None), "The output intent holds no profile."),
    "RGB profile": (rgb_profile, "The profile of the output intent is not CMYK."),
    "two intents": (
        second_intent,
        "The file has more than one output intent for print (GTS_PDFX).",
    ),
    "no XMP": (
        without_xmp,
        "The file does not say that it is PDF/X-4 (GTS_PDFXVersion in its XMP).",
    ),
    "PDF/X-3": (
        another_version,
        "The file does not say that it is PDF/X-4 (GTS_PDFXVersion in its XMP).",
    ),
    "trapping": (untrapped, "The file does not say whether it is trapped."),
    "script": (script, "The file holds JavaScript."),
    "named script": (named_script, "The file holds JavaScript."),
    "script of a page": (page_script, "The file holds JavaScript."),
    "link": (
        annotated("Link", 100, 100, 150, 150),
        "Annotations (Link) lie on what is printed.",
    ),
}


@pytest.mark.parametrize(("change", "message"), FAULTS.values(), ids=FAULTS)
def test_what_a_press_file_must_say(change: Change, message: str) -> None:
    (finding,) = Sheet(change=change).findings()
    assert told([finding]) == [("X9", "error")]
    assert finding.message == message


@pytest.mark.parametrize(("change", "message"), FAULTS.values(), ids=FAULTS)
def test_an_office_file_need_not(change: Change, message: str) -> None:
    assert message
    assert Sheet(change=change).findings(expected=Expected(medium="office", format="a6")) == []


@pytest.mark.parametrize(
    "name", ["FOGRA39", "FOGRA39L", "FOGRA51", "CGATS TR 006", "CGATS21-2-CRPC6", "JC200103"]
)
def test_registered_conditions(name: str) -> None:
    assert Sheet(condition=name).findings() == []


@pytest.mark.parametrize(
    "name", ["FOGRA39 coated", "fogra39", "CMYK", "Coated FOGRA39 (ISO 12647)"]
)
def test_conditions_that_are_not(name: str) -> None:
    assert told(Sheet(condition=name).findings()) == [("X9", "error")]


def test_trapping_may_stand_in_the_metadata() -> None:
    def change(pdf: Pdf) -> None:
        del pdf.docinfo["/Trapped"]
        xmp = pdf.Root.Metadata.read_bytes()
        known = b'<pdf:Trapped xmlns:pdf="http://ns.adobe.com/pdf/1.3/">False</pdf:Trapped>'
        pdf.Root.Metadata = pdf.make_stream(xmp.replace(b"<pdfxid:", known + b"<pdfxid:"))

    assert Sheet(change=change).findings() == []


@pytest.mark.parametrize("kind", ["PrinterMark", "TrapNet"])
def test_marks_of_the_printer_may_be_annotations(kind: str) -> None:
    assert Sheet(change=annotated(kind, 100, 100, 150, 150)).findings() == []


def test_annotations_may_stand_outside_the_bleed() -> None:
    assert Sheet(change=annotated("Text", 5, 5, 25, 25)).findings() == []


def test_encryption() -> None:
    found = preflight(saved(Sheet().pdf(), locked=""), A6)
    assert [f.message for f in found] == ["The file is encrypted."]
    assert told(found) == [("X9", "error")]


def light(**resources: Any) -> Sheet:
    return Sheet(resources={key: Dictionary(value) for key, value in resources.items()})


RGB_RAMP = {"/ShadingType": 2, "/ColorSpace": Name.DeviceRGB, "/Coords": Array([0, 0, 1, 1])}
TINT = Dictionary(FunctionType=2, N=1, Domain=[0, 1], C0=[1, 1, 1], C1=[1, 0, 0])


def icc(components: int, **more: Any) -> Change:
    def change(pdf: Pdf) -> None:
        profile = pdf.make_stream(b"profile", N=components)
        pdf.pages[0].Resources.ColorSpace = Dictionary(S=Array([Name.ICCBased, profile]), **more)

    return change


def grouped(space: Name) -> Change:
    def change(pdf: Pdf) -> None:
        pdf.pages[0].obj.Group = Dictionary(S=Name.Transparency, CS=space)

    return change


def deep(space: Name) -> Change:
    """A soft mask, whose group has another form with a group."""

    def change(pdf: Pdf) -> None:
        inner = pdf.make_stream(
            b"", Subtype=Name.Form, BBox=[0, 0, 9, 9],
            Group=Dictionary(S=Name.Transparency, CS=space),
        )  # fmt: skip
        outer = pdf.make_stream(
            b"/X Do", Subtype=Name.Form, BBox=[0, 0, 9, 9],
            Group=Dictionary(S=Name.Transparency, CS=Name.DeviceGray),
            Resources=Dictionary(XObject=Dictionary(X=inner)),
        )  # fmt: skip
        mask = Dictionary(Type=Name.Mask, S=Name.Luminosity, G=outer)
        pdf.pages[0].Resources.ExtGState = Dictionary(M=Dictionary(SMask=mask))

    return change


def with_picture(**changes: Any) -> Change:
    def change(pdf: Pdf) -> None:
        image = picture(pdf, 4, 4, b"\0\0\0", **changes)
        pdf.pages[0].Resources.XObject = Dictionary(Im=image)

    return change


def with_pattern(pdf: Pdf) -> None:
    tile = pdf.make_stream(
        b"1 0 0 rg 0 0 5 5 re f",
        PatternType=1,
        PaintType=1,
        BBox=[0, 0, 9, 9],
        XStep=9,
        YStep=9,
        Resources=Dictionary(),
    )
    pdf.pages[0].Resources.Pattern = Dictionary(P=tile)


def with_type_3(pdf: Pdf) -> None:
    glyph = pdf.make_stream(b"500 0 d0 1 0 0 rg 0 0 500 500 re f")
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 500, 500],
        FontMatrix=[0.001, 0, 0, 0.001, 0, 0], CharProcs=Dictionary(a=glyph),
        Encoding=Dictionary(Differences=[97, Name("/a")]), FirstChar=97, LastChar=97,
        Widths=[500],
    )  # fmt: skip
    pdf.pages[0].Resources.Font.T3 = pdf.make_indirect(font)


LEFT = {
    "drawing": (Sheet(more="1 0 0 rg 80 80 9 9 re f"), "colours of drawing or text (DeviceRGB)"),
    "named space": (
        Sheet(more="/DeviceRGB cs 1 0 0 sc 80 80 9 9 re f"),
        "colours of drawing or text (DeviceRGB)",
    ),
    "profile": (Sheet(change=icc(3)), "the colour space S (ICCBased with 3 components)"),
    "default": (
        light(ColorSpace={"/DefaultRGB": Array([Name.CalRGB, Dictionary()])}),
        "the colour space DefaultRGB (CalRGB)",
    ),
    "lab": (
        light(ColorSpace={"/L": Array([Name.Lab, Dictionary(WhitePoint=[1, 1, 1])])}),
        "the colour space L (Lab)",
    ),
    "indexed": (
        light(ColorSpace={"/I": Array([Name.Indexed, Name.DeviceRGB, 0, b"abc"])}),
        "the colour space I (DeviceRGB)",
    ),
    "alternate": (
        light(ColorSpace={"/A": Array([Name.Separation, Name("/Gold"), Name.DeviceRGB, TINT])}),
        "the colour space A (DeviceRGB)",
    ),
    "uncoloured pattern": (
        light(ColorSpace={"/P": Array([Name.Pattern, Name.DeviceRGB])}),
        "the colour space P (DeviceRGB)",
    ),
    "shading": (light(Shading={"/S": Dictionary(RGB_RAMP)}), "the shading S (DeviceRGB)"),
    "shading of a pattern": (
        light(Pattern={"/P": Dictionary({"/PatternType": 2, "/Shading": Dictionary(RGB_RAMP)})}),
        "the pattern P (DeviceRGB)",
    ),
    "picture": (
        Sheet(change=with_picture(ColorSpace=Name.DeviceRGB)),
        "the picture Im (DeviceRGB)",
    ),
    "group": (
        Sheet(change=grouped(Name.DeviceRGB)),
        "the transparency group of the page (DeviceRGB)",
    ),
    "soft mask": (
        Sheet(change=deep(Name.DeviceRGB)),
        "the transparency group of the group of X (DeviceRGB)",
    ),
    "pattern": (Sheet(change=with_pattern), "colours of drawing or text (DeviceRGB)"),
    "Type 3": (Sheet(change=with_type_3), "colours of drawing or text (DeviceRGB)"),
}


@pytest.mark.parametrize(("sheet", "said"), LEFT.values(), ids=LEFT)
def test_colours_of_light_anywhere(sheet: Sheet, said: str) -> None:
    (finding,) = sheet.findings()
    assert told([finding]) == [("X9", "error")]
    assert finding.message == f"Not all is CMYK: {said}."


@pytest.mark.parametrize(
    "sheet",
    [
        Sheet(change=icc(4)),
        Sheet(change=icc(1)),
        Sheet(change=grouped(Name.DeviceCMYK)),
        Sheet(change=deep(Name.DeviceCMYK)),
        Sheet(more="/DeviceCMYK cs 1 0 0 0 sc 80 80 9 9 re f"),
        Sheet(more="0.5 g 80 80 9 9 re f"),
        light(ColorSpace={"/I": Array([Name.Indexed, Name.DeviceCMYK, 0, b"abcd"])}),
    ],
    ids=["profile", "grey profile", "group", "soft mask", "space", "grey", "indexed"],
)
def test_colours_of_ink(sheet: Sheet) -> None:
    assert sheet.findings() == []


def test_a_small_picture_in_the_content() -> None:
    inline = "q 0.2 0 0 0.2 100 100 cm BI /W 1 /H 1 /BPC 8 /CS /RGB ID abc\nEI Q"
    (finding,) = Sheet(more=inline).findings()
    assert finding.message == (
        "Not all is CMYK: a small picture in the text of the page (DeviceRGB)."
    )


def test_the_look_of_an_annotation() -> None:
    def change(pdf: Pdf) -> None:
        look = pdf.make_stream(b"1 0 0 rg 0 0 9 9 re f", Subtype=Name.Form, BBox=[0, 0, 9, 9])
        note = Dictionary(
            Type=Name.Annot, Subtype=Name.PrinterMark, Rect=[5, 5, 9, 9], AP=Dictionary(N=look)
        )
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])

    assert told(Sheet(change=change).findings()) == [("X9", "error")]


@pytest.mark.parametrize(("count", "more"), [(6, ""), (7, " and 1 more"), (9, " and 3 more")])
def test_many_places_are_shortened(count: int, more: str) -> None:
    spaces = {f"/C{n}": Array([Name.Indexed, Name.DeviceRGB, 0, b"abc"]) for n in range(count)}
    (finding,) = light(ColorSpace=spaces).findings()
    assert finding.message.endswith(f"the colour space C5 (DeviceRGB){more}.")
