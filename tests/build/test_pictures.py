"""Pictures from the door to the finished file: pixels, colours and bytes in each medium."""

import io
import random
import re
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from coloraide import Color
from conftest import TODAY, compose_and_make
from pikepdf import PdfImage
from PIL import Image, ImageCms

from foldwell.build.job import Options, Selection
from foldwell.build.made import Made
from foldwell.build.plan import make_plan
from foldwell.check.pdf_file import open_file
from foldwell.content.library import read_library
from foldwell.paper.conditions import CONDITIONS, read_profile
from foldwell.press.finishing import read_srgb_profile
from foldwell.press.profiles import Way, transform
from foldwell.shipped import templates_folder

PATCHES = [(200, 40, 50), (40, 120, 70), (30, 60, 160), (230, 180, 60), (128, 128, 128),
           (240, 230, 220)]  # fmt: skip
MOST_DIFFERENT = 2.0
"""ΔE2000."""
Show = Callable[[str, bytes, str], Made]


def photograph() -> bytes:
    """Twelve million pixels, stored lying on their side: six patches of colour and grain."""
    upright = Image.new("RGB", (3000, 4000))
    for number, colour in enumerate(PATCHES):
        row, column = divmod(number, 2)
        upright.paste(colour, (column * 1500, row * 1333, column * 1500 + 1500, row * 1333 + 1334))
    grain = Image.frombytes("RGB", (300, 100), random.Random(3).randbytes(90_000))
    upright.paste(grain.resize((3000, 600)), (0, 2000))
    exif, out = Image.Exif(), io.BytesIO()
    exif[0x0112], exif[0x010F] = 6, "A camera"
    upright.transpose(Image.Transpose.ROTATE_90).save(out, "JPEG", quality=93, exif=exif)
    return out.getvalue()


@pytest.fixture
def show(project: Path) -> Show:
    """Makes the file of a leaflet with one figure in a medium."""

    def made(name: str, content: bytes, medium: str) -> Made:
        (project / "content/leaflets/sleep" / name).write_bytes(content)
        page = project / "content/leaflets/sleep/en.md"
        text = page.read_text().partition("\n## Pictures")[0]
        page.write_text(f"{text}\n## Pictures\n\n/// figure\n![Bed]({name})\n\nA bed\n///\n")
        (project / "content/build.yml").write_text(
            "runs:\n  - formats:\n      a4: [screen, office, press]\n    web: true\n"
        )
        chosen = Selection(media=(medium,))
        (job,) = make_plan(read_library(project, TODAY), chosen, TODAY, Options(draft=True)).jobs
        outcome = compose_and_make(job)
        assert isinstance(outcome, Made), outcome
        return outcome

    return made


def read(content: bytes) -> tuple[Image.Image, float, float]:
    """The one figure of a PDF: its pixels, its resolution and its printed width in mm."""
    with open_file(content) as file:
        found = [
            picture
            for page in file.pages
            for picture in page.painted.pictures
            if not picture.mask and picture.pixels != (1, 1)
        ]
        (picture,) = found
        pixels = PdfImage(picture.source).as_pil_image(apply_mask=False)
        pixels.load()
        return pixels, picture.ppi, picture.size_pt[0] * 25.4 / 72


def spread(picture: Image.Image) -> list[tuple[int, ...]]:
    """The mean colour in the middle of each patch of the photograph."""
    found = []
    for number in range(len(PATCHES)):
        row, column = divmod(number, 2)
        x, y = picture.width * (0.25 + 0.5 * column), picture.height * (0.08 + 0.34 * row)
        part = picture.crop((int(x) - 20, int(y) - 20, int(x) + 20, int(y) + 20))
        mean = part.resize((1, 1), Image.Resampling.BOX)
        found.append(tuple(mean.tobytes()))
    return found


def delta_e(a: tuple[float, ...], b: tuple[float, ...]) -> float:
    return Color("lab", a).delta_e(Color("lab", b), method="2000")


def lab(colour: tuple[int, ...]) -> tuple[float, ...]:
    """The L*a*b* of a colour of the screen, or of inks on coated paper."""
    way: Way = "measure" if len(colour) == 4 else "see"
    mode = "CMYK" if len(colour) == 4 else "RGB"
    profile = read_profile(templates_folder(), CONDITIONS["coated"])
    step = transform(way, profile, read_srgb_profile(templates_folder()))
    light, a, b = step.apply(Image.new(mode, (1, 1), colour)).tobytes()
    return light * 100 / 255, (a ^ 128) - 128.0, (b ^ 128) - 128.0


def test_a_photograph_of_12_million_pixels_on_a_screen(show: Show) -> None:
    content = show("bed.jpg", photograph(), "screen").content
    picture, ppi, width_mm = read(content)
    assert len(content) < 250_000
    assert picture.size == (709, 945) and abs(ppi - 300) < 1 and abs(width_mm - 60) < 0.1
    for wanted, seen in zip(PATCHES, spread(picture), strict=True):
        assert delta_e(lab(wanted), lab(seen)) < MOST_DIFFERENT
    assert b"A camera" not in content


def test_the_same_photograph_on_a_press(show: Show) -> None:
    picture, ppi, _ = read(show("bed.jpg", photograph(), "press").content)
    assert picture.mode == "CMYK" and abs(ppi - 300) <= 10
    profile = read_profile(templates_folder(), CONDITIONS["coated"])
    way = transform("separate", profile, read_srgb_profile(templates_folder()))
    for colour, inks in zip(PATCHES, spread(picture), strict=True):
        wanted = tuple(way.apply(Image.new("RGB", (1, 1), colour)).tobytes())
        assert delta_e(lab(wanted), lab(inks)) < MOST_DIFFERENT


def test_on_the_web_it_is_no_larger_than_its_column_can_show(show: Show) -> None:
    page = show("bed.jpg", photograph(), "web").content.decode()
    (data,) = re.findall(r'src="data:image/jpeg;base64,([^"]+)"', page)
    picture = Image.open(io.BytesIO(b64decode(data)))
    assert picture.size == (1200, 1600) and picture.mode == "RGB"


def inks() -> bytes:
    """A JPEG in CMYK that names no profile: cyan and a little black."""
    out = io.BytesIO()
    Image.new("CMYK", (1200, 900), (255, 0, 0, 26)).save(out, "JPEG", quality=95)
    return out.getvalue()


def test_inks_without_a_profile_are_those_of_the_region(show: Show) -> None:
    screen, _, _ = read(show("bed.jpg", inks(), "screen").content)
    assert screen.mode == "RGB"
    profile = ImageCms.ImageCmsProfile(
        io.BytesIO(read_profile(templates_folder(), CONDITIONS["coated"]))
    )
    wanted: Any = ImageCms.profileToProfile(
        Image.new("CMYK", (1, 1), (255, 0, 0, 26)), profile, ImageCms.createProfile("sRGB"),
        ImageCms.Intent.RELATIVE_COLORIMETRIC, "RGB",
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )  # fmt: skip
    seen = tuple(screen.crop((100, 100, 101, 101)).tobytes())
    assert delta_e(lab(tuple(wanted.tobytes())), lab(seen)) < MOST_DIFFERENT


def test_inks_stay_what_they_are_on_a_press(show: Show) -> None:
    press, _, _ = read(show("bed.jpg", inks(), "press").content)
    assert press.mode == "CMYK"
    assert all(abs(a - b) <= 3 for a, b in zip(press.tobytes()[:4], (255, 0, 0, 26), strict=True))


def one_bit(size: tuple[int, int]) -> bytes:
    """Fine stripes in black on white, one bit a pixel."""
    picture, out = Image.linear_gradient("L").resize(size).convert("1"), io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(("medium", "mode"), [("screen", "L"), ("press", "L")])
def test_line_art_keeps_450_dots_an_inch(show: Show, medium: str, mode: str) -> None:
    picture, ppi, _ = read(show("plan.png", one_bit((2000, 1500)), medium).content)
    assert picture.mode == mode and abs(ppi - 450) < 1


def test_a_logo_that_is_drawn_as_a_picture_keeps_600_dots_an_inch(
    show: Show, project: Path
) -> None:
    logo = project / "content/brands/riverside/logo.svg"
    logo.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10"><filter id="f">'
        '<feGaussianBlur stdDeviation="1"/></filter>'
        '<rect x="4" y="2" width="30" height="6" fill="#123456" filter="url(#f)"/></svg>'
    )
    content = show("plan.png", one_bit((20, 20)), "screen")
    with open_file(content.content) as file:
        found = [round(p.ppi) for page in file.pages for p in page.painted.pictures if not p.mask]
    assert found and abs(max(found) - 600) <= 2


@pytest.mark.parametrize(("pixels", "coarse"), [(1000, False), (200, True)])
def test_a_picture_too_coarse_for_a_desktop_printer_is_told(
    show: Show, pixels: int, coarse: bool
) -> None:
    out = io.BytesIO()
    Image.linear_gradient("L").resize((pixels, pixels // 2)).save(out, "PNG")
    findings = show("bed.png", out.getvalue(), "office").findings
    told = [text for text in findings if "X4" in text]
    assert bool(told) == coarse
    if told:
        assert "print it at most" in told[0] and f"{pixels} × {pixels // 2} pixels" in told[0]
