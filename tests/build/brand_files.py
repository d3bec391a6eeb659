"""Brands and fonts for tests: small files, made when they are asked for."""

import functools
import io
import string
from collections.abc import Callable, Mapping
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

from foldwell.content.brand_kit import BrandKit, BrandReader
from foldwell.fonts import HOUSE

ASCII = string.ascii_letters + string.digits + string.punctuation + " "
LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10">'
    '<path fill="{}" d="M0 0h30v10h-30z"/></svg>'
)

Content = bytes | Callable[[], bytes]
"""What stands in a file, or what makes it: tables of tests name fonts that cost much to make."""


@functools.cache
def font(
    weight: int = 400, *, bits: int = 0, letters: str = ASCII, kind: str = "", italic: bool = False
) -> bytes:
    """A font with some letters, bits of OS/2 fsType and packing of its own."""
    made = TTFont(HOUSE.path(700 if weight >= 600 else 400), recalcTimestamp=False)
    subsetter = subset.Subsetter(subset.Options(notdef_outline=True))
    subsetter.populate(text=letters)
    subsetter.subset(made)
    made["OS/2"].fsType = bits
    made["OS/2"].usWeightClass = weight
    if italic:
        made["OS/2"].fsSelection |= 1
    made.flavor = kind or None
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def bytes_of(content: Content) -> bytes:
    """What stands in a file, made if need be."""
    return content if isinstance(content, bytes) else content()


def write_brand(
    root: Path, slug: str, text: str, files: Mapping[str, Content] | None = None
) -> Path:
    """Write a brand with the files beside it; its folder."""
    folder = root / "content/brands" / slug
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "brand.yml").write_text(text, encoding="utf-8")
    for name, content in (files or {}).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(bytes_of(content))
    return folder


def read_brand(root: Path, slug: str) -> BrandKit:
    """A brand of a project, read with all others at hand."""
    paths = sorted((root / "content/brands").iterdir())
    return BrandReader(root, {p.name: p.relative_to(root).as_posix() for p in paths}).read(slug)


def said(kit: BrandKit) -> str:
    """All that is noted of a brand."""
    return "\n".join(map(str, kit.notes))
