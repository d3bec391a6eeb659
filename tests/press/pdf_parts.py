"""Small PDFs made by hand, for what WeasyPrint does not draw; and the inks to separate them."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from conftest import BASE
from leftovers import rgb_left
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream
from pikepdf import parse_content_stream as parsed
from PIL import Image

from foldwell.errors import FoldwellError
from foldwell.paper.conditions import CONDITIONS, read_profile
from foldwell.press.colour import Ink, Inks
from foldwell.press.finishing import read_srgb_profile
from foldwell.press.separation import separate

TEMPLATES = BASE.parents[2] / "templates"
COATED = CONDITIONS["coated"]
SRGB = read_srgb_profile(TEMPLATES)
OWN: dict[str, Ink] = {"#1a6b6b": (0.8, 0, 0.35, 0.45)}
INKS = Inks(COATED, read_profile(TEMPLATES, COATED), SRGB, OWN)
RED = INKS.ink(1, 0, 0)
GREEN = INKS.ink(0, 1, 0)

Make = Callable[[Pdf], Object]


def page_of(content: bytes = b"", **resources: Any) -> Pdf:
    """A page with that content."""
    pdf = Pdf.new()
    page = pdf.add_blank_page()
    page.Contents = pdf.make_stream(content)
    page.Resources = Dictionary(**resources)
    return pdf


def separated(pdf: Pdf) -> Pdf:
    """The same file in inks, sound and without RGB."""
    separate(pdf, INKS)
    assert rgb_left(pdf) == []
    assert pdf.check_pdf_syntax() == []
    return pdf


def refusal(pdf: Pdf) -> str:
    """What is said instead of separating a file."""
    with pytest.raises(FoldwellError) as caught:
        separate(pdf, INKS)
    return str(caught.value)


def refused(what: str, hint: str = "Use colours, pictures and gradients in sRGB.") -> str:
    """How a refusal is worded."""
    return f"{what} cannot be turned into printing inks. {hint}"


def operators(content: Any, names: str = "") -> list[tuple[str, ...]]:
    """The operators of those names in a page or stream, with their operands before them."""
    return [
        (*(str(operand) for operand in instruction.operands), str(instruction.operator))
        for instruction in parsed(content, names)
    ]


def words(ink: tuple[float, ...], *more: str) -> tuple[str, ...]:
    """An ink as an operator's operands."""
    return (*(f"{round(part, 4):g}" for part in ink), *more)


def floats(array: Any) -> list[float]:
    return [float(value) for value in array]


def file_of(image: Image.Image, kind: str) -> bytes:
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


def form(pdf: Pdf, content: bytes, **keys: Any) -> Stream:
    box = Array([0, 0, 9, 9])
    return pdf.make_stream(content, Type=Name.XObject, Subtype=Name.Form, BBox=box, **keys)


def group(space: Name = Name.DeviceRGB) -> Dictionary:
    return Dictionary(S=Name.Transparency, CS=space)


def picture(pdf: Pdf, content: bytes, space: Object, bits: int = 8, **keys: Any) -> Stream:
    """A picture of two pixels side by side."""
    return pdf.make_stream(
        content, Type=Name.XObject, Subtype=Name.Image, ColorSpace=space,
        BitsPerComponent=bits, **{"Width": 2, "Height": 1, **keys},
    )  # fmt: skip


def blend(first: list[float], last: list[float]) -> Dictionary:
    """A function from one colour to another."""
    return Dictionary(FunctionType=2, Domain=Array([0, 1]), N=1, C0=Array(first), C1=Array(last))


def gradient(function: Object, kind: int = 2, space: Object = Name.DeviceRGB) -> Dictionary:
    return Dictionary(
        ShadingType=kind, ColorSpace=space, Coords=Array([0, 0, 9, 9]), Function=function
    )


def spot_of(space: Object, kind: Name = Name.Separation) -> Array:
    """A spot colour shown in a space of three parts."""
    colorant = Array([Name.Red]) if kind == Name.DeviceN else Name("/House Red")
    return Array([kind, colorant, space, blend([1, 1, 1], [1, 0, 0])])


def masked(pdf: Pdf, content: bytes, kind: Name = Name.Luminosity, **resources: Any) -> Stream:
    """A page whose graphics state has a soft mask with that content."""
    inside = form(pdf, content, Group=group(), Resources=Dictionary(**resources))
    mask = Dictionary(S=kind, G=inside, BC=Array([1, 1, 1]))
    pdf.pages[0].Resources = Dictionary(ExtGState=Dictionary(M=Dictionary(SMask=mask)))
    pdf.pages[0].Contents = pdf.make_stream(b"/M gs 1 0 0 rg 0 0 9 9 re f")
    return inside


def icc(parts: int, profile: bytes = SRGB) -> Make:
    return lambda pdf: Array([Name.ICCBased, pdf.make_stream(profile, N=parts)])


def lab(white: list[float], **keys: Any) -> Make:
    return lambda pdf: Array([Name.Lab, Dictionary(WhitePoint=Array(white), **keys)])


def calibrated(**keys: Any) -> Make:
    white = Array([0.9505, 1, 1.089])
    return lambda pdf: Array([Name.CalRGB, Dictionary(WhitePoint=white, **keys)])


D50 = [0.9642, 1, 0.8249]
D65 = [0.9505, 1, 1.0888]
GAMMA = Array([2.2, 2.2, 2.2])
MATRIX = Array([0.4124, 0.2126, 0.0193, 0.3576, 0.7152, 0.1192, 0.1805, 0.0722, 0.9505])
