"""Static lines: lines of laid out pages that stay where they are, whatever words stand on them.

That is known of blocks whose width does not hang on their words. Words of another clinic that are
no wider than the room of their line change nothing but what stands behind them on it, as long as
the line ends where it did: because the text says so, or because what stands on the next line has
no room even so.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline

from foldwell.typeset.stamping.shapes import is_bare
from foldwell.typeset.stamping.slots import unwrapped
from foldwell.typeset.variable.columns import holds_still, room_of_columns, sharing_table
from foldwell.typeset.variable.lines_found import LineFound, inside

ALIGNED = {"start": 0.0, "left": 0.0, "center": 0.5, "end": 1.0, "right": 1.0, "justify": 0.0}
"""Which share of the room that is left stands before a line, by how it is aligned.

The last line of what is justified, and one that ends where the text says so, is not.
"""
_align = inline.text_align


def is_static(line: LineFound) -> bool:
    """Whether a line stays where it is, whatever stands on it, as long as there is room."""
    block = line.block
    style = block.style
    if style["direction"] != "ltr" or style["text_align_all"] not in ALIGNED:
        return False
    if style["text_align_last"] not in ("auto", style["text_align_all"]):
        return False
    lines = [child for child in block.children if isinstance(child, boxes.LineBox)]
    if len(lines) != len(block.children) or not isinstance(block, boxes.BlockContainerBox):
        return False
    if style["text_indent"].value or not _has_room(line.box):
        return False
    if len(line.above) > 1 and isinstance(line.above[1], boxes.MarginBox):
        return _is_definite_margin(*line.above[:2])
    return style["hyphens"] != "auto" and all(_is_definite(*pair) for pair in pairwise(line.above))


def _has_room(line: Any) -> bool:
    return getattr(line, "line_room", None) is not None


def _ends_by_itself(line: Any) -> bool:
    """Whether a line ends because the text says so."""
    return any(box.element is not None and box.element.tag == "br" for _, box in inside(line, ()))


def around(line: LineFound) -> tuple[LineFound | None, LineFound | None]:
    """The lines before and behind one that it would flow into, or take from.

    None where the text says that a line ends, or where there is no line.
    """
    block, path = line.block, line.path[:-1]
    lines = [
        LineFound(child, line.above, (*path, index), is_last=False)
        for index, child in enumerate(block.children) if isinstance(child, boxes.LineBox)
    ]  # fmt: skip
    if len(line.above) > 1 and isinstance(line.above[1], boxes.MarginBox):
        return None, None  # each of its lines is known to be a whole one
    at = next(index for index, one in enumerate(lines) if one.box is line.box)
    before = lines[at - 1] if at and not _ends_by_itself(lines[at - 1].box) else None
    behind = lines[at + 1 : at + 2] if not _ends_by_itself(line.box) else []
    return before, behind[0] if behind else None


def _is_definite(around: Any, box: Any) -> bool:
    """Whether the width of a box does not hang on what it holds."""
    if isinstance(box, _OF_TABLES):
        return True  # its table was held to it before
    if type(box) not in _PLAIN or box.is_grid_item or box.is_column:
        return False
    if box.is_table_wrapper:
        style = box.get_wrapped_table().style
        fixed = style["table_layout"] == "fixed" and style["width"] != "auto"
        return bool(fixed or holds_still(box))
    if box.is_flex_item:
        return _is_given(box) or _shares(around, box)
    given = not isinstance(box.style["width"], str)
    return given or (box.is_in_normal_flow() and type(box) is not boxes.InlineBlockBox)


def _shares(around: Any, box: Any) -> bool:
    """Whether a flexible box gets what others leave of a line, or the same as they."""
    rest = [unwrapped(child) for child in around.children if unwrapped(child) is not box]
    rowed = around.style["flex_direction"] == "row" and around.style["flex_wrap"] == "nowrap"
    return rowed and _grows(box) and all(
        _grows(one) or isinstance(one, boxes.ReplacedBox)
        or (not one.style["flex_grow"] and hasattr(one.style["flex_basis"], "value"))
        for one in rest
    )  # fmt: skip


def _is_given(box: Any) -> bool:
    """Whether a flexible box neither grows nor shrinks."""
    style = box.style
    return hasattr(style["flex_basis"], "value") and not (
        style["flex_grow"] or style["flex_shrink"]
    )


def _grows(box: Any) -> bool:
    """Whether a flexible box begins with no width, and shares what there is."""
    basis = box.style["flex_basis"]
    return bool(box.style["flex_grow"]) and getattr(basis, "value", None) == 0


_OF_TABLES = (boxes.TableBox, boxes.TableRowGroupBox, boxes.TableRowBox, boxes.TableCellBox)
_PLAIN = (boxes.BlockBox, boxes.LineBox, boxes.InlineBlockBox, boxes.FlexBox)


def _is_definite_margin(page: Any, box: Any) -> bool:
    """Whether it is known where a margin's words begin or end, whatever their width."""
    beside = _beside(page, box)
    given = [one for one in beside if one.style["width"] != "auto"]
    middle = any(one.at_keyword.endswith(("-center", "-middle")) for one in beside)
    alone = box.style["width"] != "auto" or sum(isinstance(one, boxes.LineBox) for one in
                                               box.descendants()) == 1  # fmt: skip
    return len(given) >= len(beside) - 1 and not middle and alone


def _beside(page: Any, box: Any) -> list[Any]:
    """What stands in one margin of a page."""
    side = box.at_keyword.split("-")[0]
    margins = (one for one in page.children if isinstance(one, boxes.MarginBox))
    return [one for one in margins if one.at_keyword.split("-")[0] == side]


def room_of(line: LineFound) -> tuple[float, float]:
    """How wide a static line may be, and which share of what is left stands before it."""
    page, box = line.above[:2] if len(line.above) > 1 else (None, None)
    if isinstance(box, boxes.MarginBox) and box.style["width"] == "auto":
        # It is as wide as its words, at the edge of the text, up to what stands beside it.
        left = page.border_width() - sum(one.margin_width() for one in _beside(page, box))
        return box.width + left, float(box.at_keyword.endswith("-right"))
    if table := sharing_table(line.above):
        return room_of_columns(table), ALIGNED[line.block.style["text_align_all"]]
    return line.box.line_room, ALIGNED[line.block.style["text_align_all"]]


def group_of(line: LineFound) -> Any:
    """What holds all lines whose room is told together: a block, or a table around such."""
    return sharing_table(line.above) or line.block


def moves_alone(line: LineFound, runs: list[Any]) -> bool:
    """Whether nothing but runs of text, and links around them, moves when one gets wider.

    Args:
        line: The line.
        runs: The runs that may get wider.
    """
    moved = room_of(line)[1] > 0
    for _, box in inside(line.box, line.path):
        if any(box is run for run in runs):
            moved = True
        elif isinstance(box, boxes.InlineBox):
            if not is_bare(box) and (moved or any(one in runs for _, one in inside(box, ()))):
                return False
        elif moved and not isinstance(box, boxes.TextBox):
            return False
    return True


def _noting_room(context: Any, line: Any, available: float, *others: Any, **named: Any) -> Any:
    """As the engine's own, which says how far a line is moved; the line remembers its room."""
    line.line_room = available
    return _align(context, line, available, *others, **named)


def install() -> None:
    """Let lines remember their room."""
    inline.text_align = _noting_room
