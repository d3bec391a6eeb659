"""Withdrawals: editions that must not be handed out any more, a file each.

``content/withdrawn/xrjb-6pr3.yml`` names one edition: exactly the words that were printed. Other
words of the same leaflet are another edition, and are not withdrawn by it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator

from foldwell.content.entries import Broken, entries
from foldwell.content.facts import Text
from foldwell.content.reading import read_model
from foldwell.content.tidyings import Tidyings
from foldwell.content.values import Day, Facts, Slug, wrong
from foldwell.content.words_groups import GROUP, is_short
from foldwell.errors import Mistakes

FOLDER = "content/withdrawn"
_MISREAD = str.maketrans("OILU", "011V")
"""Letters that no id has, for the signs that they are taken for (Crockford's base 32)."""


def edition_id(text: str) -> str:
    """An edition id as somebody scribbled it, as it is printed; empty if it is none."""
    letters = re.sub(r"[\s\-–—._]", "", text.upper()).translate(_MISREAD)
    groups = [letters[at : at + GROUP] for at in range(0, len(letters), GROUP)]
    said = "-".join(groups)
    return said if is_short(said) else ""


def _id(text: str) -> str:
    if not is_short(text):
        raise wrong(f"'{text}' is no edition id", "write it as it is printed, such as XRJB-6PR3")
    return text


class Withdrawal(Facts):
    """One edition that must not be handed out any more."""

    edition: Annotated[Text, AfterValidator(_id)]
    leaflet: Slug
    language: Text
    clinic: Slug
    reason: Text
    withdrawn: Day
    by: Text | None = None
    """Who withdrew it."""


def read_withdrawal(root: Path, path: str) -> Withdrawal:
    """Read one file of the folder.

    Raises:
        Mistakes: With everything that is wrong in it.
    """
    return read_model(Withdrawal, root, path, Tidyings(path))


def read_withdrawals(root: Path) -> tuple[dict[str, Withdrawal], Broken]:
    """The withdrawals of a project, by their edition ids, and what cannot be read of them."""
    found, broken = entries(root, FOLDER, ".yml")
    withdrawn: dict[str, Withdrawal] = {}
    for _, path in found:
        try:
            one = read_withdrawal(root, path)
        except Mistakes as mistakes:
            broken[path] = mistakes.errors
        else:
            withdrawn[one.edition] = one
    return withdrawn, broken


def since_and_why(withdrawn: Mapping[str, Withdrawal]) -> dict[str, tuple[str, str]]:
    """From when on (ISO) and why editions are withdrawn, by their ids."""
    return {name: (str(one.withdrawn), str(one.reason)) for name, one in withdrawn.items()}


def withdrawal_of(
    withdrawn: Mapping[str, Withdrawal], leaflet: str, language: str, clinic: str
) -> tuple[Withdrawal, ...]:
    """The withdrawals that may be of an edition: those of its leaflet, language and clinic."""
    return tuple(
        one
        for one in withdrawn.values()
        if (one.leaflet, one.language, one.clinic) == (leaflet, language, clinic)
    )
