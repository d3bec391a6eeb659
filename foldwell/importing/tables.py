"""Tables as Markdown has them: a head, a line a row, no cell over several.

A table of one column is no table but a frame, and its words stand as they are. One that is wider
or longer than any page becomes a list of its rows.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable

from foldwell.content.prose_runs import COLUMNS_LIMIT, ROWS_LIMIT
from foldwell.importing.brought import BLOCKS, Brought, words_of
from foldwell.importing.inlines import Inlines

Blocks = Callable[[ET.Element], list[str]]


def table_rows(table: ET.Element, inlines: Inlines, brought: Brought, blocks: Blocks) -> list[str]:
    """A table, as one block or as what it stands for."""
    rows = _grid(table, brought)
    rows = [row for row in rows if any(words_of(cell) or _holds(cell) for cell in row)]
    width = max((len(row) for row in rows), default=0)
    if not rows:
        return []
    if width == 1 or len(rows) == 1:
        brought.leave("A frame of one row or column, made with a table, stands as its words.")
        return [block for row in rows for cell in row for block in blocks(cell)]
    if table.find(".//th") is None and table.find("thead") is None:
        brought.leave("The first row of a table was read as its head.")
    cells = [[_cell(cell, inlines, brought) for cell in row] for row in rows]
    head, *body = [row + [""] * (width - len(row)) for row in cells]
    if width > COLUMNS_LIMIT or len(rows) > ROWS_LIMIT:
        brought.leave(
            f"A table of {width} columns and {len(rows)} rows fits no page; it is a list."
        )
        return [
            "\n".join(
                "- " + "; ".join(
                    f"{name}: {value}" if name else value
                    for name, value in zip(head, row, strict=True) if value
                )
                for row in body
            )
        ]  # fmt: skip
    lines = [head, ["---"] * width, *body]
    return ["\n".join("| " + " | ".join(line) + " |" for line in lines)]


def _grid(table: ET.Element, brought: Brought) -> list[list[ET.Element]]:
    """The cells row by row; one over several rows or columns stands in its first."""
    rows: list[list[ET.Element]] = []
    taken: dict[tuple[int, int], bool] = {}
    for element in _own_rows(table):
        row: list[ET.Element] = []
        number = len(rows)
        for cell in element:
            if cell.tag not in ("td", "th"):
                continue
            while taken.get((number, len(row))):
                row.append(ET.Element("td"))
            across, down = (_count(cell.get(key)) for key in ("colspan", "rowspan"))
            if across > 1 or down > 1:
                brought.leave(
                    f"The cell '{words_of(cell)[:40]}' was as large as several;"
                    " now it stands in the first of them. See if the table still says the same."
                )
            start = len(row)
            row.append(cell)
            row += [ET.Element("td") for _ in range(across - 1)]
            taken |= {
                (number + below, start + right): True
                for below in range(1, down) for right in range(across)
            }  # fmt: skip
        rows.append(row)
    return rows


def _own_rows(table: ET.Element) -> list[ET.Element]:
    rows = []
    for child in table:
        if child.tag == "tr":
            rows.append(child)
        elif child.tag in ("thead", "tbody", "tfoot"):
            rows += child.findall("tr")
    return rows


def _count(text: str | None) -> int:
    return min(int(text), COLUMNS_LIMIT) if text and text.isdecimal() and int(text) else 1


def _holds(cell: ET.Element) -> bool:
    return cell.find(".//img") is not None


def _cell(cell: ET.Element, inlines: Inlines, brought: Brought) -> str:
    """What a cell says, on one line; its paragraphs and items follow one another."""
    parts = [part for part in _parts(cell, inlines, brought, "") if part]
    return "<br>".join(parts).replace("\n", "<br>").replace("|", r"\|")


def _parts(element: ET.Element, inlines: Inlines, brought: Brought, mark: str) -> list[str]:
    if element.tag == "table":
        brought.leave("A table inside a table stands as its words, cell by cell.")
    parts: list[str] = []
    loose: list[ET.Element] = []

    def flush() -> None:
        if words := inlines.markdown(loose):
            parts.append(f"{mark}{words}" if not parts else words)
        loose.clear()

    if element.text:
        loose.append(_text(element.text))
    number = int(element.get("start", "1"))
    for child in element:
        inner = child.tag in BLOCKS or child.tag in ("li", "tr", "td", "th", "tbody", "dt", "dd")
        if inner and child.tag not in ("note", "img"):
            flush()
            own = ""
            if child.tag == "li":
                number = int(child.get("value") or number)
                own = f"{number}\\. " if element.tag == "ol" else "• "
                number += 1
            parts += _parts(child, inlines, brought, own)
        elif child.tag not in ("note", "img"):
            copy = ET.Element(child.tag, child.attrib)
            copy.text = child.text
            copy.extend(child)
            loose.append(copy)
        if child.tail:
            loose.append(_text(child.tail))
    flush()
    return parts


def _text(text: str) -> ET.Element:
    element = ET.Element("span")
    element.text = text
    return element
