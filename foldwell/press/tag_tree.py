"""The tag tree of a typeset file as plain values: read once, mended, and written back.

An element is asked for its kids, kind and page many times while the tree is mended, and each
question to the file costs more than the answer (ISO 32000-1, 14.7).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Pdf

Key = tuple[int, int]


@dataclass(eq=False, slots=True)
class Mark:
    """A piece of marked content.

    Attributes:
        number: Its number on its page.
        page: The page that it names itself; None where it is that of its element.
        item: As the file has it, where it is more than a number.
    """

    number: int
    page: Key | None = None
    item: Any = None

    @property
    def is_plain(self) -> bool:
        """Whether it is a number and nothing else."""
        return self.page is None and self.item is None


@dataclass(eq=False, slots=True)
class Reference:
    """What an element refers to, such as an annotation; as the file has it."""

    item: Any

    def stand_on(self, page: Any) -> None:
        """Let it name its page, unless it does."""
        if page is not None and "/Pg" not in self.item:
            self.item.Pg = page


@dataclass(eq=False, slots=True)
class Tag:
    """An element, or the root.

    Attributes:
        kind: Its type, such as ``/P``; empty for the root.
        item: As the file has it; None for one that is new.
        page: The page that it names.
        kids: What it holds.
        said: Its entries as JSON has them.
        parent: What it was moved into; None where it stands where it stood.
        is_list: Whether it is written with a list of its kids though it has none.
    """

    kind: str
    item: Any = None
    page: Key | None = None
    kids: list[Tag | Mark | Reference] = field(default_factory=list)
    said: dict[str, Any] = field(default_factory=dict)
    parent: Tag | None = None
    is_list: bool = False

    @property
    def tags(self) -> list[Tag]:
        """The elements that it holds."""
        return [kid for kid in self.kids if isinstance(kid, Tag)]

    def below(self) -> Iterator[Tag]:
        """Every element below it, in reading order."""
        pending = self.tags[::-1]
        while pending:
            tag = pending.pop()
            yield tag
            pending += tag.tags[::-1]


@dataclass(eq=False)
class TagTree:
    """A tree, with the way from each piece of marked content back to its element.

    Attributes:
        pdf: The file.
        root: The root.
        pages: The pages of the file.
        rows: For each page its row of the parent tree.
        owners: The elements that pieces were moved into, by page and number.
        named: The elements to which annotations lead back.
        folded: Those of them that were folded away: annotations still find their way by them.
    """

    pdf: Pdf
    root: Tag
    pages: dict[Key, Object]
    rows: dict[Key, Object]
    named: frozenset[Key]
    owners: dict[tuple[Key, int], Tag] = field(default_factory=dict)
    folded: list[Tag] = field(default_factory=list)

    def own(self, tag: Tag, mark: Mark, page: Key | None) -> None:
        """Let a piece of a page lead back to an element."""
        if page in self.rows:
            self.owners[page, mark.number] = tag

    def order(self) -> dict[Key, list[int]]:
        """For each page its pieces of marked content in the order of the tags."""
        order: dict[Key, list[int]] = {}

        def walk(tag: Tag, page: Key | None) -> None:
            page = tag.page or page
            for kid in tag.kids:
                if isinstance(kid, Tag):
                    walk(kid, page)
                elif isinstance(kid, Mark) and (own := kid.page or page) is not None:
                    order.setdefault(own, []).append(kid.number)

        walk(self.root, None)
        return order

    def lost(self) -> dict[Key, set[int]]:
        """For each page the pieces whose elements hang outside the tree; they lead nowhere then."""
        known = {
            f"{n} {g} R" for n, g in (tag.item.objgen for tag in self.root.below() if tag.item)
        }
        feet: dict[Key, set[int]] = {}
        for page, row in self.rows.items():
            for number, holder in enumerate(json.loads(row.to_json(dereference=True))):
                if holder is not None and holder not in known and (page, number) not in self.owners:
                    row[number] = None
                    feet.setdefault(page, set()).add(number)
        return feet

    def write(self) -> None:
        """Put the tree into the file."""
        tags = [self.root, *self.root.below(), *self.folded]
        for tag in tags:
            if tag.item is None:
                tag.item = self.pdf.make_indirect(
                    Dictionary(Type=Name.StructElem, S=Name(tag.kind), K=Array())
                )
        for tag in tags:
            item = tag.item
            if tag.kids or tag.is_list:
                item.K = Array([self._written(kid) for kid in tag.kids])
            elif "/K" in tag.said:
                del item["/K"]
            if tag.parent is not None:
                item.P = tag.parent.item
            if tag.page is not None and "/Pg" not in tag.said:
                item.Pg = self.pages[tag.page]
        for (page, number), tag in self.owners.items():
            self.rows[page][number] = tag.item

    def _written(self, kid: Tag | Mark | Reference) -> Any:
        if isinstance(kid, Mark) and kid.item is None:
            if kid.page is None:
                return kid.number
            return Dictionary(Type=Name.MCR, Pg=self.pages[kid.page], MCID=kid.number)
        return kid.item


def read_tags(pdf: Pdf) -> TagTree:
    """The tag tree of a file that has one."""
    pages: dict[Key, Object] = {page.obj.objgen: page.obj for page in pdf.pages}
    numbers = [*pdf.Root.StructTreeRoot.ParentTree.Nums]
    named = frozenset(one.objgen for one in numbers[1::2] if isinstance(one, Dictionary))
    return TagTree(pdf, _Reader(pdf).read(), pages, parents_of(pdf), named)


def parents_of(pdf: Pdf) -> dict[Key, Object]:
    """For each page its row of the parent tree: the element of each piece of marked content."""
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    rows = {int(numbers[i]): numbers[i + 1] for i in range(0, len(numbers), 2)}
    found: dict[Key, Object] = {}
    for page in pdf.pages:
        row = rows.get(int(page.obj.get("/StructParents", -1)))
        if isinstance(row, Array):
            found[page.obj.objgen] = row
    return found


class _Reader:
    """Reads all dictionaries of a file at once, and makes elements of those that are some."""

    def __init__(self, pdf: Pdf) -> None:
        self._root = pdf.Root.StructTreeRoot
        items = [item for item in pdf.objects if isinstance(item, Dictionary)]
        texts = [item.to_json(dereference=True) for item in items]
        keys = [item.objgen for item in items]
        self._keys = {
            f"{number} {generation} R": (number, generation) for number, generation in keys
        }
        self._items = dict(zip(self._keys, items, strict=True))
        self._said = dict(zip(self._keys, json.loads(b"[%b]" % b",".join(texts)), strict=True))

    def read(self) -> Tag:
        """The root."""
        said = json.loads(self._root.to_json(dereference=True))
        return self._tag(self._root, said)

    def _tag(self, item: Any, said: dict[str, Any]) -> Tag:
        tag = Tag(said.get("/S", ""), item, self._keys.get(said.get("/Pg", "")), said=said)
        held = said.get("/K", [])
        alone = not isinstance(held, list)
        for index, kid in enumerate([held] if alone else held):
            if isinstance(kid, int):
                tag.kids.append(Mark(kid))
            elif isinstance(kid, str):
                tag.kids.append(self._kid(self._items[kid], self._said[kid]))
            else:
                tag.kids.append(self._kid(item.K if alone else item.K[index], kid))
        return tag

    def _kid(self, item: Any, said: dict[str, Any]) -> Tag | Mark | Reference:
        if "/S" in said:
            return self._tag(item, said)
        if said.get("/Type") == "/MCR":
            return Mark(said["/MCID"], self._keys.get(said.get("/Pg", "")), item)
        return Reference(item)
