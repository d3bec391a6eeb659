"""Where the files that are shipped with Foldwell stand."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path


def templates_folder() -> Path:
    """The shipped ``templates`` folder: inside the installed package, else beside it."""
    return _templates()


@cache
def _templates() -> Path:
    package = _package()
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"


def content_folder() -> Path:
    """The shipped content: inside the installed package, else that of the project beside it.

    It holds ``regions`` and ``brands``, and ``references.json`` with the sources of the regions.
    """
    package = _package()
    inside = package / "content" / "shipped"
    return inside if inside.is_dir() else package.parent / "content"


def prepared_folder() -> Path:
    """Where setting up puts what it prepares: among the packages, where no build writes."""
    return Path(sys.prefix) / "share" / "foldwell"


@cache
def _package() -> Path:
    return Path(__file__).resolve().parent
