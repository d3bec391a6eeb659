"""Drawings that are drawn again: what one put on a page is put on others, with nothing worked out.

The same drawings (a cover's, icons, a logo) stand on the pages of every clinic. What a drawing adds
to a page hangs on its size and on what was set on the page before; it is kept by these. Drawings
that use more than shapes and colours (words, pictures, shading) are drawn anew each time.
"""

from __future__ import annotations

from typing import Any

from weasyprint.images import SVGImage
from weasyprint.logger import LOGGER

MOST = 16
"""How many ways of drawing one are kept."""
PLAIN = frozenset(
    b"q Q cm gs w J j M d i rg RG g G k K m l c v y h re S s f f* B B* b b* n W W*".split()
)
"""Operators of shapes and colours, which name nothing of the page's own but its opacity."""
_STATE = (
    "_current_color", "_current_color_stroke", "_current_alpha", "_current_alpha_stroke",
    "_current_font", "_current_font_size", "_old_font", "_old_font_size",
)  # fmt: skip
"""What the engine knows of a page, so that nothing is set twice."""


def _draw(image: Any, stream: Any, width: float, height: float, _style: Any) -> None:
    """Draw a drawing, or what it was when it was drawn so before."""
    kept = vars(image).setdefault("_drawn", {})
    key = (width, height, state_of(stream), stream._output_intent)
    if key in kept:
        steps, after, states = kept[key]
        stream.stream += steps
        for name, value in states.items():
            stream._resources["ExtGState"].setdefault(name, value)
        with_state(stream, after)
        return
    start, matrix, before = len(stream.stream), stream.ctm, _made(stream)
    last = stream.stream[start - 1 : start]
    try:
        image._svg.draw(stream, width, height, image._base_url, image._context)
    except BaseException as exception:  # as the engine does; whoever typesets is told
        LOGGER.error("Failed to render SVG image %s", image._base_url)
        LOGGER.debug("Error while rendering SVG image:", exc_info=exception)
        return
    steps = tuple(stream.stream[start:])
    plain = (
        _made(stream) == before
        and stream.ctm.values == matrix.values
        and stream.stream[start - 1 : start] == last
        and all(type(step) is bytes and step.split()[-1] in PLAIN for step in steps)
    )
    named = (step.split()[0][1:].decode() for step in steps if step.endswith(b" gs"))
    names = list(dict.fromkeys(named))  # in the order in which the page learns of them
    if plain and len(kept) < MOST and all(name[:1] in "aA" for name in names):
        states = {name: stream._resources["ExtGState"][name] for name in names}
        kept[key] = steps, state_of(stream), states


def state_of(stream: Any) -> tuple[Any, ...]:
    """What the engine knows to be set on a page."""
    return tuple(getattr(stream, name) for name in _STATE)


def with_state(stream: Any, state: tuple[Any, ...]) -> None:
    """Let the engine know that this is set on a page."""
    for name, value in zip(_STATE, state, strict=True):
        setattr(stream, name, value)


def _made(stream: Any) -> tuple[int, ...]:
    """How much there is beside the page itself."""
    kinds = [stream._resources[kind] for kind in ("XObject", "Pattern", "Shading")]
    return tuple(map(len, [*kinds, stream._fonts]))


def install() -> None:
    """Let the engine draw so."""
    SVGImage.draw = _draw
