"""Every page of the studio and every web twin: whole and readable, at any size, in any dress."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import BASE
from studio_window import chromium, needs_browser, running, tab, violations

pytestmark = needs_browser
REPOSITORY = Path(__file__).resolve().parents[2]
PAGES = (
    "/", "/leaflet/sleep/en", "/leaflet/sleep/ar", "/new-leaflet", "/clinics", "/clinic/riverside",
    "/new-clinic", "/brands", "/brand/riverside", "/due", "/approve/sleep/en", "/translations",
    "/translate/sleep/ar", "/sources", "/sources?leaflet=sleep/en", "/build",
    "/history?file=content/clinics/riverside.yml", "/nowhere",
)  # fmt: skip
DRESSES: dict[str, dict[str, Any]] = {
    "light": {"width": 1280, "height": 800},
    "narrow": {"width": 320, "height": 640},
    "dark": {"width": 1280, "height": 800, "color_scheme": "dark", "reduced_motion": "reduce"},
    "zoomed": {"width": 640, "height": 400, "scale": 2},
}
"""At 200 %, a window of 1280 by 800 has room for half of that."""


def dressed(page: Any, metrics: Any, dress: dict[str, Any]) -> None:
    """Let a page that is open be seen in another window, or by somebody else."""
    page.emulate_media(
        color_scheme=dress.get("color_scheme", "light"),
        reduced_motion=dress.get("reduced_motion", "no-preference"),
    )
    size = {"width": dress["width"], "height": dress["height"]}
    scale = {"deviceScaleFactor": dress.get("scale", 1), "mobile": False}
    metrics.send("Emulation.setDeviceMetricsOverride", {**size, **scale})


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a studio of the sound project with an Arabic translation that is begun."""
    root = tmp_path_factory.mktemp("pages") / "project"
    shutil.copytree(BASE, root, ignore=shutil.ignore_patterns("output"))
    words = [sys.executable, "-m", "foldwell", "translate", "start", "sleep", "ar"]
    own = {**os.environ, "FOLDWELL_PROJECT": str(root), "PYTHONPATH": str(REPOSITORY)}
    subprocess.run(words, env=own, check=True, capture_output=True)
    with running(root) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as opened:
        yield opened


@pytest.mark.parametrize("pages", [PAGES[::2], PAGES[1::2]], ids=["these", "those"])
def test_every_page_is_whole(pages: tuple[str, ...], browser: Any, studio: str) -> None:
    """No error, nothing from elsewhere, none pushed sideways, and axe-core finds nothing."""
    wrong = []
    with tab(browser, studio) as page:
        metrics = page.context.new_cdp_session(page)
        for path in pages:
            page.goto(studio.split("/start")[0] + path)
            for name, dress in DRESSES.items():
                dressed(page, metrics, dress)
                where = f"{path}, {name}"
                wide, inner = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
                wrong += [f"{where}, is {wide} wide"] if wide > inner else []
                wrong += [] if inner == dress["width"] else [f"{where}, is seen {inner} wide"]
                wrong += [f"{where} {one}" for one in violations(page)]
                moving = "[...document.getAnimations()].length"
                if dress.get("reduced_motion"):
                    wrong += [f"{where} moves"] if page.evaluate(moving) else []
    assert wrong == []


def test_web_twins(browser: Any, tmp_path: Path) -> None:
    """Of a leaflet in three languages, light and dark, and the catalogue of them."""
    words = [sys.executable, "-m", "foldwell", "using-naloxone", "--clinic", "hollin-lane",
             "--medium", "web", "--output", str(tmp_path)]  # fmt: skip
    own = {**os.environ, "FOLDWELL_PROJECT": str(REPOSITORY), "PYTHONPATH": str(REPOSITORY)}
    subprocess.run(words, env=own, check=True, capture_output=True)
    twins = sorted(tmp_path.glob("hollin-lane/*/*.html"))
    assert {path.parent.name for path in twins} >= {"en", "es", "ar"}
    wrong = list[str]()
    page = browser.new_page(viewport={"width": 400, "height": 800}, reduced_motion="reduce")
    page.on("console", lambda told: wrong.extend([told.text] if told.type == "error" else []))
    ours = ("file:", "data:")
    page.on("request", lambda it: wrong.extend([] if it.url.startswith(ours) else [it.url]))
    for path in twins:
        page.goto(path.as_uri())
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            wrong += [f"{path.parent.name} {scheme} {one}" for one in violations(page)]
    page.close()
    assert wrong == []


def test_a_fault_would_be_found(browser: Any) -> None:
    page = browser.new_page()
    page.set_content('<p style="color: #999; background: #fff">Pale</p><img src="data:,">')
    found = {one.partition(":")[0] for one in violations(page)}
    page.close()
    assert {"color-contrast", "image-alt", "html-has-lang"} <= found
