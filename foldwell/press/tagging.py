"""Tags for a screen reader: what a typeset file gets wrong is put right, after typesetting.

WeasyPrint 70 tags the text soundly, but leaves running feet outside the tree, gives table headers
ids that no index lists, writes the boxes of figures in its own units, and hangs paragraphs and
inner lists beside the body of their list item (ISO 14289-1, 7.1, 7.3, 7.5, 7.6, 7.8). Elements that
say nothing are folded away, and the pages are painted in the order of their tags.
"""

from __future__ import annotations

from functools import partial

from pikepdf import (
    Array,
    ContentStreamInstruction,
    Dictionary,
    Name,
    Object,
    Operator,
    Pdf,
    String,
)

from foldwell.pdf.content_stream import Instruction
from foldwell.pdf.structure import elements_of, kids, marked_id
from foldwell.press.joined_tags import join
from foldwell.press.paint_order import paint_as_read
from foldwell.press.tag_tree import fold

PT_PER_PX = 0.75


def mend_tags(pdf: Pdf) -> None:
    """Put the tags of a typeset file right, in place."""
    if "/StructTreeRoot" not in pdf.Root:
        return
    fold(pdf)
    _list_bodies(pdf)
    _inner_lists(pdf)
    join(pdf)
    root = pdf.Root.StructTreeRoot
    elements = list(elements_of(root))
    feet = _lost_feet(pdf, root, {element.objgen for element in elements})
    _index_ids(pdf, root, elements)
    for element in elements:
        if Name.Figure == element.S:
            _figure_box(element)
        elif element.S in (Name.THead, Name.TBody):
            _header_scopes(element)
    paint_as_read(pdf, {page: partial(_unmarked, lost) for page, lost in feet.items()})


def _list_bodies(pdf: Pdf) -> None:
    """Put what stands straight in a list item into the item's body.

    A list item may hold nothing but a label and a body (ISO 14289-1, 7.6).
    """
    for item in pdf.objects:
        if not isinstance(item, Dictionary) or item.get("/S") != Name.LI:
            continue
        children: list[Object] = []
        body: Object | None = None
        for child in kids(item):
            kind = child.get("/S") if isinstance(child, Dictionary) else None
            if kind is None or kind in (Name.Lbl, Name.LBody):
                children.append(child)
                body = child if kind == Name.LBody else body
                continue
            if body is None:
                body = pdf.make_indirect(
                    Dictionary(Type=Name.StructElem, S=Name.LBody, P=item, K=Array())
                )
                if "/Pg" in item:
                    body.Pg = item.Pg
                children.append(body)
            if not isinstance(body.get("/K"), Array):
                body.K = Array([body.K]) if "/K" in body else Array()
            body.K.append(child)
            child.P = body
        item.K = Array(children)


def _inner_lists(pdf: Pdf) -> None:
    """Put a list inside an item back to its place there.

    WeasyPrint hangs it behind the item, so that what follows it in the item would be read first.
    Marked content is numbered in the order of the text, which tells the place.
    """
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    for outer in pdf.objects:
        if not isinstance(outer, Dictionary) or outer.get("/S") != Name.L:
            continue
        body: Object | None = None
        kept: list[Object] = []
        for kid in kids(outer):
            if body is not None and kid.get("/S") == Name.L:
                _put_inside(body, kid, pages)
                continue
            kept.append(kid)
            found = [part for part in kids(kid) if part.get("/S") == Name.LBody]
            body = found[-1] if kid.get("/S") == Name.LI and found else None
        outer.K = Array(kept)


def _put_inside(body: Object, inner: Object, pages: dict[tuple[int, int], int]) -> None:
    held, page = kids(body), body.get("/Pg")
    start = _begins(inner, page, pages)
    place = next((n for n, kid in enumerate(held) if _begins(kid, page, pages) > start), len(held))
    body.K = Array([*held[:place], inner, *held[place:]])
    inner.P = body


def _begins(
    element: Object, page: Object | None, pages: dict[tuple[int, int], int]
) -> tuple[int, int]:
    """The page and number of the words that an element begins with; markers do not count."""
    if isinstance(element, int):
        return (pages.get(page.objgen, 0) if page is not None else 0, int(element))
    page = element.get("/Pg", page)
    if "/MCID" in element:
        return (pages.get(page.objgen, 0) if page is not None else 0, int(element.MCID))
    found = [
        _begins(kid, page, pages)
        for kid in kids(element)
        if isinstance(kid, int) or kid.get("/S") != Name.Lbl
    ]
    return min(found, default=(len(pages), 0))


def _lost_feet(
    pdf: Pdf, root: Object, known: set[tuple[int, int]]
) -> dict[tuple[int, int], set[int]]:
    """For each page the marks of running feet; their elements hang outside the tree, and go."""
    numbers = root.ParentTree.Nums
    parents = {int(numbers[i]): numbers[i + 1] for i in range(0, len(numbers), 2)}
    feet: dict[tuple[int, int], set[int]] = {}
    for page in pdf.pages:
        marked = parents.get(int(page.obj.get("/StructParents", -1)))
        if not isinstance(marked, Array):
            continue
        lost = {
            index
            for index, element in enumerate(marked)
            if element is not None and element.objgen not in known
        }
        for index in lost:
            marked[index] = None
        if lost:
            feet[page.obj.objgen] = lost
    return feet


def _unmarked(lost: set[int], instruction: Instruction) -> Instruction:
    """The opening of marked content, as that of a running foot where its id is lost."""
    if str(instruction.operator) != "BDC" or marked_id(instruction) not in lost:
        return instruction
    foot = Dictionary(Type=Name.Pagination, Subtype=Name.Footer, Attached=Array([Name.Bottom]))
    return ContentStreamInstruction([Name.Artifact, foot], Operator("BDC"))


def _index_ids(pdf: Pdf, root: Object, elements: list[Object]) -> None:
    """List the ids of header cells, which data cells name (ISO 32000-1, 14.7.2)."""
    ids = {bytes(element.ID): element for element in elements if "/ID" in element}
    if ids:
        names = [part for name in sorted(ids) for part in (String(name.decode()), ids[name])]
        root.IDTree = pdf.make_indirect(Dictionary(Names=Array(names)))


def _figure_box(figure: Object) -> None:
    """Turn a box of pixels from the top into one of points from the bottom."""
    attributes = figure.get("/A")
    if not isinstance(attributes, Dictionary) or "/BBox" not in attributes:
        return
    left, top, right, bottom = (float(value) * PT_PER_PX for value in attributes.BBox)
    height = float(figure.Pg.MediaBox[3])
    attributes.BBox = Array([left, height - bottom, right, height - top])


def _header_scopes(group: Object) -> None:
    """Say whether a header cell heads its column or its row."""
    for row in kids(group):
        for cell in kids(row):
            if cell.get("/S") == Name.TH and isinstance(cell.get("/A"), Dictionary):
                cell.A.Scope = Name.Column if Name.THead == group.S else Name.Row
