import pytest
from sheet import HEIGHT_MM, MM, SLUG_MM, WIDTH_MM, Sheet, told

from foldwell.check.standard import Expected
from foldwell.finding import Finding
from foldwell.pdf.piece_info import PieceInfo

X0, Y0 = SLUG_MM * MM, SLUG_MM * MM
X1, Y1 = (SLUG_MM + WIDTH_MM) * MM, (SLUG_MM + HEIGHT_MM) * MM
MIDDLE = (X0 + X1) / 2
PANELS = ((X0, Y0, MIDDLE, Y1), (MIDDLE, Y0, X1, Y1))


def info(panels: tuple[tuple[float, float, float, float], ...] = PANELS) -> PieceInfo:
    return PieceInfo("own-format", "press", "FOGRA39", 12, (), ((X0, Y0, X1, Y1),), panels)


def clipped(clip: str, panels: PieceInfo | None = None) -> list[Finding]:
    sheet = Sheet(info=panels, words=())
    return sheet.findings(
        lambda _, font: f"q {clip} W n " + font.show("Swallow whole", 14, 100, 100) + " Q",
        expected=Expected(),
    )


@pytest.mark.parametrize(
    "clip",
    [
        "90 90 60 40 re",
        "120 90 200 40 re",
        "90 104 200 40 re",
        "90 60 200 44 re",
        "90 90 60 40 re W n 0 0 500 500 re",
    ],
    ids=["right", "left", "lower", "upper", "a clip within a clip"],
)
def test_text_that_a_clip_cuts(clip: str) -> None:
    (finding,) = clipped(clip)
    assert told([finding]) == [("L11", "error")]
    assert finding.message.startswith("The text '")
    assert finding.message.endswith("' is cut off.")


def test_a_clip_around_the_text() -> None:
    assert clipped("90 90 200 40 re") == []


def test_text_that_is_wholly_clipped_away() -> None:
    """In a file of ours a word is lost; elsewhere it may have been cropped on purpose."""
    assert told(clipped("300 300 10 10 re", info())) == [("L11", "error")]
    assert told(clipped("300 300 10 10 re")) == [("L11", "warning")]
    assert clipped("") == []  # viewers pass by a clip without a path


@pytest.mark.parametrize(("x", "y"), [(350, 200), (-20, 200), (200, -5), (200, 505)])
def test_text_over_the_edge_of_the_page(x: float, y: float) -> None:
    found = Sheet().findings(lambda _, font: font.show("Swallow whole", 14, x, y))
    assert ("L11", "error") in told(found)
    assert any("stands outside the page" in f.message for f in found)
    assert {f.rule for f in found} <= {"L11", "X3"}


def test_text_outside_the_page_altogether() -> None:
    found = Sheet().findings(lambda _, font: font.show("Swallow whole", 14, 900, 200))
    assert told(found) == [("L11", "warning")]
    assert "Swallowwhole" in found[0].message.replace(" ", "")


def test_text_over_the_edge_of_its_panel() -> None:
    """A letter that stands on the edge of its panel; nothing clips it."""
    sheet = Sheet(info=info(), words=())
    found = sheet.findings(
        lambda _, font: font.show("M", 60, MIDDLE - 10, 150), expected=Expected()
    )
    assert told(found) == [("L11", "error")]
    assert found[0].message == "The text 'M' stands over the edge of its panel."


def test_text_within_its_panels() -> None:
    sheet = Sheet(info=info(), words=())
    found = sheet.findings(
        lambda _, font: "\n".join(font.show("In", 20, x, 150) for x in (MIDDLE - 50, MIDDLE + 40)),
        expected=Expected(),
    )
    assert found == []


def test_a_form_cuts_to_its_box() -> None:
    from pikepdf import Dictionary, Name, Pdf

    def change(pdf: Pdf) -> None:
        page = pdf.pages[0]
        form = pdf.make_stream(
            b"0 0 0 1 k BT /F 14 Tf 0 2 Td <00240025002400250024> Tj ET",
            Subtype=Name.Form,
            BBox=[0, 0, 20, 20],
            Resources=page.Resources,
        )
        page.Resources.XObject = Dictionary(X=form)

    assert told(Sheet(more="q 1 0 0 1 100 200 cm /X Do Q", change=change).findings()) == [
        ("L11", "error")
    ]
