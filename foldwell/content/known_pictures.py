"""What was made of pictures before, so that each is worked on once.

It only saves work: what is missing, torn or of another version of Foldwell is made anew. The
folder is read here; whoever builds writes what is new to it.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_DIGEST_BYTES = 32


@dataclass
class KnownPictures:
    """Normalised pictures by the hash of what they were made from.

    Attributes:
        folder: Where they stand, a file each; None where nothing is known.
        stamp: A hash of Foldwell itself, which made them.
        used: The names of those that were asked for.
        fresh: Those that were made now: their names and files.
    """

    folder: Path | None = None
    stamp: str = ""
    used: set[str] = field(default_factory=set)
    fresh: dict[str, bytes] = field(default_factory=dict)

    def get(self, suffix: str, content: bytes) -> tuple[dict[str, Any], bytes] | None:
        """What is known of a picture, and what it became; None if it has to be made.

        Args:
            suffix: How the name of its file ends.
            content: Its file.
        """
        name = self._name(suffix, content)
        if self.folder is None:
            return None
        try:
            known = (self.folder / name).read_bytes()
        except OSError:
            return None
        digest, rest = known[:_DIGEST_BYTES], known[_DIGEST_BYTES:]
        if hashlib.sha256(rest).digest() != digest:  # torn
            return None
        self.used.add(name)
        facts, _, made = rest.partition(b"\n")
        values = json.loads(facts)
        return values | {"changes": tuple(values["changes"])}, made

    def keep(self, suffix: str, content: bytes, facts: dict[str, Any], made: bytes) -> None:
        """Remember what a picture became.

        Args:
            suffix: How the name of its file ends.
            content: Its file.
            facts: What is known of it, as JSON has it.
            made: What it became.
        """
        name = self._name(suffix, content)
        rest = json.dumps(facts).encode() + b"\n" + made
        self.used.add(name)
        self.fresh[name] = hashlib.sha256(rest).digest() + rest

    def _name(self, suffix: str, content: bytes) -> str:
        digest = hashlib.sha256(f"{self.stamp}\0{suffix}\0".encode())
        digest.update(content)
        return digest.hexdigest()
