"""Scripts: the fonts that a page brings for them, and how far apart their lines stand.

Letters of these fonts are drawn larger than Latin ones of the same size, so that both look alike
and rules on the smallest type hold for what is seen; what stands above and below them needs room.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

from foldwell.fonts import Font, characters_of
from foldwell.typeset.needed_fonts import needed_for
from foldwell.typeset.page_source import OwnFont

LEADING = {
    "Hebr": 1.06, "Arab": 1.19, "Deva": 1.16, "Beng": 1.14, "Guru": 1.12, "Gujr": 1.14,
    "Taml": 1.12, "Ethi": 1.08, "Thai": 1.2, "Hans": 1.1, "Hant": 1.1, "Aran": 1.55,
}  # fmt: skip
"""How much further apart than Latin lines those of a script stand; 1 where it is not named.

Arabic: a line of its font takes 1.55 times the size, one of the house's 1.30. Nastaliq:
2.4 times, of 1.55; nine of ten words reach from 1.5 above the line to 0.4 below.
"""

HANGING_LOW = 1.1
"""From this leading on, letters of a foot would come near to the edge of a desktop printer."""
RAISED_MM = {"panels": 0.8}
"""How near to the text they stand then."""
DEEP = 1.4
"""From this leading on, the lines of a foot stand further apart too."""
DEEPER_MM = {
    "sheet": 22.0,
    "small-sheet": 22.0,
    "booklet": 22.0,
    "large-print": 32.0,
    "panels": 14.0,
}
"""The margins that have room for them then."""
_HEIGHTS = re.compile(
    r"(?P<what>(?:line-height|--[a-z-]*leading[a-z-]*)\s*:\s*|\bfont\s*:[^;{}/]*/\s*)"
    r"(?P<number>\d+(?:\.\d+)?|\.\d+)(?P<unit>pt)?(?=[\s;}])"
)
"""Line heights as multiples of the type or in points; circles round numbers have theirs in mm."""

_FEET = re.compile(r"(@(?:top|bottom)-[a-z-]+\s*\{[^}]*\})")
"""What stands outside the text: a line or two, which have no room to grow."""
FEW = 16
"""Fewer letters of a script than this are names in a page of another language."""
_ESCAPED = re.compile(r"\\([0-9a-f]{2,5}) ")


@cache
def script_of(language: str) -> str:
    """The script that a language is written in (ISO 15924), by CLDR's likely subtags.

    Args:
        language: Its BCP 47 tag.
    """
    from babel.core import get_global

    parts = language.split("-")
    for part in parts[1:]:
        if len(part) == 4:
            return part.title()
    known = get_global("likely_subtags")
    likely = known.get("_".join(parts)) or known.get(parts[0]) or "en_Latn_US"
    return str(likely.split("_")[1])


def leading_of(language: str) -> float:
    """How much further apart than Latin ones the lines of a language stand."""
    return LEADING.get(script_of(language), 1.0)


def script_css(tags: Iterable[str], leading: float, layout: str) -> str:
    """What letters that hang low or stand close ask of a style sheet; nothing for others.

    Args:
        tags: The languages of the page.
        leading: How much further apart than Latin ones its lines stand.
        layout: Its layout.
    """
    css = ""
    if layout in RAISED_MM and leading >= HANGING_LOW:
        near = f"padding-top: {RAISED_MM[layout]}mm"
        css = f"@page {{ @bottom-left {{ {near} }} @bottom-right {{ {near} }} }}\n"
    if layout in DEEPER_MM and leading >= DEEP:
        css += f"@page {{ margin-bottom: {DEEPER_MM[layout]}mm }}\n"
    for tag in tags:
        if script_of(tag) == "Aran":
            # Words begin high over the end of those before them, and its spaces are narrow. The
            # letters of a line stand in its lower half, and so does the number of a step; those
            # that begin a line reach out of it, towards the bar of a box.
            css += (
                f'[lang="{tag}"] {{ word-spacing: 0.12em }}\n'
                f'[lang="{tag}"] [lang]:not([lang="{tag}"]), [lang="{tag}"] [dir="ltr"]'
                " { word-spacing: normal }\n"
                f'[lang="{tag}"] .block-steps ol:not(.pictures) > li::before'
                " { margin-top: 0.35em }\n"
                f'[lang="{tag}"] :is(.block-key-message, .block-warning) > *'
                " { margin-inline-start: 0.3em }\n"
            )
    return css


@lru_cache(maxsize=256)
def spread(sheet: str, leading: float) -> str:
    """A style sheet whose lines stand further apart.

    Args:
        sheet: The style sheet.
        leading: How much further; lines of no height keep none, and those of feet keep theirs
            unless letters reach very far.
    """

    def further(match: re.Match[str]) -> str:
        height = float(match["number"]) * leading
        return f"{match['what']}{height:.4g}{match['unit'] or ''}"

    if leading == 1:
        return sheet
    parts = [sheet] if leading >= DEEP else _FEET.split(sheet)
    parts[::2] = [_HEIGHTS.sub(further, part) for part in parts[::2]]
    return "".join(parts)


def script_fonts(texts: Iterable[str]) -> tuple[OwnFont, ...]:
    """The fonts of single scripts that some texts need, for their page source."""
    # Style sheets write a comma of Chinese, or a vowel sign, by its number.
    text = _ESCAPED.sub(lambda sign: chr(int(sign[1], 16)), "".join(texts))
    return tuple(
        OwnFont(font.family, weight, cut_of(font, weight, text))
        for font in needed_for(text)
        if font.apart
        for weight in font.cuts
    )


def cut_of(font: Font, weight: int, text: str, flavour: str | None = None) -> bytes:
    """A cut of a font of a script; of one that was added, as much as a text needs.

    For the web page also of one of which it needs few letters, such as the name of a language.

    Args:
        font: The font.
        weight: The cut.
        text: What is set in it.
        flavour: ``woff2`` for the web page.
    """
    if not font.added and not (font.apart and flavour):
        return _whole(font, weight, flavour)
    own = "".join(sorted(set(text) & characters_of(font)))
    if not font.added and sum(map(str.isalpha, own)) >= FEW:
        return _whole(font, weight, flavour)
    return _part(font.path(weight), own, flavour)


def _whole(font: Font, weight: int, flavour: str | None) -> bytes:
    return _content(font.web_path(weight) if flavour else font.path(weight))


@cache
def _content(path: Path) -> bytes:
    return path.read_bytes()


@lru_cache(maxsize=64)
def _part(path: Path, characters: str, flavour: str | None) -> bytes:
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    # No time of making, so that the same words are the same bytes.
    with TTFont(path, lazy=True, recalcTimestamp=False) as file:
        subsetter = Subsetter(Options(notdef_outline=True, name_IDs=["*"], hinting=False))
        subsetter.populate(unicodes=map(ord, characters))
        subsetter.subset(file)
        file.flavor = flavour
        out = io.BytesIO()
        file.save(out)
    return out.getvalue()
