"""A project as it was: all content of a revision of git, or one leaflet from another file.

The words that a leaflet printed come from its region and its clinic too, so a revision is taken
out whole, into a folder of its own that goes again, and read by the same door as the project.
"""

from __future__ import annotations

import contextlib
import datetime
import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from foldwell.content.edition import make_edition
from foldwell.content.leaflet import FrontMatter, Leaflet, split_front_matter
from foldwell.content.library import Library, read_library
from foldwell.content.tidy import tidy_words
from foldwell.content.tidyings import Tidyings
from foldwell.content.validation import validate
from foldwell.content.yaml_text import read_yaml
from foldwell.errors import Mistakes, UsageError

_HINT = "Name a revision of git, such as HEAD~1 or a tag, another file, or an edition id."
MOST_BYTES = 500 * 2**20
REVISIONS = 60
"""So many changes of a project are looked through for an edition."""


def former(
    root: Path, library: Library, leaflet: Leaflet, revision: str, today: datetime.date
) -> tuple[Library, Leaflet]:
    """A leaflet as it was, with the clinics and regions of its time.

    Args:
        root: The project.
        library: What there is now.
        leaflet: The leaflet as it is.
        revision: What git calls the revision, or the path of a file, which is read with the
            clinics and regions of now.
        today: The day of the comparison.

    Raises:
        UsageError: If there is no such revision or file, or it had no such leaflet.
        Mistakes: If it could not be built then either.
    """
    file = Path(revision) if Path(revision).is_absolute() else root / revision
    if file.is_file() and file.suffix == ".md":
        return library, _with_words(leaflet, file.read_text(encoding="utf-8-sig"))
    text = _text_of(root, revision, leaflet.path)
    then = _library_of(root, revision, today)
    texts = then.leaflets.get(leaflet.slug, {}) if then else {}
    if then is None or leaflet.language not in texts:  # of an older Foldwell; words can be compared
        return library, _with_words(leaflet, text)
    return then, texts[leaflet.language]


def revision_of_edition(root: Path, leaflet: Leaflet, name: str, today: datetime.date) -> str:
    """The last revision in which a leaflet was that edition for some clinic; empty if none was."""
    asked = ("log", f"-{REVISIONS}", "--format=%h", "--", "content")
    for revision in (_git(root, *asked) or b"").decode().split():
        then = _library_of(root, revision, today)
        texts = then.leaflets.get(leaflet.slug, {}) if then else {}
        if (
            then
            and leaflet.language in texts
            and is_edition(then, texts[leaflet.language], name, today)
        ):
            return revision
    return ""


def is_edition(library: Library, leaflet: Leaflet, name: str, today: datetime.date) -> bool:
    """Whether a leaflet is that edition for a clinic."""
    return any(
        make_edition(library, leaflet, slug, today).id == name
        for slug in library.clinics
        if _whole(library, slug)
    )


def _whole(library: Library, clinic: str) -> bool:
    facts = library.clinics.get(clinic)
    return facts is not None and facts.region in library.regions and facts.brand in library.brands


def _text_of(root: Path, revision: str, path: str) -> str:
    if revision.startswith("-"):
        raise UsageError(f"'{revision}' is no revision.", None, _HINT)
    found = _git(root, "show", f"{revision}:./{path}")
    if found is None:
        raise UsageError(f"There is no '{path}' in '{revision}'.", None, _HINT)
    return found.decode("utf-8", "replace")


def _library_of(root: Path, revision: str, today: datetime.date) -> Library | None:
    """All content of a revision; None if it cannot be taken out."""
    packed = _git(root, "archive", "--format=tar", revision, "content")
    if packed is None or len(packed) > MOST_BYTES:
        return None
    with (
        tempfile.TemporaryDirectory(prefix="foldwell-former-") as folder,
        contextlib.ExitStack() as s,
    ):
        s.enter_context(contextlib.suppress(tarfile.TarError))
        with tarfile.open(fileobj=io.BytesIO(packed)) as tar:
            tar.extractall(folder, filter="data")
        return read_library(Path(folder), today)
    return None


def _git(root: Path, *words: str) -> bytes | None:
    """What git answers; None if it refuses.

    Raises:
        UsageError: If it cannot be started.
    """
    try:
        done = subprocess.run(
            ["git", *words], cwd=root, capture_output=True, timeout=60, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        raise UsageError("git cannot be started.", None, "Name a file to compare with.") from None
    return done.stdout if done.returncode == 0 else None


def _with_words(leaflet: Leaflet, text: str) -> Leaflet:
    front, body = split_front_matter(text.replace("\r\n", "\n"), leaflet.path)
    first = front.count("\n") + 3
    notes = Tidyings(leaflet.path)
    try:
        facts = validate(FrontMatter, read_yaml(front, leaflet.path, 2, notes))
    except Mistakes:
        facts = leaflet.facts  # of an older Foldwell; its words can be compared all the same
    return replace(leaflet, facts=facts, text=tidy_words(body, first, notes), first_line=first)


def clinics_of_both(one: Library, two: Library) -> Iterator[str]:
    """The clinics that both have, with region and brand."""
    yield from (slug for slug in two.clinics if _whole(one, slug) and _whole(two, slug))
