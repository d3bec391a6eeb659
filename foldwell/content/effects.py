"""Effects of drawings that a PDF, or not every maker of one, keeps as lines."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from foldwell.content.gradients import is_turned, settle

_SVG = "{http://www.w3.org/2000/svg}"
_PAINTED = frozenset("mask filter pattern".split())
"""What makes a drawing a picture, because no PDF or not every maker of one keeps it."""


def mend(tree: Element) -> None:
    """Say in another way what the engine does not know: hidden parts, outlines that lie below.

    Args:
        tree: A drawing, as usvg writes it.
    """
    for parent in [*tree.iter()]:
        for index, part in reversed([*enumerate(parent)]):
            if part.attrib.pop("visibility", "visible") != "visible":
                parent.remove(part)
            elif part.attrib.pop("paint-order", "normal").startswith("stroke"):
                below = Element(part.tag, {**part.attrib, "fill": "none"})
                part.set("stroke", "none")
                parent.insert(index, below)
    settle(tree)
    for element in tree.iter():
        if "mix-blend-mode" not in element.get("style", ""):
            element.attrib.pop("style", None)  # isolation alone, which changes nothing then
        element.attrib.pop("isolation", None)


def needs_painting(tree: Element) -> bool:
    """Whether a drawing holds what makes it a picture.

    Args:
        tree: The drawing, as usvg writes it.
    """
    found = False
    used = {element.get("fill", "")[5:-1] for element in tree.iter()}
    for element in tree.iter():
        tag = element.tag.removeprefix(_SVG)
        blended = "mix-blend-mode" in element.get("style", "")
        cut_twice = tag == "clipPath" and element.get("clip-path") is not None
        holed = element.get("d", "").count("M") > 1  # of one outline alone, all rules say the same
        cut_oddly = holed and element.get("clip-rule") == "evenodd"
        shaded = "url(" in element.get("stroke", "")
        boxed = tag == "clipPath" and element.get("clipPathUnits") == "objectBoundingBox"
        gradient = tag.endswith("Gradient") and element.get("id") in used
        veiled = gradient and (_is_veiled(element) or is_turned(element))
        cut = cut_twice or cut_oddly or boxed
        found |= tag in _PAINTED or blended or cut or shaded or veiled
    return found


def _is_veiled(gradient: Element) -> bool:
    """Whether colour and opacity change together, which the engine blends in another way."""
    opacities = {stop.get("stop-opacity", "1") for stop in gradient}
    return opacities != {"1"} and len({stop.get("stop-color") for stop in gradient}) > 1
