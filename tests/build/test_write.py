import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from foldwell.build.write import write_file
from foldwell.errors import FoldwellError

PATH = "clinic/en/sleep-a4-screen.pdf"


def files(root: Path) -> list[str]:
    """The files below a folder."""
    return sorted(p.relative_to(root).as_posix() for p in root.rglob("*") if not p.is_dir())


def test_a_new_file(tmp_path: Path) -> None:
    write_file(tmp_path / "output", PATH, b"new")
    assert (tmp_path / "output" / PATH).read_bytes() == b"new"
    assert files(tmp_path / "output") == [PATH]


def test_everyone_may_read_it(tmp_path: Path) -> None:
    write_file(tmp_path, PATH, b"new")
    assert (tmp_path / PATH).stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("step", ["fsync", "replace", "chmod"])
def test_a_failing_step_leaves_the_old_file_whole(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_file(tmp_path, PATH, b"old")

    def fail(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, step, fail)
    with pytest.raises(FoldwellError, match="cannot be written \\(No space left on device\\)"):
        write_file(tmp_path, PATH, b"new")
    assert (tmp_path / PATH).read_bytes() == b"old"
    assert files(tmp_path) == [PATH]


def test_the_bytes_are_on_the_disk_before_the_name_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = []
    fsync, replace = os.fsync, os.replace

    def step(name: str, work: Callable[..., None]) -> Callable[..., None]:
        def noted(*arguments: object) -> None:
            steps.append(name)
            work(*arguments)

        return noted

    monkeypatch.setattr(os, "fsync", step("fsync", fsync))
    monkeypatch.setattr(os, "replace", step("replace", replace))
    write_file(tmp_path, PATH, b"new")
    assert steps == ["fsync", "replace", "fsync"]


def test_a_folder_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / PATH).mkdir(parents=True)
    with pytest.raises(FoldwellError, match="cannot be written"):
        write_file(tmp_path, PATH, b"new")
    assert files(tmp_path) == []


@pytest.mark.skipif(os.name == "nt", reason="links")
@pytest.mark.parametrize("part", ["clinic", "clinic/en"])
def test_a_linked_folder_is_refused(part: str, tmp_path: Path) -> None:
    output, outside = tmp_path / "output", tmp_path / "outside"
    outside.mkdir()
    (output / part).parent.mkdir(parents=True)
    (output / part).symlink_to(outside)
    with pytest.raises(FoldwellError, match="leads out of the output folder"):
        write_file(output, PATH, b"new")
    assert files(outside) == []


@pytest.mark.skipif(os.name == "nt", reason="links")
def test_no_folder_is_made_outside(tmp_path: Path) -> None:
    output, outside = tmp_path / "output", tmp_path / "outside"
    outside.mkdir()
    output.mkdir()
    (output / "clinic").symlink_to(outside)
    with pytest.raises(FoldwellError):
        write_file(output, PATH, b"new")
    assert list(outside.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="links")
def test_a_linked_file_is_replaced_not_followed(tmp_path: Path) -> None:
    (tmp_path / "precious").write_bytes(b"old")
    (tmp_path / PATH).parent.mkdir(parents=True)
    (tmp_path / PATH).symlink_to(tmp_path / "precious")
    write_file(tmp_path, PATH, b"new")
    assert (tmp_path / "precious").read_bytes() == b"old"
    assert (tmp_path / PATH).read_bytes() == b"new"
