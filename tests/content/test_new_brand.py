"""A new brand, from one colour or a logo; and the colours of logos."""

import io
from pathlib import Path

import pytest
from brand_files import LOGO, read_brand
from PIL import Image as Pictures

from foldwell.content.images import read_image
from foldwell.content.logo_colours import main_colours
from foldwell.content.new_brand import new_brand
from foldwell.errors import FoldwellError

TWO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10">'
    '<path fill="#ffd23f" d="M0 0h20v10h-20z"/><path fill="#00643c" d="M20 0h10v10h-10z"/></svg>'
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    return tmp_path


def logo(root: Path, text: str, name: str = "theirs.svg") -> Path:
    path = root / name
    path.write_text(text)
    return path


def test_from_a_colour(root: Path) -> None:
    made = new_brand(root, "own", "teal", None, "Own: Health")
    kit = read_brand(root, "own")
    assert (kit.brand.color.role("primary"), kit.brand.name) == ("#008080", "Own: Health")
    assert made.told == () and [path.name for path in made.files] == ["brand.yml"]


def test_from_a_pale_colour(root: Path) -> None:
    (line,) = new_brand(root, "own", "#ffe000", None, "").told
    assert "too pale for text" in line and "#8a7500" in line
    assert read_brand(root, "own").brand.color.role("primary") == "#ffe000"


def test_from_a_logo(root: Path) -> None:
    made = new_brand(root, "own", "", logo(root, TWO), "")
    brand = read_brand(root, "own").brand
    assert brand.color.role("primary") == "#00643c"  # the darker one can be written in
    assert brand.color.role("secondary") == "#ffd23f"
    assert brand.logo.of_size("medium") and "#ffd23f, #00643c" in made.told[0]


def test_from_a_logo_and_a_colour(root: Path) -> None:
    new_brand(root, "own", "navy", logo(root, TWO), "")
    brand = read_brand(root, "own").brand
    assert (brand.color.role("primary"), brand.color.role("secondary")) == ("#000080", "#ffd23f")


def test_from_a_black_logo(root: Path) -> None:
    made = new_brand(root, "own", "", logo(root, LOGO.format("#111111")), "")
    assert "black and white" in made.told[0]
    assert read_brand(root, "own").brand.color.role("primary") == "#111111"


@pytest.mark.parametrize(
    ("slug", "colour", "file", "words"),
    [
        ("Own Brand", "teal", "", "cannot be used as a name"),
        ("own", "", "", "nothing to make a brand from"),
        ("own", "tael", "", "not a colour"),
        ("own", "", "theirs.txt", "no picture"),
        ("own", "", "missing.svg", "does not exist"),
    ],
)
def test_what_makes_no_brand(slug: str, colour: str, file: str, words: str, root: Path) -> None:
    (root / "theirs.txt").write_text("words")
    with pytest.raises(FoldwellError, match=words):
        new_brand(root, slug, colour, root / file if file else None, "")
    assert not (root / "content/brands").exists()


def test_a_brand_is_never_written_over(root: Path) -> None:
    new_brand(root, "own", "teal", None, "")
    with pytest.raises(FoldwellError, match="already"):
        new_brand(root, "own", "navy", None, "")


def test_colours_of_a_picture_by_how_much_they_cover(tmp_path: Path) -> None:
    picture = Pictures.new("RGBA", (100, 100), (0, 0, 0, 0))
    picture.paste((200, 30, 40, 255), (0, 0, 60, 50))
    picture.paste((20, 90, 120, 255), (60, 0, 100, 50))
    out = io.BytesIO()
    picture.save(out, "PNG")
    (tmp_path / "logo.png").write_bytes(out.getvalue())
    shares = dict(main_colours(read_image(tmp_path, "logo.png")))
    assert shares == pytest.approx({"#c81e28": 0.6, "#145a78": 0.4})
