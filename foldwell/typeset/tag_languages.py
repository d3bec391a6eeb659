"""Languages in the tags of a PDF: what has a ``lang`` of its own says so to a screen reader.

The engine writes the language of the whole document alone (ISO 32000-1, 14.9.2.2 has one for each
element of the structure).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pydyf
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.pdf import tags

_WHOLE = ("html", "body")
_build = tags._build_box_tree


def _built(box: Any, *others: Any) -> Iterator[Any]:
    """The elements of a box, with its language if it has one of its own."""
    own = box._box if isinstance(box, AbsolutePlaceholder) else box
    language = None if own.element is None else own.element.get("lang")
    for element in _build(box, *others):
        if language and own.element.tag not in _WHOLE:
            element["Lang"] = pydyf.String(language)
        yield element


def install() -> None:
    """Let the engine tag so."""
    tags._build_box_tree = _built
