"""Trees of laid out boxes: the blocks that stand by themselves, copies with others, equality."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from weasyprint.formatting_structure import boxes

from foldwell.typeset.stamping.slots import unwrapped


def plain_blocks(box: Any, path: tuple[int, ...]) -> Iterator[tuple[Any, tuple[int, ...]]]:
    """The blocks in the flow of a page whose width hangs on nothing that they hold."""
    for index, child in enumerate(box.children):
        if not isinstance(child, boxes.BlockLevelBox) or not child.is_in_normal_flow():
            continue
        if isinstance(child, boxes.TableBox) or child.element is None:
            continue
        yield child, (*path, index)
        if type(child) is boxes.BlockBox and not (
            child.is_table_wrapper or child.is_flex_item or child.is_grid_item or child.is_column
        ):
            yield from plain_blocks(child, (*path, index))


def with_others(box: Any, path: tuple[int, ...], changed: dict[tuple[int, ...], Any]) -> Any:
    """A copy of a box with others in some places; what holds none of them is the same box."""
    if path in changed:
        return changed[path]
    if len(path) > 1 and not any(place[: len(path)] == path for place in changed):
        return box
    copied = box.copy()
    copied.children = [
        with_others(child, (*path, i), changed) for i, child in enumerate(box.children)
    ]
    return copied


_PLAIN = (int, float, str, bool, type(None), tuple)


def alike(one: Any, other: Any) -> bool:
    """Whether two laid out boxes are the same, to the last bit, with all that they hold."""
    one, other = unwrapped(one), unwrapped(other)
    if type(one) is not type(other) or len(one.children) != len(other.children):
        return False
    names = {*vars(one), *vars(other)} - {"children", "line_room"}
    for name in names:
        a, b = vars(one).get(name), vars(other).get(name)
        if isinstance(a, _PLAIN) and isinstance(b, _PLAIN) and repr(a) != repr(b):
            return False
    return all(alike(a, b) for a, b in zip(one.children, other.children, strict=True))
