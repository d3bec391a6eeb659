"""Subsets: what of a font a file needs, cut out as the engine does it, with no engine.

The engine asks the machine's HarfBuzz, whose versions write other bytes; the same library is asked
here, in the same way (WeasyPrint, ``Font.subset``).
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

from foldwell.typeset.variable.programs import program

KEPT = 256
"""How many subsets are kept."""
FONTS_KEPT = 32
"""How many fonts are kept open."""
_NAMES = {
    "harfbuzz": (
        "libharfbuzz-0", "harfbuzz", "harfbuzz-0.0", "libharfbuzz.so.0", "libharfbuzz.0.dylib",
        "libharfbuzz-0.dll",
    ),
    "harfbuzz-subset": (
        "libharfbuzz-subset-0", "harfbuzz-subset", "harfbuzz-subset-0.0",
        "libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib", "libharfbuzz-subset-0.dll",
    ),
}  # fmt: skip
"""The names by which the engine asks for the libraries, in its order."""
_IN_DEFAULT_FOLDERS = 0x1000
_DROPPED = "BASE DSIG EBDT EBLC EBSC GPOS GSUB JSTF LTSH PCLT SVG"
_NO_HINTING, _RETAIN_GIDS, _DESUBROUTINIZE, _PASSTHROUGH = 0x01, 0x02, 0x04, 0x20
_DROP_TABLE, _READ_ONLY = 3, 1
_POINTER, _COUNT = ctypes.c_void_p, ctypes.c_uint
_FUNCTIONS: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "hb_blob_create": (_POINTER, (ctypes.c_char_p, _COUNT, ctypes.c_int, _POINTER, _POINTER)),
    "hb_blob_destroy": (None, (_POINTER,)),
    "hb_blob_get_data": (_POINTER, (_POINTER, ctypes.POINTER(_COUNT))),
    "hb_face_create": (_POINTER, (_POINTER, _COUNT)),
    "hb_face_destroy": (None, (_POINTER,)),
    "hb_face_reference_blob": (_POINTER, (_POINTER,)),
    "hb_set_add_range": (None, (_POINTER, _COUNT, _COUNT)),
    "hb_set_add_sorted_array": (None, (_POINTER, _POINTER, _COUNT)),
    "hb_subset_input_create_or_fail": (_POINTER, ()),
    "hb_subset_input_destroy": (None, (_POINTER,)),
    "hb_subset_input_glyph_set": (_POINTER, (_POINTER,)),
    "hb_subset_input_set": (_POINTER, (_POINTER, ctypes.c_int)),
    "hb_subset_input_set_flags": (None, (_POINTER, _COUNT)),
    "hb_subset_or_fail": (_POINTER, (_POINTER, _POINTER)),
}


@lru_cache(maxsize=KEPT)
def subset(digest: str, index: int, glyphs: frozenset[int], hinting: bool) -> bytes | None:
    """The part of a font that some glyphs need.

    Args:
        digest: The SHA-256 of the font's bytes.
        index: Which font of these bytes.
        glyphs: Their numbers; if there are none, all of the font is taken.
        hinting: Whether the instructions of its outlines are kept.

    Returns:
        The font; None if the libraries are not there, or cannot make it.
    """
    if not glyphs:
        return program(digest)
    asked = _asked()
    if asked is None:
        return None
    face, wanted = _face(digest, index), asked["hb_subset_input_create_or_fail"]()
    if not wanted:
        return None
    kept = cut = None
    try:
        _add(asked, asked["hb_subset_input_glyph_set"](wanted), sorted(glyphs))
        asked["hb_subset_input_set_flags"](wanted, _RETAIN_GIDS | _PASSTHROUGH | _DESUBROUTINIZE)
        tags = [int.from_bytes(f"{name:4}".encode(), "big") for name in _DROPPED.split()]
        _add(asked, asked["hb_subset_input_set"](wanted, _DROP_TABLE), tags)
        kept = asked["hb_subset_or_fail"](face.pointer, wanted)
        if not kept:
            return None
        # Empty glyphs up to the last one stay, so that all keep their numbers.
        asked["hb_set_add_range"](asked["hb_subset_input_glyph_set"](wanted), 0, max(glyphs))
        flags = _PASSTHROUGH | _DESUBROUTINIZE | (0 if hinting else _NO_HINTING)
        asked["hb_subset_input_set_flags"](wanted, flags)
        cut = asked["hb_subset_or_fail"](kept, wanted)
        return _content(asked, cut) if cut else None
    finally:
        for made in filter(None, (kept, cut)):
            asked["hb_face_destroy"](made)
        asked["hb_subset_input_destroy"](wanted)


def _add(asked: dict[str, Any], numbers: int, more: Iterable[int]) -> None:
    """Put numbers that are in order into a set of the library."""
    listed = [*more]
    asked["hb_set_add_sorted_array"](numbers, (_COUNT * len(listed))(*listed), len(listed))


def _content(asked: dict[str, Any], face: int) -> bytes | None:
    """The bytes of a font of the library."""
    blob, length = asked["hb_face_reference_blob"](face), _COUNT()
    start = asked["hb_blob_get_data"](blob, ctypes.byref(length))
    content = ctypes.string_at(start, length.value) if start else b""
    asked["hb_blob_destroy"](blob)
    return content or None


@cache
def _asked() -> dict[str, Any] | None:
    """The functions of the libraries; None if any is not there."""
    libraries = [_library(names) for names in _NAMES.values()]
    found: dict[str, Any] = {}
    for name, (result, told) in _FUNCTIONS.items():
        library = libraries["_subset_" in name]
        if (function := getattr(library, name, None)) is None:
            return None
        function.restype, function.argtypes = result, told
        found[name] = function
    return found


def _library(names: Iterable[str]) -> Any:
    """A library of the machine, by the first of its names that is known."""
    for name in names:
        try:
            return ctypes.CDLL(name, winmode=_IN_DEFAULT_FOLDERS if os.name == "nt" else None)
        except OSError:
            continue
    return None


class _Face:
    """A font of the library, for as long as somebody uses it."""

    def __init__(self, asked: dict[str, Any], content: bytes, index: int) -> None:
        self._content = content  # which the library reads, and does not copy
        self._destroy = asked["hb_face_destroy"]
        blob = asked["hb_blob_create"](content, len(content), _READ_ONLY, None, None)
        self.pointer = asked["hb_face_create"](blob, index)
        asked["hb_blob_destroy"](blob)

    def __del__(self) -> None:
        """Let the font go."""
        self._destroy(self.pointer)


@lru_cache(maxsize=FONTS_KEPT)
def _face(digest: str, index: int) -> _Face:
    asked = _asked()
    assert asked is not None
    return _Face(asked, program(digest), index)
