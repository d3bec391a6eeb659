"""All that a page can draw, used or not: what it names, and what that names in turn.

Forms, patterns, shadings, pictures, soft masks, glyphs that are drawings and the looks of
annotations are followed, each once. What is wrongly built is passed by; only what would never end
is refused. Parts may be changed while they are met: what hangs below one is looked up after it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from pikepdf import Dictionary, Name, Stream

from foldwell.errors import FoldwellError

DEEPEST = 40
"""How deep forms may be built into one another."""

Kind = Literal[
    "content", "resources", "state", "mask", "picture", "shading", "annotation", "other", "twice"
]


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that a page can draw, or draws with.

    Attributes:
        kind: ``content`` is a page, or the stream of a form, a pattern, a glyph or a look;
            ``other`` a drawing of an unknown kind; ``twice`` stands for something that was met
            outside of a mask before, and now within one.
        item: The thing itself.
        where: As a person looks for it.
        resources: Where the names in it are looked up.
        light: Whether it is within a soft mask that counts how light it is.
        fresh: Whether a content starts with a colour of its own, not with that around it.
    """

    kind: Kind
    item: Any
    where: str
    resources: Any = None
    light: bool = False
    fresh: bool = False


class Reach:
    """Walks one page after the other.

    Attributes:
        met: What was met, by object number: whether it is in a mask of light.
    """

    def __init__(self) -> None:
        self.met: dict[tuple[int, int], bool] = {}

    def page(self, page: Any, resources: Any) -> Iterator[Part]:
        """What a page reaches that no page before it did.

        Args:
            page: The page's dictionary.
            resources: Its resources.
        """
        yield Part("content", page, "the page", resources, fresh=True)
        yield from self._resources(resources, False, 0)
        for annotation in page.get("/Annots", ()):
            if isinstance(annotation, Dictionary):
                yield Part("annotation", annotation, "an annotation")
                for look in _streams_in(annotation.get("/AP")):
                    yield from self._content(look, "an annotation", resources, False, 0, True)

    def _first(self, item: Any, light: bool) -> bool:
        """Whether something is met for the first time."""
        key = item.objgen
        if key in self.met:
            return False
        if key != (0, 0):
            self.met[key] = light
        return True

    def _again(self, item: Any, where: str, light: bool) -> Iterator[Part]:
        """What there is to say of something that was met before."""
        if light and not self.met[item.objgen]:
            yield Part("twice", item, where, light=light)

    def _resources(self, resources: Any, light: bool, depth: int) -> Iterator[Part]:
        if not isinstance(resources, Dictionary):
            return
        if not self._first(resources, light):
            yield from self._again(resources, "the resources", light)
            return
        if depth > DEEPEST:
            raise FoldwellError(
                "The page is nested too deep, or a form paints itself.",
                None,
                "Save the file again with the program that made it.",
            )
        yield Part("resources", resources, "the resources", resources, light)
        for name, item in entries(resources, "/ExtGState"):  # first of all, to know the masks
            yield from self._state(item, name, resources, depth)
        for name, item in entries(resources, "/Shading"):
            yield from self._leaf("shading", item, f"the shading {name}", resources, light)
        for name, item in entries(resources, "/XObject"):
            kind = item.get("/Subtype") if isinstance(item, Dictionary | Stream) else None
            if isinstance(item, Stream) and kind == Name.Image:
                yield from self._picture(item, f"the picture {name}", resources, light)
            elif kind == Name.Form:
                yield from self._content(item, f"the group of {name}", resources, light, depth)
            else:
                yield Part("other", item, f"the group of {name}", resources, light)
        for name, item in entries(resources, "/Pattern"):
            yield from self._pattern(item, name, resources, light, depth)
        for name, item in entries(resources, "/Font"):
            if isinstance(item, Dictionary) and item.get("/Subtype") == Name.Type3:
                yield from self._glyphs(item, name, resources, depth)

    def _leaf(
        self, kind: Kind, item: Any, where: str, resources: Any, light: bool
    ) -> Iterator[Part]:
        if isinstance(item, Dictionary | Stream):
            if self._first(item, light):
                yield Part(kind, item, where, resources, light)
            else:
                yield from self._again(item, where, light)

    def _picture(self, item: Any, where: str, resources: Any, light: bool) -> Iterator[Part]:
        yield from self._leaf("picture", item, where, resources, light)
        for other in item.get("/Alternates", ()):
            inner = other.get("/Image") if isinstance(other, Dictionary) else None
            if isinstance(inner, Stream):
                yield from self._leaf("picture", inner, where, resources, light)

    def _content(
        self, item: Any, where: str, around: Any, light: bool, depth: int, fresh: bool = False
    ) -> Iterator[Part]:
        """A stream that draws; without resources it uses those around it."""
        if not isinstance(item, Stream):
            return
        if not self._first(item, light):
            yield from self._again(item, where, light)
            return
        yield Part("content", item, where, item.get("/Resources", around), light, fresh)
        yield from self._resources(item.get("/Resources"), light, depth + 1)

    def _pattern(
        self, item: Any, name: str, resources: Any, light: bool, depth: int
    ) -> Iterator[Part]:
        where = f"the pattern {name}"
        if isinstance(item, Stream):
            yield from self._content(item, where, resources, light, depth, True)
        elif isinstance(item, Dictionary) and self._first(item, light):
            yield from self._leaf("shading", item.get("/Shading"), where, resources, light)
            yield from self._state(item.get("/ExtGState"), name, resources, depth)

    def _state(self, item: Any, name: str, resources: Any, depth: int) -> Iterator[Part]:
        if not isinstance(item, Dictionary) or not self._first(item, False):
            return
        where = f"the soft mask {name}"
        yield Part("state", item, where, resources)
        mask = item.get("/SMask")
        if isinstance(mask, Dictionary) and self._first(mask, False):
            light = mask.get("/S") == Name.Luminosity
            yield Part("mask", mask, where, resources, light)
            yield from self._content(mask.get("/G"), where, resources, light, depth)

    def _glyphs(self, font: Any, name: str, around: Any, depth: int) -> Iterator[Part]:
        """A font whose glyphs are drawings (ISO 32000-1, 9.6.5)."""
        if not self._first(font, False):
            return
        inner = font.get("/Resources", around)
        for _, glyph in entries(font, "/CharProcs"):
            if isinstance(glyph, Stream) and self._first(glyph, False):
                yield Part("content", glyph, f"the font {name}", inner)
        yield from self._resources(font.get("/Resources"), False, depth + 1)


def entries(holder: Any, kind: str) -> Iterator[tuple[str, Any]]:
    """The entries of a dictionary within another, by their names without the slash."""
    group = holder.get(kind)
    if isinstance(group, Dictionary):
        yield from ((key[1:], item) for key, item in group.items())


def _streams_in(looks: Any, depth: int = 0) -> Iterator[Any]:
    """The streams of an appearance dictionary, and of its states."""
    if isinstance(looks, Stream):
        yield looks
    elif isinstance(looks, Dictionary) and depth < 3:
        for _, item in looks.items():
            yield from _streams_in(item, depth + 1)
