"""Inks in the drawing of a PDF, made colours of the screen.

Black ink alone is grey, so that it becomes black ink alone again on a press; a viewer would make
it a brown. Other CMYK without a profile is what the usual coated paper shows; one with a profile
is left to whoever draws the page.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from foldwell.content.pdf_ramps import ramp_of_inks

_GREY, _RGB, _SPACE = ("g", "G"), ("rg", "RG"), ("cs", "CS")
_SET = {"sc": 0, "scn": 0, "SC": 1, "SCN": 1}
"""Operators that set a colour in the present space: of what is filled, and of lines."""
_OTHERS = {"g": 0, "rg": 0, "G": 1, "RG": 1}


def recolour(pdf: Any) -> None:
    """Turn the inks of all pages and forms of a PDF into colours of the screen, in place.

    Args:
        pdf: An open ``pikepdf.Pdf``.
    """
    from pikepdf import Stream, parse_content_stream, unparse_content_stream

    streams = []
    for page in pdf.pages:
        page.contents_coalesce()
        if "/Contents" in page.obj:
            streams.append((page.obj.Contents, page.resources))
    for item in pdf.objects:
        if isinstance(item, Stream) and (
            item.get("/Subtype") == "/Form" or item.get("/PatternType") == 1
        ):
            streams.append((item, item.get("/Resources", {})))
    for stream, resources in streams:
        inks = _Inks(resources.get("/ColorSpace", {}))
        steps = [new for old in parse_content_stream(stream) for new in inks.recoloured(old)]
        if inks.met:
            stream.write(unparse_content_stream(steps))
        for shading in _gradients(resources):
            _recolour_gradient(pdf, shading, inks)


def _gradients(resources: Any) -> Iterator[Any]:
    """The gradients in inks that a stream can name."""
    patterns = resources.get("/Pattern", {}).values()
    found = [*resources.get("/Shading", {}).values()]
    found += [one.Shading for one in patterns if one.get("/PatternType") == 2]
    for shading in found:
        if shading.get("/ShadingType") in (2, 3) and shading.get("/ColorSpace") == "/DeviceCMYK":
            yield shading


def _recolour_gradient(pdf: Any, shading: Any, inks: _Inks) -> None:
    """Give a gradient the colours of its inks, as a table."""
    from pikepdf import Name

    run = [[v / 255 for v in one] for one in ramp_of_inks(pdf, shading)]
    colours = [inks.shown(*one) for one in (run[0], *run[2:-2], run[-1])]
    table = bytes(round(255 * value) for colour in colours for value in colour)
    domain = [*map(float, shading.get("/Domain", (0, 1)))]
    shading.Function = pdf.make_stream(
        table, FunctionType=0, Domain=domain, Range=[0, 1] * 3, Size=[len(colours)],
        BitsPerSample=8,
    )  # fmt: skip
    shading.ColorSpace = Name.DeviceRGB


class _Inks:
    """The spaces that colours are in while a stream is read.

    Attributes:
        met: Whether any ink was.
    """

    def __init__(self, named: Any) -> None:
        self.met = False
        self._named = named
        self._spaces: list[Any] = [None, None]
        self._kept: list[list[Any]] = []
        self._way: Any = None

    def recoloured(self, step: Any) -> Iterator[Any]:
        """What stands in the place of one operator."""
        from pikepdf import ContentStreamInstruction as Step
        from pikepdf import Operator

        name = str(step.operator)
        if name == "q":
            self._kept.append([*self._spaces])
        elif name == "Q" and self._kept:
            self._spaces = self._kept.pop()
        elif name in _SPACE and len(step.operands) == 1:
            self._spaces[_SPACE.index(name)] = self._inks_of(step.operands[0])
        elif name in _OTHERS:
            self._spaces[_OTHERS[name]] = None
        side = ("k", "K").index(name) if name in ("k", "K") else _SET.get(name, -1)
        device = name in ("k", "K")
        space: Any = None if device or side < 0 else self._spaces[side]
        if len(step.operands) != 4 or side < 0 or not (device or space):
            yield step
            return
        self.met = True
        cyan, magenta, yellow, black = (min(max(float(v), 0.0), 1.0) for v in step.operands)
        if not cyan + magenta + yellow:
            yield Step([round(1 - black, 4)], Operator(_GREY[side]))
        elif device or space == "/DeviceCMYK":
            yield Step(self._on_screen(cyan, magenta, yellow, black), Operator(_RGB[side]))
        else:
            yield Step([space], Operator(_SPACE[side]))
            yield step
        if device:
            self._spaces[side] = None

    def _inks_of(self, name: Any) -> Any:
        """The name of a space if it is one of four inks, ``/DeviceCMYK`` itself among them."""
        space = self._named.get(str(name), name) if str(name) != "/DeviceCMYK" else name
        if space == "/DeviceCMYK":
            return space
        try:
            return name if space[0] == "/ICCBased" and space[1].N == 4 else None
        except (TypeError, IndexError, AttributeError, ValueError):
            return None

    def shown(self, *inks: float) -> list[float]:
        """Red, green and blue of four inks; black alone is grey."""
        return [1 - inks[3]] * 3 if not sum(inks[:3]) else self._on_screen(*inks)

    def _on_screen(self, *inks: float) -> list[float]:
        from PIL import Image, ImageCms

        from foldwell.paper.conditions import default_condition, read_profile
        from foldwell.shipped import templates_folder

        if self._way is None:
            press = read_profile(templates_folder(), default_condition("a4"))
            self._way = ImageCms.buildTransform(
                ImageCms.ImageCmsProfile(io.BytesIO(press)),
                ImageCms.createProfile("sRGB"),
                "CMYK",
                "RGB",
                ImageCms.Intent.RELATIVE_COLORIMETRIC,
                ImageCms.Flags.BLACKPOINTCOMPENSATION,
            )
        pixel = Image.new("CMYK", (1, 1), tuple(round(v * 255) for v in inks))
        shown: Any = ImageCms.applyTransform(pixel, self._way)
        return [round(v / 255, 4) for v in shown.tobytes()]
