"""Separation: everything that a typeset PDF draws, turned into printing inks in place.

The walk starts at the pages and reaches whatever they draw: forms, patterns, gradients,
pictures, soft masks, glyphs that are drawings, and what annotations show. Each thing is
converted once, however often it is drawn. Colour that cannot be converted is refused; none
is left over in silence.
"""

from __future__ import annotations

from collections.abc import Iterator

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, PdfInlineImage, Stream

from foldwell.press.colour import Inks
from foldwell.press.conversion import CMYK, GRAY, RGB, Space, Spot, read_space
from foldwell.press.rasters import separate_raster
from foldwell.press.recolouring import separate_content
from foldwell.press.shadings import number, separate_shading, separate_spot
from foldwell.press.targets import Light, Press, Target, refused

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
    walk = _Walk(pdf, Press(inks))
    for page in pdf.pages:
        walk.page(page)
    walk.finish()


class _Walk:
    def __init__(self, pdf: Pdf, press: Press) -> None:
        self._pdf = pdf
        self._press = press
        self._light = Light()
        self._done: dict[tuple[int, int], bool] = {}
        self._resources: list[Object] = []
        self._waiting: list[tuple[Page | Stream, Object, Target, bool]] = []

    def finish(self) -> None:
        """Convert the streams that were found, then let go of the spaces they have no use for."""
        while self._waiting:
            self._content(*self._waiting.pop())
        for resources in self._resources:
            self._drop_spaces(resources)

    def page(self, page: Page) -> None:
        """Find what a page draws."""
        resources = page.resources
        self._visit(resources, self._press)
        self._waiting.append((page, resources, self._press, True))
        self._group(page.obj, self._press)
        if "/Thumb" in page.obj:
            del page.obj["/Thumb"]
        for annotation in page.obj.get("/Annots", ()):
            self._annotation(annotation, resources)

    def _first(self, item: Object, target: Target) -> bool:
        """Whether something is met for the first time.

        A mask may stand among the forms of a drawing, as WeasyPrint has it, but not be drawn.
        """
        if not item.is_indirect:
            return True
        if item.objgen not in self._done:
            self._done[item.objgen] = target.masks
            return True
        if target.masks and not self._done[item.objgen]:
            raise refused(_TWICE)
        return False

    def _visit(self, resources: Object, target: Target) -> None:
        """Convert or queue all that a stream may draw by name."""
        if not self._first(resources, target):
            return
        self._resources.append(resources)
        named = resources.get("/ColorSpace")
        for key in ("/DefaultGray", "/DefaultRGB", "/DefaultCMYK"):
            if named is not None and key in named:
                raise refused(f"Colour in a file that sets {key[1:]}")
        for state in _values(resources, "/ExtGState"):  # first of all, to know the masks
            self._state(state, resources)
        for xobject in _values(resources, "/XObject"):
            self._xobject(xobject, resources, target)
        for pattern in _values(resources, "/Pattern"):
            self._pattern(pattern, resources, target)
        for shading in _values(resources, "/Shading"):
            if self._first(shading, target):
                separate_shading(self._pdf, shading, target)
        for font in _values(resources, "/Font"):
            if font.get("/Subtype") == Name.Type3 and self._first(font, self._press):
                self._glyphs(font, resources)

    def _xobject(self, xobject: Object, resources: Object, target: Target) -> None:
        kind = xobject.get("/Subtype", Name.Unknown)
        if kind == Name.Form:
            self._form(xobject, resources, target, starts_black=False)
        elif kind == Name.Image and isinstance(xobject, Stream):
            if self._first(xobject, target):
                separate_raster(self._pdf, xobject, target)
        else:
            raise refused(f"A drawing of the kind '{str(kind)[1:]}'")

    def _form(self, form: Object, around: Object, target: Target, starts_black: bool) -> None:
        """Queue a form or a tiling pattern; without resources it uses those around it."""
        if not isinstance(form, Stream) or not self._first(form, target):
            return
        self._group(form, target)
        resources = form.get("/Resources")
        if resources is None:
            resources = around
        else:
            self._visit(resources, target)
        self._waiting.append((form, resources, target, starts_black))

    def _group(self, item: Object, target: Target) -> None:
        if "/Group" in item and "/CS" in item.Group:
            item.Group.CS = target.space

    def _pattern(self, pattern: Object, around: Object, target: Target) -> None:
        if int(pattern.PatternType) == 1:
            self._form(pattern, around, target, starts_black=True)
        elif self._first(pattern, target):
            if self._first(pattern.Shading, target):
                separate_shading(self._pdf, pattern.Shading, target)
            if "/ExtGState" in pattern:
                self._state(pattern.ExtGState, around)

    def _state(self, state: Object, around: Object) -> None:
        if not self._first(state, self._press):
            return
        for key in _PRESS_STATE:
            if key in state:
                del state[key]
        mask = state.get("/SMask")
        if not isinstance(mask, Dictionary) or not self._first(mask, self._press):
            return
        inside: Target = self._light if str(mask.S) == "/Luminosity" else self._press
        if "/BC" in mask:
            mask.BC = _converted(mask.BC, inside)
        self._form(mask.G, around, inside, starts_black=False)

    def _glyphs(self, font: Object, around: Object) -> None:
        """A font whose glyphs are drawings (ISO 32000-1, 9.6.5)."""
        resources = font.get("/Resources")
        if resources is None:
            resources = around
        else:
            self._visit(resources, self._press)
        for glyph in font.CharProcs.values():
            if isinstance(glyph, Stream) and self._first(glyph, self._press):
                self._waiting.append((glyph, resources, self._press, False))

    def _annotation(self, annotation: Object, around: Object) -> None:
        if "/DA" in annotation:
            raise refused("A form field", "Leave form fields out of what is printed.")
        for item, keys in zip((annotation, annotation.get("/MK")), _LAID_OVER, strict=True):
            for key in keys:
                if item is not None and len(item.get(key, ())):
                    item[key] = _converted(item[key], self._press)
        for looks in _values(annotation, "/AP"):
            for form in (looks,) if isinstance(looks, Stream) else looks.values():
                self._form(form, around, self._press, starts_black=True)

    def _content(
        self, content: Page | Stream, resources: Object, target: Target, starts_black: bool
    ) -> None:
        def keep_picture(inline: PdfInlineImage) -> Name:
            return self._keep_picture(inline, resources, target)

        named = resources.get("/ColorSpace")
        made = separate_content(content, target, named, keep_picture, starts_black)
        for name, drawn in resources.get("/XObject", Dictionary()).items():
            if name in made.drawn and self._done.get(drawn.objgen, target.masks) != target.masks:
                raise refused(_TWICE)
        if made.content is None:
            return
        if isinstance(content, Page):
            content.obj.Contents = self._pdf.make_stream(made.content)
        else:
            content.write(made.content)

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
            array = named[key]
            kind = str(array[0]) if isinstance(array, Array) else str(array)
            if kind == "/Pattern" and isinstance(array, Array) and len(array) > 1:
                named[key] = Array([Name.Pattern, self._press.space])
            elif kind in ("/Separation", "/DeviceN"):
                spot = read_space(array, named)
                assert isinstance(spot, Spot)
                separate_spot(self._pdf, array, spot, self._press)
            else:
                del named[key]
        if not len(named):
            del resources["/ColorSpace"]


def _values(item: Object, key: str) -> Iterator[Object]:
    found = item.get(key)
    if found is not None:
        yield from (value for value in found.values() if value is not None)


def _converted(colour: Object, target: Target) -> Array:
    """A colour that stands alone; how many parts it has says in which device space it is."""
    space = _BY_PARTS.get(len(colour))
    if space is None:
        raise refused(f"A colour of {len(colour)} parts")
    values = tuple(float(value) for value in colour)
    return Array([number(value) for value in space.convert(values, target)])
