"""Pictures of pages: drawn by a process of their own, and kept by the hash of what they show."""

from __future__ import annotations

import contextlib
import hashlib
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from foldwell.build.limits import limit
from foldwell.build.page_pictures import Sheet, draw
from foldwell.build.write import remove_file, write_file
from foldwell.content.reading import read_file
from foldwell.errors import FoldwellError, Mistakes, Place

TIME_LIMIT_S = 30
WIDEST_PX = 2400
OWN = ".foldwell"
FOLDER = f"{OWN}/pages"
LARGEST_BYTES = 40 * 2**20
KEPT_FILES = 4000
"""Pictures that are kept on the disk; with more, the oldest go."""


def count_pages(path: Path) -> int:
    """How many pages a PDF has; runs in a process of its own, as all that PDFium does."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        return len(document)


class Pictures:
    """Draws pages, and keeps those of finished files.

    Args:
        root: The project folder.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lock = threading.Lock()
        self._pool: Any = None

    def start(self) -> None:
        """Let the process warm up."""
        import multiprocessing

        from pebble import ProcessPool

        with self._lock:
            if self._pool is None or not self._pool.active:
                context: Any = multiprocessing.get_context("spawn")
                self._pool = ProcessPool(
                    max_workers=1, max_tasks=500, initializer=limit, context=context
                )

    def drawn(self, content: bytes, width_px: int, pages: tuple[int, ...] = ()) -> list[Sheet]:
        """Draw pages now.

        Raises:
            FoldwellError: If that fails, or takes too long.
        """
        found: list[Sheet] = self.apart(draw, content, pages, min(width_px, WIDEST_PX))
        return found

    def apart(self, work: Callable[..., Any], *arguments: Any) -> Any:
        """Do something with what others have drawn in the process that has limits.

        Raises:
            FoldwellError: If it says what is wrong, fails, or takes too long.
        """
        self.start()
        try:
            return self._pool.schedule(work, args=arguments, timeout=TIME_LIMIT_S).result()
        except (FoldwellError, Mistakes):
            raise
        except Exception as error:  # a process that was lost, a file that cannot be drawn
            raise FoldwellError(f"This cannot be shown ({type(error).__name__}).") from error

    def page(self, path: Path, number: int, width_px: int) -> bytes:
        """A page of a finished file as PNG.

        Args:
            path: A PDF of the output.
            number: The page, counted from 0.
            width_px: How wide.

        Raises:
            FoldwellError: If there is no such page.
        """
        try:
            content = path.read_bytes()
        except OSError:
            raise FoldwellError("This file is not built yet.", Place(path.name)) from None
        digest = hashlib.sha256(content).hexdigest()[:40]
        name = f"{FOLDER}/{digest}-{number}-{width_px}.png"
        with contextlib.suppress(FoldwellError):  # not drawn yet, or behind a link
            return read_file(self._root, name, LARGEST_BYTES)
        png = self.drawn(content, width_px, (number,))[0].png
        if not any((self._root / one).is_symlink() for one in (OWN, FOLDER)):
            self._trim()
            write_file(self._root, name, png)
        return png

    def _trim(self) -> None:
        folder = self._root / FOLDER
        there = list(folder.glob("*.png")) if folder.is_dir() else []
        if len(there) > KEPT_FILES:
            for path in sorted(there, key=lambda one: one.lstat().st_mtime)[: KEPT_FILES // 4]:
                remove_file(self._root, f"{FOLDER}/{path.name}")

    def close(self) -> None:
        """End the process."""
        if self._pool is not None:
            self._pool.stop()
            self._pool.join()
            self._pool = None
