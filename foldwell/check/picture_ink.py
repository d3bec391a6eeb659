"""The ink of a CMYK picture, pixel by pixel.

Samples are taken as the file holds them, with the Decode array that turns some upside down.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Stream
from PIL import Image, ImageMath

from foldwell.pdf.colour_space import Space
from foldwell.pdf.content_stream import plain_value
from foldwell.pdf.painted_colour import Colour
from foldwell.pdf.painting import Picture
from foldwell.pdf.plane import Box, joined, placed

MOST_PIXELS = 40_000_000
_STRIP_PIXELS = 2_000_000
"""So many pixels are summed at a time, because sums take four bytes each."""
_PER_PERCENT = 255 / 100


@dataclass(frozen=True)
class PictureInk:
    """The ink of one picture.

    Attributes:
        peak_percent: The most that any pixel has.
        over: For each limit asked, the share of pixels over it, 0 to 1.
        places: For each limit, the box on the page that holds those pixels.
    """

    peak_percent: float
    over: tuple[float, ...]
    places: tuple[Box | None, ...]


def has_inks(space: Space) -> bool:
    """Whether a picture in this space can have more than one ink."""
    if space.family == "indexed":
        return space.base is not None and has_inks(space.base)
    several = len(space.inks) > 1 or space.inks == ("All",)
    return space.family == "cmyk" or (space.family == "spot" and several)


def picture_ink(picture: Picture, limits_percent: tuple[float, ...]) -> PictureInk | None:
    """The ink of a picture; None where its samples cannot be read.

    Args:
        picture: A picture in CMYK, or indexed on CMYK; spot colours cannot be read.
        limits_percent: The limits that pixels are held against.
    """
    if picture.space.family == "indexed":
        return _indexed(picture, limits_percent)
    samples = _readable(picture)
    if samples is None:
        return None
    width, height = picture.pixels
    peak, counts = 0.0, [0] * len(limits_percent)
    found: list[list[Box]] = [[] for _ in limits_percent]
    for top, plates in _strips(picture, samples):
        total = ImageMath.lambda_eval(_sum, **dict(zip("cmyk", plates, strict=True)))
        peak = max(peak, total.getextrema()[1] / _PER_PERCENT)
        for index, limit in enumerate(limits_percent):
            over = _over(total, limit * _PER_PERCENT)
            box = over.getbbox()
            if box is not None:
                counts[index] += over.width * over.height - over.histogram()[0]
                found[index].append((box[0], box[1] + top, box[2], box[3] + top))
    return PictureInk(
        peak,
        tuple(count / (width * height) for count in counts),
        tuple(_place(picture, joined(boxes)) if boxes else None for boxes in found),
    )


def _sum(plates: dict[str, Any]) -> Any:
    return plates["c"] + plates["m"] + plates["y"] + plates["k"]


def _over(total: Any, level: float) -> Image.Image:
    """An image that is dark but where the sum is over a level."""

    def compare(images: dict[str, Any]) -> Any:
        return images["total"] > level

    image: Image.Image = ImageMath.lambda_eval(compare, total=total).convert("L")
    return image


def _place(picture: Picture, pixels: Box) -> Box:
    """Where some pixels lie on the page."""
    width, height = picture.pixels
    x0, y0, x1, y1 = pixels
    unit = (x0 / width, 1 - y1 / height, x1 / width, 1 - y0 / height)
    return placed(picture.matrix, unit)


def _readable(picture: Picture) -> bytes | None:
    """The samples, a byte each, if they are of a kind that can be read."""
    width, height = picture.pixels
    item = picture.source
    if not isinstance(item, Stream) or picture.space.family != "cmyk":
        return None
    samples = _samples(item) if width * height <= MOST_PIXELS else None
    bits = plain_value(item.get("/BitsPerComponent"))
    if samples is not None and bits == 16.0:
        samples = samples[::2]
    elif bits != 8.0:
        return None
    whole = 4 * width * height
    return samples if samples is not None and len(samples) >= whole else None


def _strips(picture: Picture, samples: bytes) -> Iterator[tuple[int, tuple[Image.Image, ...]]]:
    """Cyan, magenta, yellow and black of some rows at a time, and the number of the first row."""
    width, height = picture.pixels
    ends: list[Any] = plain_value(picture.source.get("/Decode")) or []
    rows = max(_STRIP_PIXELS // width, 1)
    for top in range(0, height, rows):
        count = min(rows, height - top)
        data = samples[4 * width * top : 4 * width * (top + count)]
        plates = Image.frombytes("CMYK", (width, count), data).split()
        yield top, _decoded(plates, ends) if len(ends) == 8 else plates


def _decoded(plates: tuple[Image.Image, ...], ends: list[Any]) -> tuple[Image.Image, ...]:
    """Samples as the Decode array has them meant."""
    return tuple(
        plate.point(lambda value, low=low, high=high: round(255 * low + value * (high - low)))
        for plate, low, high in zip(plates, ends[::2], ends[1::2], strict=True)
    )


def _samples(item: Any) -> bytes | None:
    """The decoded samples; JPEG 2000 and broken data cannot be decoded."""
    try:
        return bytes(item.read_bytes(pikepdf.StreamDecodeLevel.all))
    except (pikepdf.PdfError, ValueError, RuntimeError):
        return None


def _indexed(picture: Picture, limits_percent: tuple[float, ...]) -> PictureInk | None:
    """The same over the colours that an indexed picture uses."""
    width, height = picture.pixels
    item = picture.source
    inks = [Colour(picture.space, (float(value),)).ink_percent or 0.0 for value in range(256)]
    if max(inks) <= min(limits_percent):
        return PictureInk(max(inks), (0.0,) * len(limits_percent), (None,) * len(limits_percent))
    samples = _samples(item) if isinstance(item, Stream) else None
    if samples is None or plain_value(item.get("/BitsPerComponent")) != 8.0:
        return None
    used = [(ink, samples.count(value)) for value, ink in enumerate(inks) if value in samples]
    shares = tuple(
        sum(count for ink, count in used if ink > limit) / (width * height)
        for limit in limits_percent
    )
    boxes = tuple(picture.box if share else None for share in shares)
    return PictureInk(max(ink for ink, _ in used), shares, boxes) if used else None
