"""The table of printing conditions: on which stock, and measured by whom.

A condition is a characterisation that the ICC's registry names, so a print shop knows from its
name alone what was meant. Its profile is ours, made from that free characterisation data
(``templates/icc/README.md`` says how).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from foldwell.errors import FoldwellError, did_you_mean
from foldwell.paper.geometry import Paper

REGISTRY = "http://www.color.org"
"""The ICC characterisation data registry, as PDF/X names it (ISO 15930-7, 6.2)."""


@dataclass(frozen=True)
class Condition:
    """One row of the table.

    Attributes:
        name: What a user types.
        identifier: Its reference name in the registry.
        info: What it is, for people.
        profile: The file of its ICC profile, in ``templates/icc``.
        ink_warn: Total ink that a printer dislikes, as a sum of shares (3.0 is 300 %); converted
            colours never hold more.
        ink_error: Total ink that does not dry.
        stock: The paper to ask for.
        registry_name: The registry that knows the identifier.
        icc: The profile itself, of a condition of a project's own; empty for a shipped one.
        digest: Its checksum.
    """

    name: str
    identifier: str
    info: str
    profile: str
    ink_warn: float
    ink_error: float
    stock: str
    registry_name: str = REGISTRY
    icc: bytes = field(default=b"", repr=False)
    digest: str = ""


CONDITIONS: dict[str, Condition] = {
    row.name: row
    for row in (
        Condition(
            "coated",
            "FOGRA39",
            "Offset on gloss or matt coated paper (ISO 12647-2:2004, paper type 1 or 2)",
            "coated-FOGRA39.icc",
            3.0,
            3.3,
            "coated paper, gloss or silk, 115 to 170 g/m²",
        ),
        Condition(
            "uncoated",
            "FOGRA29",
            "Offset on white uncoated paper (ISO 12647-2:2004, paper type 4)",
            "uncoated-FOGRA29.icc",
            2.6,
            3.0,
            "white uncoated paper, 90 to 140 g/m²",
        ),
        Condition(
            "us-coated",
            "CGATS TR 006",
            "Offset on grade 1 coated paper (GRACoL 2006, ISO 12647-2:2004, paper type 1)",
            "us-coated-TR006.icc",
            3.0,
            3.3,
            "No. 1 coated text, gloss or silk, 80 to 100 lb",
        ),
        Condition(
            "us-swop",
            "CGATS TR 003",
            "Web offset on grade 3 coated paper (SWOP 2006)",
            "us-swop-TR003.icc",
            3.0,
            3.3,
            "No. 3 coated text, 50 to 70 lb",
        ),
    )
}

_DEFAULTS: dict[Paper, str] = {"a4": "coated", "letter": "us-coated"}


def condition_named(name: str, conditions: Mapping[str, Condition] | None = None) -> Condition:
    """The row of a condition.

    Args:
        name: Its name.
        conditions: The table, when a project has conditions of its own.

    Raises:
        FoldwellError: If there is none of that name.
    """
    table = CONDITIONS if conditions is None else conditions
    try:
        return table[name]
    except KeyError:
        raise FoldwellError(
            f"There is no printing condition '{name}'.", None, did_you_mean(name, table)
        ) from None


def default_condition(paper: Paper) -> Condition:
    """What is usual where that paper is."""
    return CONDITIONS[_DEFAULTS[paper]]


def read_profile(templates: Path, condition: Condition) -> bytes:
    """The ICC profile of a condition: its own, or the shipped one."""
    return condition.icc or (templates / "icc" / condition.profile).read_bytes()
