"""A look through an SVG file before it is cleaned: what would be lost, what reaches outside.

The file is read as a stream of tags, and nothing that it names is opened. Entities that a drawing
program declares for its own addresses are put in; the parser stops where they would blow up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.parsers import expat

from foldwell.content.logo_text import USUAL_WEIGHT, Asked, families_in, leans_in, weights_in
from foldwell.errors import FoldwellError, Place

_SVG = "http://www.w3.org/2000/svg"
_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*encoding=["']([A-Za-z0-9_.-]+)["'][^>]*\?>""")
_ENCODINGS = frozenset("utf-8 utf-16 us-ascii iso-8859-1 iso-8859-15 windows-1252".split())
"""What drawing programs write; a browser reads each of them in the same way."""
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_TEXT = frozenset("text tspan textPath tref flowRoot flowPara flowSpan".split())
_MOVING = frozenset("animate animateTransform animateMotion animateColor set".split())
_EFFECTS = frozenset(
    "feGaussianBlur feOffset feFlood feBlend feColorMatrix feComposite feMerge feMergeNode "
    "feDropShadow feComponentTransfer feFuncR feFuncG feFuncB feFuncA".split()
)
"""Steps of a filter that take as long as their picture is large, and no longer."""
_OUTSIDE = re.compile(r"""(?i)url\(\s*["']?(?!["'#]|data:)([^"')]{1,80})""")
_HIDDEN = re.compile(r"(?i)display\s*:\s*none")
_UNREAD = re.compile(
    r"(?i)\bvar\s*\(|\b(?:clip-path|filter|mask|d)\s*:\s*(?!url|none)[a-z-]+\(|non-scaling-stroke"
    r"|transform(?:-origin|-box)?\s*:\s*(?!none)|(?:^|[;{\s])(?:x|y|cx|cy|r|rx|ry)\s*:"
)
_PICKED = re.compile(
    r"(?i):(?:not|is|where|has|root|nth-[a-z-]+|last-child|only-child|[a-z]+-of-type)\b"
)
"""CSS that nobody here reads, or that depends on the size in which the drawing is shown."""
_AS_IN_CSS = frozenset("fill stroke filter mask clip-path vector-effect transform-origin".split())
"""Attributes that may hold the same."""
_SHORT = re.compile(r"(?i)(?:^|[;{\s])font\s*:")
"""All that a font is in one line of CSS."""
_SHOWN = frozenset("image use feImage tref".split())
"""Elements that show what their address leads to."""


LEAST_SIZE, LARGEST_SIZE = 1e-3, 1e5
"""Of the width and height of a drawing, in user units."""


def size_of(view_box: str, here: Place) -> tuple[float, float]:
    """The width and height that a drawing has by its ``viewBox``, in user units.

    Raises:
        FoldwellError: If it has none, or nothing can be drawn in it.
    """
    try:
        box = [float(n) for n in re.split(r"[ ,]+", view_box.strip())]
        width, height = box[2], box[3]
        usable = len(box) == 4 and all(abs(number) < LARGEST_SIZE for number in box)
        if not usable or not (width >= LEAST_SIZE and height >= LEAST_SIZE):
            raise ValueError
    except (ValueError, IndexError):
        hint = "Save it with a viewBox, such as '0 0 200 60'."
        raise FoldwellError("This SVG has no usable viewBox.", here, hint) from None
    return width, height


@dataclass(frozen=True)
class Surveyed:
    """A file that was looked through.

    Attributes:
        text: It, as UTF-8.
        left_out: What of it is left out, because it cannot be printed.
        asked: What its text asks for.
    """

    text: bytes
    left_out: tuple[str, ...]
    asked: Asked


def survey(content: bytes, here: Place) -> Surveyed:
    """Look through a file.

    Args:
        content: The file.
        here: Its place, for messages.

    Raises:
        FoldwellError: If it is broken or not SVG, or shows what stands in another file.
    """
    text = _decoded(content, here)
    parser = expat.ParserCreate("utf-8", " ")
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    found = _Found(here)
    parser.StartElementHandler, parser.EndElementHandler = found.start, found.end
    parser.CharacterDataHandler = found.words
    try:
        parser.Parse(text, True)
    except expat.ExpatError as error:
        raise FoldwellError(f"This SVG is broken ({error}).", here, "Save it again.") from None
    return Surveyed(text, tuple(sorted(found.left_out)), found.asked())


def _decoded(content: bytes, here: Place) -> bytes:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    else:
        declared = _ENCODING.match(content)
        encoding = declared.group(1).decode() if declared else "utf-8"
    try:
        if encoding.lower() not in _ENCODINGS:
            raise LookupError
        return _DECLARATION.sub("", content.decode(encoding).lstrip("\ufeff")).encode()
    except (UnicodeDecodeError, LookupError):
        what = f"This SVG is not what it says it is, text in {encoding}"
        raise FoldwellError(f"{what}.", here, "Save it again.") from None


class _Found:
    """What is met on the way."""

    def __init__(self, here: Place) -> None:
        self.left_out: set[str] = set()
        self._here, self._path = here, list[str]()
        self._hidden: list[bool] = []
        self._weights: list[int | None] = [None]
        self._names: list[str | None] = [None]
        """Of the elements that are open, as far as one says it."""
        self._set_in: set[tuple[int | None, str | None]] = set()
        self._sheets = ""
        self._leans = self._short = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, tag = name.rpartition(" ")
        if not self._path and (space, tag) != (_SVG, "svg"):
            raise FoldwellError("This is not an SVG picture.", self._here, "Save it again as SVG.")
        if not self._path and "viewBox" in attributes:
            size_of(attributes["viewBox"], self._here)
        if space == _SVG:
            for key, value in attributes.items():
                self._attribute(tag, key.rpartition(" ")[2], value)
            self._element(tag)
        self._path.append(tag if space == _SVG else "")
        style = attributes.get("style", "")
        for key in ("font-weight", "font-style", "font-family"):
            style += f";{key}:{attributes[key]}" if key in attributes else ""
        self._weights.append(next(iter(weights_in(style)), self._weights[-1]))
        self._names.append(next(iter(families_in(style)), self._names[-1]))
        self._hidden.append(attributes.get("display") == "none" or bool(_HIDDEN.search(style)))
        self._leans |= leans_in(style)
        self._short |= bool(_SHORT.search(style))

    def end(self, _: str) -> None:
        self._path.pop()
        self._hidden.pop()
        self._weights.pop()
        self._names.pop()

    def asked(self) -> Asked:
        """What all text asks for; what says nothing may have any font of the style sheets."""
        if not self._set_in:
            return Asked()
        weights = {weight for weight, _ in self._set_in if weight}
        names = {name for _, name in self._set_in if name}
        if any(weight is None for weight, _ in self._set_in):
            weights.update(weights_in(self._sheets) or [USUAL_WEIGHT])
        if any(name is None for _, name in self._set_in):
            names.update(families_in(self._sheets) or [""])
        if self._short or _SHORT.search(self._sheets):
            raise FoldwellError(
                "This SVG says what its text is set in with 'font', which is not read.",
                self._here,
                "Turn text into outlines ('Object to path', 'Create outlines'), and save it again.",
            )
        leans = self._leans or leans_in(self._sheets)
        return Asked(frozenset(weights), frozenset(names), leans)

    def words(self, text: str) -> None:
        if self._path and self._path[-1] == "style":
            self._style(text, picks=True)
            self._sheets += text
        elif text.strip() and _TEXT & {*self._path} and not any(self._hidden):
            self._set_in.add((self._weights[-1], self._names[-1]))

    def _element(self, tag: str) -> None:
        if tag == "script":
            self.left_out.add("scripts")
        elif tag in _MOVING:
            self.left_out.add("what moves")
        elif tag == "a":
            self.left_out.add("links")
        elif tag.startswith("fe") and tag not in _EFFECTS:
            what = f"This SVG holds the effect '{tag}', which is not drawn"
            raise FoldwellError(f"{what}.", self._here, "Take it out, or save the drawing as PNG.")
        elif tag == "foreignObject" and (not self._path or self._path[-1] != "switch"):
            raise FoldwellError(
                "This SVG holds parts that are no drawing ('foreignObject').",
                self._here,
                "Save it as plain SVG, or as PNG.",
            )

    def _attribute(self, tag: str, key: str, value: str) -> None:
        if key.startswith("on"):
            self.left_out.add("scripts")
        elif key == "href" and tag in _SHOWN and not value.strip().startswith(("#", "data:")):
            self._refuse(value)
        elif key == "style" or key in _AS_IN_CSS:
            self._style(value if key == "style" else f"{key}:{value}")
        elif key != "href":
            self._outside(value)

    def _style(self, text: str, picks: bool = False) -> None:
        """CSS of an element, or of a sheet, which picks its elements."""
        unread = _UNREAD.search(text) or (picks and _PICKED.search(text))
        if unread:
            what = f"This SVG says '{unread.group().strip(' (:;{')}', which is not read"
            hint = "Expand its strokes and shapes, save it as plain SVG, or save it as PDF."
            raise FoldwellError(f"{what}.", self._here, hint)
        self._outside(text)

    def _outside(self, text: str) -> None:
        if found := _OUTSIDE.search(text):
            self._refuse(found.group(1))

    def _refuse(self, address: str) -> None:
        raise FoldwellError(
            f"This SVG shows '{address.strip()[:60]}', which is not part of it.",
            self._here,
            "Embed the picture in it, and save it again.",
        )
