"""What of a file is another clinic's, where its pages were laid out."""

from __future__ import annotations

from dataclasses import dataclass

from foldwell.typeset.stamping.font_record import FontWords
from foldwell.typeset.stamping.runs import Run


@dataclass(frozen=True)
class Differing:
    """What of a file is another clinic's.

    Attributes:
        steps: For each hole what stands in it, a list of operators each.
        said: By the number of their objects what links and pictures say, by key.
        fonts: What is said of each font, by the name of its resource.
        glyphs: The glyphs that the words in the holes are set in, by font.
        runs: The number of each page, and the words in its holes: their colour, size in points,
            weight, and place in points.
        framed: Whether each of them stands within the block that holds it.
    """

    steps: list[list[bytes]]
    said: dict[int, dict[str, bytes]]
    fonts: dict[str, FontWords]
    glyphs: frozenset[tuple[str, int, str]]
    runs: list[tuple[int, list[Run]]]
    framed: bool
