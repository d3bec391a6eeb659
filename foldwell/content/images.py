"""Pictures: PNG, JPEG and SVG files, decoded and found sound before anything uses them.

A renderer that meets a broken picture leaves it out and says nothing; and an SVG file is a
program that can reach for other files. So each picture is fully decoded here, and an SVG
may hold only drawing elements of a list, without scripts, styles or outside references.
"""

from __future__ import annotations

import io
import re
import struct
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from xml.etree.ElementTree import Element

from foldwell.content.reading import read_file
from foldwell.errors import FoldwellError, Place

SIZE_LIMIT_BYTES = 5 * 1024 * 1024
PIXEL_LIMIT = 40_000_000
SCAN_LIMIT = 32
"""The most passes a JPEG may take; usual ones take 1 to 12, and each costs as much as the first."""
SVG_NODE_LIMIT = 2_000
SVG_DEPTH_LIMIT = 20

_JPEG = b"\xff\xd8\xff"
_START_OF_SCAN = re.compile(rb"\xff\xda\0(?:\x08\x01|\x0a\x02|\x0c\x03|\x0e\x04)")
"""The head of a pass: its marker, length and number of colours (ITU-T T.81, B.2.3)."""
_ADAM7 = (
    (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)
)  # fmt: skip
"""Left, top, and the steps across and down of the passes of an interlaced PNG."""
_PIECE_BYTES = 2**20

_SVG = "{http://www.w3.org/2000/svg}"
_TAGS = frozenset(
    "svg g path rect circle ellipse line polyline polygon title desc defs "
    "linearGradient radialGradient stop clipPath".split()
)
_ATTRIBUTES = frozenset(
    "id viewBox width height x y x1 y1 x2 y2 cx cy r rx ry d points transform fill fill-rule "
    "fill-opacity stroke stroke-width stroke-linecap stroke-linejoin stroke-dasharray "
    "stroke-opacity stroke-miterlimit opacity clip-path clip-rule offset stop-color "
    "stop-opacity gradientUnits gradientTransform role version preserveAspectRatio color".split()
)
_IN_WORDS = frozenset(
    "id fill fill-rule stroke stroke-linecap stroke-linejoin clip-path clip-rule stop-color "
    "gradientUnits role version preserveAspectRatio color".split()
)
"""Attributes that hold no numbers to draw with."""
_NUMBER = re.compile(r"(?i)[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[-+]?[0-9]+)?|nan|inf")
NUMBER_LIMIT = 1e6
LEAST_SIZE = 1e-3
"""The largest number in a drawing, and the least width and height of one, in user units."""
_LOCAL_REFERENCE = re.compile(r"url\(#[A-Za-z_][A-Za-z0-9_-]*\)")


@dataclass(frozen=True)
class Image:
    """One sound picture: its bytes, its kind, and its size in pixels (SVG: user units)."""

    content: bytes
    kind: Literal["png", "jpeg", "svg"]
    width: float
    height: float

    @property
    def media_type(self) -> str:
        """The MIME type."""
        return "image/svg+xml" if self.kind == "svg" else f"image/{self.kind}"


def read_image(root: Path, relative: str) -> Image:
    """Read and check one picture.

    Raises:
        FoldwellError: If it is missing, too large, broken, or an SVG with more than drawing.
    """
    content = read_file(root, relative, SIZE_LIMIT_BYTES)
    suffix = Path(relative).suffix.lower()
    if suffix == ".svg":
        return _svg(content, Place(relative))
    if suffix in (".png", ".jpg", ".jpeg"):
        return _raster(content, Place(relative))
    raise FoldwellError(
        f"A picture of the kind '{suffix}' cannot be used.",
        Place(relative),
        "Save it as PNG, JPEG or SVG.",
    )


def _raster(content: bytes, here: Place) -> Image:
    import warnings

    from PIL import Image as Pillow
    from PIL import ImageFile

    hint = "Open it in a picture program and save it again."
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint switches it on for the whole process
    if content.startswith(_JPEG) and len(_START_OF_SCAN.findall(content)) > SCAN_LIMIT:
        raise FoldwellError(
            f"This JPEG is stored in more than {SCAN_LIMIT} passes, which takes for ever to read.",
            here,
            hint,
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what a camera wrote beside the picture
            warnings.simplefilter("error", Pillow.DecompressionBombWarning)
            with Pillow.open(io.BytesIO(content), formats=("PNG", "JPEG")) as picture:
                width, height = picture.size
                if width * height > PIXEL_LIMIT:
                    raise FoldwellError(
                        f"This picture has {width} × {height} pixels, over the limit of"
                        f" {PIXEL_LIMIT // 1_000_000} million.",
                        here,
                        "Make it smaller.",
                    )
                picture.load()
                kind: Literal["png", "jpeg"] = "png" if picture.format == "PNG" else "jpeg"
                if kind == "png" and not _has_all_rows(content):
                    raise EOFError
    except (Pillow.DecompressionBombError, Pillow.DecompressionBombWarning):
        raise FoldwellError(
            f"This picture has more than {PIXEL_LIMIT // 1_000_000} million pixels.",
            here,
            "Make it smaller.",
        ) from None
    except (OSError, ValueError, SyntaxError, EOFError, KeyError, zlib.error) as error:
        raise FoldwellError("This picture is broken or cut short.", here, hint) from error
    return Image(content, kind, width, height)


def _has_all_rows(png: bytes) -> bool:
    """Whether a sound PNG holds data for every row; Pillow makes those that it lacks black.

    The layout of the file is that of the PNG specification, sections 5 and 7 to 8.
    """
    width, height, depth, colour, interlaced = struct.unpack(">IIBBxxB", png[16:29])
    bits = depth * {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour]
    passes = _ADAM7 if interlaced else ((0, 0, 1, 1),)
    missing = 0
    for left, top, across, down in passes:
        columns, rows = -(-(width - left) // across), -(-(height - top) // down)
        if columns > 0 and rows > 0:
            missing += rows * (1 + (columns * bits + 7) // 8)
    inflate, at = zlib.decompressobj(), 8
    while missing > 0 and at + 8 <= len(png):
        length, name = struct.unpack(">I4s", png[at : at + 8])
        data = png[at + 8 : at + 8 + length] if name == b"IDAT" else b""
        while data and missing > 0:
            missing -= len(inflate.decompress(data, _PIECE_BYTES))
            data = inflate.unconsumed_tail
        at += 12 + length
    return missing <= 0


def _svg(content: bytes, here: Place) -> Image:
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        tree: Element = fromstring(content, forbid_dtd=True)
    except DefusedXmlException:
        raise FoldwellError(
            "This SVG declares a DTD or entities, which are not read.",
            here,
            "Save it as plain SVG.",
        ) from None
    except (ParseError, ValueError, LookupError, RecursionError) as error:
        raise FoldwellError(f"This SVG is broken ({error}).", here, "Save it again.") from None
    if tree.tag != f"{_SVG}svg":
        raise FoldwellError("This is not an SVG picture.", here, "Save it again as SVG.")
    nodes = [(tree, 1)]
    for element, depth in nodes:  # the list grows while it is walked: no recursion
        _check_svg_element(element, here)
        nodes.extend((child, depth + 1) for child in element)
        if depth > SVG_DEPTH_LIMIT or len(nodes) > SVG_NODE_LIMIT:
            raise FoldwellError(
                f"This SVG has more than {SVG_NODE_LIMIT} parts, or is nested more than"
                f" {SVG_DEPTH_LIMIT} deep.",
                here,
                "Simplify it, or save it as PNG.",
            )
    try:
        box = [float(n) for n in re.split(r"[ ,]+", tree.get("viewBox", "").strip())]
        width, height = box[2], box[3]
        if len(box) != 4 or not all(abs(number) < 1e5 for number in box):
            raise ValueError
        if not (width >= LEAST_SIZE and height >= LEAST_SIZE):
            raise ValueError
    except (ValueError, IndexError):
        raise FoldwellError(
            "This SVG has no usable viewBox.",
            here,
            "Save it with a viewBox, such as '0 0 200 60'.",
        ) from None
    return Image(content, "svg", width, height)


def _check_svg_element(element: Element, here: Place) -> None:
    tag = element.tag.removeprefix(_SVG) if isinstance(element.tag, str) else "comment"
    if tag not in _TAGS:
        raise FoldwellError(
            f"This SVG holds the element '{tag.rpartition('}')[2]}', which is not allowed.",
            here,
            "Save it as plain SVG: shapes only, text turned into outlines, no scripts, styles,"
            " images or links.",
        )
    for name, value in element.attrib.items():
        if name not in _ATTRIBUTES:
            raise FoldwellError(
                f"This SVG holds the attribute '{name.rpartition('}')[2]}', which is not allowed.",
                here,
                "Save it as plain SVG, with presentation attributes in place of styles.",
            )
        # A renderer passes any of them on, and a PDF knows neither infinity nor "not a number".
        if name not in _IN_WORDS and not all(
            abs(float(number)) < NUMBER_LIMIT for number in _NUMBER.findall(value)
        ):
            raise FoldwellError(
                f"This SVG's '{name}' holds a number that cannot be drawn.",
                here,
                "Save it again, with numbers of usual size.",
            )
        if "(" in value and name not in ("transform", "gradientTransform"):
            reference = _LOCAL_REFERENCE.fullmatch(value.strip())
            if not reference:
                raise FoldwellError(
                    f"This SVG's '{name}' reaches outside the picture.",
                    here,
                    "Use plain colours, such as #1a6b6b.",
                )
