import io
from typing import cast

import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image
from sheet import A6, HEIGHT_MM, MM, SLUG_MM, WIDTH_MM, Sheet, saved

from foldwell.check.legend import COLOURS
from foldwell.check.preflight import preflight
from foldwell.check.proof import MARGIN_PT, annotated_proof, is_proof, proof_pictures
from foldwell.errors import FoldwellError, Place
from foldwell.finding import Finding
from foldwell.pdf.piece_info import PieceInfo
from foldwell.rules import Severity

X0, Y0 = SLUG_MM * MM, SLUG_MM * MM
X1, Y1 = (SLUG_MM + WIDTH_MM) * MM, (SLUG_MM + HEIGHT_MM) * MM
FOLD = (X0 + X1) / 2
INFO = PieceInfo(
    "own-format",
    "press",
    "FOGRA39",
    12,
    ((FOLD, Y0, Y1),),
    ((X0, Y0, X1, Y1),),
    ((X0, Y0, FOLD, Y1), (FOLD, Y0, X1, Y1)),
)
BOX = (100.0, 150.0, 160.0, 190.0)
PLACE = Place(page=1, box_pt=BOX)
FINDINGS = [
    Finding("X3", Severity.ERROR, "The text is near the edge.", "Move it.", PLACE),
    Finding("X7", Severity.WARNING, "A line is thin.", "", PLACE),
    Finding("X9", Severity.ERROR, "The file has no output intent."),
    Finding("X10", Severity.INFORMATION, "Something to know.", "", Place(page=1)),
]
BARE = Sheet(background="", words=(), info=INFO, slug="")


def drawn(proof: bytes, page: int = 0) -> Image.Image:
    with pypdfium2.PdfDocument(proof) as pdf:
        return cast(Image.Image, pdf[page].render(scale=2).to_pil()).convert("RGB")


def colour_at(image: Image.Image, x_pt: float, y_pt: float) -> list[tuple[int, ...]]:
    """The colours around a point of the sheet."""
    height = image.height / 2
    x, y = 2 * (x_pt + MARGIN_PT), 2 * (height - MARGIN_PT - y_pt)
    part = image.crop((round(x) - 2, round(y) - 2, round(x) + 3, round(y) + 3))
    return [pixel for _, pixel in part.getcolors() or [] if isinstance(pixel, tuple)]


def looks(pixel: tuple[int, ...], wanted: tuple[int, int, int]) -> bool:
    return all(abs(have - want) < 90 for have, want in zip(pixel, wanted, strict=True))


def text_of(proof: bytes) -> list[str]:
    with pypdfium2.PdfDocument(proof) as pdf:
        return [str(page.get_textpage().get_text_range()) for page in pdf]


def test_pages_and_legend() -> None:
    proof = annotated_proof(Sheet(pages=2).bytes(), FINDINGS)
    first, second, legend = text_of(proof)
    assert "Take one tablet with water" in first
    assert "Page 1" in first and "Page 2" in second
    flat = " ".join(legend.split())
    assert flat.startswith("Proof with notes: not for printing")
    for meaning in ("trim: here the sheet is cut", "bleed: colour runs", "fold", "5 mm from trim"):
        assert meaning in flat
    assert "1 page 1: X3 error: The text is near the edge. Move it." in flat
    assert "2 page 1: X7 warning: A line is thin." in flat
    assert "3 whole file: X9 error: The file has no output intent." in flat
    assert "4 page 1: X10 information: Something to know." in flat


def test_pages_stay_what_they_are() -> None:
    """Text, fonts and drawings are kept; scripts and annotations are not."""

    def change(pdf: Pdf) -> None:
        pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert(1)")
        pdf.pages[0].obj.Annots = pdf.make_indirect(
            Array([Dictionary(Subtype=Name.Link, Rect=Array([0, 0, 9, 9]))])
        )

    proof = annotated_proof(Sheet(change=change).bytes(), [])
    with Pdf.open(io.BytesIO(proof)) as pdf:
        assert "/OpenAction" not in pdf.Root
        assert "/Annots" not in pdf.pages[0].obj
        form = pdf.pages[0].Resources.XObject.Page
        assert form.Subtype == Name.Form
        assert b"Tj" in form.read_bytes()
        box = [float(value) for value in pdf.pages[0].mediabox]
    assert box[2] == pytest.approx((WIDTH_MM + 2 * SLUG_MM) * MM + 2 * MARGIN_PT, abs=0.01)
    assert text_of(proof)[0].startswith("Take one tablet")


@pytest.mark.parametrize(
    ("x", "y", "wanted"),
    [
        (X0, 100, (199, 0, 153)),  # trim
        (X1, 300, (199, 0, 153)),
        (X0 - 3 * MM, 100, (0, 153, 51)),  # bleed
        (130, Y1 + 3 * MM, (0, 153, 51)),
        (100, 170, (204, 13, 25)),  # the box of a finding
        (160, 170, (199, 107, 0)),  # and of another one at the same place, drawn later
    ],
)
def test_lines_are_where_they_belong(x: float, y: float, wanted: tuple[int, int, int]) -> None:
    findings = FINDINGS[:1] if wanted == (204, 13, 25) else FINDINGS[1:2]
    image = drawn(annotated_proof(BARE.bytes(), findings))
    offset = 1.5 if wanted in ((204, 13, 25), (199, 107, 0)) else 0
    x += -offset if x == 100 else offset if x == 160 else 0
    assert any(looks(pixel, wanted) for pixel in colour_at(image, x, y))


def test_folds_and_safe_area() -> None:
    """They are dashed, so a stretch of each line is looked at."""
    image = drawn(annotated_proof(BARE.bytes(), []))
    fold = [c for y in range(200, 220) for c in colour_at(image, FOLD, y)]
    assert any(looks(pixel, (0, 173, 240)) for pixel in fold)
    safe = [c for y in range(200, 220) for c in colour_at(image, X0 + 5 * MM, y)]
    assert any(max(pixel) < 235 for pixel in safe)
    beside_the_fold = [c for y in range(200, 220) for c in colour_at(image, FOLD - 5 * MM, y)]
    assert any(max(pixel) < 235 for pixel in beside_the_fold)


def test_numbers_at_one_place_stand_side_by_side() -> None:
    proof = annotated_proof(BARE.bytes(), FINDINGS)
    with pypdfium2.PdfDocument(proof) as pdf:
        text = pdf[0].get_textpage()
        found = [
            (text.get_text_bounded(*text.get_rect(index)).strip(), text.get_rect(index))
            for index in range(text.count_rects())
        ]
    numbers = {word: box for word, box in found if word.isdigit()}
    assert set(numbers) == {"1", "2", "4"}  # the third is of the whole file
    assert numbers["2"][0] > numbers["1"][2]
    assert numbers["1"][0] == pytest.approx(BOX[0] + MARGIN_PT, abs=6)
    assert numbers["1"][1] == pytest.approx(BOX[3] + MARGIN_PT, abs=8)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_page_is_shown_as_a_reader_sees_it(turn: int) -> None:
    def change(pdf: Pdf) -> None:
        pdf.pages[0].obj.Rotate = turn

    sheet = Sheet(
        background="", words=(), slug="", more="0 0 0 1 k 60 60 30 30 re f", change=change
    )
    content = sheet.bytes()
    finding = Finding("X3", Severity.ERROR, "Here.", "", Place(page=1, box_pt=(60, 60, 90, 90)))
    with pypdfium2.PdfDocument(content) as pdf:
        plain = pdf[0].render(scale=2).to_pil().convert("L")
    proof = drawn(annotated_proof(content, [finding])).convert("L")
    edge = round(2 * MARGIN_PT)
    assert abs(proof.width - plain.width - 2 * edge) <= 2
    assert abs(proof.height - plain.height - 2 * edge) <= 2
    left, upper, right, lower = plain.point(lambda value: 255 * (value < 60)).getbbox() or (0,) * 4
    inside = proof.crop((left + edge + 4, upper + edge + 4, right + edge - 4, lower + edge - 4))
    _, lightest = inside.getextrema()
    assert isinstance(lightest, float | int) and lightest < 90
    red = drawn(annotated_proof(content, [finding])).getpixel(
        (left + edge - 3, (upper + lower) // 2 + edge)
    )
    assert isinstance(red, tuple) and looks(red, (204, 13, 25))


def test_a_large_unit() -> None:
    def change(pdf: Pdf) -> None:
        pdf.pages[0].obj.UserUnit = 2

    with Pdf.open(io.BytesIO(annotated_proof(Sheet(change=change).bytes(), []))) as pdf:
        width = float(pdf.pages[0].mediabox[2])
    assert width == pytest.approx(2 * (WIDTH_MM + 2 * SLUG_MM) * MM + 2 * MARGIN_PT, abs=0.01)


def test_a_long_legend_takes_more_pages() -> None:
    many = [
        Finding(
            "X3",
            Severity.WARNING,
            f"Number {n} of many findings, each in two lines.",
            "Go on.",
            Place(page=1),
        )
        for n in range(60)
    ]
    pages = text_of(annotated_proof(BARE.bytes(), many))
    assert len(pages) == 3
    said = " ".join(" ".join(pages[1:]).split())
    assert all(f"Number {n} of many" in said for n in range(60))


def test_nothing_found() -> None:
    assert "Nothing was found." in text_of(annotated_proof(Sheet().bytes(), []))[-1]


def test_pictures_of_a_proof() -> None:
    proof = annotated_proof(Sheet().bytes(), FINDINGS)
    pictures = proof_pictures(proof)
    assert len(pictures) == 2
    with Image.open(io.BytesIO(pictures[0]), formats=["PNG"]) as image:
        width = (WIDTH_MM + 2 * SLUG_MM) * MM + 2 * MARGIN_PT
        assert image.width == pytest.approx(width * 110 / 72, abs=2)
    assert len(set(pictures)) == 2


def test_proofs_say_what_they_are() -> None:
    proof = annotated_proof(Sheet().bytes(), FINDINGS)
    assert is_proof(proof)
    assert all(is_proof(picture) for picture in proof_pictures(proof))
    assert not is_proof(Sheet().bytes())


def test_the_same_file_gives_the_same_proof() -> None:
    content = Sheet().bytes()
    assert annotated_proof(content, FINDINGS) == annotated_proof(content, FINDINGS)


def test_a_proof_of_real_findings() -> None:
    content = Sheet(x_mm=2, ink="0.7 0.6 0.6 0.9 k").bytes()
    findings = preflight(content, A6)
    legend = " ".join(text_of(annotated_proof(content, findings))[-1].split())
    for number, finding in enumerate(findings, 1):
        assert f"{number} page 1: {finding.rule} {finding.severity}" in legend


def test_a_proof_of_what_cannot_be_read() -> None:
    with pytest.raises(FoldwellError, match="no pages"):
        annotated_proof(saved(Pdf.new()), [])


def test_every_severity_has_a_colour() -> None:
    assert set(COLOURS) == set(Severity)
