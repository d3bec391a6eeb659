"""Printing conditions of a project's own: a print shop's ICC profile, and what it is for.

The profile is a file in ``content/conditions``. It must be of the output class and for CMYK, in
version 2 or 4, as PDF/X-4 asks for (ISO 15930-7, 6.2), and have tables for both directions.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from foldwell.content.facts import Text
from foldwell.content.reading import read_file
from foldwell.content.values import Facts, wrong
from foldwell.errors import FoldwellError, Place
from foldwell.paper.conditions import REGISTRY, Condition

FOLDER = "content/conditions"
LIMIT_BYTES = 8 * 2**20
Percent = Annotated[float, Field(ge=100, le=400)]


def _file_name(name: str) -> str:
    if "/" in name or "\\" in name or not name.lower().endswith((".icc", ".icm")):
        raise wrong("it is no name of an ICC profile", f"put the .icc file into {FOLDER}/")
    return name


class ConditionFacts(Facts):
    """One printing condition."""

    identifier: Text
    """Its name in the registry, such as FOGRA51 or CRPC6."""
    file: Annotated[Text, AfterValidator(_file_name)]
    """The profile, in ``content/conditions``."""
    info: Text | None = None
    """What it is, for people."""
    registry: Text = Text(REGISTRY)
    """The address of the registry that knows the name."""
    ink: tuple[Percent, Percent] = (300, 330)
    """Total ink that the printer dislikes, and that does not dry, in percent."""
    stock: Text = Text("as the printer advises")
    """The paper, for the job ticket."""

    @model_validator(mode="after")
    def _least_first(self) -> ConditionFacts:
        if self.ink[0] > self.ink[1]:
            raise wrong("the first limit of ink is the larger one", "turn the two round", "ink")
        return self

    def condition(self, name: str, root: Path) -> Condition:
        """The condition with its profile.

        Args:
            name: What it is called in ``build.yml``.
            root: The project folder.

        Raises:
            FoldwellError: If the profile is missing, or not one that a press file may carry.
        """
        path = f"{FOLDER}/{self.file}"
        profile = read_file(root, path, LIMIT_BYTES)
        if problem := profile_problem(profile):
            raise FoldwellError(
                f"This file {problem}.",
                Place(path),
                "Ask the print shop for its CMYK output profile, in version 2 or 4.",
            )
        return Condition(
            name,
            str(self.identifier),
            str(self.info or self.identifier),
            str(self.file),
            self.ink[0] / 100,
            self.ink[1] / 100,
            str(self.stock),
            str(self.registry),
            profile,
            hashlib.sha256(profile).hexdigest(),
        )


def profile_problem(profile: bytes) -> str:
    """What keeps a profile from being a press file's, as the end of a sentence; empty if nothing.

    Its header and its table of tags are read (ICC.1:2010, 7.2 and 7.3).
    """
    if len(profile) < 132 or profile[36:40] != b"acsp":
        return "is no ICC profile"
    if int.from_bytes(profile[:4], "big") != len(profile):
        return "is an ICC profile that is cut off, or has something after its end"
    if profile[8] not in (2, 4):
        return f"is an ICC profile of version {profile[8]}"
    if profile[12:16] != b"prtr":
        kind = _word(profile[12:16])
        return f"is an ICC profile of the class '{kind}', not an output profile ('prtr')"
    if profile[16:20] != b"CMYK":
        return f"is an ICC profile for {_word(profile[16:20])}, not for CMYK"
    count = int.from_bytes(profile[128:132], "big")
    tags = {profile[132 + 12 * n : 136 + 12 * n] for n in range(min(count, 100))}
    if missing := sorted({b"A2B0", b"B2A0"} - tags):
        return (
            f"is an ICC profile without its table {' and '.join(tag.decode() for tag in missing)}"
        )
    return ""


def _word(signature: bytes) -> str:
    return signature.decode("ascii", "replace").strip()
