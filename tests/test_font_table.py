"""The table of fonts: that it says what the files hold, and that a row is all a font needs."""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

import foldwell.fonts as table
from foldwell.build.pack import pack
from foldwell.content.brand import Brand
from foldwell.content.reading import missing_glyphs
from foldwell.fonts import (
    FAMILIES,
    FONTS,
    HOUSE,
    Font,
    characters_of,
    fonts_folder,
    held_by,
    scripts_folder,
)
from foldwell.typeset import look
from foldwell.typeset.brand_css import brand_css
from foldwell.typeset.fonts import reach_of, word_outline

ROOT = Path(table.__file__).parents[1]


@pytest.mark.parametrize("font", FONTS, ids=lambda font: font.family)
def test_a_row_says_what_the_files_hold(font: Font) -> None:
    from fontTools.ttLib import TTFont

    assert characters_of(font) == held_by(font)
    for weight in font.cuts:
        with TTFont(font.path(weight), lazy=True) as file:
            names = {str(name) for name in file["name"].names if name.nameID in (1, 16)}
            assert any(name.startswith(font.family) for name in names)
            assert file["OS/2"].usWeightClass == weight
    for weight in font.web:
        with TTFont(font.web_path(weight), lazy=True) as file:
            assert {chr(code) for code in file.getBestCmap()} >= characters_of(font) - {"\n"}
    licence = (font.folder / font.licence_file).read_text()
    assert licence == (ROOT / "LICENSES" / f"{font.licence}-{font.family.replace(' ', '-')}.txt"
                       ).read_text()  # fmt: skip


def test_the_folder_holds_the_files_of_the_table_alone() -> None:
    """fontconfig offers whatever lies there."""
    for folder, more in ((fonts_folder(), {"fonts.conf"}), (scripts_folder(), set[str]())):
        fonts = [font for font in FONTS if font.folder == folder]
        found = {path.name for path in folder.iterdir()}
        cuts = {font.path(weight).name for font in fonts for weight in font.cuts}
        web = {font.web_path(weight).name for font in fonts for weight in font.web}
        texts = {name for font in fonts for name in (font.licence_file, font.characters)}
        assert found == cuts | web | texts | {"README.md", *more}


def test_style_sheets_name_no_other_family() -> None:
    for path in (ROOT / "templates/css").glob("*.css"):
        for name in re.findall(r'\bfont(?:-family)?:[^;{}"]*"([^"]+)"', path.read_text()):
            assert name in FAMILIES, path


def _font_file(family: str, weight: int, letters: str) -> bytes:
    """A font whose letters are boxes."""
    pen = TTGlyphPen(None)
    for step in (pen.moveTo, pen.lineTo, pen.lineTo, pen.lineTo):
        step({0: (0, 0), 1: (0, 700), 2: (500, 700), 3: (500, 0)}[len(pen.points)])
    pen.closePath()
    box = pen.glyph()
    names = [".notdef", *(f"u{ord(letter):04X}" for letter in letters)]
    builder = FontBuilder(1000)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(letter): f"u{ord(letter):04X}" for letter in letters})
    builder.setupGlyf(dict.fromkeys(names, box))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (600, 0)))
    builder.setupHorizontalHeader(ascent=900, descent=-200)
    builder.setupNameTable({"familyName": family, "styleName": "Regular"})
    builder.setupOS2(usWeightClass=weight, sCapHeight=700, sxHeight=500)
    builder.setupPost()
    out = io.BytesIO()
    builder.save(out)
    return out.getvalue()


@pytest.fixture
def boxes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Font]:
    """A second family: its files in the folder, its row in the table, and no other change."""
    folder = tmp_path / "fonts"
    folder.mkdir()
    for path in fonts_folder().iterdir():
        (folder / path.name).symlink_to(path)
    font = Font(
        "Boxes", {400: "Boxes-Regular", 700: "Boxes-Bold"}, (400,), ("Grek",), "OFL-1.1",
        "Boxes-OFL.txt", "boxes.txt",
    )  # fmt: skip
    for weight, stem in font.cuts.items():
        (folder / f"{stem}.ttf").write_bytes(_font_file("Boxes", weight, "⠁⠂⠃"))
    (folder / "Boxes-Regular.woff2").write_bytes(b"squeezed")
    (folder / "Boxes-OFL.txt").write_text("Licence of the boxes")
    rows = (*FONTS, font)
    monkeypatch.setattr(table, "fonts_folder", lambda: folder)
    monkeypatch.setattr(table, "FONTS", rows)
    (folder / font.characters).write_text("".join(sorted(held_by(font))))
    caches = (table.fonts, table.printable_characters, word_outline, reach_of)
    for cached in caches:
        cached.cache_clear()
    yield font
    for cached in caches:
        cached.cache_clear()


def test_a_font_is_added_by_a_row(boxes: Font) -> None:
    assert missing_glyphs("⠁⠂⠃ and words", "en.md") == []
    assert len(missing_glyphs("⠁⠂⠄", "en.md")) == 1
    sheet = look.web_font_css("words with ⠁")
    assert [*re.findall(r'font-family: "([^"]+)"', sheet)] == [*[HOUSE.family] * 2, "Boxes"]
    assert "Boxes" not in look.web_font_css("words")
    assert word_outline("⠁⠂")[1] == 1200
    with zipfile.ZipFile(io.BytesIO(pack({}))) as archive:
        assert archive.read("licences/Boxes-OFL-1.1.txt") == b"Licence of the boxes"
    brand = Brand.model_validate(
        {
            "meta": {"name": "A"},
            "logo": {"images": {"a": {"path": "a.svg", "alt": "A"}}, "medium": "a"},
            "color": {"primary": "#0f5c73"},
        }
    )
    assert f'--font-base: "{HOUSE.family}", "Boxes";' in brand_css(brand, "⠁")
    assert "Boxes" not in brand_css(brand, "words")
