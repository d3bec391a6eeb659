"""Which of the fonts a page needs: the house's own, and those that hold what it lacks."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

from foldwell.fonts import HOUSE, Font, characters_of, fonts
from foldwell.remembered import Remembered


@lru_cache(maxsize=8)  # of one page it is asked again and again
def rare_signs(text: str) -> frozenset[str]:
    """The characters of a text that are beyond ASCII, or that the house's own font lacks."""
    rare = text.encode(errors="surrogatepass").translate(None, _plain())
    return frozenset(rare.decode(errors="surrogatepass"))


@cache
def _plain() -> bytes:
    return "".join(filter(str.isascii, characters_of(HOUSE))).encode()


def needed_for(text: str) -> tuple[Font, ...]:
    """The house's font, and those that hold a character of the text which none before them has."""
    rare = rare_signs(text)
    asked = (font.added or font.asked for font in fonts())
    languages = frozenset(language for language in asked if language and said(language, text))
    return _NEEDED.get((fonts(),), (rare, languages), lambda: _needed(rare, languages))


_NEEDED: Remembered[tuple[Font, ...]] = Remembered(256)
"""What pages with the same few signs beyond ASCII need is the same."""


def _needed(rare: frozenset[str], languages: frozenset[str]) -> tuple[Font, ...]:
    """The fonts for a text.

    Args:
        rare: Its characters; those of ASCII that the house's font holds need not be there.
        languages: Those that it says some of it is in, of all that have a font of their own.
    """
    missing = {character for character in rare if unicodedata.category(character) != "Cf"}
    needed = []
    for font in (font for font in fonts() if not font.apart):
        held = characters_of(font)
        if font is HOUSE or missing & held:
            needed.append(font)
        missing -= held
    # Scripts share signs such as the danda: the one that is most of the text gives them.
    apart = [f for f in fonts() if f.apart and (not f.asked or f.asked in languages)]
    apart = apart if missing - {"\n"} else []
    while apart:
        # Two languages share most of their signs, and draw them otherwise.
        font = max(
            apart,
            key=lambda font: (
                (font.added or font.asked) in languages,
                len(missing & characters_of(font)),
            ),
        )
        apart.remove(font)
        if missing & characters_of(font):
            needed.append(font)
            missing -= characters_of(font)
    return tuple(needed)


def said(language: str, text: str) -> bool:
    """Whether a page says that some of it is in a language; of none, it does."""
    return not language or f'lang="{language}"' in text
