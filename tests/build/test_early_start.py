"""Workers warm up before the command line is loaded, where a build will need them."""

import os
from pathlib import Path

import pytest

from foldwell.__main__ import was_saved


@pytest.fixture
def built(project: Path) -> Path:
    """A project that was built, a minute after its content was saved."""
    for folder, _, names in os.walk(project / "content"):
        for name in names:
            os.utime(os.path.join(folder, name), (1_000_000, 1_000_000))
    known = project / "output/.foldwell"
    (known / "rack").mkdir(parents=True)
    (known / "ledger.sqlite").touch()
    os.utime(known / "ledger.sqlite", (1_000_060, 1_000_060))
    return project


def is_saved(project: Path) -> bool:
    return was_saved(str(project), str(project / "output/.foldwell"))


def test_nothing_starts_where_nothing_was_saved(built: Path) -> None:
    assert not is_saved(built)


def test_any_file_of_the_content_counts(built: Path) -> None:
    saved = [path for path in (built / "content").rglob("*") if path.is_file()]
    assert len(saved) > 3
    for path in saved:
        os.utime(path, (1_000_120, 1_000_120))
        assert is_saved(built), path
        os.utime(path, (1_000_000, 1_000_000))


def test_without_what_printers_need_nothing_starts(built: Path) -> None:
    (built / "content/leaflets/new.md").touch()
    assert is_saved(built)
    (built / "output/.foldwell/rack").rmdir()
    assert not is_saved(built)


def test_no_project_and_no_output_are_no_trouble(tmp_path: Path, built: Path) -> None:
    assert not is_saved(tmp_path)
    (built / "output/.foldwell/ledger.sqlite").unlink()
    assert not is_saved(built)
