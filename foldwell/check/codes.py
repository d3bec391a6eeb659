"""QR codes: found and read in the drawn page, and measured there.

A code that is found but cannot be read tells so itself. One that is too damaged to be found is
suspected where a picture or a drawing holds at least two of the square eyes of a code; whether
a code is there at all, only the caller can know (``qr_expected``).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
import zxingcpp
from PIL import Image

from foldwell.check.page_facts import PageFacts
from foldwell.check.raster import Raster, draw
from foldwell.pdf.plane import PT_PER_MM, Box, area, around, common, grown, size

QUIET_MODULES = 4
"""How many modules must be clear on all sides of a code; more are not measured."""
DPI, COARSE_DPI = 300, 150
_BLUR_MODULES = 0.2
"""How far an edge may be off from where the corners say, in modules."""
_EYES = 2
_MODULES = (15, 200)
"""How many modules wide a code can be, with room for blurred edges; letters are smaller."""
_LEAST_PIECES = 60
"""A drawing of fewer lines than this is no code."""


@dataclass(frozen=True)
class Code:
    """A QR code on a page.

    Attributes:
        box: The box around it, without its quiet zone.
        width_mm: How wide it is printed.
        modules: How many modules wide it is; 0 where it could not be read.
        text: What it says.
        quiet: How many modules of its quiet zone are clear all around.
    """

    box: Box
    width_mm: float
    modules: int
    text: str
    quiet: float

    @property
    def reads(self) -> bool:
        """Whether it can be read."""
        return self.modules > 0


def words_of_codes(content: bytes) -> tuple[str, ...]:
    """What the QR codes of a file say, of those that are read in a coarse picture of its pages."""
    found = list[str]()
    with pdfium.PdfDocument(content) as file:
        for page in file:
            shown = page.render(scale=COARSE_DPI / 72, may_draw_forms=False, grayscale=True)
            codes = zxingcpp.read_barcodes(
                shown.to_pil(), formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
            )
            found += [code.text for code in codes if code.valid]
            page.close()
    return tuple(found)


def find_codes(viewer: Any, page: PageFacts) -> tuple[Code, ...]:
    """The QR codes of a page, readable or not."""
    raster = draw(viewer, page, DPI)
    found: list[Code] = []
    for barcode in zxingcpp.read_barcodes(
        raster.image,
        formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode),
        try_downscale=True,
        return_errors=True,
    ):
        code = _measured(barcode, raster)
        if not code.reads and not _like_a_code(code.box, raster):
            continue  # what the reader tried in vain need not be a code at all
        if not any(_same(code.box, other.box) for other in found if other.reads or not code.reads):
            found = [other for other in found if not _same(code.box, other.box)]
            found.append(code)
    found += _suspected(page, raster, found)
    return tuple(found)


def _like_a_code(box: Box, raster: Raster) -> bool:
    """Whether a place that could not be read is square and holds the eyes of a code."""
    width, height = size(box)
    square = height > 0 and 0.8 < width / height < 1.25
    return square and _eyes(raster.part(grown(box, 1))) >= _EYES


def _same(first: Box, second: Box) -> bool:
    return area(common(first, second)) > 0.5 * min(area(first), area(second))


def _measured(barcode: Any, raster: Raster) -> Code:
    place = barcode.position
    corners = [
        (corner.x, corner.y)
        for corner in (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    ]
    sides = [math.dist(corners[i], corners[(i + 1) % 4]) for i in range(4)]
    box = around(raster.point(x, y) for x, y in corners)
    width_mm = sum(sides) / 4 / raster.scale / PT_PER_MM
    if not barcode.valid:
        return Code(box, width_mm, 0, "", 0)
    version = int(barcode.extra.get("Version", 1))
    modules = 17 + 4 * version
    return Code(box, width_mm, modules, barcode.text, _quiet_modules(raster, corners, modules))


def _quiet_modules(raster: Raster, corners: list[tuple[float, float]], modules: int) -> float:
    """How wide the clear zone around a code is, in modules, up to what is asked."""
    start, right, _, below = corners
    across, down = _step(start, right, modules), _step(start, below, modules)
    x0, y0 = start
    pixels, (width, height) = raster.image.load(), raster.image.size

    def level(column: float, row: float) -> int:
        """The brightness at a place measured in modules; paper beyond the page."""
        x = math.floor(x0 + column * across[0] + row * down[0])
        y = math.floor(y0 + column * across[1] + row * down[1])
        inside = 0 <= x < width and 0 <= y < height
        return int(pixels[x, y]) if inside and pixels else 255  # type: ignore[arg-type]

    dark, light = level(3.5, 3.5), level(1.5, 1.5)  # the heart of an eye, and the ring around it
    clear = 0.0
    while clear < QUIET_MODULES:
        # A little inside each half of a module, because edges fall between pixels.
        far, end = clear + 0.5 - _BLUR_MODULES, modules + clear + 0.5 - _BLUR_MODULES
        places = [-far + (modules + 2 * far) * i / (4 * modules) for i in range(4 * modules + 1)]
        ring = (level(*at) for s in places for at in ((-far, s), (end, s), (s, -far), (s, end)))
        if any(abs(value - light) > 0.4 * abs(light - dark) for value in ring):
            return clear
        clear += 0.5
    return clear


def _step(
    first: tuple[float, float], last: tuple[float, float], modules: int
) -> tuple[float, float]:
    """One module along a side, in pixels."""
    return (last[0] - first[0]) / modules, (last[1] - first[1]) / modules


def _suspected(page: PageFacts, raster: Raster, found: list[Code]) -> list[Code]:
    """Square pictures and drawings with the eyes of a code, of which none was found."""
    boxes = [picture.box for picture in page.painted.pictures if not picture.mask]
    boxes += [fill.box for fill in page.painted.fills if fill.pieces >= _LEAST_PIECES]
    boxes += [stroke.box for stroke in page.painted.strokes if stroke.pieces >= _LEAST_PIECES]
    suspects: list[Code] = []
    for box in boxes:
        width, height = size(box)
        if height <= 0 or not 0.9 < width / height < 1.1 or width < 5 * PT_PER_MM:
            continue
        if any(_same(box, code.box) for code in (*found, *suspects)):
            continue
        if _eyes(raster.part(grown(box, 1))) >= _EYES:
            suspects.append(Code(box, width / PT_PER_MM, 0, "", 0))
    return suspects


def _eyes(image: Image.Image) -> int:
    """How many square eyes an image holds: dark and light in widths of 1, 1, 3, 1 and 1."""
    width, height = image.size
    if min(width, height) < 21:
        return 0
    low, high = image.getextrema()
    if not isinstance(low, int) or not isinstance(high, int) or high - low < 80:
        return 0
    middle = (low + high) / 2
    dark = image.point(lambda value: 255 * (value < middle))
    across = _crossings(dark)
    down = [(y, x, unit) for x, y, unit in _crossings(dark.transpose(Image.Transpose.TRANSPOSE))]
    hearts: list[tuple[float, float]] = []
    for x, y, unit in across:
        near = any(abs(x - u) < 1.5 * unit and abs(y - v) < 1.5 * unit for u, v, _ in down)
        near &= _in_a_corner(x, width) and _in_a_corner(y, height)
        near &= _MODULES[0] <= min(width, height) / unit <= _MODULES[1]
        if near and all(math.dist((x, y), heart) > 7 * unit for heart in hearts):
            hearts.append((x, y))
    return len(hearts)


def _in_a_corner(place: float, length: float) -> bool:
    """Whether a place along a side is where eyes are: in the outer thirds."""
    return not length / 3 < place < length * 2 / 3


def _crossings(dark: Image.Image) -> list[tuple[float, float, float]]:
    """Where a row crosses the heart of an eye: its x and y, and the width of a module."""
    width, height = dark.size
    data, found = dark.tobytes(), []
    for y in range(0, height, max(height // 200, 1)):
        row = data[y * width : (y + 1) * width]
        ends, x = [], 0
        while x < width:
            stop = row.find(b"\0" if row[x] else b"\xff", x)
            stop = width if stop < 0 else stop
            ends.append((row[x] > 0, x, stop))
            x = stop
        for first in range(len(ends) - 4):
            if not ends[first][0]:
                continue
            runs = [stop - start for _, start, stop in ends[first : first + 5]]
            unit = sum(runs) / 7
            wanted = (1, 1, 3, 1, 1)
            if unit >= 1 and all(
                abs(have - want * unit) <= 0.5 * unit + 0.5
                for have, want in zip(runs, wanted, strict=True)
            ):
                heart = ends[first + 2]
                found.append(((heart[1] + heart[2]) / 2, float(y), unit))
    return found
