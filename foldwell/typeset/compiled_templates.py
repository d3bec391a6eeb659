"""Shipped templates as Jinja compiled them, so that not every build compiles them anew.

Setting up writes them. They are code, so they are never read from a folder that a build writes to.
Each is known by its path and by a hash of its text: one that was changed since is compiled anew.
"""

from __future__ import annotations

from typing import Any

import jinja2
from jinja2.bccache import Bucket, FileSystemBytecodeCache
from typing_extensions import override

from foldwell.shipped import prepared_folder

OPTIONS: dict[str, Any] = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True}
"""How all templates are read. Not ``select_autoescape()``, which would leave x.html.j2 alone."""


class Compiled(FileSystemBytecodeCache):
    """Compiled templates, among the packages that they belong to.

    Args:
        writes: Whether those that are not there are written.
    """

    def __init__(self, *, writes: bool = False) -> None:
        options = "".join(str(int(value)) for value in OPTIONS.values())
        self._writes, self.folder = writes, prepared_folder()
        super().__init__(str(self.folder), f"template-{jinja2.__version__}-{options}-%s")

    @override
    def dump_bytecode(self, bucket: Bucket) -> None:
        """Write one, where that is asked for: workers write nothing."""
        if self._writes:
            super().dump_bytecode(bucket)
