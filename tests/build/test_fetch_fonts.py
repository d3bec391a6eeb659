"""Fonts that are too large to be shipped: fetched once with a hash, used only where needed."""

import io
import subprocess
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from conftest import TODAY
from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib import TTFont

from foldwell import fonts
from foldwell.build import fetch_fonts
from foldwell.build.fetch_fonts import PACKAGES, Package, add, font_of
from foldwell.content.library import read_library
from foldwell.errors import FoldwellError, UsageError
from foldwell.fonts import not_added
from foldwell.typeset.scripts import cut_of

SIGNS = "汉字样张"


@pytest.fixture
def nothing_added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("FOLDWELL_FONTS", str(tmp_path / "fonts"))
    caches = (fonts.fonts, fonts.printable_characters)
    for cached in caches:
        cached.cache_clear()
    yield tmp_path
    for cached in caches:
        cached.cache_clear()


def variable_font() -> bytes:
    """A variable font of four signs, thin and bold."""
    names = [".notdef", *(f"sign{n}" for n in range(len(SIGNS)))]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(c): f"sign{n}" for n, c in enumerate(SIGNS)})
    builder.setupGlyf({name: builder_glyph() for name in names})
    builder.setupHorizontalMetrics({name: (1000, 0) for name in names})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Small Sans", "styleName": "Thin"})
    builder.setupOS2(usWeightClass=100)
    builder.setupPost()
    builder.setupFvar([("wght", 100, 100, 900, "Weight")], [])
    builder.setupGvar({name: [] for name in names})
    builder.setupStat([{"tag": "wght", "name": "Weight", "values": [
        {"value": 100, "name": "Thin", "flags": 2}, {"value": 400, "name": "Regular"},
        {"value": 700, "name": "Bold"},
    ]}])  # fmt: skip
    out = io.BytesIO()
    builder.save(out)
    return out.getvalue()


def builder_glyph() -> object:
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    pen.lineTo((500, 0))
    pen.lineTo((500, 700))
    pen.closePath()
    return pen.glyph()


def wheel(path: Path) -> bytes:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("pkg/Small[wght].ttf", variable_font())
        archive.writestr("pkg/OFL.txt", "SIL Open Font License")
    return path.read_bytes()


def test_a_leaflet_that_needs_one_names_the_command(nothing_added: Path, project: Path) -> None:
    leaflet = project / "content/leaflets/sleep"
    (leaflet / "zh-Hans.md").write_text((leaflet / "en.md").read_text())
    (error,) = read_library(project, TODAY).broken["content/leaflets/sleep/zh-Hans.md"]
    assert str(error) == (
        "content/leaflets/sleep/zh-Hans.md: 'zh-Hans' is set in Noto Sans SC, which is too large"
        " to be shipped. Run 'foldwell fonts add zh-Hans' once."
    )


def test_pip_fetches_what_has_the_hash_and_two_cuts_are_kept(
    nothing_added: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = wheel(nothing_added / "small-1.0-py3-none-any.whl")
    package = Package(
        "small==1.0", sha256(content).hexdigest(), "pkg/Small[wght].ttf", "pkg/OFL.txt"
    )
    monkeypatch.setitem(fetch_fonts.PACKAGES, "zh-Hans", package)
    asked: list[list[str]] = []

    def pip(arguments: list[str]) -> "subprocess.CompletedProcess[str]":
        asked.append(arguments)
        folder = Path(arguments[arguments.index("--dest") + 1])
        wanted = Path(arguments[arguments.index("--requirement") + 1]).read_text()
        assert wanted == f"small==1.0 --hash=sha256:{package.sha256}\n"
        (folder / "small-1.0-py3-none-any.whl").write_bytes(content)
        return subprocess.CompletedProcess(arguments, 0, "", "")

    assert not_added("zh-Hans") is not None
    folder = add("zh-Hans", pip)
    assert {"download", "--no-deps", "--require-hashes"} <= {*asked[0]}
    assert not any("://" in word for word in asked[0])
    font = font_of("zh-Hans")
    assert font.here and not_added("zh-Hans") is None
    assert (folder / "OFL.txt").read_text() == "SIL Open Font License"
    assert {*(folder / "characters.txt").read_text()} == {*SIGNS, "\n"}
    for weight in font.cuts:
        with TTFont(font.path(weight)) as cut:
            assert "fvar" not in cut
            assert {chr(code) for code in cut.getBestCmap()} == {*SIGNS}
    with TTFont(io.BytesIO(cut_of(font, 400, "汉 and a"))) as part:  # no more than is set in it
        assert {chr(code) for code in part.getBestCmap()} == {"汉"}


def test_what_cannot_be_fetched_or_is_another_file_leaves_nothing(nothing_added: Path) -> None:
    def refused(arguments: list[str]) -> "subprocess.CompletedProcess[str]":
        return subprocess.CompletedProcess(arguments, 1, "", "ERROR: no way\n")

    def other(arguments: list[str]) -> "subprocess.CompletedProcess[str]":
        folder = Path(arguments[arguments.index("--dest") + 1])
        (folder / "other-1.0-py3-none-any.whl").write_bytes(b"something else")
        return subprocess.CompletedProcess(arguments, 0, "", "")

    with pytest.raises(FoldwellError, match="cannot be fetched: ERROR: no way"):
        add("zh-Hant", refused)
    with pytest.raises(FoldwellError, match="is not the one"):
        add("zh-Hant", other)
    assert not font_of("zh-Hant").here
    with pytest.raises(UsageError, match="No font is to be added for 'zh'"):
        add("zh", refused)
    assert all(len(package.sha256) == 64 for package in PACKAGES.values())
