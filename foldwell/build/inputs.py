"""The files that a build reads: which there are, and whether they changed.

Contents decide; size, times and inode only save reading. A file that is as young as the record of
it is always read again, because two changes within one tick of a clock look like one.
"""

from __future__ import annotations

import contextlib
import hashlib
import math
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path

YOUNG_NS = 2_000_000_000
"""The coarsest tick of a file system's clock (FAT: two seconds)."""
READ_LIMIT_BYTES = 64 * 2**20
"""No build reads a file larger than this, so its size and time stand for its content."""
UNREADABLE = "unreadable"
"""Stands for the content of what cannot be read; the build says what is wrong with it."""
_NAME = attrgetter("name")


@dataclass(frozen=True)
class Signature:
    """What tells cheaply that a file may have changed."""

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int


@dataclass(frozen=True)
class Seen:
    """A file as it was read once.

    Attributes:
        signature: As it was just before it was read.
        sha256: Of its content, in hexadecimal digits.
        read_ns: When it was read.
    """

    signature: Signature
    sha256: str
    read_ns: int

    def stands_for(self, now: Signature) -> bool:
        """Whether the file cannot have changed since; nobody knows of one that was not read."""
        youngest = max(now.mtime_ns, now.ctime_ns)
        same = now == self.signature and youngest < self.read_ns - YOUNG_NS
        return same and self.sha256 != UNREADABLE


def signature_of(facts: os.stat_result) -> Signature:
    """The signature of a file."""
    return Signature(facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns, facts.st_ino)


def walk(folder: Path, prefix: str) -> Iterator[tuple[str, str, Signature]]:
    """Every file and link below a folder: its name for the record, its path, its signature.

    Links are not followed, not even where the folder itself is one; what is no regular file has
    a signature too, so that its coming and going is noticed.
    """
    for label, path, facts in walked(folder, prefix):
        yield label, path, signature_of(facts)


def walked(folder: Path, prefix: str) -> Iterator[tuple[str, str, os.stat_result]]:
    """The same with all that the system says of each."""
    if folder.is_symlink():
        yield prefix, str(folder), folder.lstat()
        return
    pending = [(str(folder), prefix)]  # paths as text: there are many
    while pending:
        here, name = pending.pop()
        try:
            entries = sorted(os.scandir(here), key=_NAME)
        except OSError:
            continue
        for entry in entries:
            label = f"{name}/{entry.name}"
            try:
                if entry.is_dir(follow_symlinks=False):
                    if entry.name != "__pycache__":
                        pending.append((entry.path, label))
                    continue
                facts = entry.stat(follow_symlinks=False)
            except OSError:
                continue
            yield label, entry.path, facts


def look(
    places: Mapping[str, Path], seen: Mapping[str, Seen], now_ns: int
) -> tuple[dict[str, Seen], bool]:
    """The present state of all files, read only where something may have changed.

    Args:
        places: Folders by the name that their files have in the record.
        seen: The record.
        now_ns: The present moment.

    Returns:
        The new record, and whether any of it differs from the old one.
    """
    found: dict[str, Seen] = {}
    fresh = False
    for prefix, folder in places.items():
        for label, path, signature in walk(folder, prefix):
            old = seen.get(label)
            if old is not None and old.stands_for(signature):
                found[label] = old
            else:
                found[label] = Seen(signature, content_hash(path, READ_LIMIT_BYTES), now_ns)
                fresh = True
    return found, fresh or len(found) != len(seen)


def content_hash(path: Path | str, limit_bytes: float = math.inf) -> str:
    """The SHA-256 of a regular file; words that are no hash for anything else, or larger."""
    try:
        handle = os.open(
            path,
            os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0),
        )
    except OSError:
        return UNREADABLE
    try:
        facts = os.fstat(handle)
        if not stat.S_ISREG(facts.st_mode):
            return UNREADABLE
        if facts.st_size > limit_bytes:
            return f"large, {facts.st_size}, {facts.st_mtime_ns}"
        with os.fdopen(handle, "rb", closefd=False) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return UNREADABLE
    finally:
        with contextlib.suppress(OSError):
            os.close(handle)


def are_untouched(seen: Mapping[str, Seen], before: Mapping[str, Seen]) -> bool:
    """Whether no file was touched between two records, even to be put back as it was."""
    pairs = ((one, before[label]) for label, one in seen.items() if label in before)
    return seen.keys() == before.keys() and all(
        one is other or (one.signature, one.sha256) == (other.signature, other.sha256)
        for one, other in pairs
    )


def fingerprint(seen: Mapping[str, Seen], prefixes: tuple[str, ...] = ("",)) -> str:
    """One hash that is the same only if no file was touched, even to be put back as it was."""
    total = hashlib.sha256()
    for label in sorted(seen):
        if label.startswith(prefixes):
            facts = (label, seen[label].signature, seen[label].sha256)
            total.update(repr(facts).encode(errors="surrogateescape"))
    return total.hexdigest()


def digest(seen: Mapping[str, Seen], prefix: str = "") -> str:
    """One hash of the names and contents of all files whose name starts with a prefix."""
    total = hashlib.sha256()
    for label in sorted(seen):
        if label.startswith(prefix):
            total.update(f"{label}\0{seen[label].sha256}\n".encode(errors="surrogateescape"))
    return total.hexdigest()
