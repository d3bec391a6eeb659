"""Reads content streams as a printer would, and notes what they paint (ISO 32000-1, 8 to 11).

Forms, patterns and soft masks are followed; layers (optional content) all count as shown, since
a print shop may switch them on. Glyphs are not measured here: a viewer knows them better. What
is wrongly built is passed by as viewers do, and only what would never end is refused.
"""

from __future__ import annotations

from typing import Any

from foldwell.pdf import (
    operators_of_colour,
    operators_of_paths,
    operators_of_pictures,
    operators_of_text,
)
from foldwell.pdf.content_stream import Streams
from foldwell.pdf.font import Fonts
from foldwell.pdf.graphics_state import State
from foldwell.pdf.painting import Painted
from foldwell.pdf.plane import Box, Matrix
from foldwell.pdf.run import Operator, Run, Shared

OPERATORS: dict[str, Operator] = {
    "q": Run.save,
    "Q": Run.restore,
    "cm": Run.transform,
    "gs": Run.graphics,
    **operators_of_pictures.OPERATORS,
    **operators_of_paths.OPERATORS,
    **operators_of_colour.OPERATORS,
    **operators_of_text.OPERATORS,
}


class Interpreter:
    """Reads the pages of one file.

    Args:
        streams: Its content streams.
    """

    def __init__(self, streams: Streams) -> None:
        self._streams = streams
        self._fonts = Fonts()

    def read(self, page: Any, resources: Any, start: Matrix, clip: Box) -> Painted:
        """What a page paints.

        Args:
            page: The page's dictionary.
            resources: Its resources.
            start: From its units to points.
            clip: Its whole box.
        """
        shared = Shared(OPERATORS, self._streams, self._fonts)
        Run(shared, resources, State(start, clip)).carry_out(self._streams.operations(page))
        return shared.painted
