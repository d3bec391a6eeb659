"""Brands that go wrong: each is named, and what the message says to do works when it is done."""

import re
import shutil
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import pytest
from brand_files import ASCII, LOGO, Content, bytes_of, font, read_brand, said, write_brand
from conftest import TODAY, job_messages

from foldwell.build.job import Selection
from foldwell.build.plan import make_plan
from foldwell.content.library import read_library

HOUSE = "Atkinson Hyperlegible Next"
OWN = """typography:
  fonts:
    - {family: Own, source: file, files: [r.ttf, b.ttf]}
  base: Own
"""


def built(root: Path) -> list[str]:
    """What is wrong with a leaflet of the brand, to the finished pages."""
    library = read_library(root, TODAY)
    if library.broken:
        return [str(error) for errors in library.broken.values() for error in errors]
    jobs = make_plan(library, Selection(formats=("a4",), media=("screen",)), TODAY).jobs
    assert jobs
    return [line for job in jobs[:1] for line in job_messages(job, typeset=True)]


def replaced(old: str, new: str) -> Callable[[Path, str], None]:
    def follow(folder: Path, _: str) -> None:
        path = folder / "brand.yml"
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new))

    return follow


def nearest_shade(folder: Path, message: str) -> None:
    """Take the shade that the message names."""
    colour = re.search(r"'[\w.]+': \w+ in (#\w{6})", message)
    shade = re.search(r"nearest shade that passes is (#\w{6})", message)
    assert colour and shade
    replaced(colour[1], shade[1])(folder, message)


def adjust(folder: Path, message: str) -> None:
    assert "'contrast: adjust' at the head of this file" in message
    path = folder / "brand.yml"
    path.write_text("contrast: adjust\n" + path.read_text())


def house_family(folder: Path, message: str) -> None:
    assert f"take the family out of 'fonts' and name {HOUSE} where it was named" in message
    path = folder / "brand.yml"
    text = re.sub(r"(?m)^  fonts:\n    - .*\n", "", path.read_text())
    path.write_text(text.replace("base: Own", f"base: {HOUSE}"))


def put(name: str, content: Content) -> Callable[[Path, str], None]:
    def follow(folder: Path, message: str) -> None:
        (folder / name).write_bytes(bytes_of(content))

    return follow


GOOD = LOGO.format("#0f5c73").encode()
WITH_TEXT = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10">'
    b'<text x="1" y="8" font-family="Own">Name</text></svg>'
)
FONTS = {"r.ttf": partial(font, 400), "b.ttf": partial(font, 700)}
BLUE = 'color: {primary: "#0f5c73"}\n'

STOPS: dict[str, tuple[str, Mapping[str, Content], str, Callable[[Path, str], None]]] = {
    "text too pale": (
        'color: {primary: "#0f5c73", foreground: "#9a9a9a"}\n', {}, "2.8:1", nearest_shade,
    ),
    "headings too pale": (
        BLUE + 'typography: {headings: {color: "#9bd3ee"}}\n', {}, "1.6:1", adjust,
    ),
    "links too pale": (BLUE + 'typography: {link: {color: "#f5a623"}}\n', {}, "2.0:1", adjust),
    "a colour of the palette for headings": (
        'color: {palette: {sun: "#ffd23f"}, primary: navy}\ntypography: {headings: {color: sun}}\n',
        {}, "#ffd23f on #ffffff", adjust,
    ),
    "body text in a pale colour": (
        BLUE + 'typography: {base: {color: "#8aa0b0"}}\n', {}, "typography.base.color", adjust,
    ),
    "a logo that is not there": (
        BLUE + "logo: north-gate.svg\n", {}, "'north-gate.svg' does not exist",
        put("north-gate.svg", GOOD),
    ),
    "a logo that is broken": (
        BLUE + "logo: logo.svg\n", {"logo.svg": b"<svg><path"}, "logo.svg", put("logo.svg", GOOD),
    ),
    "a logo with text": (
        BLUE + "logo: logo.svg\n", {"logo.svg": WITH_TEXT}, "outlines", put("logo.svg", GOOD),
    ),
    "a font that may not be embedded": (
        BLUE + OWN, {**FONTS, "r.ttf": partial(font, 400, bits=2)}, "fsType 2", house_family,
    ),
    "a font that is broken": (
        BLUE + OWN, {**FONTS, "b.ttf": lambda: font(700)[:2000]}, "no sound font",
        put("b.ttf", partial(font, 700)),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", STOPS)
def test_what_stops_a_brand_has_a_way_out(name: str, project: Path) -> None:
    text, files, words, follow = STOPS[name]
    shutil.rmtree(project / "content/brands/riverside")
    folder = write_brand(project, "riverside", text, files)
    told = built(project)
    assert any(words in line for line in told), told
    follow(folder, told[0])
    assert built(project) == []


NOTED: dict[str, tuple[str, Mapping[str, Content], str, Callable[[Path, str], None], str]] = {
    "a pale brand": (
        'color: {primary: "#ffe000"}\n', {}, "#8a7500",
        replaced("color:", "contrast: adjust\ncolor:"), "in #8a7500, which passes",
    ),
    "a font without letters": (
        BLUE + OWN, {**FONTS, "r.ttf": partial(font, letters=ASCII.replace("z", ""))},
        "lacks z", put("r.ttf", partial(font, 400)), "",
    ),
    "a font without a bold": (
        BLUE + OWN.replace(", b.ttf", ""), FONTS, "needs a regular and a bold",
        replaced("[r.ttf]", "[r.ttf, b.ttf]"), "",
    ),
    "a font of the web": (
        BLUE + OWN.replace("source: file, files: [r.ttf, b.ttf]", "source: google"), FONTS,
        "not fetched", replaced("source: google", "source: file, files: [r.ttf, b.ttf]"), "",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", NOTED)
def test_what_another_stands_in_for_is_said(name: str, project: Path) -> None:
    text, files, words, follow, after = NOTED[name]
    shutil.rmtree(project / "content/brands/riverside")
    folder = write_brand(project, "riverside", text, files)
    library = read_library(project, TODAY)
    assert not library.broken and words in said(library.brands["riverside"])
    follow(folder, "")
    told = said(read_library(project, TODAY).brands["riverside"])
    assert words not in told or after
    assert after in told
    assert read_brand(project, "riverside")
