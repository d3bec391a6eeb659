"""A paper dummy: the flat strip of every folded format is folded as its name says.

The strip lies with its inside up, as a reader holds it in the end. Each panel has two faces; the
lower one is what stands behind it on the outside, which a turn over the short edge mirrors.
Folding moves panels over or behind their neighbours, and the dummy is looked at from above and
from below after each step. Places are millimetres from the left edge of the flat strip.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import pytest
from trade_table import DUMMIES, KEYS, TABLE, geometry

from foldwell.paper.formats import FORMATS
from foldwell.paper.geometry import Geometry


@dataclass(frozen=True)
class Layer:
    """A panel of the folded strip.

    Attributes:
        number: Its place on the inside, from the left.
        up: The face that looks up, as a place in reading order; the first is 1.
        down: The face that looks down.
        start: Its edge towards the panel before it.
        end: Its edge towards the panel after it.
    """

    number: int
    up: int
    down: int
    start: float
    end: float

    @property
    def left(self) -> float:
        return min(self.start, self.end)

    @property
    def right(self) -> float:
        return max(self.start, self.end)

    def over(self, fold: float) -> Layer:
        """The panel turned over a fold."""
        return Layer(self.number, self.down, self.up, 2 * fold - self.start, 2 * fold - self.end)


Stack = tuple[Layer, ...]
"""Layers from the lowest to the highest."""


def flat(geometry: Geometry) -> Stack:
    """The strip with its inside up."""
    outside, inside = geometry.sides
    behind = [spot.panel + 1 for spot in reversed(outside)]
    layers = []
    for number, (spot, down) in enumerate(zip(inside, behind, strict=True)):
        width = geometry.panels[spot.panel].width_mm
        layers.append(Layer(number, spot.panel + 1, down, spot.x_mm, spot.x_mm + width))
    return tuple(layers)


def fold(stack: Stack, numbers: set[int], way: str) -> Stack:
    """Fold some panels at the edge that joins them to the rest.

    Args:
        stack: What is folded so far.
        numbers: The panels that move; they lie on one end of the strip.
        way: ``over`` the others, or ``behind`` them.
    """
    moving = [layer for layer in stack if layer.number in numbers]
    rest = [layer for layer in stack if layer.number not in numbers]
    ((mover, stayer),) = (
        (mover, stayer)
        for mover in moving
        for stayer in rest
        if abs(mover.number - stayer.number) == 1
    )
    crease = mover.end if mover.number < stayer.number else mover.start
    turned = [layer.over(crease) for layer in reversed(moving)]
    return tuple([*rest, *turned] if way == "over" else [*turned, *rest])


def seen(stack: Stack, below: bool = False) -> list[int]:
    """The faces that a reader sees, left to right.

    A face counts from a tenth of its panel on: slivers of a hidden panel show beside a narrower
    one, and through the gap of a gate fold.
    """
    layers = [replace(layer, up=layer.down) for layer in reversed(stack)] if below else [*stack]
    edges = sorted({edge for layer in layers for edge in (layer.left, layer.right)})
    visible: dict[int, float] = {}
    for left, right in pairwise(edges):
        here = [layer for layer in layers if layer.left < (left + right) / 2 < layer.right]
        if here:
            visible[here[-1].up] = visible.get(here[-1].up, 0) + right - left
    widths = {layer.up: layer.right - layer.left for layer in layers}
    faces = [face for face, width in visible.items() if width > 0.1 * widths[face]]
    return faces[::-1] if below else faces


LAST = -1


def steps(name: str, panels: int, mirrored: bool) -> list[tuple[set[int], str]]:
    """Its folds; a mirrored strip is folded from the other end."""
    folds = DUMMIES[name].folds
    if not mirrored:
        return [*folds]
    return [({panels - 1 - number for number in numbers}, way) for numbers, way in folds]


def folded(name: str, paper: str, mirrored: bool) -> list[Stack]:
    """The dummy after each fold, the flat strip first."""
    made = geometry(name, paper)
    made = made.mirrored() if mirrored else made
    stacks = [flat(made)]
    for numbers, way in steps(name, len(made.sides[1]), mirrored):
        stacks.append(fold(stacks[-1], numbers, way))
    return stacks


STRIPS = [key for key in KEYS if FORMATS[key[0]].folded]
EVERY = pytest.mark.parametrize(
    ("name", "paper", "mirrored"),
    [(*key, mirrored) for key in STRIPS for mirrored in (False, True)],
    ids=[
        f"{name} on {paper}{', mirrored' if mirrored else ''}"
        for name, paper in STRIPS
        for mirrored in (False, True)
    ],
)


def test_every_folded_format_has_a_dummy() -> None:
    assert {name for name, _ in STRIPS} == set(DUMMIES)


@EVERY
def test_what_the_reader_meets_as_the_leaflet_opens(name: str, paper: str, mirrored: bool) -> None:
    views = [seen(stack) for stack in reversed(folded(name, paper, mirrored))]
    order = -1 if mirrored else 1
    assert views == [view[::order] for view in DUMMIES[name].meets]


@EVERY
def test_the_cover_is_in_front(name: str, paper: str, mirrored: bool) -> None:
    made = geometry(name, paper)
    front = [made.panels[number - 1].name for number in seen(folded(name, paper, mirrored)[LAST])]
    if made.gap_mm:
        assert sorted(front) == ["cover", "flap"]
    else:
        (cover,) = [words for number, words, _ in TABLE[name, paper].sides[0] if number == 1]
        assert front == [cover]


@EVERY
def test_what_is_at_the_rear(name: str, paper: str, mirrored: bool) -> None:
    stacks = folded(name, paper, mirrored)
    assert seen(stacks[LAST], below=True) == [len(geometry(name, paper).panels)]
    turned_over = [number for number, _, _ in TABLE[name, paper].sides[0]]
    assert seen(stacks[0], below=True) == turned_over[:: -1 if mirrored else 1]


@EVERY
def test_each_face_is_met_in_its_order(name: str, paper: str, mirrored: bool) -> None:
    """Flaps come one after the other and before the inside is open; the inside is in order."""
    made = geometry(name, paper)
    views = [seen(stack) for stack in reversed(folded(name, paper, mirrored))]
    views.append(seen(folded(name, paper, mirrored)[0], below=True))
    first: dict[int, int] = {}
    for stage, view in enumerate(views):
        for number in view:
            first.setdefault(number, stage)
    assert sorted(first) == list(range(1, len(made.panels) + 1))
    flaps = [first[n] for n, panel in enumerate(made.panels, 1) if panel.name == "flap"]
    assert flaps == sorted(flaps)
    assert all(stage < len(views) - 2 for stage in flaps)
    open_sheet = views[-2][::-1] if mirrored else views[-2]
    assert open_sheet == sorted(open_sheet)


@EVERY
def test_what_tucks_in_stops_short_of_the_fold_that_covers_it(
    name: str, paper: str, mirrored: bool
) -> None:
    """A sixteenth of an inch, or 2 mm on A4, is left between a hidden edge and the crease."""
    stack = folded(name, paper, mirrored)[LAST]
    place = {layer.number: index for index, layer in enumerate(stack)}
    by_number = {layer.number: layer for layer in stack}
    gaps = {}
    for number in range(len(stack) - 1):
        crease = by_number[number].end
        assert crease == pytest.approx(by_number[number + 1].start), "the paper would tear"
        low, high = sorted((place[number], place[number + 1]))
        for layer in stack[low + 1 : high]:
            gaps[number, layer.number] = max(crease - layer.right, layer.left - crease)
    hidden = {*DUMMIES[name].inside_of}
    if mirrored:
        last = len(stack) - 1
        hidden = {(last - before - 1, last - inside) for before, inside in hidden}
    assert set(gaps) == hidden
    least = 1.98 if paper == "a4" else 1.58
    assert all(gap >= least for gap in gaps.values()), gaps


@EVERY
def test_every_layer_lies_on_the_finished_piece(name: str, paper: str, mirrored: bool) -> None:
    stack = folded(name, paper, mirrored)[LAST]
    width = max(layer.right for layer in stack) - min(layer.left for layer in stack)
    assert width == pytest.approx(max(panel.width_mm for panel in geometry(name, paper).panels))


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize(("paper", "gap"), [("a4", 3), ("letter", 3.175)])
def test_the_doors_of_a_gate_meet_with_the_gap_between(
    paper: str, gap: float, mirrored: bool
) -> None:
    stack = folded("gate-fold", paper, mirrored)[LAST]
    centre = next(layer for layer in stack if layer.number == 1)
    left, right = sorted((layer for layer in stack if layer.number != 1), key=lambda x: x.left)
    assert right.left - left.right == pytest.approx(gap, abs=0.001)
    assert (left.left, right.right) == pytest.approx((centre.left, centre.right))
    assert geometry("gate-fold", paper).gap_mm == gap
