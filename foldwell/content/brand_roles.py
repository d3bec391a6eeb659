"""What a brand's colours are used for, so that every one of them can be read.

The brand's colour itself is for areas: covers, bands, bars, discs, with the words on it in white
or black. What is read (headings, links, icons, outlines) is set in the darkest colour of the brand
that passes, or near black. Emergencies and warnings keep their red and amber, unless the brand is
of that hue: then they turn near black, because in a red house a red box is not seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from foldwell.content.brand import ROLES, Brand
from foldwell.content.colours import (
    GRAPHIC_CONTRAST,
    NEAR_BLACK,
    TEXT_CONTRAST,
    WHITE,
    bearing,
    contrast,
    lightness,
    luminance,
    mix,
    near_hue,
    nearest_passing,
    on,
    shade,
    sure_contrast,
    told_contrast,
)
from foldwell.remembered import remembered

ALARM_DEGREES, WARNING_DEGREES = 22.0, 26.0
"""Hues nearer than this to that of emergencies, and of warnings, are taken for them (OKLCH)."""
LEAST_CHROMA = 0.1
"""Below it a colour is a brown or grey."""
LEAST_HUE = 0.03
"""Below it a colour is taken for black or grey, which speaks for no brand."""
LEAST_PAPER = 0.7
"""The luminance of paper; a darker background is one of screens."""
SEEN_CONTRAST, VISIBLE_CONTRAST = 1.2, 1.3
"""A colour with less contrast with paper than the first is no area; it is moved to the second."""
TINTS = (10, 15, 20, 25, 30, 40, 50)
"""Hundredths of the brand's colour in its tint: the least at which it can be told from paper."""
TINT_CONTRAST = 1.05


@dataclass(frozen=True)
class Roles:
    """The colours of a brand by what they do, each ``#rrggbb``.

    Attributes:
        paper: What text stands on.
        text: Running text.
        solid: Grounds, bars, discs.
        on_solid: Words and drawings on it.
        tint: Panels.
        ink: Icons, outlines, small heads.
        heading: Headings.
        head_on_tint: Small ones in a panel.
        link: Links of the web page.
        alarm: The head of an emergency, its icon and rule.
        on_alarm: Words on it.
        warning: The bar of a warning.
        warning_tint: Its panel.
    """

    paper: str
    text: str
    solid: str
    on_solid: str
    tint: str
    ink: str
    heading: str
    head_on_tint: str
    link: str
    alarm: str
    on_alarm: str
    warning: str
    warning_tint: str


@remembered(256)
def roles(brand: Brand) -> Roles:
    """The colours of a brand by what they do."""
    paper = _paper(brand)
    primary = brand.color.role("primary")
    solid, on_solid = bearing(_area(primary, paper))
    tint = _tint(solid, paper)
    ink = _ink(brand, paper, tint)
    fixed = _fixed(brand, paper)
    if brand.defaults.foldwell.contrast == "adjust":
        fixed = {name: nearest_passing(colour, _darker(paper, tint, name))
                 for name, colour in fixed.items()}  # fmt: skip
    asked = {name: _readable(brand, role, ink, paper) for name, role in _asked(brand).items()}
    chosen = {**asked, **fixed}
    text = chosen.get("base") or chosen.get("foreground") or on(paper)
    heading, link = chosen.get("headings", ink), chosen.get("link", ink)
    amber, danger = brand.color.role("warning"), brand.color.role("danger")
    alarm, on_alarm = bearing(danger)
    if near_hue(primary, danger, ALARM_DEGREES, LEAST_CHROMA):
        alarm, on_alarm = NEAR_BLACK, WHITE
    warning_tint = mix(amber, paper, 0.14)
    bright = lightness(primary) > 0.6
    if bright and near_hue(primary, amber, WARNING_DEGREES, LEAST_CHROMA):
        amber, warning_tint = NEAR_BLACK, mix(NEAR_BLACK, paper, 0.07)
    return Roles(
        paper, text, solid, on_solid, tint, ink, heading, nearest_passing(heading, tint), link,
        alarm, on_alarm, amber, warning_tint,
    )  # fmt: skip


def _tint(solid: str, paper: str) -> str:
    made = [mix(solid, paper, share / 100) for share in TINTS]
    return next((tint for tint in made if contrast(tint, paper) >= TINT_CONTRAST), made[-1])


def _paper(brand: Brand) -> str:
    background = brand.color.role("background")
    return background if luminance(background) >= LEAST_PAPER else WHITE


def _area(primary: str, paper: str) -> str:
    """A colour that can be told from paper: nearly always the brand's own."""
    if contrast(primary, paper) >= SEEN_CONTRAST:
        return primary
    light = lightness(primary)
    steps = (shade(primary, light - step / 50) for step in range(1, 50))
    return next(made for made in steps if contrast(made, paper) >= VISIBLE_CONTRAST)


def _ink(brand: Brand, paper: str, tint: str) -> str:
    """What headings and icons are set in: the brand's colour, a darker one of its own, or black."""
    colours = brand.color

    def passes(colour: str) -> bool:
        large = sure_contrast(colour, tint) >= GRAPHIC_CONTRAST  # small heads there are deeper
        return large and sure_contrast(colour, paper) >= TEXT_CONTRAST

    primary = colours.role("primary")
    if passes(primary):
        return primary
    if brand.defaults.foldwell.contrast == "adjust":
        return nearest_passing(primary, paper)
    taken = {colours.role(role) for role in ("success", "info", "warning", "danger")} - {primary}
    others = [colours.role(role) for role in ("secondary", "tertiary", "dark")
              if getattr(colours, role)]  # fmt: skip
    others += [colour for colour in colours.palette.values() if colour not in taken]
    alarms = (colours.role("danger"), colours.role("warning"))
    dark = [
        colour
        for colour in others
        if passes(colour)
        and near_hue(colour, colour, 0, LEAST_HUE)
        and not any(near_hue(colour, alarm, ALARM_DEGREES, LEAST_CHROMA) for alarm in alarms)
    ]
    return min([*dark, NEAR_BLACK], key=lambda c: (c == NEAR_BLACK, luminance(c)))


def _darker(paper: str, tint: str, name: str) -> str:
    """The ground that is harder to read on, of those that a kind of text stands on."""
    return min(paper, tint, key=luminance) if name == "base" else paper


def _readable(brand: Brand, role: str, ink: str, paper: str) -> str:
    """The colour of a role, in the shade in which text can be read."""
    return ink if role == "primary" else nearest_passing(brand.color.role(role), paper)


def _given(brand: Brand) -> dict[str, str | None]:
    type_, colours = brand.typography, brand.color
    return {
        "foreground": colours.role("foreground") if colours.foreground else None,
        "base": type_.base.color,
        "headings": type_.headings.color,
        "link": type_.link.color,
    }


def _asked(brand: Brand) -> dict[str, str]:
    """The roles that the brand gives text, whose readable shade is meant."""
    return {name: value for name, value in _given(brand).items() if value in ROLES}


def _fixed(brand: Brand, paper: str) -> dict[str, str]:
    """The colours that the brand fixes for text on paper."""
    found = {name: value for name, value in _given(brand).items() if value and value not in ROLES}
    if paper != brand.color.role("background"):  # they were chosen for a dark ground
        return {name: c for name, c in found.items() if sure_contrast(c, paper) >= TEXT_CONTRAST}
    return found


@dataclass(frozen=True)
class Unreadable:
    """A pair of colours that text cannot be read in.

    Attributes:
        keys: Where the brand fixes its colour.
        colour: The colour of the text.
        ground: What it stands on.
        where: What is set so.
        ratio: The contrast that they have, in words.
        passing: The nearest shade of the same hue that passes.
    """

    keys: tuple[str, ...]
    colour: str
    ground: str
    where: str
    ratio: str
    passing: str


def unreadable(brand: Brand) -> Iterator[Unreadable]:
    """Pairs that a brand itself fixes for text, and that nobody can read."""
    made = roles(brand)
    keys = {
        "foreground": (("color", "foreground"), made.text, "text", (made.paper,)),
        "base": (("typography", "base", "color"), made.text, "text", (made.paper, made.tint)),
        "headings": (("typography", "headings", "color"), made.heading, "headings", (made.paper,)),
        "link": (("typography", "link", "color"), made.link, "links", (made.paper,)),
    }  # fmt: skip
    fixed = _fixed(brand, made.paper)
    if "base" in fixed:
        fixed.pop("foreground", None)
    for name in fixed:
        at, colour, where, grounds = keys[name]
        ground = min(grounds, key=lambda ground: sure_contrast(colour, ground))
        if sure_contrast(colour, ground) < TEXT_CONTRAST:
            passing, ratio = nearest_passing(colour, ground), told_contrast(colour, ground)
            yield Unreadable(at, colour, ground, where, ratio, passing)


def moved(brand: Brand) -> Iterator[str]:
    """What is done so that a brand can be read, and is not just as its file says: sentences."""
    made = roles(brand)
    colours, primary = brand.color, brand.color.role("primary")
    adjusts = brand.defaults.foldwell.contrast == "adjust"
    background = colours.role("background")
    if made.paper != background:
        yield f"Leaflets are on white paper, so that the background {background} is not printed."
    pale = sure_contrast(primary, made.paper) < TEXT_CONTRAST
    for role in ("primary", "secondary", "tertiary") if pale else ():
        colour = colours.role(role)
        passes = sure_contrast(colour, made.paper) >= TEXT_CONTRAST
        if getattr(colours, role) is None or passes:
            continue
        ratio = told_contrast(colour, made.paper)
        shade_ = nearest_passing(colour, made.paper)
        told = f"{role} {colour} has a contrast of {ratio} with {made.paper}"
        if role != "primary":
            told += f", so that no text is in it; the nearest shade that passes: {shade_}."
        elif adjusts:
            told += f": headings, links and icons are in {made.ink}, which passes."
        else:
            told += (
                f": it is kept for areas, with words on it in {made.on_solid}; headings, links and"
                f" icons are in {made.ink}. 'contrast: adjust' takes the nearest shade that"
                f" passes, {shade_}."
            )
        yield told[0].upper() + told[1:]
    if made.solid != primary:
        hidden = contrast(primary, made.paper) < SEEN_CONTRAST
        why = "can be told from paper" if hidden else "bears words that can be read"
        yield f"Areas are in {made.solid}, the shade nearest to {primary} that {why}."
    for name, colour in _fixed(brand, made.paper).items():
        now = {"headings": made.heading, "link": made.link}.get(name, made.text)
        if now != colour and adjusts:
            yield f"The colour {colour} of {name} was moved to {now}, which can be read."
    for name, role in _asked(brand).items():
        now = {"headings": made.heading, "link": made.link}.get(name, made.text)
        if now != colours.role(role):
            yield f"The {role} colour of {name} is set in {now}, which can be read."
    for alarm, role in ((made.alarm, "danger"), (made.warning, "warning")):
        if alarm == NEAR_BLACK != colours.role(role):
            what = "emergency" if role == "danger" else "warning"
            yield f"The brand's hue is near that of the {what} box, which turns near black."
        elif role == "danger" and alarm != colours.role(role):
            yield f"The danger colour is {alarm}, so that white words on it can be read."
