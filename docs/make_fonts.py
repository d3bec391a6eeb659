"""Makes the fonts for names and symbols that the house's own font lacks.

``python docs/make_fonts.py FOLDER``, where FOLDER holds the unpacked npm packages
``@expo-google-fonts/noto-sans``, ``@fontsource/noto-sans-math``, ``@fontsource/noto-sans-symbols``
and ``@fontsource/noto-sans-symbols-2``. Each font becomes a static cut without hints,
scaled so that its small letters are as tall as those of the house, with the line height of the
house. ``python docs/make_fonts.py FOLDER scripts`` makes the fonts of ``SCRIPTS`` in the same way
from ``@expo-google-fonts/noto-sans-<script>``; each is scaled so that its text looks as large as
the house's. Arabic is made from Debian's ``fonts-noto-core`` (2020), unpacked beside them: newer
cuts are put together from letters without dots and dots, so that no PDF can say which letter one
is. ``python docs/make_fonts.py FOLDER nastaliq`` makes those of Urdu from the same package, at
their own size. Then run ``python -m foldwell.fonts``.
"""

import io
import sys
from collections.abc import Iterable
from pathlib import Path

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from foldwell.fonts import HOUSE, fonts_folder, scripts_folder

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
SIGNS = [
    (0x25CC, 0x25CC),  # the circle under a mark without a letter
    (0x2010, 0x2011), (0x200B, 0x200F), (0x2066, 0x2069), (0x202A, 0x202E), (0x2060, 0x2060),
]  # fmt: skip
"""What shaping needs in any script."""
SCRIPTS: dict[str, tuple[float, list[tuple[int, int]]]] = {
    "Hebrew": (1.06, [(0x590, 0x5FF), (0x20AA, 0x20AA), (0xFB1D, 0xFB4F)]),
    "Arabic": (1.14, [(0x600, 0x6FF), (0x750, 0x77F), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC)]),
    "Devanagari": (1.1, [(0x900, 0x97F), (0x1CD0, 0x1CFF), (0xA8E0, 0xA8FF), (0x20B9, 0x20B9)]),
    "Bengali": (1.1, [(0x964, 0x965), (0x980, 0x9FF), (0x20B9, 0x20B9)]),
    "Gurmukhi": (1.08, [(0x964, 0x965), (0xA00, 0xA7F), (0x20B9, 0x20B9)]),
    "Gujarati": (1.1, [(0x964, 0x965), (0xA80, 0xAFF), (0x20B9, 0x20B9)]),
    "Tamil": (1.04, [(0x964, 0x965), (0xB80, 0xBFF), (0x20B9, 0x20B9)]),
    "Ethiopic": (1.0, [(0x1200, 0x139F), (0x2D80, 0x2DDF)]),
    "Thai": (1.1, [(0xE00, 0xE7F)]),
}
"""How much larger each script is drawn at one size of type, and its characters. Arabic and the
scripts of India have more within a letter than Latin ones at the same size, and look smaller."""
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


def cut(font: TTFont, wanted: set[int], *, shaped: bool = False) -> TTFont:
    """A font with some of its characters and nothing that prints do not need.

    Args:
        font: The font.
        wanted: Its characters.
        shaped: Whether letters change their forms beside others.
    """
    features = ["kern", "mark", "mkmk", "ccmp", "locl"]
    options = Options(
        hinting=False,
        layout_features=[*Options._layout_features_default, *features] if shaped else features,
        name_IDs=["*"],
        notdef_outline=True,
        drop_tables=["MATH", *([] if shaped else ["GSUB"]), "meta", "STAT", "DSIG", "vhea", "vmtx"],
        glyph_names=False,
    )
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    return font


def matched(font: TTFont, house: TTFont, scale: float | None = None) -> TTFont:
    """A font whose small letters and lines are as tall as those of the house.

    Args:
        font: The font.
        house: The font of the house.
        scale: How much larger it is drawn; None for a font with small letters of its own.
    """
    units = house["head"].unitsPerEm
    before = font["head"].unitsPerEm
    if scale is None:
        scale = (house["OS/2"].sxHeight / units) / (font["OS/2"].sxHeight / before)
    after = round(before / scale)
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


def save(font: TTFont, folder: Path, name: str, *, web: bool) -> None:
    """Write a cut, and perhaps the same for the web page."""
    font.recalcTimestamp = False
    content = io.BytesIO()
    font.save(content)
    (folder / f"{name}.ttf").write_bytes(content.getvalue())
    if web:
        again = TTFont(io.BytesIO(content.getvalue()), recalcTimestamp=False)
        again.flavor = "woff2"
        again.save(folder / f"{name}.woff2")


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
        save(matched(named(font, "Noto Sans", word, weight), house), fonts_folder(),
             f"NotoSans-{word}", web=weight < 800)  # fmt: skip
        letters &= set(font.getBestCmap())
    font = matched(symbols(folder, (held | letters) - SPACES), house)
    save(named(font, "Noto Sans Symbols", "Regular", 400), fonts_folder(),
         "NotoSansSymbols-Regular", web=True)  # fmt: skip


def scripts(folder: Path) -> None:
    """Make the cuts of the scripts that have fonts of their own."""
    house = TTFont(HOUSE.path(400))
    for script, (scale, ranges) in SCRIPTS.items():
        for weight in (400, 700):
            style = CUTS[weight]
            word = style.lstrip("0123456789")
            path = folder / "fonts-noto-core" / f"NotoSans{script}-{word}.ttf"
            if script != "Arabic":
                package = folder / f"@expo-google-fonts/noto-sans-{script.lower()}"
                [path] = (package / style).glob("*.ttf")
            font = TTFont(path)
            font = cut(font, codes([*ranges, *SIGNS]) & set(font.getBestCmap()) | SPACES,
                       shaped=True)  # fmt: skip
            family = f"Noto Sans {script}"
            font = matched(named(font, family, word, weight), house, scale)
            save(font, scripts_folder(), f"NotoSans{script}-{word}", web=True)


def nastaliq(folder: Path) -> None:
    """Make the cuts of Urdu in Nastaliq, with lines and letters of their own size."""
    for weight in (400, 700):
        word = CUTS[weight].lstrip("0123456789")
        font = TTFont(folder / "fonts-noto-core" / f"NotoNastaliqUrdu-{word}.ttf")
        wanted = codes([(0x600, 0x6FF), (0x750, 0x77F), *SIGNS])
        font = cut(font, wanted & set(font.getBestCmap()) | SPACES, shaped=True)
        save(named(font, "Noto Nastaliq Urdu", word, weight), scripts_folder(),
             f"NotoNastaliqUrdu-{word}", web=True)  # fmt: skip


if __name__ == "__main__":
    made = {"scripts": scripts, "nastaliq": nastaliq}
    made.get("".join(sys.argv[2:]), main)(Path(sys.argv[1]))
