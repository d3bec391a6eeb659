"""Two clinics of one brand: their pages differ only where facts are printed."""

from pathlib import Path

import pypdfium2
import pytest
from conftest import TODAY, compose_and_make
from PIL import Image, ImageChops, ImageDraw

from foldwell.build.job import Selection
from foldwell.build.made import Made
from foldwell.build.plan import make_plan
from foldwell.content.library import read_library

SCALE = 1.5
FACTS = {
    "Riverside Clinic": "Hillside Surgery",
    "0113 496 0142": "0113 496 0177",
    "1 River Road": "9 Hill Street",
    "riverside.example.org": "hillside.example.org",
}
BODY = """
/// key-message | The main message
Sleep well.
///

## At night

- Dark
- Quiet

//// contact | Talk to us
////
"""


def pages_of(content: bytes) -> list[tuple[Image.Image, set[tuple[str, tuple[float, ...]]]]]:
    """Each page as a picture, with its runs of text and where they stand, in pixels."""
    pages = []
    with pypdfium2.PdfDocument(content) as file:
        for page in file:
            high, text = page.get_height(), page.get_textpage()
            runs = set()
            for index in range(text.count_rects()):
                left, bottom, right, top = text.get_rect(index)
                words = text.get_text_bounded(left, bottom, right, top)
                words = " ".join(words.split())
                box = (left, high - top, right, high - bottom)
                runs.add((words, tuple(round(edge * SCALE, 1) for edge in box)))
            pages.append((page.render(scale=SCALE).to_pil().convert("RGB"), runs))
    return pages


@pytest.mark.parametrize("format_name", ["a4", "bifold"])
def test_pages_differ_only_where_facts_are_printed(format_name: str, project: Path) -> None:
    leaflet = project / "content/leaflets/sleep/en.md"
    front, end, _ = leaflet.read_text().partition("\n---\n")
    leaflet.write_text(front + end + BODY)
    asked_for = f"runs:\n  - formats:\n      {format_name}: [screen]\n    web: false\n"
    (project / "content/build.yml").write_text(asked_for)
    path = project / "content/clinics/riverside.yml"
    path.write_text(path.read_text() + "website: riverside.example.org\n")
    other = path.read_text()
    for old, new in FACTS.items():
        other = other.replace(old, new)
    (project / "content/clinics/hillside.yml").write_text(other)
    library = read_library(project, TODAY)
    assert not library.broken
    asked = Selection(formats=(format_name,), media=("screen",))
    one, two = [
        job for job in make_plan(library, asked, TODAY).jobs if job.order.leaflet == "sleep"
    ]
    made = [compose_and_make(job) for job in (one, two)]
    assert all(isinstance(each, Made) for each in made), made
    first, second = (pages_of(each.content) for each in made if isinstance(each, Made))
    assert len(first) == len(second)
    words = [*FACTS, *FACTS.values(), one.order.edition, two.order.edition]
    for (picture, runs), (twin, others) in zip(first, second, strict=True):
        assert picture.size == twin.size
        apart = ImageChops.difference(picture, twin).convert("L").point(lambda v: 255 * (v > 24))
        mask = ImageDraw.Draw(apart)
        for run, box in runs.symmetric_difference(others):
            assert any(word in run or run in word for word in words), run
            mask.rectangle((box[0] - 3, box[1] - 4, box[2] + 3, box[3] + 4), fill=0)
        left = apart.getbbox()
        assert left is None or _is_code(picture, left), left


def _is_code(picture: Image.Image, box: tuple[int, int, int, int]) -> bool:
    """Whether a part of a page is a QR code, which holds the address of the web site."""
    import zxingcpp

    grown = (box[0] - 20, box[1] - 20, box[2] + 20, box[3] + 20)
    return bool(zxingcpp.read_barcodes(picture.crop(grown)))
