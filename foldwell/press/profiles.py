"""ICC profiles at work, by littleCMS: that of the press, and those that a PDF carries.

The library computes with 8 bits a channel here; where more is needed, a mean over neighbours
wins back what is rounded away.
"""

from __future__ import annotations

import io
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from foldwell.pdf.colour_space import Values
from foldwell.press.targets import refused

if TYPE_CHECKING:
    from PIL import Image
    from PIL.ImageCms import ImageCmsTransform

Way = Literal["separate", "paint", "measure", "see"]

SPREAD = 2
"""How many neighbours on each side a mean is taken over."""
_MODES = {1: "L", 3: "RGB"}


@lru_cache(maxsize=16)
def transform(what: Way, profile: bytes, srgb_profile: bytes) -> ImageCmsTransform:
    """A way from colours to colours: relative colorimetric, with black point compensation.

    Args:
        what: ``separate`` turns sRGB into CMYK; ``paint`` does so for pictures, by a table that
            is slow to make and fast to use; ``measure`` gives the L*a*b* of CMYK, ``see`` that
            of sRGB (D50).
        profile: The ICC profile of the press.
        srgb_profile: One of the sRGB colour space.
    """
    from PIL import ImageCms

    screen = ImageCms.ImageCmsProfile(io.BytesIO(srgb_profile))
    press = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB", 5000))  # D50
    exact = ImageCms.Flags.NOOPTIMIZE
    source, target, modes, flags = {
        "separate": (screen, press, ("RGB", "CMYK"), exact),
        "paint": (screen, press, ("RGB", "CMYK"), ImageCms.Flags.NONE),
        "measure": (press, lab, ("CMYK", "LAB"), exact),
        "see": (screen, lab, ("RGB", "LAB"), exact),
    }[what]
    return ImageCms.buildTransform(
        source,
        target,
        *modes,
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
        ImageCms.Flags.BLACKPOINTCOMPENSATION | flags,
    )


@lru_cache(maxsize=4)
def black_table(profile: bytes, srgb_profile: bytes) -> tuple[float, ...]:
    """The share of black ink that is as light as each of the 256 greys, black first."""
    from PIL import Image

    ramp = bytes(range(256))
    greys = Image.frombytes("L", (256, 1), ramp).convert("RGB")
    shares = Image.frombytes("CMYK", (256, 1), b"".join(bytes((0, 0, 0, v)) for v in ramp))
    wanted = _smooth(transform("see", profile, srgb_profile).apply(greys).tobytes()[::3])
    printed = _smooth(transform("measure", profile, srgb_profile).apply(shares).tobytes()[::3])
    table, share = [], 255
    for level in wanted:
        # Less black is lighter. Black alone is not quite black: the darkest greys share it.
        while share and printed[share - 1] <= level:
            share -= 1
        rest = level - printed[share]
        part = rest / (printed[share - 1] - printed[share]) if share and rest > 0 else 0.0
        table.append((share - part) / 255)
    return (1.0, *table[1:-1], 0.0)


def _smooth(levels: bytes) -> list[float]:
    """A ramp without the steps of its 8 bits."""
    reach = [min(SPREAD, i, len(levels) - 1 - i) for i in range(len(levels))]
    return [sum(levels[i - r : i + r + 1]) / (2 * r + 1) for i, r in enumerate(reach)]


@lru_cache(maxsize=16)
def _to_screen(profile: bytes, mode: str) -> ImageCmsTransform:
    from PIL import ImageCms

    try:
        return ImageCms.buildTransform(
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            mode,
            "RGB",
            ImageCms.Intent.RELATIVE_COLORIMETRIC,
            ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except (OSError, ImageCms.PyCMSError) as error:
        raise refused("Colour with an ICC profile that cannot be read") from error


def colour_on_screen(profile: bytes, values: Values) -> tuple[float, float, float]:
    """A colour of one or three parts (0 to 1) in sRGB.

    Raises:
        FoldwellError: If the profile cannot be read, or is not one of that many parts.
    """
    from PIL import Image

    mode = _MODES[len(values)]
    pixel = bytes(min(max(round(value * 255), 0), 255) for value in values)
    seen = _to_screen(profile, mode).apply(Image.frombytes(mode, (1, 1), pixel)).tobytes()
    return seen[0] / 255, seen[1] / 255, seen[2] / 255


def picture_on_screen(profile: bytes, image: Image.Image, parts: int) -> Image.Image:
    """A picture of one or three parts in sRGB.

    Raises:
        FoldwellError: If the profile cannot be read, or is not one of that many parts.
    """
    mode = _MODES[parts]
    return _to_screen(profile, mode).apply(image.convert(mode))
