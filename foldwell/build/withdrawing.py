"""Withdrawing an edition: a file in ``content/withdrawn`` that every build keeps to."""

from __future__ import annotations

import datetime
import io
import os
from collections.abc import Sequence
from pathlib import Path

from foldwell.build.editions import Entry
from foldwell.build.write import write_file
from foldwell.content.edition import make_edition
from foldwell.content.library import Library
from foldwell.content.reading import character_errors
from foldwell.content.validation import validate
from foldwell.content.withdrawals import FOLDER, Withdrawal, edition_id
from foldwell.content.yaml_text import read_yaml
from foldwell.errors import FoldwellError, Mistakes, Place, UsageError


def withdraw(
    root: Path,
    library: Library,
    register: Sequence[Entry],
    name: str,
    reason: str,
    by: str,
    day: datetime.date,
) -> str:
    """Withdraw an edition; the path of the file that says so.

    Args:
        root: The project.
        library: What there is.
        register: What was built.
        name: The id, as somebody wrote it.
        reason: Why, as readers are told: a sentence.
        by: Who withdraws it, or nothing.
        day: From when on.

    Raises:
        UsageError: If it is no id, or of no edition that there is or was.
        FoldwellError: If it is withdrawn already.
        Mistakes: If the reason or the name holds what cannot be printed.
    """
    said = edition_id(name)
    if not said:
        raise UsageError(
            f"'{name}' is no edition id.", None, "Write it as it is printed, such as XRJB-6PR3."
        )
    place = _place(library, register, said, day)
    if place is None:
        raise UsageError(
            f"There is no edition {said}, and no build knows one.", None, "Look at the id again."
        )
    path = f"{FOLDER}/{said.lower()}.yml"
    if os.path.lexists(root / path):
        raise FoldwellError(f"The edition {said} is withdrawn already.", Place(path), "")
    if not any(map(str.isalnum, reason)):
        raise UsageError("The reason is empty.", None, "Say in a sentence why, for its readers.")
    leaflet, language, clinic = place
    whole = reason if reason.rstrip().endswith((".", "!", "?")) else f"{reason.rstrip()}."
    facts: dict[str, object] = {
        "edition": said, "leaflet": leaflet, "language": language, "clinic": clinic,
        "withdrawn": day, "reason": whole,
    }  # fmt: skip
    if by:
        facts["by"] = by
    content = _yaml(facts)
    text = content.decode()
    if errors := character_errors(text, path, printed=True):
        raise Mistakes(errors)
    validate(Withdrawal, read_yaml(text, path))  # nothing is written that no build could read
    write_file(root, path, content)
    return path


def _place(
    library: Library, register: Sequence[Entry], name: str, day: datetime.date
) -> tuple[str, str, str] | None:
    for entry in register:
        if entry.id == name:
            return entry.place
    for slug, texts in library.leaflets.items():
        for language, leaflet in texts.items():
            for clinic, facts in library.clinics.items():
                whole = facts.region in library.regions and facts.brand in library.brands
                if whole and make_edition(library, leaflet, clinic, day).id == name:
                    return slug, language, clinic
    return None


def _yaml(facts: dict[str, object]) -> bytes:
    from foldwell.content.round_trip import round_trip_yaml

    out = io.BytesIO()
    round_trip_yaml().dump(facts, out)
    return out.getvalue()
