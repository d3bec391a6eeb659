"""Every language: its specimen is built, is mirrored where it must, and can be read out again."""

import html
import io
import os
import re
import unicodedata
from dataclasses import replace
from functools import cache

import pikepdf
import pypdfium2
import pytest
from conftest import BASE, TODAY, compose_and_make
from read_back import text_of, words_of

from foldwell.build.jobs import make_job
from foldwell.build.made import Made
from foldwell.content.characters import unspaced
from foldwell.content.edition import Edition, make_edition
from foldwell.content.interface_words import LANGUAGES
from foldwell.content.leaflet import read_leaflet
from foldwell.content.library import Library, read_library
from foldwell.content.tidyings import Tidyings
from foldwell.fonts import FONTS, characters_of, fonts, printable_characters
from foldwell.paper.formats import FORMATS
from foldwell.shipped import templates_folder
from foldwell.typeset.compose import compose_print, compose_web
from foldwell.typeset.purpose import Purpose

SPECIMENS = sorted(path.stem for path in (templates_folder() / "specimen/scripts").glob("*.md"))
HELD = [
    language
    for language in SPECIMENS
    if set((templates_folder() / f"specimen/scripts/{language}.md").read_text())
    <= printable_characters() | {"\u200c"}
]
"""Those that the bundled fonts hold; the others need a font that is not shipped."""
LONG = bool(os.environ.get("FOLDWELL_LONG_TESTS"))
ALIKE = (
    ()
    if LONG
    else ("fa", "ur", "ti", "el", "gu", "pa", "ru", "en", "es", "de", "pt", "ro", "so", "cy", "ku")
)
"""What is like another in script or in how its letters are put together."""
LATIN = ("vi", "en", "es", "fr", "de", "pt", "pl", "ro", "tr", "so", "cy", "ku")
FORMATS_TRIED = ("letter-fold", "a4", "booklet", "large-print")


NASTALIQ = "ur-Aran"


@cache
def edition(language: str) -> Edition:
    if language == NASTALIQ:
        urdu = edition("ur")
        brand = urdu.brand.brand.model_validate(
            {
                **urdu.brand.brand.model_dump(by_alias=True),
                "defaults": {"foldwell": {"urdu": "nastaliq"}},
            }
        )
        return replace(urdu, brand=replace(urdu.brand, brand=brand))
    path = f"specimen/scripts/{language}.md"
    leaflet = read_leaflet(
        path, root=templates_folder(), slug="specimen", language=language, images={},
        tidyings=Tidyings(path),
    )  # fmt: skip
    return make_edition(read_library(BASE, TODAY), leaflet, "riverside", TODAY)


@cache
def file(language: str, name: str, medium: str = "screen") -> bytes:
    made = compose_and_make(make_job(edition(language), FORMATS[name], medium))
    assert isinstance(made, Made), made
    return made.content


CASES = [
    (language, name)
    for language in (*HELD, NASTALIQ)
    for name in FORMATS_TRIED
    if LONG or (name == "letter-fold" and language not in ALIKE) or language == "he"
]


def test_every_script_with_a_font_has_a_specimen() -> None:
    shown = set("".join((templates_folder() / f"specimen/scripts/{name}.md").read_text()
                        for name in HELD))  # fmt: skip
    for font in FONTS:
        if font.apart and font.scripts != ("Thai",):  # Foldwell speaks no Thai
            own = [c for c in font_letters(font.characters, font.folder) if c in shown]
            assert len(own) > 15, font.family


def font_letters(name: str, folder: object) -> list[str]:
    text = (templates_folder() / "scripts" / name).read_text()
    return [character for character in text if character.isalpha()]


MARKED = re.compile("[\u0591-\u05c7\u064b-\u0652]")
"""Marks over and under letters of Hebrew and Arabic."""


def _unspaced(words: list[str], read: str) -> bool:
    """Whether words of a script without spaces are there, however its lines are broken."""
    return unspaced().search("".join(words)) is not None and "".join(words) in read.replace(" ", "")


@pytest.mark.parametrize(("language", "name"), CASES)
def test_a_specimen_can_be_read_out_again(language: str, name: str) -> None:
    """The build itself compares the words, and refuses glyphs that are in no font."""
    content = file(language, name)
    latin = language in LATIN
    read = f" {' '.join(words_of(text_of(content), latin))} "
    body = edition(language).leaflet.text
    lines = [line for line in body.split("\n") if line and line[0] not in "/#"]
    assert len(lines) == 6
    for line in lines:
        for piece in re.split(r"\{\{.*?\}\}", line.replace("**", "")):
            words = words_of(piece, latin)
            if MARKED.search(piece) or (line[0].isdigit() and edition(language).right_to_left):
                # Viewers move the first marked letter of a line, and the number of a step.
                missing = [word for word in words if word not in read.split()]
                assert len(missing) <= 1, (piece, missing)
                continue
            assert not words or f" {' '.join(words)} " in read or _unspaced(words, read), piece
    with pikepdf.open(io.BytesIO(content)) as pdf:
        fonts = {str(item.BaseFont) for item in pdf.objects
                 if isinstance(item, pikepdf.Dictionary) and "/BaseFont" in item}  # fmt: skip
        families = tuple(font.family for font in FONTS)
        shown = {font.split("+")[-1].replace("-", " ") for font in fonts}
        assert all(font.startswith(families) for font in shown), shown
        direction = pdf.Root.ViewerPreferences.get("/Direction")
        assert (direction == "/R2L") == edition(language).right_to_left


def test_every_shipped_language_has_a_specimen() -> None:
    assert set(SPECIMENS) == set(LANGUAGES)


@pytest.mark.parametrize("language", [one for one in HELD if LONG or one in ("fr", "ar", "ta")])
def test_the_web_page_of_a_specimen_says_its_words_in_fonts_that_it_brings(language: str) -> None:
    page = compose_web(edition(language))
    body = page[page.index("<body") :]
    read = html.unescape(re.sub("<[^>]*>", " ", re.sub("</?(?:bdi|span|strong)[^>]*>", "", body)))
    latin = language in LATIN
    said = f" {' '.join(words_of(read, latin))} "
    text = edition(language).leaflet.text
    for line in (line for line in text.split("\n") if line and line[0] not in "/#"):
        for piece in re.split(r"\{\{.*?\}\}|\b1\.|\b2\.", line.replace("**", "")):
            words = words_of(piece, latin)
            assert not words or f" {' '.join(words)} " in said or _unspaced(words, said), piece
    brought = set(re.findall('@font-face { font-family: "([^"]*)"', page))
    assert {c for c in read if c.isalpha()} <= frozenset().union(
        *(characters_of(font) for font in fonts() if font.family in brought)
    )


def test_a_letter_fold_from_right_to_left_opens_the_other_way() -> None:
    """Its cover is the left panel of the outside, and its phone number is not turned round."""
    with pypdfium2.PdfDocument(file("ar", "letter-fold", "office")) as pdf:
        outside = pdf[0]
        width, height = outside.get_size()
        page = outside.get_textpage()
        left = page.get_text_bounded(0, 0, width / 3, height)
        title = str(edition("ar").leaflet.facts.title).split()[0]
        assert title in left
        assert title not in page.get_text_bounded(width / 3, 0, width, height)
    with pypdfium2.PdfDocument(file("ar", "letter-fold")) as pdf:
        page = pdf[0].get_textpage()
        boxes = [
            (page.get_charbox(n)[0], page.get_text_range(n, 1)) for n in range(page.count_chars())
        ]
        digits = "".join(sign for _, sign in sorted(boxes) if sign.isdigit())
        assert digits == "".join(c for c in edition("ar").clinic.phone if c.isdigit())
    with pikepdf.open(io.BytesIO(file("ar", "letter-fold", "office"))) as office:
        assert office.Root.ViewerPreferences.Direction == "/R2L"


@pytest.mark.parametrize("language", [*HELD, NASTALIQ] if LONG else ["ku"])
def test_a_note_that_takes_two_lines_of_a_foot_keeps_clear_of_the_edge(language: str) -> None:
    """In Kurdish it does; a desktop printer reaches no lower than 5 mm."""
    with pypdfium2.PdfDocument(file(language, "letter-fold", "office")) as pdf:
        text = pdf[0].get_textpage()
        lows = [text.get_charbox(n)[1] for n in range(text.count_chars())
                if not text.get_text_range(n, 1).isspace()]  # fmt: skip
        assert min(lows) > 5 / 25.4 * 72
        lines = text.get_text_bounded(0, 0, pdf[0].get_size()[0] / 3, 40).splitlines()
    assert language != "ku" or len(lines) > 1


def test_the_arabic_leaflet_opens_the_other_way(own: Library) -> None:
    """Outside: cover, back, flap from left to right; inside: the first steps on the right."""
    leaflet = own.leaflets["using-naloxone"]["ar"]
    arabic = make_edition(own, leaflet, "hollin-lane", TODAY)
    made = compose_and_make(make_job(arabic, FORMATS["letter-fold"], "office"))
    assert isinstance(made, Made), made
    title, steps, last = "لمن قد", "تحقق", "الميثادون"
    with pypdfium2.PdfDocument(made.content) as pdf:
        for page, words, third in ((pdf[0], title, 0), (pdf[1], steps, 2), (pdf[1], last, 0)):
            width, height = page.get_size()
            text = page.get_textpage()
            parts = [
                unicodedata.normalize(
                    "NFKC", text.get_text_bounded(n * width / 3, 0, (n + 1) * width / 3, height)
                )
                for n in range(3)
            ]
            assert [n for n, part in enumerate(parts) if words in part] == [third], words


def test_an_english_edition_brings_no_font_of_another_script() -> None:
    library = read_library(BASE, TODAY)
    english = make_edition(library, library.leaflets["sleep"]["en"], "riverside", TODAY)
    pages = compose_print(english, FORMATS["letter-fold"], Purpose("screen")).pages
    assert (pages.fonts, pages.leading) == ((), 1.0)
    pages = compose_print(edition("hi"), FORMATS["letter-fold"], Purpose("screen")).pages
    assert {font.family for font in pages.fonts} == {"Noto Sans Devanagari"}


def test_a_brand_may_ask_for_urdu_in_nastaliq() -> None:
    urdu, asked = edition("ur"), edition(NASTALIQ)
    assert urdu.id != asked.id
    assert edition("ar").id == replace(edition("ar"), brand=asked.brand).id
    page = compose_web(asked)
    assert '<html lang="ur-Aran" dir="rtl">' in page
    assert '"Noto Nastaliq Urdu"' in page and '"Noto Sans Arabic"' not in page
    printed = compose_print(asked, FORMATS["a4"], Purpose("screen", tagged=True)).pages
    assert {font.family for font in printed.fonts} == {"Noto Nastaliq Urdu"}
    for other in (compose_web(urdu), compose_web(replace(edition("ar"), brand=asked.brand))):
        assert "Nastaliq" not in other and "ur-Aran" not in other


def test_letters_of_nastaliq_are_whole_and_say_where_their_ink_is() -> None:
    """Each is one glyph that says one letter, whose box has all of it, high and low."""
    with pypdfium2.PdfDocument(file(NASTALIQ, "letter-fold")) as pdf:
        text = pdf[2].get_textpage()
        start = text.get_text_range().index("حروف ٹ")
        boxes = [text.get_charbox(start + n) for n in range(4)]
    # ح ر و ف: from right to left, each lower or higher than the one before it, none without ink.
    lefts = [left for left, *_ in boxes]
    assert lefts == sorted(lefts, reverse=True)
    assert all(right - left > 1 and top - low > 1 for left, low, right, top in boxes)
    assert boxes[1][1] < min(low for _, low, *_ in (boxes[0], boxes[3])) - 1
    with pikepdf.open(io.BytesIO(file(NASTALIQ, "letter-fold"))) as pdf:
        streams = b"".join(page.Contents.read_bytes() for page in pdf.pages)
    assert not re.search(rb"[^0 ]\S* Ts", streams)


def test_words_of_another_script_have_their_language_and_direction() -> None:
    page = compose_web(edition("he"))
    name = edition("he").clinic.name
    assert '<html lang="he" dir="rtl">' in page
    assert f'<span lang="en"><bdi dir="ltr"><bdi dir="ltr">{name}</bdi></bdi></span>' in page
    assert f'<bdi dir="ltr">{edition("he").clinic.phone}</bdi>' in page
    assert f'<span lang="en"><bdi>{name}</bdi></span>' in compose_web(edition("hi"))
    for heavy in ("Noto Sans Hebrew", "Noto Sans Devanagari"):
        assert (heavy in page) == (heavy == "Noto Sans Hebrew")
