"""Saving: the file that was looked at is replaced whole, and what stood there before is kept.

A page that shows a file carries the hash of what it shows. If another program changed the file in
the meantime, nothing is written, and both versions are shown.
"""

from __future__ import annotations

import contextlib
import datetime
import difflib
import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock

from foldwell.build.write import remove_file, write_file
from foldwell.content.encoding import decoded
from foldwell.content.reading import read_file
from foldwell.content.tidyings import Tidyings
from foldwell.errors import FoldwellError, Place

OWN = ".foldwell"
HISTORY = f"{OWN}/history"
LOCK_S = 10
LARGEST_BYTES = 40 * 2**20
NOT_UTF8 = "This file is not in UTF-8. It is shown, and cannot be changed here."
NEW = ""
"""Seen of a file that is not there yet."""
_SLUG = "[a-z0-9][a-z0-9-]*"
_WRITABLE = re.compile(
    rf"content/(?:build\.yml|sources\.yml"
    rf"|leaflets/{_SLUG}/[a-zA-Z]{{2,3}}(?:-[a-zA-Z0-9]{{2,8}})*\.md"
    rf"|clinics/{_SLUG}\.yml|brands/{_SLUG}/(?:brand\.yml|logo[a-z0-9-]*\.(?:svg|png|jpe?g|pdf)))"
)
_VERSION = re.compile(r"\d{8}T\d{12}Z-[0-9a-f]{12}")


class Conflict(Exception):  # noqa: N818 - no mistake: somebody else saved first
    """The file is no longer the one that was looked at; ``there`` is what stands there now."""

    def __init__(self, relative: str, there: bytes) -> None:
        super().__init__(relative)
        self.relative, self.there = relative, there


@dataclass(frozen=True)
class Version:
    """A version of a file that was replaced.

    Attributes:
        name: Its name in the history.
        when: When it was replaced, in UTC.
        content: The file as it was.
    """

    name: str
    when: datetime.datetime
    content: bytes


def mark(content: bytes | None) -> str:
    """What a page carries of the file that it shows."""
    return NEW if content is None else hashlib.sha256(content).hexdigest()


def present(root: Path, relative: str) -> bytes | None:
    """A file of the project as it is now; None if it is not there."""
    if not (root / relative).exists() and not (root / relative).is_symlink():
        return None
    return read_file(root, relative, LARGEST_BYTES)


def shown(content: bytes, relative: str) -> tuple[str, bool]:
    """A file's text as a build reads it, and whether it may be changed here: if it is UTF-8."""
    try:
        return content.decode(), True
    except UnicodeDecodeError:
        text = decoded(content, Tidyings(relative))
        return content.decode("utf-8", "replace") if text is None else text, False


def editable(content: bytes, relative: str) -> str:
    """A file's text, to be changed and saved.

    Raises:
        FoldwellError: If it is not UTF-8, in which a save would write it.
    """
    text, may_change = shown(content, relative)
    if not may_change:
        raise FoldwellError(NOT_UTF8, Place(relative), "Save it as UTF-8 in an editor first.")
    return text


def save(root: Path, relative: str, content: bytes, seen: str) -> bool:
    """Replace a file, if it is still the one that was looked at.

    Args:
        root: The project folder.
        relative: The file below it: a leaflet's text, a clinic, a brand or its logo, the settings.
        content: The whole file.
        seen: The mark of what was looked at.

    Returns:
        Whether anything changed.

    Raises:
        Conflict: If the file is another now; nothing is written then.
        FoldwellError: If it is none that the studio writes, or cannot be written.
    """
    with keeping(root, relative, seen):
        if present(root, relative) == content:
            return False
        write_file(root, relative, content)
    return True


@contextlib.contextmanager
def keeping(root: Path, relative: str, seen: str | None = None) -> Iterator[None]:
    """Keep the version of a file that a step is about to replace; nobody else saves meanwhile.

    Args:
        root: The project folder.
        relative: The file below it.
        seen: The mark of what was looked at; None if the step reads the file anew.

    Raises:
        Conflict: If the file is another now; the step is not taken then.
        FoldwellError: If it is none that the studio writes.
    """
    if not _WRITABLE.fullmatch(relative):
        raise FoldwellError("The studio does not write this file.", Place(relative))
    own = root / OWN
    if own.is_symlink():
        raise FoldwellError("This is a link; links are not followed.", Place(OWN), "Remove it.")
    own.mkdir(exist_ok=True)
    with FileLock(own / "saving.lock", timeout=LOCK_S):
        before = present(root, relative)
        if seen is not None and mark(before) != seen:
            raise Conflict(relative, before or b"")
        if not (own / ".gitignore").exists():
            write_file(root, f"{OWN}/.gitignore", b"*\n")
        kept = ""
        if before is not None:  # kept first: whatever is killed afterwards, nothing is lost
            now = datetime.datetime.now(datetime.UTC).strftime("%Y%m%dT%H%M%S%fZ")
            kept = f"{HISTORY}/{relative}/{now}-{mark(before)[:12]}"
            write_file(root, kept, before)
        try:
            yield
        finally:
            if kept and present(root, relative) == before:  # then nothing was replaced
                remove_file(root, kept)


def version_names(root: Path, relative: str) -> list[str]:
    """The names of the versions of a file that were replaced, the newest first; none is read.

    Raises:
        FoldwellError: If a link is on the way to them.
    """
    if not _WRITABLE.fullmatch(relative):
        return []
    folder = root
    for part in (*Path(HISTORY).parts, *Path(relative).parts):
        folder /= part
        if folder.is_symlink():
            at = folder.relative_to(root).as_posix()
            raise FoldwellError(
                "This is a link; links are not followed.", Place(at), "Remove the link."
            )
    if not folder.is_dir():
        return []
    with os.scandir(folder) as entries:
        names = [one.name for one in entries if one.is_file(follow_symlinks=False)]
    return sorted(filter(_when, names), reverse=True)


def _when(name: str) -> datetime.datetime | None:
    """When a version was replaced, by its name; None if it is the name of none."""
    with contextlib.suppress(ValueError):
        if _VERSION.fullmatch(name):
            when = datetime.datetime.strptime(name[:22], "%Y%m%dT%H%M%S%fZ")
            return when.replace(tzinfo=datetime.UTC)
    return None


def version(root: Path, relative: str, name: str) -> Version:
    """One version of a file.

    Raises:
        FoldwellError: If it is no regular file, or a link is on the way to it.
    """
    when = _when(name)
    if when is None:
        raise FoldwellError("This is no version of a file.", Place(relative))
    return Version(name, when, read_file(root, f"{HISTORY}/{relative}/{name}", LARGEST_BYTES))


def versions(root: Path, relative: str) -> Iterator[Version]:
    """The versions of a file that were replaced, the newest first, each read when it is its turn.

    Raises:
        FoldwellError: If one cannot be read.
    """
    for name in version_names(root, relative):
        yield version(root, relative, name)


def difference(before: bytes, after: bytes) -> list[tuple[str, str]]:
    """What differs: ('-', line), ('+', line), (' ', line) nearby, and ('@', '') for a gap."""
    one, other = (text.decode("utf-8", "replace").splitlines() for text in (before, after))
    told = list(difflib.unified_diff(one, other, lineterm="", n=2))[2:]
    return [(line[:1], "" if line.startswith("@@") else line[1:]) for line in told]
