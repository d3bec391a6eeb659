import io
from typing import Any

import pytest
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image
from sheet import BLEED_MM, Sheet, box, image_at, picture, told

from foldwell.finding import Finding


def filled(*inks: float, condition: str = "FOGRA39") -> list[Finding]:
    ink = " ".join(str(part) for part in inks)
    return Sheet(more=f"{ink} k 80 80 60 60 re f", condition=condition).findings()


@pytest.mark.parametrize(
    ("inks", "severity"),
    [
        ((1, 1, 1, 0), None),
        ((1, 1, 1, 0.2), "warning"),
        ((1, 1, 1, 0.29), "warning"),
        ((1, 1, 1, 0.4), "error"),
    ],
)
def test_on_coated_paper(inks: tuple[float, ...], severity: str | None) -> None:
    for condition in ("FOGRA39", "CGATS TR 006", "FOGRA51"):
        assert told(filled(*inks, condition=condition)) == ([("X6", severity)] if severity else [])


@pytest.mark.parametrize(
    ("inks", "severity"),
    [((1, 1, 0.6, 0), None), ((1, 1, 0.8, 0), "warning"), ((1, 1, 1, 0.1), "error")],
)
def test_on_uncoated_paper(inks: tuple[float, ...], severity: str | None) -> None:
    for condition in ("FOGRA29", "FOGRA47L"):
        assert told(filled(*inks, condition=condition)) == ([("X6", severity)] if severity else [])


def test_the_sum_is_said() -> None:
    (finding,) = filled(0.9, 0.9, 0.9, 0.9)
    assert finding.message == "A colour has 360 % of ink, more than 330 %."
    assert finding.place.box_pt == pytest.approx((80, 80, 140, 140))


@pytest.mark.parametrize(
    "drawn",
    ["1 1 1 1 K 2 w 80 80 m 140 80 l S", "q /Half gs 1 1 1 1 k 80 80 60 60 re f Q"],
    ids=["a line", "half opaque"],
)
def test_all_that_is_painted_counts(drawn: str) -> None:
    """Over paper half of it would do; over the same colour again it would not."""
    states = {"ExtGState": Dictionary(Half=Dictionary(ca=0.5))}
    assert told(Sheet(more=drawn, resources=states).findings()) == [("X6", "error")]


def test_what_is_fully_clear_does_not_count() -> None:
    states = {"ExtGState": Dictionary(None_=Dictionary(ca=0))}
    drawn = "q /None_ gs 1 1 1 1 k 80 80 60 60 re f Q"
    assert Sheet(more=drawn, resources=states).findings() == []


def test_marks_outside_the_bleed_are_in_all_inks() -> None:
    space = Array(
        [
            Name.Separation,
            Name.All,
            Name.DeviceCMYK,
            Dictionary(FunctionType=2, N=1, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 1, 1, 1]),
        ]
    )
    mark = "q /All CS 1 SCN 0.25 w " + box(-9, 50, 9 - BLEED_MM, 0).replace("re", "re S") + " Q"
    sheet = Sheet(more=mark, resources={"ColorSpace": Dictionary(All=space)})
    assert sheet.findings() == []
    sheet.more = mark.replace(box(-9, 50, 9 - BLEED_MM, 0), box(20, 50, 9, 0))
    assert told(sheet.findings()) == [("X6", "error")]


@pytest.mark.parametrize(("black", "severity"), [(0, None), (51, "warning"), (255, "error")])
@pytest.mark.parametrize("bits", [8, 16])
def test_shadings_of_samples(bits: int, black: int, severity: str | None) -> None:
    """As separation itself writes them: a table of 16 bits."""

    def change(pdf: Pdf) -> None:
        inks = [0, 0, 0, 0, 255, 255, 255, black]
        table = pdf.make_stream(
            b"".join(bytes([ink]) * (bits // 8) for ink in inks),
            FunctionType=0, BitsPerSample=bits, Size=[2], Domain=[0, 1], Range=[0, 1] * 4,
        )  # fmt: skip
        pdf.pages[0].Resources.Shading = Dictionary(
            S=Dictionary(
                ShadingType=2, ColorSpace=Name.DeviceCMYK, Coords=[80, 0, 140, 0], Function=table
            )
        )

    drawn = "q 80 80 60 60 re W n /S sh Q"
    found = told(Sheet(more=drawn, change=change).findings())
    assert found == ([("X6", severity)] if severity else [])


TINT = Dictionary(FunctionType=2, N=1, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0, 0.2, 1, 0])
PALETTE = [Name.Indexed, Name.DeviceCMYK, 1, bytes(4) + b"\xff" * 4]


def pictured(ink: bytes, **changes: Any) -> list[Finding]:
    def change(pdf: Pdf) -> None:
        image = picture(pdf, 300, 300, ink, **changes)
        pdf.pages[0].Resources.XObject = Dictionary(Im=image)

    return Sheet(more=image_at("Im", 10, 10, 25.4, 25.4), change=change).findings()


@pytest.mark.parametrize(
    ("ink", "changes", "severity"),
    [
        (bytes([255, 255, 255, 0]), {}, None),
        (bytes([255, 255, 255, 51]), {}, "warning"),
        (bytes([255, 255, 255, 255]), {}, "error"),
        (bytes([0, 0, 0, 0]), {"Decode": [1, 0, 1, 0, 1, 0, 1, 0]}, "error"),
        (bytes([255, 255, 255, 255]), {"Decode": [1, 0, 1, 0, 1, 0, 1, 0]}, None),
        (bytes([255, 0] * 4), {"BitsPerComponent": 16}, "error"),
        (bytes([1]), {"ColorSpace": PALETTE}, "error"),
        (bytes([0]), {"ColorSpace": PALETTE}, None),
    ],
    ids=["300", "320", "400", "upside down", "and back", "16 bits", "indexed", "unused index"],
)
def test_pictures(ink: bytes, changes: dict[str, Any], severity: str | None) -> None:
    changes = {k: Array(v) if isinstance(v, list) else v for k, v in changes.items()}
    assert told(pictured(ink, **changes)) == ([("X6", severity)] if severity else [])


@pytest.mark.parametrize(("inks", "bad"), [((255, 255, 255, 0), False), ((255,) * 4, True)])
def test_a_jpeg_holds_its_inks_upside_down(inks: tuple[int, ...], bad: bool) -> None:
    """As programs write them: the Decode array turns them back."""
    out = io.BytesIO()
    Image.new("CMYK", (300, 300), inks).save(out, "JPEG")

    def change(pdf: Pdf) -> None:
        image = picture(pdf, 300, 300, b"", Filter=Name.DCTDecode, Decode=[1, 0] * 4)
        image.write(out.getvalue(), filter=Name.DCTDecode)
        pdf.pages[0].Resources.XObject = Dictionary(Im=image)

    sheet = Sheet(more=image_at("Im", 10, 10, 25.4, 25.4), change=change)
    assert told(sheet.findings()) == ([("X6", "error")] if bad else [])


def test_a_picture_in_spot_colours() -> None:
    """One ink cannot be too much; of several the sum is not read. Its plate is rule X12's."""
    gold = Array([Name.Separation, Name.Gold, Name.DeviceCMYK, TINT])
    assert told(pictured(b"\xff", ColorSpace=gold)) == [("X12", "warning")]
    names = Array([Name.Gold, Name.Cyan])
    two = Array([Name.DeviceN, names, Name.DeviceCMYK, TINT])
    found = told(pictured(b"\xff\xff", ColorSpace=two))
    assert sorted(found) == [("X12", "warning"), ("X6", "information")]


def test_a_large_picture_is_summed_in_strips(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("foldwell.check.picture_ink._STRIP_PIXELS", 1000)
    test_a_part_of_a_picture()


def test_a_part_of_a_picture() -> None:
    def change(pdf: Pdf) -> None:
        image = Image.new("CMYK", (300, 300), (30, 0, 0, 0))
        image.paste((255, 255, 255, 200), (0, 0, 60, 60))
        stream = picture(pdf, 300, 300, b"")
        stream.write(image.tobytes())
        pdf.pages[0].Resources.XObject = Dictionary(Im=stream)

    (finding,) = Sheet(more="q 72 0 0 72 100 100 cm /Im Do Q", change=change).findings()
    assert told([finding]) == [("X6", "error")]
    assert finding.message == (
        "A picture has up to 378 % of ink, and more than 330 % on 4 % of its area."
    )
    assert finding.place.box_pt == pytest.approx((100, 157.6, 114.4, 172))


def test_stray_pixels_do_no_harm() -> None:
    def change(pdf: Pdf) -> None:
        image = Image.new("CMYK", (300, 300), (30, 0, 0, 0))
        image.paste((255, 255, 255, 255), (0, 0, 5, 5))
        stream = picture(pdf, 300, 300, b"")
        stream.write(image.tobytes())
        pdf.pages[0].Resources.XObject = Dictionary(Im=stream)

    assert Sheet(more="q 72 0 0 72 100 100 cm /Im Do Q", change=change).findings() == []


def test_a_picture_that_cannot_be_read_is_said_to_be_uncounted() -> None:
    found = pictured(b"\0\0\0\0", Filter=Name.JPXDecode)
    assert ("X6", "information") in told(found)


def ramp(last: list[float]) -> Dictionary:
    return Dictionary(
        ShadingType=2,
        ColorSpace=Name.DeviceCMYK,
        Coords=[80, 80, 140, 80],
        Function=Dictionary(FunctionType=2, N=1, Domain=[0, 1], C0=[0, 0, 0, 0], C1=last),
    )


@pytest.mark.parametrize(("last", "bad"), [([1, 1, 1, 0], False), ([1, 1, 1, 1], True)])
@pytest.mark.parametrize("way", ["operator", "pattern"])
def test_shadings(last: list[float], bad: bool, way: str) -> None:
    pattern = Dictionary(Type=Name.Pattern, PatternType=2, Shading=ramp(last))
    drawn = {
        "operator": "q 80 80 60 60 re W n /S sh Q",
        "pattern": "/Pattern cs /P scn 80 80 60 60 re f",
    }[way]
    resources = {"Shading": Dictionary(S=ramp(last)), "Pattern": Dictionary(P=pattern)}
    found = Sheet(more=drawn, resources=resources).findings()
    assert told(found) == ([("X6", "error")] if bad else [])


def test_what_is_not_counted_is_said() -> None:
    resources = {"ExtGState": Dictionary(S=Dictionary(BM=Name.Multiply))}
    (finding,) = Sheet(more="/S gs 80 80 9 9 re f", resources=resources).findings()
    assert told([finding]) == [("X6", "information")]
    assert finding.message.startswith("The page uses the blend mode Multiply")


def test_normal_blending_adds_nothing() -> None:
    resources = {"ExtGState": Dictionary(S=Dictionary(BM=Name.Normal, ca=0.5, OP=False))}
    assert Sheet(more="/S gs 80 80 9 9 re f", resources=resources).findings() == []
