"""The grid of tables, and which head belongs to which cell (ISO 14289-1, 7.2 and 7.5)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pikepdf import Array

from foldwell.check.archived import Archived, Breach
from foldwell.check.tagged import Tag

_WIDEST = 1000
"""More columns than this is no table that anybody reads."""


def breaches(file: Archived) -> Iterator[Breach]:
    """Tables whose grid has holes or overlaps, and cells without a head."""
    for table in file.tags:
        if table.kind != "Table":
            continue
        page = file.page_of(table)
        rows = [*_rows(table)]
        wrong = dict.fromkeys(_grid(rows))
        yield from (Breach("7.2", message, page) for message in wrong)
        if wrong:
            continue  # which head belongs to which cell cannot be told then
        for message in dict.fromkeys(_heads(rows)):
            yield Breach("7.5", message, page)


def heads_of(table: Tag) -> Iterator[Tag]:
    """The cells of a table that are heads."""
    return (cell for _, row in _rows(table) for cell in _cells(row) if cell.kind == "TH")


def _rows(table: Tag) -> Iterator[tuple[Tag, Tag]]:
    for kid in table.kids:
        if kid.kind == "TR":
            yield table, kid
        elif kid.kind in ("THead", "TBody", "TFoot"):
            yield from ((kid, row) for row in kid.kids if row.kind == "TR")


def _span(cell: Tag, key: str) -> int:
    value: Any = cell.attribute(key)
    return min(int(value), _WIDEST) if isinstance(value, int) and value > 0 else 1


def _cells(row: Tag) -> list[Tag]:
    return [kid for kid in row.kids if kid.kind in ("TH", "TD")]


def _grid(rows: list[tuple[Tag, Tag]]) -> Iterator[str]:
    """What is wrong with the grid: cells laid as a reader of tables lays them."""
    taken: dict[tuple[int, int], Tag] = {}
    parts = [part for part, _ in rows]
    for number, (part, row) in enumerate(rows):
        column = 0
        for cell in _cells(row):
            while (number, column) in taken:
                column += 1
            tall, wide = _span(cell, "/RowSpan"), _span(cell, "/ColSpan")
            rest = sum(1 for other in parts[number:] if other is part)
            if tall > rest:
                yield "A cell reaches over more rows than there are."
            for down in range(min(tall, rest)):
                for across in range(wide):
                    if (number + down, column + across) in taken:
                        yield "Cells of a table lie over each other."
                    taken[number + down, column + across] = cell
            column += wide
    widths = {
        sum(1 for at, _ in taken if at == number) for number, (_, row) in enumerate(rows)
    }  # fmt: skip
    if len(widths) > 1:
        yield "Rows of a table have different numbers of cells."


def _heads(rows: list[tuple[Tag, Tag]]) -> Iterator[str]:
    cells = [cell for _, row in rows for cell in _cells(row)]
    heads = [cell for cell in cells if cell.kind == "TH"]
    ids = {str(cell.item.get("/ID")) for cell in cells if "/ID" in cell.item}
    for cell in cells:
        named: Any = cell.attribute("/Headers")
        if isinstance(named, Array) and any(str(name) not in ids for name in named):
            yield "A cell names a head that is not there."
    with_headers = bool(cells) and all(
        cell.attribute("/Headers") is not None for cell in cells if cell.kind == "TD"
    )
    if heads and not with_headers and any(_scope(cell) is None for cell in heads):
        yield "Nothing says which cells a head belongs to (Scope)."


def _scope(cell: Tag) -> str | None:
    value: Any = cell.attribute("/Scope")
    return str(value) if value is not None else None
