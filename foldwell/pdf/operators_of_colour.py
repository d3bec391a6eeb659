"""The operators that choose colours and patterns (ISO 32000-1, 8.6.8)."""

from __future__ import annotations

from typing import Any

from foldwell.pdf.colour_space import (
    COLOUR_OPERATORS,
    DEVICE_OPERATORS,
    PATTERN,
    SPACE_OPERATORS,
    read_space,
    resource,
)
from foldwell.pdf.painted_colour import Colour
from foldwell.pdf.run import Operator, Run


def _set(run: Run, stroke: bool, colour: Colour, pattern: Any = None) -> None:
    if stroke:
        run.state.stroke, run.state.stroke_pattern = colour, pattern
    else:
        run.state.fill, run.state.fill_pattern = colour, pattern


def _device(operator: str) -> Operator:
    """G, RG, K and their small twins: space and colour at once."""
    stroke, space = operator.isupper(), DEVICE_OPERATORS[operator]

    def choose(run: Run, operands: list[Any]) -> None:
        values = tuple(value for value in operands if type(value) is float)
        if len(values) == space.components:
            _set(run, stroke, Colour(space, values))

    return choose


def _space(stroke: bool) -> Operator:
    """CS and cs: the space, which begins with a colour of its own."""

    def choose(run: Run, operands: list[Any]) -> None:
        if operands:
            space = read_space(operands[-1], run.resources)
            _set(run, stroke, Colour(space, space.initial))

    return choose


def _colour(stroke: bool) -> Operator:
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


OPERATORS: dict[str, Operator] = {
    **{operator: _device(operator) for operator in DEVICE_OPERATORS},
    **{operator: _space(operator.isupper()) for operator in SPACE_OPERATORS},
    **{operator: _colour(operator.isupper()) for operator in COLOUR_OPERATORS},
}
