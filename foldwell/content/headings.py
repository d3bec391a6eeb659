"""Headings of a text that comes from elsewhere, brought to the levels that a leaflet has.

A leaflet's title stands in its front matter, so its sections are of the second level, and what
stands under a section is of the next. Headings of other levels are read so; what a heading stands
under does not change. A first heading that is the title once more is left out.
"""

from __future__ import annotations

import re

from foldwell.content.tidyings import Tidyings

HEADING = re.compile(r" {0,3}(#{1,6})(?= |$)")
_UNDERLINE = re.compile(r" {0,3}(=+|-+) *$")
_ANCHOR = re.compile(r"""(?i)<(a|span)\s+(?:id|name)=["']?([a-z][a-z0-9-]*)["']?\s*>\s*</\1>""")
_OTHER = re.compile(r"\s*([-*+>|]|\d+[.)]|/{3}|\[)")
"""What no line makes a heading of."""
FIRST, DEEPEST = 2, 4
"""The levels of headings in a leaflet."""


def tidy_headings(lines: list[str], first_line: int, tidyings: Tidyings, title: str) -> list[str]:
    """Lines whose headings have the levels of a leaflet.

    Args:
        lines: The text.
        first_line: The line of the file that it starts on.
        tidyings: What was converted is noted here.
        title: The title in the front matter; empty if it is not known.
    """
    mended = list(lines)
    found = _headings(mended)
    if found and found[0][1] == 1 and title and _words(mended[found[0][0]]) == _words(title):
        index = found[0][0]
        for at in range(index, index + 1 + (not HEADING.match(mended[index]))):
            mended[at] = ""
        message = "A heading that says the title once more was left out."
        tidyings.note("D11", message, first_line + index)
        found = found[1:]
    depths = _depths([level for _, level in found])
    if not found or max(depths) > DEEPEST:
        return mended
    for (index, level), depth in zip(found, depths, strict=True):
        if level == depth:
            continue
        if match := HEADING.match(mended[index]):
            mended[index] = "#" * depth + mended[index][match.end() :]
        else:  # underlined
            mended[index] = f"{'#' * depth} {mended[index].strip()}"
            mended[index + 1] = ""
        message = f"A heading of level {level} was read as one of level {depth}."
        tidyings.note("D11", message, first_line + index)
    return mended


def _depths(levels: list[int]) -> list[int]:
    """The levels of a leaflet for those of a text: each one below what it stands under."""
    above: list[int] = []
    depths = []
    for level in levels:
        while above and above[-1] >= level:
            above.pop()
        above.append(level)
        depths.append(FIRST + len(above) - 1)
    return depths


def _headings(lines: list[str]) -> list[tuple[int, int]]:
    """The line and level of each heading."""
    found = []
    for index, line in enumerate(lines):
        if match := HEADING.match(line):
            found.append((index, len(match[1])))
            continue
        before = lines[index - 1] if index else ""
        paragraph = index < 2 or not lines[index - 2].strip()
        match = _UNDERLINE.match(line)
        if match and before.strip() and paragraph and not _OTHER.match(before):
            found.append((index - 1, 1 if match[1][0] == "=" else 2))
    return found


def tidy_anchors(lines: list[str], first_line: int, tidyings: Tidyings) -> list[str]:
    """Lines whose headings take the names of anchors in them, or right above them."""
    mended = list(lines)
    for index, line in enumerate(lines):
        if "<" not in line or not (match := _ANCHOR.search(line)):
            continue
        at = index
        if not HEADING.match(line):
            if line.strip() != match[0]:
                continue
            at = next((n for n in range(index + 1, len(lines)) if lines[n].strip()), index)
        if not HEADING.match(lines[at]) or "{" in lines[at]:
            continue
        tidyings.note(
            "D4", "An anchor of HTML was read as the name of its heading.", first_line + at
        )
        mended[index] = _ANCHOR.sub("", line, count=1).rstrip()
        bare = re.sub(r"^( {0,3}#+) +", r"\1 ", mended[at]).rstrip()
        mended[at] = f"{bare} {{#{match[2]}}}"
    return mended


def _words(text: str) -> str:
    bare = re.sub(r"^\s*#+|#+\s*$|\{[^}]*\}", "", text)
    return " ".join(re.findall(r"\w+", bare.casefold()))
