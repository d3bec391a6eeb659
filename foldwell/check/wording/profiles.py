"""Profiles: which rules of wording hold where, and how much each allows.

A region names its profile; ``check:`` in ``build.yml`` sets other limits for a project.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from foldwell.content.limits import Limits


@dataclass(frozen=True)
class Profile:
    """One row.

    Attributes:
        name: As regions name it.
        without: Rules that do not hold.
        graver: Rules whose findings are errors here and warnings elsewhere.
        limits: How much is allowed.
    """

    name: str
    without: frozenset[str] = frozenset()
    graver: frozenset[str] = frozenset()
    limits: Limits = field(default_factory=Limits)

    def with_limits(self, own: Mapping[str, float]) -> Profile:
        """The same with a project's own limits."""
        return replace(self, limits=self.limits.model_copy(update=dict(own)))


PROFILES = {
    profile.name: profile
    for profile in (
        Profile("nhs", graver=frozenset(["F8"])),
        Profile("us", frozenset(["T10"])),
        Profile("eu", frozenset(["T10"])),
        Profile("plain", frozenset(["T10"])),
    )
}
