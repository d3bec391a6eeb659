"""Pictures of a PDF in inks, pixel by pixel.

Grey pictures are black ink, coloured ones CMYK, palettes change their colours and nothing
else. Size, mask and soft mask stay. What the library cannot decode without loss, JPEG 2000
and pictures with blended backgrounds are refused.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, PdfImage, Stream

from foldwell.pdf.colour_space import Space
from foldwell.press.conversion import convert, convertible_space
from foldwell.press.profiles import picture_on_screen
from foldwell.press.shadings import separate_spot
from foldwell.press.targets import Target, refused

if TYPE_CHECKING:
    from PIL import Image

_HINT = "Save the picture again as PNG or JPEG with 8 bits a channel."
_MODES = {"L": Name.DeviceGray, "CMYK": Name.DeviceCMYK}


def separate_raster(pdf: Pdf, raster: Stream, target: Target) -> None:
    """Turn a picture into inks, in place.

    Args:
        pdf: The file it is part of.
        raster: The image XObject (ISO 32000-1, 8.9.5).
        target: What its colours become.

    Raises:
        FoldwellError: If it cannot be decoded, or would not look the same.
    """
    for key in ("/Alternates", "/OPI"):  # other versions of it, in whatever colours
        if key in raster:
            del raster[key]
    if raster.get("/ImageMask", False):
        return
    if "/ColorSpace" not in raster:
        raise refused("A JPEG 2000 picture that keeps its colours to itself", _HINT)
    if "/SMask" in raster:
        _check_mask(raster.SMask)
    space = convertible_space(raster.ColorSpace)
    if space.family == "pattern":
        raise refused("A picture in the space 'Pattern'", _HINT)
    if space.family == "spot":
        if target.masks:
            raise refused("A picture in spot colours that is a mask", _HINT)
        separate_spot(pdf, raster.ColorSpace, space, target)
    elif space.family == "indexed":
        raster.ColorSpace = _palette(space, target)
    elif space.components == 4 and not target.masks:
        raster.ColorSpace = target.space
    elif space.components == 1 and (target.masks or _bits(raster) == 1):
        raster.ColorSpace = Name.DeviceGray  # black and white, and light, are what they were
    else:
        _repaint(raster, space, target)


def _bits(raster: Stream) -> int:
    return int(raster.get("/BitsPerComponent", 8))


def _check_mask(mask: Object) -> None:
    if mask.get("/ColorSpace") != Name.DeviceGray:
        raise refused("A picture whose soft mask is not grey", _HINT)
    if "/Matte" in mask:
        raise refused("A picture that is blended with its background", _HINT)


def _palette(space: Space, target: Target) -> Array:
    """The same palette in inks: the pixels, which are its numbers, stay as they are."""
    table = bytes(
        round(value * 255)
        for index in range(space.highest + 1)
        for value in convert(space, (index,), target)
    )
    return Array([Name.Indexed, target.space, space.highest, pikepdf.String(table)])


def _repaint(raster: Stream, space: Space, target: Target) -> None:
    if isinstance(raster.get("/Mask"), Array):
        raise refused("A picture with one colour that is transparent", _HINT)
    if space.name == "Lab" or _bits(raster) not in (2, 4, 8):
        raise refused(f"A picture in {space.name} with {_bits(raster)} bits a channel", _HINT)
    try:
        decoded = PdfImage(raster).as_pil_image(apply_mask=False)
        if space.name == "ICCBased" and space.family != "cmyk":
            decoded = picture_on_screen(space.profile, decoded, space.components)
        painted = target.image(decoded)
    except (NotImplementedError, OSError, ValueError, pikepdf.PdfError) as error:
        raise refused("A picture that cannot be decoded", _HINT) from error
    if painted.size != (int(raster.Width), int(raster.Height)):
        raise refused("A picture whose size is not the one it states", _HINT)
    for key in ("/Decode", "/DecodeParms", "/Filter"):
        if key in raster:
            del raster[key]
    raster.ColorSpace = _MODES[painted.mode]
    raster.BitsPerComponent = 8
    packed, parameters = _packed(painted)
    raster.write(packed, filter=Name.FlateDecode, decode_parms=parameters)


def _packed(painted: Image.Image) -> tuple[bytes, Dictionary]:
    """The pixels, compressed: each is written as its difference from the one before it."""
    from PIL import Image, ImageChops

    before = Image.new(painted.mode, painted.size)
    before.paste(painted, (1, 0))
    steps = ImageChops.subtract_modulo(painted, before).tobytes()
    parameters = Dictionary(
        Predictor=2, Colors=len(painted.mode), BitsPerComponent=8, Columns=painted.width
    )  # ISO 32000-1, 7.4.4.4: the predictor of TIFF
    return zlib.compress(steps), parameters
