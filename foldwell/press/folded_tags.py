"""The tag tree made plain: elements that say nothing are folded into what holds them.

WeasyPrint 70 gives every line of text a ``Span`` and every box that it makes itself a
``NonStruct``; a reader of tags meets each of them. What they hold moves to the paragraph, and so
does the entry in the parent tree that leads from the page back to the tag (ISO 32000-1, 14.7.4.4).
"""

from __future__ import annotations

from foldwell.press.tag_tree import Key, Mark, Reference, Tag, TagTree

FOLDED = ("/Span", "/NonStruct")
_SAYS = frozenset(["/Alt", "/ActualText", "/E", "/Lang", "/T", "/ID"])
"""What an element may say beside what it holds."""


def fold(tree: TagTree) -> None:
    """Fold what says nothing into what holds it, all over a tree."""
    _fold(tree, tree.root, None)


def _fold(tree: TagTree, tag: Tag, page: Key | None) -> None:
    """Fold the kids of an element, the innermost first."""
    page = tag.page or page
    kids: list[Tag | Mark | Reference] = []
    for kid in tag.kids:
        if not isinstance(kid, Tag):
            kids.append(kid)
            continue
        _fold(tree, kid, page)
        if kid.kind in FOLDED and tag.kind and not _says_more(kid, tag):
            kids += _moved(tree, kid, tag, page)
            if tree.named and kid.item.objgen in tree.named:
                tree.folded.append(kid)
        else:
            kids.append(kid)
    if tag.kind == "/Link":
        inner = [kid for kid in kids if isinstance(kid, Tag) and kid.kind in FOLDED]
        kids = [link for kid in inner for link in _links_of(tree, kid, page)] + kids
    if tag.kind and tag.kind not in FOLDED and any(isinstance(kid, Tag) for kid in kids):
        kids = _in_runs(tree, kids, tag)
    tag.kids = kids


def _in_runs(
    tree: TagTree, kids: list[Tag | Mark | Reference], tag: Tag
) -> list[Tag | Mark | Reference]:
    """Text between elements as one ``Span`` a run, so that it has a place among them."""
    out: list[Tag | Mark | Reference] = []
    run: Tag | None = None
    for kid in kids:
        if not isinstance(kid, Mark):
            out.append(kid)
            run = None
            continue
        if run is None:
            run = Tag("/Span", page=tag.page, parent=tag)
            out.append(run)
        run.kids.append(kid)
        tree.own(run, kid, run.page if kid.is_plain else kid.page)
    return out


def _moved(tree: TagTree, kid: Tag, tag: Tag, page: Key | None) -> list[Tag | Mark | Reference]:
    """What a kid holds, made to belong to the element."""
    own = kid.page or page
    moved: list[Tag | Mark | Reference] = []
    for held in kid.kids:
        if isinstance(held, Tag):
            held.parent = tag
        elif isinstance(held, Reference):
            held.stand_on(tree.pages.get(own) if own else None)  # it is found where it stood
        elif held.is_plain:
            if own is None:
                continue
            tag.page = tag.page or own
            tree.own(tag, held, own)
            held = held if tag.page == own else Mark(held.number, own)
        else:
            if held.page is None and own is not None:
                held.page, held.item.Pg = own, tree.pages[own]
            tree.own(tag, held, held.page)
        moved.append(held)
    return moved


def _says_more(kid: Tag, tag: Tag) -> bool:
    """Whether an element says anything that what holds it does not say."""
    says = _SAYS & kid.said.keys()
    return bool(says) and (says != {"/Lang"} or kid.said["/Lang"] != tag.said.get("/Lang"))


def _links_of(tree: TagTree, kid: Tag, page: Key | None) -> list[Reference]:
    """The annotations of words that have a language of their own in a link: they are the link's."""
    links = [one for one in kid.kids if isinstance(one, Reference)]
    if not links or (own := kid.page or page) is None:
        return []
    for one in links:
        one.stand_on(tree.pages[own])
    kid.kids = [one for one in kid.kids if not isinstance(one, Reference)]
    kid.is_list = True
    return links
