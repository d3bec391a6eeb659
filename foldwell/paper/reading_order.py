"""Whether a reader who opens a folded sheet meets its panels as they are named and numbered."""

from __future__ import annotations

from collections.abc import Iterator

from foldwell.paper.flat_sheet import FlatSheet
from foldwell.paper.geometry import SLACK_MM
from foldwell.paper.leaf import Stack, View, one_row


def left_flat(sheet: FlatSheet, stack: Stack) -> Iterator[str]:
    """Creases that no step folds."""
    for one, other, upright in sheet.joints(stack):
        (start, end), (from_, to) = one.ends(upright), other.ends(upright)
        if min(end, to) - max(start, from_) < SLACK_MM:
            before = one.key[0 if upright else 1]
            crease = before + 1 if upright else len(sheet.ys) - 2 - before
            yield f"the {'upright' if upright else 'lying'} crease {crease} is never folded"


def hidden(sheet: FlatSheet, outside: set[int]) -> Iterator[str]:
    """A cover or a back that does not show when the sheet is shut.

    Args:
        sheet: The sheet.
        outside: The numbers of the panels that show.
    """
    last = {name: number for number, name in enumerate(sheet.geometry.names, 1)}
    for name in ("cover", "back"):
        number = last.get(name)
        if number is None or number in outside:
            continue
        shown = " and ".join(map(str, sorted(outside)))
        shown = f"panels {shown} show" if len(outside) > 1 else f"panel {shown} shows"
        shown = shown if outside else "only blank paper shows"
        yield f"panel {number} ('{name}') is hidden inside when the sheet is shut, where {shown}"


def misread(sheet: FlatSheet, views: list[View], booklet: bool) -> Iterator[str]:
    """Panels that are met out of order, or not the right way up.

    Args:
        sheet: The sheet.
        views: What is seen at once, opening by opening.
        booklet: Whether its leaves are turned like the pages of a book.
    """
    names = sheet.geometry.names
    turn = views[0][0][1].turn if views[0] else None
    met: dict[int, int] = {}
    for stage, view in enumerate(views):
        for _, face in view:
            turn = face.turn if turn is None else turn
            if met.setdefault(face.panel, stage) == stage and face.turn != turn:
                yield (
                    f"panel {face.panel + 1} ('{names[face.panel]}') is turned"
                    f" {(face.turn - turn) % 360} degrees when a reader comes to it"
                )
    # Which side of a zigzag comes first is the writer's choice; on one side there is an order.
    for kind, side in (
        (kind, side) for kind in ("flap", "inside") for side in sheet.geometry.sides
    ):
        here = {spot.panel for spot in side}
        stages = [
            (met[i], i + 1)
            for i, name in enumerate(names)
            if name == kind and i in met and i in here
        ]
        if stages != sorted(stages):
            order = _listed(number for _, number in sorted(stages))
            yield f"a reader meets the panels '{kind}' in the order {order}"
    for view in views:
        inside = [face.panel + 1 for _, face in view if names[face.panel] == "inside"]
        if inside != sorted(inside) and not booklet and one_row(view):
            yield f"the open sheet reads {_listed(inside)}, which is out of order"


def _listed(numbers: Iterator[int] | list[int]) -> str:
    return ", ".join(map(str, numbers))
