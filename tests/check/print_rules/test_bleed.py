import pytest
from sheet import A6, BLEED_MM, HEIGHT_MM, WIDTH_MM, Sheet, box, told

TINT = "q 0 0 0 0.1 k "


def full(left: float, lower: float, right: float, upper: float) -> str:
    """A background that reaches so far over each edge."""
    return box(-left, -lower, WIDTH_MM + left + right, HEIGHT_MM + lower + upper)


@pytest.mark.parametrize("over_mm", [0.0, 1.0, 2.0])
@pytest.mark.parametrize(("index", "edge"), [(0, "left"), (1, "lower"), (2, "right"), (3, "upper")])
def test_a_background_that_stops_short(index: int, edge: str, over_mm: float) -> None:
    reach = [BLEED_MM] * 4
    reach[index] = over_mm
    (finding,) = Sheet(background=TINT + full(*reach) + " f Q").findings()
    assert told([finding]) == [("X2", "error")]
    assert finding.message == f"Colour does not reach into the bleed ({edge} edge)."


def test_the_edges_are_named_together() -> None:
    (finding,) = Sheet(background=TINT + full(0, 3, 3, 0) + " f Q").findings()
    assert finding.message == "Colour does not reach into the bleed (left, upper edge)."


@pytest.mark.parametrize("inks", ["0 0 0.1 0", "0 0.06 0 0", "0 0 0 1"])
def test_pale_colours_count(inks: str) -> None:
    sheet = Sheet(background=f"q {inks} k " + full(0, 3, 3, 3) + " f Q", ink="0 0 0 1 k")
    found = [item for item in told(sheet.findings()) if item[0] != "X11"]  # black on a tint
    assert found == [("X2", "error")]


@pytest.mark.parametrize(
    "drawn",
    [
        "",
        "q 0 0 0 0 k " + full(0, 0, 0, 0) + " f Q",
        TINT + box(4, 4, 60, 60) + " f Q",
        TINT + box(-3, 20, 30, 30) + " f Q",
        # A slanting bar that runs from one corner to the bleed.
        "q 0 0 0 0.2 k 20 w 20 20 m 400 500 l S Q",
        # Its end lies in the bleed, slanting.
        "q 0 0 0 0.2 k 20 w 40 300 m 200 420 l S Q",
        # A thin line that ends at the trim.
        "q 0 0 0 1 K 0.5 w 45.35 200 m 200 200 l S Q",
    ],
    ids=["paper", "white", "inside", "into the bleed", "slanting", "slanting end", "line"],
)
def test_what_need_not_bleed(drawn: str) -> None:
    assert Sheet(background=drawn).findings() == []


def test_a_patch_at_the_trim() -> None:
    sheet = Sheet(background=TINT + box(0, 100, 30, 10) + " f Q")
    (finding,) = sheet.findings(expected=A6)
    assert told([finding]) == [("X2", "error")]
    x0, y0, x1, y1 = finding.place.box_pt or (0, 0, 0, 0)
    assert x0 < 45.4 < x1
    assert 328 < y0 < y1 < 358
