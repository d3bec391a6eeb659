"""What two laid out pages differ in, as far as it can be seen."""

from __future__ import annotations

from typing import Any

import pytest

from foldwell.typeset.engine import typeset
from foldwell.typeset.page_source import PageSource
from foldwell.typeset.stamping.shapes import Unlike, changed

CSS = "p { margin: 0; width: 50mm } img { width: 9px } .boxed { background: #eee; float: left }"
RED, BLUE = (f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect fill="{colour}"'
             ' width="9" height="9"/></svg>'.encode() for colour in ("red", "blue"))  # fmt: skip


def page(words: str, picture: bytes = RED) -> Any:
    """The box of a page."""
    html = f"<html lang=en><title>One</title>{words}"
    source = PageSource(html, (CSS,), (("a.svg", picture, "image/svg+xml"),), tagged=False)
    return typeset(source).document.pages[0]._page_box


def differences(one: Any, other: Any) -> list[tuple[str, str]]:
    return [(getattr(a, "text", "picture"), getattr(b, "text", "picture"))
            for _, a, b in changed(one, other, (0,))]  # fmt: skip


def test_other_words_in_the_same_lines_are_told() -> None:
    one, other = page("<p>Ring <b>123</b> now"), page("<p>Ring <b>4567</b> now")
    assert ("123", "4567") in differences(one, other)
    assert ("Ring ", "Ring ") not in differences(one, other)


def test_words_that_moved_are_told() -> None:
    assert (" now", " now") in differences(page("<p><b>12</b> now"), page("<p><b>345</b> now"))


def test_pictures_and_what_they_say_are_told() -> None:
    words = "<p>A <img src='asset:a.svg' alt='red'>"
    assert ("picture", "picture") in differences(page(words), page(words, BLUE))
    one = page(words)
    other = page(words.replace("'red'", "'dark red'"))
    for box in other.descendants():
        if hasattr(box, "replacement"):
            box.replacement = next(
                b for b in one.descendants() if hasattr(b, "replacement")
            ).replacement
    assert differences(one, other) == [("picture", "picture")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<p>Ring 1", "<p>Ring 1<br>or 2"),
        ("<p>Ring 1", "<p>Ring <b>1</b>"),
        ("<p><b class=boxed>Ring 1", "<p><b class=boxed>Ring 12345"),
        ("<p>Ring 1", "<p style='padding-top: 1px'>Ring 1"),
    ],
    ids=["more lines", "other elements", "a ground of another size", "other places"],
)
def test_whatever_else_can_be_seen_is_unlike(one: str, other: str) -> None:
    with pytest.raises(Unlike):
        differences(page(one), page(other))
