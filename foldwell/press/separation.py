"""Separation: everything that a typeset PDF draws, turned into printing inks in place.

The walk starts at the pages and reaches whatever they draw: forms, patterns, gradients,
pictures, soft masks, glyphs that are drawings, and what annotations show. Each thing is
converted once, however often it is drawn. Colour that cannot be converted is refused; none
is left over in silence.
"""

from __future__ import annotations

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, PdfInlineImage

from foldwell.pdf.colour_space import CMYK, GRAY, RGB, Space, read_space
from foldwell.pdf.reach import Part, Reach, entries
from foldwell.press.colour import Inks
from foldwell.press.conversion import convert, convertible_space
from foldwell.press.rasters import separate_raster
from foldwell.press.recolouring import separate_content
from foldwell.press.shadings import number, separate_shading, separate_spot
from foldwell.press.targets import Light, Target, refused

_PRESS_STATE = ("/TR", "/TR2", "/HT", "/HTP", "/BG", "/BG2", "/UCR", "/UCR2")
"""What a graphics state says of one machine's screens and curves (ISO 32000-1, 10.3 to 10.5)."""
_BY_PARTS: dict[int, Space] = {1: GRAY, 3: RGB, 4: CMYK}
_TWICE = "A drawing that is a soft mask as well"
_LAID_OVER = ("/C", "/IC"), ("/BC", "/BG")
"""The colours of an annotation, and of its appearance characteristics."""


def separate(pdf: Pdf, inks: Inks) -> None:
    """Turn every colour of a PDF into inks, in place. Do it once: ink is not converted again.

    Args:
        pdf: The file, as WeasyPrint makes it or imposed.
        inks: The inks of every colour.

    Raises:
        FoldwellError: If it holds colour that cannot be turned into inks.
    """
    separation = _Separation(pdf, inks)
    for page in pdf.pages:
        separation.page(page)
    separation.finish()


class _Separation:
    def __init__(self, pdf: Pdf, inks: Inks) -> None:
        self._pdf = pdf
        self._inks = inks
        self._light = Light()
        self._reach = Reach()
        self._resources: list[Object] = []
        self._waiting: list[Part] = []

    def page(self, page: Page) -> None:
        """Convert what a page draws, but for its streams."""
        if "/Thumb" in page.obj:
            del page.obj["/Thumb"]
        for part in self._reach.page(page.obj, page.resources):
            self._part(part, self._light if part.light else self._inks)

    def finish(self) -> None:
        """Convert the streams that were found, then let go of the spaces they have no use for."""
        while self._waiting:
            part = self._waiting.pop()
            self._content(part, self._light if part.light else self._inks)
        for resources in self._resources:
            self._drop_spaces(resources)

    def _part(self, part: Part, target: Target) -> None:
        item = part.item
        match part.kind:
            case "content":
                if "/Group" in item and "/CS" in item.Group:
                    item.Group.CS = target.space
                self._waiting.append(part)
            case "resources":
                for key, _ in entries(item, "/ColorSpace"):
                    if key in ("DefaultGray", "DefaultRGB", "DefaultCMYK"):
                        raise refused(f"Colour in a file that sets {key}")
                self._resources.append(item)
            case "state":
                for key in _PRESS_STATE:
                    if key in item:
                        del item[key]
            case "mask" if "/BC" in item:
                item.BC = _converted(item.BC, target)
            case "picture":
                separate_raster(self._pdf, item, target)
            case "shading":
                separate_shading(self._pdf, item, target)
            case "annotation":
                self._annotation(item)
            case "other":
                kind = str(item.get("/Subtype", Name.Unknown))
                raise refused(f"A drawing of the kind '{kind[1:]}'")
            case "twice":
                raise refused(_TWICE)

    def _annotation(self, annotation: Object) -> None:
        if "/DA" in annotation:
            raise refused("A form field", "Leave form fields out of what is printed.")
        for item, keys in zip((annotation, annotation.get("/MK")), _LAID_OVER, strict=True):
            for key in keys:
                if item is not None and len(item.get(key, ())):
                    item[key] = _converted(item[key], self._inks)

    def _content(self, part: Part, target: Target) -> None:
        content, resources = part.item, part.resources

        def keep_picture(inline: PdfInlineImage) -> Name:
            return self._keep_picture(inline, resources, target)

        names = separate_content(self._pdf, content, target, resources, keep_picture, part.fresh)
        for name, drawn in entries(resources, "/XObject"):
            elsewhere = self._reach.met.get(drawn.objgen, target.masks) != target.masks
            if "/" + name in names and elsewhere:
                raise refused(_TWICE)

    def _keep_picture(self, inline: PdfInlineImage, resources: Object, target: Target) -> Name:
        keys = {str(key)[1:]: value for key, value in inline.obj.items() if key != "/Length"}
        picture = self._pdf.make_stream(
            inline.read_raw_bytes(), Type=Name.XObject, Subtype=Name.Image, **keys
        )
        space = picture.get("/ColorSpace")
        named = resources.get("/ColorSpace", Dictionary())
        if isinstance(space, Name) and space in named:  # only a picture in a stream may do so
            picture.ColorSpace = named[space]
        separate_raster(self._pdf, picture, target)
        if "/XObject" not in resources:
            resources.XObject = Dictionary()
        count = 0
        while f"/Inline{count}" in resources.XObject:
            count += 1
        resources.XObject[f"/Inline{count}"] = picture
        return Name(f"/Inline{count}")

    def _drop_spaces(self, resources: Object) -> None:
        """Keep spot colours and the space of patterns; no content names any other space now."""
        named = resources.get("/ColorSpace")
        if named is None:
            return
        for key in list(named.keys()):
            item = named[key]
            space = read_space(item, resources)
            if space.family == "pattern":
                if space.base is not None:
                    named[key] = Array([Name.Pattern, self._inks.space])
            elif space.family != "spot":
                del named[key]
            elif isinstance(item, Array):  # else it is another name for one of the others
                spot = convertible_space(item, resources)
                separate_spot(self._pdf, item, spot, self._inks)
        if not len(named):
            del resources["/ColorSpace"]


def _converted(colour: Object, target: Target) -> Array:
    """A colour that stands alone; how many parts it has says in which device space it is."""
    space = _BY_PARTS.get(len(colour))
    if space is None:
        raise refused(f"A colour of {len(colour)} parts")
    values = tuple(float(value) for value in colour)
    return Array([number(value) for value in convert(space, values, target)])
