import io
from pathlib import Path

import pytest
from conftest import BASE
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from foldwell.content.images import read_image
from foldwell.errors import FoldwellError

LOGO = "content/brands/riverside/logo.svg"


def picture(kind: str) -> bytes:
    """A small sound picture with noise in it."""
    out = io.BytesIO()
    Image.effect_noise((16, 16), 90).save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize(
    ("kind", "name"), [("PNG", "a.png"), ("JPEG", "a.jpeg"), ("JPEG", "A.JPG")]
)
def test_sound_pictures_keep_their_bytes(kind: str, name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(picture(kind))
    image = read_image(tmp_path, name)
    assert image.content == (tmp_path / name).read_bytes()
    assert (image.width, image.height) == (16, 16)
    assert image.media_type == f"image/{kind.lower()}"


def test_svg_takes_its_size_from_its_view_box() -> None:
    image = read_image(BASE, LOGO)
    assert (image.kind, image.media_type) == ("svg", "image/svg+xml")
    assert (image.width, image.height) == (40, 10)


SMALL = {kind: picture(kind) for kind in ("PNG", "JPEG")}


@given(
    st.sampled_from(["PNG", "JPEG"]),
    st.lists(st.tuples(st.integers(0, 200), st.integers(0, 255)), max_size=4),
)
def test_a_damaged_picture_is_refused_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, kind: str, changes: list[tuple[int, int]]
) -> None:
    content = bytearray(SMALL[kind])
    for place, value in changes:
        content[place] = value
    folder = tmp_path_factory.getbasetemp()
    (folder / "a.png").write_bytes(content)
    try:
        assert read_image(folder, "a.png").width > 0
    except FoldwellError as error:
        assert error.place and error.hint
