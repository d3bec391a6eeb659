"""Families of clinics: a trust, its hospitals, their clinics. A child takes what it does not say.

Inherited is what stands in the files, not what was read of it, so that every fact is read and
checked for the clinic that prints it, and is told with the place where it really stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from foldwell.content.roster_cells import slug_of
from foldwell.content.yaml_text import Path, Source
from foldwell.errors import FoldwellError, Place, did_you_mean

OWN = frozenset(["name", "parent", "without"])
"""What nobody inherits."""
MERGED = frozenset(["facts", "variables"])
"""Maps that a child adds to, key by key."""
JOINED = frozenset(["tags"])
"""Lists that a child adds to."""
NEEDED = ("region", "brand", "phone")
"""What a clinic must have, of its own or inherited, to hand out leaflets."""


@dataclass(frozen=True)
class Inherited:
    """What a clinic says, and what it takes from its parents, with the place of each."""

    value: dict[str, Any]
    places: dict[Path, Place]
    own: Source

    @property
    def path(self) -> str:
        """The file that the clinic itself stands in."""
        return self.own.path

    def place(self, at: Path) -> Place:
        """Where the nearest known key on the way to ``at`` stands, perhaps with a parent."""
        for length in range(len(at), 0, -1):
            if at[:length] in self.places:
                return self.places[at[:length]]
        return self.own.place(())

    def known(self) -> dict[Path, Place]:
        """The place of each key."""
        return self.places

    def absent(self, at: Path) -> FoldwellError:
        """What there is to say of a key that neither it nor a parent gives."""
        return self.own.absent(at)


def _parent_slug(source: Source, slugs: Mapping[str, Source], names: Mapping[str, str]) -> str:
    """The clinic that a source names as its parent, by its slug or its name; empty if none."""
    named = source.value.get("parent") if isinstance(source.value, dict) else None
    if not isinstance(named, str) or not named:
        return ""
    plain = slug_of(named) or named
    return named if named in slugs else plain if plain in slugs else names.get(plain, plain)


def resolve(
    sources: Mapping[str, Source], unread: frozenset[str]
) -> tuple[dict[str, Source], dict[str, list[FoldwellError]], frozenset[str]]:
    """Let each clinic inherit.

    Args:
        sources: What each clinic says, by slug.
        unread: Clinics that there are, but whose files have mistakes.

    Returns:
        What each says with what it inherits; what is wrong, by slug; and those that others name
        as a parent.
    """
    names = {slug_of(str(one.value.get("name", ""))): slug for slug, one in sources.items()}
    parents = {slug: _parent_slug(one, sources, names) for slug, one in sources.items()}
    whole: dict[str, Source] = {}
    errors: dict[str, list[FoldwellError]] = {}
    for slug, source in sources.items():
        if not parents[slug]:
            whole[slug] = source
            continue
        chain = list(_chain(slug, parents))
        last = parents.get(chain[-1], "")
        if bad := next((name for name in chain[1:] if name in unread), ""):
            last, chain = bad, chain[: chain.index(bad)]
        if last:  # it was met already, or there is no such clinic
            errors[slug] = [_broken_chain(slug, chain, last, sources, unread)]
            continue
        whole[slug] = _inherit([sources[name] for name in chain], parents[slug])
    return whole, errors, frozenset(parents.values()) - {""}


def _chain(slug: str, parents: Mapping[str, str]) -> Iterator[str]:
    """The clinic, its parent, its parent's parent …, each once."""
    seen: dict[str, None] = {}
    while slug in parents and slug not in seen:
        seen[slug] = None
        yield slug
        slug = parents[slug]


def _broken_chain(
    slug: str,
    chain: list[str],
    last: str,
    sources: Mapping[str, Source],
    unread: frozenset[str],
) -> FoldwellError:
    if last in chain:
        circle = " → ".join([*chain[chain.index(last) :], last])
        place = sources[chain[-1]].place(("parent",))
        what = f"The parents run in a circle: {circle}."
        return FoldwellError(what, place, "Take one 'parent' away.")
    place = sources[chain[-1]].place(("parent",))
    if last in unread:
        return FoldwellError(
            f"The parent '{last}' of '{slug}' has mistakes.", place, "Mend those first."
        )
    return FoldwellError(
        f"There is no clinic '{last}' to be a parent.", place, did_you_mean(last, sources)
    )


def _inherit(family: list[Source], parent: str) -> Inherited:
    """The first of a family with what it takes from the others, the nearest first."""
    own, *others = family
    value: dict[str, Any] = {**own.value, "parent": parent}
    places = dict(own.known())
    refused = {str(key) for key in _listed(own.value.get("without"))}
    for source in others:
        known = source.known()
        for key, fact in source.value.items():
            if key in OWN or key in refused:
                continue
            if key not in value:
                value[key] = fact
                places |= {at: place for at, place in known.items() if at[:1] == (key,)}
            elif key in MERGED and isinstance(fact, dict) and isinstance(value[key], dict):
                new = {name: item for name, item in fact.items() if name not in value[key]}
                value[key] = {**value[key], **new}
                places |= {(key, name): source.place((key, name)) for name in new}
            elif key in JOINED:
                mine = _listed(value[key])
                new_items = [item for item in _listed(fact) if item not in mine]
                value[key] = (*mine, *new_items)
                for number, item in enumerate(new_items, len(mine)):
                    at = (key, _listed(fact).index(item))
                    places[(key, number)] = source.place(at)
        refused |= {str(key) for key in _listed(source.value.get("without"))}
    return Inherited(value, places, own)


def givers(fact: str, slug: str, sources: Mapping[str, Source]) -> Iterator[str]:
    """The parents of whom a clinic takes a fact, or would take it if they gave it.

    Args:
        fact: Such as ``phone``, ``out_of_hours.phone`` or ``facts.Parking``.
        slug: The clinic.
        sources: What each clinic says with what it inherits, by slug.

    Yields:
        Their slugs, the nearest first, as far as the first that says the fact or refuses it.
    """
    key, _, part = fact.partition(".")
    while key not in OWN and (source := sources.get(slug)):
        own = source.own.value if isinstance(source, Inherited) else source.value
        said = own.get(key)
        if key in MERGED and isinstance(said, dict):
            ends = part in said
        else:
            ends = key in own and key not in JOINED
        parent = source.value.get("parent")
        if ends or not parent or key in _listed(own.get("without")):
            return
        slug = str(parent)
        yield slug


def _listed(value: Any) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, tuple | list) else ()
