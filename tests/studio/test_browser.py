"""The studio in a real browser: as a nurse would use it, by mouse and by keyboard alone.

It needs Chromium; a machine without one skips it, and the rest of this folder asks without eyes.
"""

import shutil
import socket
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import pytest
from conftest import BASE
from studio_window import chromium, needs_browser, running, tab

pytestmark = needs_browser


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """The command, run on a copy of the sound project: its folder, and the address it prints."""
    root = tmp_path_factory.mktemp("studio") / "project"
    shutil.copytree(BASE, root, ignore=shutil.ignore_patterns("output"))
    with running(root) as address:
        yield root, address


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as opened:
        yield opened


def test_the_address_is_this_machine_alone(studio: tuple[Path, str]) -> None:
    port = int(studio[1].split(":")[2].split("/")[0])
    with pytest.raises(HTTPError, match="403"):  # without a cookie jar it gets no further
        urllib.request.urlopen(studio[1])
    with socket.socket() as other, pytest.raises(OSError):
        other.bind(("127.0.0.1", port))


def test_a_word_is_changed_seen_and_saved(browser: Any, studio: tuple[Path, str]) -> None:
    root, address = studio
    file = root / "content/leaflets/sleep/en.md"
    with tab(browser, address) as page:
        page.goto(address.split("/start")[0] + "/leaflet/sleep/en?medium=screen")
        page.wait_for_selector(".pages figure .spot")
        first = page.get_attribute(".pages img", "src")
        page.click(".pages figure .spot >> nth=0")  # from the page to its line
        assert page.evaluate("document.activeElement.closest('.cm-editor') !== null")
        page.keyboard.press("Control+End")
        page.keyboard.type("\n\nOne more sentence.\n")
        page.wait_for_selector(f".pages figure:first-child img:not([src='{first}'])")
        page.keyboard.press("Control+s")
        page.wait_for_selector("#state:has-text('Saved; the version before is kept')")
        assert "One more sentence." in file.read_text()
        shown = page.get_attribute(".pages img", "src")
        page.keyboard.type("\n/// nonsense\n///\n")  # the last good page stays
        page.wait_for_selector("#live .error")
        assert page.get_attribute(".pages img", "src") == shown


def test_hard_words_are_changed_or_left(browser: Any, studio: tuple[Path, str]) -> None:
    root, address = studio
    file = root / "content/leaflets/sleep/en.md"
    with tab(browser, address) as page:
        page.goto(address.split("/start")[0] + "/leaflet/sleep/en?medium=screen")
        page.wait_for_selector(".pages figure .spot")
        page.click(".cm-content")
        page.keyboard.press("Control+End")
        page.keyboard.type("\n\nAcute pain can last two weeks.\n")
        page.click("#findings li:has-text('Acute') button:has-text('Change it')")
        page.wait_for_selector("#state:has-text('“Acute” is now “Sudden”. Not saved')")
        page.wait_for_selector("#findings li:has-text('Acute')", state="detached")
        page.click("#findings li:has-text('Write 2.') button:has-text('Leave it')")
        page.click("#leave-it")
        page.wait_for_selector("#leave-wrong:has-text('Say why it may stay.')")
        page.fill("#leave-reason", "Everybody says so")
        page.fill("#leave-by", "Ann Example")
        page.click("#leave-it")
        page.wait_for_selector("#state:has-text('“two” stays. Not saved')")
        page.wait_for_selector("#findings li:has-text('Write 2.')", state="detached")
        assert "Sudden" not in file.read_text()
        page.keyboard.press("Control+s")
        page.wait_for_selector("#state:has-text('Saved; the version before is kept')")
        page.click("a:has-text('Versions')")
        page.wait_for_selector(".difference ins:has-text('Sudden pain can last two weeks.')")
    assert "words: two" in file.read_text() and "Sudden pain" in file.read_text()


def test_a_file_that_another_program_saved(browser: Any, studio: tuple[Path, str]) -> None:
    root, address = studio
    file = root / "content/leaflets/sleep/en.md"
    with tab(browser, address) as page:
        page.goto(address.split("/start")[0] + "/leaflet/sleep/en")
        page.wait_for_selector(".cm-content")
        theirs = file.read_text() + "\nTheirs.\n"
        file.write_text(theirs)
        page.click(".cm-content")
        page.keyboard.press("Control+End")
        page.keyboard.type("Mine.")
        page.keyboard.press("Control+s")
        page.wait_for_selector("h1:has-text('Somebody else saved this file')")
        assert "Theirs." in page.content() and "Mine." in page.content()
        assert file.read_text() == theirs


def test_a_phone_by_keyboard_alone(browser: Any, studio: tuple[Path, str]) -> None:
    root, address = studio
    with tab(browser, address) as page:
        page.goto(address.split("/start")[0] + "/clinic/riverside")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.id") == "phone":
                break
        page.keyboard.press("Control+a")
        page.keyboard.type("0113 496 01433333")
        page.wait_for_selector("#phone[aria-invalid=true]")
        page.keyboard.press("Control+a")
        page.keyboard.type("01134960188")
        page.wait_for_selector("#phone-hint:has-text('Prints as 0113 496 0188')")
        assert page.text_content("[data-told=phone]") == "0113 496 0188"
        page.keyboard.press("Enter")
        page.wait_for_selector(".said:has-text('Saved')")
    assert "01134960188" in (root / "content/clinics/riverside.yml").read_text()


def test_a_build_is_followed_and_its_file_taken_home(
    browser: Any, studio: tuple[Path, str], tmp_path: Path
) -> None:
    root, address = studio
    with tab(browser, address) as page:
        page.goto(address.split("/start")[0] + "/build")
        with page.expect_navigation():
            page.click("button:has-text('Build')")
        page.wait_for_selector("h2:text-matches('^Done')", timeout=120_000)
        page.click(".folder summary >> nth=0")
        with page.expect_download() as download:
            page.click(".files a[aria-label^=Download] >> nth=0")
        download.value.save_as(tmp_path / "file")
    assert (tmp_path / "file").stat().st_size > 1000
    assert list((root / "output").glob("riverside/en/*.pdf"))


def test_a_bad_logo_is_refused_in_words(
    browser: Any, studio: tuple[Path, str], tmp_path: Path
) -> None:
    root, address = studio
    before = (root / "content/brands/riverside/brand.yml").read_bytes()
    (tmp_path / "logo.png").write_bytes(b"no picture at all")
    with tab(browser, address) as page:
        page.goto(address.split("/start")[0] + "/brand/riverside")
        page.set_input_files("#logo", str(tmp_path / "logo.png"))
        page.click("button:has-text('Save')")
        page.wait_for_selector("[role=alert]")
    assert (root / "content/brands/riverside/brand.yml").read_bytes() == before


def test_a_logo_is_dropped(browser: Any, studio: tuple[Path, str]) -> None:
    root, address = studio
    mark = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h7v7z"/></svg>'
    with tab(browser, address) as page:
        page.goto(address.split("/start")[0] + "/brand/riverside")
        dropped = page.evaluate_handle(
            "text => { const all = new DataTransfer();"
            " all.items.add(new File([text], 'mine.svg', {type: 'image/svg+xml'})); return all; }",
            mark,
        )
        page.dispatch_event("#drop", "drop", {"dataTransfer": dropped})
        page.wait_for_selector("#drop .told:has-text('mine.svg')")
        page.wait_for_selector("#new-logo:visible")
        page.check("input[name=shape][value=rings]")
        page.click("button:has-text('Save')")
        page.wait_for_selector(".said:has-text('Saved.')")
        page.wait_for_selector(".logos img[src*='/logo/']")
    (logo,) = (root / "content/brands/riverside").glob("logo-*.svg")
    assert logo.read_text() == mark
    assert "rings" in (root / "content/brands/riverside/brand.yml").read_text()


def test_a_fold_folds_and_turns(browser: Any, studio: tuple[Path, str]) -> None:
    """Shut, nothing of the sheet stands out beside the panel that lies on top."""
    root, address = studio
    settings = root / "content/build.yml"
    before = settings.read_text()
    settings.write_text(before.replace("a4: [screen]", "letter-fold: [screen]"))
    with tab(browser, address, reduced_motion="reduce") as page:
        page.goto(address.split("/start")[0] + "/leaflet/sleep/en?format=letter-fold")
        page.wait_for_selector(".sheet-side figure .spot")
        assert [page.locator(".side h3").nth(n).text_content() for n in (0, 1)] == [
            "Outside", "Inside",
        ]  # fmt: skip
        page.click("#fold-it")
        wide = page.locator(".leaf").first.bounding_box()
        boxes = []
        for button in ("Fold", "Turn over", "Unfold"):
            page.click(f".fold-tools button:has-text('{button}')")
            boxes.append([leaf.bounding_box() for leaf in page.locator(".leaf").all()])
        shut, over, whole = ([(b["x"], b["x"] + b["width"]) for b in each] for each in boxes)
        assert wide is not None
        for each in (shut, over):
            spread = max(right for _, right in each) - min(left for left, _ in each)
            assert spread < 1.2 * wide["width"]
        assert max(r for _, r in whole) - min(left for left, _ in whole) > 2.5 * wide["width"]
    settings.write_text(before)


def test_what_changed_since_is_not_printed(browser: Any, studio: tuple[Path, str]) -> None:
    """On a page that stays open: while one types, after a save, and after a save elsewhere."""
    root, address = studio
    home, file = address.split("/start")[0], root / "content/leaflets/sleep/en.md"
    with tab(browser, address) as page:
        page.goto(f"{home}/build")
        with page.expect_navigation():
            page.click("button:has-text('Build')")
        page.wait_for_selector("h2:text-matches('^Done')", timeout=120_000)
        page.goto(f"{home}/leaflet/sleep/en")
        page.wait_for_selector("#print:visible")
        assert page.is_visible("#download") and page.is_hidden("#stale")
        page.click(".cm-content")
        page.keyboard.press("Control+End")
        page.keyboard.type("Words.")
        page.wait_for_selector("#stale:has-text('Build first: the words changed since.')")
        assert page.is_hidden("#print") and page.is_hidden("#download")
        page.keyboard.press("Control+s")
        page.wait_for_selector("#state:has-text('Saved')")
        assert page.is_hidden("#print") and page.is_visible("#stale")
        page.goto(f"{home}/build")
        with page.expect_navigation():
            page.click("button:has-text('Build')")
        page.wait_for_selector("h2:text-matches('^Done')", timeout=120_000)
        page.goto(f"{home}/leaflet/sleep/en")
        page.wait_for_selector("#print:visible")
        file.write_text(file.read_text() + "\nTheirs.\n")
        page.click("#print")
        page.click("#print-now")
        page.wait_for_selector("#stale:has-text('the words changed since')")
        assert page.is_hidden("#print") and page.query_selector("#print-frame") is None
