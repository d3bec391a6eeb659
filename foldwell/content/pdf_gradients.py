"""Gradients in the drawing of a PDF, kept as what they are.

The library that turns a page into SVG draws gradients as pictures. So each is painted in a plain
colour that nothing else has, and in the SVG that colour gives way to the gradient again. Axial
gradients are kept, and radial ones that begin in a point or share their centre; whoever calls has
to compare what comes out with the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from foldwell.content.gradients import Affine, after, inverse, moved
from foldwell.content.pdf_ramps import SAMPLES, ramp

_STARTS, _ENDS = ("m", "re"), ("f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "n")
"""Operators that begin a path and that end it (ISO 32000-1, 8.5.2 and 8.5.3)."""
_COLOURS = ("g", "rg", "k", "cs", "sc", "scn")
_STEP = 3
"""By how much (of 255) a straight run between two colours that are kept may miss one."""
_MARK = re.compile(r'fill="#fe01([0-9a-f]{2})"')
_MOST = 256
"""So many marks there are."""
_SAME: Affine = (1, 0, 0, 1, 0, 0)


def mark(pdf: Any) -> list[str]:
    """Paint the gradients of a page in colours that stand for them, in place.

    Args:
        pdf: An open ``pikepdf.Pdf`` of one page.

    Returns:
        Each gradient as SVG writes it, in the order of their marks.
    """
    from pikepdf import Stream, parse_content_stream, unparse_content_stream

    page = pdf.pages[0]
    page.contents_coalesce()
    streams = [(page.obj.Contents, page.resources, page.cropbox)] if "/Contents" in page.obj else []
    streams += [
        (item, item.get("/Resources", {}), item.BBox)
        for item in pdf.objects
        if isinstance(item, Stream) and item.get("/Subtype") == "/Form" and "/BBox" in item
    ]
    marks: list[str] = []
    for stream, resources, box in streams:
        marker = _Marker(pdf, resources, [float(edge) for edge in box], marks)
        steps = [new for old in parse_content_stream(stream) for new in marker.marked(old)]
        if marker.met:
            stream.write(unparse_content_stream(steps))
    return marks


def put_back(svg: str, marks: list[str]) -> str:
    """The SVG of a marked page with its gradients.

    Args:
        svg: What was made of the page.
        marks: What ``mark`` gave.
    """
    used = [int(number, 16) for number in _MARK.findall(svg)]
    if not used or max(used) >= len(marks):
        return svg
    made = "".join(marks[number].format(f"kept-{number}") for number in sorted({*used}))
    svg = _MARK.sub(lambda found: f'fill="url(#kept-{int(found[1], 16)})"', svg)
    start = svg.index(">") + 1
    return f"{svg[:start]}<defs>{made}</defs>{svg[start:]}"


class _Marker:
    """What is known while a stream is read.

    Attributes:
        met: Whether any gradient was.
    """

    def __init__(self, pdf: Any, resources: Any, box: list[float], marks: list[str]) -> None:
        self.met = False
        self._pdf = pdf
        self._shadings = resources.get("/Shading", {})
        self._patterns = resources.get("/Pattern", {})
        self._box, self._marks = box, marks
        self._affine, self._pattern = _SAME, ""
        self._kept: list[tuple[Affine, str]] = []
        self._inside = False

    def marked(self, step: Any) -> Iterator[Any]:
        """What stands in the place of one operator."""
        name, operands = str(step.operator), step.operands
        if name == "q":
            self._kept.append((self._affine, self._pattern))
        elif name == "Q" and self._kept:
            self._affine, self._pattern = self._kept.pop()
        elif name == "cm" and len(operands) == 6:
            own: Any = tuple(map(float, operands))
            self._affine = after(self._affine, own)
        elif name in _COLOURS:
            named = bool(operands) and name == "scn" and str(operands[-1]).startswith("/")
            self._pattern = str(operands[-1]) if named else ""
        elif name in _STARTS and self._pattern and not self._inside:
            yield from self._marked_path()
        elif name == "sh" and operands:
            shading = self._shadings.get(str(operands[0]))
            if shading is not None and (colour := self._mark(shading, _SAME)):
                yield from self._area(colour)
                return
        yield step
        if name in _ENDS and self._inside:
            self._inside = False
            yield _step("cs", _name("/Pattern"))
            yield _step("scn", _name(self._pattern))

    def _marked_path(self) -> Iterator[Any]:
        """A path that is filled with a gradient is filled with its mark instead."""
        pattern = self._patterns.get(self._pattern)
        if pattern is None or pattern.get("/PatternType") != 2:
            return
        own: Any = tuple(map(float, pattern.get("/Matrix", _SAME)))
        back = inverse(self._affine)
        if back and (colour := self._mark(pattern.Shading, after(back, own))):
            self._inside = True
            yield _step("rg", *colour)

    def _area(self, colour: tuple[float, ...]) -> Iterator[Any]:
        """All that a stream can paint, in a mark: what clips it stays as it is."""
        back = inverse(self._affine) or _SAME
        left, low, right, high = self._box
        corners = [moved(back, x, y) for x in (left, right) for y in (low, high)]
        x, y = (min(corner[axis] for corner in corners) for axis in (0, 1))
        wide, tall = (max(corner[axis] for corner in corners) for axis in (0, 1))
        yield _step("q")
        yield _step("rg", *colour)
        yield _step("re", x, y, wide - x, tall - y)
        yield _step("f")
        yield _step("Q")

    def _mark(self, shading: Any, affine: Affine) -> tuple[float, ...]:
        """The colour that stands for a gradient; none if it is of a kind that SVG has not."""
        if len(self._marks) >= _MOST or "/BBox" in shading or "/Background" in shading:
            return ()
        try:
            made = _element(self._pdf, shading, affine)
        except (ArithmeticError, AttributeError, KeyError, TypeError, ValueError):
            made = ""  # a broken one, which is left to the viewer
        if not made:
            return ()
        if made not in self._marks:
            self._marks.append(made)
        self.met = True
        return 254 / 255, 1 / 255, self._marks.index(made) / 255


def _element(pdf: Any, shading: Any, affine: Affine) -> str:
    """A gradient of a PDF as SVG writes it, with its name left open; empty if SVG has none."""
    kind, places = int(shading.ShadingType), [float(value) for value in shading.Coords]
    if kind not in (2, 3):
        return ""
    stops = _stops(ramp(pdf, shading))
    if kind == 2:
        name = "linearGradient"
        facts = dict(zip(("x1", "y1", "x2", "y2"), places, strict=True))
    else:
        name = "radialGradient"
        x0, y0, r0, x1, y1, r1 = places
        if r0 > r1:
            x0, y0, r0, x1, y1, r1 = x1, y1, r1, x0, y0, r0
            stops = [(1 - offset, colour) for offset, colour in reversed(stops)]
        if not r1 or (r0 and (x0, y0) != (x1, y1)):
            return ""
        stops = [((r0 + offset * (r1 - r0)) / r1, colour) for offset, colour in stops]
        facts = {"cx": x1, "cy": y1, "r": r1, "fx": x0, "fy": y0}
    words = " ".join(f'{key}="{value:.6g}"' for key, value in facts.items())
    turn = " ".join(f"{value:.8g}" for value in affine)
    inner = "".join(f'<stop offset="{at:.5g}" stop-color="{hue}"/>' for at, hue in stops)
    return (
        f'<{name} id="{{}}" gradientUnits="userSpaceOnUse" gradientTransform="matrix({turn})"'
        f" {words}>{inner}</{name}>"
    )


def _stops(colours: list[tuple[int, ...]]) -> list[tuple[float, str]]:
    """As few stops as draw the same run of colours."""
    last = len(colours) - 1
    kept, open_runs = {0, last}, [(0, last)]
    while open_runs:
        start, end = open_runs.pop()
        worst, at = max(
            ((_miss(colours, start, end, one), one) for one in range(start + 1, end)),
            default=(0.0, 0),
        )
        if worst > _STEP:
            kept.add(at)
            open_runs += [(start, at), (at, end)]
    places = {0: 0.0, last: 1.0}
    return [
        (places.get(at, (at - 0.5) / SAMPLES), "#" + bytes(colours[at]).hex())
        for at in sorted(kept)
    ]


def _miss(colours: list[tuple[int, ...]], start: int, end: int, at: int) -> float:
    share = (at - start) / (end - start)
    return max(
        abs(a + share * (b - a) - seen)
        for a, b, seen in zip(colours[start], colours[end], colours[at], strict=True)
    )


def _step(name: str, *operands: Any) -> Any:
    from pikepdf import ContentStreamInstruction, Operator

    return ContentStreamInstruction(
        [round(one, 6) if isinstance(one, float) else one for one in operands], Operator(name)
    )


def _name(name: str) -> Any:
    from pikepdf import Name

    return Name(name)
