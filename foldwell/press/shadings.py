"""Gradients, and the functions behind them, in inks.

Axial and radial gradients keep their geometry; the colours at their stops are turned into
inks, and what lies between is blended in ink. Meshes, gradients by formula and PostScript
functions are refused: WeasyPrint draws none of them.
"""

from __future__ import annotations

from pikepdf import Array, Dictionary, Object, Pdf, Stream

from foldwell.pdf.colour_space import Space, Values
from foldwell.pdf.functions import samples
from foldwell.press.conversion import convert, plain_space
from foldwell.press.targets import Target, refused

_GRADIENTS = {2: "axial", 3: "radial"}
_SAMPLE_BITS = 16


def separate_shading(pdf: Pdf, shading: Object, target: Target) -> None:
    """Turn a gradient into inks, in place.

    Args:
        pdf: The file it is part of.
        shading: The shading (ISO 32000-1, 8.7.4.5).
        target: What its colours become.

    Raises:
        FoldwellError: If it is not an axial or radial gradient of plain colours.
    """
    kind = int(shading.get("/ShadingType", 0))
    if kind not in _GRADIENTS:
        raise refused(f"A shading of type {kind}", "Use linear and radial gradients.")
    space = plain_space(shading.ColorSpace)

    shading.Function = _function(pdf, shading.Function, space, target)
    if "/Background" in shading:
        shading.Background = _array(convert(space, _values(shading.Background), target))
    shading.ColorSpace = target.space


def separate_spot(pdf: Pdf, array: Object, spot: Space, target: Target) -> None:
    """Give a spot colour inks as its alternate, in place; the colorant itself stays.

    Raises:
        FoldwellError: If its tints follow a function that cannot be turned into inks.
    """
    shown_in = spot.base
    if shown_in is None or shown_in.name in ("DeviceCMYK", "DeviceGray", "CalGray"):
        return
    if spot.name != "Separation":
        raise refused(f"A DeviceN colour shown in {shown_in.name}")
    array[3] = _function(pdf, array[3], shown_in, target)
    array[2] = target.space


def _function(pdf: Pdf, function: Object, space: Space, target: Target) -> Object:
    """A new function that gives inks where the old one gave colours of the space."""
    if isinstance(function, Array):
        function = _merged(function)
    kind = int(function.get("/FunctionType", -1))
    if kind == 2:
        return Dictionary(
            FunctionType=2,
            Domain=function.Domain,
            C0=_array(_end(function.get("/C0", [0]), space, target)),
            C1=_array(_end(function.get("/C1", [1]), space, target)),
            N=function.N,
        )
    if kind == 3:
        parts = [_function(pdf, part, space, target) for part in function.Functions]
        return Dictionary(
            FunctionType=3,
            Domain=function.Domain,
            Functions=Array(parts),
            Bounds=function.Bounds,
            Encode=function.Encode,
        )
    if kind == 0 and isinstance(function, Stream):
        return _sampled(pdf, function, space, target)
    raise refused(f"A gradient with a function of type {kind}", "Use gradients of plain stops.")


def _merged(functions: Array) -> Object:
    """One function for all parts of a colour, in place of one for each."""
    first = functions[0]
    if len(functions) == 1:
        return first
    for function in functions:
        same = all(function.get(key) == first.get(key) for key in ("/Domain", "/N"))
        if int(function.get("/FunctionType", -1)) != 2 or not same:
            raise refused("A gradient with a function of its own for each part of a colour")
    starts, ends = (
        _array(tuple(_values(function.get(key, [usual]))[0] for function in functions))
        for key, usual in (("/C0", 0), ("/C1", 1))
    )
    return Dictionary(FunctionType=2, Domain=first.Domain, N=first.N, C0=starts, C1=ends)


def _sampled(pdf: Pdf, function: Stream, space: Space, target: Target) -> Stream:
    """A table of samples (ISO 32000-1, 7.10.2), converted one by one."""
    parts = space.components
    if len(function.get("/Decode", function.Range)) != 2 * parts:
        raise refused("A gradient whose table does not fit its colour space")
    points = samples(function, parts)
    if points is None:
        raise refused("A gradient whose table is cut short")
    made = bytearray()
    outputs = 0
    for point in points:
        colour = convert(space, point, target)
        outputs = len(colour)
        for value in colour:
            made += round(value * ((1 << _SAMPLE_BITS) - 1)).to_bytes(_SAMPLE_BITS // 8)
    table = pdf.make_stream(
        bytes(made),
        FunctionType=0,
        BitsPerSample=_SAMPLE_BITS,
        Domain=function.Domain,
        Size=function.Size,
        Range=Array([0, 1] * outputs),
    )
    if "/Encode" in function:
        table.Encode = function.Encode
    return table


def _end(values: Object | list[int], space: Space, target: Target) -> Values:
    """One end of a blend."""
    if len(values) != space.components:
        raise refused(f"A gradient of {len(values)} parts in {space.name}")
    return convert(space, _values(values), target)


def _values(array: Object | list[int]) -> Values:
    return tuple(float(value) for value in array)


def _array(values: Values) -> Array:
    return Array([number(value) for value in values])


def number(value: float) -> float | int:
    """A number as it is written into a PDF: four decimals, whole ones without a point."""
    rounded = round(value, 4)
    return int(rounded) if rounded == int(rounded) else rounded
