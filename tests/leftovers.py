"""What is left in RGB: a look at a finished file that trusts nothing about how it was made.

It follows every reference from the pages and shares no code with the conversion, so that a
mistake there is not made here once more. It only names what it finds.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from pikepdf import (
    Array,
    ContentStreamInlineImage,
    Dictionary,
    Name,
    Object,
    Page,
    Pdf,
    Stream,
    parse_content_stream,
)

_ELSEWHERE = frozenset(
    "/Parent /P /Popup /Dest /A /AA /PieceInfo /Metadata /StructTreeRoot /IRT /B".split()
)
"""Keys that lead away from what is drawn; in resources they are names like any other."""
_BOXES = ("/MediaBox", "/Rect", "/BBox")
"""What only pages, annotations, forms and patterns have."""
_RGB_NAMES = ("/DeviceRGB", "/RGB", "/CalRGB")
_INNER_SPACE = {"/Indexed": 1, "/I": 1, "/Pattern": 1, "/Separation": 2, "/DeviceN": 2}
"""Where in its array a colour space holds the space that its colours come from."""
_COLOUR_OPERATORS = "rg RG cs CS BI ID EI"


def rgb_left(pdf: Pdf) -> list[str]:
    """Every place where RGB colour is still defined or used, each as ``where: what``.

    Device, calibrated and ICC based RGB count, in content, colour spaces, pictures, gradients,
    transparency groups, soft masks, patterns, palettes, and as alternates of spot colours.
    """
    found: list[str] = []
    seen = {page.obj.objgen for page in pdf.pages}
    waiting: deque[tuple[str, Object]] = deque()
    for number, page in enumerate(pdf.pages, 1):
        place = f"page {number}"
        found += (f"{place}: {what}" for what in _in_content(page))
        waiting += ((f"{place}{key}", value) for key, value in _parts(page.obj))
    if "/AcroForm" in pdf.Root:
        waiting.append(("form", pdf.Root.AcroForm))
    while waiting:
        place, item = waiting.popleft()
        if isinstance(item, Dictionary | Stream | Array) and item.is_indirect:
            if item.objgen in seen:
                continue
            seen.add(item.objgen)
        if isinstance(item, Dictionary | Stream):
            found += (f"{place}: {what}" for what in _in_dictionary(place, item))
        waiting += ((f"{place}{key}", value) for key, value in _parts(item))
    return found


def _parts(item: Object) -> Iterator[tuple[str, Object]]:
    """What an object holds or refers to, with the steps to it."""
    if isinstance(item, Array):
        for index, value in enumerate(item):
            if isinstance(value, Object):
                yield f"[{index}]", value
    elif isinstance(item, Dictionary | Stream):
        away = _ELSEWHERE if any(key in item for key in _BOXES) else ()
        for key, value in item.items():
            if isinstance(value, Object) and key not in away:
                yield key, value


def _in_dictionary(place: str, item: Object) -> Iterator[str]:
    """What is RGB in a dictionary itself, not in the parts of it."""
    spaces = item.get("/ColorSpace")
    if isinstance(spaces, Dictionary):  # that of resources
        for name, space in spaces.items():
            if what := _rgb(space):
                yield f"colour space {name[1:]} is {what}"
    elif what := _rgb(spaces):
        kind = "picture" if item.get("/Subtype") == Name.Image else "gradient"
        yield f"{kind} in {what}"
    if item.get("/S") == Name.Transparency and (what := _rgb(item.get("/CS"))):
        yield f"transparency group in {what}"
    if "/ColorSpace" not in item and "/JPXDecode" in str(item.get("/Filter")):
        yield "JPEG 2000 picture that keeps its colours to itself"
    for key in ("/C", "/IC", "/BC", "/BG"):
        colour = item.get(key)
        if isinstance(colour, Array) and len(colour) == 3:
            yield f"colour {key[1:]} of three parts"
    if "/DA" in item and {"rg", "RG"} & set(str(item.DA).split()):
        yield "text of a form field in DeviceRGB"
    draws = (
        item.get("/Subtype") == Name.Form
        or item.get("/PatternType") == 1
        or place.rpartition("/")[0].endswith("/CharProcs")
    )
    if isinstance(item, Stream) and draws:
        yield from _in_content(item)


def _in_content(content: Page | Object) -> Iterator[str]:
    """What is RGB in a content stream, each thing once."""
    told: dict[str, None] = {}
    for instruction in parse_content_stream(content, _COLOUR_OPERATORS):
        operator = str(instruction.operator)
        if isinstance(instruction, ContentStreamInlineImage):
            if what := _rgb(instruction.iimage.obj.get("/ColorSpace")):
                told[f"picture in the content in {what}"] = None
        elif operator in ("rg", "RG"):
            told[f"operator {operator}"] = None
        elif instruction.operands and (what := _rgb(instruction.operands[0])):
            told[f"operator {operator} selects {what}"] = None
    yield from told


def _rgb(space: Object | None) -> str:
    """How a colour space is RGB, or an empty text."""
    if isinstance(space, Name):
        return str(space)[1:] if str(space) in _RGB_NAMES else ""
    if not isinstance(space, Array) or not len(space):
        return ""
    kind = str(space[0])
    if kind in _RGB_NAMES:
        return kind[1:]
    if kind == "/ICCBased":
        return "ICCBased RGB" if int(space[1].get("/N", 0)) == 3 else ""
    inner = _INNER_SPACE.get(kind)
    if inner is not None and len(space) > inner and (what := _rgb(space[inner])):
        return f"{kind[1:]} over {what}"
    return ""
