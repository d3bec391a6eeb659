"""Where separated colours go: onto the press as CMYK, or into a soft mask as light.

A soft mask of the kind ``Luminosity`` is not printed; its colours say how much of something
else shows. Turning those into inks would change the drawing, so they become plain grey.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from pikepdf import Name, Object

from foldwell.errors import FoldwellError
from foldwell.pdf.colour_space import Values

if TYPE_CHECKING:
    from PIL import Image


def refused(what: str, hint: str = "Use colours, pictures and gradients in sRGB.") -> FoldwellError:
    """The error about something that cannot be separated: what was met, as a noun."""
    return FoldwellError(f"{what} cannot be turned into printing inks.", None, hint)


class Target(Protocol):
    """What colours are turned into.

    Attributes:
        fill: The operator that sets a fill colour.
        stroke: The operator that sets a stroke colour.
        masks: Whether it is the light of a mask.
    """

    fill: str
    stroke: str
    masks: bool

    @property
    def space(self) -> Object:
        """The colour space of what comes out."""

    def rgb(self, red: float, green: float, blue: float) -> Values:
        """From sRGB."""

    def gray(self, gray: float) -> Values:
        """From a grey of the screen, 0 black to 1 white."""

    def cmyk(self, cyan: float, magenta: float, yellow: float, black: float) -> Values:
        """From inks."""

    def image(self, image: Image.Image) -> Image.Image:
        """A picture in mode L, RGB or CMYK, turned into L or CMYK."""


class Light:
    """DeviceGray for the group of a soft mask: how light a colour is (ISO 32000-1, 10.3)."""

    fill, stroke, masks = "g", "G", True

    @property
    def space(self) -> Object:
        """DeviceGray."""
        return Name.DeviceGray

    def rgb(self, red: float, green: float, blue: float) -> Values:
        """The lightness that a viewer takes."""
        return (0.3 * red + 0.59 * green + 0.11 * blue,)

    def gray(self, gray: float) -> Values:
        """As it is."""
        return (gray,)

    def cmyk(self, cyan: float, magenta: float, yellow: float, black: float) -> Values:
        """The lightness that a viewer takes."""
        return (1 - min(1.0, 0.3 * cyan + 0.59 * magenta + 0.11 * yellow + black),)

    def image(self, image: Image.Image) -> Image.Image:
        """The picture in greys; its weights are those of ``rgb``."""
        return image.convert("L")
