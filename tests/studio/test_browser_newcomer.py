"""Somebody who has never seen YAML: from an empty project to a printed letter fold, by mouse."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import BASE
from studio_window import chromium, needs_browser, running, tab

pytestmark = needs_browser
ROOT = BASE.parents[2]
LOGO = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40">
<circle cx="20" cy="20" r="18" fill="#7a2e4d"/><path d="M12 20h16M20 12v16" stroke="#fff"
 stroke-width="4"/></svg>"""
PRINT = "window.print = () => { top.document.documentElement.dataset.printed = location.pathname }"
"""In the place of the browser's own dialog, which nobody would close here."""
NO_VIEWER = "Object.defineProperty(navigator, 'pdfViewerEnabled', {get: () => false})"
MOST_S = 600
"""Under ten minutes, as a person; a script that takes long waits for a machine, not for itself."""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the one command in the terminal makes."""
    root = tmp_path_factory.mktemp("newcomer") / "practice"
    words = ["new", str(root), "--name", "Riverside Practice", "--region", "uk",
             "--phone", "0113 496 0000"]  # fmt: skip
    subprocess.run(
        [sys.executable, "-m", "foldwell", *words], cwd=ROOT, check=True, capture_output=True
    )
    return root


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as opened:
        yield opened


def test_from_nothing_to_print(project: Path, browser: Any, tmp_path: Path) -> None:
    began = time.monotonic()
    (tmp_path / "logo.svg").write_bytes(LOGO)
    with running(project) as address, tab(browser, address) as page:
        page.add_init_script(PRINT)
        page.click("nav a:has-text('Brands')")  # a colour and a logo
        page.fill("#title", "North Gate")
        page.fill("#colour", "#7a2e4d")
        page.set_input_files("#logo", str(tmp_path / "logo.svg"))
        page.click("button:has-text('Make this brand')")
        page.wait_for_selector(".said:has-text('Made.')")
        page.check("input[name=shape][value=rays]")
        page.click("button:has-text('Save')")
        page.wait_for_selector(".said:has-text('Saved.')")

        page.click("nav a:has-text('Clinics')")  # a clinic, with a mistake that is seen at once
        page.click("a:has-text('New clinic')")
        page.fill("#name", "North Gate Clinic")
        page.fill("#phone", "0113 496 01433333")
        page.wait_for_selector("#phone[aria-invalid=true]")
        page.fill("#phone", "0113 496 0143")
        page.fill("#address", "1 North Gate\nLeedham LS99 7XY")
        page.fill("#hours_text", "Mon-Fri 9am-5pm; Sat 9am-12pm")
        page.wait_for_selector("#hours-read tr:has-text('Saturday')")
        page.select_option("#brand", "north-gate")
        page.wait_for_selector("#phone-hint:has-text('Prints as 0113 496 0143')")
        page.click("button:has-text('Make this clinic')")
        page.wait_for_selector(".said:has-text('Made.')")

        page.click("nav a:has-text('Leaflets')")  # a typing mistake is corrected
        page.click(".cover a >> nth=0")
        page.click(".cm-line:has-text('at hand')")
        page.keyboard.press("End")
        page.keyboard.type(" Tell us your name.")
        page.click("#save")
        page.wait_for_selector("#state:has-text('Saved')")
        leaflet = next((project / "content/leaflets").glob("*/en.md"))
        assert "Tell us your name." in leaflet.read_text()

        page.click("nav a:has-text('Translations')")  # a line is translated
        page.select_option("#language", "es")
        page.click("button:has-text('Begin')")
        page.fill("textarea[data-key='facts.title']", "Cómo encontrarnos")
        page.click("#save")
        page.wait_for_selector("#state:has-text('Saved')")
        page.wait_for_selector("#count:has-text('1 of')")

        page.click("nav a:has-text('Leaflets')")  # a letter fold is made, folded and printed
        page.click(".cover a >> nth=0")
        page.select_option("#clinic", "north-gate-clinic")
        page.click("button:has-text('Build this leaflet')")
        page.wait_for_selector("#print:visible", timeout=120_000)
        page.select_option("#format", "letter-fold")
        page.wait_for_selector("#print:visible")
        page.click("#fold-it")
        page.click(".fold-tools button >> nth=0")
        page.wait_for_selector(".fold-tools button:has-text('Unfold')")
        page.click("#print")
        assert "short edge" in page.text_content("#print-hints")
        page.click("#print-now")
        page.wait_for_selector("html[data-printed$='-office.pdf']")
        page.add_init_script(NO_VIEWER)  # a phone hands the very file to another app
        page.reload()
        page.set_viewport_size({"width": 390, "height": 844})
        page.click("#print")
        assert "100 %" in page.text_content("#print-hints")
        with page.expect_popup() as opened:
            page.click("#print-now")
        assert "-letter-fold-office.pdf?print=1" in opened.value.url
    assert (project / "output/north-gate-clinic/en").is_dir()
    assert time.monotonic() - began < MOST_S
