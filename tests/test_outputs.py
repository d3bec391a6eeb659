"""Facts of whole built files: the real content, every format and medium, both clinics."""

from __future__ import annotations

import datetime
import html
import io
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from foldwell.build.job import Job, Made, Outcome, Selection
from foldwell.build.plan import make_plan
from foldwell.build.workers import Workers
from foldwell.content.library import Library, read_library
from foldwell.press.formats import FORMATS, OFFICE_MARGIN_MM

ROOT = Path(__file__).resolve().parent.parent
TODAY = datetime.date(2026, 11, 22)
MM = 72 / 25.4
SHEETS = {"a4": (210, 297), "letter": (215.9, 279.4)}


@pytest.fixture(scope="session")
def library() -> Library:
    library = read_library(ROOT)
    assert library.broken == {}
    return library


@pytest.fixture(scope="session")
def built(library: Library) -> Iterator[dict[str, tuple[Job, Made]]]:
    plan = make_plan(library, Selection(), TODAY)
    assert plan.broken == []
    outcomes: dict[str, tuple[Job, Outcome]] = {}
    workers = Workers()
    try:
        workers.run(plan.jobs, lambda job, outcome: outcomes.update({job.path: (job, outcome)}))
    finally:
        workers.close()
    failed = {
        path: outcome for path, (_, outcome) in outcomes.items() if isinstance(outcome, tuple)
    }
    assert failed == {}
    return {path: (job, made) for path, (job, made) in outcomes.items() if isinstance(made, Made)}


def pdfs(built: dict[str, tuple[Job, Made]], medium: str) -> list[tuple[Job, bytes]]:
    return [(job, made.content) for job, made in built.values() if job.order.medium == medium]


def page_texts(content: bytes) -> list[str]:
    with pypdfium2.PdfDocument(content) as pdf:
        return [page.get_textpage().get_text_range() for page in pdf]


def test_every_row_of_the_format_table_is_built(built: dict[str, tuple[Job, Made]]) -> None:
    made = {(job.order.format, job.order.paper) for job, _ in built.values() if job.order.format}
    assert made == {(row.name, paper) for row in FORMATS.values() for paper in row.geometry}
    assert {job.order.medium for job, _ in built.values()} == {"screen", "office", "web"}


def test_screen_pages_have_the_size_of_their_panels(built: dict[str, tuple[Job, Made]]) -> None:
    for job, content in pdfs(built, "screen"):
        geometry = FORMATS[job.order.format].geometry[job.order.paper]
        with pikepdf.open(io.BytesIO(content)) as pdf:
            sizes = [tuple(float(v) / MM for v in page.mediabox)[2:] for page in pdf.pages]
        panels = [(p.width_mm, p.height_mm) for p in geometry.panels]
        expected = panels * len(sizes) if FORMATS[job.order.format].flows else panels
        assert len(sizes) == len(expected), job.name
        for size, panel in zip(sizes, expected, strict=True):
            assert size == pytest.approx(panel, abs=0.05), job.name


def test_office_sides_have_the_size_of_the_sheet(built: dict[str, tuple[Job, Made]]) -> None:
    for job, content in pdfs(built, "office"):
        width, height = SHEETS[job.order.paper]
        wanted = (height, width) if FORMATS[job.order.format].folded else (width, height)
        with pikepdf.open(io.BytesIO(content)) as pdf:
            assert len(pdf.pages) == 2, job.name
            for page in pdf.pages:
                size = tuple(float(v) / MM for v in page.mediabox)[2:]
                assert size == pytest.approx(wanted, abs=0.05)
            flip = "Short" if FORMATS[job.order.format].folded else "Long"
            assert pdf.Root.ViewerPreferences.Duplex == f"/DuplexFlip{flip}Edge"
            assert pdf.Root.ViewerPreferences.PrintScaling == "/None"


def test_nothing_is_printed_in_the_outer_margin_of_office_sides(
    built: dict[str, tuple[Job, Made]],
) -> None:
    scale = 2.0
    for job, content in pdfs(built, "office"):
        with pypdfium2.PdfDocument(content) as pdf:
            for page in pdf:
                picture = page.render(scale=scale).to_pil().convert("L")
                edge = int(OFFICE_MARGIN_MM * MM * scale) - 1
                inner = (edge, edge, picture.width - edge, picture.height - edge)
                picture.paste(255, inner)
                assert picture.getextrema() == (255, 255), job.name


def test_order_of_panels_on_the_imposed_sheet(built: dict[str, tuple[Job, Made]]) -> None:
    """Outside: flap, back, cover. Inside: the three inside panels from left to right."""
    for job, content in pdfs(built, "office"):
        if job.order.format != "letter-fold":
            continue
        geometry = FORMATS["letter-fold"].geometry[job.order.paper]
        screen = built[job.path.replace("office", "screen")][1].content
        panels = [set(re.findall(r"\w{4,}", text)) for text in page_texts(screen)]
        with pypdfium2.PdfDocument(content) as pdf:
            for page, side in zip(pdf, ((1, 5, 0), (2, 3, 4)), strict=True):
                x = 0.0
                for index in side:
                    width = geometry.panels[index].width_mm * MM
                    words = page.get_textpage().get_text_bounded(x, 0, x + width, page.get_height())
                    assert panels[index] <= set(re.findall(r"\w{4,}", words)), (job.name, index)
                    x += width
                assert x == pytest.approx(page.get_width(), abs=0.1)


def test_all_fonts_are_bundled_embedded_and_subset(built: dict[str, tuple[Job, Made]]) -> None:
    for job, made in built.values():
        if job.order.medium == "web":
            continue
        names = []
        with pikepdf.open(io.BytesIO(made.content)) as pdf:
            for item in pdf.objects:
                if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
                    names.append(str(item.FontName))
                    assert "/FontFile2" in item or "/FontFile3" in item
        assert names, job.name
        for name in names:
            assert re.fullmatch(r"/[A-Z]{6}\+Atkinson-Hyperlegible-Next.*", name), name


def test_screen_files_are_tagged_and_say_what_they_are(
    built: dict[str, tuple[Job, Made]],
) -> None:
    for job, content in pdfs(built, "screen"):
        with pikepdf.open(io.BytesIO(content)) as pdf:
            assert pdf.Root.MarkInfo.Marked is True
            assert str(pdf.Root.Lang) == "en"
            assert pdf.Root.ViewerPreferences.DisplayDocTitle is True
            assert str(pdf.docinfo["/Title"]) == job.edition.leaflet.facts.title
            assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"
            with pdf.open_metadata() as metadata:
                assert metadata["pdfuaid:part"] == "1"
                assert metadata["pdfaid:part"] == "2"
                assert metadata["pdfaid:conformance"] == "A"
            flags = [int(a.F) for page in pdf.pages for a in page.get("/Annots", ())]
            assert flags and all(flag & 4 for flag in flags)
            kinds = {str(item.S) for item in pdf.objects if isinstance(item, pikepdf.Dictionary)
                     and item.get("/Type") == "/StructElem"}  # fmt: skip
        assert {"/H1", "/H2", "/P", "/L", "/LI", "/Link", "/Figure"} <= kinds, job.name
        if job.order.format != "letter-fold":
            assert {"/Table", "/TH", "/TD"} <= kinds


def test_each_page_says_draft(built: dict[str, tuple[Job, Made]]) -> None:
    for job, made in built.values():
        if job.order.medium == "web":
            text = made.content.decode()
            assert text.count("DRAFT") >= 2 and "not clinically reviewed" in text
            continue
        for number, text in enumerate(page_texts(made.content), 1):
            assert re.search(r"DRAFT, not clinically reviewed|This is a draft", text), (
                job.name,
                number,
            )


def test_the_pale_word_stands_behind_every_page(built: dict[str, tuple[Job, Made]]) -> None:
    for job, content in pdfs(built, "screen"):
        with pypdfium2.PdfDocument(content) as pdf:
            for page in pdf:
                colours = page.render(scale=1.0).to_pil().convert("RGB").getcolors(1 << 20)
                pale = sum(count for count, colour in colours or () if colour == (230, 230, 230))
                assert pale > 300, job.name


def test_phone_numbers_of_the_clinic_and_region_are_on_every_leaflet(
    built: dict[str, tuple[Job, Made]],
) -> None:
    for job, made in built.values():
        clinic, region = job.edition.clinic, job.edition.region
        if job.order.medium == "web":
            text = html.unescape(made.content.decode())
        else:
            text = " ".join(page_texts(made.content))
        text = re.sub(r"\s+", " ", text).replace("\ufffe", "-").replace("\x02", "-")
        numbers = [clinic.phone, region.emergency_number, *(x.phone for x in region.lines.values())]
        for number in numbers:
            assert number in text, (job.name, number)


def test_two_clinics_differ_in_branded_places_and_nowhere_else(
    built: dict[str, tuple[Job, Made]],
) -> None:
    """With each clinic's own words taken out, what is left of the text is the same."""
    texts = {}
    for slug in ("river-bend", "hollin-lane"):
        job, made = built[f"{slug}/en/kratom-opioid-withdrawal.html"]
        main = made.content.decode().partition("<main")[2].partition('<nav class="contents"')[0]
        words = re.sub(r"<[^>]*>", " ", main)
        for value in (job.edition.region.emergency_number, *job.edition.region.words.values()):
            words = words.replace(value, "@")
        texts[slug] = words.split()
    assert texts["river-bend"] == texts["hollin-lane"]


def test_us_words_stay_in_the_us(built: dict[str, tuple[Job, Made]]) -> None:
    for job, made in built.values():
        text = (made.content.decode() if job.order.medium == "web"
                else " ".join(page_texts(made.content)))  # fmt: skip
        other = ("999", "NHS 111", "diarrhoea") if job.order.clinic == "river-bend" else (
            "911", "988", "diarrhea")  # fmt: skip
        for word in other:
            assert word not in re.sub(r"data:[^\"']*|<[^>]*>|<style>.*?</style>", " ", text), word


def test_the_web_page_stands_alone(built: dict[str, tuple[Job, Made]]) -> None:
    for job, made in built.values():
        if job.order.medium != "web":
            continue
        text = made.content.decode()
        for address in re.findall(r'(?:src|srcset|url)\s*[=(]\s*["\']?([^"\')\s]+)', text):
            assert address.startswith("data:"), address
        assert "<script" not in text
        assert text.startswith('<!DOCTYPE html>\n<html lang="en"')
        ids = re.findall(r'\bid="([^"]+)"', text)
        assert len(ids) == len(set(ids))
        for target in re.findall(r'href="#([^"]+)"', text):
            assert target in ids, target
        levels = [int(level) for level in re.findall(r"<h([1-6])", text)]
        assert levels[0] == 1 and levels.count(1) == 1
        assert all(b <= a + 1 for a, b in pairwise(levels))


def test_same_build_gives_same_bytes(library: Library, built: dict[str, tuple[Job, Made]]) -> None:
    plan = make_plan(library, Selection(formats=("letter-fold",), clinics=("river-bend",)), TODAY)
    again: dict[str, Outcome] = {}
    workers = Workers()
    try:
        workers.run(plan.jobs, lambda job, outcome: again.update({job.path: outcome}))
    finally:
        workers.close()
    for path, outcome in again.items():
        assert isinstance(outcome, Made)
        assert outcome.content == built[path][1].content, path
