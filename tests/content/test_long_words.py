"""A long leaflet has the pages that it needs, and no short list of any leaflet is torn."""

import re
import shutil
from pathlib import Path

from conftest import TODAY, compose_and_make
from pypdfium2 import PdfDocument

from foldwell.build.job import Selection
from foldwell.build.made import Made
from foldwell.build.plan import make_plan
from foldwell.content.library import read_library

WORDS = Path(__file__).parent / "words"


def made(project: Path, name: str, format_: str) -> object:
    folder = project / "content/leaflets" / name
    folder.mkdir()
    shutil.copy(WORDS / f"{name}.md", folder / "en.md")
    settings = project / "content/build.yml"
    settings.write_text(f"runs:\n  - formats:\n      {format_}: [screen]\n    web: false\n")
    [job] = make_plan(read_library(project, TODAY), Selection((name,)), TODAY).jobs
    return compose_and_make(job)


def test_pages_have_numbers(project: Path) -> None:
    done = made(project, "long", "a4")
    assert isinstance(done, Made) and done.pages > 1
    for number, page in enumerate(PdfDocument(done.content), 1):
        assert f"page {number} of {done.pages}" in page.get_textpage().get_text_range()


def test_a_fold_says_how_much_is_over(project: Path) -> None:
    done = made(project, "long", "letter-fold")
    assert isinstance(done, tuple)
    assert re.search(r"it has room for 3 panels and is \d+ lines over", str(done[0]))


def test_no_short_list_is_torn(project: Path) -> None:
    done = made(project, "torn", "a4")
    assert isinstance(done, Made)
    lefts = []
    for page in PdfDocument(done.content):
        text = page.get_textpage()
        words = text.get_text_range()
        for match in re.finditer(r"First|Second|Third|Fourth", words):
            lefts.append((page, round(text.get_charbox(match.start())[0] / 10)))
    assert len(lefts) == 36
    for start in range(0, 36, 4):
        assert len({left for _, left in lefts[start : start + 4]}) == 1
