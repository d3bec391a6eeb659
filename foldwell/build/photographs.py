"""Edition ids in photographs of pages: QR codes, also turned, dim, blurred, partly covered.

A code carries its own check, so what is read of it is right or nothing is; letters on a page are
never guessed at.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import zxingcpp
from PIL import Image, ImageFilter, ImageOps, UnidentifiedImageError

from foldwell.content.withdrawals import edition_id
from foldwell.content.words_groups import is_short
from foldwell.errors import FoldwellError, Place

SUFFIXES = frozenset(".png .jpg .jpeg .webp .tif .tiff .bmp .heic .heif .avif".split())
MOST_PIXELS = 60_000_000
_LONGEST = (1600, 2600, 1000, 4000)
"""Longest sides at which codes are looked for, in pixels, the likeliest first."""
_ANGLES = (0, 45, 20, -20)
"""Readers find codes at any angle, but blurred ones best upright."""
_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


def ids_in_photograph(content: bytes, path: Path) -> list[str]:
    """The edition ids that the QR codes of a picture name; none where none can be read.

    Raises:
        FoldwellError: If it is no picture, or too large.
    """
    for view in _views(_opened(content, path)):
        found = zxingcpp.read_barcodes(view, formats=_QR, try_downscale=True)
        ids = [name for code in found if code.valid and (name := id_of_address(code.text))]
        if ids:
            return [*dict.fromkeys(ids)]
    return []


def id_of_address(address: str) -> str:
    """The id that the address in a QR code ends with; empty without one."""
    last = address.rpartition("#")[2] if "#" in address else address.rpartition("/")[2]
    said = last.removesuffix(".html")
    return edition_id(said) if is_short(said) else ""


def _opened(content: bytes, path: Path) -> Image.Image:
    try:
        with Image.open(io.BytesIO(content)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise FoldwellError(
                    "This picture is larger than 60 megapixels.",
                    Place(str(path)),
                    "Make it smaller.",
                )
            return ImageOps.exif_transpose(picture).convert("L")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise FoldwellError(
            "This picture cannot be read.", Place(str(path)), "Save it as PNG or JPEG."
        ) from error


def _views(picture: Image.Image) -> Iterator[Image.Image]:
    """The picture as it may be read best: plain, evenly lit, sharpened, at several sizes."""
    sizes = [_sized(picture, longest) for longest in _LONGEST]
    yield from sizes
    lit = [_evenly_lit(one) for one in sizes]
    yield from lit
    for one in lit:
        yield one.filter(ImageFilter.UnsharpMask(radius=4, percent=250, threshold=0))
        yield one.filter(ImageFilter.UnsharpMask(radius=8, percent=300, threshold=0))
    for angle in _ANGLES[1:]:
        for one in lit[:2]:
            yield one.rotate(angle, resample=Image.Resampling.BICUBIC, expand=True, fillcolor=255)


def _sized(picture: Image.Image, longest: int) -> Image.Image:
    scale = longest / max(picture.size)
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    return picture.resize(size, Image.Resampling.LANCZOS)


def _evenly_lit(picture: Image.Image) -> Image.Image:
    """Without shadows: each place against the light around it."""
    from PIL import ImageChops, ImageMath

    around: Any = picture.filter(ImageFilter.BoxBlur(max(picture.size) / 12))
    light = ImageMath.lambda_eval(
        lambda args: args["convert"](
            args["min"](args["float"](args["one"]) * 170 / (args["float"](args["all"]) + 1), 255),
            "L",
        ),
        one=picture,
        all=around,
    )
    return ImageOps.autocontrast(ImageChops.offset(light, 0), cutoff=1)
