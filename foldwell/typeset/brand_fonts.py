"""The fonts of a brand on its pages: for which languages, in print and in web pages.

A family that lacks a letter of a language is set in our own for all of that language, because
words in two faces look like mistakes; single signs are taken from ours.
"""

from __future__ import annotations

import base64
import io
from dataclasses import replace
from functools import lru_cache

from foldwell.content.alphabets import lacking
from foldwell.content.brand_fonts import Cut
from foldwell.content.brand_kit import BrandKit
from foldwell.fonts import HOUSE, printable_characters
from foldwell.remembered import remembered
from foldwell.typeset.brand_css import css_string
from foldwell.typeset.fonts import WIDEST, length_of
from foldwell.typeset.page_source import OwnFont

SAMPLE = "The quick brown fox jumps over the lazy dog, 0123456789. MEDICINES AND WITHDRAWAL"
ROOM = 1.04
"""Widths differ from word to word; so much is left for it."""


@remembered(256)
def in_language(kit: BrandKit, language: str) -> BrandKit:
    """A brand as it is set in a language."""
    unfit = {
        family for family in {cut.family for cut in kit.cuts} if lacking(kit.cuts, family, language)
    }
    return _without(kit, unfit)


def for_web(kit: BrandKit) -> BrandKit:
    """A brand as web pages may show it: some fonts may be embedded in documents alone."""
    return _without(kit, {cut.family for cut in kit.cuts if not cut.on_web})


def _without(kit: BrandKit, families: set[str]) -> BrandKit:
    """A brand whose text is in our own family where it was in some others."""
    if not families:
        return kit
    type_, changed = kit.brand.typography, {}
    for name in ("base", "headings"):
        face = getattr(type_, name)
        if face.family in families:
            changed[name] = face.model_copy(update={"family": HOUSE.family})
    brand = kit.brand.model_copy(update={"typography": type_.model_copy(update=changed)})
    return replace(kit, brand=brand, cuts=tuple(c for c in kit.cuts if c.family not in families))


def used(kit: BrandKit) -> tuple[Cut, ...]:
    """The cuts that its text is set in."""
    type_ = kit.brand.typography
    families = {type_.base.family, type_.headings.family}
    return tuple(cut for cut in kit.cuts if cut.family in families)


@remembered(256)
def own_fonts(kit: BrandKit) -> tuple[OwnFont, ...]:
    """The fonts that the page source of a printed file brings."""
    return tuple(OwnFont(cut.family, cut.weight, cut.content) for cut in used(kit))


def web_font_css(kit: BrandKit) -> str:
    """The fonts of a web page as data addresses, with the letters that any leaflet may use."""
    return "".join(
        f"@font-face {{ font-family: {css_string(cut.family)}; font-weight: {cut.weight};"
        f' src: url("data:font/woff2;base64,{base64.b64encode(_packed(cut.content)).decode()}")'
        ' format("woff2"); font-display: swap; }\n'
        for cut in used(kit)
    )


@lru_cache(maxsize=16)
def _packed(content: bytes) -> bytes:
    """A font as WOFF2, without the characters that no leaflet can print."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(content), recalcTimestamp=False)
    options = Options(layout_features=["*"], notdef_outline=True, name_IDs=["*"])
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=map(ord, printable_characters()))
    subsetter.subset(font)
    font.flavor = "woff2"
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


@remembered(256)
def wider(kit: BrandKit) -> float:
    """How much wider than our own heaviest cut a brand's type is; 1 where it is narrower."""
    own = length_of(SAMPLE)
    lengths = []
    for cut in used(kit):
        known = dict(cut.widths)
        lengths.append(sum(known.get(character, WIDEST) for character in SAMPLE))
    return max([1.0, *(length / own * ROOM for length in lengths)])
