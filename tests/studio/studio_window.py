"""The studio as a process, and browsers that look at it, whose every complaint fails a test."""

import contextlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from conftest import BASE

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)
needs_browser = pytest.mark.skipif(not CHROMIUM, reason="there is no Chromium on this machine")
_ADDRESSES: dict[str, Any] = {}
"""The process that printed each address."""


@contextlib.contextmanager
def running(root: Path) -> Iterator[str]:
    """The command, run on a project, as somebody runs it: the address that it prints."""
    environment = {**os.environ, "FOLDWELL_PROJECT": str(root), "PYTHONUNBUFFERED": "1",
                   "PYTHONPATH": str(BASE.parents[2])}  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-m", "foldwell", "studio", "--no-browser"],
        env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdin is not None and process.stdout is not None
    address = process.stdout.readline().split()[-1]
    _ADDRESSES[address] = process
    yield address
    process.stdin.close()
    process.terminate()
    process.wait(60)
    process.stdout.close()


@contextlib.contextmanager
def chromium() -> Iterator[Any]:
    """A browser without a window."""
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


def another(address: str) -> str:
    """An address for one more browser, as Enter in the terminal shows it."""
    process = _ADDRESSES[address]
    process.stdin.write("\n")
    process.stdin.flush()
    lines = iter(process.stdout.readline, "")
    shown: str = next(line for line in lines if line.startswith("For another browser: "))
    return shown.split()[-1]


@contextlib.contextmanager
def tab(browser: Any, address: str, **facts: Any) -> Iterator[Any]:
    """A page of a new visitor, whose every complaint and foreign request fails the test."""
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **facts})
    home = re.match(r"http://[^/]+", address)
    assert home is not None
    page, wrong = context.new_page(), list[str]()
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda told: wrong.extend([told.text] if told.type == "error" else []))
    viewer = ("chrome:", "chrome-extension:")  # the browser's own, for PDF
    ours = (home[0], "data:", f"blob:{home[0]}", *viewer)
    page.on("request", lambda it: wrong.extend([] if it.url.startswith(ours) else [it.url]))
    page.on("dialog", lambda dialog: dialog.accept())
    page.set_default_timeout(60_000)
    page.goto(another(address))
    yield page
    context.close()
    wrong = [line for line in wrong if "status of 4" not in line]
    assert not wrong, wrong


def violations(page: Any) -> list[str]:
    """What axe-core finds on the page as it is, a line each."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text())
    found = page.evaluate("axe.run(document, {iframes: false, resultTypes: ['violations']})")
    return [
        f"{one['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:200]}"
        for one in found["violations"]
        for node in one["nodes"]
    ]
