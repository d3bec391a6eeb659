"""The shapes that a cover may have on its ground, drawn small in a colour, to choose from."""

from __future__ import annotations

from starlette.responses import Response

from foldwell.content.colours import css_colour, lightness, shade
from foldwell.studio.desk import Call, Desk, NotThere
from foldwell.typeset.grounds import SHAPES, rect

NAMES = (*SHAPES, "none")
BOX = (0.0, 0.0, 60.0, 40.0)
STEPS = (0.09, 0.16)
"""How much lighter the two shades of a shape are than its ground; darker on a light ground."""


def shape_picture(desk: Desk, call: Call) -> Response:
    """One shape in a colour, as a drawing."""
    name, colour = call.path["name"], css_colour(call.query.get("colour", "")[:60])
    if name not in NAMES or colour is None:
        raise NotThere
    light = lightness(colour)
    sign = 1 if light < 0.6 else -1
    shades = shade(colour, light + sign * STEPS[0]), shade(colour, light + sign * STEPS[1])
    draw = SHAPES.get(name)
    inside = draw(BOX, (38, 22), 34, shades) if draw else ""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 40">'
        f"{rect(BOX, colour)}{inside}</svg>"
    )
    return Response(svg, media_type="image/svg+xml")
