"""What a column or page cuts in two is one element to whoever listens to it."""

import io

from pikepdf import Dictionary, Name, Object, Pdf
from test_tag_tree import PROFILE, elements, is_element, painted, tagged

from foldwell.pdf.structure import kids as kids_of
from foldwell.press.finishing import finish_screen
from foldwell.press.tag_tree import parents_of, read_tags

NEXT = "break-before: page"
PARAGRAPH = (
    "<section data-piece=a><h2>Head</h2><p data-piece=b>one one</p></section>{between}"
    f"<section data-goes-on=a style='{NEXT}'><p data-goes-on=b>two</p><p>three</p></section>"
)
LIST = (
    "<ul data-piece=a><li>one</li><li data-piece=b><p data-piece=c>two</p></li></ul>"
    f"<ul data-goes-on=a style='{NEXT}'><li data-goes-on=b style='list-style: none'>"
    "<p data-goes-on=c>more</p></li><li>three</li></ul>"
)


def finished(html: str) -> Pdf:
    return Pdf.open(io.BytesIO(finish_screen(tagged(html), PROFILE)))


def kinds(pdf: Pdf) -> list[str]:
    return [str(element.S) for element in elements(pdf.Root.StructTreeRoot)]


def leads_back(pdf: Pdf) -> None:
    """Each piece of text leads back to the element that holds it, and says its page."""
    rows, seen = parents_of(pdf), 0
    for element in elements(pdf.Root.StructTreeRoot):
        for kid in kids_of(element):
            if is_element(kid):
                assert kid.P.objgen == element.objgen
                continue
            page = element.Pg if isinstance(kid, int) else kid.Pg
            number = int(kid if isinstance(kid, int) else kid.MCID)
            assert rows[page.objgen][number].objgen == element.objgen
            seen += 1
    assert seen == sum(map(len, painted(pdf)))
    assert painted(pdf) == [read_tags(pdf).order()[page.obj.objgen] for page in pdf.pages]


def pages_of(pdf: Pdf, element: Object) -> list[int]:
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    return [
        numbers[(element.Pg if isinstance(kid, int) else kid.Pg).objgen]
        for kid in kids_of(element)
        if isinstance(kid, int) or kid.get("/Type") == Name.MCR
    ]


def test_a_paragraph_on_two_pages_is_one() -> None:
    with finished(PARAGRAPH.format(between="")) as pdf:
        assert len(pdf.pages) == 2
        assert kinds(pdf) == ["/Document", "/Sect", "/H2", "/P", "/P"]
        first, second = (e for e in elements(pdf.Root.StructTreeRoot) if e.S == "/P")
        assert pages_of(pdf, first) == [0, 1]
        assert pages_of(pdf, second) == [1]
        assert any(isinstance(kid, Dictionary) for kid in kids_of(first))
        leads_back(pdf)


def test_a_list_on_two_pages_is_one() -> None:
    with finished(LIST) as pdf:
        found = kinds(pdf)
        assert (found.count("/L"), found.count("/LI"), found.count("/LBody")) == (1, 3, 3)
        [torn] = [
            e for e in elements(pdf.Root.StructTreeRoot) if len({*pages_of(pdf, e)}) == 2
        ]  # nothing else is on both
        assert torn.S == "/P" and torn.P.S == "/LBody"
        leads_back(pdf)


def test_what_something_stands_between_stays_apart() -> None:
    with finished(PARAGRAPH.format(between="<div><p>Call now.</p></div>")) as pdf:
        assert kinds(pdf).count("/Sect") == 2
        leads_back(pdf)


def test_no_mark_is_left() -> None:
    for html in (PARAGRAPH.format(between="<p>x</p>"), LIST, "<p data-goes-on=a>alone</p>"):
        with finished(html) as pdf:
            for element in elements(pdf.Root.StructTreeRoot):
                assert not {"/Piece", "/GoesOn"} & {*element.keys()}
