"""The register of an output folder, as whoever adds to it again and again has it.

What was read or written before is not opened again while it stands there to the byte.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path

from foldwell.build.editions import FILE, Entry, as_json, entries_of, register_of
from foldwell.build.write import Writing
from foldwell.errors import FoldwellError


class Register:
    """The register of an output folder.

    Args:
        output: The output folder.
    """

    def __init__(self, output: Path) -> None:
        self._output = output
        self._content: bytes | None = None
        self._entries: list[Entry] = []

    def read(self) -> list[Entry]:
        """Its entries; none where nothing was built yet.

        Raises:
            FoldwellError: If it cannot be read.
        """
        content = register_of(self._output)
        if content != self._content:
            self._content, self._entries = content, entries_of(content, self._output)
        return self._entries

    def look_ahead(self) -> None:
        """Read it and work out what most of it will say again, before it is known what is new."""
        with contextlib.suppress(FoldwellError):  # which whoever reads it then is told
            for entry in self.read():
                _ = entry.text

    def write(self, entries: Sequence[Entry], writing: Writing) -> None:
        """Put other entries in their place, unless these stand there.

        Raises:
            FoldwellError: If it cannot be written.
        """
        content = as_json(entries)
        writing.renew(FILE, content)
        self._content, self._entries = content, [*entries]
