"""The font files of a brand: any usual kind, made plain, held to what may be done with them.

A font comes out as TrueType or OpenType of one weight. What its maker does not allow to be
embedded (OS/2, fsType) is refused; what allows it for documents alone stays out of web pages.
"""

from __future__ import annotations

import io
import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foldwell.content.brand_type import BOLD, FontFile
from foldwell.content.known_pictures import KnownPictures
from foldwell.content.reading import read_file
from foldwell.errors import FoldwellError, Place
from foldwell.fonts import FAMILIES

SIZE_LIMIT_BYTES = 20 * 2**20
TABLES_LIMIT_BYTES = 60 * 2**20
"""The most that a compressed font may grow to."""
ENDINGS = (".ttf", ".otf", ".woff", ".woff2")
RESTRICTED, NO_SUBSETS, BITMAPS = 0x2, 0x100, 0x200
DOCUMENTS_ALONE = 0x4 | 0x8
"""Bits of OS/2 fsType (OpenType 1.9): what may not be embedded; not in parts; as bitmaps alone;
and what may be embedded in documents that are printed, previewed or edited."""
STATIC_WEIGHTS = (400, 700, 800)
"""The weights that are taken out of a variable font."""
LICENCES = ("OFL.txt", "LICENSE", "LICENSE.txt", "LICENCE", "LICENCE.txt", "license.txt")


@dataclass(frozen=True)
class Cut:
    """One weight of a brand's family.

    Attributes:
        family: The family, as the brand calls it.
        weight: 1 to 1000.
        content: TrueType or OpenType.
        characters: What it has glyphs for.
        on_web: Whether it may stand in a web page.
        path: Its file, as the user knows it.
        licence: What it says of its licence, or the text of the licence beside it.
        widths: How wide characters are, in thousandths of the size.
    """

    family: str
    weight: int
    content: bytes
    characters: frozenset[str]
    on_web: bool
    path: str
    licence: str
    widths: tuple[tuple[str, float], ...]

    def __repr__(self) -> str:
        """Short: its content is hashed on its own."""
        return f"Cut({self.family!r}, {self.weight})"


def read_cuts(
    root: Path, family: str, file: FontFile, known: KnownPictures | None = None
) -> list[Cut]:
    """The weights that a font file gives: one, or several if it is variable; none if it is italic.

    Args:
        root: The project folder.
        family: What the brand calls its family.
        file: The file.
        known: What was made of fonts before.

    Raises:
        FoldwellError: If it is no font, is broken, or may not be embedded.
    """
    relative = f"{file.folder}/{file.path}"
    here = Place(relative)
    if not relative.lower().endswith(ENDINGS):
        raise FoldwellError(
            f"'{file.path}' is no font file that can be used.", here,
            "Give it as TTF, OTF, WOFF or WOFF2.",
        )  # fmt: skip
    content = read_file(root, relative, SIZE_LIMIT_BYTES)
    if file.style == "italic":
        return []
    known = known or KnownPictures()
    licence = _licence_beside(root, relative)
    cuts = []
    for weight in (file.weight,) if file.weight else _weights(content, here):
        if weight is None:
            return []
        suffix = f".font-{weight}"
        if found := known.get(suffix, content):
            facts, made = found
        else:
            facts, made = _plain(content, weight, here)
            known.keep(suffix, content, facts, made)
        cuts.append(
            Cut(
                family,
                weight,
                made,
                frozenset(facts["characters"]),
                facts["on_web"],
                relative,
                licence or facts["licence"],
                tuple(zip(facts["characters"], facts["widths"], strict=True)),
            )
        )
    return cuts


def _weights(content: bytes, here: Place) -> Iterator[int | None]:
    """The weights that a file is used for, as it says itself; None for an italic one."""
    with _opened(content, here) as font:
        if font["OS/2"].fsSelection & 1:
            yield None
        elif axis := _weight_axis(font):
            inside = [w for w in STATIC_WEIGHTS if axis.minValue <= w <= axis.maxValue]
            yield from inside or [round(axis.defaultValue)]
        else:
            yield min(max(font["OS/2"].usWeightClass, 1), 1000)


def _weight_axis(font: Any) -> Any:
    axes = font["fvar"].axes if "fvar" in font else ()
    return next((axis for axis in axes if axis.axisTag == "wght"), None)


def _opened(content: bytes, here: Place) -> Any:
    """A font, once it is sure that it is sound and may be embedded."""
    from fontTools.ttLib import TTFont

    logging.getLogger("fontTools").setLevel(logging.CRITICAL)
    try:
        # Or it would say that it was changed just now, and be another font each second.
        font = TTFont(io.BytesIO(content), lazy=True, fontNumber=0, recalcTimestamp=False)
        entries = font.reader.tables.values()
        size = sum(getattr(entry, "origLength", entry.length) for entry in entries)
        if size > TABLES_LIMIT_BYTES:
            raise FoldwellError("The font is too large when unpacked.", here, "Subset it.")
        bits, characters = font["OS/2"].fsType, font.getBestCmap()
        outlines = {"glyf", "CFF ", "CFF2"} & set(font.keys())
        _ = font["hmtx"].metrics, font["head"].unitsPerEm, font["name"].names
    except FoldwellError:
        raise
    except Exception as error:  # whatever is wrong in a file that anybody may have made
        raise FoldwellError(
            f"This is no sound font ({type(error).__name__}).",
            here,
            "Download it again, or take the font out of the brand: our own stands in.",
        ) from error
    if not outlines or not characters:
        raise FoldwellError(
            "The font holds no outlines of letters.", here, "Give one that is drawn in outlines."
        )
    way = (
        "Ask its maker for a licence and a file that allow it, or take the family out of 'fonts'"
        f" and name {FAMILIES[0]} where it was named."
    )
    if bits & 0xF == RESTRICTED:
        raise FoldwellError(
            "The font's maker does not allow it to be embedded in documents (OS/2 fsType 2,"
            " restricted licence).", here, way,
        )  # fmt: skip
    if bits & (NO_SUBSETS | BITMAPS):
        what = "in part" if bits & NO_SUBSETS else "as outlines"
        raise FoldwellError(
            f"The font's maker does not allow it to be embedded {what} (OS/2 fsType {bits:#x}).",
            here,
            way,
        )
    return font


def _plain(content: bytes, weight: int, here: Place) -> tuple[dict[str, Any], bytes]:
    """A font file of one weight, and the facts of it."""
    with _opened(content, here) as font:
        try:
            bits = font["OS/2"].fsType
            if "fvar" in font:
                font = _instance(font, weight)
            font.flavor = None
            for table in ("DSIG", "SVG ", "sbix", "CBDT", "CBLC", "COLR", "CPAL", "EBDT", "EBLC"):
                if table in font:
                    del font[table]
            out = io.BytesIO()
            font.save(out, reorderTables=False)
            units, metrics = font["head"].unitsPerEm, font["hmtx"].metrics
            glyphs = {chr(c): name for c, name in sorted(font.getBestCmap().items()) if c >= 32}
            names = (font["name"].getDebugName(number) for number in (0, 13, 14))
            told = "\n\n".join(dict.fromkeys(filter(None, names)))
        except Exception as error:  # the same
            raise FoldwellError(
                f"This is no sound font ({type(error).__name__}).",
                here,
                "Download it again, or take the font out of the brand: our own stands in.",
            ) from error
    facts = {
        "characters": "".join(glyphs),
        "widths": [round(metrics[name][0] * 1000 / units) for name in glyphs.values()],
        "on_web": not bits & DOCUMENTS_ALONE,
        "licence": told,
        "changes": [],
    }
    return facts, out.getvalue()


def _instance(font: Any, weight: int) -> Any:
    """A variable font, held at a weight and at the defaults of its other axes."""
    from fontTools.varLib.instancer import instantiateVariableFont

    place = {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes}
    if axis := _weight_axis(font):
        place["wght"] = min(max(weight, axis.minValue), axis.maxValue)
    return instantiateVariableFont(font, place, inplace=False)


def _licence_beside(root: Path, relative: str) -> str:
    """The text of a licence in the font's folder."""
    folder = relative.rpartition("/")[0]
    for name in LICENCES:
        if os.path.isfile(root / folder / name):
            try:
                return read_file(root, f"{folder}/{name}").decode(errors="replace")
            except FoldwellError:
                continue
    return ""


def has_both(cuts: list[Cut]) -> bool:
    """Whether a family has a regular and a bold, which body text needs."""
    weights = [cut.weight for cut in cuts]
    return any(w < BOLD for w in weights) and any(w >= BOLD for w in weights)
