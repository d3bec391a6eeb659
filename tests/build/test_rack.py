"""The rack: what was proven once is printed by whoever finds it there, and nothing else is."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import misbehaving
import pytest
from generated_clinics import neighbour
from test_stamping import TODAY, jobs_for

from benchmarks import service
from benchmarks.service import make_service
from foldwell.build import dispatch, proven, racking, worker
from foldwell.build.events import Built
from foldwell.build.job import Job, Options, Selection, seal_jobs
from foldwell.build.made import Made
from foldwell.build.proven import Proven
from foldwell.build.rack import A_VALUE_BYTES, TABLE, Rack, opened, pickled, prefix
from foldwell.build.racking import PLACE, Racking
from foldwell.build.request import Request
from foldwell.build.variable import FILES, HOW
from foldwell.build.workers import Workers
from foldwell.content.library import read_library
from foldwell.project import Project
from foldwell.typeset.page_source import Composition
from foldwell.typeset.stamping.masters import MASTERS

ROOT = Path(__file__).resolve().parents[2]
SEED, STAMP, OTHER = 11, "a" * 24, "b" * 24


@dataclass
class Note:
    """What stands on a rack in these tests."""

    text: str
    proven: bool = False
    racked: bool = False


@pytest.fixture(autouse=True)
def _nothing_learned_yet() -> Iterator[None]:
    MASTERS.forget()
    FILES.forget_all()
    yield
    FILES.look_on(None)
    FILES.news()


def notes(rack: Rack | None) -> Proven[Note]:
    """What a process of its own knows."""
    own = Proven(Note, [Note])
    own.look_on(rack)
    return own


def put(output: Path, text: str, stamp: str = STAMP, key: str = "key") -> Path:
    """Prove a value in one process, and let another keep it; where it stands."""
    keeper = Racking(output, stamp)
    here, note = notes(keeper.rack()), Note(text)
    here.keep(key, note)
    here.proved(key, note)
    news, _ = here.news()
    keeper.keep(news)
    assert here.news() == ({}, frozenset())  # once
    return output / PLACE / keeper.rack().name_of(key)


def found(output: Path, stamp: str = STAMP, key: str = "key") -> list[str]:
    return [note.text for note in notes(Racking(output, stamp).rack()).find(key)]


def test_what_was_proven_is_found_by_others(tmp_path: Path) -> None:
    put(tmp_path, "one")
    assert found(tmp_path) == ["one"]
    assert found(tmp_path, key="other") == found(tmp_path, OTHER) == []
    assert notes(Racking(tmp_path, STAMP, reads=False).rack()).find("key") == []
    assert Racking(tmp_path, STAMP).is_filled and not Racking(tmp_path, OTHER).is_filled
    assert not Racking(tmp_path, STAMP, reads=False).is_filled


def test_only_what_was_proven_is_put_there() -> None:
    here = notes(Rack(STAMP))
    here.keep("key", Note("one"))
    here.keep("key", proven := Note("two"))
    here.proved("key", proven)
    (content,) = here.news()[0].values()
    assert [note.text for note in opened(content, [Note])] == ["two"]


def test_another_value_takes_the_place_of_the_first(tmp_path: Path) -> None:
    put(tmp_path, "one")
    there = notes(Racking(tmp_path, STAMP).rack())
    assert [note.text for note in there.find("key")] == ["one"]
    there.keep("key", Note("learned here"))
    put(tmp_path, "two")
    assert [note.text for note in there.find("key")] == ["learned here", "two"]


@pytest.mark.parametrize("cut", [0, 10, 40, -1])
def test_what_is_torn_is_missing_until_it_is_whole_again(cut: int, tmp_path: Path) -> None:
    path = put(tmp_path, "one")
    path.write_bytes(path.read_bytes()[:cut])
    there = notes(Racking(tmp_path, STAMP).rack())
    assert there.find("key") == []
    put(tmp_path, "two")
    assert [note.text for note in there.find("key")] == ["two"]


class Harmful:
    """What does something when it is opened."""

    def __reduce__(self) -> Any:
        return os.system, ("touch harmed",)


def as_it_stands(content: bytes) -> bytes:
    return sha256(content).digest() + content


def test_nothing_but_the_classes_that_are_named_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for value in (Harmful(), (Note("one"), Harmful()), Path("x"), print):
        assert opened(pickled(value), [Note]) is None
    assert opened(pickled((Note("one"), {1: b"x"}, {2}, frozenset([3]), 4.5)), [Note])
    assert not (tmp_path / "harmed").exists()
    assert opened(as_it_stands(pickle.dumps(b"\0" * 1000)), [])
    assert opened(as_it_stands(pickle.dumps(b"\0" * A_VALUE_BYTES)), []) is None
    assert opened(as_it_stands(b"no pickle"), []) is None
    path = put(tmp_path, "one")
    path.write_bytes(pickled("no values"))
    assert found(tmp_path) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such thing here")
def test_nobody_waits_for_a_pipe_or_follows_a_link_out(tmp_path: Path) -> None:
    path = put(tmp_path / "output", "one")
    path.unlink()
    os.mkfifo(path)
    assert found(tmp_path / "output") == []
    path.unlink()
    path.parent.rmdir()
    (tmp_path / "elsewhere").mkdir()
    path.parent.symlink_to(tmp_path / "elsewhere")
    put(tmp_path / "output", "two")
    (tmp_path / "elsewhere/other").touch()
    Racking(tmp_path / "output", STAMP).tidy()
    assert os.listdir(tmp_path / "elsewhere") == ["other"]


def test_what_is_old_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = put(tmp_path, "old", OTHER)
    paths = [put(tmp_path, "x" * 1000, key=f"key {n}") for n in range(4)]
    for n, path in enumerate(paths):
        os.utime(path, (n + 1, n + 1))
    keeper = Racking(tmp_path, STAMP)
    keeper.keep({}, {paths[0].name})  # of use just now
    monkeypatch.setattr(racking, "MOST_BYTES", 3 * paths[0].stat().st_size)
    keeper.tidy()
    assert not old.exists()
    assert [path.exists() for path in paths] == [True, False, True, True]
    assert prefix(STAMP) != prefix(OTHER)


def test_a_rack_that_cannot_be_written_costs_nothing_else(tmp_path: Path) -> None:
    (tmp_path / ".foldwell").write_text("no folder")
    keeper = Racking(tmp_path, STAMP)
    keeper.keep({"name": b"content"})
    keeper.tidy()
    assert not keeper.is_filled


def plain(made: Made) -> Made:
    """A file without the note how it was made."""
    return replace(made, notes=tuple(note for note in made.notes if note[0] != "stamp"))


WITHOUT_AN_ENGINE = """
import pickle, sys
from foldwell.build.rack import Rack
from foldwell.build.variable import FILES, asked_for
folder, stamp = sys.argv[1:]
FILES.look_on(Rack(stamp, folder))
made = [asked_for(*each).printed() for each in pickle.load(sys.stdin.buffer)]
assert not {"weasyprint", "foldwell.typeset.engine"} & {*sys.modules}
sys.stdout.buffer.write(pickle.dumps(made))
"""


def test_a_process_without_an_engine_prints_the_same(tmp_path: Path) -> None:
    """The screen and the press file of one more clinic, with its ticket."""
    library = read_library(ROOT, TODAY)
    clinics = [neighbour(SEED, number) for number in (0, 3, 6, 9)]
    jobs, keeper = list[Job](), Racking(tmp_path, STAMP)
    for medium in ("screen", "press"):
        asked = Selection(("treatment-card",), (), ("en",), ("card",), (medium,))
        found = jobs_for(library, clinics, asked)
        for answer in answers(_typeset, found[:3], keeper.rack()):
            assert not any(isinstance(result, tuple) for result in answer.results or [()])
            keeper.keep(answer.racked, answer.used)
        jobs.append(found[3])
    FILES.forget_all()
    orders = [(job.order, worker.compose(job)) for job in jobs]
    whole = [worker.typeset_in_full(*each) for each in orders]  # type: ignore[arg-type]
    code = [sys.executable, "-c", WITHOUT_AN_ENGINE, str(tmp_path / PLACE), STAMP]
    run = subprocess.run(
        code, input=pickle.dumps(orders), capture_output=True, cwd=ROOT, check=False
    )
    assert run.returncode == 0, run.stderr.decode()
    files = pickle.loads(run.stdout)
    for file, other in zip(files, whole, strict=True):
        assert isinstance(file, Made) and isinstance(other, Made) and plain(file) == plain(other)
        assert dict(file.notes)["stamp"] == HOW
    # A composer gives back the same, with what is told of the composition, once.
    rack = keeper.rack(prints=True)
    given = [*answers(_compose_with_a_note, jobs, rack)]
    files_there = {name for name in os.listdir(tmp_path / PLACE) if TABLE not in name}
    used = {name for answer in given for name in answer.used}
    assert {name for name in used if TABLE not in name} == files_there
    results = [result for answer in given for result in answer.results or []]
    for file, other, (_, composition) in zip(results, whole, orders, strict=True):
        assert isinstance(other, Made) and isinstance(composition, Composition)
        noted = (*plain(other).notes, ("press", "a note"))
        key = replace(composition, notes=(("press", "a note"),)).key
        assert plain(file) == replace(plain(other), notes=noted, key=key)
    # Without a rack, as for what is made as a whole, it passes a composition on.
    (passed,) = worker.each(worker.compose, seal_jobs((jobs[0],)), {}).results or [None]
    assert not isinstance(passed, Made)
    # What was put together by a stranger is given up, and the file is made otherwise.
    for name in files_there:
        values = keeper.rack().read(name, FILES._classes)
        for value in values:
            object.__setattr__(value.pages, "lines", 7)
        (tmp_path / PLACE / name).write_bytes(pickled(values))
    (passed,) = worker.each(worker.compose, seal_jobs((jobs[0],)), {}, 0, rack).results or [None]
    assert not isinstance(passed, Made | tuple)


def answers(work: Any, jobs: Sequence[Job], rack: Rack) -> Iterator[worker.Answer]:
    """What a worker gives back, which may do it in turns."""
    sealed, done = seal_jobs((*jobs,)), 0
    while done < len(jobs):
        answer = worker.each(work, sealed, {}, done, rack)
        done += len(answer.results or [])
        yield answer


def _compose_with_a_note(job: Job) -> Any:
    composition = worker.compose(job)
    assert isinstance(composition, Composition)
    return replace(composition, notes=(("press", "a note"),))


def _typeset(job: Job) -> Any:
    composition = worker.compose(job)
    assert isinstance(composition, Composition)
    return worker.typeset(job.order, composition)


class NoTypesetters(Workers):
    """Workers none of which has an engine."""

    def typesetter(self, lane: int) -> Any:
        raise AssertionError("an engine was asked for")


def build(root: Path, workers: Workers, *media: str, force: bool = False) -> dict[str, str]:
    """Build one leaflet for clinics of one brand; how each file was made."""
    media = media or ("screen", "press")
    asked = Selection(("stopping-kratom",), ("elm*",), (), ("a4",), media)
    request, made = Request(asked, Options(draft=True), TODAY), {}
    try:
        with Project(root, root / "output") as project:
            for event in project.plan(request, workers, force=force).build(workers):
                assert not hasattr(event, "errors"), event
                if isinstance(event, Built):
                    made[event.path] = dict(event.notes)["stamp"]
    finally:
        workers.close()
    return made


@pytest.fixture
def _same_hours(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that two clinics differ in all words that any two do."""
    monkeypatch.setattr(service, "HOURS", service.HOURS[:1])


class Printing(NoTypesetters):
    """The same, which note that they have printers."""

    had_printers = False

    def close(self) -> None:
        self.had_printers = self.printers is not None
        super().close()


@pytest.mark.usefixtures("_same_hours")
def test_a_changed_phone_is_printed_without_an_engine(tmp_path: Path) -> None:
    root = make_service(tmp_path / "service", 12)
    first = build(root, Workers(1))
    assert len(first) == 8 and HOW in first.values()
    clinics = root / "content/clinics.csv"
    before = "0113 496 0003"
    # One core composes and prints, one after the other; of two, one prints while one composes.
    for count in (1, 2):
        phone = f"0113 496 004{count}"
        clinics.write_text(clinics.read_text().replace(before, phone))
        before, printing = phone, Printing(count)
        made = build(root, printing)
        assert set(made.values()) == {HOW} and len(made) == 2
        assert printing.had_printers == (count == 2)
    # What is asked for as a whole is never answered from fields, nor is all that is made again.
    whole = NoTypesetters(1)
    whole.stamps = False
    clinics.write_text(clinics.read_text().replace(before, "0113 496 0043"))
    for workers, force in ((whole, False), (NoTypesetters(1), True)):
        with pytest.raises(AssertionError, match="an engine was asked for"):
            build(root, workers, force=force)


@pytest.mark.usefixtures("_same_hours")
def test_what_does_not_fit_is_passed_on_by_printers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_service(tmp_path / "service", 12)
    build(root, Workers(1))
    leaflet = root / "content/leaflets/stopping-kratom/en.md"
    text = leaflet.read_text(encoding="utf-8")
    leaflet.write_text(text.replace("## Your liver and", "## The liver and"), encoding="utf-8")
    printing = Printing(2)
    monkeypatch.setattr(Printing, "typesetter", Workers.typesetter)
    made = build(root, printing)
    assert printing.had_printers
    assert [how == HOW for how in made.values()].count(False) >= 4 and len(made) == 8


@pytest.mark.usefixtures("_same_hours")
@pytest.mark.parametrize("when", ["once", "always"])
def test_a_printer_that_dies_takes_no_job_along(
    when: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_service(tmp_path / "service", 12)
    build(root, Workers(1))
    clinics = root / "content/clinics.csv"
    clinics.write_text(clinics.read_text().replace("0113 496 0003", "0113 496 0044"))
    monkeypatch.setattr(worker, "printed", getattr(misbehaving, f"print_dying_{when}"))
    monkeypatch.setenv("DIED", str(tmp_path / "died"))
    if when == "once":
        made = build(root, Workers(2))
        assert set(made.values()) == {HOW} and len(made) == 2
    else:
        with pytest.raises(AssertionError, match="Build again; if it happens again"):
            build(root, Workers(2))


class FarTypesetters(Workers):
    """Workers whose typesetters see no rack, as on a cluster, until anything stands there."""

    is_far = True

    def typesetter(self, lane: int) -> Any:
        assert self.racking is not None and not self.racking.is_filled
        return super().typesetter(lane)


@pytest.mark.usefixtures("_same_hours")
def test_what_far_typesetters_prove_is_printed_at_home_for_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatch, "AHEAD", 1)
    made = build(make_service(tmp_path / "service", 12), FarTypesetters(1), "screen")
    # Two are learned from, the third proves.
    assert [how == HOW for how in made.values()] == [False, False, False, True]


def test_what_may_be_asked_for_is_read_ahead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    reading = Rack.read

    def counted(rack: Rack, name: str, classes: Any) -> Any:
        read.append(name)
        return reading(rack, name, classes)

    for number, key in enumerate("abcd"):
        place = put(tmp_path, key, key=key)
        os.utime(place, (number, number))
    put(tmp_path, "of another Foldwell", OTHER, "e")
    rack = Racking(tmp_path, STAMP).rack()
    Racking(tmp_path, STAMP).keep({rack.name_of("f", TABLE): pickled({})})
    there = notes(rack)
    monkeypatch.setattr(Rack, "read", counted)
    with monkeypatch.context() as smaller:
        smaller.setattr(proven, "AHEAD", 3)
        there.look_ahead()
    names = {key: rack.name_of(key) for key in "abcd"}
    assert read == [names["d"], names["c"], names["b"]]  # what was of use last, as much as is kept
    put(tmp_path, "changed", key="c")
    assert [there.find(key)[0].text for key in "dcba"] == ["d", "changed", "b", "a"]
    assert read[3:] == [names["c"], names["a"]]
    assert there.find("e") == there.find("f") == []
    there.look_ahead()  # all is known
    assert len(read) == 5
    notes(None).look_ahead()
