"""Web pages whose colours were looked at before, on another page with the same tags and styles.

What a text stands on and is set in hangs on tags and style sheets, and not on its words. So a page
is looked at unless one of its kind was, and nothing was found there.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import TypeVar

from foldwell.carried import Carried, is_true
from foldwell.typeset.page_words import taken_apart

KEPT = 1024
_STYLE = re.compile(r"(?s)<style>(.*?)</style>")
_OF_WORDS = re.compile(r"\[\s*(?:href|src|alt)\b", re.IGNORECASE)
"""Selectors that ask for what is taken for words: where a link leads, what a picture shows."""
T = TypeVar("T")

_passed: OrderedDict[bytes, None] = OrderedDict()
_PASSED = Carried[bool]("looked at", is_true)


def look(page: str, find: Callable[[str], Sequence[T]]) -> Sequence[T]:
    """What is found on a web page.

    Args:
        page: The page as HTML.
        find: Looks at its tags and style sheets, and asks of words only whether there are any.
    """
    parts = _STYLE.split(page)
    digest = hashlib.sha256()
    for number, part in enumerate(parts):
        shape, blank = part, list[int]()
        if number % 2 == 0:
            shape, words = taken_apart(part)
            # A reference may stand for a space, which is not seen.
            blank = [n for n, word in enumerate(words) if not html.unescape(word).strip()]
        digest.update(f"{len(shape)} {shape}{blank}".encode())
    key = digest.digest()
    if key in _passed:
        _passed.move_to_end(key)
        return ()
    if _PASSED.answers(key.hex()):
        return ()
    found = find(page)
    if not found and not any(map(_OF_WORDS.search, parts[1::2])):
        _passed[key] = None
        _PASSED.keep(key.hex(), "", True)
        while len(_passed) > KEPT:
            _passed.popitem(last=False)
    return found
