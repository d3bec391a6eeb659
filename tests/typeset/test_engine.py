"""Typesetting sees what it was handed, and nothing else."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import BASE
from weasyprint.urls import FatalURLFetchingError

from foldwell.errors import Mistakes
from foldwell.typeset.engine import _Assets, typeset
from foldwell.typeset.page_source import PageSource

SQUARE = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
FACE = 'p { font-family: "Atkinson Hyperlegible Next" }'
SOURCE = PageSource(
    '<!DOCTYPE html><html lang="en"><head><title>Test</title></head>'
    '<body><p>Words</p><img src="asset:a.svg" alt="a square"></body></html>',
    (FACE,),
    (("a.svg", SQUARE, "image/svg+xml"),),
    tagged=True,
)


@contextmanager
def canary() -> Iterator[tuple[str, socket.socket]]:
    """The address of a listening socket, and the socket."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        yield f"http://127.0.0.1:{server.getsockname()[1]}/", server


def connected(server: socket.socket) -> bool:
    try:
        server.accept()[0].close()
    except BlockingIOError:
        return False
    return True


def test_the_pages_and_their_lines() -> None:
    done = typeset(
        replace(SOURCE, css=(FACE, "@page { size: 100mm 50mm; margin: 5mm } img { width: 5mm }"))
    )
    (page,) = done.pages
    assert (round(page.width_mm, 3), round(page.height_mm, 3)) == (100, 50)
    assert page.lines == 2
    assert done.write().startswith(b"%PDF")


def test_only_assets_are_served() -> None:
    fetcher = _Assets(SOURCE)
    assert fetcher.fetch("asset:a.svg").read() == SQUARE
    for url in (
        "asset:b.svg",
        "asset:../a.svg",
        "file:///etc/passwd",
        "http://127.0.0.1/",
        "data:text/css,p{}",
        "data:image/svg+xml,<svg/>",
        "ftp://127.0.0.1/",
    ):
        with pytest.raises(FatalURLFetchingError):
            fetcher.fetch(url)
        assert fetcher.refused[-1] == url


HTML_WAYS = [
    '<img src="{}x.png" alt="x">',
    '<link rel="stylesheet" href="{}x.css">',
    '<object data="{}x.svg"></object>',
    '<embed src="{}x.svg">',
    '<p style="background: url({}x.png)">x</p>',
    "<style>@import url({}x.css)</style>",
]
ATTACHMENTS = [
    '<link rel="attachment" href="{}x.txt">',
    '<a rel="attachment" href="{}x.txt">x</a>',
]


def refused(html: str = "<p>", css: str = "") -> None:
    """Typeset something that names an address; it must be refused and never be asked."""
    with canary() as (address, server):
        page = SOURCE.html.replace("<p>", html.format(address))
        with pytest.raises(Mistakes, match=f"The page asks for '{address}"):
            typeset(replace(SOURCE, html=page, css=(FACE, css.format(address)))).write()
        assert not connected(server)


@pytest.mark.parametrize("way", HTML_WAYS)
def test_html_cannot_reach_out(way: str) -> None:
    refused(html=f"{way}<p>")


@pytest.mark.parametrize("way", ATTACHMENTS)
def test_nothing_can_be_attached(way: str) -> None:
    refused(html=f"{way}<p>")


def test_a_drawing_cannot_reach_out() -> None:
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
        ' viewBox="0 0 9 9"><image xlink:href="{}x.png" width="9" height="9"/></svg>'
    )
    with canary() as (address, server):
        assets = (("a.svg", drawing.format(address).encode(), "image/svg+xml"),)
        with pytest.raises(Mistakes):
            typeset(replace(SOURCE, assets=assets)).write()
        assert not connected(server)


CSS_WAYS = [
    "p {{ background: url({}x.png) }}",
    "p::before {{ content: url({}x.png) }}",
    "ul, p {{ display: list-item; list-style-image: url({}x.png) }}",
    "@page {{ background: url({}x.svg) }}",
    "p {{ border-image: url({}x.png) 1; border: 1px solid }}",
]


@pytest.mark.parametrize("way", CSS_WAYS)
def test_a_style_sheet_cannot_reach_out(way: str) -> None:
    refused(css=way)


EARLY_CSS_WAYS = [
    "@import url({}x.css);",
    '@font-face {{ font-family: "Atkinson Hyperlegible Next"; src: url({}x.ttf) }}',
    "@color-profile device-cmyk {{ src: url({}x.icc); components: c, m, y, k }}",
]


@pytest.mark.parametrize("way", EARLY_CSS_WAYS)
def test_a_style_sheet_cannot_reach_out_while_it_is_read(way: str) -> None:
    refused(css=way)


def test_a_missing_asset_is_an_error() -> None:
    with pytest.raises(Mistakes, match="which is not part of the leaflet"):
        typeset(replace(SOURCE, assets=()))


@pytest.mark.parametrize("content", [b"", b"<svg", b"\x89PNG\r\n\x1a\n"])
def test_a_broken_picture_is_an_error(content: bytes) -> None:
    with pytest.raises(Mistakes, match="Typesetting warned"):
        typeset(replace(SOURCE, assets=(("a.svg", content, "image/svg+xml"),))).write()


def test_a_warning_is_an_error() -> None:
    with pytest.raises(Mistakes, match="Typesetting warned"):
        typeset(replace(SOURCE, css=(FACE, "p { colour: red }")))


WATCH = """
import sys
from foldwell.build import warm
from conftest import BASE, TODAY, read_library, make_plan, Selection, compose_and_make
(job,) = make_plan(read_library(BASE), Selection(), TODAY).jobs
compose_and_make(job)
seen = []
def hook(event, arguments):
    if event in ("open", "socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system"):
        seen.append((event, str(arguments[0])))
sys.addaudithook(hook)
from foldwell.press.formats import FORMATS
from foldwell.typeset.compose import compose_print
from foldwell.typeset.engine import typeset
typeset(compose_print(job.edition, FORMATS["letter-fold"], "screen")).write()
print("\\n".join(f"{event} {name}" for event, name in seen))
"""


def test_typesetting_opens_only_fonts_and_packages() -> None:
    repository = BASE.parents[2]
    result = subprocess.run(
        [sys.executable, "-c", WATCH],
        env={"PYTHONPATH": f"{repository}:{repository / 'tests'}", "PYTHONDONTWRITEBYTECODE": "1"},
        cwd="/",
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    allowed = [repository / "templates", repository / "foldwell", sys.prefix, sys.base_prefix]
    opened = [line.partition(" ") for line in result.stdout.splitlines()]
    assert [event for event, _, _ in opened if event != "open"] == []
    outside = [
        name
        for _, _, name in opened
        if not any(Path(name).is_relative_to(folder) for folder in allowed)
    ]
    assert outside == []
