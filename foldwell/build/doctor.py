"""The doctor: versions, fonts and libraries, and what is wrong with them."""

from __future__ import annotations

import ctypes.util
import os
import platform
import sys
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path

from foldwell import __version__
from foldwell.content.interface_words import LANGUAGES, SOURCE, shipped_catalogue
from foldwell.fonts import fonts

PACKAGES = (
    "weasyprint", "jinja2", "markdown", "pymdown-extensions", "nh3", "pydantic", "pikepdf",
    "pypdfium2", "pillow", "citeproc-py", "phonenumbers", "click", "rich",
)  # fmt: skip
LIBRARIES = {
    "Pango": ("pango-1.0", "libpango-1.0.so.0"),
    "PangoFT2": ("pangoft2-1.0", "libpangoft2-1.0.so.0"),
    "HarfBuzz": ("harfbuzz", "libharfbuzz.so.0"),
    "HarfBuzz-subset": ("harfbuzz-subset", "libharfbuzz-subset.so.0"),
}


@dataclass
class Examination:
    """What was found: plain facts, and what is wrong."""

    facts: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def examine(root: Path) -> Examination:
    """Look at the machine, the libraries, the fonts and the project."""
    found = Examination()
    found.facts.append(
        f"Foldwell {__version__}, Python {platform.python_version()} ({sys.platform})"
    )
    for name in PACKAGES:
        try:
            found.facts.append(f"  {name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            found.problems.append(f"The package '{name}' is missing. Run 'python3 build.py' again.")
    for name, names in LIBRARIES.items():
        if _loads(names):
            found.facts.append(f"Library {name}: found")
        else:
            found.problems.append(
                f"The library {name} cannot be loaded. Run 'python3 build.py': it installs it, or"
                " prints the command that does."
            )
    _fonts(found)
    found.facts += _languages()
    if not (root / "content").is_dir():
        found.problems.append(f"There is no folder 'content' in {root}. Run it in a project.")
    output = root / "output"
    if not os.access(output if output.exists() else root, os.W_OK):
        found.problems.append(f"The folder {output} cannot be written to. Change its permissions.")
    return found


def _languages() -> list[str]:
    """The languages of the interface, and whether a native speaker has checked its words."""
    told = []
    for language in LANGUAGES:
        catalogue = shipped_catalogue(language)
        by = "the source" if language == SOURCE else f"checked by {catalogue.checked_by}"
        told.append(
            f"Language {language}: "
            + (by if catalogue.checked else "no native speaker has checked its words yet")
        )
    return told


def _loads(names: tuple[str, ...]) -> bool:
    for name in (*names, ctypes.util.find_library(names[0])):
        try:
            if name:
                ctypes.CDLL(name)
                return True
        except OSError:
            continue
    return False


def _fonts(found: Examination) -> None:
    from fontTools.ttLib import TTFont, TTLibError

    for row, weight in ((font, weight) for font in fonts() for weight in font.cuts):
        path = row.path(weight)
        try:
            with TTFont(path, lazy=True) as file:
                count = len(file.getBestCmap())
                found.facts.append(
                    f"Font {path.stem}: {count} characters ({', '.join(row.scripts)})"
                )
        except (TTLibError, OSError) as error:
            found.problems.append(f"The font {path} is broken ({error}). Get the file again.")
