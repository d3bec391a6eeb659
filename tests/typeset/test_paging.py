"""Paging: sheets of any length, with no hole in their midst."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from pypdfium2 import PdfDocument

from foldwell.paper.formats import FORMATS
from foldwell.shipped import templates_folder
from foldwell.typeset.copyfit import copyfit
from foldwell.typeset.fit import Fitted
from foldwell.typeset.page_source import OwnFont, PageSource
from foldwell.typeset.sheet_pages import HOLLOW

Compose = Callable[..., PageSource]
REGULAR, BOLD = (
    templates_folder() / "fonts" / f"AtkinsonHyperlegibleNext-{weight}.ttf"
    for weight in ("Regular", "Bold")
)
SYLLABLES = ("ka", "lo", "min", "ter", "su", "ve", "ran", "do", "pi", "sel")


def long_leaflet(count: int, alarms: int) -> str:
    """A leaflet of so many words, with alarms of about so many lines each."""
    chance = random.Random(count)

    def words(most: int) -> str:
        return " ".join(
            "".join(chance.choices(SYLLABLES, k=chance.randint(1, 3))) for _ in range(most)
        )

    signs = "".join(f"- {words(4)}\n" for _ in range(alarms))
    parts = [
        f"/// key-message | Main\n{words(18)}.\n///\n",
        f"///// panel | flap\n/// emergency | Call 999 now\n{words(12)}:\n\n{signs}///\n"
        f"/// warning | The same day\n{signs}///\n/////\n",
    ]
    left = count - 18 - 12 - 8 * alarms
    while left > 0:
        parts.append(f"## {words(4).capitalize()}\n\n{words(70).capitalize()}.\n\n{words(60)}.\n")
        parts.append("".join(f"- {words(6)}\n" for _ in range(4)))
        left -= 4 + 130 + 24
    parts.append("/////// panel | back\n/// contact | Talk to us\n///\n///////\n")
    return "\n".join(parts)


def fitted(compose: Compose, body: str) -> Fitted:
    return copyfit(compose(body, "a4"), FORMATS["a4"], FORMATS["a4"].geometry["a4"])


def texts(result: Fitted) -> list[str]:
    with PdfDocument(result.typeset.write()) as pdf:
        return [re.sub(r"\s+", " ", p.get_textpage().get_text_range()) for p in pdf]


def test_a_leaflet_of_1900_words_takes_four_a4_pages_at_most(compose: Compose) -> None:
    result = fitted(compose, long_leaflet(1900, 6))
    pages = texts(result)
    assert len(pages) in (3, 4)
    for number, text in enumerate(pages, 1):
        assert f"{number} of {len(pages)}" in text
    assert "Call 999 now" in pages[0]
    assert [("Talk to us" in text) for text in pages] == [False] * (len(pages) - 1) + [True]
    with pikepdf.open(BytesIO(result.typeset.write(tagged=True))) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert len(pdf.pages) == len(pages)


@pytest.mark.parametrize("alarms", [3, 8, 13])
@pytest.mark.parametrize("count", [700, 1100])
def test_no_page_but_the_last_is_hollow(count: int, alarms: int, compose: Compose) -> None:
    result = fitted(compose, long_leaflet(count, alarms))
    assert all(page.filled >= HOLLOW for page in result.typeset.pages[:-1])
    assert "Call 999 now" in texts(result)[0]


def test_room_on_the_last_page_is_ruled_above_the_contact_card(compose: Compose) -> None:
    body = "## One\n\nA few words.\n\n/// contact | Talk to us\n///\n"
    (text,) = texts(fitted(compose, body))
    assert text.index("A few words") < text.index("My notes") < text.index("Talk to us")


def test_a_full_last_page_has_no_lines_for_notes(compose: Compose) -> None:
    for count in (300, 340, 380, 420, 460):
        result = fitted(compose, long_leaflet(count, 4))
        ruled = "My notes" in texts(result)[-1]
        assert ruled or result.typeset.pages[-1].filled > 0.6


def pictures_on(result: Fitted) -> list[int]:
    """How many pictures fill holes of each page."""
    return [
        sum(
            box.element_tag == "div" and "spot-room" in (box.element.get("class") or "")
            for box in page._page_box.descendants()
            if box.element is not None and isinstance(box.element_tag, str)
        )
        for page in result.typeset.document.pages
    ]


def test_a_panel_that_words_leave_half_empty_has_a_picture(compose: Compose) -> None:
    rest = "".join(f"- w{n}\n" for n in range(6))
    box = f"/// warning | W\n{rest}///\n"
    tall = "".join(f"/// warning | W{n}\nA few words.\n\nMore of them.\n///\n\n" for n in range(5))
    body = f"## One\n\n{tall}## Two\n\nA few words.\n\n{box}\n## Three\n\n{tall}"
    source = compose(body, "letter-fold")
    result = copyfit(source, FORMATS["letter-fold"], FORMATS["letter-fold"].geometry["a4"])
    for page, count in zip(result.typeset.pages, pictures_on(result), strict=True):
        if page.name == "inside" and not page.notes:
            assert count or page.filled > 0.75, page
    assert sum(pictures_on(result)) >= 1


def test_a_page_that_words_fill_has_no_picture(compose: Compose) -> None:
    result = fitted(compose, long_leaflet(1150, 3))
    assert len(result.typeset.pages) > 1
    assert result.filled[""] > 0.75
    assert sum(pictures_on(result)) == 0


def test_a_column_that_words_leave_half_empty_has_a_picture(compose: Compose) -> None:
    """Text beside a tall box of alarm ends in the middle of the page."""
    signs = "".join(f"- sign {n}\n" for n in range(18))
    body = (
        f"///// panel | flap\n/// emergency | Call 999 now\nA sign.\n\n{signs}///\n/////\n\n"
        f"## One\n\n{'A few words of text. ' * 12}\n\n"
        "/// timeline | How long\n| What | Starts | Worst | Over |\n|---|---|---|---|\n"
        "| Tea | 1 to 2 hours | days 1 to 3 | 4 to 10 days |\n///\n"
    )
    result = fitted(compose, body)
    assert pictures_on(result)[0] == 1


def test_what_stands_beside_the_text_is_not_left_in_half_a_page(compose: Compose) -> None:
    """The two boxes of the first page stand side by side, not one below the other half empty."""
    signs = "".join(f"- sign {n}\n" for n in range(6))
    body = (
        f"///// panel | flap\n/// emergency | Call 999 now\nA sign.\n\n{signs}{signs}///\n"
        f"/// warning | The same day\n{signs}///\n/////\n\n"
        f"/// steps | What to do\n1. One.\n2. Two.\n3. Three.\n///\n\n{long_leaflet(500, 3)[200:]}"
    )
    pages = texts(fitted(compose, body))
    assert "Call 999 now" in pages[0] and "The same day" in pages[0]


def test_measures_in_another_font_are_measured_anew(compose: Compose) -> None:
    source = compose("## One\n\nA few words.\n", "a4")
    source = replace(source, fonts=(OwnFont("Brand", 400, BOLD.read_bytes()),))
    other = replace(source, fonts=(OwnFont("Brand", 400, REGULAR.read_bytes()),))
    row = FORMATS["a4"]
    found = [copyfit(one, row, row.geometry["a4"]).layouts for one in (source, other, source)]
    assert found[1] == found[0] > found[2]
