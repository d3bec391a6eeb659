"""Pieces of one element in the tags of a PDF: what a column or page cuts in two is one element.

The engine tags both pieces as two. Here each says in its tag what it is a piece of; finishing joins
them (``press/joined_tags.py``) and takes the marks away again.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pydyf
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.pdf import tags

from foldwell.typeset.cutting import GOES_ON, PIECE

_MARKS = ((PIECE, "Piece"), (GOES_ON, "GoesOn"))


def install() -> None:
    """Let the engine tag so, whatever else it has been taught."""
    build = tags._build_box_tree

    def built(box: Any, *others: Any) -> Iterator[Any]:
        own = box._box if isinstance(box, AbsolutePlaceholder) else box
        marks = [
            (key, mark)
            for attribute, key in _MARKS
            if own.element is not None and (mark := own.element.get(attribute))
        ]
        for element in build(box, *others):
            for key, mark in marks:
                element[key] = pydyf.String(mark)
            yield element

    tags._build_box_tree = built
