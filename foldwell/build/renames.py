"""Clinics of a roster that are called otherwise than when files were last made.

Without a column of ids a clinic's files are named by its name. What each clinic was called is kept
beside the ledger; one whose name is gone, while its phone or address stands under a new one, was
renamed, and that is said: its old files would stay otherwise, and nobody would look for new ones.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from difflib import SequenceMatcher
from pathlib import Path

from foldwell.build.ledger import FOLDER
from foldwell.build.write import write_file
from foldwell.errors import FoldwellError

PATH = f"{FOLDER}/clinics.json"
ALIKE = 0.6
"""Names as like as this are taken for one where only the phone or only the address is the same."""

Reach = tuple[str, str]
"""The phone and the address of a clinic, as they are printed."""


def renamed(output: Path, now: Mapping[str, Reach]) -> list[str]:
    """A line for each clinic that has another name, and keep the present ones.

    Where they cannot be kept nothing is said: they are told once more.

    Args:
        output: The output folder.
        now: Phone and address of each clinic of the roster, by its name in paths.
    """
    before = _known(output / PATH)
    gone = {slug: reach for slug, reach in before.items() if slug not in now}
    lines = []
    for slug, reach in now.items():
        if slug in before:
            continue
        old = next((name for name in gone if _same(name, gone[name], slug, reach)), "")
        if old:
            del gone[old]
            lines.append(
                f"The clinic '{old}' is called '{slug}' now: its files have new names, and the old"
                f" ones are out of use. A column 'Id' with '{old}' in its row would keep them."
            )
    kept = {**gone, **now}
    try:
        if kept != before:
            write_file(output, PATH, json.dumps(kept, ensure_ascii=False).encode())
    except FoldwellError:
        return []
    return lines


def _known(path: Path) -> dict[str, Reach]:
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        return {str(slug): (str(phone), str(where)) for slug, (phone, where) in raw.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _same(old: str, old_reach: Reach, new: str, reach: Reach) -> bool:
    phone = re.sub(r"\D", "", old_reach[0]) == re.sub(r"\D", "", reach[0])
    where = bool(reach[1]) and old_reach[1] == reach[1]
    alike = SequenceMatcher(None, old, new).ratio() >= ALIKE
    return (phone and where) or ((phone or where) and alike)
