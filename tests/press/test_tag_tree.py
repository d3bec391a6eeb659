import io
from collections.abc import Iterator

import pypdfium2
import pytest
from conftest import BASE
from pikepdf import Array, Dictionary, Object, Pdf, parse_content_stream

from foldwell.pdf.structure import kids as kids_of
from foldwell.press.finishing import finish_screen, read_srgb_profile
from foldwell.press.tag_tree import parents_of, read_tags
from foldwell.typeset.engine import typeset
from foldwell.typeset.page_source import PageSource

PROFILE = read_srgb_profile(BASE.parents[2] / "templates")
WORDS = (
    "<ul><li>One of two, which is a long line that goes on <a href='https://a.example'>here</a>"
    " and on</li><li>two</li></ul><p>Three <b>four</b> five.</p><p class=r><i>6</i> seven</p>"
    "<p>eight</p>"
)
STYLE = (
    "@page { size: 60mm 90mm; margin: 5mm } ul { list-style-type: disc }"
    " .r { position: relative } i { position: absolute; left: -4mm; color: #ff0000 }"
)


def tagged(html: str = WORDS, style: str = STYLE) -> bytes:
    source = PageSource(f"<html lang=en><title>T</title><body>{html}", (style,), (), tagged=True)
    return typeset(source).write(tagged=True)


def is_element(kid: Object) -> bool:
    return isinstance(kid, Dictionary) and "/S" in kid


def elements(element: Object) -> Iterator[Object]:
    for kid in kids_of(element):
        if is_element(kid):
            yield kid
            yield from elements(kid)


def painted(pdf: Pdf) -> list[list[int]]:
    """For each page the tagged pieces in the order in which they are painted."""
    return [
        [
            int(instruction.operands[1].MCID)
            for instruction in parse_content_stream(page)
            if str(instruction.operator) == "BDC"
            and isinstance(instruction.operands[1], Dictionary)
            and "/MCID" in instruction.operands[1]
        ]
        for page in pdf.pages
    ]


def picture(content: bytes) -> bytes:
    with pypdfium2.PdfDocument(content) as pdf:
        return b"".join(page.render(scale=3).to_pil().tobytes() for page in pdf)


def test_no_element_says_nothing() -> None:
    raw = tagged()
    with Pdf.open(io.BytesIO(raw)) as pdf:
        before = [str(e.S) for e in elements(pdf.Root.StructTreeRoot)]
    with Pdf.open(io.BytesIO(finish_screen(raw, PROFILE))) as pdf:
        after = list(elements(pdf.Root.StructTreeRoot))
        kinds = [str(element.S) for element in after]
        assert kinds.count("/Span") < before.count("/Span")
        assert "/NonStruct" not in kinds
        for element in after:
            assert kids_of(element) or element.S != "/Span"
            if element.S == "/Span":  # only text that has its place between other elements
                assert any(is_element(k) and k.S != "/Span" for k in kids_of(element.P))


@pytest.mark.parametrize("count", [1, 12])
def test_each_piece_of_text_leads_back_to_the_element_that_holds_it(count: int) -> None:
    with Pdf.open(io.BytesIO(finish_screen(tagged(WORDS * count), PROFILE))) as pdf:
        rows = parents_of(pdf)
        assert len(rows) == len(pdf.pages)
        seen = 0
        for element in elements(pdf.Root.StructTreeRoot):
            for kid in kids_of(element):
                number = int(kid) if isinstance(kid, int) else kid.get("/MCID")
                if number is not None and not is_element(kid):
                    page = element.Pg if isinstance(kid, int) else kid.Pg
                    assert rows[page.objgen][int(number)].objgen == element.objgen
                    seen += 1
        assert seen == sum(map(len, painted(pdf)))


@pytest.mark.parametrize("count", [1, 12])
def test_pages_are_painted_as_they_are_read_and_look_the_same(count: int) -> None:
    raw = tagged(WORDS * count)
    finished = finish_screen(raw, PROFILE)
    with Pdf.open(io.BytesIO(raw)) as pdf:
        order = read_tags(pdf).order()
        assert painted(pdf) != [order[page.obj.objgen] for page in pdf.pages]
    with Pdf.open(io.BytesIO(finished)) as pdf:
        order = read_tags(pdf).order()
        assert painted(pdf) == [order[page.obj.objgen] for page in pdf.pages]
    assert picture(finished) == picture(raw)


def test_a_file_that_is_read_as_painted_is_left_as_it_is() -> None:
    raw = tagged("<p>One</p><p>two</p>")
    with Pdf.open(io.BytesIO(raw)) as before:
        contents = before.pages[0].Contents.read_bytes()
    with Pdf.open(io.BytesIO(finish_screen(raw, PROFILE))) as after:
        assert after.pages[0].Contents.read_bytes() == contents
        assert isinstance(after.Root.StructTreeRoot.ParentTree.Nums, Array)


def test_words_of_another_language_say_so_and_links_stay_links() -> None:
    raw = tagged(
        "<p>Uno <a href='https://a.example'>dos <bdi lang=en dir=ltr>three</bdi></a> cuatro</p>"
        "<p lang=fr>cinq</p>"
    )
    with Pdf.open(io.BytesIO(finish_screen(raw, PROFILE))) as pdf:
        found = list(elements(pdf.Root.StructTreeRoot))
        spoken = [(str(e.S), str(e.Lang)) for e in found if "/Lang" in e]
        assert {language for _, language in spoken} == {"en", "fr"}
        assert ("/P", "fr") in spoken
        holders = [
            str(element.S)
            for element in found
            for kid in kids_of(element)
            if not isinstance(kid, int) and kid.get("/Type") == "/OBJR"
        ]
        assert holders and set(holders) == {"/Link"}


def test_what_lies_on_the_page_of_its_paragraph_is_named_by_its_number_alone() -> None:
    raw = tagged(f"<p>{'word ' * 300}</p>")
    with Pdf.open(io.BytesIO(finish_screen(raw, PROFILE))) as pdf:
        assert len(pdf.pages) > 1
        paragraphs = [e for e in elements(pdf.Root.StructTreeRoot) if e.S == "/P"]
        assert {e.Pg.objgen for e in paragraphs} == {page.obj.objgen for page in pdf.pages}
        assert all(isinstance(kid, int) for e in paragraphs for kid in kids_of(e))
