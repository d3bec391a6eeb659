import io
import random
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageCms

from foldwell.content.bitmaps import LARGEST_PIXELS, read_bitmap
from foldwell.errors import FoldwellError, Place

RED, GREEN = (200, 30, 40), (20, 140, 60)


def halves(mode: str = "RGB", size: tuple[int, int] = (60, 40)) -> Image.Image:
    """A picture whose upper half is red, its lower half green."""
    picture = Image.new("RGB", size, GREEN)
    picture.paste(RED, (0, 0, size[0], size[1] // 2))
    return picture.convert(mode)


def photograph(size: tuple[int, int]) -> Image.Image:
    """Soft noise in colours: far more of them than a drawing has."""
    noise = random.Random(7).randbytes(80 * 60 * 3)
    return Image.frombytes("RGB", (80, 60), noise).resize(size, Image.Resampling.BICUBIC)


def packed(picture: Image.Image, kind: str, **how: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **how)
    return out.getvalue()


def opened(content: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture


def near(pixel: Any, colour: tuple[int, int, int]) -> bool:
    return all(abs(a - b) <= 4 for a, b in zip(pixel[:3], colour, strict=True))


@pytest.mark.parametrize(
    ("kind", "name", "mode", "how"),
    [
        ("WEBP", "a.webp", "RGB", {"lossless": True}),
        ("TIFF", "a.tif", "RGB", {}),
        ("BMP", "a.bmp", "RGB", {}),
        ("AVIF", "a.avif", "RGB", {"quality": 95, "subsampling": "4:4:4"}),
        ("HEIF", "a.heic", "RGB", {"quality": 95, "chroma": 444}),
    ],
)
def test_what_no_page_holds_is_converted(
    kind: str, name: str, mode: str, how: dict[str, Any]
) -> None:
    if kind == "HEIF":
        from pillow_heif import register_heif_opener

        register_heif_opener()
    bitmap = read_bitmap(packed(halves(mode), kind, **how), Place(name))
    picture = opened(bitmap.content)
    assert picture.format in ("PNG", "JPEG") and picture.mode == "RGB"
    assert near(picture.getpixel((30, 5)), RED) and near(picture.getpixel((30, 35)), GREEN)
    (change,) = bitmap.changes
    assert change.startswith(f"made {picture.format} from ")


def test_a_gif_becomes_a_png_of_its_colours() -> None:
    picture = halves().quantize(4)
    bitmap = read_bitmap(packed(picture, "GIF"), Place("a.gif"))
    assert bitmap.kind == "png" and bitmap.changes == ("made PNG from GIF",)
    assert opened(bitmap.content).tobytes() == picture.convert("RGB").tobytes()


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_turned_photograph_is_the_right_way_up_and_says_nothing(orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = orientation, "A camera"
    exif.get_ifd(0x8825)[1] = "N"  # where it was taken
    upright = photograph((60, 40))
    upright.paste((255, 0, 0), (0, 0, 30, 20))
    turned = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}.get(orientation)
    stored = upright if turned is None else upright.transpose(Image.Transpose(turned))
    content = packed(stored, "JPEG", exif=exif, quality=95)
    assert b"A camera" in content
    bitmap = read_bitmap(content, Place("a.jpg"))
    assert (bitmap.width, bitmap.height) == (60, 40)
    picture = opened(bitmap.content)
    assert near(picture.convert("RGB").getpixel((10, 8)), (254, 0, 0))
    assert not picture.getexif() and b"A camera" not in bitmap.content
    assert ("turned the right way up" in bitmap.changes) == (orientation > 1)


def test_a_photograph_is_made_no_larger_than_paper_needs() -> None:
    bitmap = read_bitmap(packed(photograph((4000, 3000)), "JPEG"), Place("a.jpg"))
    assert (bitmap.width, bitmap.height) == (LARGEST_PIXELS, round(LARGEST_PIXELS * 0.75))
    assert bitmap.kind == "jpeg" and "from 4000 × 3000" in bitmap.changes[0]


def test_the_profile_of_a_picture_is_honoured() -> None:
    """The same numbers are another colour in another space."""
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB", 5000)).tobytes()
    unfit = read_bitmap(packed(halves(), "PNG", icc_profile=lab), Place("a.png"))
    assert near(opened(unfit.content).getpixel((1, 1)), RED)
    swapped = _swapped_srgb()
    bitmap = read_bitmap(packed(halves(), "PNG", icc_profile=swapped), Place("a.png"))
    assert near(opened(bitmap.content).getpixel((1, 1)), (RED[2], RED[1], RED[0]))
    assert any("from its profile" in change for change in bitmap.changes)
    assert "icc_profile" not in opened(bitmap.content).info


def _swapped_srgb() -> bytes:
    """An RGB profile whose red is blue and whose blue is red."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    places = {}
    for number in range(int.from_bytes(profile[128:132], "big")):
        entry = 132 + 12 * number
        places[bytes(profile[entry : entry + 4])] = entry
    red, blue = places[b"rXYZ"], places[b"bXYZ"]
    profile[red : red + 4], profile[blue : blue + 4] = b"bXYZ", b"rXYZ"
    description = places[b"desc"]
    at = int.from_bytes(profile[description + 4 : description + 8], "big")
    length = int.from_bytes(profile[description + 8 : description + 12], "big")
    text = profile[at : at + length].replace(b"s\0R\0G\0B", b"X\0R\0G\0B")
    profile[at : at + length] = text.replace(b"sRGB", b"XRGB")
    return bytes(profile)


def test_cmyk_without_a_profile_stays_what_it_is() -> None:
    content = packed(Image.new("CMYK", (20, 10), (255, 0, 0, 0)), "JPEG")
    bitmap = read_bitmap(content, Place("a.jpg"))
    assert bitmap.inks and bitmap.content == content and bitmap.changes == ()
    tiff = packed(Image.new("CMYK", (20, 10), (255, 0, 0, 0)), "TIFF")
    bitmap = read_bitmap(tiff, Place("a.tif"))
    picture = opened(bitmap.content)
    assert bitmap.inks and picture.mode == "CMYK" and picture.tobytes()[0] > 250


def test_sixteen_bits_and_one_become_eight() -> None:
    deep = Image.frombytes("I;16", (2, 1), (65535).to_bytes(2, "little") + bytes((0, 128)))
    picture = opened(read_bitmap(packed(deep, "PNG"), Place("a.png")).content)
    assert picture.mode == "L" and list(picture.tobytes()) == [255, 127]
    one = Image.new("1", (9, 9), 1)
    bitmap = read_bitmap(packed(one, "PNG"), Place("a.png"))
    assert opened(bitmap.content).mode == "L" and opened(bitmap.content).getpixel((4, 4)) == 255


def test_what_lets_its_background_through_still_does() -> None:
    picture = halves("RGBA")
    picture.putalpha(Image.linear_gradient("L").resize(picture.size))
    for kind, name in (("WEBP", "a.webp"), ("TIFF", "a.tif"), ("AVIF", "a.avif")):
        bitmap = read_bitmap(packed(picture, kind), Place(name))
        assert bitmap.kind == "png" and opened(bitmap.content).mode == "RGBA"


def test_drawings_are_not_blurred_and_photographs_not_kept_large() -> None:
    assert read_bitmap(packed(halves(), "TIFF"), Place("a.tif")).kind == "png"
    assert read_bitmap(packed(photograph((300, 200)), "TIFF"), Place("a.tif")).kind == "jpeg"


def test_a_wrong_name_is_told() -> None:
    content = packed(photograph((60, 40)), "JPEG")
    bitmap = read_bitmap(content, Place("a.png"))
    assert bitmap.content == content and bitmap.kind == "jpeg"
    assert bitmap.changes == ("it is a JPEG file, although its name ends in '.png'",)
    for name in ("a.jpg", "a.JPEG", "a.jfif"):
        assert read_bitmap(content, Place(name)).changes == ()


def test_the_first_picture_of_several_is_taken() -> None:
    frames = [halves(), Image.new("RGB", (60, 40), (0, 0, 0))]
    content = packed(frames[0], "GIF", save_all=True, append_images=frames[1:])
    bitmap = read_bitmap(content, Place("a.gif"))
    assert near(opened(bitmap.content).convert("RGB").getpixel((30, 5)), RED)
    assert "the first of its 2 pictures was taken" in bitmap.changes


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (packed(photograph((300, 200)), "JPEG")[:5000], "broken or cut short"),
        (packed(photograph((300, 200)), "WEBP")[:2000], "broken or cut short"),
        (packed(photograph((300, 200)), "TIFF")[:5000], "broken or cut short"),
        (b"%PDF-1.7\n", "broken or cut short"),
        (packed(Image.new("1", (16, 16)), "PNG").replace(
            (16).to_bytes(4, "big") * 2, (50_000).to_bytes(4, "big") * 2), "broken|60 million"),
    ],
)  # fmt: skip
def test_what_is_no_whole_picture_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(FoldwellError, match=said) as told:
        read_bitmap(content, Place("a.jpg"))
    assert told.value.hint


def test_the_picture_room_knows_its_names() -> None:
    from foldwell.content.images import PICTURES

    assert {Path(f"a{end}").suffix for end in (".heic", ".tif", ".svg", ".avif")} <= PICTURES
