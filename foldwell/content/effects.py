"""Effects of drawings that a PDF, or not every maker of one, keeps as lines."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from foldwell.errors import FoldwellError, Place

_SVG = "{http://www.w3.org/2000/svg}"
_PAINTED = frozenset("mask filter pattern".split())
"""What makes a drawing a picture, because no PDF or not every maker of one keeps it."""
_EFFECTS = frozenset(
    "feGaussianBlur feOffset feFlood feBlend feColorMatrix feComposite feMerge feMergeNode "
    "feDropShadow feComponentTransfer feFuncR feFuncG feFuncB feFuncA".split()
)
"""Steps of a filter that take as long as their picture is large, and no longer."""


def needs_painting(tree: Element, here: Place) -> bool:
    """Whether a drawing holds what makes it a picture.

    Args:
        tree: The drawing, as usvg writes it; what changes nothing is taken out of it.
        here: Its place, for messages.

    Raises:
        FoldwellError: If it holds an effect that nobody draws.
    """
    found = False
    for element in tree.iter():
        tag = element.tag.removeprefix(_SVG)
        if tag.startswith("fe") and tag not in _EFFECTS:
            what = f"This SVG holds the effect '{tag}', which is not drawn"
            raise FoldwellError(f"{what}.", here, "Take the effect out, or save it as PNG.")
        blended = "mix-blend-mode" in element.get("style", "")
        cut_twice = tag == "clipPath" and element.get("clip-path") is not None
        holed = element.get("d", "").count("M") > 1  # of one outline alone, all rules say the same
        cut_oddly = holed and element.get("clip-rule") == "evenodd"
        if element.get("style") and not blended:
            del element.attrib["style"]  # isolation alone, which changes nothing then
        shaded = "url(" in element.get("stroke", "")
        veiled = tag.endswith("Gradient") and _is_veiled(element)
        found |= tag in _PAINTED or blended or cut_twice or cut_oddly or shaded or veiled
    return found


def complete(gradient: Element) -> None:
    """Let a gradient begin at 0 and end at 1, as it is drawn; PDF extends no colour that is cut."""
    stops = list(gradient)
    for stop, end, index in ((stops[0], "0", 0), (stops[-1], "1", len(stops) + 1)):
        if float(stop.get("offset", "0")) != float(end):
            gradient.insert(index, Element(stop.tag, {**stop.attrib, "offset": end}))


def _is_veiled(gradient: Element) -> bool:
    """Whether colour and opacity change together, which the engine blends in another way."""
    opacities = {stop.get("stop-opacity", "1") for stop in gradient}
    return opacities != {"1"} and len({stop.get("stop-color") for stop in gradient}) > 1
