"""The entries of a folder of the project, by the names that they give."""

from __future__ import annotations

import os
from pathlib import Path

from foldwell.commands import COMMANDS
from foldwell.content.values import slug_problem
from foldwell.errors import FoldwellError, Place

Broken = dict[str, tuple[FoldwellError, ...]]
"""By path, the mistakes that keep a file from being read."""


def entries(root: Path, folder: str, suffix: str) -> tuple[list[tuple[str, str]], Broken]:
    """The (slug, path) of each entry of a folder, and what cannot be one.

    Args:
        root: The project folder.
        folder: A folder below it; it need not be there.
        suffix: What the names of its files end in; empty if its entries are folders.
    """
    found: list[tuple[str, str]] = []
    broken: Broken = {}
    try:
        names = sorted(os.listdir(root / folder))
    except FileNotFoundError:
        return found, broken
    except OSError as error:
        broken[folder] = (
            FoldwellError(
                f"This folder cannot be read ({error.strerror}).",
                Place(folder),
                "Check its permissions.",
            ),
        )
        return found, broken
    for name in names:
        path = f"{folder}/{name}"
        is_folder = (root / path).is_dir()
        if not suffix and not is_folder and name.endswith(".md"):
            slug = name.removesuffix(".md")
            broken[path] = (
                FoldwellError(
                    "A leaflet is a folder with one file a language.",
                    Place(path),
                    f"Move it to {folder}/{slug}/en.md.",
                ),
            )
        if name.startswith(".") or is_folder != (suffix == ""):
            continue
        if suffix and not name.endswith(suffix):
            if name.endswith((".yaml", ".md", ".json", ".txt")):
                broken[path] = (
                    FoldwellError(
                        f"This file is not read, because its name does not end in '{suffix}'.",
                        Place(path),
                        f"Rename it to '{Path(name).stem}{suffix}', or take it away.",
                    ),
                )
            continue
        slug = name.removesuffix(suffix) if suffix else name
        problem = slug_problem(slug)
        if not problem and folder == "content/leaflets" and slug in COMMANDS:
            problem = "it is also a command"
        if (root / path).is_symlink():
            problem = "it is a symbolic link"
        if problem:
            hint = "Choose another name."
            if "not made of" in problem:
                hint = "Rename it with a-z, 0-9 and hyphens, such as 'riverside-clinic'."
            elif "link" in problem:
                hint = "Put the file or folder itself in its place."
            broken[path] = (
                FoldwellError(
                    f"'{slug}' cannot be used as a name: {problem}.",
                    Place(path),
                    hint,
                ),
            )
            continue
        found.append((slug, path))
    return found, broken
