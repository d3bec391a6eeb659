"""What changed in the words of a leaflet is told by sentences, numbers first."""

import io
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner
from conftest import TODAY
from PIL import Image
from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

from foldwell.build.changed_pages import pairs
from foldwell.build.compared_editions import compared, sheet_values
from foldwell.build.differing import Change, FactChange, changed_facts, changes, report
from foldwell.cli import cli
from foldwell.content.clinic import Clinic
from foldwell.content.edition import Edition, make_edition
from foldwell.content.library import Library, read_library
from foldwell.typeset.change_sheet import change_sheet
from foldwell.typeset.engine import typeset
from foldwell.typeset.page_source import PageSource

PATH = "content/leaflets/sleep/en.md"


@pytest.fixture
def says(library: Library) -> Callable[[str], Edition]:
    """An edition that says some words."""

    def made(text: str) -> Edition:
        leaflet = replace(library.leaflets["sleep"]["en"], text=text, first_line=1)
        return make_edition(library, leaflet, "riverside", TODAY)

    return made


def test_numbers_come_first(says: Callable[[str], Edition]) -> None:
    before = says("## Rest\n\nGo to bed early. Rest well.\n\n## Dose\n\nTake 8 tablets a day.")
    after = says("## Rest\n\nGo to bed late. Rest well.\n\n## Dose\n\nTake 6 tablets a day.")
    first, second = changes(before, after)
    assert first == Change("Dose", "Take 8 tablets a day.", "Take 6 tablets a day.", 7)
    assert first.numbers and first.marked() == "Take [-8-] {+6+} tablets a day."
    assert second.marked() == "Go to bed [-early.-] {+late.+}" and not second.numbers
    assert report([first, second]).split("\n") == [
        "NUMBERS: Dose",
        "  line 7: Take [-8-] {+6+} tablets a day.",
        "Rest",
        "  line 3: Go to bed [-early.-] {+late.+}",
        "2 changes, 1 of numbers.",
    ]


def test_what_is_new_and_what_is_gone(says: Callable[[str], Edition]) -> None:
    before, after = says("One stays here. It goes away."), says("New is this one. One stays here.")
    assert {(change.before, change.after) for change in changes(before, after)} == {
        ("", "New is this one."), ("It goes away.", ""),
    }  # fmt: skip
    assert report(changes(before, before)) == "No word changed."


def test_marks_and_lines_are_no_words(says: Callable[[str], Edition]) -> None:
    assert changes(says("Rest **well** and\nlong."), says("\nRest well\nand *long*.")) == []


def test_facts_of_a_clinic_that_it_prints_are_told_numbers_first(
    says: Callable[[str], Edition],
) -> None:
    was = says("Call {{ clinic.phone }}.")
    facts = {"phone": "0113 496 0199", "address": "2 High Street, Leedham", "fax": "0113 496 0100"}
    clinic = Clinic.model_validate({**was.clinic.model_dump(), **facts}, context="GB")
    found = changed_facts(was, replace(was, clinic=clinic))
    phone = FactChange("riverside", "clinic.phone", str(was.clinic.phone), "0113 496 0199")
    assert phone in found
    assert "FACT riverside, clinic.phone: 0113 496 0142 → 0113 496 0199" in report([], found)
    assert changed_facts(was, was) == []


CSS = "@page { size: 150pt 150pt; margin: 20pt } section { break-after: page } p { margin: 0 }"


def drawn(*pages: str, css: str = "") -> bytes:
    """A PDF with a page for each text."""
    text = "".join(f"<section><p>{words}</p></section>" for words in pages)
    return typeset(PageSource(f"<body>{text}</body>", (CSS + css,), (), False)).write()


def colours(png: bytes | None) -> set[object]:
    assert png is not None
    with Image.open(io.BytesIO(png)) as picture:
        return {colour for _, colour in picture.getcolors(99999) or ()}


def test_what_differs_is_framed_on_both_pages() -> None:
    was, now = ("Take 8 tablets", "Rest well."), ("Take 6 tablets", "Rest well.", "And more.")
    first, second, third = pairs(drawn(*was), drawn(*now))
    assert (first.gone, first.new, first.changed) == (1, 1, True)
    assert (second.gone, second.new, second.changed) == (0, 0, False)
    assert third.before is None and third.new == 2 and third.changed
    gone, new = (163, 22, 31), (0, 92, 69)
    assert gone in colours(first.before) and new in colours(first.after)
    assert not {gone, new} & (colours(second.before) | colours(second.after))


def test_another_look_without_another_word_is_framed_too() -> None:
    plain, ruled = drawn("Rest."), drawn("Rest.", css="section { border-bottom: 5pt solid }")
    (pair,) = pairs(plain, ruled)
    assert pair.looks and pair.changed and not pair.gone
    (same,) = pairs(ruled, ruled)
    assert not same.changed


def test_as_somebody_types_it(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOLDWELL_PROJECT", str(project))

    def git(*words: str) -> None:
        identity = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        subprocess.run(["git", *identity, *words], cwd=project, check=True, capture_output=True)

    def run(*words: str) -> str:
        done = CliRunner().invoke(cli, words, standalone_mode=False)
        return str(done.exception) if done.exception else done.output

    assert "Name a revision of git" in run("diff", "sleep")
    git("init", "-q")
    git("add", "content")
    git("commit", "-qm", "One")
    text = (project / PATH).read_text()
    (project / PATH).write_text(text.replace("same time", "best time"))
    told = run("diff", "sleep")
    assert "Get up at the [-same-] {+best+} time each day." in told
    assert told.endswith("2 changes, 0 of numbers.\n")
    git("commit", "-qam", "Two")
    assert run("diff", "sleep", "HEAD~1") == told
    assert run("diff", "sleep") == "No word changed.\n"
    (project / "old.md").write_text(text)
    assert run("diff", "sleep", "old.md", "HEAD~1") == "No word changed.\n"
    clinic = project / "content/clinics/riverside.yml"
    clinic.write_text(clinic.read_text().replace("0113 496 0142", "0113 496 0199"))
    told = run("diff", "sleep")
    assert "FACT riverside, clinic.phone: 0113 496 0142 → 0113 496 0199" in told
    library = read_library(project, TODAY)
    now = library.leaflets["sleep"]["en"]
    (project / PATH).write_text((project / PATH).read_text().replace("best time", "odd time"))
    new = read_library(project, TODAY)
    edition = make_edition(new, new.leaflets["sleep"]["en"], "riverside", TODAY).id
    git("commit", "-qam", "Three")
    git("tag", "third")
    (project / PATH).write_text(text)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1769947200")
    assert "[-odd-] {+same+}" in run("diff", "sleep", edition)
    assert "No revision of git is the edition" in run("diff", "sleep", "0000-0000")
    assert now.slug == "sleep"
    assert "is no revision" in run("diff", "sleep", "--", "--output=x")
    assert "There is no" in run("diff", "sleep", "no-such-tag")


def test_a_page_and_a_pdf_show_pages_side_by_side(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOLDWELL_PROJECT", str(project))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1769947200")
    old = project / "old.md"
    old.write_text((project / PATH).read_text())
    (project / PATH).write_text(old.read_text().replace("same time", "best time"))
    page = project / "changes.html"
    done = CliRunner().invoke(
        cli, ["diff", "sleep", "old.md", "--form", "html", "--to", str(page), "--format", "a6"],
        standalone_mode=False, catch_exceptions=False,
    )  # fmt: skip
    assert done.output.startswith(f"Wrote {page}: 2 changes")
    text = page.read_text()
    assert "<del>same</del> <ins>best</ins>" in text and "Riverside Clinic, a6" in text
    assert text.count("data:image/png;base64,") == 2 and "http" not in text.split("<body>")[1]
    library = read_library(project, TODAY)
    leaflet = library.leaflets["sleep"]["en"]
    was = replace(leaflet, text=leaflet.text.replace("best", "same"))
    found = compared((library, was), (library, leaflet), "", TODAY)
    parts = [("Riverside Clinic, a6", pairs(drawn("a"), drawn("b")), ["A note."])]
    values, pictures = sheet_values(found, ("HEAD", "now"), "2 changes", parts)
    with pypdfium2.PdfDocument(change_sheet(values, pictures)) as pdf:
        said = " ".join(" ".join(p.get_textpage().get_text_range().split()) for p in pdf)
        drawings = sum(1 for p in pdf for o in p.get_objects() if o.type == FPDF_PAGEOBJ_IMAGE)
    assert "Page 1: 1 word gone, 1 new" in said and "A note." in said and drawings == 2
