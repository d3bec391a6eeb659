"""Which files are made again: those that something changed for, and no others."""

from __future__ import annotations

import datetime
import errno
import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from faults import stub
from faults.projects import LOGO, leaflet, make_project, memory_folder, write
from faults.sequences import run_real_sequence, run_sequence
from faults.world import REVIEW_DUE, World

from foldwell.build import freshness, known, worker
from foldwell.build.freshness import check_files, judge, seen_now, stale_files
from foldwell.build.inputs import content_hash, signature_of
from foldwell.build.job import Job
from foldwell.build.records import Record, Written
from foldwell.shipped import templates_folder
from foldwell.typeset import compose, templates

LONG = bool(os.environ.get("FOLDWELL_LONG_TESTS"))
SEQUENCES = 2000 if LONG else 200
GROUP = 50
LATER_NS = 2**61
"""Long after any file of these tests was written, so that none of them is young."""
PARTS = {"clinic": "1", "leaflet": "2"}


# One job and its files.


@pytest.fixture
def output(tmp_path: Path) -> Path:
    (tmp_path / "a").mkdir()
    for name in ("x.pdf", "x-ticket.pdf"):
        (tmp_path / "a" / name).write_text(f"the content of {name}")
    return tmp_path


@pytest.fixture
def record(output: Path) -> Record:
    """The record of a job that wrote two files, long ago."""

    def written(path: str) -> Written:
        signature = signature_of(os.lstat(output / path))
        return seen_now(path, content_hash(output / path), signature, LATER_NS)

    return Record(PARTS, "key", (written("a/x.pdf"), written("a/x-ticket.pdf")), "")


def verdict(record: Record | None, output: Path, **parts: str) -> freshness.Verdict:
    return judge({**PARTS, **parts}, record, output, LATER_NS + 2, False)


def test_files_that_are_as_they_were_are_up_to_date(output: Path, record: Record) -> None:
    assert verdict(record, output) == freshness.Verdict("", record=record)


def test_they_are_not_read(output: Path, record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(freshness, "content_hash", lambda path: pytest.fail("was read"))
    assert verdict(record, output).why == ""


def test_force(output: Path, record: Record) -> None:
    assert judge(PARTS, record, output, 0, True) == freshness.Verdict(
        "asked for with --force", record=record
    )


def test_a_job_that_nobody_made(output: Path) -> None:
    assert verdict(None, output) == freshness.Verdict("never built here")


def test_parts_that_changed_are_named(output: Path, record: Record) -> None:
    found = verdict(record, output, leaflet="3", clinic="4")
    assert (found.why, found.compose) == ("changed: clinic, leaflet", True)
    assert found.record == record


def test_a_part_that_was_not_known_before_has_changed(output: Path, record: Record) -> None:
    assert verdict(record, output, newly="5").why == "changed: newly"


def altered(path: Path) -> None:
    facts, content = path.stat(), path.read_bytes()
    path.write_bytes(content.swapcase())
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def replaced_by_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def replaced_by_a_link(path: Path) -> None:
    path.rename(path.with_name("elsewhere"))
    path.symlink_to("elsewhere")


def replaced_by_a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


@pytest.mark.skipif(os.name == "nt", reason="links and pipes")
@pytest.mark.parametrize("name", ["a/x.pdf", "a/x-ticket.pdf"])
@pytest.mark.parametrize(
    "harm", [altered, emptied, replaced_by_a_folder, replaced_by_a_link, replaced_by_a_pipe]
)
def test_a_file_that_was_altered(
    harm: Callable[[Path], None], name: str, output: Path, record: Record
) -> None:
    harm(output / name)
    assert verdict(record, output) == freshness.Verdict(f"'{name}' was altered", record=record)


@pytest.mark.parametrize("name", ["a/x.pdf", "a/x-ticket.pdf"])
def test_a_file_that_is_missing(name: str, output: Path, record: Record) -> None:
    (output / name).unlink()
    assert verdict(record, output) == freshness.Verdict(f"'{name}' is missing", record=record)


def test_a_folder_that_is_missing(output: Path, record: Record) -> None:
    shutil.rmtree(output)
    assert verdict(record, output).why == "'a/x.pdf' is missing"


def test_a_file_that_cannot_be_read_counts_as_altered(
    output: Path, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.utime(output / "a/x.pdf")

    def refuse(*_: object) -> int:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "open", refuse)
    assert verdict(record, output).why == "'a/x.pdf' was altered"


def test_a_touched_file_is_up_to_date_and_remembered(output: Path, record: Record) -> None:
    os.utime(output / "a/x.pdf")
    fresh, why = check_files(record, output, LATER_NS + 1)
    assert why == ""
    assert fresh != record
    assert check_files(fresh, output, LATER_NS + 2) == (fresh, "")


def test_what_is_no_longer_planned() -> None:
    def made(*paths: str) -> Record:
        return Record({}, "", tuple(Written(p, "", (0, 0, 0, 0), 0) for p in paths), "")

    records = {"a": made("a", "a-ticket"), "b": made("b", "b-ticket"), "c": made("c", "a-ticket")}
    assert stale_files(records, ["a"]) == {"b": ["b", "b-ticket"], "c": ["c"]}
    assert stale_files(records, ["a", "b", "c", "d"]) == {}
    assert stale_files({}, ["a"]) == {}


# Each kind of change, with the real composer: just the jobs that depend on it are typeset.

FORMATS = "a4: [screen, office], letter: [screen], letter-fold: [screen]"
ALL = {
    *(f"riverside/en/{leaflet}-{what}" for leaflet in ("sleep", "rest") for what in
      ("a4-screen.pdf", "a4-office.pdf", "letter-fold-screen.pdf")),
    *(f"bayside/en/{leaflet}-{what}" for leaflet in ("sleep", "rest") for what in
      ("letter-screen.pdf", "letter-fold-screen.pdf")),
    *(f"{clinic}/en/{leaflet}.html" for clinic in ("riverside", "bayside")
      for leaflet in ("sleep", "rest")),
}  # fmt: skip
NONE: set[str] = set()


def those(*words: str) -> set[str]:
    """The jobs whose paths hold all of some words."""
    return {path for path in ALL if all(word in path for word in words)}


class Composed(World):
    """A world whose words are composed by the real composer, from a copy of the real templates."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        super().__init__(folder, monkeypatch, compose=_compose)
        shipped = templates_folder()
        shutil.rmtree(self.templates)
        self.templates.mkdir()
        parts = "css parts languages icons citations leaflet.html web.html"
        for part in parts.split():
            there = self.templates / part
            if (shipped / part).is_dir():
                shutil.copytree(shipped / part, there)
            else:
                shutil.copy(shipped / part, there)
        for part in ("fonts/characters.txt", "fonts/regular.ttf", "icc/coated.icc"):
            write(self.templates / part, "x")
        monkeypatch.setattr(templates, "templates_folder", lambda: self.templates)
        build = f"runs:\n  - formats: {{{FORMATS}}}\n"
        make_project(self.root, ("sleep", "rest"), ("riverside", "bayside"), build)

    def forget_templates(self) -> None:
        """What a new process knows of the templates: nothing."""
        for function in (templates.strings, templates.icon_names, templates.icon):
            function.cache_clear()
        templates._read.cache_clear()
        templates._environment.cache_clear()


_compose = worker.compose


@pytest.fixture(scope="module")
def built() -> Iterator[Path]:
    """A world in which all was built."""
    with memory_folder() as folder, pytest.MonkeyPatch.context() as monkeypatch:
        world = Composed(folder, monkeypatch)
        world.forget_templates()
        world.build()
        assert set(world.outputs()) == ALL
        yield folder


@pytest.fixture
def world(built: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Composed]:
    """A copy of it."""
    with memory_folder() as folder:
        world = Composed(folder, monkeypatch)
        for name in ("project", "templates", "foldwell"):
            shutil.rmtree(folder / name)
            shutil.copytree(built / name, folder / name)
        yield world
        world.forget_templates()


def a_word(world: World) -> None:
    path = world.root / "content/leaflets/rest/en.md"
    path.write_text(path.read_text().replace("Advice on rest", "Advice of rest"))


def a_line_end(world: World) -> None:
    path = world.root / "content/leaflets/rest/en.md"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))


def a_phone(world: World) -> None:
    path = world.root / "content/clinics/riverside.yml"
    path.write_text(path.read_text().replace("0142", "0199"))


def a_comment(world: World) -> None:
    for path in sorted(world.root.glob("content/*/*.yml")):
        path.write_text(path.read_text() + "# a comment\n")


def a_number(world: World) -> None:
    path = world.root / "content/regions/uk.yml"
    path.write_text(path.read_text().replace("999", "112"))


def a_colour(world: World) -> None:
    path = world.root / "content/brands/bayside/brand.yml"
    path.write_text(path.read_text().replace("#0f5c73", "#0f5c00"))


def a_logo(world: World) -> None:
    write(world.root / "content/brands/bayside/logo.svg", LOGO.replace("0f5c73", "0f5c00"))


def a_reference(world: World, name: str) -> None:
    path = world.root / "content/references.json"
    entries = json.loads(path.read_text())
    for entry in entries:
        if entry["id"] == name:
            entry["title"] += " again"
    path.write_text(json.dumps(entries))


def a_cited_reference(world: World) -> None:
    a_reference(world, "lee2021")


def an_uncited_reference(world: World) -> None:
    a_reference(world, "smith2022")


def a_new_override(world: World) -> None:
    shipped = (world.templates / "css/panels.css").read_text()
    write(world.root / "content/templates/css/panels.css", shipped + "/* own */\n")


def an_unused_override(world: World) -> None:
    write(world.root / "content/templates/parts/never-used.html", "x")


def an_override_for_the_web(world: World) -> None:
    shipped = (world.templates / "css/web.css").read_text()
    write(world.root / "content/templates/css/web.css", shipped + "/* own */\n")


def another_leaflet(world: World) -> None:
    write(world.root / "content/leaflets/tea/en.md", leaflet("tea", "Advice on tea."))


def another_clinic(world: World) -> None:
    clinics = world.root / "content/clinics"
    text = (clinics / "riverside.yml").read_text()
    write(clinics / "lakeside.yml", text.replace("evening-clinic", "new-tag"))


def another_format(world: World) -> None:
    build = f"runs:\n  - formats: {{{FORMATS}, large-print: [screen]}}\n"
    write(world.root / "content/build.yml", build)


def fewer_formats(world: World) -> None:
    write(world.root / "content/build.yml", "runs:\n  - formats: {a4: [screen]}\n")


def a_style_sheet_of_one_layout(world: World) -> None:
    path = world.templates / "css/panels.css"
    path.write_text(path.read_text() + "/* changed */\n")


def a_style_sheet_of_print(world: World) -> None:
    path = world.templates / "css/base.css"
    path.write_text(path.read_text() + "/* changed */\n")


def an_unused_icon(world: World) -> None:
    path = world.templates / "icons/check.svg"
    path.write_text(path.read_text() + "\n")


def a_word_of_the_interface(world: World) -> None:
    path = world.templates / "languages/en.po"
    path.write_text(path.read_text() + "# a comment\n")


def a_font(world: World) -> None:
    write(world.templates / "fonts/regular.ttf", "y")


def a_profile(world: World) -> None:
    write(world.templates / "icc/coated.icc", "y")


def the_code(world: World) -> None:
    write(world.package / "engine.py", "VERSION = 2\n")


def the_last_day(world: World) -> None:
    world.today = REVIEW_DUE


def the_day_after(world: World) -> None:
    world.today = REVIEW_DUE + datetime.timedelta(days=1)


def an_earlier_review(world: World) -> None:
    path = world.root / "content/leaflets/rest/en.md"
    path.write_text(path.read_text().replace("review_due: 2027-01-10", "review_due: 2027-01-09"))


def everything_touched(world: World) -> None:
    for folder in (world.root, world.templates, world.package):
        for path in folder.rglob("*"):
            os.utime(path)


def an_output_deleted(world: World) -> None:
    (world.output / "bayside/en/rest-letter-screen.pdf").unlink()


def an_output_altered(world: World) -> None:
    altered(world.output / "bayside/en/rest.html")


NEW_LEAFLET = {path.replace("rest", "tea") for path in those("rest")}
NEW_CLINIC = {path.replace("riverside", "lakeside") for path in those("riverside")}
NEW_FORMAT = {
    f"{clinic}/en/{leaflet}-large-print-screen.pdf"
    for clinic in ("riverside", "bayside")
    for leaflet in ("sleep", "rest")
}


@pytest.mark.parametrize(
    ("change", "made"),
    [
        (lambda world: None, NONE),
        (a_word, those("rest")),
        (a_line_end, NONE),
        (a_phone, those("riverside")),
        (a_comment, NONE),
        (a_number, those("riverside")),
        (a_colour, those("bayside")),
        (a_logo, those("bayside")),
        (a_cited_reference, those("sleep")),
        (an_uncited_reference, NONE),
        (a_new_override, those("fold")),
        (an_unused_override, NONE),
        (an_override_for_the_web, those("html")),
        (another_leaflet, NEW_LEAFLET),
        (another_clinic, NEW_CLINIC),
        (another_format, NEW_FORMAT),
        (fewer_formats, NONE),
        (a_style_sheet_of_one_layout, those("fold")),
        (a_style_sheet_of_print, those("pdf")),
        (an_unused_icon, NONE),
        (a_word_of_the_interface, NONE),
        (a_font, ALL),
        (a_profile, ALL),
        (the_code, ALL),
        (the_last_day, NONE),
        (the_day_after, ALL),
        (an_earlier_review, those("rest")),
        (everything_touched, NONE),
        (an_output_deleted, {"bayside/en/rest-letter-screen.pdf"}),
        (an_output_altered, {"bayside/en/rest.html"}),
    ],
    ids=lambda value: value.__name__.strip("<>") if callable(value) else "",
)
def test_just_what_depends_on_a_change_is_made(
    change: Callable[[World], None], made: set[str], world: Composed
) -> None:
    world.tick()
    change(world)
    world.forget_templates()
    world.build()
    assert set(world.typeset) == made
    clean = world.clean_build()
    there = world.outputs()
    assert {path: there[path] for path in clean} == clean
    assert world.build() is None  # and now there is nothing to do


@pytest.mark.parametrize(
    ("before", "change", "made"),
    [
        (a_new_override, lambda folder: folder.joinpath("css/panels.css").unlink(), those("fold")),
        (
            a_new_override,
            lambda folder: write(folder / "css/panels.css", "/* changed */"),
            those("fold"),
        ),
        (an_unused_override, lambda folder: shutil.rmtree(folder), NONE),
    ],
    ids=["removed", "changed", "unused"],
)
def test_overrides_that_go_or_change(
    before: Callable[[World], None],
    change: Callable[[Path], Any],
    made: set[str],
    world: Composed,
) -> None:
    before(world)
    world.build()
    world.tick()
    change(world.root / "content/templates")
    world.build()
    assert set(world.typeset) == made
    assert world.outputs() == world.clean_build()


def test_a_change_that_is_undone_makes_the_same_again(world: Composed) -> None:
    before = world.outputs()
    path = world.root / "content/leaflets/rest/en.md"
    text = path.read_text()
    a_word(world)
    world.build()
    assert world.outputs() != before
    world.tick()
    path.write_text(text)
    world.build()
    assert (set(world.typeset), world.outputs()) == (those("rest"), before)


def test_every_reason_is_told(world: Composed) -> None:
    a_phone(world)
    an_output_deleted(world)
    another_leaflet(world)
    report = world.build()
    assert report
    assert report.why["riverside/en/rest.html"].startswith("changed: clinic")
    missing = "bayside/en/rest-letter-screen.pdf"
    assert report.why[missing] == f"'{missing}' is missing"
    assert report.why["bayside/en/tea.html"] == "never built here"
    assert report.why["bayside/en/sleep.html"] == ""
    assert set(report.why) == ALL | NEW_LEAFLET
    report = world.build(force=True)
    assert report and set(report.why.values()) == {"asked for with --force"}
    assert set(world.typeset) == ALL | NEW_LEAFLET


def test_a_change_of_another_leaflet_is_composed_and_found_to_be_the_same(
    world: Composed,
) -> None:
    another_leaflet(world)
    composed: list[str] = []

    def counted(job: Job) -> Any:
        composed.append(job.path)
        return _compose(job)

    world.patch(worker, "compose", counted)
    a_comment(world)
    world.build()
    assert set(composed) == NEW_LEAFLET  # the names of leaflets are no part of the others
    a_tag = world.root / "content/clinics/riverside.yml"
    a_tag.write_text(a_tag.read_text().replace("evening-clinic", "night-clinic"))
    composed.clear()
    world.build()
    assert set(composed) == ALL | NEW_LEAFLET  # tags are: a leaflet may ask for them
    assert world.typeset == []  # but none does, so no edition says anything else


# Random sequences of changes and builds, with the stub.


@pytest.mark.parametrize("first", range(0, SEQUENCES, GROUP))
def test_whatever_happens_the_next_build_gives_what_a_clean_one_does(first: int) -> None:
    for seed in range(first, first + GROUP):
        with memory_folder() as folder, pytest.MonkeyPatch.context() as monkeypatch:
            run_sequence(folder / "world", seed, monkeypatch)


@pytest.mark.parametrize("seed", range(50 if LONG else 5))
def test_the_same_with_the_real_renderer(seed: int) -> None:
    with memory_folder() as folder, pytest.MonkeyPatch.context() as monkeypatch:
        run_real_sequence(folder / "world", seed, monkeypatch)


def test_the_stub_stands_where_the_work_is_done() -> None:
    """Were the renderer called in another way, the sequences would compare nothing."""
    assert compose.SHEETS is stub.SHEETS  # type: ignore[attr-defined]
    assert callable(worker.compose) and callable(worker.typeset) and callable(worker.plan)
    assert known.templates_folder().is_dir()  # type: ignore[attr-defined]
