"""Grounds: drawn once where what paints them is the same, and never taken for another."""

from functools import partial
from typing import Any

import pytest
from pikepdf import Dictionary, Name, Pdf, Stream
from PIL import Image

from foldwell.check import grounds
from foldwell.check.grounds import Ground, Grounds, keys_of
from foldwell.pdf.content_stream import Streams

WORDS = b"q\n1 0 0 rg\n0 0 9 9 re\nf\n/F0 Do\nBT\n0 g\n/F1 9 Tf\n<%02d> Tj\nET\nQ"


def key(content: bytes, form: bytes = b"0 0 1 1 re\nf", **page: Any) -> str:
    pdf = Pdf.new()
    sheet = pdf.add_blank_page(page_size=(90, 90))
    sheet.Contents = pdf.make_stream(content)
    drawn = pdf.make_stream(form, Subtype=Name.Form, BBox=[0, 0, 9, 9])
    font = Dictionary(BaseFont=Name(f"/F{len(content)}"))
    sheet.Resources = Dictionary(XObject=Dictionary(F0=drawn), Font=Dictionary(F1=font))
    if "tile" in page:
        tile = Stream(pdf, page.pop("tile"), PatternType=1, Resources=Dictionary())
        sheet.Resources.Pattern = Dictionary(P0=pdf.make_indirect(tile))
    for name, value in page.items():
        sheet.obj[f"/{name}"] = value
    (found,) = keys_of(pdf, Streams())
    return found


def test_other_words_stand_on_the_same_ground() -> None:
    assert key(WORDS % 1)
    assert key(WORDS % 1) == key(WORDS % 2) == key(WORDS.replace(b"/F1 9", b"/F1 8") % 3)
    assert key(WORDS % 1, b"0 0 1 1 re\nf\n<01> Tj") == key(WORDS % 1)


@pytest.mark.parametrize(
    ("content", "form", "page"),
    [
        (WORDS.replace(b"1 0 0 rg", b"1 0 1 rg"), b"0 0 1 1 re\nf", {}),
        (WORDS.replace(b"0 g", b"1 g"), b"0 0 1 1 re\nf", {}),
        (WORDS, b"0 0 2 1 re\nf", {}),
        (WORDS, b"0 0 1 1 re\nf", {"Rotate": 90}),
        (WORDS, b"0 0 1 1 re\nf", {"MediaBox": [0, 0, 80, 90]}),
    ],
)
def test_another_ground_has_another_key(content: bytes, form: bytes, page: Any) -> None:
    found = key(content % 1, form, **page)
    assert found
    assert found != key(WORDS % 1)


def test_where_it_is_not_sure_there_is_no_key() -> None:
    assert key(WORDS.replace(b"BT", b"BT\n7 Tr") % 1) == ""
    assert key(b"q Q") == ""
    assert key(WORDS % 1, Annots=[Dictionary(AP=Dictionary())]) == ""
    tiled = b"/Pattern cs\n/P0 scn\n0 0 9 9 re\nf"
    assert key(tiled, tile=b"0 0 1 1 re\nf")
    assert key(tiled, tile=b"<01> Tj") == ""


def test_a_ground_that_is_met_again_is_kept_and_no_more_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(grounds, "KEPT", 2)
    kept = Grounds()

    def meet(names: str) -> str:
        """Those of some grounds, each met after the other, that are drawn."""
        drawn: list[str] = []

        def draw(name: str) -> Image.Image:
            drawn.append(name)
            return Image.new("RGB", (2, 1), "red")

        for name in names:
            ground = kept.find(name.strip("_"), partial(draw, name))
            assert ground.crop((1, 0, 2, 1)).getpixel((0, 0)) == (255, 0, 0)
        return "".join(drawn)

    assert meet("aa") == "a"  # one behind the other
    assert meet("bc") == "bc"
    assert meet("abc") == "bc"
    assert meet("bad") == "d"
    assert meet("_a_") == "__"  # what paints it is not sure
    assert meet("c") == ""
    assert meet("ed") == "ed"
    assert meet("ae") == "e"
    assert meet("c") == "c"  # it was asked for longest ago


@pytest.mark.parametrize("box", [(0, 0, 7, 130), (2, 47, 5, 49), (0, 48, 1, 96), (3, 129, 7, 130)])
def test_a_part_of_a_ground_is_that_of_its_picture(box: tuple[int, int, int, int]) -> None:
    image = Image.frombytes("RGB", (7, 130), bytes(n * 7 % 251 for n in range(3 * 7 * 130)))
    ground = Ground.of(image)
    assert ground.crop(box).tobytes() == image.crop(box).tobytes()
    ground.pack()
    assert ground.crop(box).tobytes() == image.crop(box).tobytes()
