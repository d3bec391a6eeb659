"""What is said of fonts with no engine is what the engine says, to the last byte."""

import copy
import inspect
import os
import pickle
import random
import re
import string
from typing import Any

import pytest
from weasyprint import HTML
from weasyprint.formatting_structure import boxes
from weasyprint.pdf.fonts import Font
from weasyprint.text import ffi as ffi_of_the_engine
from weasyprint.text.fonts import get_pango_font_key
from weasyprint.text.line_break import create_layout

from foldwell.fonts import FONTS, characters_of
from foldwell.fonts import Font as Row
from foldwell.typeset.own_fonts import fonts_for
from foldwell.typeset.page_source import OwnFont
from foldwell.typeset.stamping.font_words import said_of
from foldwell.typeset.variable import subsets
from foldwell.typeset.variable.faces import facts_of
from foldwell.typeset.variable.font_words import FontFacts, font_words

CUTS = [(font, weight) for font in FONTS if not font.in_parts for weight in font.cuts]
CASES = 200 if os.environ.get("FOLDWELL_LONG_TESTS") else 6
OPTIONS = {"hinting": False, "pdf_version": "1.7"}


_kept: dict[Any, Any] = {}


def engines(row: Row, weight: int) -> Any:
    """The engine's font of a cut, which was told nothing."""
    key = row.family, weight
    if key not in _kept:
        _kept[key] = made(row, weight)
    return _kept[key][0]


def made(row: Row, weight: int) -> tuple[Any, ...]:
    """The engine's font of a cut, and what has to live as long."""
    own = OwnFont("One", weight, row.path(weight).read_bytes())
    text = "".join(sorted(c for c in characters_of(row) if c.isalpha())[:1]) or "☎"
    css = f"font: {weight} 12px One"
    page = HTML(string=f'<body style="{css}">{text}</body>').render(font_config=fonts_for((own,)))
    box = next(b for b in page.pages[0]._page_box.descendants() if isinstance(b, boxes.TextBox))
    layout = create_layout(text, box.style, None, None, 0)
    pango_font = layout.get_first_line()[0].runs[0].data.item.analysis.font
    return Font(pango_font, *get_pango_font_key(pango_font)[1:]), page, layout


def told(row: Row, weight: int, words: dict[int, str], widths: dict[int, int]) -> Any:
    font = copy.copy(engines(row, weight))
    font.to_unicode, font.widths = words, widths
    return font


def made_up(chance: random.Random, count: int) -> tuple[dict[int, str], dict[int, int]]:
    glyphs = chance.sample(range(1, count), min(count - 1, chance.choice([1, 3, 40, 99, 100, 180])))
    said = ("", "ffi", "é", "😀", *string.ascii_letters)
    widths = chance.choice([(500,), (0, 271, 600), range(200, 900)])
    return {g: chance.choice(said) for g in glyphs}, {g: chance.choice(widths) for g in glyphs}


@pytest.mark.parametrize(("row", "weight"), CUTS, ids=lambda one: getattr(one, "family", one))
def test_what_is_said_of_a_font_is_what_the_engine_says(row: Row, weight: int) -> None:
    chance = random.Random(weight)
    facts = facts_of(told(row, weight, {1: "a"}, {1: 500}), OPTIONS)
    assert facts is not None
    for _ in range(CASES):
        words, widths = made_up(chance, engines(row, weight).glyph_count)
        font = told(row, weight, words, widths)
        assert {font.hash: font_words(facts, words, widths)} == said_of({0: font}, OPTIONS)


def test_a_font_of_which_nothing_is_used_is_what_the_engine_says() -> None:
    facts, font = facts_of(told(FONTS[0], 400, {}, {}), OPTIONS), told(FONTS[0], 400, {}, {})
    assert facts is not None
    assert {font.hash: font_words(facts, {}, {})} == said_of({0: font}, OPTIONS)


def test_hinting_is_kept_where_it_is_asked_for() -> None:
    options = OPTIONS | {"hinting": True}
    font = told(FONTS[0], 700, {3: "a", 9: "b"}, {3: 500, 9: 400})
    facts = facts_of(font, options)
    assert facts is not None and facts.hinting


@pytest.mark.parametrize("name", ["svg", "png", "colr", "bitmap", "missing", "used_in_forms"])
def test_a_font_that_is_more_than_outlines_is_left_to_the_engine(name: str) -> None:
    font = told(FONTS[0], 400, {1: "a"}, {1: 500})
    setattr(font, name, {7: 7})
    assert facts_of(font, OPTIONS) is None


def test_facts_that_do_not_say_what_the_engine_says_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    font = told(FONTS[0], 400, {1: "a"}, {1: 500})
    monkeypatch.setattr("foldwell.typeset.variable.font_words._LAST", b"end")
    assert facts_of(font, OPTIONS) is None


def test_nothing_is_said_where_the_libraries_or_the_font_are_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    facts = facts_of(told(FONTS[0], 400, {1: "a"}, {1: 500}), OPTIONS)
    assert facts is not None and pickle.loads(pickle.dumps(facts)) == facts
    unknown = FontFacts("0" * 64, 0, facts.ascent, facts.descent, facts.flags, False)
    assert font_words(unknown, {5: "a"}, {5: 500}) is None
    monkeypatch.setattr(subsets, "_asked", lambda: None)
    subsets.subset.cache_clear()
    assert font_words(facts, {5: "a"}, {5: 500}) is None
    subsets.subset.cache_clear()


def test_fonts_that_are_not_used_any_more_are_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    facts = facts_of(told(FONTS[0], 400, {1: "a"}, {1: 500}), OPTIONS)
    asked = subsets._asked()
    assert facts is not None and asked is not None
    let_go: list[int] = []
    destroy = asked["hb_face_destroy"]

    def destroyed(face: int) -> None:
        let_go.append(face)
        destroy(face)

    monkeypatch.setitem(asked, "hb_face_destroy", destroyed)
    subsets._face.cache_clear()
    face = subsets._face(facts.program, facts.index)
    pointer = face.pointer
    subsets._face.cache_clear()
    assert pointer not in let_go  # somebody has it still
    del face
    assert pointer in let_go


def test_the_names_of_libraries_are_the_engines() -> None:
    source = inspect.getsource(ffi_of_the_engine)
    for variable, names in (("harfbuzz", "harfbuzz"), ("harfbuzz_subset", "harfbuzz-subset")):
        call = re.search(rf"^{variable} = _dlopen\((.*?)\)$", source, re.DOTALL | re.MULTILINE)
        assert call and tuple(re.findall("'(.*?)'", call[1])) == subsets._NAMES[names]
