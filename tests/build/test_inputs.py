"""Whether files changed: contents decide, and times only save reading."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from foldwell.build import inputs
from foldwell.build.inputs import (
    READ_LIMIT_BYTES,
    UNREADABLE,
    YOUNG_NS,
    Seen,
    Signature,
    are_untouched,
    content_hash,
    digest,
    fingerprint,
    look,
    signature_of,
    walk,
)

LATER_NS = 10**15
"""Long after any file of these tests was written, so that none of them is young."""


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


class Looks:
    """Looks at a folder again and again, and counts what it reads."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.seen: dict[str, Seen] = {}
        self.read: list[str] = []
        self.now_ns = max(os.stat(folder).st_ctime_ns, 0) + LATER_NS
        usual = content_hash

        def counted(path: str, *limit: float) -> str:
            self.read.append(Path(path).relative_to(folder).as_posix())
            return usual(path, *limit)

        monkeypatch.setattr(inputs, "content_hash", counted)

    def __call__(self, now_ns: int | None = None) -> bool:
        """Look once more; whether the contents differ from those of the last look."""
        self.read.clear()
        before = digest(self.seen)
        self.seen, _ = look({"p": self.folder}, self.seen, now_ns or self.now_ns)
        return digest(self.seen) != before


@pytest.fixture
def looks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Looks:
    """Three files that were looked at, long after they were written."""
    for name in ("a.md", "b/c.yml", "b/d.svg"):
        path = tmp_path / "files" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"the content of {name}")
    looks = Looks(tmp_path / "files", monkeypatch)
    assert looks()
    assert sorted(looks.read) == ["a.md", "b/c.yml", "b/d.svg"]
    return looks


def test_names_and_contents_are_recorded(looks: Looks) -> None:
    assert {label: seen.sha256 for label, seen in looks.seen.items()} == {
        f"p/{name}": sha256(f"the content of {name}".encode())
        for name in ("a.md", "b/c.yml", "b/d.svg")
    }


def test_what_is_as_it_was_is_not_read(looks: Looks) -> None:
    assert not looks()
    assert looks.read == []


def test_a_young_file_is_read_again(looks: Looks) -> None:
    path = looks.folder / "a.md"
    written_ns = max(path.stat().st_mtime_ns, path.stat().st_ctime_ns)
    for age_ns, read in ((0, ["a.md"]), (YOUNG_NS, ["a.md"]), (YOUNG_NS + 1, [])):
        seen = looks.seen["p/a.md"]
        looks.seen["p/a.md"] = Seen(seen.signature, seen.sha256, written_ns + age_ns)
        assert not looks()
        assert looks.read == read


def test_two_changes_within_one_tick_of_the_clock_are_both_seen(looks: Looks) -> None:
    """A coarse clock gives both the same times: only the rule for young files tells them apart."""
    path = looks.folder / "a.md"
    path.write_text("one")
    now_ns = path.stat().st_ctime_ns
    looks(now_ns)
    path.write_text("two")
    seen = looks.seen["p/a.md"]
    same = signature_of(path.stat())
    looks.seen["p/a.md"] = Seen(same, seen.sha256, now_ns)  # as if no time had passed
    assert looks()
    assert looks.seen["p/a.md"].sha256 == sha256(b"two")


def test_a_touched_file_is_read_and_found_unchanged(looks: Looks) -> None:
    os.utime(looks.folder / "a.md")
    assert not looks()
    assert looks.read == ["a.md"]
    assert not looks()
    assert looks.read == []


def test_a_change_of_equal_size_and_time_is_seen(looks: Looks) -> None:
    path = looks.folder / "a.md"
    facts = path.stat()
    path.write_text(path.read_text().upper())
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (facts.st_size, facts.st_mtime_ns)
    assert looks()


def test_another_file_of_equal_size_and_time_in_its_place_is_seen(looks: Looks) -> None:
    path = looks.folder / "a.md"
    facts = path.stat()
    other = looks.folder.parent / "other"
    other.write_text(path.read_text().upper())
    os.utime(other, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    other.replace(path)
    assert looks()


@pytest.mark.parametrize("when_ns", [0, 10**9, 2**62, -(10**9)], ids=str)
def test_no_time_hides_a_change(when_ns: int, looks: Looks) -> None:
    """Times of long ago, of the far future, and from before the epoch."""
    path = looks.folder / "a.md"
    os.utime(path, ns=(when_ns, when_ns))
    assert not looks()
    path.write_text("another content")
    os.utime(path, ns=(when_ns, when_ns))
    assert looks()
    os.utime(path, ns=(when_ns, when_ns))
    assert not looks()


def test_a_file_of_the_future_is_read_every_time(looks: Looks) -> None:
    path = looks.folder / "a.md"
    os.utime(path, ns=(0, looks.now_ns + 1))
    for _ in range(3):
        assert not looks()
        assert looks.read == ["a.md"]


def test_a_clock_set_back_costs_reading_and_no_change(looks: Looks) -> None:
    past_ns = (looks.folder / "a.md").stat().st_ctime_ns - LATER_NS
    os.utime(looks.folder / "a.md")
    looks(past_ns)  # recorded by a clock that ran long ago
    for _ in range(2):
        assert not looks(past_ns)
        assert looks.read == ["a.md"]
    (looks.folder / "a.md").write_text("another content")
    assert looks(past_ns)


def test_deleted_and_new_files_are_seen(looks: Looks) -> None:
    (looks.folder / "new.md").touch()
    assert looks()
    (looks.folder / "new.md").unlink()
    assert looks()


def test_a_renamed_file_is_seen(looks: Looks) -> None:
    (looks.folder / "a.md").rename(looks.folder / "e.md")
    assert looks()


def test_two_files_that_change_places_are_seen(looks: Looks) -> None:
    one, two = looks.folder / "b/c.yml", looks.folder / "b/d.svg"
    one.rename(looks.folder.parent / "between")
    two.rename(one)
    (looks.folder.parent / "between").rename(two)
    assert looks()


def test_a_deleted_folder_is_seen(looks: Looks) -> None:
    shutil.rmtree(looks.folder / "b")
    assert looks()
    assert list(looks.seen) == ["p/a.md"]
    shutil.rmtree(looks.folder)
    assert looks()
    assert looks.seen == {}


def test_an_empty_folder_is_no_input(looks: Looks) -> None:
    (looks.folder / "empty/deep").mkdir(parents=True)
    assert not looks()


def test_compiled_python_is_no_input(looks: Looks) -> None:
    (looks.folder / "b/__pycache__").mkdir()
    (looks.folder / "b/__pycache__/x.pyc").touch()
    assert not looks()


# Links, and what is no file.


def to_a_file(path: Path) -> None:
    path.symlink_to("b/c.yml")


def to_a_folder(path: Path) -> None:
    path.symlink_to("b")


def to_nothing(path: Path) -> None:
    path.symlink_to("nothing")


def to_itself(path: Path) -> None:
    path.symlink_to(path.name)


def named_pipe(path: Path) -> None:
    os.mkfifo(path)


@pytest.mark.skipif(os.name == "nt", reason="links and pipes")
@pytest.mark.parametrize("make", [to_a_file, to_a_folder, to_nothing, to_itself, named_pipe])
def test_what_is_no_file_is_seen_and_never_opened(
    make: Callable[[Path], None], looks: Looks
) -> None:
    make(looks.folder / "odd.md")
    assert looks()
    assert looks.seen["p/odd.md"].sha256 == UNREADABLE
    assert not any(label.startswith("p/odd.md/") for label in looks.seen)
    (looks.folder / "odd.md").unlink()
    assert looks()


@pytest.mark.skipif(os.name == "nt", reason="links")
def test_a_file_that_becomes_a_link_to_an_equal_file_is_seen(looks: Looks) -> None:
    path = looks.folder / "a.md"
    path.rename(looks.folder.parent / "elsewhere")
    path.symlink_to(looks.folder.parent / "elsewhere")
    assert looks()


@pytest.mark.skipif(os.name == "nt", reason="links")
def test_links_in_a_circle_end(looks: Looks) -> None:
    (looks.folder / "b/up").symlink_to("..")
    assert looks()
    assert sorted(looks.seen) == ["p/a.md", "p/b/c.yml", "p/b/d.svg", "p/b/up"]


def test_a_name_that_is_no_text_is_a_name(looks: Looks) -> None:
    try:
        Path(os.fsdecode(os.fsencode(looks.folder) + b"/caf\xe9.md")).touch()
    except OSError:
        pytest.skip("this file system takes only text for names")
    assert looks()
    assert "p/caf\udce9.md" in looks.seen
    assert fingerprint(looks.seen)


# What cannot be read.


def test_what_could_not_be_read_is_read_again(
    looks: Looks, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:

        def refuse(path: Any, *_: Any) -> int:
            raise OSError(errno.EIO, "Input/output error")

        patched.setattr(os, "open", refuse)
        os.utime(looks.folder / "a.md")
        assert looks()
        assert looks.seen["p/a.md"].sha256 == UNREADABLE
    assert looks()
    assert looks.read == ["a.md"]


def test_a_folder_that_cannot_be_read_is_seen(
    looks: Looks, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = os.scandir

    def refuse(path: Any) -> Any:
        if str(path).endswith("b"):
            raise PermissionError(errno.EACCES, "Permission denied")
        return usual(path)

    with monkeypatch.context() as patched:
        patched.setattr(os, "scandir", refuse)
        assert looks()
    assert looks()


def test_a_file_that_goes_while_it_is_looked_at_is_none(
    looks: Looks, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = os.scandir

    def one_goes(path: Any) -> Any:
        entries = list(usual(path))
        if Path(path) == looks.folder:
            (looks.folder / "a.md").unlink(missing_ok=True)
        return entries

    monkeypatch.setattr(os, "scandir", one_goes)
    assert looks()
    assert looks.seen.get("p/a.md", Seen(Signature(0, 0, 0, 0), UNREADABLE, 0)).sha256 == UNREADABLE


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    assert list(walk(tmp_path / "nowhere", "p")) == []


# Hashes of many.


def seen(**contents: str) -> dict[str, Seen]:
    return {name: Seen(Signature(1, 2, 3, 4), text, 5) for name, text in contents.items()}


def test_a_digest_tells_names_and_contents_apart() -> None:
    different = [
        seen(),
        seen(a="1"),
        seen(a="2"),
        seen(b="1"),
        seen(a="1", b="1"),
        seen(a="1", b="2"),
        seen(a="2", b="1"),
    ]
    assert len({digest(one) for one in different}) == len(different)


def test_a_digest_knows_no_order_and_no_time() -> None:
    one = {"a": Seen(Signature(1, 2, 3, 4), "x", 5), "b": Seen(Signature(1, 2, 3, 4), "y", 5)}
    two = {"b": Seen(Signature(1, 9, 9, 9), "y", 9), "a": Seen(Signature(1, 9, 9, 9), "x", 9)}
    assert digest(one) == digest(two)
    assert fingerprint(one) != fingerprint(two)


@pytest.mark.parametrize(
    ("now", "untouched"),
    [
        ({"a": Seen(Signature(1, 2, 3, 4), "x", 9)}, True),
        ({"a": Seen(Signature(1, 2, 9, 4), "x", 5)}, False),
        ({"a": Seen(Signature(1, 2, 3, 4), "y", 5)}, False),
        ({"b": Seen(Signature(1, 2, 3, 4), "x", 5)}, False),
        ({}, False),
    ],
)
def test_what_was_touched_is_noticed(now: dict[str, Seen], untouched: bool) -> None:
    before = {"a": Seen(Signature(1, 2, 3, 4), "x", 5)}
    assert are_untouched(now, before) is untouched
    assert are_untouched(before, now) is untouched
    assert are_untouched(before, dict(before))


def test_a_digest_of_a_part() -> None:
    both = {**seen(a="1"), **seen(b="2")}
    assert digest(both, "a") == digest(seen(a="1"))
    assert fingerprint(both, ("a",)) == fingerprint(seen(a="1"))
    assert fingerprint(both, ("a", "b")) == fingerprint(both)


def test_a_file_too_large_to_be_read_is_not(looks: Looks) -> None:
    film = looks.folder / "film.mp4"
    film.touch()
    os.truncate(film, 10**13)
    started = content_hash(film, READ_LIMIT_BYTES)
    assert started.startswith("large, ")
    os.truncate(film, 10**13 + 1)
    assert content_hash(film, READ_LIMIT_BYTES) != started


def test_nothing_behind_a_folder_that_is_a_link_is_seen(looks: Looks, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(looks.folder)
    assert [label for label, _, _ in walk(link, "content")] == ["content"]
