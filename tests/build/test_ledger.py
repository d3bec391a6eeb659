"""The ledger only saves work: whatever happens to it, builds go on, and nothing is believed."""

from __future__ import annotations

import os
import random
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from faults.projects import memory_folder

from foldwell.build import ledger
from foldwell.build.inputs import Seen, Signature
from foldwell.build.ledger import FOLDER, SCHEMA, Ledger
from foldwell.build.records import PlanRecord, Record, Written
from foldwell.errors import FoldwellError

FILE = f"{FOLDER}/ledger.sqlite"
SEEN = {"content/build.yml": Seen(Signature(1, 2, 3, 4), "ab" * 32, 5)}
RECORD = Record(
    {"leaflet": "1"},
    "key",
    (Written("a/en/x.pdf", "cd" * 32, (1, 2, 3, 4), 5),),
    "draft",
    (("fit", "12 pt"),),
    ("a finding",),
    0.5,
)
PLAN = PlanRecord("inputs", (("a/en/x.pdf", "x, a, en"),), (("y", "why"),), "keys", "2026-02-01")


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """An output folder with a ledger that knows of one job."""
    with closing(Ledger(tmp_path)) as ledger:
        ledger.keep_inputs(SEEN)
        ledger.keep_jobs({"a/en/x.pdf": RECORD})
        ledger.keep_plan("all", PLAN)
    return tmp_path


@pytest.fixture
def opened(output: Path) -> Iterator[Ledger]:
    with closing(Ledger(output)) as ledger:
        yield ledger


def change(output: Path, query: str, *values: object) -> None:
    with closing(sqlite3.connect(output / FILE)) as database, database:
        database.execute(query, values)


def test_what_was_kept_is_known(opened: Ledger) -> None:
    assert (opened.renewed, opened.new) == ("", False)
    assert opened.inputs() == SEEN
    assert opened.jobs() == opened.jobs(["a/en/x.pdf", "b"]) == {"a/en/x.pdf": RECORD}
    assert opened.jobs([]) == {}
    assert opened.plan("all") == PLAN
    assert opened.plan("some") is None


def test_a_new_ledger_is_empty(tmp_path: Path) -> None:
    with closing(Ledger(tmp_path / "not/yet/there")) as ledger:
        assert (ledger.new, ledger.renewed) == (True, "")
        assert ledger.inputs() == {}
        assert ledger.jobs() == {}


def test_inputs_replace_all_former_ones(opened: Ledger) -> None:
    opened.keep_inputs({"b": SEEN["content/build.yml"]})
    assert list(opened.inputs()) == ["b"]


OTHERS = {
    "content/build.yml": Seen(Signature(1, 2, 3, 4), "ab" * 32, 6),
    "content/a.md": Seen(Signature(5, 6, 7, 8), "cd" * 32, 6),
}


@pytest.mark.parametrize("kept", [SEEN, {}, OTHERS, {**OTHERS, **SEEN}])
@pytest.mark.parametrize("before", [SEEN, {}, OTHERS])
@pytest.mark.parametrize("known", [True, False])
def test_inputs_are_what_was_kept_last(
    known: bool, before: dict[str, Seen], kept: dict[str, Seen], output: Path
) -> None:
    with closing(Ledger(output)) as ledger:
        ledger.keep_inputs(before)
    with closing(Ledger(output)) as ledger:
        assert not known or ledger.inputs() == before  # of which only what differs is written
        ledger.keep_inputs(kept)
        ledger.keep_inputs(kept)
    with closing(Ledger(output)) as ledger:
        assert ledger.inputs() == kept


def test_inputs_that_stand_there_are_not_written_again(opened: Ledger) -> None:
    before = opened._database.total_changes
    opened.keep_inputs(opened.inputs())
    assert opened._database.total_changes == before


def test_an_input_that_cannot_be_read_does_not_stay(output: Path) -> None:
    change(output, "UPDATE inputs SET size = 'text'")
    with closing(Ledger(output)) as ledger:
        assert ledger.inputs() == {}
        ledger.keep_inputs({"content/a.md": OTHERS["content/a.md"]})
    with closing(sqlite3.connect(output / FILE)) as database:
        assert database.execute("SELECT label FROM inputs").fetchall() == [(b"content/a.md",)]


def test_a_name_that_is_no_text_is_kept(opened: Ledger) -> None:
    name = os.fsdecode(b"content/leaflets/caf\xe9/en.md")
    opened.keep_inputs({name: SEEN["content/build.yml"]})
    assert list(opened.inputs()) == [name]


def test_forgotten_jobs_are_unknown(opened: Ledger) -> None:
    opened.forget_jobs(["a/en/x.pdf", "never heard of"])
    assert opened.jobs() == {}


@pytest.mark.parametrize("other", [{"inputs": "others"}, {"day": "2026-02-02"}])
def test_plans_of_other_inputs_and_days_are_dropped(other: dict[str, Any], opened: Ledger) -> None:
    opened.keep_plan("web", PLAN)
    assert opened.plan("all") and opened.plan("web")
    opened.keep_plan("web", replace(PLAN, **other))
    assert opened.plan("all") is None


def test_several_changes_are_made_together_or_not_at_all(opened: Ledger) -> None:
    with pytest.raises(KeyboardInterrupt), opened.together():
        opened._database.execute("DELETE FROM jobs")
        raise KeyboardInterrupt
    assert opened.jobs() == {"a/en/x.pdf": RECORD}
    with opened.together():
        opened._database.execute("DELETE FROM jobs")
    assert opened.jobs() == {}


# What was made while Foldwell's own files changed.


def test_what_was_made_by_files_that_stayed_is_not_doubted(opened: Ledger) -> None:
    opened.keep_jobs({"b": RECORD}, "then")
    opened.settle("then")
    opened.settle("later")  # it is settled for good
    assert opened.jobs() == {"a/en/x.pdf": RECORD, "b": RECORD}


def test_what_was_made_by_files_that_changed_is_not_believed(opened: Ledger) -> None:
    opened.keep_jobs({"b": RECORD}, "then")
    opened.settle("later")
    records = opened.jobs()
    assert records["a/en/x.pdf"] == RECORD
    assert (records["b"].parts, records["b"].key) == ({}, "")
    assert records["b"].files == RECORD.files  # they are still ours to clean away


# Ledgers that cannot be used.


def damaged(path: Path) -> None:
    """Overwrite every page but the first."""
    size = path.stat().st_size
    with open(path, "r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (size - 4096))


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def emptied(path: Path) -> None:
    os.truncate(path, 0)


def other_file(path: Path) -> None:
    path.write_bytes(b"%PDF-1.7 not a ledger at all" * 1000)


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()
    (path / "notes.txt").write_text("kept")


def link(path: Path) -> None:
    path.rename(path.with_name("elsewhere"))
    path.symlink_to("elsewhere")


def pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def wrong_tables(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("DROP TABLE jobs")
        database.execute("CREATE TABLE jobs (something INTEGER, shipped TEXT)")


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE meta SET value = ?", (str(SCHEMA + 1),))


def not_utf8(path: Path) -> None:
    """Damage the words in which SQLite keeps its own tables."""
    content = path.read_bytes()
    assert b"CREATE TABLE inputs" in content
    path.write_bytes(content.replace(b"CREATE TABLE inputs", b"CREATE T\xd0BLE \xffnputs"))


@pytest.mark.skipif(os.name == "nt", reason="links and pipes")
@pytest.mark.parametrize(
    ("harm", "why"),
    [
        (damaged, "malformed|damaged|not a database"),
        (cut, "malformed|damaged"),
        (other_file, "not a database"),
        (folder, "no regular file"),
        (link, "no regular file"),
        (pipe, "no regular file"),
        (wrong_tables, "no such column|has no column|damaged"),
        (newer, "written by another version .schema 4"),
        (not_utf8, "malformed|damaged"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_ledger_beyond_use_is_set_aside(harm: object, why: str, output: Path) -> None:
    assert callable(harm)
    harm(output / FILE)
    with closing(Ledger(output)) as ledger:
        assert re.search(why, ledger.renewed), ledger.renewed
        assert ledger.new
        assert ledger.inputs() == {}
        assert ledger.jobs() == {}
        ledger.keep_jobs({"b": RECORD})
    assert os.path.lexists(f"{output / FILE}.old")
    with closing(Ledger(output)) as ledger:
        assert (ledger.renewed, list(ledger.jobs())) == ("", ["b"])


def test_an_empty_file_is_a_new_ledger(output: Path) -> None:
    emptied(output / FILE)
    with closing(Ledger(output)) as ledger:
        assert ledger.jobs() == {}


def test_an_older_ledger_set_aside_makes_room(output: Path) -> None:
    for _ in range(3):
        other_file(output / FILE)
        with closing(Ledger(output)) as ledger:
            assert ledger.renewed


def test_a_set_aside_ledger_that_cannot_be_moved_is_told(output: Path) -> None:
    Path(f"{output / FILE}.old").mkdir()
    other_file(output / FILE)
    with pytest.raises(FoldwellError, match="The ledger of builds cannot be written"):
        Ledger(output)


def test_random_damage_never_ends_in_a_traceback(output: Path) -> None:
    with closing(Ledger(output)) as ledger:
        ledger.keep_jobs({f"a/en/{n}.pdf": RECORD for n in range(50)})
    whole = (output / FILE).read_bytes()
    dice, renewed = random.Random(1), 0
    with memory_folder() as folder:
        for number in range(200):
            content = bytearray(whole)
            for _ in range(dice.choice((1, 4, 200))):
                content[dice.randrange(len(content))] = dice.randrange(256)
            content = content[: dice.choice((len(content), dice.randrange(len(content))))]
            copy = folder / str(number)
            (copy / FOLDER).mkdir(parents=True)
            (copy / FILE).write_bytes(content)
            try:
                with closing(Ledger(copy)) as ledger:
                    renewed += bool(ledger.renewed)
                    ledger.inputs(), ledger.jobs(), ledger.plan("all")
            except FoldwellError as error:
                assert "The ledger of builds cannot be read" in str(error)
    assert renewed > 50


# The write-ahead log.


@pytest.fixture
def killed(output: Path, tmp_path: Path) -> Path:
    """A copy of a ledger whose process died: what was kept last is in the log alone."""
    with closing(Ledger(output)) as ledger:
        ledger.keep_jobs({f"a/en/{n}.pdf": RECORD for n in range(50)})
        copy = Path(shutil.copytree(output, tmp_path / "killed"))
    assert (copy / f"{FILE}-wal").stat().st_size > 10_000
    return copy


def test_the_log_of_a_killed_build_is_read(killed: Path) -> None:
    with closing(Ledger(killed)) as ledger:
        assert len(ledger.jobs()) == 51


@pytest.mark.parametrize("part", [0.0, 0.3, 0.5, 0.9, 0.999])
def test_a_log_that_is_cut_short_loses_rows_and_no_more(part: float, killed: Path) -> None:
    log = killed / f"{FILE}-wal"
    os.truncate(log, int(log.stat().st_size * part))
    with closing(Ledger(killed)) as ledger:
        assert ledger.renewed == ""
        assert ledger.jobs()["a/en/x.pdf"] == RECORD
        ledger.keep_jobs({"b": RECORD})
    with closing(Ledger(killed)) as ledger:
        assert "b" in ledger.jobs()


def test_a_log_without_its_ledger_is_ignored(killed: Path) -> None:
    (killed / FILE).unlink()
    with closing(Ledger(killed)) as ledger:
        assert ledger.jobs() == {}
        ledger.keep_jobs({"b": RECORD})
    with closing(Ledger(killed)) as ledger:
        assert list(ledger.jobs()) == ["b"]


def test_a_log_of_rubbish_is_ignored(killed: Path) -> None:
    (killed / f"{FILE}-wal").write_bytes(b"\xff" * 50_000)
    (killed / f"{FILE}-shm").write_bytes(b"\xff" * 32_768)
    with closing(Ledger(killed)) as ledger:
        assert ledger.jobs()["a/en/x.pdf"] == RECORD


# Rows that cannot be read.


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "7",
        "{}",
        "null",
        '{"files": 1}',
        RECORD.as_json().replace("[1,2,3,4]", "[1,2,3]"),
        RECORD.as_json().replace("[1,2,3,4]", '["a",2,3,4]'),
        RECORD.as_json().replace('"seen_ns":5', '"seen_ns":null'),
        RECORD.as_json().replace('"parts":{"leaflet":"1"}', '"parts":3'),
        RECORD.as_json().replace('"seconds":0.5', '"seconds":"long"'),
        b"\xff\xfe\x00",
        7,
    ],
)
def test_a_job_that_cannot_be_read_is_unknown(text: object, output: Path) -> None:
    change(output, "UPDATE jobs SET record = ?", text)
    with closing(Ledger(output)) as ledger:
        assert ledger.jobs() == {}
        ledger.settle("x")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"inputs": 1, "jobs": 3}', b"\xff"])
def test_a_plan_that_cannot_be_read_is_unknown(text: object, output: Path) -> None:
    change(output, "UPDATE plans SET record = ?", text)
    with closing(Ledger(output)) as ledger:
        assert ledger.plan("all") is None


@pytest.mark.parametrize("column", ["size", "mtime", "ctime", "inode", "sha256", "read"])
@pytest.mark.parametrize("value", [None, "text", 1.5, b"\xff"])
def test_an_input_that_cannot_be_read_is_unknown(column: str, value: object, output: Path) -> None:
    change(output, f"UPDATE inputs SET {column} = ?", value)
    with closing(Ledger(output)) as ledger:
        known = ledger.inputs()
    assert known == {} or column == "sha256"
    assert all(isinstance(seen.sha256, str) for seen in known.values())


# A ledger that is sound, but cannot be used now.


def test_a_ledger_that_another_program_holds_is_left_alone(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "WAIT_S", 0.05)
    with closing(sqlite3.connect(output / FILE, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(FoldwellError) as caught:
            Ledger(output)
        other.execute("ROLLBACK")
    assert str(caught.value).endswith(
        "ledger.sqlite: The ledger of builds cannot be written (database is locked). Close the"
        " program that holds it, and build again."
    )
    with closing(Ledger(output)) as again:
        assert again.jobs() == {"a/en/x.pdf": RECORD}


@pytest.mark.parametrize(
    ("code", "message"),
    [
        (sqlite3.SQLITE_FULL, "database or disk is full"),
        (sqlite3.SQLITE_IOERR, "disk I/O error"),
        (sqlite3.SQLITE_READONLY, "attempt to write a readonly database"),
    ],
)
def test_a_fault_of_the_disk_sets_nothing_aside(
    code: int, message: str, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> sqlite3.Connection:
        error = sqlite3.OperationalError(message)
        error.sqlite_errorcode = code
        raise error

    with monkeypatch.context() as patched:
        patched.setattr(ledger.sqlite3, "connect", fail)  # type: ignore[attr-defined]
        with pytest.raises(FoldwellError, match=f"cannot be written .{message}"):
            Ledger(output)
    with closing(Ledger(output)) as again:
        assert again.jobs() == {"a/en/x.pdf": RECORD}


def test_rows_that_the_disk_does_not_give_are_told(opened: Ledger) -> None:
    opened.close()
    for read in (opened.inputs, opened.jobs, lambda: opened.plan("all")):
        with pytest.raises(FoldwellError, match="The ledger of builds cannot be read"):
            read()


@pytest.mark.skipif(os.name == "nt", reason="links")
def test_a_linked_folder_is_refused(output: Path, tmp_path: Path) -> None:
    (output / FOLDER).rename(tmp_path / "elsewhere")
    (output / FOLDER).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FoldwellError, match=r"This folder is a link\. Remove the link\."):
        Ledger(output)
