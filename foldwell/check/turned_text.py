"""The words of pages on which panels stand turned, read panel by panel as a reader holds them.

A viewer reads a page from its upper left on, so that lines of a panel that stands on its head
come out of order. Each run of panels that are turned alike is read from a copy of its page that
shows them alone, the right way up.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2
from pikepdf import Array, Matrix, ObjectStreamMode, Pdf, StreamDecodeLevel

from foldwell.check.viewed_pages import viewed_pages
from foldwell.pdf.opening import in_memory
from foldwell.pdf.piece_info import read_piece_info

Block = list[Any]
"""The operators from a q to its Q."""


def printed_texts(content: bytes) -> list[str]:
    """What a viewer reads on each page of a file.

    Args:
        content: The file.
    """
    texts = [page.text for page in viewed_pages(content)]
    with in_memory(content) as pdf:
        for index, page in enumerate(pdf.pages):
            info = read_piece_info(page)
            if info is None or info.medium == "screen":
                continue  # its panels are pages of their own
            runs = _runs(page)
            if any(turn for turn, _ in runs):
                texts[index] = "\n".join(_read(pdf, index, turn, blocks) for turn, blocks in runs)
    return texts


def _runs(page: pikepdf.Page) -> list[tuple[int, list[Block]]]:
    """The panels of a page in their order, those side by side that are turned alike together."""
    runs: list[tuple[int, list[Block]]] = []
    depth, block = 0, []
    for instruction in _drawing_forms(page):
        operator = str(instruction.operator)
        depth += operator == "q"
        if depth:
            block.append(instruction)
        depth -= operator == "Q" and depth > 0
        if depth or not block:
            continue
        turn = _turn(block)
        if turn is not None:
            if not runs or runs[-1][0] != turn:
                runs.append((turn, []))
            runs[-1][1].append(block)
        block = []
    return runs


def _drawing_forms(page: pikepdf.Page) -> Iterator[Any]:
    """The operators of those of a page's streams that draw forms: marks and slug lines do not."""
    held = page.obj.get("/Contents", Array([]))
    for stream in held if isinstance(held, Array) else (held,):
        if b" Do" in stream.read_bytes():
            yield from pikepdf.parse_content_stream(stream)


def _turn(block: Block) -> int | None:
    """How a block turns the form that it draws, clockwise in degrees; None if it draws none."""
    matrix, drawn = Matrix(), False
    for instruction in block:
        operator = str(instruction.operator)
        if operator == "cm":
            matrix = Matrix(*(float(value) for value in instruction.operands)) @ matrix
        drawn |= operator == "Do"
    return round(-math.degrees(math.atan2(matrix.b, matrix.a))) % 360 if drawn else None


def _read(pdf: Pdf, index: int, turn: int, blocks: list[Block]) -> str:
    with Pdf.new() as alone:
        alone.pages.append(pdf.pages[index])
        page = alone.pages[0]
        drawn = [instruction for block in blocks for instruction in block]
        page.Contents = alone.make_stream(pikepdf.unparse_content_stream(drawn))
        page.Rotate = -turn % 360
        out = io.BytesIO()
        alone.save(
            out, compress_streams=False, stream_decode_level=StreamDecodeLevel.none,
            object_stream_mode=ObjectStreamMode.disable, fix_metadata_version=False,
        )  # fmt: skip
    with pypdfium2.PdfDocument(out.getvalue()) as viewer:
        text: str = viewer[0].get_textpage().get_text_range()
        return text
