"""The reviewer's pack holds every line, who stands behind it, and the code that approves it."""

import datetime
import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
from conftest import TODAY

from foldwell.build.approving import code_of, wordings
from foldwell.build.review import checklists, review_lines, review_pack
from foldwell.content.edition import make_edition
from foldwell.content.library import Library, read_library
from foldwell.rules import RULES

PATH = "content/leaflets/sleep/en.md"


def test_lines_have_their_numbers_sources_and_regions(library: Library) -> None:
    sleep = library.leaflets["sleep"]["en"]
    text = (
        "## Rest\n\nSleep heals wounds [@nhs2024]. Sleep is long.\n\n"
        "/// only | region: uk\nCall us today.\n///\n"
    )
    sleep = replace(sleep, text=text, first_line=10)
    edition = make_edition(library, sleep, "riverside", TODAY)
    clinic = edition.clinic.model_copy(update={"region": "us"})
    region = edition.region.model_copy(update={"name": "United States"})
    abroad = replace(edition, clinic=clinic, region=region)
    lines = review_lines([edition, abroad])
    assert [(line.number, line.text, line.only, line.wanting) for line in lines] == [
        (10, "Rest", "", False),
        (12, "Sleep heals wounds.", "", False),
        (12, "Sleep is long.", "", True),
        (15, "Call us today.", edition.region.name, False),
    ]
    assert lines[0].sort == "heading"
    assert [source.split(":")[0] for source in lines[1].sources] == ["nhs2024"]


def test_the_pack_holds_what_is_to_be_read_decided_and_signed(project: Path) -> None:
    text = (project / PATH).read_text()
    text = text.replace("\n---\n", "\nfor_the_reviewer: [Is 8 hours enough?]\n---\n", 1)
    (project / PATH).write_text(
        f"{text}\nMelatonin is a hormone.\n\nTake 2 mg of melatonin at night.\n"
    )
    library = read_library(project, TODAY)
    leaflet = library.leaflets["sleep"]["en"]
    content = review_pack(project, library, leaflet, datetime.date(2026, 2, 1))
    with pypdfium2.PdfDocument(content) as pdf:
        words = " ".join(page.get_textpage().get_text_range() for page in pdf)
    words = " ".join(words.split())
    for said in (
        code_of(wordings(library, leaflet)),
        "Is 8 hours enough? Decision",
        "Get up at the same time each day.",
        "Take 2 mg of melatonin at night.",
        "Melatonin is a hormone. a source is missing",
        "2 mg",
        "T17",
        "Signature",
        "Nothing here is a mark or a certificate.",
    ):
        assert said in words, said
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert pdf.Root.MarkInfo.Marked and pdf.Root.Lang == "en"


def test_the_questions_name_rules_that_there_are() -> None:
    lists = checklists()
    assert len(lists) == 4 and all(len(each.items) >= 7 for each in lists)
    named = {rule for each in lists for item in each.items for rule in item.rules}
    assert named and named <= set(RULES)
