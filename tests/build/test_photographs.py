"""Photographs of a page, made up: turned, blurred, dim, shadowed, half covered."""

import io
import os
import random
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageDraw, ImageFilter

from foldwell.build.photographs import id_of_address, ids_in_photograph
from foldwell.errors import FoldwellError
from foldwell.typeset.compose import compose_print, geometry_for
from foldwell.typeset.copyfit import copyfit

TABLE = (110, 95, 80)
LONG = bool(os.environ.get("FOLDWELL_LONG_TESTS"))
PHOTOGRAPHS = 40 if LONG else 6


@pytest.fixture(scope="module")
def page() -> tuple[Image.Image, str]:
    """A drawn page with a code, and the edition id that it names."""
    from conftest import BASE, TODAY, purpose

    from foldwell.build.plan import plan_edition
    from foldwell.content.library import read_library
    from foldwell.paper.formats import FORMATS

    library = read_library(BASE, TODAY)
    edition = plan_edition(library, library.leaflets["sleep"]["en"], "riverside", TODAY)
    text = "## Rest\n\nGo to bed early. Rest well.\n\n/// contact | Talk to us\n///\n"
    leaflet = replace(edition.leaflet, text=text)
    edition = replace(edition, leaflet=leaflet, web_pages="https://leaflets.example.org")
    row = FORMATS["a5"]
    pages = compose_print(edition, row, purpose("screen")).pages
    content = copyfit(pages, row, geometry_for(edition, row)).typeset.write()
    with pypdfium2.PdfDocument(content) as pdf:
        drawn = [one.render(scale=200 / 72).to_pil().convert("RGB") for one in pdf]
    found = [one for one in drawn if ids_in_photograph(_png(one), Path("page.png"))]
    return found[0], edition.id


def _png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def photograph(page: Image.Image, number: int) -> bytes:
    """The page as somebody photographs it."""
    chance = random.Random(number)
    width, height = page.size
    seen = page.copy()
    if number % 5 == 3:  # a hand lies on the half without the code
        dark = _code_half(page)
        box = (0, 0, width, height // 2) if dark == "lower" else (0, height // 2, width, height)
        ImageDraw.Draw(seen).rectangle(box, fill=TABLE)

    def off() -> float:
        return chance.uniform(0, 0.06) * width

    corners = (off(), off(), off(), height - off(), width - off(), height - off(),
               width - off(), off())  # fmt: skip
    seen = seen.transform(
        page.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC, fillcolor=TABLE
    )
    table = Image.new("RGB", (int(width * 1.3), int(height * 1.2)), TABLE)
    table.paste(seen, (int(width * 0.15), int(height * 0.1)))
    angle = chance.choice([0, 7, -12, 33, 90, 137, 180, 200, 270, 301])
    seen = table.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=TABLE)
    if number % 5 in (1, 4):
        seen = seen.filter(ImageFilter.GaussianBlur(chance.uniform(0.8, 2.2)))
    if number % 5 in (2, 4):
        shadow = Image.linear_gradient("L").rotate(chance.choice([0, 90, 180, 270]))
        light = shadow.resize(seen.size).point(lambda value: 60 + value * 150 // 255)
        seen = Image.composite(seen, Image.new("RGB", seen.size, (10, 10, 15)), light)
    scale, dim = chance.uniform(0.5, 1), chance.uniform(0.4, 1)
    seen = seen.resize((int(seen.width * scale), int(seen.height * scale)))
    seen = seen.point(lambda value: int(value * dim))
    out = io.BytesIO()
    seen.save(out, "JPEG", quality=chance.randint(35, 85))
    return out.getvalue()


def _code_half(page: Image.Image) -> str:
    upper = page.crop((0, 0, page.width, page.height // 2))
    return "upper" if ids_in_photograph(_png(upper), Path("half.png")) else "lower"


def test_photographs_name_their_edition_and_never_another(page: tuple[Image.Image, str]) -> None:
    drawn, name = page
    answers = [ids_in_photograph(photograph(drawn, n), Path("x.jpg")) for n in range(PHOTOGRAPHS)]
    assert all(answer in ([name], []) for answer in answers)
    assert answers.count([name]) >= PHOTOGRAPHS * 38 / 40


def test_a_picture_without_a_code_names_nothing() -> None:
    plain = Image.effect_noise((300, 300), 60)
    assert ids_in_photograph(_png(plain), Path("x.png")) == []
    with pytest.raises(FoldwellError, match="cannot be read"):
        ids_in_photograph(b"no picture", Path("x.png"))


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://leaflets.example.org/e/XRJB-6PR3.html", "XRJB-6PR3"),
        ("https://clinic.example/#XRJB-6PR3", "XRJB-6PR3"),
        ("https://clinic.example/", ""),
        ("https://clinic.example/about-us", ""),
        ("XRJB-6PR3", "XRJB-6PR3"),
    ],
)
def test_the_id_stands_at_the_end_of_an_address(address: str, name: str) -> None:
    assert id_of_address(address) == name
