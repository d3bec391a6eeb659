"""Typesetting sees what it was handed, and nothing else."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import BASE
from weasyprint.urls import FatalURLFetchingError

from foldwell.errors import FoldwellError, Mistakes
from foldwell.typeset import engine
from foldwell.typeset.engine import Layout, typeset
from foldwell.typeset.fetching import Fetcher
from foldwell.typeset.page_facts import TypesetPage
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


def pages(body: str, css: str = "") -> tuple[TypesetPage, ...]:
    """The pages of some HTML, 100 × 200 mm with 10 mm margins and lines of 20 points."""
    sheet = (
        "@page { size: 100mm 200mm; margin: 10mm } * { margin: 0 }"
        'body { font: 12pt/20pt "Atkinson Hyperlegible Next" }'
    )
    html = f'<!DOCTYPE html><html lang="en"><title>T</title><body>{body}</body></html>'
    return typeset(PageSource(html, (sheet, css), (), tagged=False)).pages


def test_how_full_a_page_is() -> None:
    """To its last line or box; what is stretched around it does not count."""
    room = 180 * 72 / 25.4
    for body, points in (
        ("<p>a</p>" * 10, 200),
        ("<div style='height: 100mm'><p>a</p></div>", 20),
        ("<p>a</p><div style='height: 30pt'></div>", 50),
        ("<ul><li>a<li>b</ul><p>c</p>", 60),
        ("<p>a</p><table style='border-collapse: collapse'><tr><td style='padding: 0'>b", 40),
        ("<div style='display: grid; height: 50mm'><p>a</p><p>b</p></div>", 0),
    ):
        (page,) = pages(body)
        if points:
            assert page.filled == pytest.approx(points / room, abs=0.001)
        else:
            assert page.filled < 0.8
        assert page.lines == body.count("<p>") + body.count("<li>") + body.count("<td")


@pytest.mark.parametrize(
    ("css", "overlaps"),
    [
        ("", ()),
        ("p + p { margin-top: -20pt }", (("One two three", "Four five"),)),
        ("p + p { margin-top: -20pt; margin-left: 60mm }", ()),
        ("p { line-height: 12pt }", ()),
        (
            "div { display: grid; grid-template-columns: 10mm 60mm } p { white-space: nowrap }",
            (("One two three", "Four five"),),
        ),
        ("p + p { position: relative; top: -20pt }", (("One two three", "Four five"),)),
    ],
)
def test_words_over_words_are_seen(css: str, overlaps: tuple[tuple[str, str], ...]) -> None:
    (page,) = pages("<div><p>One two three</p><p>Four five</p></div>", css)
    assert [set(pair) for pair in page.overlaps] == [set(pair) for pair in overlaps]


def test_whether_a_page_goes_on_with_what_was_begun() -> None:
    body = (
        "<h2>One</h2><p>a</p><p style='break-before: page'>b</p>"
        "<h2 style='break-before: page'>Two</h2><p>c</p>"
        "<section class='block block-contact' style='break-before: page'><p>d</p></section>"
        "<section class='room' style='break-before: page'><p>My notes</p></section>"
    )
    assert [page.goes_on for page in pages(body)] == [False, True, False, False, False]


def test_pages_have_the_names_of_their_parts() -> None:
    css = ".a { page: cover } .b { page: inside }"
    found = pages("<p>0</p><p class=a>1</p><p class=b>2</p>", css)
    assert [page.name for page in found] == ["", "cover", "inside"]


def test_lines_belong_to_the_heading_above_them() -> None:
    (page,) = pages(
        "<p>a</p><h2>One <b>more</b></h2><p>b</p><p>c</p><h3>Inner</h3><p>d</p><h2>Two</h2>"
    )
    assert dict(page.sections) == {"": 1, "One more": 5, "Two": 1}
    assert page.lines == 7


@pytest.mark.parametrize("block", ["emergency", "warning", "key-message"])
def test_a_block_that_protects_has_no_name(block: str) -> None:
    """So nobody is ever told to leave it out."""
    title = '<section class="block block-{}"><h2 class="block-title">Call</h2><p>a</p></section>'
    (page,) = pages(title.format(block) + title.format("tip") + "<h2>End</h2>")
    assert dict(page.sections) == {"": 2, "Call": 2, "End": 1}


def test_a_page_source_is_parsed_once_and_laid_out_as_often_as_needed() -> None:
    layout = Layout(replace(SOURCE, css=(FACE, "p { font-size: 20pt }")))
    heights = []
    for css in ("", "p { line-height: 60pt }", ""):
        (page,) = layout.typeset(css).pages
        heights.append(page.filled)
    assert heights[0] == heights[2] < heights[1]


def test_only_assets_are_served() -> None:
    fetcher = Fetcher(SOURCE)
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


@pytest.mark.parametrize("warned", [True, False])
def test_a_drawing_cannot_reach_out(warned: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Though drawing swallows the refusal, whether it is logged or not."""
    if not warned:
        monkeypatch.setattr(engine, "without_warnings", nullcontext)
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
        ' viewBox="0 0 9 9"><image xlink:href="{}x.png" width="9" height="9"/></svg>'
    )
    with canary() as (address, server):
        assets = (("a.svg", drawing.format(address).encode(), "image/svg+xml"),)
        with pytest.raises(Mistakes, match="Failed to render" if warned else "The page asks for"):
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
    "@color-profile device-cmyk {{ src: url({}x.icc); components: c, m, y, k }}",
]


@pytest.mark.parametrize("way", EARLY_CSS_WAYS)
def test_a_style_sheet_cannot_reach_out_while_it_is_read(way: str) -> None:
    refused(css=way)


@pytest.mark.parametrize("source", ["url(asset:a.svg)", "url(file:///etc/passwd)", "local(Sans)"])
def test_a_style_sheet_cannot_bring_a_font(source: str) -> None:
    css = f"@font-face {{ font-family: own; src: {source} }}"
    with pytest.raises(FoldwellError, match=r"a font of its own \(@font-face\)"):
        typeset(replace(SOURCE, css=(css,)))


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


LATE = """
import sys
from foldwell.build import warm
from weasyprint.pdf import fonts
late = fonts.subset, fonts.instantiateVariableFont
assert "fontTools.varLib" not in sys.modules
assert fonts.subset.Options(hinting=False).hinting is False  # as WeasyPrint asks without HarfBuzz
try:
    fonts.instantiateVariableFont({}, {})
except ValueError as error:
    print(error)
"""


def test_what_weasyprint_hardly_needs_is_loaded_when_it_is_called() -> None:
    result = subprocess.run(
        [sys.executable, "-c", LATE],
        env={"PYTHONPATH": str(BASE.parents[2])},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (result.stdout, result.stderr) == ("Missing required table fvar\n", "")


WATCH = """
import sys
from foldwell.build import warm
from conftest import BASE, TODAY, read_library, make_plan, Selection, compose_and_make
(job,) = make_plan(read_library(BASE, TODAY), Selection(), TODAY).jobs
compose_and_make(job)
seen = []
def hook(event, arguments):
    if event in ("open", "socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system"):
        seen.append((event, str(arguments[0])))
sys.addaudithook(hook)
from foldwell.paper.formats import FORMATS
from foldwell.typeset.compose import compose_print
from foldwell.typeset.purpose import Purpose
from foldwell.typeset.copyfit import copyfit
row = FORMATS["letter-fold"]
pages = compose_print(job.edition, row, Purpose("screen", tagged=True)).pages
copyfit(pages, row, row.geometry["a4"]).typeset.write(tagged=True)
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
    allowed: list[str | Path] = [
        repository / "templates",
        repository / "foldwell",
        sys.prefix,
        sys.base_prefix,
    ]
    opened = [line.partition(" ") for line in result.stdout.splitlines()]
    assert [event for event, _, _ in opened if event != "open"] == []
    outside = [
        name
        for _, _, name in opened
        if not any(Path(name).is_relative_to(folder) for folder in allowed)
    ]
    assert outside == []
