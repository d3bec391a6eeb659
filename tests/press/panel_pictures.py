"""Panels of plain greys, and pictures of the sheets that they are imposed on.

Each panel has a grey of its own, its bleed another, and all have the same dark mark near their
lower left corner; so a picture tells which panel stands where, which way up, and where it ends.
A pixel is a tenth of a millimetre.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import cast

from conftest import BASE
from pikepdf import Array, Pdf
from PIL import Image
from pypdfium2 import PdfDocument

from foldwell.paper.conditions import CONDITIONS, Condition, read_profile
from foldwell.paper.geometry import Flip
from foldwell.paper.sheets import Side
from foldwell.press.colour import Inks
from foldwell.press.finishing import read_srgb_profile
from foldwell.press.office import Piece, office_file
from foldwell.press.press_file import press_file

PT = 72 / 25.4
PX = 10
"""Pixels a millimetre: 254 dpi."""
MARK = (8, 8, 12, 6)
"""The dark mark on each panel: distances from its left and lower edge, width, height, in mm."""
TEMPLATES = BASE.parents[2] / "templates"

_STEPS = 64
DARK = _STEPS - 1
CUT = 89
"""The brightness of marks for cutting."""


@dataclass(frozen=True)
class Place:
    """A rectangle on a side, in mm: lower left and upper right corner."""

    left: float
    lower: float
    right: float
    upper: float

    def grown(self, by: float) -> Place:
        return Place(self.left - by, self.lower - by, self.right + by, self.upper + by)

    def moved(self, x: float, y: float) -> Place:
        return Place(self.left + x, self.lower + y, self.right + x, self.upper + y)

    def within(self, other: Place) -> Place:
        return Place(
            max(self.left, other.left),
            max(self.lower, other.lower),
            min(self.right, other.right),
            min(self.upper, other.upper),
        )


def grey(panel: int, bleed: bool = False) -> int:
    """The number of a panel's grey, of its bleed if asked for; at most 30 panels differ."""
    return 2 + 2 * panel + bleed


def panel_pages(
    sizes: list[tuple[float, float]], bleed: float = 0, empty: frozenset[int] = frozenset()
) -> bytes:
    """A PDF with one page a panel; the lower left trim corner is the origin.

    Args:
        sizes: Width and height of each panel.
        bleed: How far each is painted beyond its trim.
        empty: The panels on which nothing is painted.
    """
    pdf = Pdf.new()
    for number, (width, height) in enumerate(sizes):
        around = [-bleed, -bleed, width + bleed, height + bleed]
        page = pdf.add_blank_page(page_size=(width * PT, height * PT))
        page.obj.MediaBox = Array([round(value * PT, 4) for value in around])
        page.obj.BleedBox = page.obj.MediaBox
        page.obj.TrimBox = Array([0, 0, round(width * PT, 4), round(height * PT, 4)])
        painted = [
            (grey(number, bleed=True), -bleed, -bleed, width + 2 * bleed, height + 2 * bleed),
            (grey(number), 0, 0, width, height),
            (DARK, *MARK),
        ]
        if number in empty:
            continue
        page.Contents = pdf.make_stream(
            "".join(
                f"0 0 0 {step / DARK:.5f} k"
                f" {x * PT:.4f} {y * PT:.4f} {across * PT:.4f} {tall * PT:.4f} re f\n"
                for step, x, y, across, tall in painted
            ).encode()
        )
    pdf.docinfo["/Author"] = "Riverside"
    pdf.docinfo["/CreationDate"] = "D:20260110000000Z"
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def render(content: bytes) -> list[Image.Image]:
    """Each page in greys, without smoothed edges."""
    with PdfDocument(content) as pdf:
        return [
            page.render(scale=PX / PT, grayscale=True, no_smoothpath=True).to_pil() for page in pdf
        ]


@cache
def seen() -> tuple[int, ...]:
    """The brightness that a viewer gives to each share of black ink."""
    pdf = Pdf.new()
    page = pdf.add_blank_page(page_size=(_STEPS * 10, 10))
    page.Contents = pdf.make_stream(
        "".join(f"0 0 0 {n / DARK:.5f} k {n * 10} 0 10 10 re f\n" for n in range(_STEPS)).encode()
    )
    out = io.BytesIO()
    pdf.save(out)
    (picture,) = render(out.getvalue())
    shades = [picture.getpixel((int((n + 0.5) * 10 * PX / PT), 5)) for n in range(_STEPS)]
    values = [cast(int, shade) for shade in shades if isinstance(shade, int)]
    assert len(values) == _STEPS
    assert all(a - b >= 3 for a, b in pairwise(values))
    return tuple(values)


class Picture:
    """A rendered side; places are millimetres from the lower left corner of the side.

    Args:
        image: The rendered page.
        size: Its size in millimetres.
        around: How far the page reaches beyond the side.
    """

    def __init__(self, image: Image.Image, size: tuple[float, float], around: float = 0) -> None:
        self.image = image
        self._around = around
        self._across, self._tall = image.width / size[0], image.height / size[1]

    def pixels(self, place: Place, inset: int = 0) -> tuple[int, int, int, int]:
        """The pixels of a place, less some at each edge."""
        around = self._around
        return (
            round((place.left + around) * self._across) + inset,
            self.image.height - round((place.upper + around) * self._tall) + inset,
            round((place.right + around) * self._across) - inset,
            self.image.height - round((place.lower + around) * self._tall) - inset,
        )

    def mask(
        self,
        *steps: int,
        values: tuple[int, ...] = (),
        box: tuple[int, int, int, int] | None = None,
    ) -> Image.Image:
        """White where the picture, or a box of it, has one of some greys, or brightnesses."""
        assert box is None or self._holds(box)
        near = {
            value + off
            for value in (*(seen()[step] for step in steps), *values)
            for off in (-1, 0, 1)
        }
        image = self.image.crop(box) if box else self.image
        return image.point([255 if value in near else 0 for value in range(256)])

    def _holds(self, box: tuple[int, int, int, int]) -> bool:
        left, upper, right, lower = box
        return min(left, upper) >= 0 and right <= self.image.width and lower <= self.image.height

    def gaps(self, panel: int, bleed: bool, places: list[Place], cut: bool = False) -> list[str]:
        """Where a panel's grey does not fill these places, or is anywhere else, by 0.1 mm.

        Args:
            panel: The panel.
            bleed: Whether the grey of its bleed is meant.
            places: What must be filled.
            cut: Whether marks for cutting may lie over it.
        """
        found = []
        fills = (grey(panel, bleed), DARK)
        alone = self.mask(grey(panel, bleed))
        for place in places:
            left, upper, right, lower = box = self.pixels(place, 1)
            if left < right and upper < lower:
                filled = self._holds(box) and self.mask(
                    *fills, values=(CUT,) if cut else (), box=box
                ).getextrema() == (255, 255)
                if not filled:
                    found.append(f"panel {panel} does not fill {place}")
            alone.paste(0, self.pixels(place, -1))
        if box_ := alone.getbbox():
            found.append(f"panel {panel} is at {box_} too")
        return found

    def marks(self, place: Place) -> Place:
        """Where in a place the dark mark is."""
        box = self.pixels(place)
        inside = self.mask(DARK, box=box).getbbox() or (0, 0, 0, 0)
        return Place(
            inside[0] / self._across,
            (box[3] - box[1] - inside[3]) / self._tall,
            inside[2] / self._across,
            (box[3] - box[1] - inside[1]) / self._tall,
        )

    def empty(self, place: Place) -> bool:
        """Whether nothing is drawn in a place."""
        return self.image.crop(self.pixels(place)).getextrema() == (255, 255)


def turned(mark: tuple[float, float, float, float], size: tuple[float, float], turn: int) -> Place:
    """Where a mark of a panel of some size is after a clockwise turn.

    Returns:
        Its place from the lower left corner of the turned panel.
    """
    (x, y, across, tall), (width, height) = mark, size
    return {
        0: Place(x, y, x + across, y + tall),
        90: Place(y, width - x - across, y + tall, width - x),
        180: Place(width - x - across, height - y - tall, width - x, height - y),
        270: Place(height - y - tall, x, height - y, x + across),
    }[turn]


def piece(format_name: str = "test", flip: Flip = "short", slug: str = "") -> Piece:
    return Piece("Sleep well", format_name, 12.5, flip, slug, "en")


def office(panels: bytes, sides: tuple[Side, ...], made: Piece | None = None) -> bytes:
    return office_file(panels, sides, made or piece())


@cache
def inks(name: str) -> tuple[Condition, bytes, Inks]:
    condition = CONDITIONS[name]
    profile = read_profile(TEMPLATES, condition)
    return condition, profile, Inks(condition, profile, read_srgb_profile(TEMPLATES))


def press(
    panels: bytes,
    sides: tuple[Side, ...],
    bleed: float,
    made: Piece | None = None,
    condition: str = "coated",
) -> bytes:
    row, profile, converted = inks(condition)
    return press_file(
        panels,
        sides,
        made or piece(slug="Sleep well · side {side} of {sides}"),
        condition=row,
        profile=profile,
        inks=converted,
        bleed_mm=bleed,
    )
