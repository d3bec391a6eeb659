"""Pictures: files of any usual kind, made what the rest of Foldwell knows before it sees them.

A renderer that meets a broken picture leaves it out and says nothing. So each picture is wholly
decoded here, and comes out as PNG, JPEG or plain SVG, with a few words on what was done to it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from foldwell.content.bitmaps import SUFFIXES, read_bitmap
from foldwell.content.drawings import read_drawing, read_pdf
from foldwell.content.known_pictures import KnownPictures
from foldwell.content.logo_text import Lettering
from foldwell.content.reading import read_file
from foldwell.errors import FoldwellError, Place
from foldwell.finding import Finding
from foldwell.rules import Severity

SIZE_LIMIT_BYTES = 40 * 2**20
DRAWING_LIMIT_BYTES = 5 * 2**20
PICTURES = SUFFIXES | {".svg"}
"""How names of pictures may end."""
LOGOS = PICTURES | {".pdf", ".ai"}
"""How names of logos may end. A file of Illustrator's is a PDF too; one beside a leaflet is seldom
meant as a picture in it."""


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
        path: Its file, as the user knows it.
    """

    content: bytes
    kind: Literal["png", "jpeg", "svg"]
    width: float
    height: float
    inks: bool = False
    changes: tuple[str, ...] = ()
    path: str = ""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What there is to say of it: what was done, in one line."""
        if not self.changes:
            return ()
        words = "; ".join(self.changes)
        what = f"{words[0].upper()}{words[1:]}."
        return (Finding("D10", Severity.INFORMATION, what, place=Place(self.path)),)

    @property
    def media_type(self) -> str:
        """The MIME type."""
        return "image/svg+xml" if self.kind == "svg" else f"image/{self.kind}"


def read_image(
    root: Path,
    relative: str,
    known: KnownPictures | None = None,
    lettering: Callable[[], Lettering] = Lettering,
) -> Image:
    """Read and normalise one picture.

    Args:
        root: The project folder.
        relative: The path below it.
        known: What was made of pictures before.
        lettering: Reads the fonts in which text in a drawing is drawn.

    Raises:
        FoldwellError: If it is missing, too large or broken, or cannot be drawn as it is meant.
    """
    suffix = Path(relative).suffix.lower()
    if suffix not in LOGOS:
        raise FoldwellError(
            f"A picture of the kind '{suffix}' cannot be used.",
            Place(relative),
            "Save it as SVG, PNG or JPEG (a logo also as PDF).",
        )
    content = read_file(
        root, relative, SIZE_LIMIT_BYTES if suffix in SUFFIXES else DRAWING_LIMIT_BYTES
    )
    known = known or KnownPictures()
    # Few drawings hold text, so fonts are seldom read.
    fonts = lettering() if suffix == ".svg" and b"text" in content else Lettering()
    made_from = b"\0".join((content, *fonts.files))
    if found := known.get(suffix, made_from):
        facts, content = found
        return Image(content=content, path=relative, **facts)
    image = _normalised(content, suffix, relative, fonts)
    if image.changes:
        facts = {name: getattr(image, name) for name in _FACTS}
        known.keep(suffix, made_from, facts, image.content)
    return image


_FACTS = ("kind", "width", "height", "inks", "changes")


def _normalised(content: bytes, suffix: str, relative: str, fonts: Lettering) -> Image:
    here = Place(relative)
    if suffix not in SUFFIXES:
        drawn = suffix == ".svg"
        made = read_drawing(content, here, fonts) if drawn else read_pdf(content, here)
        return Image(
            made.content, made.kind, made.width, made.height, changes=made.changes, path=relative
        )
    bitmap = read_bitmap(content, here)
    return Image(
        bitmap.content,
        bitmap.kind,
        bitmap.width,
        bitmap.height,
        bitmap.inks,
        bitmap.changes,
        relative,
    )
