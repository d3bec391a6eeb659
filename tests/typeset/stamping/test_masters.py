"""Masters: pages that differ in words are stamped bit for bit; what takes other room is not."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from foldwell.typeset.engine import Layout, Typeset
from foldwell.typeset.page_source import PageSource
from foldwell.typeset.stamping import masters, turned_off
from foldwell.typeset.stamping.box_trees import alike

CSS = (
    "@page { size: 100mm 120mm; margin: 10mm; @bottom-right { content: 'AAAA' } }\n"
    "body { font: 10pt/14pt 'Atkinson Hyperlegible Next'; margin: 0 } p { margin: 0 0 2mm }\n"
    "table { width: 60mm } ul { margin: 0; padding-left: 5mm }\n"
    ".card > * { display: inline-block }\n"
)
PAGE = (
    '<html lang="en"><head><title>Test</title></head><body><h1>Words</h1>'
    "<p>Call {phone} now.</p><ul><li>Or go to {name}.</li></ul>"
    '<div class="card"><p>{name}</p><p>Room 1</p></div>'
    "<table><tr><th>Phone</th><td>{phone}</td></tr></table><p>The end.</p></body></html>"
)


@pytest.fixture(autouse=True)
def own(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Masters of each test's own."""
    monkeypatch.setattr("foldwell.typeset.engine.MASTERS", masters.Masters())
    yield


def source(name: str, phone: str, css: str = CSS) -> PageSource:
    return PageSource(PAGE.format(name=name, phone=phone), (css,), (), tagged=True)


def stamp(pages: PageSource) -> Typeset:
    layout = Layout(pages)
    return layout.stamp("", layout.root)


def whole(pages: PageSource) -> Typeset:
    with turned_off():
        return stamp(pages)


def test_other_words_are_stamped_to_the_last_bit() -> None:
    first = stamp(source("Elm", "111"))
    assert first.how == "typeset as a whole: no page like it was there"
    other = source("Oak", "112", CSS.replace("AAAA", "BBBB"))
    stamped, expected = stamp(other), whole(other)
    assert stamped.how == "stamped, with 4 blocks of its own"
    assert expected.how == ""
    assert stamped.write(tagged=True) == expected.write(tagged=True)
    for page, same in zip(stamped.document.pages, expected.document.pages, strict=True):
        assert alike(page._page_box, same._page_box)
    assert stamped.pages == expected.pages


def test_the_master_stays_as_it_was() -> None:
    first = stamp(source("Elm", "111"))
    before = first.write(tagged=True)
    stamp(source("Oak", "112")).write(tagged=True)
    assert first.write(tagged=True) == before == whole(source("Elm", "111")).write(tagged=True)


@pytest.mark.parametrize(
    ("name", "phone", "said"),
    [
        ("Oak", "112 " * 30, "takes other room"),
        ("Oak " * 20, "112", "takes other room"),
        ("", "112", "no page like it was there"),
    ],
)
def test_what_takes_other_room_is_typeset_as_a_whole(name: str, phone: str, said: str) -> None:
    stamp(source("Elm", "111"))
    other = source(name, phone)
    made = stamp(other)
    assert made.how.startswith("typeset as a whole: ") and said in made.how
    assert made.write(tagged=True) == whole(other).write(tagged=True)


def test_other_styles_have_masters_of_their_own() -> None:
    stamp(source("Elm", "111"))
    assert "no page like it" in stamp(source("Oak", "112", CSS.replace("2mm", "3mm"))).how


def test_words_of_feet_that_are_two_others_are_not_stamped() -> None:
    css = CSS.replace("content: 'AAAA' }", "content: 'AAAA' } @bottom-left { content: 'AAAA' }")
    stamp(source("Elm", "111", css))
    other = css.replace("'AAAA'", "'BBBB'", 1)
    made = stamp(source("Elm", "111", other))
    assert "feet" in made.how


def test_nothing_is_stamped_from_pages_that_were_refused_something() -> None:
    first = stamp(source("Elm", "111"))
    first.refused.append("http://a.example/")
    made = stamp(source("Oak", "112"))
    assert made.how.startswith("typeset as a whole") and made.refused == []


def test_few_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(masters, "KEPT", 2)
    for width in (100, 101, 102):
        stamp(source("Elm", "111", CSS.replace("100mm", f"{width}mm")))
    assert "no page like it" in stamp(source("Oak", "112")).how
    assert "stamped" in stamp(source("Oak", "112", CSS.replace("100mm", "102mm"))).how


def test_a_picture_that_is_another_is_an_island() -> None:
    square = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="{}"/></svg>'
    page = source("Elm", "111")
    html = page.html.replace("The end.", '<img src="asset:a.svg" alt="A" style="width: 9mm">')

    def pictured(path: str) -> PageSource:
        content = square.format(path).encode()
        return replace(page, html=html, assets=(("a.svg", content, "image/svg+xml"),))

    stamp(pictured("M0 0h9v9z"))
    other = pictured("M0 0h9v5z")
    made = stamp(other)
    assert made.how == "stamped, with 1 block of its own"
    assert made.write(tagged=True) == whole(other).write(tagged=True)


def test_a_block_that_asks_for_a_page_number_is_typeset_with_its_page() -> None:
    css = CSS + "li a::after { content: target-counter(attr(href), page) }"
    page = (
        '<html lang="en"><head><title>Test</title></head><body><ul><li><a href="#a">{0}</a></li>'
        '</ul><h2 id="a" style="break-before: page">{0}</h2></body></html>'
    )
    elm, oak = (PageSource(page.format(name), (css,), (), tagged=True) for name in ("Elm", "Oak"))
    stamp(elm)
    made = stamp(oak)
    assert made.write(tagged=True) == whole(oak).write(tagged=True)
    assert "cannot be laid out by itself" in made.how


@pytest.mark.parametrize(
    "css",
    [
        "@page { @top-left { content: string(title) } } h1 { string-set: title content() }",
        "p::after { content: target-text('#a') }",
    ],
)
def test_words_that_stand_elsewhere_too_are_those_of_the_page(css: str) -> None:
    page = (
        '<html lang="en"><head><title>Test</title></head><body><p>The same.</p>'
        '<h1 id="a">{}</h1></body></html>'
    )
    elm, oak = (
        PageSource(page.format(name), (CSS + css,), (), tagged=True) for name in ("Elm", "Oak")
    )
    stamp(elm)
    assert stamp(oak).write(tagged=True) == whole(oak).write(tagged=True)
