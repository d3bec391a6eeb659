"""Finding icons: the names that fit some words, and the words that come nearest to others."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cache

from foldwell.typeset import templates

OUTLINE = "-outline"
"""How the name of an icon in outline ends; it has the words of the filled one."""
LEAST_STEM = 4
"""A word of as many letters finds longer ones that start with it, and the other way round."""


def icons_for(query: str) -> tuple[str, ...]:
    """The names of the icons that fit every word of a query, the best first.

    Args:
        query: One or more words; case and endings do not matter.
    """
    words = _words(query)
    if not words:
        return ()
    found = []
    for name in templates.icon_names():
        if name.endswith(OUTLINE):
            continue
        ranks = [_rank(word, name) for word in words]
        if all(rank is not None for rank in ranks):
            found.append((sum(rank or 0 for rank in ranks), len(name), name))
    return tuple(name for *_, name in sorted(found))


def nearest_words(query: str, most: int = 4) -> tuple[str, ...]:
    """The words that find something and are written most alike."""
    known = sorted({word for name in templates.icon_names() for word in _known(name)})
    return tuple(
        dict.fromkeys(
            near for word in _words(query) for near in get_close_matches(word, known, most, 0.6)
        )
    )[:most]


def _rank(word: str, name: str) -> int | None:
    """How well a word fits an icon, 0 the best; None where it does not."""
    own, known = _words(name), _known(name)
    if word in own:
        return 0
    if any(_akin(word, other) for other in own):
        return 1
    if word in known:
        return 2
    return 3 if any(_akin(word, other) for other in known) else None


def _akin(one: str, other: str) -> bool:
    """Whether the longer of two words starts with the shorter one, but for an ending of its own."""
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= LEAST_STEM and longer.startswith(
        shorter[: max(LEAST_STEM, len(shorter) - 1)]
    )


@cache
def _known(name: str) -> frozenset[str]:
    """The words of an icon: those of its name, and those that the set gives for it."""
    return frozenset(_words(f"{name} {templates.icon_words().get(name, '')}"))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())
