"""The fonts that are shipped, one row a family; no other font is ever used.

Whatever knows of fonts finds them here: brands, style sheets, the cover of glyphs, the drawing of
words, packs with their licences, the doctor. To add a family, put its files and licence into
``templates/fonts``, add a row, and run ``python -m foldwell.fonts``, which writes down the
characters that it holds. fontconfig sees that folder and nothing else.

Families of one script lie in ``templates/scripts``, where nothing looks for them: the page source
of an edition that uses the script brings them, so that no other edition waits for them.
"""

from __future__ import annotations

import os
import sys
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
    apart: bool = False
    """Whether it lies with the fonts of single scripts."""
    added: str = ""
    """The language for which it is fetched with ``fonts add``; empty if it is shipped."""
    asked: str = ""
    """The language that alone is set in it, as pages name it; empty if its letters say so."""
    in_parts: bool = False
    """Whether it puts letters together from parts; see ``foldwell.typeset.whole_letters``."""

    @property
    def folder(self) -> Path:
        """Where its files lie."""
        if self.added:
            return added_folder() / self.added
        return scripts_folder() if self.apart else fonts_folder()

    def path(self, weight: int) -> Path:
        """The file of one cut."""
        return self.folder / f"{self.cuts[weight]}.ttf"

    def web_path(self, weight: int) -> Path:
        """The file of one cut for the web page."""
        return self.folder / f"{self.cuts[weight]}.woff2"

    @property
    def here(self) -> bool:
        """Whether its files are there: those that are added are fetched by whoever needs them."""
        return not self.added or (self.folder / self.characters).is_file()

    @property
    def licence_name(self) -> str:
        """A name for a copy of its licence."""
        return f"{self.family.replace(' ', '-')}-{self.licence}.txt"


def _script(name: str, *scripts: str) -> Font:
    """The row of a family of Noto for one script."""
    stem = f"NotoSans{name}"
    return Font(
        f"Noto Sans {name}",
        {400: f"{stem}-Regular", 700: f"{stem}-Bold"},
        web=(400, 700),
        scripts=scripts,
        licence="OFL-1.1",
        licence_file="OFL-Noto.txt",
        characters=f"characters-{name.lower()}.txt",
        whole=False,
        apart=True,
    )


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
    _script("Hebrew", "Hebr"),
    _script("Arabic", "Arab"),
    _script("Devanagari", "Deva"),
    _script("Bengali", "Beng"),
    _script("Gurmukhi", "Guru"),
    _script("Gujarati", "Gujr"),
    _script("Tamil", "Taml"),
    _script("Ethiopic", "Ethi"),
    _script("Thai", "Thai"),
    Font(
        "Noto Nastaliq Urdu",
        {400: "NotoNastaliqUrdu-Regular", 700: "NotoNastaliqUrdu-Bold"},
        web=(400, 700),
        scripts=("Aran",),
        licence="OFL-1.1",
        licence_file="OFL-Noto.txt",
        characters="characters-nastaliq.txt",
        whole=False,
        apart=True,
        asked="ur-Aran",  # where the brand asks for it, see foldwell.content.brand
        in_parts=True,
    ),
)
"""In the order in which they are asked for a character; the first is the house's own."""

ADDED: tuple[Font, ...] = tuple(
    Font(
        f"Noto Sans {name}",
        {400: f"NotoSans{name}-Regular", 700: f"NotoSans{name}-Bold"},
        web=(400, 700),
        scripts=(script,),
        licence="OFL-1.1",
        licence_file="OFL.txt",
        characters="characters.txt",
        whole=False,
        apart=True,
        added=language,
    )
    for name, script, language in (("SC", "Hans", "zh-Hans"), ("TC", "Hant", "zh-Hant"))
)
"""Families that are too large to be shipped, 10 MB and more a cut; ``fonts add`` fetches them."""

HOUSE = FONTS[0]
"""The font of everything that no brand decides."""
FAMILIES = tuple(font.family for font in FONTS if font.whole)
"""What a brand may choose."""


def fonts_folder() -> Path:
    """The folder of the fonts and of the ``fonts.conf`` that names it."""
    return templates_folder() / "fonts"


def scripts_folder() -> Path:
    """The folder of the fonts of single scripts."""
    return templates_folder() / "scripts"


def added_folder() -> Path:
    """The folder of the fonts that were fetched: beside the packages that Foldwell runs with."""
    return Path(os.environ.get("FOLDWELL_FONTS") or Path(sys.prefix) / "share/foldwell/fonts")


@cache
def fonts() -> tuple[Font, ...]:
    """All that are there: the shipped ones, and those that were added."""
    return (*FONTS, *(font for font in ADDED if font.here))


def not_added(language: str) -> Font | None:
    """The font that a language needs and that has not been added; None if there is no such."""
    return next((font for font in ADDED if font.added == language and not font.here), None)


def characters_of(font: Font) -> frozenset[str]:
    """The characters that every cut of a font holds.

    Read from a list, because reading the fonts themselves takes long; a test holds the list
    against the fonts.
    """
    return _listed(font.folder / font.characters)


@cache
def _listed(path: Path) -> frozenset[str]:
    return frozenset(path.read_text(encoding="utf-8"))


@cache
def printable_characters() -> frozenset[str]:
    """The characters that a shipped font can print, and the line end."""
    return frozenset().union(*map(characters_of, fonts()))


def write_lists() -> None:
    """Write down the characters of every font."""
    for font in FONTS:
        path = font.folder / font.characters
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
