"""What a clinician signs: the wording of a leaflet for a region, and nothing of any clinic.

A review may name the wording that was read, as a hash for each region. Once a word of it changes
(of the text, its title, a picture, a law or another text of the region that it prints), that
review counts no more, and the leaflet is a draft again; a clinic's new number changes nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from foldwell.content.leaflet import Leaflet, Reviewer
from foldwell.content.region import Region, RegionText
from foldwell.content.words_groups import grouped

NOT_WORDING = {
    "clinical_reviewers", "reviewed", "review_due", "published", "owner", "waivers",
    "for_the_reviewer", "trial_questions", "translation",
}  # fmt: skip
"""Facts of the front matter that say who stands behind the words, not what they are."""


def wording_hash(leaflet: Leaflet, region: Region) -> str:
    """The name of the exact words that a leaflet says in a region, such as ``7K3M-Q9TD-…``.

    Args:
        leaflet: The leaflet in one language.
        region: The whole region, with the texts of all its nations.
    """
    facts = leaflet.facts.model_dump_json(exclude=NOT_WORDING)
    texts = tuple(
        repr((name, fact.text, sorted(fact.nations.items())))
        for name, fact in region.used_in(leaflet.text).items()
        if isinstance(fact, RegionText)
    )
    pictures = tuple(
        f"{name}:{hashlib.sha256(image.content).hexdigest()}"
        for name, image in sorted(leaflet.images.items())
        if name in leaflet.text
    )
    return _hash((leaflet.language, facts, leaflet.text, *texts, *pictures))


@lru_cache(maxsize=1024)
def _hash(parts: tuple[str, ...]) -> str:
    total = hashlib.sha256()
    for part in parts:
        content = part.encode(errors="surrogateescape")
        total.update(len(content).to_bytes(8, "big") + content)
    return grouped(total.digest())


def counts(reviewer: Reviewer, leaflet: Leaflet, slug: str, region: Region) -> bool:
    """Whether a review stands behind the words as they are now.

    Args:
        reviewer: One who reviewed it; without ``words`` it is taken on trust, whatever changed.
        leaflet: The leaflet.
        slug: The region's.
        region: The region.
    """
    return not reviewer.words or reviewer.words.get(slug) == wording_hash(leaflet, region)


def signed(leaflet: Leaflet, slug: str, region: Region) -> Leaflet:
    """The leaflet with those reviewers alone who stand behind its words in a region."""
    reviewers = leaflet.facts.clinical_reviewers
    standing = tuple(one for one in reviewers if counts(one, leaflet, slug, region))
    if standing == reviewers:
        return leaflet
    facts = leaflet.facts.model_copy(update={"clinical_reviewers": standing})
    return replace(leaflet, facts=facts)


def overtaken(leaflet: Leaflet, regions: Mapping[str, Region]) -> dict[str, list[str]]:
    """Who approved other words than stand there now, by region.

    Args:
        leaflet: The leaflet.
        regions: Those that its clinics are in.
    """
    names = {
        slug: [
            str(one.name)
            for one in leaflet.facts.clinical_reviewers
            if not counts(one, leaflet, slug, region)
        ]
        for slug, region in regions.items()
    }
    return {slug: held for slug, held in names.items() if held}
