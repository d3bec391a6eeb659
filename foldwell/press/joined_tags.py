"""Tags of what a column or page cuts in two: joined, so that it is read as the one that it is.

A paragraph that goes on in the next column is one ``P``, and a list over two panels one ``L``
(ISO 14289-1, 7.1: content is tagged as what it means). Only pieces that nothing stands between are
joined, so that the order of reading stays.
"""

from __future__ import annotations

from foldwell.press.tag_tree import Mark, Reference, Tag, TagTree

JOINED = ("/Div", "/Sect", "/P", "/L", "/LI", "/LBody", "/BlockQuote")
Held = dict[tuple[str, str], Tag]
"""Elements by the piece that they are and their kind; an item and its body are one piece."""


def join(tree: TagTree) -> None:
    """Join the pieces all over a tree, and take their marks away."""
    marked = [tag for tag in tree.root.below() if "/Piece" in tag.said or "/GoesOn" in tag.said]
    if any("/GoesOn" in tag.said for tag in marked):
        joining = _Joining(tree)
        tree.root.kids = joining.read(tree.root, tree.root.kids, {})
    for tag in marked:
        for key in ("/Piece", "/GoesOn"):
            if key in tag.said:
                del tag.item[key]


class _Joining:
    def __init__(self, tree: TagTree) -> None:
        self._tree = tree
        self._own: dict[Tag, Held] = {}
        self._open: Held = {}
        """What holds the words that were read last."""

    def read(
        self, tag: Tag, held: list[Tag | Mark | Reference], above: Held
    ) -> list[Tag | Mark | Reference]:
        """What of some kids of an element stays there; the others have gone on in another.

        Args:
            tag: What holds them.
            held: The kids.
            above: The element itself and what holds it.
        """
        kept: list[Tag | Mark | Reference] = []
        for kid in held:
            if not isinstance(kid, Tag):
                kept.append(kid)
                self._open = above
                continue
            begun = self._begun(tag, kid)
            if begun is not None:
                begun.kids = [
                    *begun.kids, *self.read(begun, self._moved(kid, begun), self._own[begun])
                ]  # fmt: skip
                continue
            own = {**above, (kid.said["/Piece"], kid.kind): kid} if "/Piece" in kid.said else above
            self._own[kid] = own
            inside = self.read(kid, kid.kids, own)
            if inside or kid.kind not in ("/Div", "/Sect"):
                kid.kids, kid.parent, kid.is_list = inside, tag, True
                kept.append(kid)
        return kept

    def _begun(self, tag: Tag, kid: Tag) -> Tag | None:
        """What a kid goes on with, if that is what was read last."""
        if kid.kind not in JOINED:
            return None
        if kid.kind == "/LBody" and tag.kind:  # an item has one body, marked or not
            bodies = [own for own in tag.tags if own.kind == "/LBody"]
            if bodies and bodies[-1] is not kid and bodies[-1] in self._own:
                return bodies[-1]
        return self._open.get((kid.said.get("/GoesOn", ""), kid.kind))

    def _moved(self, kid: Tag, tag: Tag) -> list[Tag | Mark | Reference]:
        """What a kid holds, made to belong to an element that may lie on another page."""
        page = kid.page
        moved: list[Tag | Mark | Reference] = []
        for held in kid.kids:
            if isinstance(held, Tag):
                held.parent = tag
            elif isinstance(held, Reference):
                held.stand_on(self._tree.pages.get(page) if page else None)
            elif page is not None:
                own = held.page or page
                self._tree.own(tag, held, own)
                if held.is_plain and (tag.page or own) != own:
                    held = Mark(held.number, own)
                elif not held.is_plain and held.page is None:
                    held.page, held.item.Pg = own, self._tree.pages[own]
            moved.append(held)
        return moved
