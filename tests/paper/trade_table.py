"""The trade's table of formats, written down by hand for the tests to compare with.

From ``formats.md`` of the design, in millimetres; inches are turned into millimetres here.
"""

from dataclasses import dataclass

from foldwell.paper.formats import FORMATS
from foldwell.paper.geometry import Geometry

INCH = 25.4


@dataclass(frozen=True)
class Row:
    """What the table says of one format on one paper.

    Attributes:
        sheet: Flat size after trimming.
        sides: For each side its panels from left to right: (place in reading order, the first
            panel is 1; name; width).
        finished: The size of the folded piece.
        flip: The edge over which a duplex printer turns the sheet.
        gap: What the doors of a gate fold leave open.
    """

    sheet: tuple[float, float]
    sides: tuple[tuple[tuple[int, str, float], ...], ...]
    finished: tuple[float, float]
    flip: str
    gap: float = 0


def flat(width: float, height: float, *names: str) -> Row:
    sides = tuple(((number, name, width),) for number, name in enumerate(names, 1))
    return Row((width, height), sides, (width, height), "short" if width > height else "long")


def stitched(width: float, height: float) -> Row:
    return Row((width, height), (), (width / 2, height), "short")


A4 = (297.0, 210.0)
LETTER = (279.4, 215.9)
SIDES = ("front", "back")

TABLE: dict[tuple[str, str], Row] = {
    ("a4", "a4"): flat(210, 297, *SIDES),
    ("a5", "a4"): flat(148, 210, *SIDES),
    ("a6", "a4"): flat(105, 148, *SIDES),
    ("letter", "letter"): flat(215.9, 279.4, *SIDES),
    ("half-letter", "letter"): flat(139.7, 215.9, *SIDES),
    ("large-print", "a4"): flat(210, 297, "page"),
    ("large-print", "letter"): flat(215.9, 279.4, "page"),
    ("poster", "a4"): flat(297, 420, "front"),
    ("poster", "letter"): flat(279.4, 431.8, "front"),
    ("bilingual", "a4"): flat(210, 297, "page"),
    ("bilingual", "letter"): flat(215.9, 279.4, "page"),
    ("bilingual-fold", "a4"): Row(
        (420, 297),
        (((4, "page", 210), (1, "page", 210)), ((2, "page", 210), (3, "page", 210))),
        (210, 297),
        "short",
    ),
    ("bilingual-fold", "letter"): Row(
        (431.8, 279.4),
        (((4, "page", 215.9), (1, "page", 215.9)), ((2, "page", 215.9), (3, "page", 215.9))),
        (215.9, 279.4),
        "short",
    ),
    ("languages-poster", "a4"): flat(297, 420, "front"),
    ("languages-poster", "letter"): flat(279.4, 431.8, "front"),
    ("languages-card", "a4"): flat(105, 148, *SIDES),
    ("languages-card", "letter"): flat(4.25 * INCH, 5.5 * INCH, *SIDES),
    ("card", "a4"): flat(85, 55, *SIDES),
    ("card", "letter"): flat(3.5 * INCH, 2 * INCH, *SIDES),
    ("bookmark", "a4"): flat(54, 190, *SIDES),
    ("bookmark", "letter"): flat(2 * INCH, 7.5 * INCH, *SIDES),
    ("sticker-sheet", "a4"): flat(95, 66, "front"),
    ("sticker-sheet", "letter"): flat(4 * INCH, 2.5 * INCH, "front"),
    ("bifold", "a4"): Row(
        A4,
        (
            ((4, "back", 148.5), (1, "cover", 148.5)),
            ((2, "inside", 148.5), (3, "inside", 148.5)),
        ),
        (148.5, 210),
        "short",
    ),
    ("bifold", "letter"): Row(
        LETTER,
        (
            ((4, "back", 139.7), (1, "cover", 139.7)),
            ((2, "inside", 139.7), (3, "inside", 139.7)),
        ),
        (139.7, 215.9),
        "short",
    ),
    ("letter-fold", "a4"): Row(
        A4,
        (
            ((2, "flap", 97), (6, "back", 100), (1, "cover", 100)),
            ((3, "inside", 100), (4, "inside", 100), (5, "inside", 97)),
        ),
        (100, 210),
        "short",
    ),
    ("letter-fold", "letter"): Row(
        LETTER,
        (
            ((2, "flap", 92.075), (6, "back", 93.6625), (1, "cover", 93.6625)),
            ((3, "inside", 93.6625), (4, "inside", 93.6625), (5, "inside", 92.075)),
        ),
        (93.6625, 215.9),
        "short",
    ),
    ("z-fold", "a4"): Row(
        A4,
        (
            ((4, "inside", 99), (5, "inside", 99), (1, "cover", 99)),
            ((2, "flap", 99), (3, "inside", 99), (6, "back", 99)),
        ),
        (99, 210),
        "short",
    ),
    ("z-fold", "letter"): Row(
        LETTER,
        (
            ((4, "inside", 93.133), (5, "inside", 93.133), (1, "cover", 93.133)),
            ((2, "flap", 93.133), (3, "inside", 93.133), (6, "back", 93.133)),
        ),
        (93.133, 215.9),
        "short",
    ),
    ("gate-fold", "a4"): Row(
        A4,
        (
            ((2, "flap", 73.5), (6, "back", 150), (1, "cover", 73.5)),
            ((3, "inside", 73.5), (4, "inside", 150), (5, "inside", 73.5)),
        ),
        (150, 210),
        "short",
        3,
    ),
    ("gate-fold", "letter"): Row(
        LETTER,
        (
            ((2, "flap", 69.056), (6, "back", 141.288), (1, "cover", 69.056)),
            ((3, "inside", 69.056), (4, "inside", 141.288), (5, "inside", 69.056)),
        ),
        (141.288, 215.9),
        "short",
        INCH / 8,
    ),
    ("roll-fold-4", "a4"): Row(
        A4,
        (
            ((3, "flap", 71.5), (2, "flap", 73.5), (8, "back", 76), (1, "cover", 76)),
            ((4, "inside", 76), (5, "inside", 76), (6, "inside", 73.5), (7, "inside", 71.5)),
        ),
        (76, 210),
        "short",
    ),
    # Own arithmetic: each panel is 1/16 inch narrower than what it tucks into.
    ("roll-fold-4", "letter"): Row(
        LETTER,
        (
            (
                (3, "flap", 67.469),
                (2, "flap", 69.056),
                (8, "back", 71.4375),
                (1, "cover", 71.4375),
            ),
            (
                (4, "inside", 71.4375),
                (5, "inside", 71.4375),
                (6, "inside", 69.056),
                (7, "inside", 67.469),
            ),
        ),
        (71.4375, 215.9),
        "short",
    ),
    ("booklet", "a4"): stitched(*A4),
    ("booklet", "letter"): stitched(*LETTER),
    ("booklet-large", "a4"): stitched(420, 297),
    ("booklet-large", "letter"): stitched(431.8, 279.4),
}

COPIES = {
    ("languages-card", "a4"): (2, 2, False),
    ("languages-card", "letter"): (2, 2, False),
    ("card", "a4"): (2, 5, False),
    ("card", "letter"): (3, 4, True),
    ("a5", "a4"): (2, 1, True),
    ("half-letter", "letter"): (2, 1, True),
    ("a6", "a4"): (2, 2, False),
    ("bookmark", "a4"): (5, 1, True),
    ("bookmark", "letter"): (5, 1, True),
    ("sticker-sheet", "a4"): (3, 3, True),
    ("sticker-sheet", "letter"): (2, 4, False),
}
"""How many columns and rows of small pieces a desktop paper carries."""
ANY_LENGTH = {"a4", "a5", "a6", "letter", "half-letter"}
"""Flat sheets that go on for as many as the words need."""
FLOWING = {*ANY_LENGTH, "large-print", "bilingual", "booklet", "booklet-large"}
"""Formats whose pages are as many as the words need."""


@dataclass(frozen=True)
class Dummy:
    """How a strip of panels is folded, and what a reader comes to.

    Attributes:
        folds: From the flat strip, its inside up: which panels move, counted from 0 on the inside,
            and whether over the others or behind them. Unfolding goes backwards.
        meets: What is seen from above as the folds are opened one by one, left to right.
        met: The panels that are new to a reader, opening by opening; the rear is read last.
        inside_of: The panels that lie inside a crease: (the panel before the crease, the panel).
    """

    folds: tuple[tuple[set[int], str], ...]
    meets: list[list[int]]
    met: list[tuple[int, ...]]
    inside_of: frozenset[tuple[int, int]] = frozenset()


_ROLLED = (({2}, "over"), ({0}, "over"))
"""The right panel tucks in, the left one closes over it."""
DUMMIES = {
    "bifold": Dummy((({0}, "over"),), [[1], [2, 3]], [(1,), (2, 3), (4,)]),
    "bilingual-fold": Dummy((({0}, "over"),), [[1], [2, 3]], [(1,), (2, 3), (4,)]),
    "letter-fold": Dummy(
        _ROLLED,
        [[1], [3, 2], [3, 4, 5]],
        [(1,), (2, 3), (4, 5), (6,)],
        frozenset({(0, 2)}),
    ),
    # Like a Z: one over the middle, one behind it.
    "z-fold": Dummy(
        (({2}, "behind"), ({0}, "over")),
        [[1], [2, 3], [2, 3, 6]],
        [(1,), (2, 3), (4, 5), (6,)],
    ),
    "gate-fold": Dummy(
        _ROLLED,
        [[1, 2], [3, 4, 2], [3, 4, 5]],
        [(1, 2), (3, 4), (5,), (6,)],
        frozenset({(0, 2)}),
    ),
    # Rolled up from the right end.
    "roll-fold-4": Dummy(
        (({3}, "over"), ({2, 3}, "over"), ({0}, "over")),
        [[1], [4, 2], [4, 5, 3], [4, 5, 6, 7]],
        [(1,), (2, 4), (3, 5), (6, 7), (8,)],
        frozenset({(0, 2), (0, 3), (1, 3)}),
    ),
}
"""Formats that are strips of upright panels, printed on both sides."""


@dataclass(frozen=True)
class Turned:
    """A format with turned panels or a blank side, on both papers.

    Attributes:
        sheet: The flat sheet on A4 and on Letter.
        finished: The folded piece, on A4 and on Letter.
        printed: For each side its rows from the top; a panel's number, with "^" where it stands
            on its head.
        met: What a reader comes to, opening by opening; what is on the rear is read last.
        rear: The panel on the rear; 0 for a blank one.
    """

    sheet: tuple[tuple[float, float], tuple[float, float]]
    finished: tuple[tuple[float, float], tuple[float, float]]
    printed: tuple[list[list[str]], ...]
    met: list[list[int]]
    rear: int = 0


A3, TABLOID = (420.0, 297.0), (17 * INCH, 11 * INCH)
_HALF = ((148.5, 210.0), (5.5 * INCH, 8.5 * INCH))
_QUARTER = ((105.0, 148.5), (4.25 * INCH, 5.5 * INCH))
_EIGHT: tuple[list[list[str]], ...] = ([["5^", "4^", "3^", "2^"], ["6", "7", "8", "1"]], [])
_PAIRS = [[1], [2, 3], [4, 5], [6, 7], [8]]
_FOUR = [["3^", "2^"], ["4", "1"]]
_LARGE = (A3[::-1], TABLOID[::-1])

TURNED = {
    "bifold-one-side": Turned((A4, LETTER), _HALF, ([], [["1", "2"]]), [[1, 2]]),
    "letter-fold-one-side": Turned(
        (A4, LETTER), ((100, 210), (93.6625, 215.9)), ([], [["1", "2", "3"]]), [[1], [2, 3]]
    ),
    "mini-booklet": Turned((A4, LETTER), ((74.25, 105), (69.85, 107.95)), _EIGHT, _PAIRS, 8),
    "mini-booklet-large": Turned((A3, TABLOID), _QUARTER, _EIGHT, _PAIRS, 8),
    "french-fold": Turned((A4[::-1], LETTER[::-1]), _QUARTER, (_FOUR, []), [[1], [2, 3], [4]], 4),
    "french-fold-large": Turned(_LARGE, _HALF, (_FOUR, []), [[1], [2, 3], [4]], 4),
    "poster-fold": Turned(_LARGE, _HALF, (_FOUR, [["5"]]), [[1], [2, 3], [5], [4]], 4),
}
"""Formats with turned panels or a blank side."""
FOLDED = {*DUMMIES, *TURNED}

TEXT_PT = {
    **dict.fromkeys(["card", "booklet", "booklet-large"], (12, 12)),
    **dict.fromkeys(["a4", "a6", "letter", "bookmark", "mini-booklet"], (12, 13)),
    **dict.fromkeys(["bilingual", "bilingual-fold", "languages-card"], (12, 13)),
    **dict.fromkeys(["a5", "half-letter", "mini-booklet-large", "poster-fold"], (12, 14)),
    **dict.fromkeys(["bifold", "letter-fold", "z-fold", "gate-fold", "roll-fold-4"], (12, 14)),
    **dict.fromkeys(["bifold-one-side", "letter-fold-one-side"], (12, 14)),
    **dict.fromkeys(["french-fold", "french-fold-large"], (12, 14)),
    "sticker-sheet": (12, 15),
    "large-print": (18, 18),
    "poster": (30, 44),
    "languages-poster": (24, 32),
}
"""The least and the largest size of body text, in points."""

BLEED = {"a4": 3.0, "letter": INCH / 8}
PAPER = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}
KEYS = list(TABLE)
NAMES = [f"{name} on {paper}" for name, paper in KEYS]


def geometry(name: str, paper: str) -> Geometry:
    """The code's own row."""
    return {str(key): made for key, made in FORMATS[name].geometry.items()}[paper]


def widths(name: str, paper: str) -> list[float]:
    """The widths of the panels in reading order."""
    panels = sorted(panel for side in TABLE[name, paper].sides for panel in side)
    return [width for _, _, width in panels]
