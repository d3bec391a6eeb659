"""Text that is drawn again: what a run of text put on a page is put on others in the same way.

Pages that are stamped share the laid out text of their master, and so do the media of an edition.
What a run adds to a page hangs on what was set on the page before, and on what its fonts were told
by the text before it; it is kept with these, and drawn anew where any of them is otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from weasyprint import draw

from foldwell.typeset.drawn_again import state_of, with_state

_draw_text = draw.draw_text
_kept: WeakKeyDictionary[Any, tuple[Any, _Run]] = WeakKeyDictionary()
"""What each run of text added when it was drawn last, for as long as it lives."""


@dataclass(frozen=True)
class _Glyphs:
    """What a run asks of a font, and tells it.

    Attributes:
        key: The font's.
        known: Glyphs that text before it has used, each with its width.
        told: Those that it was the first to use: what they say, and how wide they are.
    """

    key: Any
    known: dict[int, Any]
    told: tuple[tuple[int, Any], ...]
    widths: tuple[tuple[int, Any], ...]

    def fit(self, font: Any) -> bool:
        """Whether a font is told enough, and nothing else."""
        if font is None or font.missing:
            return False
        widths, says = font.widths, font.to_unicode
        return all(widths.get(g) == w and g in says for g, w in self.known.items()) and all(
            widths.get(g, w) == w for g, w in self.widths
        )

    def tell(self, font: Any) -> None:
        """Tell a font what the run would."""
        for glyph, words in self.told:
            font.to_unicode.setdefault(glyph, words)
        for glyph, width in self.widths:
            font.widths.setdefault(glyph, width)


@dataclass(frozen=True)
class _Run:
    """What a run of text added to a page.

    Attributes:
        joins: Whether it goes on with the text object before it.
        steps: The operators.
        after: What is set on the page behind it.
        states: The states of opacity that it names.
        glyphs: What it asks of each of its fonts.
    """

    joins: bool
    steps: tuple[bytes, ...]
    after: tuple[Any, ...]
    states: dict[str, Any]
    glyphs: tuple[_Glyphs, ...]


def _draw(stream: Any, textbox: Any, *told: Any) -> None:
    """Draw a run of text, or what it was when it was drawn so before."""
    content = stream.stream
    behind_text = content[-1:] == [b"ET"]
    place = textbox.position_x, textbox.position_y, textbox.baseline, textbox.text
    tagged, intent = stream._tags is not None, stream._output_intent
    key = (told, place, state_of(stream), behind_text, tagged, intent)
    kept = _kept.get(textbox)
    if kept is not None and kept[0] == key:
        run: _Run = kept[1]
        fonts = stream._fonts
        if all(glyphs.fit(fonts.get(glyphs.key)) for glyphs in run.glyphs):
            if run.joins:
                content.pop()
            content += run.steps
            for name, value in run.states.items():
                stream._resources["ExtGState"].setdefault(name, value)
            with_state(stream, run.after)
            for glyphs in run.glyphs:
                glyphs.tell(fonts[glyphs.key])
            return
    if made := _drawn(stream, textbox, told, behind_text):
        _kept[textbox] = key, made


def _drawn(stream: Any, textbox: Any, told: tuple[Any, ...], behind_text: bool) -> _Run | None:
    """Draw a run of text; what it added, if that is all it did."""
    content, resources, fonts = stream.stream, stream._resources, stream._fonts
    start = len(content)
    used: dict[Any, Any] = {}
    before: dict[Any, tuple[dict[int, Any], dict[int, Any]]] = {}
    add_font = stream.add_font

    def noting(pango_font: Any) -> Any:
        font, size = add_font(pango_font)
        key = next(key for key, one in fonts.items() if one is font)
        if key not in used:
            used[key] = font
            before[key] = ({**font.widths}, {**font.to_unicode})
            font.widths, font.to_unicode = _Noted(font.widths), _Noted(font.to_unicode)
        return font, size

    counts = _made(resources)
    stream.add_font = noting
    try:
        _draw_text(stream, textbox, *told)
    finally:
        del stream.add_font
        asked = {key: {*font.widths.asked, *font.to_unicode.asked} for key, font in used.items()}
        for font in used.values():
            font.widths, font.to_unicode = dict(font.widths), dict(font.to_unicode)
    joins = behind_text and content[start - 1] != b"ET"
    steps = tuple(content[start - joins :])
    if _made(resources) != counts or any(
        font.missing or font.svg or font.png or font.colr or font.bitmap or hasattr(font, "letters")
        for font in used.values()
    ):
        return None
    names = dict.fromkeys(s.split()[0][1:].decode() for s in steps if s.endswith(b" gs"))
    if any(name[:1] not in ("a", "A") for name in names):
        return None
    glyphs = []
    for key, font in used.items():
        widths, says = before[key]
        known = {g: font.widths.get(g) for g in asked[key] if g in widths and g in says}
        new = tuple((g, w) for g, w in font.to_unicode.items() if g not in says)
        wide = tuple((g, w) for g, w in font.widths.items() if g not in widths)
        if any((g in widths) != (g in says) for g in asked[key]):
            return None
        glyphs.append(_Glyphs(key, known, new, wide))
    states = {name: resources["ExtGState"][name] for name in names}
    return _Run(joins, steps, state_of(stream), states, tuple(glyphs))


class _Noted(dict[int, Any]):
    """What a font knows of its glyphs; it notes which are asked for."""

    def __init__(self, known: dict[int, Any]) -> None:
        super().__init__(known)
        self.asked: set[int] = set()

    def __contains__(self, glyph: object) -> bool:
        self.asked.add(glyph)  # type: ignore[arg-type]
        return super().__contains__(glyph)

    def setdefault(self, glyph: int, value: Any = None) -> Any:
        """As a dictionary has it."""
        self.asked.add(glyph)
        return super().setdefault(glyph, value)


def _made(resources: Any) -> tuple[int, ...]:
    """How much there is beside the page itself."""
    return tuple(len(resources[kind]) for kind in ("XObject", "Pattern", "Shading"))


def install() -> None:
    """Let the engine draw so."""
    draw.draw_text = _draw
