"""The operators that choose colours and patterns (ISO 32000-1, 8.6.8)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from foldwell.pdf.colour import Colour, device_colour, start_colour
from foldwell.pdf.colour_space import PATTERN, read_space, resource

if TYPE_CHECKING:
    from foldwell.pdf.interpreter import Run

_Operator = Callable[["Run", list[Any]], None]
_COUNTS = {"g": 1, "rg": 3, "k": 4}


def _set(run: Run, stroke: bool, colour: Colour, pattern: Any = None) -> None:
    if stroke:
        run.state.stroke, run.state.stroke_pattern = colour, pattern
    else:
        run.state.fill, run.state.fill_pattern = colour, pattern


def _device(operator: str) -> _Operator:
    """G, RG, K and their small twins: space and colour at once."""
    stroke, count = operator.isupper(), _COUNTS[operator.lower()]

    def choose(run: Run, operands: list[Any]) -> None:
        values = tuple(value for value in operands if type(value) is float)
        if len(values) == count:
            _set(run, stroke, device_colour(operator, values))

    return choose


def _space(stroke: bool) -> _Operator:
    """CS and cs: the space, which begins with a colour of its own."""

    def choose(run: Run, operands: list[Any]) -> None:
        if operands:
            _set(run, stroke, start_colour(read_space(operands[-1], run.resources)))

    return choose


def _colour(stroke: bool) -> _Operator:
    """SC, SCN and their small twins: a colour of the chosen space, or a pattern."""

    def choose(run: Run, operands: list[Any]) -> None:
        space = run.state.stroke.space if stroke else run.state.fill.space
        values = tuple(value for value in operands if type(value) is float)
        if operands and isinstance(operands[-1], str):
            pattern = resource(run.resources, "/Pattern", operands[-1])
            under = space.base if space.family == "pattern" else None
            _set(run, stroke, Colour(under or PATTERN, values), pattern)
        else:
            _set(run, stroke, Colour(space, values))

    return choose


OPERATORS: dict[str, _Operator] = {
    **{operator: _device(operator) for operator in ("g", "G", "rg", "RG", "k", "K")},
    "cs": _space(False),
    "CS": _space(True),
    "sc": _colour(False),
    "scn": _colour(False),
    "SC": _colour(True),
    "SCN": _colour(True),
}
