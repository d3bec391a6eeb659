"""The tag tree of a PDF as a reader of tags meets it: standard types, parents, languages.

Nothing is judged here. Types are followed through the role map (ISO 32000-1, 14.7.3); an element
that holds itself is met once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pikepdf import Array, Dictionary, Pdf, Stream, String

from foldwell.pdf.structure import kids

Key = tuple[int, int]
STANDARD = frozenset(
    "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4"
    " H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code"
    " Link Annot Ruby RB RT RP Warichu WT WP Figure Formula Form".split()
)
"""The standard structure types (ISO 32000-1, 14.8.4)."""
MOST_ELEMENTS = 200_000


@dataclass(eq=False)
class Tag:
    """One structure element.

    Attributes:
        item: As the file has it.
        kind: Its standard type, found through the role map; its own where there is none.
        parent: What holds it; None for what hangs below the root.
        page: The object of the page that it names, itself or what holds it.
        kids: The elements in it.
        marks: The marked content in it: page or form, and id.
        objects: The objects that it refers to, such as annotations.
    """

    item: Any
    kind: str
    parent: Tag | None
    page: Key
    kids: list[Tag] = field(default_factory=list)
    marks: list[tuple[Key, int]] = field(default_factory=list)
    objects: list[Key] = field(default_factory=list)

    def text(self, key: str) -> str | None:
        """What it says under a key, such as ``/Alt``; None where it says nothing."""
        value = self.item.get(key)
        return None if value is None or not isinstance(value, String) else str(value)

    @property
    def language(self) -> str:
        """Its language, or that of what holds it; empty without one."""
        tag: Tag | None = self
        while tag is not None:
            if said := tag.text("/Lang"):
                return said
            tag = tag.parent
        return ""

    def attribute(self, key: str) -> Any:
        """The value of an attribute in any of its attribute objects."""
        held = self.item.get("/A")
        for one in held if isinstance(held, Array) else [held]:
            if isinstance(one, Dictionary | Stream) and key in one:
                return one.get(key)
        return None


@dataclass(frozen=True)
class Tree:
    """All of a tag tree.

    Attributes:
        roles: The role map, as names without their stroke.
        tags: Every element, in reading order.
        marked: The element of each piece of marked content.
        holding: The element that refers to each object.
    """

    roles: dict[str, str]
    tags: list[Tag]
    marked: dict[tuple[Key, int], Tag]
    holding: dict[Key, Tag]


def read_tree(pdf: Pdf) -> Tree | None:
    """The tag tree of a file; None where it has none.

    Raises:
        ValueError: If it has more elements than can be checked.
    """
    root = pdf.Root.get("/StructTreeRoot")
    if not isinstance(root, Dictionary):
        return None
    named = root.get("/RoleMap")
    roles = {k[1:]: str(v)[1:] for k, v in named.items()} if isinstance(named, Dictionary) else {}
    tree, met = Tree(roles, [], {}, {}), set[Key]()
    pending: list[tuple[Any, Tag | None, Key]] = [(kid, None, (0, 0)) for kid in kids(root)[::-1]]
    while pending:
        item, parent, page = pending.pop()
        if not isinstance(item, Dictionary) or "/S" not in item or item.objgen in met:
            continue
        if item.objgen != (0, 0):
            met.add(item.objgen)
        page = _key(item.get("/Pg"), page)
        tag = Tag(item, standard_type(str(item.S)[1:], roles), parent, page)
        tree.tags.append(tag)
        if len(tree.tags) > MOST_ELEMENTS:
            raise ValueError("too many structure elements")
        if parent is not None:
            parent.kids.append(tag)
        within = kids(item)
        _hold(tree, tag, within)
        pending += [(kid, tag, page) for kid in within[::-1]]
    return tree


def standard_type(name: str, roles: dict[str, str]) -> str:
    """The standard type that a type stands for; the type itself where none is found."""
    met = set[str]()
    while name not in STANDARD and name in roles and name not in met:
        met.add(name)
        name = roles[name]
    return name


def _hold(tree: Tree, tag: Tag, within: list[Any]) -> None:
    for kid in within:
        if isinstance(kid, int):
            tag.marks.append((tag.page, kid))
        elif isinstance(kid, Dictionary) and "/MCID" in kid:
            holder = kid.get("/Stm", kid.get("/Pg"))
            tag.marks.append((_key(holder, tag.page), int(kid.MCID)))
        elif isinstance(kid, Dictionary) and "/Obj" in kid:
            tag.objects.append(_key(kid.Obj, (0, 0)))
    tree.marked.update(dict.fromkeys(tag.marks, tag))
    tree.holding.update(dict.fromkeys(tag.objects, tag))


def _key(item: Any, otherwise: Key) -> Key:
    return getattr(item, "objgen", otherwise) if item is not None else otherwise
