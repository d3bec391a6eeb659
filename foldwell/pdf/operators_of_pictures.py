"""The operators that draw forms and images (ISO 32000-1, 8.8 to 8.10)."""

from __future__ import annotations

from typing import Any

from pikepdf import Name, Stream

from foldwell.pdf.colour_space import GRAY, Space, read_space, resource
from foldwell.pdf.content_stream import INLINE_IMAGE, plain_value
from foldwell.pdf.painting import Picture
from foldwell.pdf.plane import lengths, placed
from foldwell.pdf.run import Operator, Run

_UNIT = (0.0, 0.0, 1.0, 1.0)


def _draw(run: Run, operands: list[Any]) -> None:
    """Operator Do: a form or an image."""
    item = resource(run.resources, "/XObject", operands[-1] if operands else "")
    if not isinstance(item, Stream):
        return
    kind = item.get("/Subtype")
    if kind == Name.Form:
        run.form(item)
    elif kind == Name.Image:
        _image(run, item)


def _image(run: Run, item: Any) -> None:
    """Note an image, and the image that masks it."""
    stencil = item.get("/ImageMask", False) is True
    space = read_space(item.get("/ColorSpace"), run.resources)
    line_art = stencil or _count(item, "/BitsPerComponent") == 1
    _note(run, _pixels(item), line_art, space, item)
    for key in ("/SMask", "/Mask"):
        mask = item.get(key)
        if isinstance(mask, Stream):
            line_art = key == "/Mask" or _count(mask, "/BitsPerComponent") == 1
            _note(run, _pixels(mask), line_art, GRAY, mask, mask=True)


def _inline_image(run: Run, operands: list[Any]) -> None:
    """Operators BI, ID, EI; viewers pass a broken one by."""
    item = operands[0]
    try:
        line_art = bool(item.image_mask) or item.bits_per_component == 1
        space = read_space(str(item.colorspace or "/DeviceGray"), run.resources)
        _note(run, (item.width, item.height), line_art, space, item)
    except (NotImplementedError, KeyError, AttributeError):
        return


def _note(
    run: Run,
    pixels: tuple[int, int],
    line_art: bool,
    space: Space,
    source: Any,
    mask: bool = False,
) -> None:
    """Note an image of the unit square."""
    ctm = run.state.ctm
    box = run.seen(placed(ctm, _UNIT))
    if box is None or run.state.fill_opacity <= 0 or min(pixels) <= 0:
        return
    masks = mask or run.masked
    run.painted.pictures.append(
        Picture(box, pixels, lengths(ctm), line_art, masks, space, ctm, source)
    )


def _pixels(item: Any) -> tuple[int, int]:
    return _count(item, "/Width"), _count(item, "/Height")


def _count(item: Any, key: str) -> int:
    value = plain_value(item.get(key, 0))
    return int(value) if type(value) is float else 0


OPERATORS: dict[str, Operator] = {"Do": _draw, INLINE_IMAGE: _inline_image}
