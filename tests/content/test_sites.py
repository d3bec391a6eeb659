"""Leaflets made from the Markdown of web sites are built as drafts for A4, with every word."""

import html
import re
import shutil
import unicodedata
from pathlib import Path

import pytest
from conftest import TODAY, compose_and_make
from markdown_it import MarkdownIt
from pypdfium2 import PdfDocument

from foldwell.build.job import Selection
from foldwell.build.made import Made
from foldwell.build.plan import make_plan
from foldwell.content.library import read_library

SITES = Path(__file__).parent / "sites"


def words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text.replace("\ufffe", "").replace("\u00ad", ""))
    return re.findall(r"[^\W_]+", plain.lower().replace("mailto:", ""))


_UNPRINTED = r"(?m)\{:[^}\n]*\}|\{#[\w-]+\}|^: +|\[\^[\w-]+\]:?|\?utm_\w+=\w+"
"""Attribute lists, marks of notes and definitions, and tracking."""
SCHEMES = frozenset(["https", "http"])
"""What begins an address, which paper does without."""


def source_words(text: str) -> list[str]:
    """The words of a page, as another parser reads them."""
    body = re.sub(_UNPRINTED, "", text.split("---\n", 2)[2])
    page = MarkdownIt("commonmark", {"html": True}).enable("table").render(body)
    page = re.sub(r"<(?:br|/td|/th|/li|/p|/h\d)[^>]*>", " ", page)
    seen = words(html.unescape(re.sub(r"<[^>]*>", "", page)))
    return [word for word in seen if word not in SCHEMES]


@pytest.mark.parametrize("path", sorted(SITES.glob("*.md")), ids=lambda path: path.stem)
def test_a_page_of_a_site(path: Path, project: Path) -> None:
    folder = project / "content/leaflets" / path.stem
    folder.mkdir()
    shutil.copy(path, folder / "en.md")
    settings = project / "content/build.yml"
    settings.write_text(settings.read_text() + "site: https://www.example.org\n")
    library = read_library(project, TODAY)
    assert library.broken == {}
    [job] = make_plan(library, Selection((path.stem,)), TODAY).jobs
    made = compose_and_make(job)
    assert isinstance(made, Made), made
    pages = [page.get_textpage().get_text_range() for page in PdfDocument(made.content)]
    printed = "".join(words(" ".join(pages)))
    assert [word for word in source_words(path.read_text()) if word not in printed] == []
