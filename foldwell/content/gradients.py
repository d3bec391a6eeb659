"""Gradients of drawings, said in the one way that the engine draws: in the units of the page.

Where a gradient is measured in the box of what it fills, or is transformed, its points are worked
out. What would take an ellipse that is turned stays as it is, and is drawn as a picture.
"""

from __future__ import annotations

import re
from copy import deepcopy
from math import hypot, isclose
from xml.etree.ElementTree import Element

_SVG = "{http://www.w3.org/2000/svg}"
_REFERENCE = re.compile(r"url\(#([^)]+)\)")
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")

Affine = tuple[float, float, float, float, float, float]
"""The numbers a to f of ``matrix()`` (SVG 1.1, 7.6)."""


def settle(tree: Element) -> None:
    """Give each shape that is filled with a gradient one of its own, in the units of the page.

    Args:
        tree: A drawing, as usvg writes it.
    """
    gradients = {
        element.get("id", ""): (parent, element)
        for parent in tree.iter()
        for element in parent
        if element.tag in (f"{_SVG}linearGradient", f"{_SVG}radialGradient")
    }
    for _, gradient in gradients.values():
        _complete(gradient)
    for number, shape in enumerate([*tree.iter(f"{_SVG}path")]):
        named = _REFERENCE.fullmatch(shape.get("fill", ""))
        if named and named[1] in gradients:
            parent, gradient = gradients[named[1]]
            own = deepcopy(gradient)
            if _settled(own, shape):
                own.set("id", f"settled-{number}")
                parent.append(own)
                shape.set("fill", f"url(#settled-{number})")


def is_turned(gradient: Element) -> bool:
    """Whether a gradient holds a transform that the engine draws in another way."""
    a, b, c, d, _, _ = _affine(gradient)
    boxed = gradient.get("gradientUnits") != "userSpaceOnUse"
    return bool(b or c or (boxed and (a, d) != (1, 1)))


def _complete(gradient: Element) -> None:
    """Let a gradient begin at 0 and end at 1, as it is drawn; PDF extends no colour that is cut."""
    stops = list(gradient)
    for stop, end, index in ((stops[0], "0", 0), (stops[-1], "1", len(stops) + 1)):
        if float(stop.get("offset", "0")) != float(end):
            gradient.insert(index, Element(stop.tag, {**stop.attrib, "offset": end}))


def _settled(gradient: Element, shape: Element) -> bool:
    """Work out the points of a gradient in place; whether that could be done."""
    affine = _affine(gradient)
    if gradient.get("gradientUnits") != "userSpaceOnUse":
        box = _box(shape)
        if box is None:
            return False
        affine = after(box, affine)
    radial = gradient.tag.endswith("radialGradient")
    if not (_round(gradient, affine) if radial else _straight(gradient, affine)):
        return False
    gradient.set("gradientUnits", "userSpaceOnUse")
    return True


def _straight(gradient: Element, affine: Affine) -> bool:
    """A linear one: its lines of one colour stay lines, and its vector stands upright on them."""
    x1, y1 = moved(affine, _number(gradient, "x1"), _number(gradient, "y1"))
    x2, y2 = moved(affine, _number(gradient, "x2"), _number(gradient, "y2"))
    a, b, c, d, _, _ = affine
    across = _number(gradient, "x2") - _number(gradient, "x1")
    down = _number(gradient, "y2") - _number(gradient, "y1")
    line = (-a * down + c * across, -b * down + d * across)
    length = hypot(*line)
    if not length:
        return False
    upright = (-line[1] / length, line[0] / length)
    reach = (x2 - x1) * upright[0] + (y2 - y1) * upright[1]
    _set(gradient, x1=x1, y1=y1, x2=x1 + reach * upright[0], y2=y1 + reach * upright[1])
    gradient.attrib.pop("gradientTransform", None)
    return True


def _round(gradient: Element, affine: Affine) -> bool:
    """A radial one: a circle stays one if it is not stretched; an upright ellipse is drawn too."""
    a, b, c, d, _, _ = affine
    scale = hypot(a, b)
    if isclose(a, d, rel_tol=1e-6) and isclose(b, -c, rel_tol=1e-6, abs_tol=1e-9 * scale):
        cx, cy = moved(affine, _number(gradient, "cx"), _number(gradient, "cy"))
        focus = (_number(gradient, key, _number(gradient, f"c{key[1]}")) for key in ("fx", "fy"))
        fx, fy = moved(affine, *focus)
        _set(gradient, cx=cx, cy=cy, fx=fx, fy=fy, r=_number(gradient, "r") * scale)
        gradient.attrib.pop("gradientTransform", None)
        return True
    if b or c:
        return False
    gradient.set("gradientTransform", f"matrix({' '.join(map(str, affine))})")
    return True


def _affine(gradient: Element) -> Affine:
    numbers = [float(n) for n in _NUMBER.findall(gradient.get("gradientTransform", ""))]
    return tuple(numbers) if len(numbers) == 6 else (1, 0, 0, 1, 0, 0)  # type: ignore[return-value]


def _box(shape: Element) -> Affine | None:
    """From the unit square to the box around a shape; None where it has no width or height."""
    from fontTools.pens.boundsPen import BoundsPen
    from fontTools.svgLib.path import parse_path

    pen = BoundsPen(None)
    parse_path(shape.get("d", ""), pen)
    if pen.bounds is None:
        return None
    left, top, right, bottom = pen.bounds
    width, height = right - left, bottom - top
    return (width, 0, 0, height, left, top) if width and height else None


def after(second: Affine, first: Affine) -> Affine:
    """One transform after another."""
    a, b, c, d, e, f = second
    columns = ((first[0], first[1]), (first[2], first[3]))
    turned = [value for x, y in columns for value in (a * x + c * y, b * x + d * y)]
    x, y = first[4], first[5]
    return (*turned, a * x + c * y + e, b * x + d * y + f)  # type: ignore[return-value]


def moved(affine: Affine, x: float, y: float) -> tuple[float, float]:
    """A point under a transform."""
    a, b, c, d, e, f = affine
    return a * x + c * y + e, b * x + d * y + f


def inverse(affine: Affine) -> Affine | None:
    """The way back; None where a transform leaves no area."""
    a, b, c, d, e, f = affine
    size = a * d - b * c
    if not size:
        return None
    turned = (d / size, -b / size, -c / size, a / size)
    x, y = (turned[i] * e + turned[i + 2] * f for i in (0, 1))
    return (*turned, -x, -y)


def _number(element: Element, key: str, usual: float = 0.0) -> float:
    return float(element.get(key, usual))


def _set(gradient: Element, **values: float) -> None:
    for key, value in values.items():
        gradient.set(key, f"{value:.6f}")
