"""The final write: a path holds the complete old file or the complete new one, always.

The new file is written beside its place, flushed to the disk and renamed over it.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from foldwell.build.inputs import Signature, signature_of
from foldwell.errors import FoldwellError, Place


def write_file(root: Path, relative: str, content: bytes) -> Signature:
    """Put a finished file in its place below the output folder.

    Args:
        root: The output folder.
        relative: The path below it, with ``/``.
        content: All of the file.

    Returns:
        The file as it is now.

    Raises:
        FoldwellError: If it cannot be written; the old file, if any, is then untouched.
    """
    path = root / relative
    here = Place(str(path))
    temporary = ""
    try:
        root.mkdir(parents=True, exist_ok=True)
        # Asked before any folder is made, so that none is made on the other side of a link.
        if not path.parent.resolve().is_relative_to(root.resolve()):
            raise FoldwellError(
                "This folder is a link that leads out of the output folder.",
                here,
                "Remove the link.",
            )
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=".foldwell-", suffix=".part", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
        _flush_folder(path.parent)
        return signature_of(os.lstat(path))
    except OSError as error:
        if temporary:
            with contextlib.suppress(OSError):
                os.unlink(temporary)
        raise FoldwellError(
            f"This file cannot be written ({error.strerror}).",
            here,
            "Check the free space and the permissions of the folder; close the file if a viewer"
            " holds it open.",
        ) from error


def remove_file(root: Path, relative: str) -> None:
    """Delete a file below the output folder, never one behind a link.

    Raises:
        FileNotFoundError: If it is gone already.
        FoldwellError: If it cannot be deleted.
    """
    path = root / relative
    try:
        if path.parent.resolve().is_relative_to(root.resolve()):
            path.unlink()
    except FileNotFoundError:
        raise
    except OSError as error:
        raise FoldwellError(
            f"This file cannot be deleted ({error.strerror}).",
            Place(str(path)),
            "Check the permissions of its folder.",
        ) from error


def _flush_folder(folder: Path) -> None:
    """Let the new name survive a power cut; not every system can flush a folder."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
