"""Pictures: files of any usual kind, made what the rest of Foldwell knows before it sees them.

A renderer that meets a broken picture leaves it out and says nothing. So each picture is wholly
decoded here, and comes out as PNG, JPEG or plain SVG, with a few words on what was done to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from foldwell.content.drawings import read_drawing
from foldwell.content.rasters import SUFFIXES, read_raster
from foldwell.content.reading import read_file
from foldwell.errors import FoldwellError, Place

SIZE_LIMIT_BYTES = 40 * 2**20
DRAWING_LIMIT_BYTES = 5 * 2**20
PICTURES = SUFFIXES | {".svg"}
"""How names of pictures may end."""


@dataclass(frozen=True)
class Image:
    """One sound picture.

    Attributes:
        content: Its bytes, normalised.
        kind: What they are.
        width: Its width in pixels (SVG: user units).
        height: Its height in the same.
        inks: Whether its colours are CMYK of a printing condition that it does not name.
        changes: What was done to it, in a few words each; empty if it is as it was brought.
    """

    content: bytes
    kind: Literal["png", "jpeg", "svg"]
    width: float
    height: float
    inks: bool = False
    changes: tuple[str, ...] = ()

    @property
    def media_type(self) -> str:
        """The MIME type."""
        return "image/svg+xml" if self.kind == "svg" else f"image/{self.kind}"


def read_image(root: Path, relative: str) -> Image:
    """Read and normalise one picture.

    Args:
        root: The project folder.
        relative: The path below it.

    Raises:
        FoldwellError: If it is missing, too large or broken, or cannot be drawn as it is meant.
    """
    suffix = Path(relative).suffix.lower()
    if suffix not in PICTURES:
        raise FoldwellError(
            f"A picture of the kind '{suffix}' cannot be used.",
            Place(relative),
            "Save it as PNG, JPEG or SVG.",
        )
    here = Place(relative)
    if suffix == ".svg":
        drawing = read_drawing(read_file(root, relative, DRAWING_LIMIT_BYTES), here)
        size = drawing.width, drawing.height
        return Image(drawing.content, drawing.kind, *size, changes=drawing.changes)
    raster = read_raster(read_file(root, relative, SIZE_LIMIT_BYTES), here)
    size = raster.width, raster.height
    return Image(raster.content, raster.kind, *size, raster.inks, raster.changes)
