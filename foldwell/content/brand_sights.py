"""Boxes of a leaflet as people with colour blindness see them.

No box means anything by its hue alone: each has an icon, a word and a form. But two that look alike
are looked for longer, so that they are told.
"""

from __future__ import annotations

from typing import Any

from foldwell.content.brand import Brand
from foldwell.content.brand_roles import roles
from foldwell.content.colours import SIGHTS, difference, grey, on, seen_by

ALIKE = 8.0
"""Colours nearer than this (ΔE2000) are taken for one another at a glance."""
FORMS = (("emergency", "contact"), ("warning", "key message"))
"""Boxes of one form: a solid head with pale words; a bar on a tint."""


def box_colours(brand: Brand) -> dict[str, str]:
    """The colour that each box is known by."""
    use = roles(brand)
    return {
        "emergency": use.alarm,
        "warning": use.warning,
        "key message": use.solid,
        "contact": use.solid,
    }


def seen_boxes(brand: Brand) -> list[dict[str, Any]]:
    """The boxes with each kind of sight, and in grey: rows for a table."""
    colours = box_colours(brand)
    rows = [("in full colour", colours)]
    rows += [
        (name, {box: seen_by(colour, sight) for box, colour in colours.items()})
        for sight, name in SIGHTS.items()
    ]
    rows.append(("in grey print", {box: grey(colour) for box, colour in colours.items()}))
    return [
        {
            "name": name,
            "boxes": [
                {"name": box, "ground": colour, "words": on(colour)}
                for box, colour in seen.items()
                if box != "contact"
            ],
        }
        for name, seen in rows
    ]


def confusions(brand: Brand) -> list[str]:
    """Boxes of one form that could be taken for one another, with the sight: sentences."""
    colours, told = box_colours(brand), []
    for one, other in FORMS:
        kinds = [
            name
            for sight, name in SIGHTS.items()
            if difference(seen_by(colours[one], sight), seen_by(colours[other], sight)) < ALIKE
        ]
        if kinds:
            told.append(
                f"With {' or '.join(kinds)}, the {one} box is much like the {other} box: only icon"
                " and words tell them apart."
            )
    return told
