"""Columns: the cells of a table whose columns share what room there is.

Such a table is as wide as what holds it. While every cell has its words on one line, and there is
room for the widest of each column, no line breaks, however the engine shares what is left; and
words at the outer edges of the table stay there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from weasyprint.formatting_structure import boxes

SPARE_PX = 1.0
"""How much room is never used, so that no rounding decides whether a line breaks."""
_SIDES = ("top", "right", "bottom", "left")


def sharing_table(above: tuple[Any, ...]) -> Any | None:
    """The table around a line, if its columns share its room.

    Args:
        above: The boxes around the line, the page first.
    """
    tables = [box for box in above if isinstance(box, boxes.TableBox)]
    return tables[0] if len(tables) == 1 and _shares(tables[0]) else None


def _shares(table: Any) -> bool:
    return bool(table.style["table_layout"] == "auto" and table.style["width"] != "auto")


def holds_still(wrapper: Any) -> bool:
    """Whether words in a table stay where they are while its columns have room for them.

    Args:
        wrapper: The box around the table.
    """
    table = wrapper.get_wrapped_table()
    cells = [*_cells(table)]
    return (
        _shares(table)
        and wrapper.is_in_normal_flow()
        and len(wrapper.children) == 1
        and not table.column_groups
        and table.style["direction"] == "ltr"
        and all(_is_plain(cell) for cell in cells)
        and all(_is_at_edge(cell, max(one.grid_x for one in cells)) for cell in cells)
    )


def _cells(table: Any) -> Iterator[Any]:
    return (box for box in table.descendants() if isinstance(box, boxes.TableCellBox))


def _is_plain(cell: Any) -> bool:
    """Whether a cell holds one line, and shows nothing that would move with its edges."""
    return (
        (cell.colspan, cell.rowspan, cell.style["width"]) == (1, 1, "auto")
        and len(cell.children) == 1
        and isinstance(cell.children[0], boxes.LineBox)
        and getattr(cell, "background", None) is None
        and not any(getattr(cell, f"border_{side}_width") for side in _SIDES)
    )


def _is_at_edge(cell: Any, last: int) -> bool:
    """Whether the words of a cell begin or end at an edge of its table."""
    aligned = cell.style["text_align_all"]
    if cell.grid_x == 0:
        return aligned in ("start", "left")
    return cell.grid_x == last and aligned in ("end", "right")


def room_of_columns(table: Any) -> float:
    """How wide the columns of a table may be together, in CSS pixels."""
    return float(table.width - SPARE_PX)


def padding_of(cell: Any) -> float:
    """How much wider a cell is than its line."""
    return float(cell.padding_left + cell.padding_right)
