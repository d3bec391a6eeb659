"""The fonts that are shipped, one row a family; no other font is ever used.

Whatever knows of fonts finds them here: brands, style sheets, the cover of glyphs, the drawing of
words, packs with their licences, the doctor. To add a family, put its files and licence into
``templates/fonts``, add a row, and run ``python -m foldwell.fonts``, which writes down the
characters that it holds. fontconfig sees that folder and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from foldwell.shipped import templates_folder


@dataclass(frozen=True)
class Font:
    """One family.

    Attributes:
        family: Its name, as in the files and in style sheets.
        cuts: By weight, the name of the file without its ending; ``.ttf`` is what is printed.
        web: The weights of which a ``.woff2`` stands beside it, for the web page.
        scripts: The scripts that it is shipped for (ISO 15924).
        licence: The name of its licence (SPDX).
        licence_file: The licence's text, beside the files.
        characters: The list of its characters, beside the files.
    """

    family: str
    cuts: Mapping[int, str]
    web: tuple[int, ...]
    scripts: tuple[str, ...]
    licence: str
    licence_file: str
    characters: str
    whole: bool = True
    """Whether a text can be set in it; else it only helps out."""

    def path(self, weight: int) -> Path:
        """The file of one cut."""
        return fonts_folder() / f"{self.cuts[weight]}.ttf"

    def web_path(self, weight: int) -> Path:
        """The file of one cut for the web page."""
        return fonts_folder() / f"{self.cuts[weight]}.woff2"

    @property
    def licence_name(self) -> str:
        """A name for a copy of its licence."""
        return f"{self.family.replace(' ', '-')}-{self.licence}.txt"


FONTS: tuple[Font, ...] = (
    Font(
        "Atkinson Hyperlegible Next",
        {
            400: "AtkinsonHyperlegibleNext-Regular",
            700: "AtkinsonHyperlegibleNext-Bold",
            800: "AtkinsonHyperlegibleNext-ExtraBold",
        },
        web=(400, 700),
        scripts=("Latn",),
        licence="OFL-1.1",
        licence_file="OFL.txt",
        characters="characters.txt",
    ),
    Font(
        "Noto Sans",
        {400: "NotoSans-Regular", 700: "NotoSans-Bold", 800: "NotoSans-ExtraBold"},
        web=(400, 700),
        scripts=("Latn", "Grek", "Cyrl"),
        licence="OFL-1.1",
        licence_file="OFL-Noto.txt",
        characters="characters-noto-sans.txt",
        whole=False,
    ),
    Font(
        "Noto Sans Symbols",
        {400: "NotoSansSymbols-Regular"},
        web=(400,),
        scripts=("Zsym",),
        licence="OFL-1.1",
        licence_file="OFL-Noto.txt",
        characters="characters-noto-sans-symbols.txt",
        whole=False,
    ),
)
"""In the order in which they are asked for a character; the first is the house's own."""

HOUSE = FONTS[0]
"""The font of everything that no brand decides."""
FAMILIES = tuple(font.family for font in FONTS if font.whole)
"""What a brand may choose."""


def fonts_folder() -> Path:
    """The folder of the fonts and of the ``fonts.conf`` that names it."""
    return templates_folder() / "fonts"


def characters_of(font: Font) -> frozenset[str]:
    """The characters that every cut of a font holds.

    Read from a list, because reading the fonts themselves takes long; a test holds the list
    against the fonts.
    """
    return _listed(fonts_folder() / font.characters)


@cache
def _listed(path: Path) -> frozenset[str]:
    return frozenset(path.read_text(encoding="utf-8"))


@cache
def printable_characters() -> frozenset[str]:
    """The characters that a shipped font can print, and the line end."""
    return frozenset().union(*map(characters_of, FONTS))


def needed_for(text: str) -> tuple[Font, ...]:
    """The house's font, and those that hold a character of the text which none before them has."""
    missing = set(text)
    needed = []
    for font in FONTS:
        held = characters_of(font)
        if font is HOUSE or missing & held:
            needed.append(font)
        missing -= held
    return tuple(needed)


def write_lists() -> None:
    """Write down the characters of every font."""
    for font in FONTS:
        path = fonts_folder() / font.characters
        path.write_text("".join(sorted(held_by(font))), encoding="utf-8")


def held_by(font: Font) -> frozenset[str]:
    """The characters that every cut holds, read from the fonts themselves, and the line end."""
    from fontTools.ttLib import TTFont

    cuts = []
    for weight in font.cuts:
        with TTFont(font.path(weight), lazy=True) as file:
            cuts.append({chr(code) for code in file.getBestCmap() if code >= 32})
    return frozenset(set.intersection(*cuts) | {"\n"})


if __name__ == "__main__":
    write_lists()
