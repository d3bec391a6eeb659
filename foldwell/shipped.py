"""Where the files that are shipped with Foldwell stand."""

from __future__ import annotations

from pathlib import Path


def templates_folder() -> Path:
    """The shipped ``templates`` folder: inside the installed package, else beside it."""
    package = Path(__file__).resolve().parent
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"


def regions_folder() -> Path:
    """The shipped regions: inside the installed package, else those of the project beside it."""
    package = Path(__file__).resolve().parent
    inside = package / "regions"
    return inside if inside.is_dir() else package.parent / "content" / "regions"
