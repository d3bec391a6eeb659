"""The final write: a path holds the complete old file or the complete new one, always.

The new file is written beside its place, flushed to the disk and renamed over it. What a killed
build left beside is swept away by the next one.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from foldwell.build.inputs import Signature, signature_of
from foldwell.errors import FoldwellError, Place

_PREFIX, _SUFFIX = ".foldwell-", ".part"
_TEMPORARY = re.compile(rf"{re.escape(_PREFIX)}[a-z0-9_]+{re.escape(_SUFFIX)}")
_NO_FOLDER_FLUSH = frozenset(
    getattr(errno, name) for name in "EACCES EPERM EINVAL EBADF EISDIR ENOSYS ENOTSUP".split()
)
"""What systems answer that cannot open or flush a folder; all else is a fault of the disk."""


class Writing:
    """Files that are written one after another, whose folders are flushed together in the end.

    Args:
        root: The output folder.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._folders: dict[Path, str] = {}

    def write(self, relative: str, content: bytes) -> Signature:
        """Put a finished file in its place below the output folder.

        Its new name survives a power cut only from ``flush`` on.

        Args:
            relative: The path below the folder, with ``/``.
            content: All of the file.

        Returns:
            The file as it is now.

        Raises:
            FoldwellError: If it cannot be written; the old file, if any, is then untouched.
        """
        path = self._root / relative
        temporary = ""
        try:
            folder = self._folders.get(path.parent) or self._open(path)
            handle, temporary = tempfile.mkstemp(suffix=_SUFFIX, prefix=_PREFIX, dir=folder)
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(temporary, 0o644)
            os.replace(temporary, path)
            return signature_of(os.lstat(path))
        except OSError as error:
            _forget(temporary)
            raise _unwritable(path, error) from error
        except BaseException:  # Ctrl-C
            _forget(temporary)
            raise

    def renew(self, relative: str, content: bytes) -> None:
        """The same, unless just that stands there.

        Raises:
            FoldwellError: If it cannot be written.
        """
        path = self._root / relative
        if path.is_symlink() or not path.is_file() or path.read_bytes() != content:
            self.write(relative, content)

    def flush(self) -> dict[str, FoldwellError]:
        """Let the new names survive a power cut; the folders of which that failed, and why."""
        failed = {}
        for folder in self._folders:
            try:
                _flush_folder(folder)
            except OSError as error:
                failed[folder.relative_to(self._root).as_posix()] = _unwritable(folder, error)
        self._folders.clear()
        return failed

    def _open(self, path: Path) -> str:
        """Make the folder of a file, unless it is there; its name."""
        self._root.mkdir(parents=True, exist_ok=True)
        # Asked before any folder is made, so that none is made on the other side of a link.
        if not _is_inside(path, self._root):
            raise FoldwellError(
                "This folder is a link that leads out of the output folder.",
                Place(str(path)),
                "Remove the link.",
            )
        path.parent.mkdir(parents=True, exist_ok=True)
        return self._folders.setdefault(path.parent, str(path.parent))


def write_file(root: Path, relative: str, content: bytes) -> Signature:
    """Put one finished file in its place below the output folder, for good.

    Args:
        root: The output folder.
        relative: The path below it, with ``/``.
        content: All of the file.

    Returns:
        The file as it is now.

    Raises:
        FoldwellError: If it cannot be written; the old file, if any, is then untouched.
    """
    writing = Writing(root)
    signature = writing.write(relative, content)
    for error in writing.flush().values():
        raise FoldwellError(error.message, Place(str(root / relative)), error.hint)
    return signature


def _unwritable(path: Path, error: OSError) -> FoldwellError:
    return FoldwellError(
        f"This file cannot be written ({error.strerror}).",
        Place(str(path)),
        "Check the free space and the permissions of the folder; close the file if a viewer"
        " holds it open.",
    )


def remove_file(root: Path, relative: str) -> bool:
    """Delete a file below the output folder, never one behind a link.

    Returns:
        Whether it was there, and is gone.

    Raises:
        FoldwellError: If it cannot be deleted.
    """
    path = root / relative
    try:
        if not _is_inside(path, root):
            return False
        path.unlink()
        return True
    except FileNotFoundError:
        return False
    except OSError as error:
        raise FoldwellError(
            f"This file cannot be deleted ({error.strerror}).",
            Place(str(path)),
            "Check the permissions of its folder.",
        ) from error


def sweep(root: Path) -> int:
    """Delete what killed builds left half written, down to two folders deep, never behind a link.

    Args:
        root: The output folder.

    Returns:
        How many files were deleted.
    """
    count = 0
    clinics = list(_folders(root))
    languages = [inner for clinic in clinics for inner in _folders(clinic)]
    for folder in (str(root), *clinics, *languages):
        with contextlib.suppress(OSError), os.scandir(folder) as entries:
            for entry in entries:
                if _TEMPORARY.fullmatch(entry.name) and not entry.is_dir(follow_symlinks=False):
                    with contextlib.suppress(OSError):
                        os.unlink(entry.path)
                        count += 1
    return count


def _folders(folder: Path | str) -> Iterator[str]:
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        yield from [entry.path for entry in entries if entry.is_dir(follow_symlinks=False)]


def _is_inside(path: Path, root: Path) -> bool:
    """Whether the folder of a path lies below another folder, all links followed."""
    try:
        return path.parent.resolve().is_relative_to(root.resolve())
    except RuntimeError:  # links that lead round in a circle
        return False


def _forget(temporary: str) -> None:
    if temporary:
        with contextlib.suppress(OSError):
            os.unlink(temporary)


def _flush_folder(folder: Path) -> None:
    """Let the new name survive a power cut, where the system can flush a folder."""
    try:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        if error.errno not in _NO_FOLDER_FLUSH:
            raise
