"""Drawing on finished pages: lines and circles as PDF operators, in millimetres."""

from __future__ import annotations

from typing import Any

from pikepdf import ContentStreamInstruction, Name, Operator, unparse_content_stream

from foldwell.pdf.plane import PT_PER_MM

_KAPPA = 0.5523
"""How far the handles of a quarter circle reach, as a share of its radius."""


class Drawing:
    """A growing list of operators.

    Args:
        x_mm: Where the origin of what is drawn lies on the page.
        y_mm: The same, upwards.
    """

    def __init__(self, x_mm: float = 0, y_mm: float = 0) -> None:
        self.instructions: list[ContentStreamInstruction] = []
        self._x, self._y = x_mm, y_mm

    def written(self) -> bytes:
        """The operators as they stand in a content stream."""
        return unparse_content_stream(self.instructions)

    def op(self, operator: str, *operands: Any) -> None:
        """One operator as it is."""
        rounded = [round(o, 4) if isinstance(o, float) else o for o in operands]
        self.instructions.append(ContentStreamInstruction(rounded, Operator(operator)))

    def _at(self, x_mm: float, y_mm: float) -> tuple[float, float]:
        return (x_mm + self._x) * PT_PER_MM, (y_mm + self._y) * PT_PER_MM

    def line(self, x0_mm: float, y0_mm: float, x1_mm: float, y1_mm: float) -> None:
        """A straight line."""
        self.op("m", *self._at(x0_mm, y0_mm))
        self.op("l", *self._at(x1_mm, y1_mm))
        self.op("S")

    def rectangle(self, x_mm: float, y_mm: float, width_mm: float, height_mm: float) -> None:
        """A filled rectangle."""
        self.op("re", *self._at(x_mm, y_mm), width_mm * PT_PER_MM, height_mm * PT_PER_MM)
        self.op("f")

    def circle(self, x_mm: float, y_mm: float, radius_mm: float) -> None:
        """The outline of a circle."""
        r, k = radius_mm, radius_mm * _KAPPA
        self.op("m", *self._at(x_mm + r, y_mm))
        for a, b, c in (
            ((r, k), (k, r), (0, r)),
            ((-k, r), (-r, k), (-r, 0)),
            ((-r, -k), (-k, -r), (0, -r)),
            ((k, -r), (r, -k), (r, 0)),
        ):
            points = [self._at(x_mm + dx, y_mm + dy) for dx, dy in (a, b, c)]
            self.op("c", *(value for point in points for value in point))
        self.op("S")

    def dashes(self, *lengths_mm: float) -> None:
        """Dash the lines that follow; no length makes them whole again."""
        self.op("d", [round(length * PT_PER_MM, 4) for length in lengths_mm], 0)

    def registration_colour(self, name: Name) -> None:
        """Draw in all inks: the resource of that name is a Separation called All."""
        self.op("cs", name)
        self.op("scn", 1)
        self.op("CS", name)
        self.op("SCN", 1)
