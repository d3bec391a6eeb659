"""Tags of what a column or page cuts in two: joined, so that it is read as the one that it is.

A paragraph that goes on in the next column is one ``P``, and a list over two panels one ``L``
(ISO 14289-1, 7.1: content is tagged as what it means). Only pieces that nothing stands between are
joined, so that the order of reading stays.
"""

from __future__ import annotations

from pikepdf import Array, Dictionary, Name, Object, Pdf

from foldwell.pdf.structure import elements_of, kids
from foldwell.press.tag_tree import is_element, parents_of

JOINED = (Name.Div, Name.Sect, Name.P, Name.L, Name.LI, Name.LBody, Name.BlockQuote)
Held = dict[tuple[str, str], Object]
"""Elements by the piece that they are and their kind; an item and its body are one piece."""


def join(pdf: Pdf) -> None:
    """Join the pieces all over a tagged file, in place, and take their marks away."""
    root = pdf.Root.StructTreeRoot
    marked = [e for e in elements_of(root) if "/Piece" in e or "/GoesOn" in e]
    if any("/GoesOn" in element for element in marked):
        joining = _Joining(pdf)
        root.K = Array(joining.read(root, kids(root), {}))
    for element in marked:
        for key in ("/Piece", "/GoesOn"):
            if key in element:
                del element[key]


class _Joining:
    def __init__(self, pdf: Pdf) -> None:
        self._parents = parents_of(pdf)
        self._own: dict[tuple[int, int], Held] = {}
        self._open: Held = {}
        """What holds the words that were read last."""

    def read(self, element: Object, held: list[Object], above: Held) -> list[Object]:
        """What of some kids of an element stays there; the others have gone on in another.

        Args:
            element: What holds them.
            held: The kids.
            above: The element itself and what holds it.
        """
        kept: list[Object] = []
        for kid in held:
            if not is_element(kid):
                kept.append(kid)
                self._open = above
                continue
            begun = self._begun(element, kid)
            if begun is not None:
                own = self._own[begun.objgen]
                more = self.read(begun, self._moved(kid, begun), own)
                begun.K = Array([*kids(begun), *more])
                continue
            own = {**above, (str(kid.Piece), str(kid.S)): kid} if "/Piece" in kid else above
            self._own[kid.objgen] = own
            inside = self.read(kid, kids(kid), own)
            if inside or kid.S not in (Name.Div, Name.Sect):
                kid.K = Array(inside)
                kid.P = element
                kept.append(kid)
        return kept

    def _begun(self, element: Object, kid: Object) -> Object | None:
        """What a kid goes on with, if that is what was read last."""
        if kid.S not in JOINED:
            return None
        if Name.LBody == kid.S and is_element(element):  # an item has one body, marked or not
            bodies = [own for own in kids(element) if is_element(own) and Name.LBody == own.S]
            if bodies and bodies[-1].objgen != kid.objgen and bodies[-1].objgen in self._own:
                return bodies[-1]
        return self._open.get((str(kid.get("/GoesOn", "")), str(kid.S)))

    def _moved(self, kid: Object, element: Object) -> list[Object]:
        """What a kid holds, made to belong to an element that may lie on another page."""
        page = kid.get("/Pg")
        moved: list[Object] = []
        for held in kids(kid):
            if is_element(held):
                held.P = element
            elif page is not None:
                number = int(held if isinstance(held, int) else held.get("/MCID", -1))
                own = page if isinstance(held, int) else held.get("/Pg", page)
                row = self._parents.get(own.objgen)
                if row is not None and number >= 0:
                    row[number] = element
                if isinstance(held, int) and element.get("/Pg", own).objgen != own.objgen:
                    held = Dictionary(Type=Name.MCR, Pg=own, MCID=held)
                elif not isinstance(held, int) and "/Pg" not in held:
                    held.Pg = own
            moved.append(held)
        return moved
