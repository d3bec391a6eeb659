"""Which YAML texts are plain, so that a quick reader reads them as a careful one would."""

from __future__ import annotations

import re

_COMMENT = re.compile(r"(?m)^ *#.*$")
_PLAIN = ("\n", "\n"), (" ", "~"), ("\u00a0", "\u2027"), ("\u2030", "\ud7ff")
"""The ranges of what none of them takes for the end of a line."""
_SIGN = re.compile(
    r"[{}\\]|(?:^|[\s\[,:-])[&*!|>%@`?\"']"  # signs with a meaning, where they have one
    r"|-[ ]*$"  # an item that says nothing
    r"|^(?:---|\.\.\.)"  # documents
    r"|\[[^\]\n]*:|\[[^\]\n]*$",  # lists that hold more than words
    re.MULTILINE,
)


def is_plain(text: str) -> bool:
    """Whether a text holds nothing but keys, lists and plain words, as far as its signs tell."""
    read = _COMMENT.sub("", text)
    known = all(any(low <= sign <= high for low, high in _PLAIN) for sign in {*read})
    return known and not _SIGN.search(read)
