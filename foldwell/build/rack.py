"""The rack: what builds have proven once, standing below the output folder for later ones.

It only saves work: what is missing, torn or of another Foldwell is made anew. Workers read it by
name, and may write no file: what is new they give back with their answers, and whoever builds puts
it there. What is read is opened with none but the classes that a reader names, because an output
folder may come from anybody.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import pickle
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

A_VALUE_BYTES = 64 * 2**20
"""How large a value may be on the rack."""
STAMP_LETTERS = 12
TABLE = "table-"
"""What stands in the names of tables of answers; whether files stand there, they do not tell."""
_DIGEST_BYTES = 32


@dataclass(frozen=True)
class Rack:
    """A rack, as workers know it.

    Attributes:
        stamp: A hash of Foldwell itself, and of all libraries that shape a file; see ``Known``.
        folder: Where it stands; empty where nothing is to be read.
        prints: Whether composers print what they can themselves, and pass on only the rest.
    """

    stamp: str
    folder: str = ""
    prints: bool = False

    def name_of(self, key: str, kind: str = "") -> str:
        """The name under which a value stands.

        Args:
            key: All that it hangs on beside Foldwell itself.
            kind: What shall stand in the name.
        """
        digest = hashlib.sha256(f"{self.stamp}\0{key}".encode()).hexdigest()
        return f"{prefix(self.stamp)}{kind}{digest}"

    def table(self, name: str, classes: Collection[type]) -> Any:
        """A table of answers, made of plain values and some classes; None if it is not there."""
        return self.read(self.name_of(name, TABLE), classes) if self.folder else None

    def names(self) -> list[str]:
        """The names of all values but tables, what was of use last first."""
        own = prefix(self.stamp)
        with contextlib.suppress(OSError), os.scandir(self.folder or os.devnull) as entries:
            found = [
                (entry.stat(follow_symlinks=False).st_mtime_ns, entry.name)
                for entry in entries
                if entry.name.startswith(own) and not entry.name.startswith(own + TABLE)
            ]
            return [name for _, name in sorted(found, reverse=True)]
        return []

    def signature(self, name: str) -> tuple[int, ...] | None:
        """What tells that a value is another one than before; None if there is none.

        Not when it was put there: that it was of use is noted in the file's times.
        """
        if not self.folder:
            return None
        try:
            facts = os.stat(f"{self.folder}/{name}")
        except OSError:
            return None
        return facts.st_size, facts.st_ino

    def read(self, name: str, classes: Collection[type]) -> Any:
        """A value; None if it is missing or torn, or is made of other classes."""
        try:
            # A pipe would be waited for.
            handle = os.open(f"{self.folder}/{name}", os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
            with open(handle, "rb") as file:
                content = file.read(A_VALUE_BYTES + 1)
        except OSError:
            return None
        return opened(content, classes)


def prefix(stamp: str) -> str:
    """What the names begin with of all that one Foldwell has put there."""
    return f"{stamp[:STAMP_LETTERS]}-"


def pickled(value: object) -> bytes:
    """A value as it stands on a rack; not packed, for that would be most of what opening takes."""
    content = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    return hashlib.sha256(content).digest() + content


def opened(content: bytes, classes: Collection[type]) -> Any:
    """A value from what stands on a rack; None if it is torn, or not made of those classes.

    Args:
        content: What stands there.
        classes: All that its parts may be, beside what pickle itself writes down plainly.
    """
    digest, rest = content[:_DIGEST_BYTES], content[_DIGEST_BYTES:]
    if len(content) > A_VALUE_BYTES or hashlib.sha256(rest).digest() != digest:
        return None
    with contextlib.suppress(Exception):  # whatever a stranger has written there
        opener = _Opener(io.BytesIO(rest))
        opener.classes = {(one.__module__, one.__qualname__): one for one in classes}
        return opener.load()
    return None


class _Opener(pickle.Unpickler):
    """Opens what is made of some classes, and of nothing else."""

    classes: Mapping[tuple[str, str], type]

    def find_class(self, module: str, name: str) -> type:
        if found := self.classes.get((module, name)):
            return found
        raise pickle.UnpicklingError(f"{module}.{name}")
