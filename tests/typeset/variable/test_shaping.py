"""Words that are shaped with no engine are to the last bit what it makes of them, or nothing.

A sample always; thousands where ``FOLDWELL_LONG_TESTS`` is set.
"""

import io
import os
import pickle
import random
import string
import subprocess
import sys
from functools import cache
from types import SimpleNamespace
from typing import Any

import pytest
from fontTools import unicodedata as scripts
from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from weasyprint import HTML
from weasyprint.draw import text as engine
from weasyprint.formatting_structure import boxes
from weasyprint.matrix import Matrix
from weasyprint.pdf.stream import Stream
from weasyprint.text.ffi import ffi
from weasyprint.text.line_break import create_layout, split_first_line

from foldwell.fonts import FONTS
from foldwell.typeset.own_fonts import fonts_for
from foldwell.typeset.page_source import OwnFont
from foldwell.typeset.variable.faces import face_of, is_engines
from foldwell.typeset.variable.programs import digest_of, register
from foldwell.typeset.variable.shaping import Face, operators, shaped, signs_of

CASES = 20_000 if os.environ.get("FOLDWELL_LONG_TESTS") else 600
HOUSE = "Atkinson Hyperlegible Next"
OWN = "Brand's Own"
ESCAPED = OWN.replace("'", "\\'")
SIZES = ("8.25pt", "9pt", "10.5pt", "11.25pt", "14pt", "20.5px", "13.37px", "7.0001pt", "31.4159px")
NUMERALS = ("normal", "lining-nums", "tabular-nums", "lining-nums tabular-nums", "oldstyle-nums")
LANGUAGES = ("en", "cy", "pl", "vi", "ro", "tr", "nl", "ca", "fr", "el", "ru", "sr", "zh-Hans", "")
OTHERS = (
    "font-variant-ligatures: none", "font-kerning: none", "font-kerning: normal", "",
    "overflow-wrap: anywhere; text-decoration: underline; hyphens: auto",
)  # fmt: skip
WORDS = (
    "Dr", "Affligé", "Woodlands", "Surgery", "AVATAR", "Tower", "Yvonne", "Office", "flat", "AWAY",
    "O’Neill", "“Elm”", "Łódź", "Ystrad", "Mynach", "tŷ", "dŵr", "Nguyễn", "Phạm", "Kraków", "żółć",
    "St.", "John’s", "difficult", "waffle", "Straße", "İstanbul", "ĳssel", "Șt", "Ţ", "L·L", "ﬁn",
    "Αθήνα", "Παπαδοπούλου", "Москва", "Ђорђе", "ѓ", "&", "—", "–", "/", "(A1)", "½",
    "№", "€12", "P.O.",
)  # fmt: skip
SPACES = " \u00a0"
PLAIN = [word for word in WORDS if word.isascii()]
HOSTILE = (
    "a\u00adb", "שלום", "مرحبا", "e\u0301", "a\u200db", "a\tb", "a\nb", "日本", "😀", "☎️",
    "\u202eab", "क्षि", "1\u20e3", "\u2028", "", " ", "\u00a0", "a\ufe0f", "\u0e01", "ǅ\u0307",
    "\x07", "a\u2060b",
)  # fmt: skip


def a_phone(chance: random.Random) -> str:
    parts = [
        "".join(chance.choices("0123456789", k=n)) for n in chance.choice([(4, 6), (3, 3, 4), (5,)])
    ]
    return chance.choice(["", "+44 (0)", "T ", "☎ "]) + chance.choice(" -\u00a0").join(parts)


def an_address(chance: random.Random) -> str:
    names = [chance.choice(PLAIN).lower().strip("&/") or "x" for _ in range(3)]
    return chance.choice(["{}@{}-{}.nhs.uk", "www.{}{}.org/{}", "https://{}.{}/?q={}"]).format(
        *names
    )


def hours(chance: random.Random) -> str:
    one, two = (
        f"{chance.randint(0, 23)}{chance.choice('.:')}{chance.choice(['00', '30'])}" for _ in "ab"
    )
    days, to = chance.choice(["Mon–Fri", "Mon-Fri", "Sat"]), chance.choice(["–", " to ", " – "])
    return f"{days}{chance.choice(SPACES)}{one}{to}{two}"


def plain(chance: random.Random) -> str:
    return " ".join(chance.choices(PLAIN, k=chance.randint(1, 5)))


def any_words(chance: random.Random) -> str:
    return chance.choice(SPACES).join(chance.choices(WORDS, k=chance.randint(1, 4)))


def letters(chance: random.Random) -> str:
    first, last = chance.choice(
        [(32, 126), (32, 0x17F), (0xC0, 0x24F), (0x1EA0, 0x1EF9), (0x370, 0x4FF)]
    )
    return "".join(chr(chance.randint(first, last)) for _ in range(chance.randint(1, 25)))


KINDS = (a_phone, an_address, hours, plain, any_words, letters)


FEATURES = """
languagesystem DFLT dflt; languagesystem latn dflt; languagesystem latn PLK ;
languagesystem grek dflt; languagesystem cyrl dflt; languagesystem cyrl SRB ;
feature liga { sub f f i by oe; sub f i by ae; } liga;
feature dlig { sub s t by germandbls; } dlig;
feature onum { sub one by two; } onum;
feature tnum { sub zero by eight; } tnum;
feature locl {
  script latn; language PLK; sub oacute by ograve;
  script cyrl; language SRB; sub beta.own by b;
} locl;
feature kern {
  pos A V -81; pos V A -79; pos T o -61; pos W a -33; pos hyphen one 17; pos beta.own a 40;
  pos comma space <7 0 -20 0>;
} kern;
"""


@cache
def own_fonts() -> tuple[OwnFont, ...]:
    """A brand's font, made of our own: other units, ligatures, kerning, more scripts."""
    house, made = FONTS[0], []
    for weight in (400, 700):
        with TTFont(house.path(weight)) as font:
            cmap = font.getBestCmap()
            glyphs = dict(zip(range(0x3B1, 0x3CA), string.ascii_letters, strict=False))
            glyphs |= dict(zip(range(0x410, 0x450), string.ascii_letters * 2, strict=False))
            for table in font["cmap"].tables:
                table.cmap |= glyphs | {0xFB01: cmap[ord("f")]}
            scale_upem(font, 2048 + weight)
            features = FEATURES.replace("beta.own", font.getBestCmap()[0x431])
            addOpenTypeFeaturesFromString(font, features)
            out = io.BytesIO()
            font.save(out)
        made.append(OwnFont(OWN, weight, out.getvalue()))
    return tuple(made)


@cache
def box_of(family: str, weight: int, size: str, more: str, lang: str) -> Any:
    css = f"font: {weight} {size} '{family}'; {more}".replace('"', "&quot;")
    html = f'<html lang="{lang}"><body style="{css}">Dr Vale, 01234 567890</body></html>'
    page = HTML(string=html).render(font_config=fonts_for(own_fonts())).pages[0]
    return next(b for b in page._page_box.descendants() if isinstance(b, boxes.TextBox))


def styles(chance: random.Random) -> tuple[str, int, str, str, str]:
    more = f"font-variant-numeric: {chance.choice(NUMERALS)}; {chance.choice(OTHERS)}"
    return (
        chance.choice([HOUSE, HOUSE, ESCAPED]), chance.choice([400, 700, 800]),
        chance.choice(SIZES), more, chance.choice(LANGUAGES),
    )  # fmt: skip


Drawn = tuple[float, list[bytes], dict[int, str], dict[int, int]]


def as_the_engine_has_it(text: str, box: Any, x: float, y: float, told: dict[int, int]) -> Drawn:
    _, _, _, width, *metrics = split_first_line(text, box.style, None, None, 0)
    assert metrics == [*split_first_line("Dr Vale", box.style, None, None, 0)[4:]], text
    layout = create_layout(text, box.style, None, None, 0)
    stream = Stream({}, None, {}, {}, None, {}, None)
    run = layout.get_first_line()[0].runs[0]
    fonts = set()
    while run != ffi.NULL:
        font, _ = stream.add_font(run.data.item.analysis.font)
        fonts.add(font.hash)
        run = run.next
    font.widths.update(told)
    line = SimpleNamespace(text=text, style=box.style, pango_layout=layout, baseline=0)
    engine.draw_first_line(stream, line, "clip", "none", Matrix(d=-1, e=x, f=y))
    assert len(fonts) == 1 and stream.stream[1].startswith(f"/{font.hash} ".encode())
    return width, [stream.stream[0], *stream.stream[2:]], font.to_unicode, font.widths


def hold(text: str, box: Any, face: Face, chance: random.Random) -> bool:
    """Whether a text was shaped at all; then it must be as the engine has it."""
    ours = shaped(text, face)
    if ours is None:
        return False
    x, y = chance.choice([0, 12, 34.5, chance.uniform(-9, 900)]), chance.uniform(0, 1200)
    told = {
        g: w + chance.choice([-2, -1, 0, 1])
        for g, w in ours.widths.items()
        if chance.random() < 0.2
    }
    words: dict[int, str] = {}
    widths = dict(told)
    steps = [*operators(ours, x, y, words, widths)]
    width, drawn, said, wide = as_the_engine_has_it(text, box, x, y, told)
    assert (ours.width_px, steps) == (width, drawn), (text, face)
    assert [*words.items()] == [*said.items()] and [*widths.items()] == [*wide.items()], (
        text,
        face,
    )
    return True


def test_a_text_is_what_the_engine_makes_of_it() -> None:
    chance, made, asked = random.Random(17), 0, 0
    kinds = [styles(chance) for _ in range(CASES // 50)]
    for number in range(CASES):
        box = box_of(*chance.choice(kinds))
        face = face_of(box)
        assert face is not None, box.style["font_family"]
        kind = KINDS[number % len(KINDS)]
        text = kind(chance)
        done = hold(text, box, face, chance)
        if kind in (an_address, hours, plain):
            asked, made = asked + 1, made + done
    assert made > 0.99 * asked


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_that_may_be_more_than_a_run_is_left_to_the_engine(text: str) -> None:
    face = face_of(box_of(HOUSE, 400, "10pt", "", "en"))
    assert face is not None
    assert shaped(text, face) is None
    assert shaped(f"Surgery {text}", face) is None or not text.strip()


def test_a_second_script_is_left_to_the_engine() -> None:
    face = face_of(box_of(ESCAPED, 400, "10pt", "", "en"))
    assert face is not None
    assert shaped("αθηνα 5", face) and shaped("Surgery 5", face) and shaped("Москва", face)
    assert shaped("αθηνα a", face) is None


def test_every_sign_has_the_script_that_unicode_says() -> None:
    face = face_of(box_of(ESCAPED, 400, "10pt", "", "en"))
    assert face is not None
    signs = signs_of(face)
    assert len(signs) > 300
    assert {s: scripts.script(s) for s in signs} == signs


@pytest.mark.parametrize(
    "css",
    [
        "letter-spacing: 1px", "word-spacing: 1px", "direction: rtl",
        "font-variant-caps: small-caps",
        "font-variation-settings: 'wght' 300",
    ],
)  # fmt: skip
def test_a_style_that_does_more_has_no_face(css: str) -> None:
    assert face_of(box_of(HOUSE, 400, "10pt", css, "en")) is None


def test_a_face_is_not_taken_for_anothers() -> None:
    small, large = (box_of(HOUSE, 400, size, "", "en") for size in ("10pt", "11pt"))
    one, two = face_of(small), face_of(large)
    assert one and two
    assert is_engines("Dr Vale", one, small.style) and not is_engines("Dr Vale", one, large.style)


def test_a_face_is_plain() -> None:
    face = face_of(box_of(HOUSE, 700, "10pt", "", "en"))
    assert face and pickle.loads(pickle.dumps(face)) == face


def test_an_unknown_font_is_left_to_the_engine_until_it_is_known() -> None:
    content = own_fonts()[0].content + bytes(4)
    face = Face(digest_of(content), 0, 10240, (), (("Latn", "en"),), "ABCDEF")
    assert shaped("Surgery", face) is None
    register(content)
    assert shaped("Surgery", face)


def test_shaping_needs_no_engine() -> None:
    code = (
        "import sys, foldwell.typeset.variable.font_words, foldwell.typeset.variable.shaping;"
        "engine = {'weasyprint', 'cffi', 'fontTools'};"
        "sys.exit(any(name.split('.')[0] in engine for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
