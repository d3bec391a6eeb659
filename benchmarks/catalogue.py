"""How fast the page of a large catalogue opens and searches, in a real Chromium, from a disk.

``python -m benchmarks.catalogue --editions 2000`` makes the pages of invented editions, opens them
as ``file://`` and types into the search. The browser runs already, as a reader's does, and has a
window of a desk. The time to open runs from the navigation until all is loaded and laid out; that
of a search from the key until what it found is laid out.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import tempfile
from pathlib import Path

from foldwell.build.catalogue import Entry, File
from foldwell.build.published import FOLDER
from foldwell.typeset.catalogue_pages import Shown, catalogue_pages

LANGUAGES = (("en", "English", False), ("es", "español", False), ("ar", "العربية", True))
LEAFLETS = ("Sleeping well", "Using naloxone", "Your treatment card", "Getting through withdrawal")
FORMATS = (("a4", "screen"), ("a4", "office"), ("letter-fold", "office"), ("large-print", "screen"))
SEARCHES = ("n", "na", "naloxone", "practice 17", "clinic-2", "", "عر", "zzz")
_SCRIPT = """
"use strict";
addEventListener("load", () => {
  const laidOut = () => document.body.offsetHeight && performance.now();
  const measured = { open: laidOut(), searches: [], found: [] };
  for (const words of SEARCHES) {
    const field = document.getElementById("words");
    const began = performance.now();
    field.value = words;
    field.dispatchEvent(new Event("input"));
    measured.searches.push(laidOut() - began);
    measured.found.push(document.getElementById("count").textContent);
  }
  document.documentElement.dataset.measured = JSON.stringify(measured);
});
"""


def entries(count: int) -> tuple[Shown, ...]:
    """Invented editions, those of a leaflet behind one another, each with a cover of its own."""
    found = []
    for number in range(count):
        title = LEAFLETS[number * len(LEAFLETS) // count]
        language, name, rtl = LANGUAGES[number % len(LANGUAGES)]
        leaflet, clinic = title.lower().replace(" ", "-"), f"clinic-{number}"
        base = f"{clinic}/{language}/{leaflet}"
        files = [File(f"{base}.html", "", "web", 180_000, "0")]
        files += [File(f"{base}-{f}-{m}.pdf", f, m, 90_000 + number, "0") for f, m in FORMATS]
        id_ = f"{number:04d}-7KQX"
        found.append(
            Shown(
                Entry(id_, leaflet, title, clinic, f"Practice {number}", language, name, rtl,
                      "draft" if number % 3 else "", "2026-01-01", "2028-01-01", "2026-01-01",
                      tuple(files)),
                f"{FOLDER}/covers/{number}.webp",
                (200, 420),
            )
        )  # fmt: skip
    return tuple(found)


def write(folder: Path, count: int) -> None:
    """Write the pages, their covers, and the script that measures."""
    from PIL import Image

    shown = entries(count)
    for path, content in catalogue_pages(
        "Leaflets", shown, (), "", FOLDER, "2026-01-01", {}
    ).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    (folder / FOLDER / "covers").mkdir()
    for number in range(count):
        cover = Image.new("RGB", (200, 420), (number % 256, 90, 120))
        cover.save(folder / shown[number].cover, "WEBP")
    script = _SCRIPT.replace("SEARCHES", json.dumps(SEARCHES), 1)
    (folder / FOLDER / "measure.js").write_text(script)
    page = (folder / "index.html").read_text()
    tag = f'<script src="{FOLDER}/measure.js" defer></script>\n</head>'
    (folder / "measured.html").write_text(page.replace("</head>", tag))


def browser() -> str:
    """The Chromium of this machine; empty if there is none."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if (found := shutil.which(name))), "")


def dump(address: str) -> str:
    """The document of a page once its scripts have run."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        opened = started.chromium.launch(executable_path=browser(), args=["--no-sandbox"])
        opened.new_page().goto("about:blank")  # what a browser does once is no matter of the page
        page = opened.new_page(viewport={"width": 1280, "height": 800})
        page.goto(address)
        document: str = page.content()
        opened.close()
    return document


def measure(count: int) -> dict[str, list[float]]:
    """Milliseconds to open and of each search."""
    import html

    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), count)
        text = dump(f"file://{folder}/measured.html")
    found = re.search(r'data-measured="([^"]*)"', text)
    if not found:
        raise SystemExit("Chromium measured nothing.")
    measured: dict[str, list[float]] = json.loads(html.unescape(found[1]))
    return measured


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--editions", type=int, default=2000)
    measured = measure(parser.parse_args().editions)
    print(f"open {measured['open']:.0f} ms")
    for words, took, found in zip(SEARCHES, measured["searches"], measured["found"], strict=True):
        print(f"search {words!r}: {took:.0f} ms, {found}")


if __name__ == "__main__":
    main()
