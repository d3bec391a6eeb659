"""An installation of Foldwell: the versions that shape a file, and where two of them differ.

Two installations whose versions are the same make the same bytes of the same job. This module
is light and asks the system; it imports none of what it tells the version of.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import platform
import sys
import zlib
from collections.abc import Mapping
from importlib import metadata

from foldwell import __version__

PACKAGES = (
    "weasyprint", "pydyf", "fonttools", "pikepdf", "pypdfium2", "pillow", "pyphen",
    "tinycss2", "tinyhtml5", "cssselect2",
)  # fmt: skip
LIBRARIES = (
    ("Pango", ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll"),
     "pango-1.0", "pango_version_string"),
    ("HarfBuzz", ("libharfbuzz.so.0", "libharfbuzz.dylib", "libharfbuzz-0.dll"),
     "harfbuzz", "hb_version_string"),
)  # fmt: skip
"""Name, its files, what the loader calls it, and the function that gives its version as text."""
MISSING = "missing"
STAMP = "the files of Foldwell"
"""The one fact that is a hash: of code, fonts, colour profiles, the names of system libraries and
the list of locked versions."""


def describe(stamp: str) -> dict[str, str]:
    """The versions of this installation, by the names that people know them by.

    Args:
        stamp: The hash of the files of Foldwell.
    """
    facts = {
        "Python": platform.python_version(),
        # The same text is broken into the same lines by the same arithmetic only.
        "the system": f"{sys.platform} {platform.machine()}",
        # Another zlib packs the same bytes into other ones.
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        "Foldwell": __version__,
        STAMP: stamp,
    }
    facts |= {name: _package(name) for name in PACKAGES}
    return facts | {name: _library(*rest) for name, *rest in LIBRARIES}  # type: ignore[arg-type]


def differences(ours: Mapping[str, str], theirs: Mapping[str, str]) -> list[str]:
    """What is not the same there as here, each as a few words for people."""
    found = [
        f"{name} is {theirs.get(name, MISSING)} there and {ours[name]} here"
        for name in ours
        if name != STAMP and theirs.get(name) != ours[name]
    ]
    if not found and theirs.get(STAMP) != ours.get(STAMP):
        # A hash says nothing to anybody, and any other difference explains it.
        found.append(
            "its code, its fonts, a system library or the way it was installed is another"
            " there than here"
        )
    return found


def _package(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return MISSING


def _library(files: tuple[str, ...], name: str, function: str) -> str:
    """The version that a library says it has; the word for none if it cannot be loaded."""
    for file in (*files, ctypes.util.find_library(name)):
        try:
            ask = getattr(ctypes.CDLL(file), function) if file else None
        except (OSError, AttributeError):
            continue
        if ask is not None:
            ask.restype = ctypes.c_char_p
            return str(ask().decode())
    return MISSING
