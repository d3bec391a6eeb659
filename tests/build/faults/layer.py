"""A layer under Foldwell's file functions that lets one of them fail, for real, at a chosen call.

Every call that concerns a file below the watched folder is an event, counted from 1. At the
chosen event the process is killed, or the call fails with an error of the system; a write has
then written half of its bytes.
"""

from __future__ import annotations

import builtins
import errno
import fcntl
import os
import re
import signal
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from foldwell.build import ledger

KILL = "SIGKILL"
ERRORS = {"ENOSPC": errno.ENOSPC, "EIO": errno.EIO, "EACCES": errno.EACCES}
KINDS = (KILL, *ERRORS)
_SQLITE = {
    "ENOSPC": ("database or disk is full", sqlite3.SQLITE_FULL),
    "EIO": ("disk I/O error", sqlite3.SQLITE_IOERR),
    "EACCES": ("attempt to write a readonly database", sqlite3.SQLITE_READONLY),
}
_PATHS = "open mkdir unlink chmod listdir scandir lstat stat readlink".split()


class Layer:
    """The patched functions.

    Args:
        folder: Where faults may happen.
        at: The event that fails; 0 for none.
        kind: How it fails.
        log: A file that each event is written to, and the word ``FIRED`` before the fault.
    """

    def __init__(self, folder: Path, at: int, kind: str, log: Path) -> None:
        self._folder, self._at, self._kind = os.path.realpath(folder), at, kind
        self._log = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        self._count = 0
        self._usual = {name: getattr(os, name) for name in ("write", "readlink", "kill")}

    def install(self) -> None:
        """Put the layer under everything; it stays for the life of the process."""
        for name in _PATHS:
            setattr(os, name, self._of_path(name, getattr(os, name)))
        os.replace = self._of_path("replace", os.replace)
        for name in ("fsync", "close"):
            setattr(os, name, self._of_handle(name, getattr(os, name)))
        fcntl.flock = self._of_handle("flock", fcntl.flock)
        tempfile.mkstemp = self._of_temporary(tempfile.mkstemp)
        os.fdopen = self._of_file(os.fdopen)
        builtins.open = self._of_open(builtins.open)
        ledger.sqlite3.connect = self._of_database(sqlite3.connect)  # type: ignore[attr-defined]

    def event(self, what: str, half: Callable[[], None] | None = None) -> None:
        """Count an event, and let it fail if it is the chosen one."""
        self._count += 1
        fires = self._count == self._at
        self._usual["write"](self._log, f"{'FIRED ' if fires else ''}{what}\n".encode())
        if not fires:
            return
        if half:
            half()
        if self._kind == KILL:
            self._usual["kill"](os.getpid(), signal.SIGKILL)
        if what.startswith("sqlite"):
            message, code = _SQLITE[self._kind]
            error = sqlite3.OperationalError(message)
            error.sqlite_errorcode = code
            raise error
        number = ERRORS[self._kind]
        raise OSError(number, os.strerror(number))

    def _name(self, path: Any) -> str:
        """The path below the watched folder, without what differs each time; empty if not there."""
        if isinstance(path, int):
            try:
                path = self._usual["readlink"](f"/proc/self/fd/{path}")
            except OSError:
                return ""
        path = os.fsdecode(path)
        if not f"{path}/".startswith(f"{self._folder}/"):
            return ""
        path = path.removeprefix(self._folder).strip("/") or "."
        return re.sub(r"\.foldwell-[a-z0-9_]+\.part", ".part", path)

    def _of_path(self, name: str, usual: Callable[..., Any]) -> Callable[..., Any]:
        def patched(path: Any = ".", *arguments: Any, **named: Any) -> Any:
            if shown := self._name(path):
                self.event(f"{name} {shown}")
            return usual(path, *arguments, **named)

        return patched

    def _of_handle(self, name: str, usual: Callable[..., Any]) -> Callable[..., Any]:
        def patched(handle: Any, *arguments: Any) -> Any:
            number = handle if isinstance(handle, int) else handle.fileno()
            if shown := self._name(number):
                # close(2) frees the handle even when it reports an error.
                self.event(f"{name} {shown}", (lambda: usual(handle)) if name == "close" else None)
            return usual(handle, *arguments)

        return patched

    def _of_temporary(self, usual: Callable[..., Any]) -> Callable[..., Any]:
        def patched(*arguments: Any, **named: Any) -> Any:
            if shown := self._name(named["dir"]):
                self.event(f"mkstemp {shown}")
            return usual(*arguments, **named)

        return patched

    def _of_file(self, usual: Callable[..., Any]) -> Callable[..., Any]:
        def patched(handle: int, *arguments: Any, **named: Any) -> Any:
            shown = self._name(handle)
            file = usual(handle, *arguments, **named)
            return _File(file, shown, self) if shown and file.writable() else file

        return patched

    def _of_open(self, usual: Callable[..., Any]) -> Callable[..., Any]:
        def patched(path: Any, mode: str = "r", *arguments: Any, **named: Any) -> Any:
            shown = self._name(path) if not isinstance(path, int) else ""
            if shown:
                self.event(f"open {shown}")
            file = usual(path, mode, *arguments, **named)
            return _File(file, shown, self) if shown and file.writable() else file

        return patched

    def _of_database(self, usual: Callable[..., Any]) -> Callable[..., Any]:
        layer = self

        class Connection(sqlite3.Connection):
            def execute(self, query: str, *values: Any) -> Any:
                layer.event(f"sqlite {' '.join(query.split()[:3])}")
                return super().execute(query, *values)

            def executemany(self, query: str, *values: Any) -> Any:
                layer.event(f"sqlite many {' '.join(query.split()[:3])}")
                return super().executemany(query, *values)

            def executescript(self, script: str) -> Any:
                layer.event("sqlite script")
                return super().executescript(script)

        def patched(path: Any, **named: Any) -> Any:
            layer.event("sqlite connect")
            return usual(path, factory=Connection, **named)

        return patched


class _File:
    """An open file whose writes are events; at a fault, half of the bytes are written."""

    def __init__(self, file: Any, shown: str, layer: Layer) -> None:
        self._file, self._shown, self._layer = file, shown, layer

    def write(self, content: Any) -> Any:
        def half() -> None:
            self._file.write(content[: len(content) // 2])
            self._file.flush()

        self._layer.event(f"write {self._shown}", half)
        return self._file.write(content)

    def flush(self) -> None:
        self._layer.event(f"flush {self._shown}")
        self._file.flush()

    def __enter__(self) -> _File:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)
