"""The ink of a CMYK picture, pixel by pixel.

Samples are taken as the file holds them, with the Decode array that turns some upside down.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Stream
from PIL import Image, ImageMath

from foldwell.check.colour_space import Space
from foldwell.check.finding import Box
from foldwell.check.inks import Colour
from foldwell.check.operations import plain_value
from foldwell.check.painting import Picture
from foldwell.check.plane import placed

MOST_PIXELS = 40_000_000
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
    return any(part.family == "cmyk" for part in space.all())


def picture_ink(picture: Picture, limits_percent: tuple[float, ...]) -> PictureInk | None:
    """The ink of a picture; None where its samples cannot be read.

    Args:
        picture: A picture in a CMYK space, or in one that is indexed on CMYK.
        limits_percent: The limits that pixels are held against.
    """
    if picture.space.family == "indexed":
        return _indexed(picture, limits_percent)
    plates = _plates(picture)
    if plates is None:
        return None
    total = ImageMath.lambda_eval(_sum, **dict(zip("cmyk", plates, strict=True)))
    peak = total.getextrema()[1] / _PER_PERCENT
    shares, places = [], []
    for limit in limits_percent:
        over = _over(total, limit * _PER_PERCENT)
        count = over.width * over.height - over.histogram()[0]
        shares.append(count / (over.width * over.height))
        places.append(_place(picture, over.getbbox()))
    return PictureInk(peak, tuple(shares), tuple(places))


def _sum(plates: dict[str, Any]) -> Any:
    return plates["c"] + plates["m"] + plates["y"] + plates["k"]


def _over(total: Any, level: float) -> Image.Image:
    """An image that is dark but where the sum is over a level."""

    def compare(images: dict[str, Any]) -> Any:
        return images["total"] > level

    image: Image.Image = ImageMath.lambda_eval(compare, total=total).convert("L")
    return image


def _place(picture: Picture, pixels: tuple[int, int, int, int] | None) -> Box | None:
    """Where some pixels lie on the page."""
    if pixels is None:
        return None
    width, height = picture.pixels
    x0, y0, x1, y1 = pixels
    unit = (x0 / width, 1 - y1 / height, x1 / width, 1 - y0 / height)
    return placed(picture.matrix, unit)


def _plates(picture: Picture) -> tuple[Image.Image, ...] | None:
    """Cyan, magenta, yellow and black, a byte a pixel."""
    width, height = picture.pixels
    item = picture.source
    if not isinstance(item, Stream) or width * height > MOST_PIXELS:
        return None
    bits = plain_value(item.get("/BitsPerComponent"))
    samples = _samples(item)
    if samples is None:
        return None
    if bits == 16.0:
        samples = samples[::2]
    elif bits != 8.0:
        return None
    if len(samples) < 4 * width * height:
        return None
    image = Image.frombytes("CMYK", (width, height), samples[: 4 * width * height])
    plates = image.split()
    ends: list[Any] = plain_value(item.get("/Decode")) or []
    if len(ends) != 8:
        return plates
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
