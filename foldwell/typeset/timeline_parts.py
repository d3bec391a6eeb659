"""The timelines of an edition, drawn and put into the parts of its page that stand for them."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from foldwell.content.edition import Edition
from foldwell.typeset import templates
from foldwell.typeset.pictures import Assets
from foldwell.typeset.reading import Words
from foldwell.typeset.surfaces import surfaces
from foldwell.typeset.timeline import PAINTED, Drawing, draw

WEB_COLUMN_MM = 100.0
"""The width that a timeline of the web page is drawn for."""


TIMELINE_PT = {"sheet": 10.5, "large-print": 16.0, "web": 12.5}
"""The size of the words on a timeline, where it is not 10 pt."""


_CLASSES = {name: f'class="{name}"' for name in PAINTED}


def _fill(
    edition: Edition,
    words: Words,
    values: dict[str, Any],
    token: str,
    drawing: Drawing,
    name: str,
) -> None:
    filled = values | {"drawing": drawing, "svg": Markup(drawing.svg), "name": name}
    words.tokens.fill(token, templates.render("parts/timeline.html", edition.overrides, filled))


def print_timelines(
    edition: Edition,
    words: Words,
    values: dict[str, Any],
    layout: str,
    width: float,
    assets: Assets,
    suffix: str = "",
) -> str:
    """Draw each timeline as a picture, and give the style sheet of their sizes.

    Args:
        edition: What is said.
        words: Its words.
        values: Those of its templates.
        layout: The layout of the format.
        width: The width of the drawings in mm.
        assets: Where they go.
        suffix: What their names end in, where a page has those of two languages.
    """
    s = surfaces(edition.brand.brand)
    outline = f'stroke="{s.deep}"'
    paint = {
        "tl-start": f'fill="{s.soft}" {outline}',
        "tl-worst": f'fill="{s.deep}" {outline}',
        "tl-ease": f'fill="{s.pale}" {outline}',
        "tl-worst-word": f'fill="{s.on_deep}"',
        "tl-word": 'fill="#000000"',
        "tl-axis": 'fill="#000000"',
    }
    rules = []
    for number, (token, timeline) in enumerate(words.timelines.items()):
        size = TIMELINE_PT.get(layout, 10.0) * 25.4 / 72
        name, leftwards = f"timeline-{number}{suffix}", edition.right_to_left
        drawing = draw(timeline, width, values["t"], size, paint, right_to_left=leftwards)
        assets[f"{name}.svg"] = (drawing.svg.encode(), "image/svg+xml")
        rules.append(f".{name} {{ width: {width:.2f}mm; height: {drawing.height_mm:.2f}mm; }}\n")
        _fill(edition, words, values, token, drawing, name)
    return "".join(rules)


def web_timelines(edition: Edition, words: Words, values: dict[str, Any]) -> None:
    """Draw each timeline into the page itself, painted by its style sheet."""
    for number, (token, timeline) in enumerate(words.timelines.items()):
        size = TIMELINE_PT["web"] * 25.4 / 72
        drawing = draw(
            timeline, WEB_COLUMN_MM, values["t"], size, _CLASSES,
            right_to_left=edition.right_to_left,
        )  # fmt: skip
        _fill(edition, words, values, token, drawing, f"timeline-{number}")
