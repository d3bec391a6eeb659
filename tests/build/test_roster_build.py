"""Three hundred clinics in one spreadsheet: mistakes, what is planned, what a change makes."""

import datetime
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from foldwell.build.events import Built, Failed
from foldwell.build.impact import touched_by
from foldwell.build.job import Selection
from foldwell.build.plan import make_plan
from foldwell.build.request import Request
from foldwell.build.workers import Workers
from foldwell.content.library import read_library
from foldwell.project import Project

ROOT = Path(__file__).resolve().parents[2]
TODAY = datetime.date(2026, 11, 28)
HEAD = "Name;Address;Postcode;Telephone;Opening hours;Web;Email;Region;Brand;Parent;Tags"
PLANTED: tuple[tuple[str, str, str], ...] = (
    ("D", "Telephone", ""),
    ("D", "Telephone", "0113 49"),
    ("D", "Telephone", "0113 496 0100 999"),
    ("D", "Telephone", "1.13496E+09"),
    ("D", "Telephone", "113496010"),
    ("D", "Telephone", "ask reception"),
    ("D", "Telephone", "#N/A"),
    ("D", "Telephone", "+999 1234567"),
    ("A", "Name", ""),
    ("A", "Name", "Espa\ufffdola"),
    ("A", "Name", "CafÃ© Surgery"),
    ("A", "Name", "Sleepy 😴 Surgery"),
    ("A", "Name", "Up\u202eside Surgery"),
    ("E", "Opening hours", "Mon 17:00-9:00"),
    ("E", "Opening hours", "Mon-Fri 2-5"),
    ("E", "Opening hours", "sometimes"),
    ("E", "Opening hours", "Fri-Mon 9-5"),
    ("F", "Web", "javascript:alert(1)"),
    ("F", "Web", "not an address"),
    ("G", "Email", "nobody"),
    ("H", "Region", "Atlantis"),
    ("I", "Brand", "hollin-lan"),
    ("J", "Parent", "Nowhere Trust"),
    ("A", "Name", "Practice 000"),  # which stands in the first row
    ("B", "Address", "1, 2, 3, 4, 5, 6, 7, 8"),
)
"""Column, heading and cell of each mistake; one row has one of them."""


def cells_of(number: int) -> dict[str, str]:
    values = (
        f"Practice {number:03}", f"{number} High Street, Leedham", f"LS{number % 90 + 1} 9AA",
        f"0113 496 {number:04}", "Mon-Fri 8-18:30", f"p{number}.example.org",
        f"p{number}@example.org", "uk", "hollin-lane", "", "",
    )  # fmt: skip
    return dict(zip(HEAD.split(";"), values, strict=True))


def table(rows: list[dict[str, str]]) -> str:
    lines = (
        ";".join(f'"{cell}"' if ";" in cell else cell for cell in row.values()) for row in rows
    )
    return "\n".join([HEAD, *lines, ""])


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped brands and regions and one leaflet, as A4 for the screen and as a web page."""
    root = tmp_path_factory.mktemp("roster")
    for name in ("brands", "regions", "references.json", "leaflets/safe-storage"):
        source, to = ROOT / "content" / name, root / "content" / name
        to.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if source.is_dir() else shutil.copy)(source, to)
    (root / "content/build.yml").write_text("runs:\n  - formats: {a5: [screen]}\n")
    return root


def test_of_three_hundred_rows_the_good_ones_are_planned(project: Path) -> None:
    rows = [cells_of(number) for number in range(300)]
    where = [12 * (number + 1) - 1 for number in range(len(PLANTED))]
    for at, (_, heading, cell) in zip(where, PLANTED, strict=True):
        rows[at][heading] = cell
        if cell == "Practice 000":
            rows[at] = dict(rows[0])
    (project / "content/clinics.csv").write_text(table(rows))
    library = read_library(project, TODAY)
    told = [str(error) for errors in library.broken.values() for error in errors]
    expected = {
        f"content/clinics.csv: row {at + 2}, column {column} ({heading})"
        for at, (column, heading, _) in zip(where, PLANTED, strict=True)
    }
    assert {": ".join(line.split(": ")[:2]) for line in told} == expected
    assert len(told) == len(PLANTED) == 25
    assert len(library.clinics) == 275
    plan = make_plan(library, Selection(), TODAY)
    assert len({job.order.clinic for job in plan.jobs}) == 275 and len(plan.jobs) == 550
    assert sorted(map(str, plan.broken)) == sorted(told)


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    workers = Workers(1)
    yield workers
    workers.close()


def build(project: Path, workers: Workers) -> dict[str, str]:
    """The files that were made, each with why."""
    with Project(project, project / "output") as held:
        plan = held.plan(Request(today=TODAY), workers)
        assert not plan.broken
        events = list(plan.build(workers))
    assert not [event for event in events if isinstance(event, Failed)]
    return {event.path: event.why for event in events if isinstance(event, Built)}


def pages(folder: Path) -> dict[str, list[str]]:
    found = {}
    for path in sorted(folder.rglob("*.pdf")):
        with pypdfium2.PdfDocument(path) as document:
            found[str(path.relative_to(folder))] = [
                page.get_textpage().get_text_range() for page in document
            ]
    return found


def without(text: str, *words: str) -> str:
    for word in words:
        text = re.sub(re.escape(word).replace(r"\ ", r"\s"), "", text)
    return re.sub(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b", "", text)


def test_one_changed_phone_makes_the_files_that_were_named(project: Path, workers: Workers) -> None:
    rows = [cells_of(number) for number in range(3)]
    roster, output = project / "content/clinics.csv", project / "output"
    roster.write_text(table(rows))
    build(project, workers)
    before = pages(output)
    named = {
        path
        for edition in touched_by(read_library(project, TODAY), TODAY, "phone", "practice-001")
        for path in edition.files
    }
    assert named == {f"practice-001/en/safe-storage{e}" for e in ("-a5-screen.pdf", ".html")}
    rows[1]["Telephone"] = "0113 496 0999"
    roster.write_text(table(rows))
    assert build(project, workers) == dict.fromkeys(named, "changed: clinic (phone)")
    after = pages(output)
    changed = {path for path in before if before[path] != after[path]}
    assert changed == {path for path in named if path.endswith(".pdf")}
    for path in changed:
        for old, new in zip(before[path], after[path], strict=True):
            assert without(old, "0113 496 0001") == without(new, "0113 496 0999")
        assert "0113 496 0999" in re.sub(r"\s", " ", "".join(after[path]))


def test_a_new_name_is_told_once(project: Path, workers: Workers) -> None:
    def tidied() -> list[str]:
        with Project(project, project / "output") as held:
            lines = held.plan(Request(today=TODAY), workers).tidied
        return [line for line in lines if "is called" in line]

    rows = [cells_of(number) for number in range(3)]
    roster = project / "content/clinics.csv"
    roster.write_text(table(rows))
    assert tidied() == []
    rows[2]["Name"] = "Another Name"
    rows[0]["Name"], rows[0]["Telephone"] = "Practise 000", "0113 496 0555"
    rows.reverse()
    roster.write_text(table(rows))
    told = tidied()
    assert [line.split(":")[0] for line in told] == [
        "The clinic 'practice-002' is called 'another-name' now",
        "The clinic 'practice-000' is called 'practise-000' now",
    ]
    assert tidied() == []
    del rows[1]
    roster.write_text(table(rows))
    assert tidied() == []
