"""What Foldwell itself was like when workers were first used, which they are held to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from weakref import WeakKeyDictionary

from foldwell.errors import FoldwellError

_begun: WeakKeyDictionary[Any, Mapping[str, str]] = WeakKeyDictionary()


def hold_to(workers: object, stamps: Mapping[str, str]) -> None:
    """Hold workers to what Foldwell was like when they were first used.

    Args:
        workers: The workers.
        stamps: Hashes of Foldwell itself as it is now, by name.

    Raises:
        FoldwellError: If it changed: they keep what they have read of it, and would make files as
            before.
    """
    if _begun.setdefault(workers, stamps) != stamps:
        raise FoldwellError(
            "Foldwell's own files were changed since this command began.",
            None,
            "Stop it and start it again.",
        )
