"""A record of a font: what a file says of it, as plain values that need no engine."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class FontWords:
    """What a file says of one font.

    Attributes:
        program: The font's program.
        plain: Whether that is TrueType.
        to_unicode: The words of its glyphs.
        widths: Their widths.
        box: The box around all of them.
        flags: Its flags.
    """

    program: bytes
    plain: bool
    to_unicode: bytes
    widths: bytes
    box: bytes
    flags: int
