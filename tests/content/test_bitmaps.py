import io
import random
import struct
from pathlib import Path
from typing import Any
from zlib import compress, crc32

import pytest
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from foldwell.content.bitmaps import LARGEST_PIXELS, LINE_ART_PPI, read_bitmap
from foldwell.content.png import PRINT_PPI, ppi_of
from foldwell.errors import FoldwellError, Place
from foldwell.paper.conditions import CONDITIONS, read_profile
from foldwell.shipped import templates_folder

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


def _srgb() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def _coated() -> bytes:
    return read_profile(templates_folder(), CONDITIONS["coated"])


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
    profile = bytearray(_srgb())
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
    assert bitmap.inks and bitmap.content == content
    assert [change.partition(",")[0] for change in bitmap.changes] == [
        "its inks name no printing condition"
    ]
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


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", crc32(name + data))


def png(depth: int, colour: int, row: bytes, *more: bytes) -> bytes:
    """A PNG of eight by eight pixels whose rows are alike."""
    header = struct.pack(">IIBBBBB", 8, 8, depth, colour, 0, 0, 0)
    data = compress((b"\0" + row) * 8)
    parts = [chunk(b"IHDR", header), *more, chunk(b"IDAT", data), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


DEEP = 51_400
"""200 of 255, in 16 bits."""
PALETTE = chunk(b"PLTE", bytes(RED) + bytes(GREEN) + bytes(6))


@pytest.mark.parametrize(
    ("content", "pixels", "deep"),
    [
        (png(16, 2, struct.pack(">HHH", 51_400, 7_710, 10_280) * 8), [(*RED, 255)], True),
        (png(16, 6, struct.pack(">HHHH", 51_400, 0, 0, 32_896) * 8), [(200, 0, 0, 128)], True),
        (png(16, 4, struct.pack(">HH", DEEP, 32_896) * 8), [(200, 200, 200, 128)], True),
        (
            png(16, 0, struct.pack(">HH", DEEP, DEEP + 1) * 4, chunk(b"tRNS", b"\xc8\xc8")),
            [(200, 200, 200, 0), (200, 200, 200, 255)],
            True,
        ),
        (png(8, 3, b"\0\1" * 4, PALETTE, chunk(b"tRNS", b"\xff\0")),
         [(*RED, 255), (*GREEN, 0)], False),
        (png(8, 2, bytes(RED) * 8, chunk(b"tRNS", b"\0\xc8\0\x1e\0\x28")), [(*RED, 0)], False),
        (png(1, 3, b"\x55", PALETTE), [(*RED, 255), (*GREEN, 255)], False),
    ],
)  # fmt: skip
def test_every_kind_of_png(content: bytes, pixels: list[Any], deep: bool) -> None:
    bitmap = read_bitmap(content, Place("a.png"))
    picture = opened(bitmap.content)
    assert bitmap.content[24] <= 8 and ("16 bits a channel made 8" in bitmap.changes) == deep
    seen = picture.convert("RGBA")
    assert [seen.getpixel((x, 3)) for x in range(len(pixels))] == pixels


def test_a_jpeg_whose_inks_stand_upside_down_is_read_as_it_is_meant() -> None:
    """Programs of Adobe's write CMYK with 255 for no ink, and a marker that says so."""
    content = packed(Image.new("CMYK", (16, 16), (0, 200, 180, 20)), "JPEG", quality=95)
    assert b"Adobe" in content
    bitmap = read_bitmap(content, Place("a.jpg"))
    inks: Any = opened(bitmap.content).getpixel((8, 8))
    assert all(abs(a - b) <= 3 for a, b in zip(inks, (0, 200, 180, 20), strict=True))


@pytest.mark.parametrize(
    ("mode", "profile", "said"),
    [
        ("RGB", b"no profile at all" * 20, "cannot be read"),
        ("RGB", _srgb()[:200], "cannot be read"),
        ("RGB", _coated(), "another kind of colour"),
        ("L", _coated(), "another kind of colour"),
        ("CMYK", _srgb(), "another kind of colour"),
        ("L", _srgb(), ""),
        ("RGB", _srgb(), ""),
    ],
)
def test_a_profile_that_does_not_fit_is_told(mode: str, profile: bytes, said: str) -> None:
    content = packed(halves(mode), "JPEG", icc_profile=profile, quality=95)
    bitmap = read_bitmap(content, Place("a.jpg"))
    told = [change for change in bitmap.changes if "profile" in change]
    assert bool(told) == bool(said) and all(said in change for change in told)
    assert "icc_profile" not in opened(bitmap.content).info


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "TIFF", "HEIF"])
def test_other_files_than_photographs_may_lie_on_their_side(kind: str) -> None:
    if kind == "HEIF":
        from pillow_heif import register_heif_opener

        register_heif_opener()
    exif = Image.Exif()
    exif[0x0112] = 6
    stored = halves().transpose(Image.Transpose.ROTATE_90)
    content = packed(stored, kind, exif=exif.tobytes() if kind == "HEIF" else exif)
    picture = opened(read_bitmap(content, Place(f"a.{kind.lower()}")).content)
    assert picture.size == (60, 40) and near(picture.convert("RGB").getpixel((30, 5)), RED)


@pytest.mark.parametrize("kind", ["PNG", "GIF", "TIFF", "AVIF", "HEIF", "WEBP", "BMP", "JPEG"])
@pytest.mark.parametrize("share", [0.1, 0.6, 0.97])
def test_a_file_that_was_cut_off_is_refused(kind: str, share: float) -> None:
    if kind == "HEIF":
        from pillow_heif import register_heif_opener

        register_heif_opener()
    content = packed(Image.effect_noise((90, 60), 90).convert("RGB"), kind)
    with pytest.raises(FoldwellError, match="broken or cut short"):
        read_bitmap(content[: int(len(content) * share)], Place("a.png"))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<!DOCTYPE html><html><p>404</p></html>", "a web page"),
        (b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>', "an SVG file"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"PK\x03\x04" + bytes(40), "a zip file"),
        (b"8BPS\0\1" + bytes(40), "a file of Photoshop"),
    ],
)
def test_what_is_no_picture_at_all_is_named(content: bytes, said: str) -> None:
    with pytest.raises(FoldwellError, match=f"is no picture but {said}") as told:
        read_bitmap(content, Place("a.png"))
    assert told.value.hint


def test_floating_point_numbers_do_not_say_what_is_white() -> None:
    with pytest.raises(FoldwellError, match="floating point"):
        read_bitmap(packed(Image.new("F", (4, 4), 0.5), "TIFF"), Place("a.tif"))


@pytest.mark.parametrize("size", [(65_535, 65_535), (60_001, 1_000)])
def test_what_says_that_it_is_huge_is_not_decoded(size: tuple[int, int]) -> None:
    gif = b"GIF89a" + struct.pack("<HHBBB", *size, 0x80, 0, 0) + bytes(3) + b"\xff" * 3
    gif += b"," + struct.pack("<HHHHB", 0, 0, *size, 0) + b"\2\2\x4c\1\0;"
    with pytest.raises(FoldwellError, match="million pixels"):
        read_bitmap(gif, Place("a.gif"))


def test_two_colours_are_printed_finer() -> None:
    fine = read_bitmap(packed(halves().quantize(2), "PNG"), Place("a.png"))
    assert ppi_of(opened(fine.content)) == LINE_ART_PPI and fine.changes == ()
    usual = read_bitmap(packed(photograph((60, 40)), "PNG"), Place("a.png"))
    assert ppi_of(opened(usual.content)) == PRINT_PPI
    asked = PngInfo()
    asked.add_text("Foldwell ppi", "9999")
    content = packed(photograph((60, 40)), "PNG", pnginfo=asked)
    assert ppi_of(opened(read_bitmap(content, Place("a.png")).content)) == PRINT_PPI


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
