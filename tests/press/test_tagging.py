"""Tags that a typeset file gets wrong, put right."""

from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf, String, parse_content_stream

from foldwell.pdf.structure import kids
from foldwell.press.tagging import mend_tags


def tagged(*elements: Any, content: bytes = b"", lost: int = 0) -> Pdf:
    """A page whose document holds these elements, and as many marks that hang outside of it."""
    pdf = Pdf.new()
    page = pdf.add_blank_page(page_size=(300, 400))
    page.Contents = pdf.make_stream(content)
    page.obj.StructParents = 0
    kids = [pdf.make_indirect(element) for element in elements]
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    document = pdf.make_indirect(Dictionary(S=Name.Document, P=root, K=Array(kids)))
    root.K = document
    outside = [pdf.make_indirect(Dictionary(S=Name.P)) for _ in range(lost)]
    root.ParentTree = Dictionary(Nums=Array([0, Array([*kids, *outside])]))
    pdf.Root.StructTreeRoot = root
    return pdf


def below(pdf: Pdf) -> Any:
    """What the document holds; one kid may stand without an array round it."""
    (document,) = kids(pdf.Root.StructTreeRoot)
    return document.K


def test_a_file_without_tags_is_left_alone() -> None:
    pdf = Pdf.new()
    pdf.add_blank_page()
    mend_tags(pdf)
    assert "/StructTreeRoot" not in pdf.Root


def test_running_feet_become_artifacts() -> None:
    content = b"/P <</MCID 0>> BDC EMC /P <</MCID 1>> BDC EMC"
    pdf = tagged(Dictionary(S=Name.P, K=0), content=content, lost=1)
    mend_tags(pdf)
    openings = [
        [str(operand) for operand in item.operands][:1]
        for item in parse_content_stream(pdf.pages[0])
        if str(item.operator) == "BDC"
    ]
    assert openings == [["/P"], ["/Artifact"]]
    assert list(pdf.Root.StructTreeRoot.ParentTree.Nums[1])[1] is None


def test_a_page_whose_marks_all_hang_in_the_tree_keeps_its_bytes() -> None:
    pdf = tagged(Dictionary(S=Name.P, K=0), content=b"/P  <</MCID 0>>  BDC EMC")
    mend_tags(pdf)
    assert pdf.pages[0].Contents.read_bytes() == b"/P  <</MCID 0>>  BDC EMC"


def test_ids_of_header_cells_are_listed() -> None:
    pdf = tagged(Dictionary(S=Name.TH, ID=String("b")), Dictionary(S=Name.TH, ID=String("a")))
    mend_tags(pdf)
    names = pdf.Root.StructTreeRoot.IDTree.Names
    assert [str(name) for name in list(names)[::2]] == ["a", "b"]
    assert names[1].objgen == below(pdf)[1].objgen


def test_boxes_of_figures_are_points_from_below() -> None:
    figure = Dictionary(S=Name.Figure, A=Dictionary(BBox=Array([40, 80, 120, 160])))
    pdf = tagged(figure)
    below(pdf)[0].Pg = pdf.pages[0].obj
    mend_tags(pdf)
    assert [float(value) for value in below(pdf)[0].A.BBox] == [30, 280, 90, 340]


def test_header_cells_say_what_they_head() -> None:
    def row() -> Dictionary:
        return Dictionary(S=Name.TR, K=Array([Dictionary(S=Name.TH, A=Dictionary(O=Name.Table))]))

    pdf = tagged(Dictionary(S=Name.THead, K=row()), Dictionary(S=Name.TBody, K=row()))
    mend_tags(pdf)
    scopes = [str(kids(kids(group)[0])[0].A.Scope) for group in below(pdf)]
    assert scopes == ["/Column", "/Row"]


def test_what_stands_beside_the_body_of_an_item_goes_into_it() -> None:
    label, extra = Dictionary(S=Name.Lbl), Dictionary(S=Name.P)
    pdf = tagged()
    item = pdf.make_indirect(Dictionary(S=Name.LI, K=Array([label, extra])))
    below(pdf).append(item)
    mend_tags(pdf)
    assert [str(child.S) for child in item.K] == ["/Lbl", "/LBody"]
    assert [str(child.S) for child in item.K[1].K] == ["/P"]


def test_a_list_inside_an_item_is_read_at_its_place() -> None:
    def element(kind: Name, *held: Any) -> Any:
        return pdf.make_indirect(Dictionary(S=kind, K=Array(held), Pg=pdf.pages[0].obj))

    pdf = Pdf.new()
    page = pdf.add_blank_page()
    page.obj.StructParents = 0
    # The marker of the inner item is painted last, as WeasyPrint paints it.
    inner = element(Name.L, element(Name.LI, element(Name.Lbl, 4), element(Name.LBody, 1)))
    first, second = element(Name.P, 0), element(Name.P, 2)
    outer = element(Name.L, element(Name.LI, element(Name.Lbl, 3), first, second), inner)
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=outer))
    root.ParentTree = Dictionary(Nums=Array([]))
    pdf.Root.StructTreeRoot = root
    mend_tags(pdf)
    (item,) = kids(kids(root)[0])
    label, body = kids(item)
    assert (Name.Lbl, Name.LBody) == (label.S, body.S)
    assert [str(kid.S) for kid in kids(body)] == ["/P", "/L", "/P"]
