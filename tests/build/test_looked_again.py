"""A web page whose kind was looked at is not looked at again, unless anything may be otherwise."""

from collections.abc import Iterator
from typing import Any

import pytest

from foldwell.build import looked_again
from foldwell.build.looked_again import look
from foldwell.check.web_contrast import check_web_contrast

PAGE = """<!doctype html><html lang="en"><head><title>Elm</title>
<style>p { color: #000000 } .pale { color: #eeeeee }</style></head>
<body><p class="x">Ring <a href="tel:1">1</a></p>
<p>Words</p></body></html>"""


@pytest.fixture(autouse=True)
def nothing_known() -> Iterator[None]:
    looked_again._passed.clear()
    yield
    looked_again._passed.clear()


def looks(*pages: str) -> int:
    """How many of some pages are looked at, one after another."""
    seen: list[str] = []
    for page in pages:
        look(page, lambda one: seen.append(one) or [])  # type: ignore[func-returns-value]
    return len(seen)


def test_other_words_are_not_looked_at() -> None:
    assert looks(PAGE, PAGE.replace("Words", "Elm").replace("tel:1", "tel:2")) == 1


@pytest.mark.parametrize(
    "other",
    [
        PAGE.replace('class="x"', 'class="pale"'),
        PAGE.replace("<p>Words", '<p style="color: red">Words'),
        PAGE.replace("#000000", "#ffffff"),
        PAGE.replace("</style>", "</style><style>p { color: red }</style>"),
        PAGE.replace("Words", ""),
        PAGE.replace("Words", "&nbsp;"),
    ],
    ids=["class", "own style", "style", "more styles", "no words", "a space"],
)
def test_other_tags_and_styles_are(other: str) -> None:
    assert looks(PAGE, other, PAGE) == 2
    assert looks(other) == 0


def test_selectors_that_ask_for_words_are_never_passed_by() -> None:
    page = PAGE.replace(".pale {", '[href="tel:2"], [ ALT=a] {')
    assert looks(page, page, page.replace("tel:1", "tel:2")) == 3


def test_what_was_wrong_is_told_again() -> None:
    pale = PAGE.replace('class="x"', 'class="pale"')
    first = look(pale, check_web_contrast)
    other = look(pale.replace("Ring", "Call"), check_web_contrast)
    assert "'Ring'" in first[0].message and "'Call'" in other[0].message
    assert look(PAGE, check_web_contrast) == [] and look(PAGE, check_web_contrast) == ()


def test_a_page_of_a_kind_that_another_process_looked_at_is_not(shelf: Any) -> None:
    assert looks(PAGE) == 1
    shelf.next_process()
    looked_again._passed.clear()
    assert looks(PAGE.replace("Words", "Elm"), PAGE.replace("Words", "")) == 1


def test_what_was_wrong_is_not_told_by_another(shelf: Any) -> None:
    pale = PAGE.replace('class="x"', 'class="pale"')
    first = look(pale, check_web_contrast)
    shelf.next_process()
    assert first and look(pale, check_web_contrast) == first
