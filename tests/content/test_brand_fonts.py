"""Font files of brands: any usual kind, what may be done with them, what they lack."""

import io
from pathlib import Path

import pytest
from brand_files import ASCII, Content, bytes_of, font, read_brand, said, write_brand
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.TupleVariation import TupleVariation

from foldwell.content.alphabets import alphabet, alphabet_notes, lacking
from foldwell.content.brand_fonts import read_cuts
from foldwell.content.brand_type import FontFile
from foldwell.content.known_pictures import KnownPictures
from foldwell.errors import FoldwellError, Mistakes
from foldwell.fonts import HOUSE


def brand(files: str, base: str = "Own Face") -> str:
    return (
        f"typography:\n  fonts:\n    - {{family: Own Face, source: file, files: [{files}]}}\n"
        f"  base: {base}\n"
    )


def cuts_of(root: Path, content: bytes, name: str = "own.ttf", **facts: object) -> list[object]:
    (root / name).write_bytes(content)
    file = FontFile.model_validate({"path": name, "folder": ".", **facts})
    return [*read_cuts(root, "Own Face", file)]


@pytest.mark.parametrize(
    ("name", "kind"), [("o.ttf", ""), ("o.woff", "woff"), ("o.woff2", "woff2"), ("o.otf", "")]
)
def test_every_usual_kind(name: str, kind: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(font(700, kind=kind))
    (cut,) = read_cuts(tmp_path, "Own", FontFile.model_validate({"path": name, "folder": "."}))
    assert (cut.weight, cut.on_web) == (700, True)
    assert set(ASCII) <= cut.characters
    with TTFont(io.BytesIO(cut.content)) as plain:
        assert plain.flavor is None and "glyf" in plain
    assert "Atkinson" in cut.licence


def test_a_weight_that_is_said_wins(tmp_path: Path) -> None:
    (tmp_path / "o.ttf").write_bytes(font(400))
    facts = {"path": "o.ttf", "folder": ".", "weight": "semi-bold"}
    (cut,) = read_cuts(tmp_path, "Own", FontFile.model_validate(facts))
    assert cut.weight == 600


def test_italics_are_not_used(tmp_path: Path) -> None:
    assert cuts_of(tmp_path, font(italic=True)) == []
    assert cuts_of(tmp_path, font(), style="italic") == []


@pytest.mark.parametrize(("bits", "words"), [(2, "restricted"), (0x100, "in part"), (0x204, "as")])
def test_what_may_not_be_embedded(bits: int, words: str, tmp_path: Path) -> None:
    with pytest.raises(FoldwellError, match=words) as caught:
        cuts_of(tmp_path, font(bits=bits))
    assert HOUSE.family in caught.value.hint


@pytest.mark.parametrize(("bits", "on_web"), [(0, True), (4, False), (8, False)])
def test_what_may_stand_in_documents_alone(bits: int, on_web: bool, tmp_path: Path) -> None:
    (tmp_path / "o.ttf").write_bytes(font(bits=bits))
    (cut,) = read_cuts(tmp_path, "Own", FontFile.model_validate({"path": "o.ttf", "folder": "."}))
    assert cut.on_web is on_web


@pytest.mark.parametrize(
    "content", [b"", b"no font at all", lambda: font()[:900], b"OTTO" + b"\0" * 60]
)
def test_what_is_no_sound_font(content: Content, tmp_path: Path) -> None:
    with pytest.raises(FoldwellError, match="no sound font"):
        cuts_of(tmp_path, bytes_of(content))


def test_fonts_are_made_once(tmp_path: Path) -> None:
    (tmp_path / "o.woff2").write_bytes(font(kind="woff2"))
    file = FontFile.model_validate({"path": "o.woff2", "folder": "."})
    known = KnownPictures(tmp_path, "stamp")
    first = read_cuts(tmp_path, "Own", file, known)
    for name, content in known.fresh.items():
        (tmp_path / name).write_bytes(content)
    again = KnownPictures(tmp_path, "stamp")
    assert read_cuts(tmp_path, "Own", file, again) == first
    assert again.used and not again.fresh


def variable() -> bytes:
    """A font with one letter whose stem grows with its weight."""
    pen = TTGlyphPen(None)
    for corner, move in (((0, 0), pen.moveTo), ((100, 0), pen.lineTo), ((100, 700), pen.lineTo)):
        move(corner)
    pen.closePath()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "A"])
    builder.setupCharacterMap({65: "A"})
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "A": pen.glyph()})
    builder.setupHorizontalMetrics({".notdef": (500, 0), "A": (200, 0)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Own", "styleName": "Regular"})
    builder.setupOS2(usWeightClass=400, fsType=0)
    builder.setupPost()
    builder.setupFvar([("wght", 300, 400, 700, "Weight")], [])
    moves = [(0, 0), (100, 0), (100, 0), (0, 0), (100, 0), (0, 0), (0, 0)]
    wider = TupleVariation({"wght": (0, 1, 1)}, moves)
    builder.setupGvar({"A": [wider], ".notdef": []})
    out = io.BytesIO()
    builder.save(out)
    return out.getvalue()


def test_a_variable_font_gives_a_regular_and_a_bold(tmp_path: Path) -> None:
    (tmp_path / "o.ttf").write_bytes(variable())
    cuts = read_cuts(tmp_path, "Own", FontFile.model_validate({"path": "o.ttf", "folder": "."}))
    assert [cut.weight for cut in cuts] == [400, 700]
    stems = []
    for cut in cuts:
        with TTFont(io.BytesIO(cut.content)) as font_:
            assert "fvar" not in font_
            stems.append(font_["glyf"]["A"].xMax)
    assert stems == [100, 200]


def test_a_licence_beside_the_font_is_taken(tmp_path: Path) -> None:
    (tmp_path / "OFL.txt").write_text("Free to use.")
    (tmp_path / "o.ttf").write_bytes(font())
    (cut,) = read_cuts(tmp_path, "Own", FontFile.model_validate({"path": "o.ttf", "folder": "."}))
    assert cut.licence == "Free to use."


def test_body_text_needs_a_bold(tmp_path: Path) -> None:
    write_brand(tmp_path, "own", brand("r.ttf"), {"r.ttf": font()})
    kit = read_brand(tmp_path, "own")
    assert kit.brand.typography.base.family == HOUSE.family
    assert "has only the weight 400" in said(kit) and "other weights" in said(kit)
    write_brand(tmp_path, "own", brand("r.ttf, b.ttf"), {"b.ttf": font(700)})
    kit = read_brand(tmp_path, "own")
    assert kit.brand.typography.base.family == "Own Face" and not kit.notes


def test_letters_that_a_language_needs(tmp_path: Path) -> None:
    few = ASCII.replace("q", "")
    files = {"r.ttf": font(letters=few), "b.ttf": font(700)}
    write_brand(tmp_path, "own", brand("r.ttf, b.ttf"), files)
    kit = read_brand(tmp_path, "own")
    assert lacking(kit.cuts, "Own Face", "en") == ["q"]
    (note,) = alphabet_notes(kit, {"en": "words"})
    assert "lacks q, which 'en' needs" in note.message and HOUSE.family in note.message
    assert set("aqzAQZ09") <= alphabet("en")


def test_signs_that_a_font_lacks_are_named(tmp_path: Path) -> None:
    write_brand(tmp_path, "own", brand("r.ttf, b.ttf"), {"r.ttf": font(), "b.ttf": font(700)})
    (note,) = alphabet_notes(read_brand(tmp_path, "own"), {"en": "20 °C – now"})
    assert "lacks ° –" in note.message and "stand in" in note.message


def test_a_font_that_may_not_be_embedded_stops_the_brand(tmp_path: Path) -> None:
    write_brand(tmp_path, "own", brand("r.ttf"), {"r.ttf": font(bits=2)})
    with pytest.raises(Mistakes, match="fsType 2"):
        read_brand(tmp_path, "own")
