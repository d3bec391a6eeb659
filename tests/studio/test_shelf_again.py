"""What is read and planned again when a file changes is what reading all of it anew would give."""

import csv
import os
import shutil
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from conftest import BASE, TODAY

from foldwell.build.job import Job
from foldwell.build.known import Known
from foldwell.content.library import Library, read_library
from foldwell.studio.shelf import Book, Shelf

CLINIC = "content/clinics/riverside.yml"
ROSTER = "content/clinics.csv"
HEADINGS = "Name;Address;Postcode;Telephone;Region;Brand;Tags;Nation".split(";")
ROWS = [
    [
        "Elm Practice",
        "1 High Street, Leedham",
        "LS1 9AA",
        "0113 496 0001",
        "uk",
        "",
        "evenings",
        "",
    ],
    ["Oak Practice", "2 High Street, Leedham", "LS2 9AA", "0113 496 0002", "uk", "", "", ""],
    ["Ash Practice", "3 High Street, Leedham", "LS3 9AA", "0113 496 0003", "", "", "", ""],
]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The sound project with a roster beside its one clinic, for two media."""
    root = Path(
        shutil.copytree(BASE, tmp_path / "project", ignore=shutil.ignore_patterns("output"))
    )
    settings = root / "content/build.yml"
    settings.write_text(settings.read_text().replace("[screen]", "[screen, press]"))
    write(root, [HEADINGS, *ROWS])
    return root


def write(root: Path, rows: list[list[str]]) -> None:
    with (root / ROSTER).open("w", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)


def cell(row: int, heading: str, value: str) -> Callable[[Path], None]:
    """Write something into a cell of the roster."""

    def change(root: Path) -> None:
        rows = [[*one] for one in ROWS]
        rows[row][HEADINGS.index(heading)] = value
        write(root, [HEADINGS, *rows])

    return change


def replaced(path: str, old: str, new: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        text = (root / path).read_text()
        assert old in text
        (root / path).write_text(text.replace(old, new, 1))

    return change


FACTS: dict[str, Callable[[Path], None]] = {
    "a phone": cell(0, "Telephone", "0113 496 0777"),
    "a name": replaced(CLINIC, "name: ", "name: New "),
    "a phone in a file": replaced(CLINIC, "0142", "0188"),
    "an address": cell(2, "Address", "30 Low Street, Leedham"),
    "nothing that is printed": replaced(CLINIC, "name: ", "# Asked in May.\nname: "),
}
"""What is read again without the rest of the project."""
MORE: dict[str, Callable[[Path], None]] = {
    "a name of the roster, and so its files": cell(1, "Name", "Beech Practice"),
    "a tag that was nowhere": cell(1, "Tags", "prescribes-methadone"),
    "a region that was not named": cell(1, "Region", "us"),
    "a nation that its region has not": cell(0, "Nation", "scotland"),
    "a phone that is none": cell(0, "Telephone", "0113"),
    "a clinic more": lambda root: write(root, [HEADINGS, *ROWS, ["Yew", *ROWS[0][1:]]]),
    "a clinic less": lambda root: write(root, [HEADINGS, *ROWS[1:]]),
    "no roster": lambda root: (root / ROSTER).unlink(),
    "a text for leaflets": replaced(CLINIC, "name: ", "variables: {parking: none}\nname: "),
    "a leaflet": replaced("content/leaflets/sleep/en.md", "# ", "# New: "),
    "the settings": replaced("content/build.yml", "[screen, press]", "[office]"),
}


def told(book: Book) -> tuple[Any, ...]:
    """All that the pages of the studio and the builder take from a book."""
    plan = book.plan
    return {job.path: of(job) for job in plan.jobs}, {*plan.left_out}, [*map(str, plan.broken)]


def of(job: Job) -> tuple[Any, ...]:
    # A job that stayed may name what is equal; what its words hang on is in its parts.
    return job.order, job.depends, job.stamp, job.edition.words_hash, job.edition.clinic


def read(library: Library) -> dict[str, Any]:
    plain = {one.name for one in fields(Library)} - {"pictures", "families"}
    found = {name: getattr(library, name) for name in plain}
    families = library.families
    return found | {
        "broken": {path: [*map(str, wrong)] for path, wrong in library.broken.items()},
        "families": (families.clinics, families.parents, families.broken.keys()),
    }


@pytest.mark.parametrize("kind", [*FACTS, *MORE])
def test_a_change_is_read_as_all_of_it_would_be(
    kind: str, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = Shelf(root, lambda: TODAY)
    before = shelf.book
    drafts = {path: of(job) for path, job in shelf.proofs.items()}
    assert before.jobs and not before.library.broken
    wholly: list[Path] = []

    def noted(root: Path, *arguments: Any) -> Library:
        wholly.append(root)
        return read_library(root, *arguments)

    monkeypatch.setattr("foldwell.studio.shelf.read_library", noted)
    (FACTS | MORE)[kind](root)
    after = shelf.book
    assert bool(wholly) == (kind in MORE)
    anew = Shelf(root, lambda: TODAY)
    assert told(after) == told(anew.book)
    assert read(after.library) == read(anew.book.library)
    found = {path: of(job) for path, job in shelf.proofs.items()}
    assert found == {path: of(job) for path, job in anew.proofs.items()}
    if "phone" in kind and kind in FACTS:
        assert told(after) != told(before) and found != drafts


def test_only_the_jobs_of_the_clinic_are_planned_again(root: Path) -> None:
    shelf = Shelf(root, lambda: TODAY)
    before = shelf.book
    FACTS["a phone"](root)
    after = shelf.book
    same = {path for path, job in after.by_path.items() if job is before.by_path[path]}
    assert {path.split("/")[0] for path in after.by_path.keys() - same} == {"elm-practice"}
    FACTS["a phone"](root)
    assert shelf.book is after  # written again, with nothing changed


def test_two_changes_within_one_tick_of_the_clock_are_two(root: Path) -> None:
    """Their size and times are the same, so that only what stands in the file tells."""
    shelf, file = Shelf(root, lambda: TODAY), root / CLINIC
    before, facts = shelf.book, file.stat()
    text = file.read_text()
    file.write_text(text.replace("0142", "0188"))
    os.utime(file, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    after = shelf.book
    assert after.library.clinics["riverside"] != before.library.clinics["riverside"]


def test_foldwell_itself_is_looked_at_now_and_then(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked, shelf = list[Known](), Shelf(root, lambda: TODAY)

    def touched(known: Known) -> bool:
        looked.append(known)
        return False

    monkeypatch.setattr("foldwell.build.known.is_itself", touched)
    before = shelf.known()
    monkeypatch.setattr("foldwell.studio.shelf.ITSELF_S", 1000)
    FACTS["a phone"](root)
    assert shelf.known().digest != before.digest  # the content is looked at each time
    assert not looked
    monkeypatch.setattr("foldwell.studio.shelf.ITSELF_S", 0)
    shelf.known()
    assert len(looked) == 1
