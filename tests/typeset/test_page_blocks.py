"""Pages that are worked on block by block are those that are worked on in one go."""

from collections.abc import Callable

import pytest

from foldwell.typeset import foreign, templates, typography
from foldwell.typeset.foreign import marked
from foldwell.typeset.page_blocks import blocks_of, is_closed
from foldwell.typeset.page_source import PageSource
from foldwell.typeset.scripts import script_of
from foldwell.typeset.typography import polish

STRINGS = templates.strings("en")
PAGES = {
    "words": '<p>"Tea" isn\'t -5 mg,\nor 3 x 4.</p>\n<p>\'Again" 10 mg</p>',
    "quotes over inline tags": '<div>\n<p>He said <em>"no</em>\n"</p>\n<li>"yes"</li>\n</div>',
    "a heading of two lines": "<h1>7-OH\n<p>and 4-fold</p>\n</h1>\n<p>7-OH</p>",
    "a link over blocks": '<a class="fact" href="x">"1\n<p>"2"</p>\n</a>\n<p>"3"</p>',
    "raw text": "<style>p >\n<p> 'a'</style>\n<p>'b'</p>",
    "a drawing": "<svg><title>'a'>\n<p>'b'</title></svg>\n<p>'c'</p>",
    "last words": "<h2>Call us. Call <bdi>999</bdi>\n</h2>\n<p>Ring <strong>999 now</strong></p>",
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_polished_the_same(name: str) -> None:
    page = PAGES[name]
    typography._polished.cache_clear()
    bound = typography._bound(tuple(word for span in typography._SPANS for word in STRINGS[span]))
    whole = typography._in_one_go(page, False, STRINGS["quotes"], bound)[0]
    assert polish(page, STRINGS) == whole
    assert polish(page, STRINGS) == whole  # of what is known by now


MIXED = {
    "words": "<p>Call مركز النور or Привет</p>\n<p>12 mg مركز</p>",
    "an element over blocks": '<div lang="ar" dir="rtl">\n<p>مركز NHS</p>\n</div>\n<p>مركز NHS</p>',
    "elements inside": '<div lang="ru">\n<div>\n<p>мир</p>\n</div>\n</div>\n<p>мир</p>',
    "comments": "<!-- مركز >\n<p> -->\n<p>مركز</p>",
    "a head": "<head><title>مركز</title>\n</head>\n<p>مركز <bdi>مركز</bdi></p>",
}


@pytest.mark.parametrize("name", MIXED)
@pytest.mark.parametrize(("language", "turned"), [("en", False), ("ar", True), ("ru", False)])
def test_words_of_other_scripts_are_the_same(name: str, language: str, turned: bool) -> None:
    page = MIXED[name]
    foreign._marked.cache_clear()
    script = foreign._SAME.get(own := script_of(language), own)
    here = foreign._Here(language, script, "en", turned)
    whole = foreign._in_one_go(page, foreign._Told(), here)[0]
    assert marked(page, language, "GB", right_to_left=turned) == whole
    assert marked(page, language, "GB", right_to_left=turned) == whole


def test_blocks_are_the_page(compose: Callable[..., PageSource]) -> None:
    page = compose("## Tea\n\nDrink it.\n\n- one\n- two").html
    blocks = blocks_of(page)
    assert "".join(blocks) == page
    assert len(blocks) > 5
    assert all(is_closed(block, ["h1", "title"]) for block in blocks)


def test_what_goes_on_is_not_closed() -> None:
    assert not is_closed("<p><svg>", ["svg"])
    assert not is_closed("<!-- a", [])
    assert is_closed("<header><svg></svg>", ["head", "svg"])
