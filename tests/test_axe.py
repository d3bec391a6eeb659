"""Pages for the web and reports, asked by axe-core in a real browser: light, dark, 320 px wide.

It needs Chromium; a machine without one skips it. (The studio's own pages are asked in
``tests/studio/test_browser.py`` for what a nurse does with them.)
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from conftest import BASE

from foldwell.cli import cli

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="there is no Chromium on this machine")
REPOSITORY = Path(__file__).resolve().parents[1]
NARROW = {"width": 320, "height": 640}
WORDS = """
Take 1.0 mg of melatonin at night, and take it at the same time each day, because you'll sleep
better when your body knows when it is time. It can cause *oedema*.

| When | What |
|---|---|
| night | rest |
"""


def run(root: Path, *words: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FOLDWELL_PROJECT", str(root))
        patch.setenv("SOURCE_DATE_EPOCH", "1769904000")
        CliRunner().invoke(cli, words, standalone_mode=False, catch_exceptions=False)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of pages: twins of the sound project and of our own, a report, a catalogue."""
    root = tmp_path_factory.mktemp("axe") / "project"
    shutil.copytree(BASE, root, ignore=shutil.ignore_patterns("output"))
    settings = "web_pages: https://leaflets.example.org\nruns: [{formats: {}}]\n"
    (root / "content/build.yml").write_text(settings)
    leaflet = root / "content/leaflets/sleep/en.md"
    run(root, "--jobs", "1")
    leaflet.write_text(leaflet.read_text() + "\n## More\n\nRest well.\n")
    run(root, "--jobs", "1")  # the page of the edition before says that it is out of date
    run(root, "catalogue")
    leaflet.write_text(leaflet.read_text() + WORDS)
    report = root / "output/report.html"
    run(root, "check", "--hints", "--doses", "--form", "html", "--to", str(report))
    assert report.is_file() and len([*(root / "output/e").glob("*.html")]) == 2
    out = root / "output/own"
    asked = ("kratom-opioid-withdrawal", "--clinic", "hollin-lane", "--medium", "web")
    run(REPOSITORY, *asked, "--output", str(out), "--jobs", "1")
    return root / "output"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_keeps_anybody_out(scheme: str, made: Path, browser: Any) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    context = browser.new_context(viewport=NARROW, color_scheme=scheme)
    page, wrong = context.new_page(), list[str]()
    paths = sorted(made.rglob("*.html"))
    assert {"report.html", "index.html", "sleep.html"} <= {path.name for path in paths}
    for path in paths:
        page.goto(path.as_uri())
        name = path.relative_to(made).as_posix()
        for found in axe.run(page).response["violations"]:
            where = [node["html"][:100] for node in found["nodes"][:3]]
            wrong.append(f"{name}: {found['id']}, {found['impact']}: {found['help']} {where}")
        wide = page.evaluate("document.documentElement.scrollWidth")
        wrong += [f"{name}: it is {wide} px wide"] if wide > NARROW["width"] else []
    context.close()
    assert wrong == []


def test_axe_sees_what_keeps_people_out(browser: Any) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = browser.new_page()
    page.set_content('<p style="color: #ccc; background: #fff">Pale</p><img src="a.png">')
    found = {one["id"] for one in axe.run(page).response["violations"]}
    page.close()
    assert {"color-contrast", "image-alt", "html-has-lang"} <= found
