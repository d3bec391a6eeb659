"""Logos on the pages: the brand's own, or its name in heavy type where it has none.

On a solid ground stands the logo for dark grounds where words on it are white. A logo that would
not be seen there stands on a white plate.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from foldwell.content.brand import Shades
from foldwell.content.brand_kit import BrandKit
from foldwell.content.brand_roles import roles
from foldwell.content.colours import GRAPHIC_CONTRAST, WHITE, contrast
from foldwell.content.logo_colours import main_colours
from foldwell.remembered import remembered
from foldwell.typeset.fonts import length_of, word_outline

LINE_UNITS = 9500.0
"""A name longer than this, in font units, is set in two lines."""
LEADING_UNITS = 1120.0
LOST_SHARE = 0.25
"""A logo of which more than this is not seen on a ground stands on a plate."""
LETTERS = 2

Asset = tuple[bytes, str]


@dataclass(frozen=True)
class ShownLogo:
    """A logo of one size as templates name it.

    Attributes:
        src: The picture for paper.
        dark_src: The picture for solid grounds.
        plate: Whether it needs a white plate there.
        alt: The words that stand for it.
    """

    src: str
    dark_src: str
    plate: bool
    alt: str


@remembered(256)
def logo_of(kit: BrandKit, size: str, name: str) -> ShownLogo:
    """The logo of a size.

    Args:
        kit: The brand.
        size: ``small``, ``medium`` or ``large``.
        name: The clinic's name, for a brand that has none.
    """
    brand = kit.brand
    words = brand.name or name
    shades = brand.logo.of_size(size)
    if shades is None:
        kind = "mark" if size == "small" else "name"
        src, dark = (f"asset:word-{kind}{ending}.svg" for ending in ("", "-solid"))
        return ShownLogo(src, dark, False, words)
    solid = on_solid(kit, shades)
    alt = brand.logo.images[shades.light].alt or words
    src, dark = (f"asset:{asset_name(kit, image)}" for image in (shades.light, solid))
    return ShownLogo(src, dark, is_lost(kit, solid), alt)


def on_solid(kit: BrandKit, shades: Shades) -> str:
    """The picture for solid grounds: the one for dark grounds only where they are dark."""
    dark = roles(kit.brand).on_solid == WHITE
    return (shades.dark if dark else None) or shades.light


def is_lost(kit: BrandKit, image: str) -> bool:
    """Whether too much of a picture cannot be seen on the brand's solid ground."""
    ground = roles(kit.brand).solid
    colours = main_colours(kit.images[image])
    lost = sum(share for colour, share in colours if contrast(colour, ground) < GRAPHIC_CONTRAST)
    return lost > LOST_SHARE


def asset_name(kit: BrandKit, image: str) -> str:
    """The name of a logo's picture among the pictures of a page."""
    plain = {name: re.sub("[^a-z0-9]+", "-", name.lower()).strip("-") for name in kit.images}
    twins = [name for name in sorted(kit.images) if plain[name] == plain[image]]
    number = f"-{twins.index(image)}" if twins[0] != image else ""
    return f"logo-{plain[image]}{number}.{kit.images[image].kind}"


def wordmarks(kit: BrandKit, name: str) -> dict[str, Asset]:
    """The pictures that stand for a logo where the brand has none, by their names."""
    if kit.brand.logo.of_size("medium"):
        return {}
    use = roles(kit.brand)
    words = kit.brand.name or name
    pairs = {"": (use.ink, use.paper), "-solid": (use.on_solid, use.solid)}
    made = {}
    for ending, (ink, ground) in pairs.items():
        made[f"word-name{ending}.svg"] = (_name(words, ink), "image/svg+xml")
        made[f"word-mark{ending}.svg"] = (_mark(words, ink, ground), "image/svg+xml")
    return made


def _name(words: str, ink: str) -> bytes:
    """A name in heavy type, in two lines where it is long."""
    lines = [words]
    if length_of(words) > LINE_UNITS and " " in words:
        parts = words.split()
        ways = [(" ".join(parts[:n]), " ".join(parts[n:])) for n in range(1, len(parts))]
        lines = [*min(ways, key=lambda way: max(map(length_of, way)))]
    outlines = [word_outline(line) for line in lines]
    cap = outlines[0][2]
    wide = max(length for _, length, _ in outlines)
    above, below = 160.0, 260.0  # for accents, and for letters that hang down
    high = above + cap + (len(lines) - 1) * LEADING_UNITS + below
    paths = "".join(
        f'<path transform="matrix(1 0 0 -1 0 {above + cap + number * LEADING_UNITS:g})"'
        f' d="{outline}"/>'
        for number, (outline, _, _) in enumerate(outlines)
    )
    if len(lines) == 1:  # a single line would be far larger than one of two
        extra = LEADING_UNITS * 0.45
        above_, high = -extra / 2, high + extra
    else:
        above_ = 0.0
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 {above_:g} {wide:g} {high:g}">'
        f'<title>{html.escape(words)}</title><g fill="{ink}">{paths}</g></svg>'
    ).encode()


def _mark(words: str, ink: str, ground: str) -> bytes:
    """The first letters of a name on a rounded square."""
    letters = "".join(word[0] for word in words.split() if word[0].isalnum())[:LETTERS].upper()
    outline, wide, cap = word_outline(letters or words[:1])
    scale = min(62 / wide, 44 / cap)
    left, base = 50 - wide * scale / 2, 50 + cap * scale / 2
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">'
        f"<title>{html.escape(words)}</title>"
        f'<rect width="100" height="100" rx="20" fill="{ink}"/>'
        f'<path fill="{ground}" transform="matrix({scale:.5f} 0 0 {-scale:.5f} {left:.3f}'
        f' {base:.3f})" d="{outline}"/></svg>'
    ).encode()
