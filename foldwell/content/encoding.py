"""The bytes of a text as characters, in the encodings that editors write."""

from __future__ import annotations

import codecs
import re

from foldwell.content.tidyings import Tidyings

_UNUSED = frozenset(b"\x81\x8d\x8f\x90\x9d")
"""Bytes that mean nothing in Windows-1252."""
_BROKEN = re.compile(rb"[\xc0-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf7][\x80-\xbf]{3}")
"""A character of UTF-8, or what pretends to be one: the file is neither the one nor the other."""
_CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\r\f\v")


def decoded(content: bytes, tidyings: Tidyings) -> str | None:
    """The text, its line ends made newlines; None if no encoding fits.

    UTF-8 needs no word. UTF-16 says itself what it is. What is neither is read as Windows-1252, if
    every byte has a meaning there and none is a part of UTF-8, and what came of them is named.
    """
    for mark, name in ((codecs.BOM_UTF16_LE, "UTF-16"), (codecs.BOM_UTF16_BE, "UTF-16")):
        if content.startswith(mark):
            try:
                text = content.decode(name)
            except UnicodeDecodeError:
                return None
            tidyings.note("D1", "This file is UTF-16 text and was read as such.", 1)
            return _lines(text, tidyings)
    if content.startswith(codecs.BOM_UTF8):
        content = content.removeprefix(codecs.BOM_UTF8)
        tidyings.note("D1", "The byte order mark at the start of this file was left out.", 1)
    try:
        return _lines(content.decode("utf-8"), tidyings)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
    found = set(content)
    if found & (_UNUSED | _CONTROLS) or _BROKEN.search(content):
        return None
    text = content.decode("cp1252")
    seen = "".join(dict.fromkeys(c for c in text if ord(c) > 127))
    tidyings.note(
        "D1",
        f"This file is not UTF-8 text; it was read as Windows-1252, with the characters {seen}.",
        line,
        hint="If one of them is wrong, save the file again with the encoding UTF-8.",
    )
    return _lines(text, tidyings)


def _lines(text: str, tidyings: Tidyings) -> str:
    if "\r" in text and "\n" not in text:
        tidyings.note("D1", "The lines of this file end as on old Macintoshes; they were read.", 1)
        return text.replace("\r", "\n")
    return text.replace("\r\n", "\n")
