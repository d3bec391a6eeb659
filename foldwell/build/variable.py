"""Files with fields: for one more clinic its words are put into a file that stands, with no engine.

What was made as a whole twice, and from the first file to the last byte, is taken apart into
values: where its words came from and what room they have. The next file is made both ways, and
only if both are the same are further ones made from these values alone.
"""

from __future__ import annotations

from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from foldwell.build.job import Order
from foldwell.build.made import Made
from foldwell.press.forme import Forme, Unsound
from foldwell.typeset.page_source import Composition
from foldwell.typeset.stamping import is_on
from foldwell.typeset.variable.fields import Differing
from foldwell.typeset.variable.pages import VariablePages
from foldwell.typeset.variable.words import Said, said_by

KEPT = 64
"""How many files with fields are kept."""
A_SHAPE = 4
"""How many of them have the same shape, and differ in the room that words take."""


@dataclass
class VariableFile:
    """A file with fields.

    Attributes:
        pages: Its pages, as values.
        forme: What is printed from.
        glyphs: The glyphs that were looked at: font, glyph, what it says.
        made: What was made of the edition that it was learned from.
        name: The name of that.
        proven: Whether a further file was the same as made otherwise.
    """

    pages: VariablePages
    forme: Forme
    glyphs: set[tuple[str, int, str]]
    made: Made
    name: str
    proven: bool = False

    def printed(self, said: Said, words_of: Any, dress: Any = None) -> bytes | None:
        """The file for other words; None if they do not fit."""
        own = self.pages.differing(said)
        if own is None or not own.glyphs <= self.glyphs:
            return None
        with suppress(Unsound, ValueError):
            fonts = words_of(own)
            return self.forme.filled(own.steps, own.said, fonts, dress)
        return None
