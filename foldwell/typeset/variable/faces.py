"""Faces: what the engine sets a text in, and the proof that its shape is ours to the last bit."""

from __future__ import annotations

import struct
from dataclasses import replace
from string import ascii_letters
from types import SimpleNamespace
from typing import Any
from weakref import WeakKeyDictionary

from weasyprint.draw import text as engine
from weasyprint.matrix import Matrix
from weasyprint.pdf.fonts import Font
from weasyprint.pdf.stream import Stream
from weasyprint.text import line_break
from weasyprint.text.ffi import ffi
from weasyprint.text.fonts import font_features, get_pango_font_key

from foldwell.typeset.stamping.font_words import said_of
from foldwell.typeset.variable.font_words import FontFacts, font_words
from foldwell.typeset.variable.programs import register
from foldwell.typeset.variable.shaping import COMMON, UNITS, Face, operators, shaped, signs_of
from foldwell.typeset.whole_letters import FAMILIES

_SAMPLES = {COMMON: "01 2-3", "Latn": "Hamburg", "Grek": "αβγδε", "Cyrl": "бвгде"}
_SCRIPTS = {COMMON: 0, "Latn": 25, "Grek": 14, "Cyrl": 8}
"""By script the number that Pango has for it (GUnicodeScript)."""
_ANALYSIS = struct.Struct("=BBBBIQ")
_LEVEL_AT = 24
"""Level, gravity, flags, script and language of a run, as PangoAnalysis has them; the engine's own
declaration is another, in which they cannot be told apart."""
PAIRS = "".join(a + b for a in ascii_letters for b in ascii_letters)
_PLACE = 12.3456789, 456.7
_PLAIN = {
    "letter_spacing": "normal", "word_spacing": 0, "direction": "ltr",
    "font_variation_settings": "normal", "font_variant_caps": "normal",
}  # fmt: skip

_faces: WeakKeyDictionary[Any, dict[str, Face | None]] = WeakKeyDictionary()
_proved: dict[Face, Face | None] = {}


def face_of(textbox: Any) -> Face | None:
    """The face of a laid out run of text.

    Lines under or through it are not looked at.

    Args:
        textbox: The engine's box.

    Returns:
        The face, with its font made known to ``programs``; None if its text, or any that the
        face is proved with, is not what the engine makes of it.
    """
    style, layout = textbox.style, textbox.pango_layout
    if any(style[name] != value for name, value in _PLAIN.items()):
        return None
    if layout.justification_spacing or layout.text != textbox.text:
        return None
    known = _faces.setdefault(style.font_config, {})
    key = style["font_kerning"] + line_break._font_style_cache_key(style, include_size=True)
    if key not in known:
        known[key] = _learned(style)
    face = known[key]
    return face if face and is_engines(textbox.text, face, style) else None


def facts_of(font: Any, options: Any) -> FontFacts | None:
    """What holds of a font in every file, with its bytes made known to ``programs``.

    Args:
        font: The engine's, with its whole program and all that a file told it.
        options: The engine's options for fonts.

    Returns:
        What holds of it; None if what a file says of it is then not what the engine says.
    """
    if hasattr(font, "letters") or font.missing or font.used_in_forms or _is_drawn(font):
        return None
    facts = FontFacts(
        register(font.file_content), font.index, font.ascent, font.descent, font.flags,
        bool(options["hinting"]),
    )  # fmt: skip
    said = said_of({0: font}, options)
    return facts if {font.hash: font_words(facts, font.to_unicode, font.widths)} == said else None


def _is_drawn(font: Any) -> bool:
    """Whether a font is more than outlines that stand still."""
    return bool(font.svg or font.png or font.colr or font.bitmap or "fvar" in font.tables)


def is_engines(text: str, face: Face, style: Any) -> bool:
    """Whether our shape of a text, and what draws it, are those of the engine.

    Args:
        text: The text.
        face: The face.
        style: The engine's style that the face is that of.
    """
    ours = shaped(text, face)
    if ours is None or not _same_glyphs(ours, style):
        return False
    _, length, resume, width, *_ = line_break.split_first_line(text, style, None, None, 0)
    if (length, resume, width) != (len(text.encode()), None, ours.width_px):
        return False
    stream = Stream({}, None, {}, {}, None, {}, None)
    box = SimpleNamespace(text=text, style=style, pango_layout=_layout(text, style), baseline=0)
    x, y = _PLACE
    engine.draw_first_line(stream, box, "clip", "none", Matrix(d=-1, e=x, f=y))
    ((_, font),) = stream._fonts.items()
    words: dict[int, str] = {}
    widths: dict[int, int] = {}
    placed, shown = operators(ours, x, y, words, widths)
    sized = f"/{face.mark} {face.size}".encode()
    return (
        [*words.items()] == [*font.to_unicode.items()]
        and [*widths.items()] == [*font.widths.items()]
        and [stream.stream[0], stream.stream[-1]] == [placed, shown]
        and len(stream.stream) == 3
        and stream.stream[1].split()[0] == sized.split()[0]
    )


def _same_glyphs(ours: Any, style: Any) -> bool:
    """Whether Pango sets a text in the same glyphs, in the same script and language."""
    layout = _layout(ours.text, style)
    runs = _runs(layout)
    if len(runs) != 1:
        return False
    string = runs[0].glyphs
    infos = [(i.glyph, i.geometry) for i in string.glyphs[0 : string.num_glyphs]]
    return (
        tuple(glyph for glyph, _ in infos) == ours.glyphs
        and [*string.log_clusters[0 : string.num_glyphs]]
        == [len(ours.text[:start].encode()) for start in ours.starts]
        and tuple(place.width for _, place in infos) == ours.advances
        and tuple(place.x_offset for _, place in infos) == ours.offsets
        and not any(place.y_offset for _, place in infos)
    )


def _layout(text: str, style: Any) -> Any:
    return line_break.create_layout(text, style, None, None, 0)


def _runs(layout: Any) -> list[Any]:
    """The runs of a line; they live as long as its layout."""
    run, found = layout.get_first_line()[0].runs[0], []
    while run != ffi.NULL:
        found.append(run.data)
        run = run.next
    return found


def _learned(style: Any) -> Face | None:
    """The face of a style; None if it has none that is proved."""
    languages, name = {}, None
    for script, sample in _SAMPLES.items():
        layout = _layout(sample, style)
        runs = _runs(layout)
        analysis = runs[0].item.analysis
        key, description, size = get_pango_font_key(analysis.font)
        if script == COMMON:
            name, font = key, Font(analysis.font, description, size)
        level, _, _, number, _, language = _ANALYSIS.unpack_from(
            ffi.buffer(ffi.addressof(analysis))[:], _LEVEL_AT
        )
        if level or number != _SCRIPTS[script] or not language:
            return None
        if len(runs) == 1 and key == name:
            languages[script] = ffi.string(ffi.cast("char *", language)).decode()
    if _is_drawn(font) or font.family in FAMILIES or "Latn" not in languages:
        return None
    features = font_features(
        style["font_kerning"], style["font_variant_ligatures"], style["font_variant_position"],
        style["font_variant_caps"], style["font_variant_numeric"], style["font_variant_alternates"],
        style["font_variant_east_asian"], style["font_feature_settings"],
    )  # fmt: skip
    face = Face(
        register(font.file_content), font.index, round(font.font_size * UNITS),
        tuple(features.items()), tuple(languages.items()), font.hash,
    )  # fmt: skip
    return _proved_face(face, style)


def _proved_face(face: Face, style: Any) -> Face | None:
    """A face with the scripts in which it is proved; None if Latin is not among them."""
    kind = replace(face, scale=0, mark="")
    if kind not in _proved:
        by_script: dict[str, list[str]] = {script: [] for script, _ in face.languages}
        for sign, script in signs_of(face).items():
            by_script.setdefault(script, []).append(sign)
        texts = {
            script: ["".join(signs[n : n + 60]) for n in range(0, len(signs), 60)]
            for script, signs in by_script.items()
        }
        texts["Latn"].append(PAIRS)
        sound = tuple(
            (script, language) for script, language in face.languages
            if all(is_engines(text, face, style) for text in texts[script] if text.strip())
        )  # fmt: skip
        _proved[kind] = replace(kind, languages=sound) if "Latn" in dict(sound) else None
    found = _proved[kind]
    return found and replace(face, languages=found.languages)
