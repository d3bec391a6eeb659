"""The run of colours of a gradient in a PDF, from its beginning to its end.

A viewer is asked for them, so that every kind of function and of colour is known that it knows.
"""

from __future__ import annotations

import io
from typing import Any

SAMPLES = 256
"""How many colours of a gradient are looked at, with one more before its beginning and one behind
its end."""
_CHANNELS = (
    b"{pop pop pop 1 exch sub}",
    b"{pop pop exch pop 1 exch sub}",
    b"{pop 3 1 roll pop pop 1 exch sub}",
    b"{4 1 roll pop pop pop 1 exch sub}",
)
"""From four inks to how light one of them leaves the paper (ISO 32000-1, 7.10.5)."""


def ramp(pdf: Any, shading: Any) -> list[tuple[int, ...]]:
    """The colours, red, green and blue of 255.

    Args:
        pdf: An open ``pikepdf.Pdf``.
        shading: A gradient in it: the dictionary of an axial or radial shading.
    """
    return _seen(pdf, shading, None)


def ramp_of_inks(pdf: Any, shading: Any) -> list[tuple[int, ...]]:
    """Cyan, magenta, yellow and black of 255, of a gradient in ``/DeviceCMYK``."""
    from pikepdf import Array, Name

    names = Array([Name.Cyan, Name.Magenta, Name.Yellow, Name.Black])
    channels = []
    for program in _CHANNELS:
        tint = pdf.make_stream(program, FunctionType=4, Domain=[0, 1] * 4, Range=[0, 1])
        space = Array([Name.DeviceN, names, Name.DeviceGray, tint])
        channels.append([255 - light for light, _, _ in _seen(pdf, shading, space)])
    return [*zip(*channels, strict=True)]


def _seen(pdf: Any, shading: Any, space: Any) -> list[tuple[int, ...]]:
    """A strip of the gradient, as a viewer shows it; in another colour space if one is given."""
    import pypdfium2
    from pikepdf import Dictionary, Pdf

    axis = Dictionary(ShadingType=2, Coords=[1, 0, SAMPLES + 1, 0], Extend=[True, True])
    for key in ("/ColorSpace", "/Function", "/Domain"):
        if key in shading:
            axis[key] = shading[key]
    if space is not None:
        axis.ColorSpace = space
    with Pdf.new() as strip:
        strip.add_blank_page(page_size=(SAMPLES + 2, 4))
        page = strip.pages[0]
        own = strip.copy_foreign(pdf.make_indirect(axis))
        page.Resources = Dictionary(Shading=Dictionary(A=own))
        page.Contents = strip.make_stream(b"/A sh")
        out = io.BytesIO()
        strip.save(out)
    with pypdfium2.PdfDocument(out.getvalue()) as shown:
        picture: Any = shown[0].render(scale=1).to_pil().convert("RGB")
    data = picture.tobytes()
    return [tuple(data[at : at + 3]) for at in range(0, 3 * (SAMPLES + 2), 3)]
