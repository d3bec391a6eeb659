"""Posters: how large their heads are, and the ground that they stand on."""

from __future__ import annotations

from foldwell.content.brand import Brand
from foldwell.content.edition import Edition
from foldwell.paper.geometry import Panel
from foldwell.typeset import templates
from foldwell.typeset.cover import PT_MM, fitting_pt, lines_of
from foldwell.typeset.pictures import MARK_COLOUR, Assets, mark_drawing
from foldwell.typeset.surfaces import surfaces

TITLE_PT = (62.0, 54.0, 46.0, 40.0, 34.0, 29.0, 25.0)
NUMBER_MM = {"emergency": 118.0, "phone": 152.0}
"""What the number and the margins take of the width of a poster."""
STATUS_PT, STATUS_MM = (18.0, 17.0, 16.0, 15.0, 14.0, 13.0), 42.0
"""Sizes of what keeps a poster from patients, and what its box and margins take of the width."""
CARD_MM, CARD_DEGREES = (128.0, 76.0), 28
"""A card of a poster, and how steep the word of a draft lies across it."""

MARGIN_MM, FOOT_MM = 20.0, 22.0
"""The margins of a poster behind a folded leaflet at its sides and foot, as all sizes below as in
``css/small-folds.css``."""
LINES = {"title": (56, 1.15), "message": (48, 1.25), "emergency": (40, 1.25), "status": (24, 1.3)}
"""Size in points and leading of its words."""
LOGO_MM, OVER_TITLE_MM, UNDER_MM = 39.0, 9.0, 18.0
"""Of its band: the logo with the room above it, the room over the title, and round the drawing."""
ROUND_MM = {"status": 18.0, "message": 17.0, "emergency": 18.0}
"""The room and rules round the words below it."""
BESIDE_MM = {"status": 12.0, "emergency": 12.0}
"""What they take of the width."""
CALL_MM, LEAST_CALL_MM, NAME_MM, PHONE_MM = 23.0, 48.0, 12.4, 19.5
"""Its foot: the room and rule above it, its code, a line of the name, and the number."""
LEAST_DRAWING_MM, LARGEST_DRAWING_MM = 40.0, 150.0
"""A drawing smaller than this stands beside the title; and how large one gets."""
SLACK_MM = 6.0
BOLD = 0.97
"""How long bold type is beside the heaviest cut, at most."""


def title_css(edition: Edition, status: str, wide_mm: float) -> str:
    """The sizes of what heads a poster.

    Its title takes two lines beside the number to call, what keeps it from patients one line, or
    they are smaller.

    Args:
        edition: What is said.
        status: What keeps it from patients.
        wide_mm: Its width, divided by how much wider than our own its type is.
    """
    facts = edition.leaflet.facts
    size = fitting_pt(facts.action or facts.title, wide_mm - NUMBER_MM[facts.strip], 2, TITLE_PT)
    line = fitting_pt(status, wide_mm - STATUS_MM, 1, STATUS_PT)
    return f":root {{ --poster-title: {size}pt; --poster-status: {line}pt; }}\n"


def ground_css(brand: Brand, mark_word: str, pale: str, assets: Assets) -> str:
    """The solid ground of a poster, with the word of a draft in a shade of it.

    The steps stand on white cards, which would cover the word: each has its own.

    Args:
        brand: Whose colours it has.
        mark_word: The word; empty where there is none.
        pale: Its shade.
        assets: Where the pictures are.
    """
    ground, cards = surfaces(brand).solid, ""
    if mark_word:
        drawing = assets["mark.svg"][0].decode()
        assets["mark.svg"] = (drawing.replace(MARK_COLOUR, pale).encode(), "image/svg+xml")
        ground = f'url("asset:mark.svg") center / 100% auto no-repeat {ground}'
        assets["card-mark.svg"] = mark_drawing(mark_word, *CARD_MM, CARD_DEGREES)
        cards = (
            ".poster .block-steps ol.pictures > li"
            ' { background-image: url("asset:card-mark.svg") }\n'
        )
    return f"@page {{ background: {ground}; }}\n{cards}"


def side_css(edition: Edition, panel: Panel, note: str, wider: float, leading: float) -> str:
    """The drawing of the poster behind a folded leaflet.

    It stands below the title, as large as the words leave it room, or else beside the title.

    Args:
        edition: What is said.
        panel: The poster.
        note: What keeps it from patients.
        wider: How much wider than our own its type is.
        leading: How much further apart its lines stand than Latin ones.
    """
    css = '.poster-drawing { background: url("asset:topic.svg") center / contain no-repeat; }\n'
    facts, clinic = edition.leaflet.facts, edition.clinic
    room = (panel.width_mm - 2 * MARGIN_MM) / wider

    def high(kind: str, text: str) -> float:
        size, apart = LINES[kind]
        lines = lines_of(text, size, (room - BESIDE_MM.get(kind, 0.0)) / BOLD)
        return lines * size * PT_MM * apart * leading + ROUND_MM.get(kind, 0.0)

    strings = templates.strings(edition.leaflet.language)
    call = strings["emergency_call"].format(number=edition.region.emergency_number)
    below = high("message", facts.main_message or "") + high("emergency", call)
    below += high("status", note) if note else 0.0
    names = lines_of(clinic.name, 28, room - LEAST_CALL_MM) * NAME_MM + PHONE_MM
    code = LEAST_CALL_MM if clinic.website else 0.0
    below += CALL_MM + max(code, names) * leading + FOOT_MM + SLACK_MM
    head = LOGO_MM + OVER_TITLE_MM + high("title", facts.title) + UNDER_MM
    drawing = min(panel.height_mm - below - head, LARGEST_DRAWING_MM)
    if drawing < LEAST_DRAWING_MM:
        return css
    usual = ".poster-side:not(.own-words)"  # how much a leaflet's own words take is not known here
    return css + (
        f"{usual} .poster-title {{ max-width: none; }}\n"
        f"{usual} .poster-drawing {{ position: static; width: auto; height: {drawing:.1f}mm;"
        " margin-top: 8mm; }\n"
    )
