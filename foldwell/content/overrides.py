"""Overrides: the project's own templates and style sheets, in place of shipped ones."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from foldwell.content.reading import read_text
from foldwell.errors import FoldwellError, Mistakes, Place, did_you_mean
from foldwell.shipped import templates_folder

FOLDER = "content/templates"
DEPTH_LIMIT = 4
"""How deep folders of templates may be nested."""


def read_overrides(root: Path) -> tuple[dict[str, str], dict[str, tuple[FoldwellError, ...]]]:
    """The texts by name, and for each file or folder that cannot be used its mistakes."""
    texts: dict[str, str] = {}
    broken: dict[str, tuple[FoldwellError, ...]] = {}
    for path in _files(root, broken):
        own = path.removeprefix(f"{FOLDER}/")
        if not (templates_folder() / own).is_file() and not own.startswith("parts/"):
            shipped = [
                p.relative_to(templates_folder()).as_posix()
                for p in templates_folder().rglob("*.*")
                if p.suffix in (".html", ".css")
            ]
            what = "No shipped template has this name, so it would never be used."
            broken[path] = (FoldwellError(what, Place(path), did_you_mean(own, shipped)),)
            continue
        try:
            texts[own] = read_text(root, path)
        except Mistakes as mistakes:
            broken[path] = mistakes.errors
        except FoldwellError as error:
            broken[path] = (error,)
    return texts, broken


def _files(root: Path, broken: dict[str, tuple[FoldwellError, ...]]) -> Iterator[str]:
    """The paths of all files; a folder that is a link or too deep is broken."""
    pending = [FOLDER]
    while pending:
        folder = pending.pop()
        what = hint = ""
        if (root / folder).is_symlink():
            what, hint = "is a symbolic link", "Put the folder itself in its place"
        elif folder.count("/") - FOLDER.count("/") > DEPTH_LIMIT:
            what, hint = f"is nested more than {DEPTH_LIMIT} deep", "Flatten it"
        if what:
            broken[folder] = (FoldwellError(f"This folder {what}.", Place(folder), f"{hint}."),)
            continue
        try:
            with os.scandir(root / folder) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except OSError:
            continue
        pending += [f"{folder}/{e.name}" for e in reversed(found) if e.is_dir()]
        yield from (
            f"{folder}/{e.name}" for e in found if not e.is_dir() and not e.name.startswith(".")
        )
