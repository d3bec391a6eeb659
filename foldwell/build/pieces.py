"""Pieces: what many jobs share, such as a leaflet or a brand, known by the hash of their bytes.

Values are sealed for another process with their shared parts named only. A process that lacks a
piece says which, and is sent it once; what it makes itself it tells the process that asked. So a
job that travels is its key and what differs. What is unsealed was sealed by the same build.
"""

from __future__ import annotations

import hashlib
import io
import pickle
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

DIGEST_BYTES = 10
"""80 bits: nobody finds another piece of the same name, and names are most of a job."""
MOST_BYTES = 64 * 2**20
"""What a worker keeps of pieces, before it begins anew and is sent them again."""
PASSING = 32
"""How many values that are not saved, such as a text while somebody types, are held at once."""


class Missing(LookupError):  # noqa: N818 - it names what to send, it is no error of anybody
    """A sealed value has parts that this process was never sent.

    Args:
        digests: Of those parts.
    """

    def __init__(self, digests: Iterable[bytes]) -> None:
        self.digests = frozenset(digests)
        super().__init__(self.digests)


class Pieces:
    """The pieces that a process holds."""

    def __init__(self) -> None:
        self.held: dict[bytes, bytes] = {}
        """Every piece, pickled, by its digest."""
        self._new: dict[bytes, bytes] = {}
        self._opened: dict[bytes, Any] = {}
        # The value too, so that nothing else can have its identity.
        self._digests: dict[int, tuple[object, bytes]] = {}
        self._groups: dict[tuple[int, ...], tuple[object, ...]] = {}
        self._passing: OrderedDict[bytes, object] = OrderedDict()

    def hold(self, pieces: Mapping[bytes, bytes]) -> None:
        """Keep pieces that another process has sent."""
        self.held.update(pieces)
        for digest in pieces:
            self._passing.pop(digest, None)

    def lend(self, value: object) -> None:
        """Make a value a piece until some more were lent, or longer if others hold it too."""
        digest = hashlib.sha256(pickle.dumps(value)).digest()[:DIGEST_BYTES]
        is_lent = digest not in self.held or digest in self._passing
        self.share(value)
        if is_lent:
            self._passing[digest] = value
        while len(self._passing) > PASSING:
            digest, gone = self._passing.popitem(last=False)
            for held in (self.held, self._new):
                held.pop(digest, None)
            self._digests.pop(id(gone), None)

    def trim(self) -> None:
        """Let go of all pieces if they are too many."""
        if sum(map(len, self.held.values())) > MOST_BYTES:
            self.__init__()  # type: ignore[misc]

    def news(self) -> dict[bytes, bytes]:
        """The pieces made here that were not told yet, after some work that is done now."""
        self._digests.clear()  # they would keep the content of former plans
        self._groups.clear()
        return self.fresh()

    def fresh(self) -> dict[bytes, bytes]:
        """The same, in the middle of work: what was sealed is known when it is sealed again."""
        new, self._new = self._new, {}
        return new

    def share(self, value: object) -> bytes:
        """Make a value a piece, unless it is one; its digest."""
        if isinstance(value, str | bytes):  # an equal one may be made anew each time
            digest = _digest_of(value)
            if digest not in self.held:
                self._add(pickle.dumps(value), digest)
            self._passing.pop(digest, None)  # it is no longer only lent
            return digest
        _, digest = self._digests.get(id(value), (value, b""))
        if not digest:
            content = pickle.dumps(value)
            digest = hashlib.sha256(content).digest()[:DIGEST_BYTES]
            if digest not in self.held:
                self._add(content, digest)
            self._passing.pop(digest, None)
            self._digests[id(value)] = value, digest
        return digest

    def _add(self, content: bytes, digest: bytes) -> None:
        self.held[digest] = self._new[digest] = content

    def group(self, values: Iterable[object]) -> tuple[object, ...]:
        """Some values as one, the same one each time, so that it can be shared."""
        group = tuple(values)
        return self._groups.setdefault(tuple(map(id, group)), group)

    def seal(self, value: object, shared: Iterable[object]) -> bytes:
        """A value as bytes, in which the shared parts are only named."""
        names = {id(part): self.share(part) for part in shared}
        out = io.BytesIO()
        sealer = _Sealer(out, pickle.HIGHEST_PROTOCOL)
        sealer.names = names
        sealer.dump(value)
        return out.getvalue()

    def unseal(self, sealed: bytes) -> Any:
        """A value from its bytes; its shared parts are the same for all that name them.

        Raises:
            Missing: If parts of it are not held.
        """
        opener = _Opener(io.BytesIO(sealed))
        opener.pieces, opener.missing = self, set()
        value = opener.load()
        if opener.missing:
            raise Missing(opener.missing)
        return value

    def opened(self, digest: bytes) -> Any:
        """A piece as a value."""
        if digest not in self._opened:
            self._opened[digest] = pickle.loads(self.held[digest])
        return self._opened[digest]


@lru_cache(maxsize=512, typed=True)
def _digest_of(value: str | bytes) -> bytes:
    """The digest of a text or of bytes, such as a style sheet that many files have."""
    return hashlib.sha256(pickle.dumps(value)).digest()[:DIGEST_BYTES]


class _Sealer(pickle.Pickler):
    names: Mapping[int, bytes]

    def persistent_id(self, value: object) -> bytes | None:
        return self.names.get(id(value))


class _Opener(pickle.Unpickler):
    pieces: Pieces
    missing: set[bytes]

    def persistent_load(self, digest: bytes) -> Any:
        if digest in self.pieces.held:
            return self.pieces.opened(digest)
        self.missing.add(digest)
        return None


HERE = Pieces()
"""Those of this process."""
