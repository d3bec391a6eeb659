"""Shapes: whether two laid out trees draw the same, but for the words and pictures in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from weasyprint.formatting_structure import boxes

from foldwell.typeset.stamping.slots import unwrapped

Path = tuple[int, ...]
_TEXT = ("text", "position_x", "position_y", "width", "height", "baseline")
_PLAIN = (int, float, str, bool, type(None), tuple)
_MAY_MOVE = ("position_x", "width", "margin_left", "margin_right")
"""What may differ of boxes that leave no trace of their own."""
_MAY_BE_BARE = (
    boxes.LineBox, boxes.InlineBox, boxes.BlockBox, boxes.InlineBlockBox, boxes.MarginBox,
    boxes.TableCellBox, boxes.TableRowBox, boxes.TableRowGroupBox,
)  # fmt: skip
_NOT_SEEN = frozenset((
    "children", "bookmark_label", "link",  # compared by themselves
    "resume_at", "min_width", "max_width", "min_height", "max_height", "target_main_size",
    "main_outer_extra", "frozen", "flex_base_size", "flex_factor", "adjustment",
    "scaled_flex_shrink_factor", "hypothetical_main_size", "line_room",
))  # fmt: skip
"""What was of use while boxes were laid out, and is not drawn."""


class Unlike(Exception):  # noqa: N818 - it is a way out, not an error
    """Two trees draw differently."""


def box_at(page: Any, path: Path) -> Any:
    """The box of a page at a path of places among children; the page's number goes first."""
    for index in path[1:]:
        page = unwrapped(page.children[index])
    return page


def changed(one: Any, other: Any, path: Path) -> Iterator[tuple[Path, Any, Any]]:
    """The runs of text and the pictures in which two trees differ, with their paths.

    Args:
        one: A box.
        other: That in its place on other pages.
        path: Where they stand.

    Raises:
        Unlike: If they differ in anything else that can be seen.
    """
    one, other = unwrapped(one), unwrapped(other)
    if one is other:
        return
    if type(one) is not type(other):
        raise Unlike
    if isinstance(one, boxes.TextBox):
        spaced = [box.pango_layout.justification_spacing for box in (one, other)]
        own, others = ([getattr(box, name) for name in _TEXT] for box in (one, other))
        if own != others or spaced[0] != spaced[1]:
            yield path, one, other
        return
    loose = _differing(one, other)
    if loose and not (loose.issubset(_MAY_MOVE) and is_bare(one) and is_bare(other)):
        raise Unlike
    if isinstance(one, boxes.ReplacedBox):
        said = [box.element.get("alt") if box.element is not None else None for box in (one, other)]
        if one.replacement is not other.replacement or said[0] != said[1]:
            yield path, one, other
        return
    children = getattr(one, "children", ()), getattr(other, "children", ())
    if len(children[0]) != len(children[1]):
        raise Unlike
    for index, (mine, theirs) in enumerate(zip(*children, strict=True)):
        yield from changed(mine, theirs, (*path, index))


def _differing(one: Any, other: Any) -> set[str]:
    """The names of plain values in which two boxes differ."""
    mine, theirs = vars(one), vars(other)
    found = set[str]()
    for name in {*mine, *theirs} - _NOT_SEEN:
        a, b = mine.get(name), theirs.get(name)
        if isinstance(a, _PLAIN) and isinstance(b, _PLAIN) and repr(a) != repr(b):
            found.add(name)
    return found


def is_bare(box: Any) -> bool:
    """Whether nothing of a box itself is painted, nor bounds what is painted in it."""
    style = box.style
    return (
        getattr(box, "background", None) is None
        and not any(
            getattr(box, f"border_{side}_width", 0) for side in ("top", "right", "bottom", "left")
        )
        and style["overflow"] == "visible"
        and style["opacity"] == 1
        and not style["transform"]
        and style["outline_style"] == "none"
        and not style["clip"]
        and type(box) in _MAY_BE_BARE
    )
