"""Fields: where on finished pages another clinic's words go, as values that need no engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from foldwell.pdf.plane import Box
from foldwell.typeset.stamping.font_record import FontWords
from foldwell.typeset.stamping.looks import Look
from foldwell.typeset.variable.shaping import Face

CLOSEST = 0.01
"""How much closer tracking may set letters, as a share of their size."""
SPACE = 0.28
"""How wide the space before the last word is at most, as a share of the size."""


@dataclass(frozen=True)
class Run:
    """A run of text on a line with words of a clinic's own.

    Attributes:
        word: Which of the words of the page it shows; -1 if it always says the same.
        before: What stands before the words in it.
        after: What stands behind them.
        text: What it says on the pages that it was learned from.
        x: Where it begins there, in CSS pixels.
        width: How wide it is there.
        baseline: Where its letters stand, in CSS pixels from the head of the page.
        face: What it is set in; None if it is never drawn anew.
        step: The number of the step that places it; the next one shows it.
        order: Which of all that is drawn in the file it is.
        tail: What is drawn behind it, and takes no room: the space at the end of a line.
        whole: Whether it is never broken.
    """

    word: int
    before: str
    after: str
    text: str
    x: float
    width: float
    baseline: float = 0.0
    face: Face | None = None
    step: int = -1
    order: int = -1
    tail: str = ""
    whole: bool = False


@dataclass(frozen=True)
class Room:
    """The room of a line in one setting in which it was laid out.

    Attributes:
        px: How wide the line may be, in CSS pixels.
        rest: How much wider the line is than its runs with words of a clinic's own.
        scales: For each of these runs how large its type is there, as a share of the final size.
        chunk: How wide that is with which the next line begins up to where it may be parted, or to
            words of a clinic's own; it must have no room on this line.
        chunk_scale: If these words go on with it, how large their type is there; else 0.
    """

    px: float
    rest: float
    scales: tuple[float, ...]
    chunk: float = 0.0
    chunk_scale: float = 0.0


@dataclass(frozen=True)
class Line:
    """A line that stays where it is, whatever words stand on it.

    Attributes:
        runs: The runs of text on it, in their order.
        rooms: Its room, on the pages themselves and in every other setting that was measured.
        aligned: Which share of what is left of its room stands before it.
        next: The number of the line behind it, if that flows on; else -1.
        looks: How its runs look; none where they can be read anywhere on the line.
        cell: The table that it stands in, as a number, and the column, if columns share the room:
            then ``px`` of a room is that of the table, and ``rest`` has the padding of the cell.
    """

    runs: tuple[Run, ...]
    rooms: tuple[Room, ...]
    aligned: float = 0.0
    next: int = -1
    looks: tuple[Look, ...] = ()
    cell: tuple[int, int] | None = None


@dataclass(frozen=True)
class Closing:
    """The last two lines of a block; a word alone on the last may be taken back by tracking.

    Attributes:
        before: The number of the line before the last one.
        last: The number of the last line.
        width: How wide the block is, in CSS pixels.
        size: The size of the type on the line before.
    """

    before: int
    last: int
    width: float
    size: float


@dataclass(frozen=True)
class Link:
    """A link.

    Attributes:
        number: The object of the engine's file that holds it.
        word: Which of the words says where it leads; -1 if that is always the same.
        said: What the file says of it on the pages that it was learned from, by key.
        place: Where it stands there: left, top, right and bottom, in CSS pixels.
        height: The height of its page, in CSS pixels.
        line: The number of the line that it stands on; -1 if it never moves.
        first: Which of the runs on the line its left edge moves with.
        last: Which of them its right edge moves with.
    """

    number: int
    word: int
    said: Mapping[str, bytes]
    place: tuple[float, float, float, float]
    height: float
    line: int = -1
    first: int = 0
    last: int = 0


@dataclass(frozen=True)
class Picture:
    """The code of the edition, a picture.

    Attributes:
        step: The number of the step that draws it.
        figure: The object that says its words; -1 where pages are not tagged.
        word: Which of the words says them.
    """

    step: int
    figure: int
    word: int


@dataclass(frozen=True)
class Told:
    """What text that is always the same tells a font first.

    Attributes:
        order: Which of all that is drawn in the file it is.
        font: The mark of the font.
        says: The words of glyphs.
        widths: How wide glyphs are, in thousandths.
    """

    order: int
    font: str
    says: Mapping[int, str]
    widths: Mapping[int, int]


@dataclass(frozen=True)
class OwnWords:
    """What of a file is another clinic's.

    Attributes:
        steps: For each step in the holes of a forme its operators.
        said: By the number of their objects what links and pictures say, by key.
        fonts: What is said of each font, by its mark.
        glyphs: The glyphs that the words in the holes are set in: font, glyph, what it says.
        runs: By the number of the page the runs that have to be held to what is behind them.
        texts: The runs that are drawn anew: the step that shows each, its font, its words.
    """

    steps: list[list[bytes]]
    said: dict[int, dict[str, bytes]]
    fonts: Mapping[str, FontWords | None]
    glyphs: frozenset[tuple[str, int, str]]
    runs: dict[int, list[tuple[str, float, float, Box]]]
    texts: list[tuple[int, str, str]]
