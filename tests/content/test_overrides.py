"""Templates and style sheets of a project's own."""

import os
from pathlib import Path

from foldwell.content.overrides import DEPTH_LIMIT, FOLDER, read_overrides


def put(root: Path, name: str, text: str = "p {}") -> None:
    path = root / FOLDER / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_a_project_without_any(tmp_path: Path) -> None:
    assert read_overrides(tmp_path) == ({}, {})


def test_shipped_names_and_new_parts_are_read(tmp_path: Path) -> None:
    put(tmp_path, "css/sheet.css")
    put(tmp_path, "parts/own.html", "<p>Own</p>")
    put(tmp_path, "css/.hidden.css")
    assert read_overrides(tmp_path) == (
        {"css/sheet.css": "p {}", "parts/own.html": "<p>Own</p>"},
        {},
    )


def test_a_name_that_would_never_be_used(tmp_path: Path) -> None:
    put(tmp_path, "css/shet.css")
    texts, broken = read_overrides(tmp_path)
    assert texts == {}
    ((path, (error,)),) = broken.items()
    assert path == f"{FOLDER}/css/shet.css"
    assert "would never be used" in error.message and "css/sheet.css" in error.hint


def test_folders_that_are_links_or_too_deep(tmp_path: Path) -> None:
    put(tmp_path, "/".join("a" * (DEPTH_LIMIT + 1)) + "/x.css")
    os.symlink(tmp_path, tmp_path / FOLDER / "away")
    texts, broken = read_overrides(tmp_path)
    assert texts == {}
    said = sorted(error.message for errors in broken.values() for error in errors)
    assert said == [
        "This folder is a symbolic link.",
        f"This folder is nested more than {DEPTH_LIMIT} deep.",
    ]
