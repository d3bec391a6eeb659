import io
import random
import struct
from pathlib import Path
from zlib import compress, crc32

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


@pytest.mark.parametrize("interlaced", [0, 1])
@pytest.mark.parametrize(
    ("colour", "depth", "bits"), [(0, 1, 1), (3, 4, 4), (2, 8, 24), (6, 16, 64)]
)
@pytest.mark.parametrize(("width", "height"), [(1, 1), (3, 2), (9, 17)])
def test_every_row_of_a_png_must_be_there(
    width: int, height: int, colour: int, depth: int, bits: int, interlaced: int, tmp_path: Path
) -> None:
    """Pillow makes the rows that are missing black."""
    sizes = [(width, height)]
    if interlaced:  # the seven passes, as the specification lists them
        steps = ["0088", "4088", "0448", "2044", "0224", "1022", "0112"]
        sizes = [
            (len(range(int(x), width, int(across))), len(range(int(y), height, int(down))))
            for x, y, across, down in map(tuple, steps)
        ]
    rows = b"".join((b"\0" + bytes((w * bits + 7) // 8)) * h for w, h in sizes if w and h)
    (tmp_path / "a.png").write_bytes(png(width, height, depth, colour, interlaced, rows))
    assert read_image(tmp_path, "a.png").width == width
    last = 1 + ([w for w, h in sizes if w and h][-1] * bits + 7) // 8
    (tmp_path / "a.png").write_bytes(png(width, height, depth, colour, interlaced, rows[:-last]))
    with pytest.raises(FoldwellError, match="broken or cut short"):
        read_image(tmp_path, "a.png")


def png(width: int, height: int, depth: int, colour: int, interlaced: int, rows: bytes) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlaced)
    packed = compress(rows)
    parts = [chunk(b"IHDR", header), chunk(b"PLTE", bytes(48)) if colour == 3 else b""]
    parts += [chunk(b"IDAT", packed[:9]), chunk(b"IDAT", packed[9:]), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def test_a_jpeg_of_many_passes_is_refused_unread(tmp_path: Path) -> None:
    usual = io.BytesIO()
    Image.effect_noise((16, 16), 90).convert("RGB").save(usual, "JPEG", progressive=True)
    (tmp_path / "a.jpg").write_bytes(usual.getvalue())
    assert read_image(tmp_path, "a.jpg").kind == "jpeg"
    scan = usual.getvalue()[usual.getvalue().rindex(b"\xff\xda") : -2]
    (tmp_path / "a.jpg").write_bytes(usual.getvalue()[:-2] + scan * 40 + b"\xff\xd9")
    with pytest.raises(FoldwellError, match="stored in more than 32 passes"):
        read_image(tmp_path, "a.jpg")


def test_what_looks_like_passes_is_none(tmp_path: Path) -> None:
    """In a PNG, and behind the end of a JPEG, where telephones put a film."""
    noise = random.Random(1).randbytes(1_200 * 1_200 * 3)
    out = io.BytesIO()
    Image.frombytes("RGB", (1_200, 1_200), noise).save(out, "PNG", compress_level=0)
    assert out.getvalue().count(b"\xff\xda") > 32
    (tmp_path / "a.png").write_bytes(out.getvalue())
    assert read_image(tmp_path, "a.png").kind == "png"
    (tmp_path / "a.jpg").write_bytes(picture("JPEG") + noise)
    assert read_image(tmp_path, "a.jpg").kind == "jpeg"


@pytest.mark.parametrize(("height", "sound"), [(7_500, True), (7_501, False)])
def test_the_limit_of_pixels(height: int, sound: bool, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(png(8_000, height, 1, 0, 0, bytes(1_001 * height)))
    if sound:
        image = read_image(tmp_path, "a.png")
        assert (image.width, image.height) == (5_262, 4_933)
        assert "made 5262 × 4933 pixels from 8000 × 7500" in image.changes
        return
    with pytest.raises(FoldwellError, match=r"has 8000 × 7501, more than 60 million pixels"):
        read_image(tmp_path, "a.png")
