"""From a printed line back to its line in the file, and a draft that is set without being saved."""

import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import TODAY
from studio_client import desk_of

from foldwell.build.drafts import draft_clinics, draft_leaflet
from foldwell.build.page_pictures import Line, Sheet
from foldwell.content.library import Library, read_library
from foldwell.errors import Mistakes
from foldwell.studio.desk import Desk
from foldwell.studio.previewing import passages, places

TEXT = """---
title: Sleep
---

## Go to bed early

Call {{ clinic.phone }} if you cannot sleep at all,
or write to us.

- No coffee after noon.
- No screens in bed.
"""
LEAFLET = "content/leaflets/sleep/en.md"


def test_passages_are_known_by_their_first_line() -> None:
    assert [line for line, *_ in passages(TEXT)] == [2, 5, 7, 10, 11]


@pytest.mark.parametrize(
    ("printed", "line"),
    [("Go to bed early", 5), ("cannot sleep at all, or write", 7), ("• No screens in bed.", 11),
     ("Riverside Clinic, 1 River Road", 0), ("•", 0)],
)  # fmt: skip
def test_a_printed_line_finds_its_passage(printed: str, line: int) -> None:
    sheet = Sheet(b"", (100, 200), (Line(printed, (0, 0, 1, 0.1)),))
    assert [at for at, _ in places(TEXT, [sheet])[0]] == ([line] if line else [])


def test_a_few_words_are_of_the_passage_that_they_stand_beside() -> None:
    printed = ["No screens", "in bed", "bed", "Go to bed early", "bed", "Riverside Clinic", "bed"]
    sheet = Sheet(b"", (1, 1), tuple(Line(words, (0, 0, 1, 1)) for words in printed))
    found = [(line, one.text) for line, one in places(TEXT, [sheet])[0]]
    assert found == [
        (11, "No screens"), (11, "in bed"), (11, "bed"), (5, "Go to bed early"), (5, "bed"),
    ]  # fmt: skip


def test_a_draft_is_read_by_the_same_door(library: Library) -> None:
    text = (library.root / LEAFLET).read_text()
    assert draft_leaflet(library, "sleep", "en", text) == library.leaflets["sleep"]["en"]
    with pytest.raises(Mistakes, match=r"content/leaflets/sleep/en\.md:"):
        draft_leaflet(library, "sleep", "en", text.replace("title:", "titel:", 1))


def test_a_draft_of_a_clinic_takes_facts_from_its_parent(library: Library) -> None:
    found = draft_clinics(library, "night", "name: Night\nparent: riverside\n")
    assert str(found.clinics["night"].phone) == "0113 496 0142"
    assert not (library.root / "content/clinics/night.yml").exists()


def test_a_draft_of_a_clinic_reads_no_more_of_others_than_a_build_does(project: Path) -> None:
    library = read_library(project, TODAY)
    for name in ("clinics/huge.yml", "clinics.csv"):
        with (project / "content" / name).open("wb") as file:
            file.truncate(64 * 2**20)
    tracemalloc.start()
    try:
        found = draft_clinics(library, "night", "name: Night\nparent: riverside\n")
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert str(found.clinics["night"].phone) == "0113 496 0142"
    assert most < 32 * 2**20


@pytest.fixture
def desk(project: Path) -> Iterator[Desk]:
    desk = desk_of(project)
    yield desk
    desk.close()


def test_a_draft_is_set_and_not_saved(desk: Desk) -> None:
    library = desk.shelf.book.library
    before = (desk.root / LEAFLET).read_text()
    wanted = ("riverside", "a4", "screen")
    asked = desk.previewer.preview
    made = asked(library, ("sleep", "en"), before + "\nOne more.\n", wanted)
    assert made is not None and made.errors == ()
    assert any("One more." in line.text for page in made.pages for line in page.lines)
    page = desk.previewer.page(made.pages[0].digest)
    assert page is not None and page.startswith(b"\x89PNG")
    wrong = asked(library, ("sleep", "en"), before + "\n/// nonsense\n///\n", wanted)
    assert wrong is not None and "nonsense" in wrong.errors[0][1]
    assert asked(library, ("sleep", "en"), before, wanted, ("tab", 2)) is not None
    assert asked(library, ("sleep", "en"), before, wanted, ("tab", 1)) is None  # overtaken
    assert (desk.root / LEAFLET).read_text() == before
    assert desk.today() == TODAY
