"""Logos as drawing programs write them, compared with how a browser draws the files themselves.

It needs Chromium; a machine without one skips it, and ``test_drawings`` compares with resvg.
"""

import io
import os
import shutil
from base64 import b64encode
from collections.abc import Iterator
from typing import Any

import pytest
from PIL import Image, ImageChops
from test_drawings import LOGOS, MOST_DIFFERENT, SOUND, as_typeset, difference

from foldwell.content.drawings import read_drawing
from foldwell.errors import Place

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)
A_SAMPLE = ("illustrator-cc.svg", "inkscape-arrow.svg", "interface-drop.svg", "corel-id.svg",
            "affinity.svg", "design-site-mask.svg", "inkscape-chain.svg")  # fmt: skip
NAMES = SOUND if os.environ.get("FOLDWELL_LONG_TESTS") else A_SAMPLE
PROGRAMS = ("affinity", "corel", "illustrator", "inkscape", "interface", "design-site")
NOTICED = 48
"""Of 255: edges that are smoothed otherwise differ by less."""
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="there is no Chromium on this machine")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


def as_browsers_draw(browser: Any, content: bytes, size: tuple[int, int]) -> Image.Image:
    data = b64encode(content).decode()
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    page.set_content(
        f'<body style="margin:0"><img style="display:block;width:{size[0]}px;height:{size[1]}px"'
        f' src="data:image/svg+xml;base64,{data}">'
    )
    page.wait_for_function("document.images[0].complete && document.images[0].naturalWidth")
    shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    page.close()
    return shot


def test_there_are_logos_of_many_programs() -> None:
    assert len(SOUND) >= 15
    assert all(any(name.startswith(program) for name in SOUND) for program in PROGRAMS)


@pytest.mark.parametrize("name", NAMES)
def test_a_logo_looks_as_a_browser_draws_it(browser: Any, name: str) -> None:
    content = (LOGOS / name).read_bytes()
    seen = as_typeset(read_drawing(content, Place(name))).convert("RGB")
    expected = as_browsers_draw(browser, content, seen.size)
    assert difference(expected, seen) < MOST_DIFFERENT
    apart = ImageChops.difference(expected, seen).convert("L").point(lambda v: 255 * (v > NOTICED))
    pixels = apart.tobytes()
    assert sum(pixels) / 255 / len(pixels) < MOST_DIFFERENT
    assert difference(expected, Image.new("RGB", expected.size, "white")) > MOST_DIFFERENT
