"""Lettering: the font files beside a brand, in which the text of its logos is drawn.

A logo is the only place where they are: what a leaflet says is set in the fonts that are shipped,
whose characters are known.
"""

from __future__ import annotations

import io
import os
import re
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from foldwell.content.reading import read_file
from foldwell.errors import FoldwellError, Place

SUFFIXES = (".ttf", ".otf", ".woff", ".woff2")
FILE_LIMIT_BYTES = 5 * 2**20
UNPACKED_LIMIT_BYTES = 20 * 2**20
USUAL_WEIGHT = 400
_UNPACKED_AT = 16
"""Where a web font says how large it is when it is unpacked (WOFF and WOFF 2, the header)."""
_ITALIC = 1


_WEIGHT = re.compile(r"(?i)font-weight\s*:\s*(bold|bolder|lighter|normal|[1-9]00)\b")
_LEANS = re.compile(r"(?i)font-style\s*:\s*(?:italic|oblique)\b")
_FAMILY = re.compile(r"""(?i)font-family\s*:\s*["']?\s*([^"',;}]+)""")
_NAMES = (1, 4, 6, 16)
"""What a font may be called by: family, full name, PostScript name, family of all its cuts."""
_NAMED = {"normal": 400, "bold": 700, "bolder": 700, "lighter": 300}


@dataclass(frozen=True)
class Lettering:
    """The fonts of one brand.

    Attributes:
        files: TrueType or OpenType files.
        weights: Theirs: 400 is regular, 700 bold.
        names: What they are called, in small letters.
        leans: Whether any is an italic.
    """

    files: tuple[bytes, ...] = ()
    weights: frozenset[int] = frozenset()
    names: frozenset[str] = frozenset()
    leans: bool = False

    def lacks(self, asked: Asked) -> str:
        """What text asks for and no file has, in words; empty if all is there."""
        if missing := sorted(name for name in asked.names if name.lower() not in self.names):
            return f"the font '{missing[0]}'" if missing[0] else "no font by its name"
        if heavy := sorted(asked.weights - self.weights):
            return f"a font of weight {heavy[0]}"
        return "an italic font" if asked.leans and not self.leans else ""


@dataclass(frozen=True)
class Asked:
    """What the text of a drawing asks for.

    Attributes:
        weights: The weights of its fonts; empty where there is no text.
        names: The first name that each gives; the others are for those who do not have it.
        leans: Whether any is set in italics.
    """

    weights: frozenset[int] = frozenset()
    names: frozenset[str] = frozenset()
    leans: bool = False


def families_in(style: str) -> list[str]:
    """The fonts that some CSS asks for, by the first of their names."""
    return [name.strip() for name in _FAMILY.findall(style)]


def weights_in(style: str) -> list[int]:
    """The weights that some CSS asks for."""
    return [int(_NAMED.get(word.lower(), word)) for word in _WEIGHT.findall(style)]


def leans_in(style: str) -> bool:
    """Whether some CSS asks for an italic."""
    return bool(_LEANS.search(style))


def read_lettering(root: Path, folders: Iterable[str]) -> Lettering:
    """The fonts that stand in some folders.

    Args:
        root: The project folder.
        folders: Paths below it.

    Raises:
        FoldwellError: If one of them is too large or is no font.
    """
    fonts = [
        _font(read_file(root, f"{folder}/{name}", FILE_LIMIT_BYTES), Place(f"{folder}/{name}"))
        for folder in dict.fromkeys(folders)
        for name in sorted(os.listdir(root / folder))
        if name.lower().endswith(SUFFIXES)
    ]
    return Lettering(
        tuple(content for font in fonts for content in font.files),
        frozenset().union(*(font.weights for font in fonts)),
        frozenset().union(*(font.names for font in fonts)),
        any(font.leans for font in fonts),
    )


def _font(content: bytes, here: Place) -> Lettering:
    """One font, without the packing of the web."""
    from fontTools.ttLib import TTFont, TTLibError

    try:
        packed = content[:4] in (b"wOFF", b"wOF2")
        if packed and struct.unpack_from(">I", content, _UNPACKED_AT)[0] > UNPACKED_LIMIT_BYTES:
            raise TTLibError("larger than it looks")
        with TTFont(io.BytesIO(content), lazy=True) as font:
            names = {str(font["name"].getDebugName(number) or "").lower() for number in _NAMES}
            leans = bool(font["OS/2"].fsSelection & _ITALIC)
            weight = int(font["OS/2"].usWeightClass)
            if packed:
                out = io.BytesIO()
                font.flavor = None
                font.save(out)
                content = out.getvalue()
        return Lettering((content,), frozenset({weight}), frozenset(names - {""}), leans)
    except (TTLibError, struct.error, ValueError, KeyError, AssertionError, OSError) as error:
        raise FoldwellError(
            "This font cannot be read.", here, "Put the font in its place, or take it away."
        ) from error
