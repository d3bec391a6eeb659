"""The tag tree made plain: elements that say nothing are folded into what holds them.

WeasyPrint 70 gives every line of text a ``Span`` and every box that it makes itself a
``NonStruct``; a reader of tags meets each of them. What they hold moves to the paragraph, and so
does the entry in the parent tree that leads from the page back to the tag (ISO 32000-1, 14.7.4.4).
"""

from __future__ import annotations

from pikepdf import Array, Dictionary, Name, Object, Pdf

from foldwell.pdf.structure import kids as kids_of

FOLDED = (Name.Span, Name.NonStruct)
_SAYS = ("/Alt", "/ActualText", "/E", "/Lang", "/T", "/ID")
"""What an element may say beside what it holds."""


def is_element(kid: Object) -> bool:
    """Whether a kid is a structure element."""
    return isinstance(kid, Dictionary) and "/S" in kid


def parents_of(pdf: Pdf) -> dict[tuple[int, int], Object]:
    """For each page its row of the parent tree: the element of each piece of marked content."""
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    rows = {int(numbers[i]): numbers[i + 1] for i in range(0, len(numbers), 2)}
    found: dict[tuple[int, int], Object] = {}
    for page in pdf.pages:
        row = rows.get(int(page.obj.get("/StructParents", -1)))
        if isinstance(row, Array):
            found[page.obj.objgen] = row
    return found


def fold(pdf: Pdf) -> None:
    """Fold what says nothing into what holds it, all over a tagged file, in place."""
    _Folding(pdf).fold(pdf.Root.StructTreeRoot, None)


class _Folding:
    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._parents = parents_of(pdf)

    def fold(self, element: Object, page: Object | None) -> None:
        """Fold the kids of an element, the innermost first."""
        page = element.get("/Pg", page)
        kids: list[Object] = []
        for kid in kids_of(element):
            if not is_element(kid):
                kids.append(kid)
                continue
            self.fold(kid, page)
            if kid.S in FOLDED and "/S" in element and not _says_more(kid, element):
                kids += self._moved(kid, element, page)
            else:
                kids.append(kid)
        if element.get("/S") == Name.Link:
            inner = [kid for kid in kids if is_element(kid) and kid.S in FOLDED]
            kids = [link for kid in inner for link in _links_of(kid, page)] + kids
        if "/S" in element and element.S not in FOLDED and any(map(is_element, kids)):
            kids = self._in_runs(kids, element)
        if kids:
            element.K = Array(kids)
        elif "/K" in element:
            del element["/K"]

    def _in_runs(self, kids: list[Object], element: Object) -> list[Object]:
        """Text between elements as one ``Span`` a run, so that it has a place among them."""
        out: list[Object] = []
        run: Object | None = None
        for kid in kids:
            if is_element(kid) or (not isinstance(kid, int) and kid.get("/Type") != Name.MCR):
                out.append(kid)
                run = None
                continue
            if run is None:
                run = self._pdf.make_indirect(
                    Dictionary(Type=Name.StructElem, S=Name.Span, P=element, K=Array())
                )
                if "/Pg" in element:
                    run.Pg = element.Pg
                out.append(run)
            run.K.append(kid)
            page = kid.Pg if not isinstance(kid, int) else run.get("/Pg")
            row = self._parents.get(page.objgen) if page is not None else None
            if row is not None:
                row[int(kid if isinstance(kid, int) else kid.MCID)] = run
        return out

    def _moved(self, kid: Object, element: Object, page: Object | None) -> list[Object]:
        """What a kid holds, made to belong to the element."""
        own = kid.get("/Pg", page)
        moved: list[Object] = []
        for held in kids_of(kid):
            if isinstance(held, int):
                if own is None:
                    continue
                if "/Pg" not in element:
                    element.Pg = own
                row = self._parents.get(own.objgen)
                if row is not None:
                    row[int(held)] = element
                same = element.Pg.objgen == own.objgen
                moved.append(held if same else Dictionary(Type=Name.MCR, Pg=own, MCID=int(held)))
                continue
            if is_element(held):
                held.P = element
            elif held.get("/Type") == Name.MCR:
                if "/Pg" not in held and own is not None:
                    held.Pg = own
                row = self._parents.get(held.Pg.objgen)
                if row is not None:
                    row[int(held.MCID)] = element
            elif own is not None and "/Pg" not in held:
                held.Pg = own  # an annotation is found on the page of what held it
            moved.append(held)
        return moved


def _says_more(kid: Object, element: Object) -> bool:
    """Whether an element says anything that what holds it does not say."""
    same = "/Lang" in kid and kid.Lang == element.get("/Lang")
    return any(key in kid and not (key == "/Lang" and same) for key in _SAYS)


def _links_of(kid: Object, page: Object | None) -> list[Object]:
    """The annotations of words that have a language of their own in a link: they are the link's."""
    held = kids_of(kid)
    links = [one for one in held if not isinstance(one, int) and one.get("/Type") == Name.OBJR]
    if links and (own := kid.get("/Pg", page)) is not None:
        for one in links:
            one.Pg = one.get("/Pg", own)
        kid.K = Array(
            [one for one in held if isinstance(one, int) or one.get("/Type") != Name.OBJR]
        )
    return links


def reading_order(pdf: Pdf) -> dict[tuple[int, int], list[int]]:
    """For each page its pieces of marked content in the order of the tags."""
    order: dict[tuple[int, int], list[int]] = {}

    def walk(element: Object, page: Object | None) -> None:
        page = element.get("/Pg", page)
        for kid in kids_of(element):
            if isinstance(kid, int):
                if page is not None:
                    order.setdefault(page.objgen, []).append(int(kid))
            elif is_element(kid):
                walk(kid, page)
            elif kid.get("/Type") == Name.MCR:
                own = kid.get("/Pg", page)
                if own is not None:
                    order.setdefault(own.objgen, []).append(int(kid.MCID))

    walk(pdf.Root.StructTreeRoot, None)
    return order
