"""Drawings: SVG and PDF files, brought down to plain paths before anything uses them.

An SVG file is a program that can reach for other files, and no two drawing programs write the
same. What is plain already keeps its bytes: drawing elements of a list, without scripts, styles
or references. Everything else goes through usvg, and what comes out of that is held to the same
list. Masks, filters, patterns and other blends, which a PDF or its makers do not keep, are
drawn as a picture. Text is drawn in the fonts that stand beside the brand. Text without its font,
and pictures that stand in other files, are refused: nobody here can know what they look like.
"""

from __future__ import annotations

import base64
import binascii
import io
import re
from contextlib import suppress
from dataclasses import dataclass, replace
from math import isclose
from typing import Literal
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from foldwell.content import usvg
from foldwell.content.bitmaps import read_bitmap
from foldwell.content.effects import mend, needs_painting
from foldwell.content.likeness import COMPARED_PX, alike, drawn
from foldwell.content.logo_text import Lettering
from foldwell.content.pdf_drawing import read_page
from foldwell.content.png import PAINTED_MM, PAINTED_PPI, with_ppi
from foldwell.content.survey import size_of, survey
from foldwell.errors import FoldwellError, Place

NODE_LIMIT = 5_000
DEPTH_LIMIT = 20
NUMBER_LIMIT = 1e6
"""The largest number in a drawing."""

_SVG = "{http://www.w3.org/2000/svg}"
_XLINK = "{http://www.w3.org/1999/xlink}"
_TAGS = frozenset(
    "svg g path rect circle ellipse line polyline polygon title desc defs "
    "linearGradient radialGradient stop clipPath".split()
)
_ATTRIBUTES = frozenset(
    "id viewBox width height x y x1 y1 x2 y2 cx cy fx fy r rx ry d points transform fill "
    "fill-rule fill-opacity stroke stroke-width stroke-linecap stroke-linejoin stroke-dasharray "
    "stroke-dashoffset stroke-opacity stroke-miterlimit opacity clip-path clip-rule offset "
    "stop-color stop-opacity gradientUnits gradientTransform spreadMethod clipPathUnits role "
    "version preserveAspectRatio color".split()
)
_IN_WORDS = frozenset(
    "id fill fill-rule stroke stroke-linecap stroke-linejoin clip-path clip-rule stop-color "
    "gradientUnits spreadMethod clipPathUnits role version preserveAspectRatio color".split()
)
"""Attributes that hold no numbers to draw with."""
_FOR_USVG = re.compile(rb"Gradient|clip|preserveAspectRatio")
"""What the engine, or a page, would take for something else: usvg writes it out."""
_SIZE = re.compile(r"\s*([0-9]*\.?[0-9]+)\s*(?:px|pt|pc|mm|cm|in)?\s*$")
_NUMBER = re.compile(r"(?i)[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[-+]?[0-9]+)?|nan|inf")
_LOCAL_REFERENCE = re.compile(r"url\(#[A-Za-z_][A-Za-z0-9_.-]*\)")
_INSIDE = re.compile(r"data:image/(?:png|jpe?g|gif|webp);base64,\s*")
_OUTLINE = (
    "Turn text into outlines ('Object to path', 'Create outlines') and save it again, or put the"
    " files of its fonts (.ttf, .otf, .woff2) beside it."
)
_RESAVE = "Save it as plain SVG: shapes only, text turned into outlines."


@dataclass(frozen=True)
class Drawing:
    """A drawing as the door lets it in.

    Attributes:
        content: An SVG of plain paths, or a PNG of it.
        kind: Which of them.
        width: Its width in user units; in pixels where it is a PNG.
        height: Its height in the same.
        changes: What was done to it, in a few words each.
    """

    content: bytes
    kind: Literal["svg", "png"]
    width: float
    height: float
    changes: tuple[str, ...] = ()


def read_drawing(content: bytes, here: Place, lettering: Lettering | None = None) -> Drawing:
    """An SVG file as a drawing that can do nothing but be drawn.

    Args:
        content: The file.
        here: Its place, for messages.
        lettering: The fonts in which its text is drawn.

    Raises:
        FoldwellError: If it is broken, too large, or would not look the same.
    """
    if not _FOR_USVG.search(content):
        with suppress(FoldwellError):
            return _plain(content, here)
    found = survey(content, here)
    left_out, fonts = found.left_out, lettering or Lettering()
    lettered = bool(found.asked.weights)
    if lettered and not fonts.files:
        what = "This SVG holds text, which looks different wherever its font is missing"
        raise FoldwellError(f"{what}.", here, _OUTLINE)
    if lettered and (lacking := fonts.lacks(found.asked)):
        what = f"This SVG holds text that asks for {lacking}, and none stands beside the brand"
        raise FoldwellError(f"{what}.", here, _OUTLINE)
    try:
        cleaned = usvg.clean(found.text, fonts.files)
    except usvg.RefusedError as error:
        hint = _OUTLINE if lettered else _RESAVE
        raise FoldwellError(f"This SVG is not drawn: {error}.", here, hint) from None
    tree = _parsed(cleaned, here)
    if not {element.tag for element in tree.iter()} & {f"{_SVG}path", f"{_SVG}image"}:
        raise FoldwellError("This SVG draws nothing.", here, _RESAVE)
    said = [f"made plain paths{'; left out: ' + ', '.join(left_out) if left_out else ''}"]
    if lettered:
        said.append("its text drawn in the fonts beside the brand")
    for picture in tree.iter(f"{_SVG}image"):
        _normalise(picture, here)
    mend(tree)
    if not lettered and not _kept(found.text.decode(), _text(tree).decode()):
        return _painted(found.text.decode(), said, here)
    if needs_painting(tree):
        return _painted(_text(tree).decode(), said, here)
    return replace(_plain(_text(tree), here, pictures=True), changes=tuple(said))


def read_pdf(content: bytes, here: Place) -> Drawing:
    """The first page of a PDF as a drawing.

    Args:
        content: The file.
        here: Its place, for messages.

    Raises:
        FoldwellError: If it is broken, too large, or would not look the same.
    """
    made, kind, said = read_page(content, here)
    if kind == "svg":
        drawing = read_drawing(made, here)
        return replace(drawing, changes=(*said, *drawing.changes[1:]))
    bitmap = read_bitmap(made, replace(here, path="drawing.png"))
    made = with_ppi(bitmap.content, PAINTED_PPI)
    return Drawing(made, "png", bitmap.width, bitmap.height, said)


def _text(tree: Element) -> bytes:
    ElementTree.register_namespace("", _SVG.strip("{}"))
    ElementTree.register_namespace("xlink", _XLINK.strip("{}"))
    return ElementTree.tostring(tree)


def _parsed(content: bytes, here: Place) -> Element:
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        tree: Element = fromstring(content, forbid_dtd=True)
    except DefusedXmlException:
        what = "This SVG declares a DTD or entities, which are not read"
        raise FoldwellError(f"{what}.", here, "Save it as plain SVG.") from None
    except (ParseError, ValueError, LookupError, RecursionError) as error:
        raise FoldwellError(f"This SVG is broken ({error}).", here, "Save it again.") from None
    if tree.tag != f"{_SVG}svg":
        raise FoldwellError("This is not an SVG picture.", here, "Save it again as SVG.")
    return tree


def _plain(content: bytes, here: Place, *, pictures: bool = False) -> Drawing:
    """A drawing that holds nothing that is not on the list.

    Args:
        content: An SVG file.
        here: Its place, for messages.
        pictures: Whether it may hold pictures, because they were normalised.

    Raises:
        FoldwellError: If it does.
    """
    tree = _parsed(content, here)
    nodes = [(tree, 1)]
    for element, depth in nodes:  # the list grows while it is walked: no recursion
        _check_element(element, here, pictures)
        nodes.extend((child, depth + 1) for child in element)
        if depth > DEPTH_LIMIT or len(nodes) > NODE_LIMIT:
            raise FoldwellError(
                f"This SVG has more than {NODE_LIMIT} parts, or is nested more than"
                f" {DEPTH_LIMIT} deep.",
                here,
                "Simplify it, or save it as PNG.",
            )
    width, height = size_of(tree.get("viewBox", ""), here)
    stated = [float(n[1]) for side in ("width", "height") if (n := _SIZE.match(tree.get(side, "")))]
    if len(stated) == 2 and not isclose(stated[0] * height, stated[1] * width, rel_tol=0.01):
        what = "This SVG's width and height do not agree with its viewBox"
        raise FoldwellError(f"{what}.", here, "Fit the page to the drawing, and save it again.")
    return Drawing(content, "svg", width, height)


def _check_element(element: Element, here: Place, pictures: bool) -> None:
    tag = element.tag.removeprefix(_SVG) if isinstance(element.tag, str) else "comment"
    picture = pictures and tag == "image"
    if tag not in _TAGS and not picture:
        tag = tag.rpartition("}")[2]
        raise FoldwellError(
            f"This SVG holds the element '{tag}', which is not allowed.", here, _RESAVE
        )
    for name, value in element.attrib.items():
        if picture and name == f"{_XLINK}href" and _INSIDE.match(value):
            continue
        if name not in _ATTRIBUTES:
            name = name.rpartition("}")[2]
            raise FoldwellError(
                f"This SVG holds the attribute '{name}', which is not allowed.", here, _RESAVE
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
        inside = "(" not in value or name in ("transform", "gradientTransform")
        if not inside and not _LOCAL_REFERENCE.fullmatch(value.strip()):
            raise FoldwellError(
                f"This SVG's '{name}' reaches outside the picture.",
                here,
                "Use plain colours, such as #1a6b6b.",
            )


def _normalise(picture: Element, here: Place) -> None:
    """A picture inside a drawing is a picture: it comes through the same door."""
    address = picture.get(f"{_XLINK}href", "")
    inside = _INSIDE.match(address)
    try:
        content = base64.b64decode(address[inside.end() :] if inside else "", validate=False)
    except binascii.Error:
        content = b""
    if not content:
        what = "This SVG holds a picture that is not PNG, JPEG, GIF or WebP"
        raise FoldwellError(f"{what}.", here, "Put the picture in as PNG, and save it again.")
    bitmap = read_bitmap(content, here)
    data = base64.b64encode(bitmap.content).decode()
    picture.set(f"{_XLINK}href", f"data:image/{bitmap.kind};base64,{data}")


def _kept(original: str, made: str) -> bool:
    """Whether what usvg made of a drawing still looks the same to its younger relation."""
    try:
        before = drawn(original, width=COMPARED_PX)
        return alike(before, drawn(made, width=COMPARED_PX))
    except ValueError:
        return True  # where the one cannot draw it, the other's word counts


def _painted(svg: str, said: list[str], here: Place) -> Drawing:
    """A drawing as a picture of itself."""
    longest = round(PAINTED_MM / 25.4 * PAINTED_PPI)
    try:
        picture = drawn(svg, width=longest)
        if picture.height > longest:
            picture = drawn(svg, height=longest)
    except ValueError as error:
        raise FoldwellError(f"This SVG is not drawn: {error}.", here, _RESAVE) from None
    out = io.BytesIO()
    picture.save(out, "PNG")
    bitmap = read_bitmap(out.getvalue(), replace(here, path="drawing.png"))
    said.append(f"drawn with {PAINTED_PPI} dots an inch, because of its effects or masks")
    content = with_ppi(bitmap.content, PAINTED_PPI)
    return Drawing(content, "png", bitmap.width, bitmap.height, tuple(said))
