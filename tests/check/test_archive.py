"""A screen file that keeps PDF/UA-1 is broken in one place, and the clause is named."""

import io
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String
from weasyprint import HTML

from foldwell.check.archive import breaches
from foldwell.check.preflight import preflight
from foldwell.press.finishing import finish_screen, read_srgb_profile
from foldwell.shipped import templates_folder

PICTURE = (
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>"
    "<rect width='9' height='9'/></svg>"
)
PAGE = f"""<html lang=en><title>After a fall</title><h1>After a fall</h1>
<p>Sit down. <a href="https://example.org">More about falls</a></p><h2>Next</h2><h3>Later</h3>
<ul><li>Rest.</li><li>Drink.</li></ul><img src="{PICTURE}" alt="A chair">
<table><thead><tr><th scope=col>Day<th scope=col>Dose</thead>
<tbody><tr><td>1<td>2</tbody></table></html>"""


@pytest.fixture(scope="module")
def whole() -> bytes:
    typeset = HTML(string=PAGE).write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True)
    return finish_screen(typeset, read_srgb_profile(templates_folder()), "a4", 12)


Change = Callable[[Pdf], None]


def broken(content: bytes, change: Change) -> bytes:
    out = io.BytesIO()
    with Pdf.open(io.BytesIO(content)) as pdf:
        change(pdf)
        pdf.save(out)
    return out.getvalue()


def clauses(content: bytes) -> set[str]:
    with Pdf.open(io.BytesIO(content)) as pdf:
        return {found.clause for found in breaches(pdf)}


def tags(pdf: Pdf, kind: str) -> list[pikepdf.Object]:
    return [
        item
        for item in pdf.objects
        if isinstance(item, Dictionary) and item.get("/S") == Name(f"/{kind}") and "/P" in item
    ]


def renamed(before: str, after: str) -> Change:
    def change(pdf: Pdf) -> None:
        tags(pdf, before)[0].S = Name(f"/{after}")

    return change


def without(key: str, *path: str) -> Change:
    def change(pdf: Pdf) -> None:
        item: pikepdf.Object = pdf.Root
        for step in path:
            item = item[step]
        del item[key]

    return change


def no_title(pdf: Pdf) -> None:
    with pdf.open_metadata() as metadata:
        del metadata["dc:title"]


def no_name(pdf: Pdf) -> None:
    xmp = pdf.Root.Metadata.read_bytes().replace(b"pdfuaid:", b"other:")
    pdf.Root.Metadata = pdf.make_stream(xmp.replace(b"xmlns:pdfuaid", b"xmlns:other"))


def no_alt(pdf: Pdf) -> None:
    del tags(pdf, "Figure")[0]["/Alt"]


def circle(pdf: Pdf) -> None:
    roles = Dictionary(One=Name.Two, Two=Name.One)
    pdf.Root.StructTreeRoot.RoleMap = roles


def other_meaning(pdf: Pdf) -> None:
    pdf.Root.StructTreeRoot.RoleMap = Dictionary(P=Name.H1)


def loose_text(pdf: Pdf) -> None:
    page = pdf.pages[0]
    page.contents_add(b"0 0 9 9 re f")


def artifact_in_text(pdf: Pdf) -> None:
    content = pdf.pages[0].Contents.read_bytes()
    at = content.index(b"BDC") + 3
    marked = content[:at] + b" /Artifact BMC EMC " + content[at:]
    pdf.pages[0].Contents = pdf.make_stream(marked)


def no_scope(pdf: Pdf) -> None:
    for cell in (*tags(pdf, "TH"), *tags(pdf, "TD")):
        if "/A" in cell:
            del cell["/A"]


def wide_cell(pdf: Pdf) -> None:
    tags(pdf, "TD")[0].A = Dictionary(O=Name.Table, ColSpan=3)


def tall_cell(pdf: Pdf) -> None:
    tags(pdf, "TD")[0].A = Dictionary(O=Name.Table, RowSpan=3)


def no_order(pdf: Pdf) -> None:
    del pdf.pages[0]["/Tabs"]


def no_words(pdf: Pdf) -> None:
    del pdf.pages[0].Annots[0]["/Contents"]
    for link in tags(pdf, "Link"):
        if "/Alt" in link:
            del link["/Alt"]


def layers(pdf: Pdf) -> None:
    pdf.Root.OCProperties = Dictionary(OCGs=Array(), D=Dictionary())


def note(pdf: Pdf) -> None:
    tags(pdf, "P")[0].S = Name.Note


def no_unicode(pdf: Pdf) -> None:
    for item in pdf.objects:
        if isinstance(item, Dictionary) and "/ToUnicode" in item:
            del item["/ToUnicode"]


def no_character(pdf: Pdf) -> None:
    for item in pdf.objects:
        if isinstance(item, Dictionary) and "/ToUnicode" in item:
            content = b"1 beginbfchar <0001> <0000> endbfchar"
            item.ToUnicode = pdf.make_stream(content)


def not_embedded(pdf: Pdf) -> None:
    for item in pdf.objects:
        if isinstance(item, Dictionary):
            for key in ("/FontFile2", "/FontFile3"):
                if key in item:
                    del item[key]


def no_such_language(pdf: Pdf) -> None:
    tags(pdf, "P")[0].Lang = String("english (UK)")


def embedded(pdf: Pdf) -> None:
    file = Dictionary(Type=Name.Filespec, F=String("a"), EF=Dictionary(F=pdf.make_stream(b"a")))
    pdf.Root.Attached = pdf.make_indirect(file)


def suspects(pdf: Pdf) -> None:
    pdf.Root.MarkInfo.Suspects = True


BREAKING: dict[str, tuple[str, Change]] = {
    "no tree": ("7.1", without("/StructTreeRoot")),
    "an empty tree": ("7.1", without("/K", "/StructTreeRoot")),
    "no language": ("7.2", without("/Lang")),
    "no title": ("7.1", no_title),
    "no metadata": ("7.1", without("/Metadata")),
    "no name": ("5", no_name),
    "no title shown": ("7.1", without("/ViewerPreferences")),
    "not marked": ("7.1", without("/MarkInfo")),
    "suspects": ("7.1", suspects),
    "no alternative": ("7.3", no_alt),
    "a circle of roles": ("7.1", circle),
    "another meaning": ("7.1", other_meaning),
    "loose content": ("7.1", loose_text),
    "artifact in text": ("7.1", artifact_in_text),
    "unknown tag": ("7.1", renamed("P", "Words")),
    "skipped heading": ("7.4.2", renamed("H2", "P")),
    "unnumbered heading": ("7.4.4", renamed("H3", "H")),
    "item in no list": ("7.2", renamed("L", "Div")),
    "cell in no row": ("7.2", renamed("TR", "Div")),
    "no scope": ("7.5", no_scope),
    "wide cell": ("7.2", wide_cell),
    "tall cell": ("7.2", tall_cell),
    "no order": ("7.18.3", no_order),
    "link in a paragraph": ("7.18.5", renamed("Link", "Span")),
    "link without words": ("7.18.5", no_words),
    "layers without a name": ("7.10", layers),
    "note without an ID": ("7.9", note),
    "no Unicode": ("7.21.7", no_unicode),
    "no character": ("7.21.7", no_character),
    "not embedded": ("7.21.4.1", not_embedded),
    "no such language": ("7.2", no_such_language),
    "file without a name": ("7.11", embedded),
}


def test_what_is_whole_breaks_nothing(whole: bytes) -> None:
    assert clauses(whole) == set()


@pytest.mark.parametrize("name", BREAKING)
def test_a_breach_is_named_by_its_clause(whole: bytes, name: str) -> None:
    clause, change = BREAKING[name]
    assert clause in clauses(broken(whole, change))


def test_a_screen_file_is_held_to_it_whatever_it_says(whole: bytes) -> None:
    found = [f for f in preflight(broken(whole, without("/Metadata"))) if f.rule == "A1"]
    assert found and all(f.severity == "error" for f in found)


def test_a_language_in_the_tags_alone_is_not_enough_for_a_screen_file(whole: bytes) -> None:
    def moved(pdf: Pdf) -> None:
        for document in tags(pdf, "Document"):
            document.Lang = pdf.Root.Lang
        del pdf.Root["/Lang"]
        if "/Outlines" in pdf.Root:
            del pdf.Root["/Outlines"]

    assert any(f.rule == "A1" for f in preflight(broken(whole, moved)))


def test_other_files_are_held_to_it_only_where_they_claim_it(whole: bytes) -> None:
    with Pdf.new() as pdf:
        pdf.add_blank_page()
        out = io.BytesIO()
        pdf.save(out)
    assert not [f for f in preflight(out.getvalue()) if f.rule == "A1"]
