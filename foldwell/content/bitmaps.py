"""Pictures made of pixels, normalised at the door: behind it there is one kind of each.

Whatever a camera, a scanner, a web site or an office program wrote comes out the right way up,
with 8 bits a channel, in sRGB or grey, without what else the file said (camera, day, place), as
JPEG or PNG by what it shows, and no larger than the widest paper can need. CMYK without a profile
stays what it is, because only a printing condition says what its colours are; the page it stands
on knows that. How large a picture is printed is known when its page is typeset: there it is made
as coarse as that needs. A picture that is right already keeps its bytes.
"""

from __future__ import annotations

import io
import re
import warnings
import zlib
from dataclasses import dataclass
from typing import Any, Literal

from foldwell.content.png import PRINT_PPI, depth_of, has_all_rows, with_ppi
from foldwell.errors import FoldwellError, Place

PIXEL_LIMIT = 60_000_000
SCAN_LIMIT = 32
"""The most passes a JPEG may take; usual ones take 1 to 12, and each costs as much as the first."""
LINE_ART_PPI = 450
"""Dots an inch that a drawing in two colours can use, because its edges show how sharp they are."""
WIDEST_MM = 297
"""The width of A3, the widest paper there is a format for."""
LARGEST_PIXELS = round(WIDEST_MM / 25.4 * PRINT_PPI)
"""What the longer side of a picture can need."""
DRAWING_COLOURS = 4096
"""A picture of fewer colours is a drawing, which JPEG would blur."""
JPEG_QUALITY = 92
FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "TIFF", "AVIF", "BMP")
SUFFIXES = frozenset(".png .jpg .jpeg .jfif .gif .webp .tif .tiff .avif .bmp .heic .heif".split())
"""How names of such files may end; what is in them decides how they are read."""

_EIGHT_BITS = "16 bits a channel made 8"
_OTHERS = (
    (re.compile(rb"(?is)\s*(?:<!doctype html|<html)"), "a web page", "Save the picture itself."),
    (
        re.compile(rb"(?is)\s*(?:<\?xml.{0,2000})?<svg\b"),
        "an SVG file",
        "Let its name end in '.svg'.",
    ),
    (re.compile(rb"%PDF-"), "a PDF", "Save it as PNG or JPEG."),
    (re.compile(rb"PK\x03\x04"), "a zip file", "Unpack it, or save the picture itself."),
    (re.compile(rb"8BPS"), "a file of Photoshop", "Save it as PNG or JPEG."),
    (re.compile(rb"\x00\x00\x00\x0cjP  "), "a JPEG 2000 file", "Save it as PNG or JPEG."),
)
"""What is often found behind the name of a picture, and what to do."""
_HINT = "Open it in a picture program and save it again."
_JPEG = b"\xff\xd8\xff"
_START_OF_SCAN = re.compile(rb"\xff\xda\0(?:\x08\x01|\x0a\x02|\x0c\x03|\x0e\x04)")
"""The head of a pass: its marker, length and number of colours (ITU-T T.81, B.2.3)."""
_HEIF = re.compile(rb"(?s)....ftyp(?:hei[cxms]|hev[cxms]|mif1|msf1)")
_ORIENTATION = 0x0112
"""The tag of Exif that says which way up a picture is; 1 is the right way."""
_HARMLESS = frozenset(
    "dpi gamma srgb transparency aspect interlace chromaticity jfif jfif_version jfif_unit"
    " jfif_density adobe adobe_transform progressive progression background duration loop version"
    " extension timestamp compression resolution bit_depth primary chroma nclx_profile".split()
)
"""What may be said beside the pixels: all of it is about them, or how they are packed."""
_NAMES = {"MPO": "JPEG", "WEBP": "WebP", "HEIF": "HEIC"}
_ENDINGS = {
    ".jpg": "JPEG", ".jpeg": "JPEG", ".jfif": "JPEG", ".tif": "TIFF", ".webp": "WebP",
    ".heif": "HEIC",
}  # fmt: skip


@dataclass(frozen=True)
class Bitmap:
    """A picture as the door lets it in.

    Attributes:
        content: A PNG or JPEG file.
        kind: Which of them.
        width: Its width in pixels.
        height: Its height in pixels.
        inks: Whether its colours are CMYK of a condition that it does not name.
        changes: What was done to it, in a few words each.
    """

    content: bytes
    kind: Literal["png", "jpeg"]
    width: int
    height: int
    inks: bool
    changes: tuple[str, ...]


def read_bitmap(content: bytes, here: Place) -> Bitmap:
    """A picture of any usual kind, normalised.

    Args:
        content: The file.
        here: Its place; the end of its name is compared with what it holds.

    Raises:
        FoldwellError: If it is no such picture, broken, cut short or too large.
    """
    from PIL import Image, ImageFile

    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint switches it on for the whole process
    if not content:
        raise FoldwellError("This picture is empty.", here, "Put the picture in its place.")
    if content.startswith(_JPEG) and len(_START_OF_SCAN.findall(content)) > SCAN_LIMIT:
        what = f"This JPEG is stored in more than {SCAN_LIMIT} passes, which takes for ever to read"
        raise FoldwellError(f"{what}.", here, _HINT)
    for known, what, hint in _OTHERS:
        if known.match(content):
            raise FoldwellError(f"This is no picture but {what}.", here, hint)
    formats: tuple[str, ...] = FORMATS
    if _HEIF.match(content):
        from pillow_heif import register_heif_opener

        register_heif_opener(thumbnails=False)
        formats = (*FORMATS, "HEIF")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what a camera wrote beside the picture
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=formats) as picture:
                width, height = picture.size
                if width * height > PIXEL_LIMIT:
                    raise _too_many(f"{width} × {height}, ", here)
                picture.load()
                if picture.format == "PNG" and not has_all_rows(content):
                    raise EOFError
                return _normalised(content, picture, here)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many("", here) from None
    except (OSError, ValueError, SyntaxError, EOFError, KeyError, zlib.error) as error:
        what = "This picture is broken or cut short"
        raise FoldwellError(f"{what}.", here, _HINT) from error


def _too_many(size: str, here: Place) -> FoldwellError:
    what = f"This picture has {size}more than {PIXEL_LIMIT // 1_000_000} million pixels"
    return FoldwellError(f"{what}.", here, "Make it smaller.")


def _normalised(content: bytes, picture: Any, here: Place) -> Bitmap:
    """The steps, in their order; each says what it did."""
    from PIL import ImageOps

    known = str(picture.format)
    kind = _NAMES.get(known, known)
    ending = "." + (here.path or "").rpartition(".")[2].lower()
    expected = _ENDINGS.get(ending, ending.removeprefix(".").upper())
    changes = [f"it is a {kind} file, although its name ends in '{ending}'"] * (kind != expected)
    renamed = len(changes)
    if (count := getattr(picture, "n_frames", 1)) > 1 and known != "MPO":
        changes.append(f"the first of its {count} pictures was taken")
    upright = picture
    if picture.getexif().get(_ORIENTATION, 1) in range(2, 9):
        upright = ImageOps.exif_transpose(picture)
        changes.append("turned the right way up")
    if known == "PNG" and depth_of(content) == 16 and not upright.mode.startswith("I"):
        changes.append(_EIGHT_BITS)  # which Pillow did when it read it
    colours = _in_eight_bits(upright, changes, here)
    colours = _in_one_space(colours, picture.info.get("icc_profile"), changes)
    line_art = known not in ("JPEG", "MPO") and colours.getcolors(2) is not None
    colours = _small_enough(colours, LINE_ART_PPI if line_art else PRINT_PPI, changes)
    inks = colours.mode == "CMYK"
    lossless = known == "PNG" or (known not in ("JPEG", "MPO") and _is_drawing(colours))
    target: Literal["png", "jpeg"] = "png" if lossless and not inks else "jpeg"
    if kind not in ("PNG", "JPEG"):
        changes.append(f"made {target.upper()} from {kind}")
    said = {key for key, value in picture.info.items() if value and key not in _HARMLESS}
    trailing = known == "JPEG" and not content.rstrip(b"\0").endswith(b"\xff\xd9")
    as_it_was = len(changes) == renamed
    kept = as_it_was and not (said or trailing or known == "MPO")
    if said - {"icc_profile"}:
        changes.append("what else the file said (such as camera, day and place) left out")
    if inks:
        changes.append("its inks name no printing condition, so that of the region is taken")
    if kept:
        packed = content
    else:
        packed = _packed(picture if as_it_was and known == "JPEG" else colours, target)
    if line_art and target == "png":
        packed = with_ppi(packed, LINE_ART_PPI)
    return Bitmap(packed, target, colours.width, colours.height, inks, tuple(changes))


def _all_but(picture: Any, clear: int) -> Any:
    """A mask that lets the ground through where a picture of 16 bits has one value."""
    from PIL import Image, ImageChops

    values = picture.convert("I").tobytes("raw", "I;32S")
    parts = (
        Image.frombytes("L", picture.size, values[index::4]).point(
            [255 * (value != clear >> 8 * index & 255) for value in range(256)]
        )
        for index in range(2)
    )
    return ImageChops.lighter(*parts)


def _in_eight_bits(picture: Any, changes: list[str], here: Place) -> Any:
    """The picture in one of the modes 1, L, LA, RGB, RGBA, CMYK, or one that converts to it."""
    mode = picture.mode
    if mode.startswith("I;16") or mode == "I":
        changes.append(_EIGHT_BITS)
        light = picture.convert("I").point(lambda value: value / 257).convert("L")
        if isinstance(clear := picture.info.get("transparency"), int):
            light.putalpha(_all_but(picture, clear))
        return light
    if mode == "F":
        what = "This picture is of floating point numbers, which do not say what is white"
        raise FoldwellError(f"{what}.", here, "Save it with 8 bits a channel.")
    if mode == "1":
        changes.append("one bit made 8, so that its edges stay smooth")
        return picture.convert("L")
    if mode in ("P", "PA"):
        if "transparency" in picture.info or mode == "PA":
            return picture.convert("RGBA")
        return picture.convert("RGB")
    if mode == "La" or mode == "RGBa":
        return picture.convert({"La": "LA", "RGBa": "RGBA"}[mode])
    if "transparency" in picture.info:
        return picture.convert("RGBA")
    return picture


def _in_one_space(picture: Any, profile: bytes | None, changes: list[str]) -> Any:
    """The picture in sRGB or grey, its own profile honoured; CMYK without one as it is."""
    from PIL import ImageCms

    alpha = picture.getchannel("A") if picture.mode in ("LA", "RGBA") else None
    colours = picture.convert(picture.mode[:-1]) if alpha else picture
    if profile:
        try:
            opened = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            name = (ImageCms.getProfileDescription(opened) or "").strip()
            space = opened.profile.xcolor_space.strip()
            same = name.startswith("sRGB")
            if colours.mode == "L" and space == "RGB" and not same:
                colours = colours.convert("RGB")
            fits = {"RGB": "RGB", "GRAY": "L", "CMYK": "CMYK"}.get(space) == colours.mode
            if not fits and not (same and colours.mode == "L"):
                changes.append("its colour profile is for another kind of colour, and passed by")
            elif not same:
                target = ImageCms.createProfile("sRGB")
                colours = ImageCms.profileToProfile(
                    colours, opened, target, ImageCms.Intent.RELATIVE_COLORIMETRIC,
                    "RGB", flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
                )  # fmt: skip
                changes.append(f"colours made sRGB from its profile '{name[:60]}'")
        except (OSError, ImageCms.PyCMSError):
            changes.append("its colour profile cannot be read, so its colours are taken as sRGB")
    if colours.mode == "LAB":
        source = ImageCms.createProfile("LAB", 5000)
        colours = ImageCms.profileToProfile(
            colours, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
        changes.append("colours made sRGB from L*a*b*")
    elif colours.mode not in ("L", "RGB", "CMYK"):
        colours = colours.convert("RGB")
    if alpha is not None and alpha.getextrema() != (255, 255):
        colours.putalpha(alpha)
    return colours


def _small_enough(picture: Any, ppi: int, changes: list[str]) -> Any:
    from PIL import Image

    width, height = picture.size
    longest = round(WIDEST_MM / 25.4 * ppi)
    if max(width, height) <= longest:
        return picture
    smaller = picture.copy()
    smaller.thumbnail((longest, longest), Image.Resampling.LANCZOS, reducing_gap=3)
    changes.append(f"made {smaller.width} × {smaller.height} pixels from {width} × {height}")
    return smaller


def _is_drawing(picture: Any) -> bool:
    """Whether it has few colours or lets its background through; the others are photographs."""
    return "A" in picture.mode or picture.getcolors(DRAWING_COLOURS) is not None


def _packed(picture: Any, kind: Literal["png", "jpeg"]) -> bytes:
    out = io.BytesIO()
    picture.info = {}  # it would be written again
    if kind == "png":
        picture.save(out, "PNG")
    elif picture.format == "JPEG":  # only what stood beside it is left out
        picture.save(out, "JPEG", quality="keep")
    else:
        picture.save(out, "JPEG", quality=JPEG_QUALITY, subsampling=0, optimize=True)
    return out.getvalue()
