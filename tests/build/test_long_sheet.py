"""A leaflet of 1,900 words on A4: three pages, numbered, to be read aloud and kept."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

from conftest import compose_and_make
from pikepdf import Name, Pdf
from pypdfium2 import PdfDocument

from foldwell.build.job import Options
from foldwell.build.jobs import make_job
from foldwell.build.made import Made
from foldwell.check.archive import breaches
from foldwell.content.edition import Edition
from foldwell.paper.formats import FORMATS

WORDS = 1900
SHORT = (
    "ask us for help if you feel ill or are not sure what to do next and take it easy now".split()
)
"""Words of plain English, as long as those of a leaflet at a low reading age."""


def body() -> tuple[str, list[str]]:
    """A leaflet of so many words, and those of them that are numbered, in order."""
    numbered, count, parts = list[str](), 0, list[str]()

    def words(most: int) -> str:
        nonlocal count
        own = [SHORT[(count + n) % len(SHORT)] for n in range(most)]
        own[-1] = f"w{len(numbered)}x"
        numbered.append(own[-1])
        count += most
        return " ".join(own).capitalize()

    parts.append(f"/// key-message | Main\n{words(18)}.\n///\n")
    signs = "".join(f"- {words(5)}\n" for _ in range(5))
    parts.append(
        f"///// panel | flap\n/// emergency | Call 999 now\n{words(8)}:\n\n{signs}///\n/////\n"
    )
    while count < WORDS:
        parts.append(f"## {words(4)}\n\n{words(70)}.\n\n{words(60)}.\n\n{words(60)}.\n")
        parts.append("".join(f"- {words(9)}\n" for _ in range(4)))
    parts.append("/////// panel | back\n/// contact | Talk to us\n///\n///////\n")
    return "\n".join(parts), numbered


def test_1900_words_are_three_pages(edition: Callable[..., Edition]) -> None:
    text, numbered = body()
    outcome = compose_and_make(
        make_job(edition(text), FORMATS["a4"], "screen", Options(draft=True))
    )
    assert isinstance(outcome, Made), outcome
    with PdfDocument(outcome.content) as pdf:
        texts = [page.get_textpage().get_text_range() for page in pdf]
    pages = [text.replace("\xa0", " ") for text in texts]
    assert len(pages) == 3
    for number, page in enumerate(pages, 1):
        assert f"page {number} of 3" in page
    assert "999 now" in pages[0]
    assert [("Talk to us" in page) for page in pages] == [False, False, True]
    found = re.findall(r"w\d+x", " ".join(pages), re.IGNORECASE)
    assert sorted(map(str.lower, found)) == sorted(numbered)  # none lost, none doubled
    with Pdf.open(io.BytesIO(outcome.content)) as file:
        assert file.Root.MarkInfo.Marked
        assert breaches(file) == []
        metadata = file.Root.Metadata.read_bytes().decode()
        said = {key: re.search(rf"{key}(?:>|=\")(\w+)", metadata) for key in PARTS}
        assert {key: match and match.group(1) for key, match in said.items()} == PARTS
        assert [str(intent.S) for intent in file.Root.OutputIntents] == [str(Name.GTS_PDFA1)]


PARTS = {"pdfuaid:part": "1", "pdfaid:part": "2", "pdfaid:conformance": "A"}
"""What the file says that it keeps: PDF/UA-1 and PDF/A-2a."""
