"""Makes the fonts for names and symbols that the house's own font lacks.

``python docs/make_fonts.py FOLDER``, where FOLDER holds the unpacked npm packages
``@expo-google-fonts/noto-sans``, ``@fontsource/noto-sans-math``, ``@fontsource/noto-sans-symbols``
and ``@fontsource/noto-sans-symbols-2``. Each font becomes a static cut without hints,
scaled so that its small letters are as tall as those of the house, with the line height of the
house. Then run ``python -m foldwell.fonts``.
"""

import io
import sys
from collections.abc import Iterable
from pathlib import Path

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from foldwell.fonts import HOUSE, fonts_folder

LETTERS = [
    (0xA0, 0x24F),  # Latin, Extended-A and -B
    (0x259, 0x259),
    (0x2B0, 0x2DD),  # modifier letters
    (0x370, 0x3FF),  # Greek
    (0x400, 0x52F),  # Cyrillic
    (0x1E00, 0x1EFF),  # Latin Extended Additional: Vietnamese, Welsh
    (0x2010, 0x205E),  # punctuation
    (0x2070, 0x209C),  # raised and lowered figures
    (0x20A0, 0x20BF),  # currencies
    (0x2100, 0x218B),  # letterlike signs and fractions
    (0x2212, 0x2212),
]
"""Characters of Noto Sans, as ranges of code points."""
SYMBOLS = [
    (0x2190, 0x2199),
    (0x21D0, 0x21D5),
    (0x2200, 0x22FF),  # mathematics
    (0x2300, 0x23CF),
    (0x2460, 0x24FF),  # numbers in circles
    (0x25A0, 0x25FF),
    (0x2600, 0x26FF),
    (0x2701, 0x27BF),
    (0x2B05, 0x2B07),
    (0x2B1B, 0x2B1C),
    (0x2B50, 0x2B50),
]
"""Characters of the fonts of symbols; the first font that has one gives it."""
SPACES = {0x20, 0xA0}
"""Pango takes a space between two characters from their font."""
NEEDED = {
    "GlyphOrder", "head", "hhea", "hmtx", "maxp", "cmap", "name", "post", "OS/2", "glyf", "loca",
}  # fmt: skip
"""All that symbols need."""
CUTS = {400: "400Regular", 700: "700Bold", 800: "800ExtraBold"}
SOURCES = (
    "@fontsource/noto-sans-math/files/noto-sans-math-latin-400-normal.woff2",
    "@fontsource/noto-sans-symbols-2/files/noto-sans-symbols-2-symbols-400-normal.woff2",
    "@fontsource/noto-sans-symbols/files/noto-sans-symbols-symbols-400-normal.woff2",
)


def codes(ranges: Iterable[tuple[int, int]]) -> set[int]:
    """The code points of some ranges."""
    return {code for first, last in ranges for code in range(first, last + 1)}


def cut(font: TTFont, wanted: set[int]) -> TTFont:
    """A font with some of its characters and nothing that prints do not need."""
    options = Options(
        hinting=False,
        layout_features=["kern", "mark", "mkmk", "ccmp", "locl"],
        name_IDs=["*"],
        notdef_outline=True,
        drop_tables=["MATH", "GSUB", "meta", "STAT", "DSIG"],
        glyph_names=False,
    )
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    return font


def matched(font: TTFont, house: TTFont) -> TTFont:
    """A font whose small letters and lines are as tall as those of the house."""
    units = house["head"].unitsPerEm
    before = font["head"].unitsPerEm
    x_height = font["OS/2"].sxHeight / before
    after = round(before * x_height / (house["OS/2"].sxHeight / units))
    font["head"].unitsPerEm = after
    ascent, descent = (round(v * after / units) for v in (house["hhea"].ascent,
                                                          house["hhea"].descent))  # fmt: skip
    for table, up, down, gap in (
        (font["hhea"], "ascent", "descent", "lineGap"),
        (font["OS/2"], "sTypoAscender", "sTypoDescender", "sTypoLineGap"),
    ):
        setattr(table, up, ascent)
        setattr(table, down, descent)
        setattr(table, gap, 0)
    font["OS/2"].usWinAscent, font["OS/2"].usWinDescent = ascent, -descent
    return font


def named(font: TTFont, family: str, style: str, weight: int) -> TTFont:
    """A font that says of itself what the table of fonts says."""
    file_name = f"{family} {style}".replace(" ", "")
    kept = {record.nameID: str(record) for record in font["name"].names if record.nameID in (0, 13)}
    font["name"].names = []
    plain = style in ("Regular", "Bold")
    for number, text in {
        **kept,
        1: family if plain else f"{family} {style}",
        2: style if plain else "Regular",
        3: file_name,
        4: f"{family} {style}",
        5: "Version 1.0, made for Foldwell",
        6: file_name,
        **({} if plain else {16: family, 17: style}),
    }.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    bold = style == "Bold"
    font["OS/2"].fsSelection = (font["OS/2"].fsSelection & ~0x61) | (0x20 if bold else 0x40)
    font["head"].macStyle = int(bold)
    font["head"].created = font["head"].modified = 3_800_000_000
    return font


def save(font: TTFont, name: str, *, web: bool) -> None:
    """Write a cut, and perhaps the same for the web page."""
    font.recalcTimestamp = False
    content = io.BytesIO()
    font.save(content)
    (fonts_folder() / f"{name}.ttf").write_bytes(content.getvalue())
    if web:
        again = TTFont(io.BytesIO(content.getvalue()), recalcTimestamp=False)
        again.flavor = "woff2"
        again.save(fonts_folder() / f"{name}.woff2")


def symbols(folder: Path, without: set[int]) -> TTFont:
    """The symbols of several fonts in one."""
    seen, parts = set(without), []
    for source in SOURCES:
        font = TTFont(folder / source)
        own = (codes(SYMBOLS) | SPACES) & set(font.getBestCmap()) - seen
        seen |= own
        cut(font, own)
        font.flavor = None
        for table in set(font.keys()) - NEEDED:
            del font[table]
        font["OS/2"].version = 4
        part = io.BytesIO()
        font.save(part)
        part.seek(0)
        parts.append(part)
    return Merger().merge(parts)


def main(folder: Path) -> None:
    """Make all cuts."""
    house = TTFont(HOUSE.path(400))
    held = set(house.getBestCmap())
    letters = (codes(LETTERS) - held) | SPACES
    for weight, style in CUTS.items():
        [path] = (folder / "@expo-google-fonts/noto-sans" / style).glob("*.ttf")
        font = cut(TTFont(path), letters)
        word = style.lstrip("0123456789")
        save(matched(named(font, "Noto Sans", word, weight), house), f"NotoSans-{word}",
             web=weight < 800)  # fmt: skip
        letters &= set(font.getBestCmap())
    font = matched(symbols(folder, (held | letters) - SPACES), house)
    save(named(font, "Noto Sans Symbols", "Regular", 400), "NotoSansSymbols-Regular", web=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
