"""Tags for a screen reader: what a typeset file gets wrong is put right, after typesetting.

WeasyPrint 70 tags the text soundly, but leaves running feet outside the tree, gives table headers
ids that no index lists, writes the boxes of figures in its own units, and hangs paragraphs and
inner lists beside the body of their list item (ISO 14289-1, 7.1, 7.3, 7.5, 7.6, 7.8). Elements that
say nothing are folded away, and the pages are painted in the order of their tags.
"""

from __future__ import annotations

from pikepdf import (
    Array,
    Dictionary,
    Name,
    Object,
    Pdf,
    String,
)

from foldwell.press.folded_tags import fold
from foldwell.press.joined_tags import join
from foldwell.press.paint_order import paint_as_read
from foldwell.press.tag_tree import Key, Mark, Reference, Tag, read_tags

PT_PER_PX = 0.75


def mend_tags(pdf: Pdf) -> None:
    """Put the tags of a typeset file right, in place."""
    if "/StructTreeRoot" not in pdf.Root:
        return
    tree = read_tags(pdf)
    fold(tree)
    tags = [*tree.root.below()]
    _list_bodies(tags)
    _inner_lists(tags, {page: number for number, page in enumerate(tree.pages)})
    join(tree)
    feet = tree.lost()
    order = tree.order()
    tree.write()
    tags = [*tree.root.below()]
    _index_ids(pdf, tags)
    for tag in tags:
        if tag.kind == "/Figure":
            _figure_box(tag.item)
        elif tag.kind in ("/THead", "/TBody"):
            _header_scopes(tag)
    paint_as_read(pdf, order, feet)


def _list_bodies(tags: list[Tag]) -> None:
    """Put what stands straight in a list item into the item's body.

    A list item may hold nothing but a label and a body (ISO 14289-1, 7.6).
    """
    for item in (tag for tag in tags if tag.kind == "/LI"):
        kids: list[Tag | Mark | Reference] = []
        body: Tag | None = None
        for kid in item.kids:
            if not isinstance(kid, Tag) or kid.kind in ("/Lbl", "/LBody"):
                kids.append(kid)
                body = kid if isinstance(kid, Tag) and kid.kind == "/LBody" else body
                continue
            if body is None:
                body = Tag("/LBody", page=item.page, parent=item)
                kids.append(body)
            body.kids.append(kid)
            kid.parent = body
        item.kids, item.is_list = kids, True


def _inner_lists(tags: list[Tag], pages: dict[Key, int]) -> None:
    """Put a list inside an item back to its place there.

    WeasyPrint hangs it behind the item, so that what follows it in the item would be read first.
    Marked content is numbered in the order of the text, which tells the place.
    """
    for outer in (tag for tag in tags if tag.kind == "/L"):
        body: Tag | None = None
        kept: list[Tag | Mark | Reference] = []
        for kid in outer.kids:
            if body is not None and isinstance(kid, Tag) and kid.kind == "/L":
                _put_inside(body, kid, pages)
                continue
            kept.append(kid)
            bodies = [one for one in kid.tags if one.kind == "/LBody"] if isinstance(
                kid, Tag
            ) and kid.kind == "/LI" else []  # fmt: skip
            body = bodies[-1] if bodies else None
        outer.kids, outer.is_list = kept, True


def _put_inside(body: Tag, inner: Tag, pages: dict[Key, int]) -> None:
    start = _begins(inner, body.page, pages)
    places = (n for n, kid in enumerate(body.kids) if _begins(kid, body.page, pages) > start)
    body.kids.insert(next(places, len(body.kids)), inner)
    inner.parent = body


def _begins(
    kid: Tag | Mark | Reference, page: Key | None, pages: dict[Key, int]
) -> tuple[int, int]:
    """The page and number of the words that an element begins with; markers do not count."""
    if isinstance(kid, Mark):
        page = kid.page or page
        return (pages.get(page, 0) if page is not None else 0, kid.number)
    found: list[tuple[int, int]] = []
    if isinstance(kid, Tag):
        page = kid.page or page
        inner = (one for one in kid.kids if not isinstance(one, Tag) or one.kind != "/Lbl")
        found = [_begins(one, page, pages) for one in inner]
    return min(found, default=(len(pages), 0))


def _index_ids(pdf: Pdf, tags: list[Tag]) -> None:
    """List the ids of header cells, which data cells name (ISO 32000-1, 14.7.2)."""
    ids = {bytes(tag.item.ID): tag.item for tag in tags if "/ID" in tag.said}
    if ids:
        names = [part for name in sorted(ids) for part in (String(name.decode()), ids[name])]
        pdf.Root.StructTreeRoot.IDTree = pdf.make_indirect(Dictionary(Names=Array(names)))


def _figure_box(figure: Object) -> None:
    """Turn a box of pixels from the top into one of points from the bottom."""
    attributes = figure.get("/A")
    if not isinstance(attributes, Dictionary) or "/BBox" not in attributes:
        return
    left, top, right, bottom = (float(value) * PT_PER_PX for value in attributes.BBox)
    height = float(figure.Pg.MediaBox[3])
    attributes.BBox = Array([left, height - bottom, right, height - top])


def _header_scopes(group: Tag) -> None:
    """Say whether a header cell heads its column or its row."""
    for row in group.tags:
        for cell in row.tags:
            if cell.kind == "/TH" and isinstance(cell.item.get("/A"), Dictionary):
                cell.item.A.Scope = Name.Column if group.kind == "/THead" else Name.Row
