"""The picture of the topic fills a large hole of a panel, and no small one."""

from collections.abc import Callable

import pytest
from conftest import purpose
from PIL import Image
from pypdfium2 import PdfDocument

from foldwell.content.edition import Edition
from foldwell.paper.formats import FORMATS
from foldwell.typeset.compose import compose_print
from foldwell.typeset.copyfit import copyfit
from foldwell.typeset.surfaces import surfaces

SHAPE_MM = 30


def panels(edition: Edition, name: str) -> list[Image.Image]:
    """The panels as they look, without the pale word of a draft."""
    row = FORMATS[name]
    source = compose_print(edition, row, purpose("screen")).pages
    geometry = row.geometry["a4"]
    fitted = copyfit(source, row, geometry)
    with PdfDocument(fitted.typeset.write()) as pdf:
        return [page.render(scale=1).to_pil().convert("RGB") for page in pdf]


def tinted(panel: Image.Image, tint: tuple[int, int, int]) -> int:
    return sum(count for count, colour in panel.getcolors(1 << 20) or () if colour == tint)


@pytest.mark.parametrize(("lines", "spots"), [(6, True), (24, False)])
def test_a_large_hole_shows_the_topic(
    lines: int, spots: bool, edition: Callable[..., Edition]
) -> None:
    body = "## One\n\n" + "".join(f"Word {n} stands here.\n\n" for n in range(lines))
    own = edition(body)
    tint = surfaces(own.brand.brand).tint
    rgb = (int(tint[1:3], 16), int(tint[3:5], 16), int(tint[5:7], 16))
    drawn = panels(own, "bifold")
    least = 0.4 * 3.14 * (SHAPE_MM / 2 * 72 / 25.4) ** 2
    assert (tinted(drawn[1], rgb) > least) == spots
