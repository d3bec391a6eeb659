import contextlib
import os
from pathlib import Path

import pytest

from foldwell.build.clean import clean_output
from foldwell.build.write import write_file
from foldwell.errors import FoldwellError

MADE = ("riverside/en/sleep-a4-screen.pdf", "riverside/en/sleep.html", "riverside/es/sleep.html")


def put(root: Path, *paths: str) -> None:
    for path in paths:
        write_file(root, path, b"x")


def left(root: Path) -> list[str]:
    return sorted(p.relative_to(root).as_posix() for p in root.rglob("*"))


def test_what_builds_made_is_deleted_with_its_folders(tmp_path: Path) -> None:
    put(tmp_path, *MADE, "riverside/en/.foldwell-abc.part")
    assert clean_output(tmp_path) == 4
    assert left(tmp_path) == []


def test_pages_of_commands_are_deleted_too(tmp_path: Path) -> None:
    put(tmp_path, "gallery.html", "icons.pdf", "gallery.txt")
    assert clean_output(tmp_path) == 2
    assert left(tmp_path) == ["gallery.txt"]


def test_what_nobody_built_is_kept(tmp_path: Path) -> None:
    others = ("notes.pdf", "riverside/notes.pdf", "riverside/en/notes.txt", "a/b/c/d.pdf")
    put(tmp_path, *MADE, *others)
    assert clean_output(tmp_path) == 3
    assert [path for path in left(tmp_path) if (tmp_path / path).is_file()] == sorted(others)


@pytest.mark.parametrize("path", ["riverside/en/Scan of 3 May.pdf", "riverside/en/order.pdf"])
def test_a_pdf_that_no_build_names_like_that_is_kept(path: str, tmp_path: Path) -> None:
    put(tmp_path, *MADE, path)
    clean_output(tmp_path)
    assert (tmp_path / path).exists()


@pytest.mark.parametrize("output", ["", "content"])
def test_a_project_is_never_cleaned(output: str, project: Path) -> None:
    put(project, "content/templates/parts/about.html", "content/templates/leaflet.html")
    put(project, "templates/parts/about.html")
    before = left(project)
    with contextlib.suppress(FoldwellError):
        clean_output(project / output)
    assert left(project) == before


def test_nothing_to_clean(tmp_path: Path) -> None:
    assert clean_output(tmp_path / "output") == 0


@pytest.mark.skipif(os.name == "nt", reason="links")
@pytest.mark.parametrize("link", ["riverside", "riverside/en"])
def test_links_are_not_followed(link: str, tmp_path: Path) -> None:
    output, outside = tmp_path / "output", tmp_path / "outside"
    put(outside, "en/sleep.html", "sleep.html")
    (output / link).parent.mkdir(parents=True)
    (output / link).symlink_to(outside)
    assert clean_output(output) == 0
    assert (outside / "en/sleep.html").exists() and (outside / "sleep.html").exists()


@pytest.mark.skipif(os.name == "nt", reason="links")
def test_a_linked_output_folder_is_refused(tmp_path: Path) -> None:
    put(tmp_path / "real", *MADE)
    (tmp_path / "output").symlink_to(tmp_path / "real")
    with pytest.raises(FoldwellError, match="is a link"):
        clean_output(tmp_path / "output")
    assert (tmp_path / "real" / MADE[0]).exists()
