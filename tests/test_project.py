"""One command's hold on an output folder: who waits for whom, and what is known beforehand."""

from __future__ import annotations

import datetime
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import FrozenInstanceError, replace
from pathlib import Path

import pytest
from conftest import BASE
from faults import stub
from faults.projects import files, install, leaflet, make_project, memory_folder, write
from faults.world import World
from faults.zygote import Zygote, running
from PIL import Image

from foldwell.build import known, lock
from foldwell.build import write as writing
from foldwell.build.events import Built, Done, Kept, Planned
from foldwell.build.job import Options, Selection
from foldwell.build.kept_pictures import PICTURES
from foldwell.build.known import look_round
from foldwell.build.ledger import FOLDER, Ledger
from foldwell.build.lock import locked
from foldwell.build.pack import read_files
from foldwell.build.request import Request
from foldwell.errors import FoldwellError
from foldwell.project import Project

REPOSITORY = BASE.parents[2]
DAY = datetime.date(2026, 2, 1)


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    with memory_folder() as folder:
        yield World(folder, monkeypatch)


# What is asked for.


def test_each_request_has_its_own_key() -> None:
    selections = [
        Selection(),
        Selection(leaflets=("a",)),
        Selection(leaflets=("b",)),
        Selection(clinics=("a",)),
        Selection(languages=("a",)),
        Selection(formats=("a",)),
        Selection(media=("a",)),
        Selection(leaflets=("a", "b")),
        Selection(leaflets=("a,b",)),
    ]
    options = [
        Options(),
        Options(draft=True),
        Options(condition="coated"),
        Options(sheet="sra3"),
        Options(instructions=True),
    ]
    keys = [
        Request(selection, option, day).key
        for selection in selections
        for option in options
        for day in (DAY, DAY + datetime.timedelta(days=1))
    ]
    assert len(set(keys)) == len(keys)
    assert Request(Selection(), Options(), DAY).key == keys[0]


def test_a_word_that_is_no_text_is_a_request() -> None:
    assert Request(Selection((os.fsdecode(b"caf\xe9"),)), Options(), DAY).key.isascii()


def test_a_plan_says_why_and_makes_nothing(world: World) -> None:
    hands = stub.Hands()
    with world.project() as project:
        plan = project.plan(world.request(), hands)
    assert {*plan.why.values()} == {"never built here"}
    assert set(plan.why) == set(plan.paths) and len(plan.paths) == len(plan.jobs)
    assert world.outputs() == {} and world.typeset == []
    world.build()
    path = world.root / "content/leaflets/sleep/en.md"
    path.write_text(path.read_text().replace("Advice", "Advices"))
    with world.project() as project:
        plan = project.plan(world.request(), hands)
    assert {why for path, why in plan.why.items() if "sleep" in path} == {"changed: leaflet"}
    assert {why for path, why in plan.why.items() if "sleep" not in path} == {""}
    with pytest.raises(FrozenInstanceError):
        plan.jobs = ()  # type: ignore[misc]


def test_a_plan_without_a_hold_touches_no_output(world: World) -> None:
    project = Project(world.root, world.output)
    plan = project.plan(world.request(), stub.Hands())
    assert plan.jobs and plan.why == {} and not world.output.exists()
    with pytest.raises(ValueError, match="holds an output"):
        plan.build(stub.Hands())


def test_whoever_stops_listening_ends_the_build_and_keeps_what_was_finished(world: World) -> None:
    hands = stub.Hands()
    with world.project() as project:
        for event in project.plan(world.request(), hands).build(hands):
            if isinstance(event, Built):
                break
    finished = world.outputs()
    assert 0 < len(finished) < len(world.clean_build())
    report = world.build()
    assert report and {job.path for job in report.current} == set(finished)
    assert world.outputs() == world.clean_build()


def test_what_is_no_longer_planned_is_named_and_proofs_are_not(world: World) -> None:
    build = world.root / "content/build.yml"
    usual = build.read_text()
    write(build, f"{usual}  - formats: {{a4: [press]}}\n    web: false\n")
    world.build(Selection(media=("press",)), Options(draft=True, sheet="sra3"))
    report = world.build()
    assert report and report.stale == ()
    shutil.rmtree(world.root / "content/leaflets/rest")
    report = world.build()
    stale = tuple(sorted(path for path in world.outputs() if "/rest" in path))
    assert report and report.stale == stale and any("sra3-draft" in path for path in stale)
    part = world.build(Selection(leaflets=("sleep",)))
    assert part and part.stale == ()  # the others were not asked for
    (world.output / stale[0]).unlink()
    with world.project() as project:
        plan = project.plan(world.request(), stub.Hands())
        assert plan.kept
        *_, done = plan.build(stub.Hands())
    assert isinstance(done, Done) and done.idle and done.stale == stale[1:]


def test_nothing_to_do_is_known_for_each_request(world: World) -> None:
    only_web = Selection(media=("web",))
    assert world.build() is not None
    assert world.build(only_web) is not None  # planned anew, but nothing is made
    assert world.typeset == []
    assert world.build() is None and world.build(only_web) is None
    world.today += datetime.timedelta(days=1)
    assert world.build() is not None
    assert world.typeset == []
    assert world.build() is None
    with closing(Ledger(world.output)) as ledger:
        assert ledger._read("SELECT count(*) FROM plans") == [(1,)]  # those of other days are gone


def test_a_build_with_a_mistake_is_planned_again(world: World) -> None:
    path = world.root / "content/leaflets/rest/en.md"
    right = path.read_text()
    for wrong in (f"{right}\n{stub.MISTAKE}\n", right.replace("audience: Adults", "audience: [")):
        path.write_text(wrong)
        for _ in range(2):
            report = world.build()
            assert report is not None
        path.write_text(right)
        world.build()
        assert world.build() is None


def test_content_undone_after_a_build_that_failed_is_not_taken_for_built(world: World) -> None:
    """What was made before the mistake was found is newer than the plan that is kept."""
    world.build()
    before = world.outputs()
    sleep, rest = (world.root / f"content/leaflets/{name}/en.md" for name in ("sleep", "rest"))
    texts = {path: path.read_text() for path in (sleep, rest)}
    world.tick()
    sleep.write_text(texts[sleep].replace("Advice", "Advices"))
    rest.write_text(f"{texts[rest]}\n{stub.MISTAKE}\n")
    report = world.build()
    assert report and report.failed and report.built
    assert world.outputs() != before
    for path, text in texts.items():
        path.write_text(text)
    assert world.build() is not None
    assert world.outputs() == before


def test_content_saved_while_a_build_reads_it_and_undone_is_not_taken_for_built(
    world: World,
) -> None:
    path = world.root / "content/leaflets/sleep/en.md"
    text = path.read_text()

    def save() -> None:
        world.tick()
        path.write_text(text.replace("Advice", "Advices"))

    world.before_plan = save
    world.build()
    world.tick()
    path.write_text(text)
    assert world.build() is not None
    assert world.outputs() == world.clean_build()


@pytest.mark.parametrize("stopped", [False, True])
@pytest.mark.parametrize("name", ["templates/css/base.css", "foldwell/engine.py"])
def test_shipped_files_changed_while_a_build_uses_them_and_undone(
    name: str, stopped: bool, world: World
) -> None:
    path = world.root.parent / name
    text = path.read_text()

    def change(job: str) -> None:
        world.tick()
        path.write_text(f"{text}# changed\n")
        if stopped and len(world.typeset) >= 2:  # web pages are made between files in formats
            raise KeyboardInterrupt

    world.before_typeset = change
    if stopped:
        with pytest.raises(KeyboardInterrupt):
            world.build()
    else:
        world.build()
    world.before_typeset = lambda path: None
    world.tick()
    path.write_text(text)
    world.build()
    assert world.outputs() == world.clean_build()


def test_a_ledger_that_cannot_be_written_costs_no_file(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    for name in ("keep_jobs", "keep_inputs", "keep_plan", "settle"):
        with monkeypatch.context() as patched:
            patched.setattr(Ledger, name, full)
            world.forget()
            report = world.build()
            assert report and report.built and not report.failed
            assert report.unrecorded == ("" if name == "settle" else "database or disk is full")
            assert world.outputs() == world.clean_build()
        world.build()
        assert world.build() is None
        with monkeypatch.context() as patched:
            patched.setattr(Ledger, name, full)
            world.jump(100)
            assert world.build() is None


def test_a_ledger_that_was_set_aside_is_told(world: World) -> None:
    world.build()
    (world.output / FOLDER / "ledger.sqlite").write_bytes(b"no ledger" * 1000)
    report = world.build()
    assert world.said == [
        "The ledger of builds could not be used (file is not a database); it was set aside, and"
        " all files are made again."
    ]
    assert report and len(report.built) == len(world.outputs())
    assert world.outputs() == world.clean_build()


def test_workers_that_knew_older_templates_are_not_used(world: World) -> None:
    """As in ``watch``: they keep what they have read, and would call it new."""
    hands = stub.Hands()
    with world.project() as project:
        list(project.plan(world.request(), hands).build(hands))
    world.tick()
    write(world.templates / "css/base.css", "/* new */")
    with (
        pytest.raises(FoldwellError, match="Foldwell's own files were changed"),
        world.project() as project,
    ):
        project.plan(world.request(), hands)
    world.build()  # others may
    assert world.outputs() == world.clean_build()


def test_versions_are_part_of_every_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path)
    package = tmp_path / "foldwell"
    monkeypatch.setattr(known, "__file__", str(package / "build/known.py"))
    monkeypatch.setattr(known, "templates_folder", lambda: tmp_path / "templates")
    stamps = []
    for pins in ("weasyprint==70.0", "weasyprint==70.1"):
        write(tmp_path / "requirements.lock", pins)
        known._versions.cache_clear()
        stamps.append(look_round(tmp_path, {}).stamp)
    (tmp_path / "requirements.lock").unlink()
    for names in (["weasyprint-70.0.dist-info"], ["weasyprint-70.1.dist-info"]):
        monkeypatch.setattr(known, "_installed", lambda names=names: names)
        known._versions.cache_clear()
        stamps.append(look_round(tmp_path, {}).stamp)
    known._versions.cache_clear()
    assert len(set(stamps)) == 4


def test_the_installed_packages_are_found() -> None:
    found = known._installed()
    for name in ("weasyprint-", "pymdown_extensions-", "pikepdf-", "fonttools-"):
        assert any(entry.startswith(name) for entry in found), name
    assert not any(entry.startswith("pytest-") for entry in found)


# Two builds at once.


HOLD = """
import sys
from pathlib import Path
from foldwell.build.lock import locked
from foldwell.build.pack import read_files
with locked(Path(sys.argv[1]), print):
    print("held", flush=True)
    sys.stdin.read()
"""


class Holder:
    """Another build, in a process of its own."""

    def __init__(self, output: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", HOLD, str(output)],
            env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert self.process.stdout
        assert self.process.stdout.readline() == b"held\n"

    def let_go(self) -> None:
        """End the build."""
        assert self.process.stdin
        self.process.stdin.close()

    def end(self) -> None:
        """End it and wait until it has ended."""
        self.let_go()
        self.process.wait()
        assert self.process.stdout
        self.process.stdout.close()


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[Holder]:
    holder = Holder(tmp_path)
    yield holder
    holder.end()


def test_a_second_build_waits_and_says_for_whom(holder: Holder, tmp_path: Path) -> None:
    said: list[str] = []

    def say(line: str) -> None:
        said.append(line)
        assert holder.process.poll() is None
        holder.let_go()

    with locked(tmp_path, say) as cut_off:
        assert not cut_off
    assert said == [
        f"Process {holder.process.pid} on {socket.gethostname()} is building into {tmp_path}."
        " Waiting until it has ended."
    ]


def test_a_folder_that_is_deleted_meanwhile_is_locked_anew(holder: Holder, tmp_path: Path) -> None:
    def say(line: str) -> None:
        assert "Waiting" in line
        shutil.rmtree(tmp_path / ".foldwell")
        holder.let_go()

    with locked(tmp_path, say):
        assert (tmp_path / ".foldwell/lock").exists()
        other = subprocess.Popen(
            [sys.executable, "-c", HOLD, str(tmp_path)],
            env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert other.stdout and "Waiting" in other.stdout.readline()
    out, _ = other.communicate(timeout=60)
    assert out == "held\n"


def test_it_does_not_wait_for_ever(
    holder: Holder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "WAIT_S", 0.2)
    with pytest.raises(FoldwellError) as caught, locked(tmp_path, print):
        pass
    assert f"Process {holder.process.pid} on" in str(caught.value)
    assert "Stop it, or build into another folder with --output." in str(caught.value)


def test_another_folder_is_free(holder: Holder, tmp_path: Path) -> None:
    def say(line: str) -> None:
        pytest.fail(line)

    with locked(tmp_path / "other", say), locked(tmp_path / "and another", say):
        pass


def test_the_lock_of_a_dead_build_is_free_at_once(holder: Holder, tmp_path: Path) -> None:
    holder.process.kill()
    holder.process.wait()
    said: list[str] = []
    with locked(tmp_path, said.append) as cut_off:
        assert cut_off  # it may have left things behind
    assert said == []
    with locked(tmp_path, said.append) as cut_off:
        assert not cut_off


def test_the_lock_of_a_stopped_build_is_free_and_it_is_known(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), locked(tmp_path, print):
        raise KeyboardInterrupt
    with locked(tmp_path, print) as cut_off:
        assert cut_off


@pytest.mark.parametrize("text", ["", "[]", "null", "{}", '{"process": 1}', "\xff"])
def test_a_holder_that_cannot_be_read_is_another_process(
    text: str, holder: Holder, tmp_path: Path
) -> None:
    (tmp_path / FOLDER / "holder.json").write_text(text, encoding="latin-1")
    said: list[str] = []

    def say(line: str) -> None:
        said.append(line)
        holder.let_go()

    with locked(tmp_path, say):
        pass
    assert said[0].startswith("Another process is building into")


def test_who_holds_it_is_written_into_a_file_of_our_own(tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir()
    (tmp_path / "precious").write_text("old")
    (tmp_path / FOLDER / "holder.json").symlink_to(tmp_path / "precious")
    with locked(tmp_path, print):
        facts = json.loads((tmp_path / FOLDER / "holder.json").read_text())
        assert facts["process"] == os.getpid()
    assert (tmp_path / "precious").read_text() == "old"


@pytest.mark.skipif(os.name == "nt", reason="links")
@pytest.mark.parametrize("name", [FOLDER, f"{FOLDER}/lock"])
def test_a_link_in_place_of_the_lock_is_not_followed(name: str, tmp_path: Path) -> None:
    output, outside = tmp_path / "output", tmp_path / "outside"
    outside.mkdir()
    (outside / "precious").write_text("old")
    (output / name).parent.mkdir(parents=True)
    (output / name).symlink_to(outside if name == FOLDER else outside / "precious")
    with pytest.raises(FoldwellError), locked(output, print):
        pass
    assert os.listdir(outside) == ["precious"]
    assert (outside / "precious").read_text() == "old"


def test_two_builds_of_one_project_give_what_one_gives(world: World) -> None:
    """They take turns; the second finds everything made."""
    made: list[int] = []

    def build() -> None:
        hands = stub.Hands()
        with world.project() as project:
            stream = project.plan(world.request(), hands).build(hands)
            made.append(sum(isinstance(event, Built) for event in stream))

    threads = [threading.Thread(target=build) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(made) == len(world.outputs())
    assert world.outputs() == world.clean_build()


# What killed builds leave.


def test_only_our_own_leftovers_are_swept(tmp_path: Path) -> None:
    ours = [
        ".foldwell-x.part",
        "a/.foldwell-x.part",
        "a/en/.foldwell-x1_y2.part",
        "b/es/.foldwell-abcdefgh.part",
    ]
    others = [
        "a/en/deep/.foldwell-x.part",
        "a/en/foldwell-x.part",
        "a/en/.foldwell-X Y.part",
        "a/en/.foldwell-x.part.pdf",
        "a/en/x.part",
        ".git/en/HEAD",
    ]
    output = tmp_path / "output"
    for path in ours + others:
        write(output / path, "x")
    (output / "a/en/.foldwell-folder.part").mkdir()
    (tmp_path / "outside").mkdir()
    write(tmp_path / "outside/.foldwell-x.part", "x")
    if os.name != "nt":
        (output / "a/es").symlink_to(tmp_path / "outside")
        (output / "a/en/.foldwell-link.part").symlink_to(tmp_path / "outside")
        ours.append("a/en/.foldwell-link.part")  # a link goes, and what it leads to stays
    assert writing.sweep(output) == len(ours)
    assert not any(os.path.lexists(output / path) for path in ours)
    assert all((output / path).exists() for path in others)
    assert (tmp_path / "outside/.foldwell-x.part").exists()
    assert writing.sweep(output / "nowhere") == 0


def test_a_build_that_follows_a_killed_one_sweeps(world: World) -> None:
    world.build()
    left = world.output / "riverside/en/.foldwell-abcdefgh.part"
    left.touch()
    world.build()
    assert left.exists()  # the one before came to its end: nobody looked
    (world.output / FOLDER / "holder.json").touch()
    assert world.build() is None
    assert not left.exists()


def test_a_build_without_a_ledger_sweeps(world: World) -> None:
    left = world.output / "riverside/en/.foldwell-abcdefgh.part"
    write(left, "x")
    world.build()
    assert not left.exists()


# An output folder that changes under a build.


@pytest.mark.parametrize("what", ["", "riverside", "riverside/en"])
def test_an_output_folder_that_is_deleted_while_it_is_built_into(what: str, world: World) -> None:
    deleted: list[str] = []

    def delete(path: str) -> None:
        if not deleted and (world.output / "riverside/en").exists():
            deleted.extend(path for path in world.outputs() if path.startswith(what))
            shutil.rmtree(world.output / what)

    world.before_typeset = delete
    report = world.build()
    world.before_typeset = lambda path: None
    assert report and {*deleted} == {job.path for job, _ in report.failed} != set()
    assert {str(error) for _, errors in report.failed for error in errors} == {
        f"{world.output}: Finished files were deleted from this folder while the build was going"
        " on. Build again."
    }
    assert len(report.built) + len(report.failed) == len(world.clean_build())
    assert len(world.outputs()) == len(report.built)
    world.build()
    assert world.outputs() == world.clean_build()
    assert world.build() is None


def test_a_folder_in_the_place_of_an_output(world: World) -> None:
    world.build()
    path = world.output / "riverside/en/sleep.html"
    path.unlink()
    path.mkdir()
    report = world.build()
    assert report
    ((job, (error,)),) = report.failed
    assert job.path == "riverside/en/sleep.html"
    assert "This file cannot be written (Is a directory)." in str(error)
    path.rmdir()
    world.build()
    assert world.outputs() == world.clean_build()


@pytest.mark.skipif(os.name == "nt", reason="links")
def test_a_link_that_leads_round_in_a_circle(world: World) -> None:
    (world.output).mkdir()
    (world.output / "riverside").symlink_to("riverside")
    report = world.build()
    assert report and report.failed
    assert all("link" in str(error) for _, errors in report.failed for error in errors)


def test_ctrl_c_leaves_no_half_file(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    for step in ("fsync", "chmod", "replace"):
        with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
            patched.setattr(os, step, stop)
            world.build()
        assert world.outputs() == {}


def test_ctrl_c_keeps_and_records_what_was_finished(world: World) -> None:
    def stop(path: str) -> None:
        if len(world.outputs()) >= 2:
            raise KeyboardInterrupt

    world.before_typeset = stop
    with pytest.raises(KeyboardInterrupt):
        world.build()
    finished = world.outputs()
    assert 2 <= len(finished) < len(world.clean_build())
    world.before_typeset = lambda path: None
    report = world.build()
    assert report and {job.path for job in report.current} == set(finished)
    assert world.outputs() == world.clean_build()


# clean --stale


def test_only_what_is_no_longer_planned_is_taken_away(world: World) -> None:
    world.build()
    before = set(world.outputs())
    notes = world.output / "riverside/en/notes.pdf"
    notes.touch()
    assert world.clean_stale() == []
    shutil.rmtree(world.root / "content/leaflets/rest")
    stale = sorted(path for path in before if "rest" in path)
    assert world.clean_stale() == stale
    assert set(world.outputs()) == before - set(stale) | {"riverside/en/notes.pdf"}
    assert world.clean_stale() == []
    world.build()
    assert world.outputs() == {**world.clean_build(), "riverside/en/notes.pdf": b""}


def test_tickets_go_with_their_press_files(world: World) -> None:
    build = world.root / "content/build.yml"
    usual = build.read_text()
    path = world.root / "content/leaflets/sleep/en.md"
    reviewer = "clinical_reviewers: [{name: Dr Ito, role: GP, date: 2026-01-12}]"
    text = path.read_text().replace("clinical_reviewers: []", reviewer)
    path.write_text(text.replace("review_due:", "reviewed: 2026-01-12\nreview_due:"))
    write(build, "runs:\n  - formats: {a4: [screen, press]}\n")
    world.build()
    press = "riverside/en/sleep-a4-press"
    assert {f"{press}.pdf", f"{press}-ticket.pdf", f"{press}-ticket.yml"} <= set(world.outputs())
    build.write_text(usual)
    assert world.clean_stale() == [f"{press}-ticket.pdf", f"{press}-ticket.yml", f"{press}.pdf"]


def test_proofs_and_other_press_sheets_are_kept(world: World) -> None:
    write(world.root / "content/build.yml", "runs:\n  - formats: {a4: [press]}\n")
    world.build(Selection(media=("press",)), Options(draft=True))
    world.build(Selection(media=("press",)), Options(draft=True, sheet="sra3"))
    made = world.outputs()
    assert {
        "riverside/en/sleep-a4-press-draft.pdf",
        "riverside/en/sleep-a4-press-sra3-draft.pdf",
    } <= set(made)
    assert world.clean_stale() == []
    assert world.outputs() == made


def break_a_leaflet(world: World) -> None:
    path = world.root / "content/leaflets/sleep/en.md"
    path.write_text("no front matter")


def break_build_yml(world: World) -> None:
    write(world.root / "content/build.yml", "runs: [")


def lose_build_yml(world: World) -> None:
    (world.root / "content/build.yml").unlink()


def lose_all_clinics(world: World) -> None:
    shutil.rmtree(world.root / "content/clinics")


def lose_a_region(world: World) -> None:
    """One of a name that is not shipped."""
    regions = world.root / "content/regions"
    (regions / "uk.yml").rename(regions / "north.yml")
    clinic = world.root / "content/clinics/riverside.yml"
    clinic.write_text(clinic.read_text().replace("region: uk", "region: north"))
    (regions / "north.yml").unlink()


def lose_a_brand(world: World) -> None:
    shutil.rmtree(world.root / "content/brands/bayside")


def lose_the_content(world: World) -> None:
    shutil.rmtree(world.root / "content")


@pytest.mark.parametrize(
    "harm",
    [
        break_a_leaflet,
        break_build_yml,
        lose_build_yml,
        lose_all_clinics,
        lose_a_region,
        lose_a_brand,
        lose_the_content,
    ],
)
def test_nothing_is_taken_away_when_something_is_broken(harm: object, world: World) -> None:
    assert callable(harm)
    world.build()
    before = world.outputs()
    shutil.rmtree(world.root / "content/leaflets/rest")
    harm(world)
    with pytest.raises(FoldwellError):
        world.clean_stale()
    assert world.outputs() == before


@pytest.mark.skipif(os.name == "nt", reason="links")
@pytest.mark.parametrize("part", ["riverside", "riverside/en"])
def test_nothing_behind_a_link_is_taken_away(part: str, world: World) -> None:
    world.build()
    outside = world.root / "outside"
    (world.output / part).rename(outside)
    (world.output / part).symlink_to(outside)
    before = sorted(files(outside))
    shutil.rmtree(world.root / "content/leaflets/rest")
    deleted = world.clean_stale()
    assert deleted and all(path.startswith("bayside/") for path in deleted)
    assert sorted(files(outside)) == before


@pytest.mark.skipif(os.name == "nt", reason="links")
def test_a_link_that_is_a_stale_file_goes_and_its_target_stays(world: World) -> None:
    world.build()
    path, target = world.output / "riverside/en/rest.html", world.root / "target"
    path.rename(target)
    path.symlink_to(target)
    shutil.rmtree(world.root / "content/leaflets/rest")
    assert "riverside/en/rest.html" in world.clean_stale()
    assert not os.path.lexists(path) and target.exists()


def test_a_record_that_names_a_file_outside_deletes_nothing(world: World) -> None:
    world.build()
    precious = world.root / "precious"
    precious.touch()
    with closing(Ledger(world.output)) as ledger:
        record = next(iter(ledger.jobs().values()))
        bad = tuple(replace(record.files[0], path=path) for path in ("../precious", str(precious)))
        ledger.keep_jobs({"../precious": replace(record, files=bad)})
    assert world.clean_stale() == []
    assert precious.exists()


def test_a_stale_file_that_cannot_be_deleted_is_told(world: World) -> None:
    world.build()
    path = world.output / "riverside/en/rest.html"
    path.unlink()
    path.mkdir()
    shutil.rmtree(world.root / "content/leaflets/rest")
    with pytest.raises(FoldwellError, match=r"rest.html: This file cannot be deleted"):
        world.clean_stale()


# Packing needs every file just as it was made.


PACKED = Selection(("sleep",), ("riverside",))


def packed(world: World) -> dict[str, str]:
    """The hashes of the files of a pack that were just built."""
    hands = stub.Hands()
    files: dict[str, str] = {}
    with world.project() as project:
        for event in project.plan(world.request(PACKED), hands).build(hands):
            if isinstance(event, Built | Kept):
                files.update(event.files)
    return files


def test_the_files_of_a_plan(world: World) -> None:
    clean = world.clean_build(PACKED)
    for _ in range(2):  # made, and up to date
        files = packed(world)
        contents = read_files(world.output, files)
        assert contents == {p.rpartition("/")[2]: c for p, c in clean.items()}


@pytest.mark.parametrize("harm", ["delete", "alter"])
def test_a_file_that_is_not_what_was_made_is_not_packed(harm: str, world: World) -> None:
    hashes = packed(world)
    path = world.output / next(iter(hashes))
    if harm == "delete":
        path.unlink()
    else:
        path.write_text("altered")
    with pytest.raises(FoldwellError, match="This file is not what was just made"):
        read_files(world.output, hashes)


# The command itself.


@pytest.fixture(scope="module")
def zygote() -> Iterator[Zygote]:
    with running() as zygote:
        yield zygote


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path / "project", ("sleep",), ("riverside",))


def test_why(project: Path, zygote: Zygote) -> None:
    names = ["sleep-a4-office.pdf", "sleep-a4-screen.pdf", "sleep.html"]
    lines = [f"riverside/en/{name}: never built here" for name in names]
    assert [s for s in zygote.build(project, "--why").out.splitlines() if s in lines] == lines
    lines = [f"riverside/en/{name}: up to date" for name in names]
    assert zygote.build(project, "--why").out.splitlines()[:3] == lines
    (project / "output/riverside/en/sleep.html").write_text("altered")
    out = zygote.build(project, "--why").out.splitlines()
    assert "riverside/en/sleep.html: 'riverside/en/sleep.html' was altered" in out
    assert "riverside/en/sleep-a4-screen.pdf: up to date" in out


def test_force(project: Path, zygote: Zygote) -> None:
    assert "Built 3 files" in zygote.build(project).out
    assert "Nothing to do: 3 files" in zygote.build(project).out
    forced = zygote.build(project, "--force", "--why").out
    assert "Built 3 files" in forced
    assert "sleep.html: asked for with --force" in forced


@pytest.mark.parametrize("number", ["1", "3"])
def test_jobs(number: str, project: Path, zygote: Zygote) -> None:
    assert zygote.build(project, "--jobs", number).code == 0


@pytest.mark.parametrize("number", ["0", "-1", "many", "513"])
def test_a_number_of_jobs_that_is_none(number: str, project: Path, zygote: Zygote) -> None:
    ended = zygote.build(project, "--jobs", number)
    assert (ended.code, "'--jobs'" in ended.err) == (2, True)


def test_clean_stale(project: Path, zygote: Zygote) -> None:
    zygote.build(project)
    write(project / "content/leaflets/tea/en.md", leaflet("tea", "Tea."))
    shutil.rmtree(project / "content/leaflets/sleep")
    ended = zygote.build(project, "clean", "--stale")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.endswith("Deleted 3 files that are no longer planned.\n")
    assert files(project / "output") == {}


def test_clean_stale_with_a_mistake(project: Path, zygote: Zygote) -> None:
    zygote.build(project)
    before = files(project / "output")
    shutil.rmtree(project / "content/leaflets/sleep")
    write(project / "content/leaflets/tea/en.md", "no front matter")
    ended = zygote.build(project, "clean", "--stale")
    assert (ended.code, "Nothing was deleted: mend these first." in ended.err) == (1, True)
    assert files(project / "output") == before


NAMES = [
    "with spaces and 'quotes'",
    "Jörg Müller – Praxis",
    "\N{SMILING FACE WITH SUNGLASSES} leaflets",
    "x" * 255,
    "é" * 127,  # 254 bytes
    "100% #1 & more; $HOME `x`",
    "-force",
    "new\nline",
]


@pytest.mark.skipif(sys.platform != "linux", reason="names that other systems refuse")
@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_any_name_of_project_and_output(name: str, tmp_path: Path, zygote: Zygote) -> None:
    project = make_project(tmp_path / name, ("sleep",), ("riverside",))
    assert zygote.build(project).code == 0
    usual = files(project / "output")
    assert len(usual) == 3
    output = tmp_path / f"{name[:-4]}.out"
    ended = zygote.build(project, f"--output={output}", watched=output)
    assert (ended.code, ended.err) == (0, "")
    assert files(output) == usual
    assert "Nothing to do" in zygote.build(project, f"--output={output}").out


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("x" * 256, r"cannot be written \(File name too long\)"),
        (f"{'x' * 255}/{'y' * 255}", r"at most 500 can be opened. Name a folder with a shorter"),
    ],
)
def test_a_path_that_is_too_long_is_told(name: str, message: str, world: World) -> None:
    world.output = world.root / name
    with pytest.raises(FoldwellError, match=message):
        world.build()


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("leaflets/sleep/en.md", "leaflets/Sleep/en.md"),
        ("clinics/riverside.yml", "clinics/Riverside.yml"),
    ],
)
def test_names_that_are_one_where_case_does_not_count(
    one: str, two: str, project: Path, zygote: Zygote
) -> None:
    """Of two such names at most one is a slug: both would be one file on macOS and Windows."""
    write(project / "content" / two, (project / "content" / one).read_text())
    if len(os.listdir((project / "content" / two).parent.parent)) < 2:
        pytest.skip("this file system knows no case")
    ended = zygote.build(project)
    assert ended.code == 1
    assert "cannot be used as a name: it is not made of" in ended.err
    lower = [path.lower() for path in files(project / "output")]
    assert len(lower) == len(set(lower)) == 3


def test_a_command_that_waits_says_so_and_then_builds(project: Path) -> None:
    """The real command, and another process that holds the folder."""
    holder = Holder(project / "output")
    command = subprocess.Popen(
        [sys.executable, "-m", "foldwell", "list"],
        env={**os.environ, "FOLDWELL_PROJECT": str(project), "PYTHONPATH": str(REPOSITORY)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert "output/riverside/en/sleep.html" in command.communicate(timeout=60)[0]  # no need to wait
    command = subprocess.Popen(
        [sys.executable, "-m", "foldwell", "clean", "--stale"],
        env={**os.environ, "FOLDWELL_PROJECT": str(project), "PYTHONPATH": str(REPOSITORY)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert command.stderr
    assert f"Process {holder.process.pid} on" in command.stderr.readline()
    holder.let_go()
    out, err = command.communicate(timeout=60)
    holder.end()
    assert (command.returncode, err) == (0, "")
    assert "Deleted 0 files" in out


def test_pictures_are_normalised_once_and_forgotten_when_they_go(world: World) -> None:
    bed = world.root / "content/leaflets/sleep/bed.gif"
    Image.new("RGB", (20, 10), "red").save(bed)
    kept = world.output / PICTURES
    told, hands = [], stub.Hands()
    for _ in range(2):
        with world.project() as project:
            plan = project.plan(world.request(), hands)
            told.append(plan.tidied)
            told += [event.tidied for event in plan.build(hands) if isinstance(event, Planned)]
    line = "content/leaflets/sleep/bed.gif: D10 information: Made PNG from GIF."
    assert told == [(line,)] * 4
    (name,) = kept.iterdir()
    before = name.stat().st_mtime_ns
    (world.root / "content/build.yml").touch()
    world.build(force=False)
    assert name.stat().st_mtime_ns == before
    bed.unlink()
    world.build()
    assert list(kept.iterdir()) == []
