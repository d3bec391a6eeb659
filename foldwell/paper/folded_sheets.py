"""How the usual formats lie on their sheets: geometries made from the widths of their panels."""

from __future__ import annotations

from foldwell.paper.geometry import (
    BLEED_MM,
    PAPERS_MM,
    Cut,
    Fold,
    Geometry,
    Panel,
    Paper,
    Spot,
    row,
)

PAPERS: tuple[Paper, ...] = ("a4", "letter")
WIDE_MM: dict[Paper, tuple[float, float]] = {"a4": (420, 297), "letter": (431.8, 279.4)}
"""Twice the desktop paper: A3 and Tabloid, lying."""


def stacked(
    rows: list[list[tuple[int, int]]], panels: tuple[Panel, ...], height_mm: float
) -> tuple[Spot, ...]:
    """Rows of panels from the top of a side, each from its left edge.

    Args:
        rows: For each row from the top, (index of the panel, its clockwise turn).
        panels: The panels.
        height_mm: The height of the sheet.
    """
    spots, top = [], height_mm
    for line in rows:
        x, tallest = 0.0, 0.0
        sizes = [(panels[i].width_mm, panels[i].height_mm) for i, _ in line]
        lying = [
            size if turn % 180 == 0 else size[::-1]
            for size, (_, turn) in zip(sizes, line, strict=True)
        ]
        tallest = max((tall for _, tall in lying), default=0.0)
        for (panel, turn), (across, _) in zip(line, lying, strict=True):
            spots.append(Spot(panel, round(x, 6), turn, round(top - tallest, 6)))
            x += across
        top -= tallest
    return tuple(spots)


def flat(paper: Paper, size_mm: tuple[float, float], names: tuple[str, ...]) -> Geometry:
    """One panel a side."""
    width, height = size_mm
    return Geometry(
        (width, height),
        tuple(Panel(name, width, height) for name in names),
        tuple((Spot(index, 0),) for index in range(len(names))),
        "short" if width > height else "long",
        bleed_mm=BLEED_MM[paper],
    )


def _folded(
    paper: Paper,
    panels: list[tuple[str, float]],
    outside: list[int],
    inside: list[int],
    folds: tuple[Fold, ...],
    gap_mm: float = 0,
) -> Geometry:
    """A lying sheet with upright folds.

    Args:
        paper: The desktop paper that the flat sheet is.
        panels: (name, width) in reading order.
        outside: Indices of the panels on the outside, left to right.
        inside: The same for the inside.
        folds: How it is folded, the inside up.
        gap_mm: What the doors of a gate fold leave open.
    """
    height, width = PAPERS_MM[paper]
    return Geometry(
        (width, height),
        tuple(Panel(name, across, height) for name, across in panels),
        tuple(row([(index, panels[index][1]) for index in side]) for side in (outside, inside)),
        "short",
        "folded",
        BLEED_MM[paper],
        gap_mm,
        folds,
    )


ONCE = (Fold("left", 1),)
ROLLED = (Fold("right", 2), Fold("left", 1))
"""The right third over the middle, the left third over both."""


def bifold(paper: Paper, half: float) -> Geometry:
    """Outside: back, cover. Inside: 2, 3."""
    panels = [("cover", half), ("inside", half), ("inside", half), ("back", half)]
    return _folded(paper, panels, [3, 0], [1, 2], ONCE)


def folded_once(paper: Paper, flat_mm: tuple[float, float]) -> Geometry:
    """Four pages without a cover. Outside: 4, 1. Inside: 2, 3."""
    width, height = flat_mm
    page = Panel("page", width / 2, height)
    sides = tuple(row([(index, width / 2) for index in side]) for side in ((3, 0), (1, 2)))
    bleed = BLEED_MM[paper]
    return Geometry(flat_mm, (page,) * 4, sides, "short", "folded", bleed, 0, ONCE)


def letter_fold(paper: Paper, short: float, wide: float) -> Geometry:
    """Outside: flap, back, cover. The inside's right panel is the flap's other face."""
    panels = [("cover", wide), ("flap", short), ("inside", wide), ("inside", wide)]
    panels += [("inside", short), ("back", wide)]
    return _folded(paper, panels, [1, 5, 0], [2, 3, 4], ROLLED)


def z_fold(paper: Paper, third: float) -> Geometry:
    """Outside: 4, 5, cover; inside: 2, 3, back.

    A zigzag that is shut shows its cover and the last panel of its inside; what is called flap
    meets the eye first when the cover is opened.
    """
    names = ("cover", "flap", "inside", "inside", "inside", "back")
    folds = (Fold("right", 2, "behind"), Fold("left", 1))
    return _folded(paper, [(name, third) for name in names], [3, 4, 0], [1, 2, 5], folds)


def gate_fold(paper: Paper, door: float, centre: float, gap: float) -> Geometry:
    """Outside: right door, back, left door. Closed, the doors are cover and flap."""
    panels = [("cover", door), ("flap", door), ("inside", door), ("inside", centre)]
    panels += [("inside", door), ("back", centre)]
    return _folded(paper, panels, [1, 5, 0], [2, 3, 4], ROLLED, gap)


def roll_fold(paper: Paper, innermost: float, inner: float, wide: float) -> Geometry:
    """Outside: innermost, inner, back, cover. The two flaps appear one after the other."""
    panels = [("cover", wide), ("flap", inner), ("flap", innermost), ("inside", wide)]
    panels += [("inside", wide), ("inside", inner), ("inside", innermost), ("back", wide)]
    folds = (Fold("right", 3), Fold("right", 2), Fold("left", 1))
    return _folded(paper, panels, [2, 1, 7, 0], [3, 4, 5, 6], folds)


def inside_only(paper: Paper, widths: list[float], folds: tuple[Fold, ...]) -> Geometry:
    """A folded sheet whose outside is blank, for a printer that prints one side."""
    panels = [("inside", width) for width in widths]
    return _folded(paper, panels, [], list(range(len(widths))), folds)


def mini_booklet(paper: Paper, sheet_mm: tuple[float, float]) -> Geometry:
    """Eight pages on one side of a lying sheet that is cut open in its middle."""
    width, height = sheet_mm
    names = ("cover", *["inside"] * 6, "back")
    panels = tuple(Panel(name, width / 4, height / 2) for name in names)
    rows = [[(4, 180), (3, 180), (2, 180), (1, 180)], [(5, 0), (6, 0), (7, 0), (0, 0)]]
    return Geometry(
        sheet_mm,
        panels,
        (stacked(rows, panels, height), ()),
        "short",
        "folded",
        BLEED_MM[paper],
        0,
        (Fold("upper", 1), Fold("left", 2, "push")),
        (Cut(1, 1, 3),),
    )


_CROSS = (Fold("upper", 1), Fold("left", 1))
"""Folded in half twice, the second time across the first."""


def french_fold(paper: Paper, sheet_mm: tuple[float, float], poster: bool = False) -> Geometry:
    """Four panels on one side of an upright sheet that is folded in half twice.

    Args:
        paper: The desktop paper of the region.
        sheet_mm: The flat sheet.
        poster: Whether its other side is one poster, which shows when all is unfolded.
    """
    width, height = sheet_mm
    names = ("cover", "inside", "inside", "back")
    panels = tuple(Panel(name, width / 2, height / 2) for name in names)
    quarters = stacked([[(2, 180), (1, 180)], [(3, 0), (0, 0)]], panels, height)
    behind: tuple[Spot, ...] = ()
    if poster:
        panels += (Panel("poster", width, height),)
        behind = (Spot(4, 0),)
    bleed = BLEED_MM[paper]
    return Geometry(sheet_mm, panels, (quarters, behind), "long", "folded", bleed, 0, _CROSS)


def booklet(paper: Paper, flat_mm: tuple[float, float]) -> Geometry:
    """Pages of half the flat sheet; how many sheets there are depends on the words."""
    width, height = flat_mm
    page = Panel("page", width / 2, height)
    return Geometry((width, height), (page,), (), "short", "stitched", BLEED_MM[paper])


def lying(paper: Paper) -> tuple[float, float]:
    """The desktop paper on its long edge."""
    width, height = PAPERS_MM[paper]
    return height, width


def upright(paper: Paper) -> tuple[float, float]:
    """A3 or Tabloid on its short edge."""
    width, height = WIDE_MM[paper]
    return height, width


FOLDED: tuple[tuple[str, dict[Paper, Geometry], tuple[float, float]], ...] = (
    ("bifold", {"a4": bifold("a4", 148.5), "letter": bifold("letter", 139.7)}, (12, 14)),
    (
        "letter-fold",
        {
            "a4": letter_fold("a4", 97, 100),
            "letter": letter_fold("letter", 92.075, 93.6625),
        },
        (12, 14),
    ),
    ("z-fold", {"a4": z_fold("a4", 99), "letter": z_fold("letter", 279.4 / 3)}, (12, 14)),
    (
        "gate-fold",
        {
            "a4": gate_fold("a4", 73.5, 150, 3),
            "letter": gate_fold("letter", 69.05625, 141.2875, 3.175),
        },
        (12, 14),
    ),
    (
        "roll-fold-4",
        {
            "a4": roll_fold("a4", 71.5, 73.5, 76),
            "letter": roll_fold("letter", 67.46875, 69.05625, 71.4375),
        },
        (12, 14),
    ),
    (
        "bifold-one-side",
        {
            "a4": inside_only("a4", [148.5, 148.5], ONCE),
            "letter": inside_only("letter", [139.7, 139.7], ONCE),
        },
        (12, 14),
    ),
    (
        "letter-fold-one-side",
        {
            "a4": inside_only("a4", [100, 100, 97], ROLLED),
            "letter": inside_only("letter", [93.6625, 93.6625, 92.075], ROLLED),
        },
        (12, 14),
    ),
    ("mini-booklet", {paper: mini_booklet(paper, lying(paper)) for paper in PAPERS}, (12, 13)),
    (
        "mini-booklet-large",
        {paper: mini_booklet(paper, WIDE_MM[paper]) for paper in PAPERS},
        (12, 14),
    ),
    ("french-fold", {paper: french_fold(paper, PAPERS_MM[paper]) for paper in PAPERS}, (12, 14)),
    (
        "french-fold-large",
        {paper: french_fold(paper, upright(paper)) for paper in PAPERS},
        (12, 14),
    ),
    (
        "poster-fold",
        {paper: french_fold(paper, upright(paper), poster=True) for paper in PAPERS},
        (12, 14),
    ),
)
"""Folded sheets: name, how each paper is folded, least and largest text."""
