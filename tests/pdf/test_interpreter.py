"""What a content stream paints, in points, whatever stands between it and the page."""

from typing import Any

import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from foldwell.pdf.content_stream import Streams
from foldwell.pdf.interpreter import Interpreter
from foldwell.pdf.painting import Painted

PAGE = (0.0, 0.0, 500.0, 500.0)


HOME = Pdf.new()
"""The file that all streams of these tests live in."""


def painted(content: str, unit_pt: float = 1.0, **resources: Any) -> Painted:
    page = HOME.add_blank_page(page_size=(500, 500))
    page.Contents = HOME.make_stream(content.encode())
    page.Resources = Dictionary(**resources)
    start = (unit_pt, 0.0, 0.0, unit_pt, 0.0, 0.0)
    return Interpreter(Streams()).read(page.obj, page.Resources, start, PAGE)


def form(content: str, **more: Any) -> Any:
    facts = {"Subtype": Name.Form, "BBox": [0, 0, 500, 500], "Resources": Dictionary(), **more}
    return HOME.make_stream(content.encode(), **facts)


def test_areas() -> None:
    (fill,) = painted("2 0 0 3 10 20 cm 0 1 0 0 k 5 5 10 10 re f").fills
    assert fill.box == (20, 35, 40, 65)
    assert fill.colour.values == (0, 1, 0, 0)
    assert fill.upright and fill.pieces == 4


def test_a_turned_area_is_not_upright() -> None:
    (fill,) = painted("0.7 0.7 -0.7 0.7 200 0 cm 5 5 10 10 re f").fills
    assert not fill.upright


def test_lines_have_their_real_width() -> None:
    (stroke,) = painted("0.5 0 0 0.5 0 0 cm 3 w 100 100 m 200 100 l S").strokes
    assert stroke.width_pt == pytest.approx(1.5)
    assert stroke.box == pytest.approx((49.25, 49.25, 100.75, 50.75))


def test_a_user_unit_makes_all_larger() -> None:
    found = painted("3 w 10 10 m 20 10 l S BT 12 TL /F 4 Tf 1 1 Td (x) Tj ET", unit_pt=2)
    assert found.strokes[0].width_pt == pytest.approx(6)
    assert found.shows[0].size_pt == pytest.approx(8)


def test_the_graphics_state_comes_back() -> None:
    found = painted("q 9 w 1 0 0 RG Q 0 0 m 9 9 l S")
    assert found.strokes[0].width_pt == 1
    assert found.strokes[0].colour.space.name == "DeviceGray"


def test_state_from_a_dictionary() -> None:
    state = Dictionary(LW=7, CA=0, ca=1, BM=Name.Multiply, OP=True)
    found = painted("/S gs 0 0 m 9 9 l B 0 0 9 9 re f", ExtGState=Dictionary(S=state))
    assert found.strokes == []  # fully clear
    assert len(found.fills) == 2
    assert found.blends == {"Multiply"}
    assert any(fill.overprint for fill in found.fills)


def test_clips_are_kept_as_boxes() -> None:
    found = painted(
        "q 10 10 100 100 re W n 50 50 m 90 50 l 70 90 l h W n 0 0 500 500 re f Q 0 0 9 9 re f"
    )
    assert found.fills[0].box == (50, 50, 90, 90)
    assert found.fills[1].box == (0, 0, 9, 9)


def test_what_is_outside_its_clip_is_not_painted() -> None:
    assert painted("10 10 20 20 re W n 40 40 9 9 re f 40 40 m 50 50 l S").fills == []


def test_a_form_has_a_state_of_its_own() -> None:
    inner = form("2 0 0 2 0 0 cm 1 0 0 0 k 0 0 10 10 re f", Matrix=[1, 0, 0, 1, 100, 0])
    found = painted("q 1 0 0 1 0 50 cm /X Do Q 0 0 5 5 re f", XObject=Dictionary(X=inner))
    assert [fill.box for fill in found.fills] == [(100, 50, 120, 70), (0, 0, 5, 5)]
    assert found.fills[1].colour.space.name == "DeviceGray"


def test_a_form_painted_twice() -> None:
    inner = form("0 0 10 10 re f")
    found = painted("/X Do 1 0 0 1 50 0 cm /X Do", XObject=Dictionary(X=inner))
    assert [fill.box for fill in found.fills] == [(0, 0, 10, 10), (50, 0, 60, 10)]


def test_a_form_without_resources_takes_those_around_it() -> None:
    inner = form("/S gs 0 0 m 9 0 l S")
    del inner.Resources
    found = painted("/X Do", XObject=Dictionary(X=inner), ExtGState=Dictionary(S=Dictionary(LW=4)))
    assert found.strokes[0].width_pt == 4


def test_images() -> None:
    image = form("", Subtype=Name.Image, Width=100, Height=50, BitsPerComponent=8,
                 ColorSpace=Name.DeviceCMYK)  # fmt: skip
    (picture,) = painted("0 144 -72 0 300 100 cm /X Do", XObject=Dictionary(X=image)).pictures
    assert picture.pixels == (100, 50)
    assert picture.size_pt == pytest.approx((144, 72))
    assert picture.ppi == pytest.approx(50)
    assert picture.box == pytest.approx((228, 100, 300, 244))
    assert not picture.line_art and not picture.mask


def test_a_soft_mask_leaves_no_ink() -> None:
    group = form("1 0 0 rg 0 0 99 99 re f")
    mask = Dictionary(S=Name.Luminosity, G=group)
    found = painted("/S gs 0 0 9 9 re f", ExtGState=Dictionary(S=Dictionary(SMask=mask)))
    assert len(found.fills) == 1


def pattern(content: str, **more: Any) -> Any:
    facts = {"PatternType": 1, "PaintType": 1, "BBox": [0, 0, 9, 9], "XStep": 9, "YStep": 9}
    return form(content, **{**facts, **more})


def test_a_pattern_counts_where_it_fills() -> None:
    tile = pattern("0 1 0 0 k 0 0 4 4 re f", Matrix=[1, 0, 0, 1, 900, 900])
    found = painted("/Pattern cs /P scn 50 50 100 100 re f", Pattern=Dictionary(P=tile))
    assert [fill.box for fill in found.fills] == [(50, 50, 150, 150)] * 2
    assert found.fills[1].colour.values == (0, 1, 0, 0)


def test_an_uncoloured_pattern_takes_the_colour_it_is_given() -> None:
    tile = pattern("0 0 4 4 re f", PaintType=2)
    found = painted(
        "/C cs 0 0 1 0 /P scn 50 50 100 100 re f",
        Pattern=Dictionary(P=tile),
        ColorSpace=Dictionary(C=Array([Name.Pattern, Name.DeviceCMYK])),
    )
    assert found.fills[1].colour.values == (0, 0, 1, 0)
    assert found.fills[1].colour.space.name == "DeviceCMYK"


def test_text() -> None:
    found = painted("2 0 0 2 0 0 cm BT /F 5 Tf 0 3 -3 0 0 0 Tm 0 0 0 0.5 k (ab) Tj ET")
    (show,) = found.shows
    assert show.size_pt == pytest.approx(30)
    assert show.direction == pytest.approx((0, 1))
    assert show.colour.values == (0, 0, 0, 0.5)
    assert show.prints


@pytest.mark.parametrize(
    ("shown", "count"),
    [
        ("(a) Tj", 1),
        ("() Tj", 0),
        ("[(a) 20 (b)] TJ", 1),
        ("[20 30] TJ", 0),
        ("[()] TJ", 0),
        ("(a) '", 1),
        ('1 2 (a) "', 1),
    ],
)
def test_what_shows_text(shown: str, count: int) -> None:
    assert len(painted(f"BT /F 9 Tf {shown} ET").shows) == count


@pytest.mark.parametrize(
    ("mode", "prints"), [(0, True), (1, True), (2, True), (3, False), (7, False)]
)
def test_rendering_modes(mode: int, prints: bool) -> None:
    (show,) = painted(f"1 0 0 0 k 0 1 0 0 K BT /F 9 Tf {mode} Tr (a) Tj ET").shows
    assert show.prints == prints
    assert show.colour.values == ((0, 1, 0, 0) if mode == 1 else (1, 0, 0, 0))


def test_colour_spaces_begin_with_a_colour_of_their_own() -> None:
    found = painted("1 0 0 0 k /DeviceCMYK cs 0 0 9 9 re f 0 0 1 0 sc 0 0 9 9 re f")
    assert [fill.colour.values for fill in found.fills] == [(0, 0, 0, 1), (0, 0, 1, 0)]


def test_a_type_3_font_has_units_of_its_own() -> None:
    font = Dictionary(
        Subtype=Name.Type3, FontMatrix=[0.01, 0, 0, 0.01, 0, 0], FontBBox=[0, -20, 90, 80]
    )
    (show,) = painted("BT /F 12 Tf (a) Tj ET", Font=Dictionary(F=font)).shows
    assert show.size_pt == pytest.approx(12)
    assert show.font.embedded
