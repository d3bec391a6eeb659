"""The brand sheet: two pages that show what a brand is and does."""

from pathlib import Path

import pypdfium2
import pytest
from brand_files import LOGO, font, write_brand
from click.testing import CliRunner
from conftest import TODAY
from PIL import Image

from foldwell.build.brand_sheet import make_sheet
from foldwell.check.contrast import check_contrast
from foldwell.cli.brand import command
from foldwell.errors import FoldwellError, Mistakes

BRAND = """
meta: {name: North Gate Health}
logo: logo.svg
color:
  palette: {sun: "#f5a623", sea: "#00643c", a: navy, b: plum, c: teal, d: tan, e: grey, f: olive}
  primary: sun
  secondary: sea
typography:
  fonts:
    - {family: Own Face, source: file, files: [r.ttf, b.ttf]}
  headings: Own Face
"""

ON_FIRST = (
    "#f5a623", "#00643c", "Primary, Sun", "2.0:1", "coated", "us-swop", "Headings",
    "deuteranopia", "Own Face", "The brand's hue is near that of the warning",
)  # fmt: skip
ON_SECOND = (
    "Clear space", "Smallest: 7 mm", "Every block of", "The same day", "A card", "To tick",
    "How long", "Do not", "Talk to us", "Steps with pictures",
)  # fmt: skip


@pytest.fixture
def root(project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    files = {"logo.svg": LOGO.format("#00643c").encode(), "r.ttf": font(), "b.ttf": font(700)}
    write_brand(project, "north-gate", BRAND, files)
    monkeypatch.setenv("FOLDWELL_PROJECT", str(project))
    return project


def test_two_pages_with_all_that_a_brand_does(root: Path) -> None:
    result = CliRunner().invoke(command, ["show", "north-gate"], standalone_mode=False)
    assert result.exception is None, result.output
    folder = root / "output/brands"
    content = (folder / "north-gate.pdf").read_bytes()
    with pypdfium2.PdfDocument(content) as file:
        first, second = (page.get_textpage().get_text_range() for page in file)
        assert file[0].get_size() == pytest.approx((595.28, 841.89), abs=0.1)
    for words in ON_FIRST:
        assert words in first, words
    for words in ON_SECOND:
        assert words in second, words
    assert "DRAFT" not in second
    assert check_contrast(content) == []
    for number in (1, 2):
        with Image.open(folder / f"north-gate-{number}.png") as picture:
            assert picture.size == (1241, 1754)
    assert "D14 information" in result.output


def test_a_brand_that_cannot_be_used_says_why(root: Path) -> None:
    write_brand(root, "north-gate", "color: {primary: nocolour}\n")
    with pytest.raises(Mistakes, match="nocolour"):
        make_sheet(root, "north-gate", TODAY)
    with pytest.raises((Mistakes, FoldwellError), match="Did you mean 'north-gate'"):
        make_sheet(root, "north-gat", TODAY)


def test_a_new_brand_on_the_command_line(root: Path) -> None:
    (root / "theirs.svg").write_text(LOGO.format("#123456"))
    arguments = ["new", "own", "--logo", str(root / "theirs.svg"), "--title", "Own"]
    result = CliRunner().invoke(command, arguments, standalone_mode=False)
    assert result.exception is None and "#123456 leads" in result.output
    assert (root / "content/brands/own/logo.svg").exists()
    result = CliRunner().invoke(command, ["new", "other", "--color", "tael"], standalone_mode=False)
    assert isinstance(result.exception, FoldwellError)
