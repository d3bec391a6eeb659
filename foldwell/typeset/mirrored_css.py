"""Style sheets for languages that are read from right to left: what is on the left goes right.

Most rules say start and end, which follow the language by themselves. What has no such form in the
engine (margin boxes, floats, places of backgrounds, four measures in a row) changes sides here, in
sheets of a project's own as well. Selectors, strings and addresses stay as they are.
"""

from __future__ import annotations

import re
from functools import lru_cache

_PIECES = re.compile(r"""("[^"]*"|'[^']*'|url\([^)]*\)|/\*.*?\*/|[{};])""", re.DOTALL)
_SIDE = re.compile(r"(?<![\w.#])((?:[a-z]+-)*)(left|right)(?![\w])")
_FOUR = re.compile(
    r"(?P<what>(?:^|\s)(?:margin|padding|inset|border-(?:width|style|color))\s*:\s*)(?P<values>.+)",
    re.DOTALL,
)
_ROUND = re.compile(r"(?P<what>(?:^|\s)border-radius\s*:\s*)(?P<values>.+)", re.DOTALL)
_VALUE = re.compile(r"(?:[^\s()]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))+")
_OTHER = {"left": "right", "right": "left"}


@lru_cache(maxsize=256)
def mirrored(sheet: str) -> str:
    """A style sheet with left and right exchanged."""
    pieces = _PIECES.split(sheet)
    for index, piece in enumerate(pieces):
        if index % 2 or not piece.strip():
            continue
        opens = index + 1 < len(pieces) and pieces[index + 1] == "{"
        if opens and not piece.lstrip().startswith("@"):
            continue  # a selector
        piece = _SIDE.sub(lambda match: f"{match[1]}{_OTHER[match[2]]}", piece)
        piece = _FOUR.sub(_sides, piece)
        pieces[index] = _ROUND.sub(_corners, piece)
    return "".join(pieces)


def _sides(match: re.Match[str]) -> str:
    """Top, right, bottom and left."""
    values = _VALUE.findall(match["values"])
    if len(values) != 4:
        return match[0]
    top, right, bottom, left = values
    return f"{match['what']}{top} {left} {bottom} {right}"


def _corners(match: re.Match[str]) -> str:
    """Corners clockwise from the upper left, across and, behind a slash, upright."""
    radii = match["values"].split("/")
    return match["what"] + " / ".join(" ".join(_turned(_VALUE.findall(part))) for part in radii)


def _turned(corners: list[str]) -> list[str]:
    if len(corners) == 1:
        return corners
    first, second, *rest = corners
    third = rest[0] if rest else first
    fourth = rest[1] if len(rest) > 1 else second
    return [second, first, fourth, third]
