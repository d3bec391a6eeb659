"""A store: where finished files are sent when the output is an address such as ``s3://…``.

A build for a store writes into a folder of this machine, in the user's cache, as any build does,
and each file is sent from there as soon as it is finished. So a network that fails costs no
finished file, the ledger stands beside files that cost nothing to look at, and what did not change
is neither made nor sent again. The folder is not in the project, because every clone of a project
that builds for one store must wait for the others, and not in the store, where the ledger's
database cannot work.

In the store, too, a path holds the complete old file or the complete new one. Stores of which
that is not known are refused. A store is no folder: builds of other machines or users for the
same store are not waited for, and of two files sent at once the later one stays.
"""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import os
import sys
import uuid
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

from foldwell.afar.address import kind_of, opened, without_secrets
from foldwell.afar.sent import Sent
from foldwell.build.events import Built, Delivered, Done, Event, Failed, Kept
from foldwell.build.write import write_file
from foldwell.errors import FoldwellError, Place

MARKS = ("ETag", "etag", "md5Hash", "generation", "mtime", "created", "ino")
"""What a store may say of a file that is another after each change of it."""
PATIENCE = 10
"""After how many files that could not be sent the others are not tried."""


class Store:
    """A store, and the folder of this machine that is built into for it.

    Args:
        address: Of the folder in the store, such as ``s3://bucket/leaflets``.

    Raises:
        UsageError: If it is no address of a known kind of store.
        FoldwellError: If what speaks to the store is not installed, or refuses the address.
    """

    def __init__(self, address: str) -> None:
        self._kind = kind_of(address)
        self.name = without_secrets(address)
        """The address as it may be shown."""
        self._fs, self._root = opened(address, self._kind, self.name)
        home = _cache() / hashlib.sha256(self.name.encode()).hexdigest()[:16]
        self.folder = home / "output"
        """The folder of this machine to build into."""
        self._records = Sent(home / "sent.sqlite")
        self._pool: ThreadPoolExecutor | None = None
        self._under_way: dict[Future[str], tuple[str, str]] = {}
        self._sent: dict[str, str] = {}
        self._errors = 0

    def along(self, events: Iterable[Event]) -> Iterator[Event]:
        """The events of a build, while the files of each job that was made are sent.

        In the end the store is brought to where the folder is, and ``Delivered`` says so, before
        ``Done``.
        """
        finished: dict[str, Mapping[str, str]] = {}
        for event in events:
            if isinstance(event, Kept | Built):
                finished[event.path] = event.files
            if isinstance(event, Built) and self._errors < PATIENCE:
                for path, sha256 in event.files.items():
                    self._start(path, sha256)
            self._settle(wait=False)
            if isinstance(event, Failed):  # perhaps of a file that was taken away
                finished.pop(event.path, None)
            if isinstance(event, Done):
                yield self.send({p: sha for files in finished.values() for p, sha in files.items()})
            yield event

    def send(self, files: Mapping[str, str]) -> Delivered:
        """Bring the store to where the folder is: send every file that is not there as it must be.

        Args:
            files: SHA-256 by the path below the folder.
        """
        self._settle(wait=True)
        self._errors = 0
        failed: list[FoldwellError] = []
        waiting = [
            (path, sha256)
            for path, sha256, there in self._compared(files)
            if self._sent.get(path) != sha256 and not there
        ]
        while waiting and self._errors < PATIENCE:
            batch = [waiting.pop() for _ in range(min(len(waiting), 4 * self._kind.at_once))]
            for path, sha256 in batch:
                self._start(path, sha256)
            failed += self._settle(wait=True)
        sent = sum(self._sent.get(path) == sha256 for path, sha256 in files.items())
        there = len(files) - sent - len(failed) - len(waiting)
        self._sent.clear()
        return Delivered(self.name, sent, there, tuple(failed), len(waiting))

    def remove(self, paths: Iterable[str]) -> None:
        """Delete files from the store; those that are not there are passed over.

        Raises:
            FoldwellError: If one cannot be deleted.
        """
        for path in paths:
            try:
                self._fs.rm_file(self._full(path))
            except FileNotFoundError:
                continue
            except Exception as error:  # every kind of store has its own
                raise self._failed("deleted", path, error) from error

    def what_is_wrong(self, path: str, content: bytes) -> str:
        """What is wrong with a file of the store, in words; empty if it holds just that content.

        Raises:
            FoldwellError: If the store does not give it.
        """
        try:
            self._fs.invalidate_cache()
            # Whatever the store tells of it: verifying believes nothing but the content.
            there: bytes = self._fs.cat_file(self._full(path))
        except FileNotFoundError:
            return "is missing"
        except Exception as error:  # every kind of store has its own
            raise self._failed("read", path, error) from error
        return "" if there == content else "differs"

    def close(self) -> None:
        """Wait for what is being sent, and record it."""
        self._settle(wait=True)
        if self._pool is not None:
            self._pool.shutdown()

    def _full(self, path: str) -> str:
        return f"{self._root}/{path}"

    def _failed(self, what: str, path: str, error: Exception) -> FoldwellError:
        reason = str(error).strip().splitlines()
        return FoldwellError(
            f"This file cannot be {what} ({reason[0] if reason else type(error).__name__}).",
            Place(f"{self.name}/{path}"),
            "Check the address, the network and the credentials, and build again: it is kept"
            " until then."
            if what == "sent"
            else "Check the address, the network and the credentials.",
        )

    def _start(self, path: str, sha256: str) -> None:
        if self._pool is None:
            self._pool = ThreadPoolExecutor(self._kind.at_once, "store")
        self._under_way[self._pool.submit(self._put, path, sha256)] = (path, sha256)

    def _settle(self, wait: bool) -> list[FoldwellError]:
        """Record what was sent, and return what could not be."""
        ended = [future for future in self._under_way if wait or future.done()]
        failed, records = [], []
        for future in ended:
            path, sha256 = self._under_way.pop(future)
            try:
                records.append((path, sha256, future.result()))
                self._sent[path] = sha256
            except FoldwellError as error:
                failed.append(error)
        self._records.keep(records)
        self._errors += len(failed)
        return failed

    def _put(self, path: str, sha256: str) -> str:
        """Send one file; returns the mark that the store gave it.

        Raises:
            FoldwellError: If it cannot be sent; the store then holds what it held.
        """
        try:
            content = (self.folder / path).read_bytes()
            if hashlib.sha256(content).hexdigest() != sha256:
                raise OSError("it was altered since it was made")
            full = self._full(path)
            if self._kind.way == "folder":
                write_file(Path(self._root), path, content)
            elif self._kind.way == "move":
                self._move_in(full, content)
            else:
                self._fs.pipe_file(full, content)
            facts = self._fs.info(full)
            if facts["size"] != len(content):
                raise OSError("it did not arrive whole")
            return _mark(facts)
        except Exception as error:  # every kind of store has its own
            raise self._failed("sent", path, error) from error

    def _move_in(self, full: str, content: bytes) -> None:
        folder = full.rpartition("/")[0]
        temporary = f"{folder}/.foldwell-{uuid.uuid4().hex}.part"
        self._fs.makedirs(folder, exist_ok=True)
        try:
            self._fs.pipe_file(temporary, content)
            self._fs.mv(temporary, full)
        except BaseException:
            with contextlib.suppress(Exception):
                self._fs.rm_file(temporary)
            raise

    def _compared(self, files: Mapping[str, str]) -> Iterator[tuple[str, str, bool]]:
        """Each file with its hash, and whether the store still holds what was sent of it."""
        sent = self._records.all()
        self._fs.invalidate_cache()
        listed: dict[str, dict[str, str]] = {}
        for path, sha256 in files.items():
            folder, _, name = path.rpartition("/")
            if folder not in listed:
                listed[folder] = self._marks(folder)
            mark = listed[folder].get(name, "")
            yield path, sha256, bool(mark) and sent.get(path) == (sha256, mark)

    def _marks(self, folder: str) -> dict[str, str]:
        """The marks of the files that one folder of the store holds, by their names."""
        try:
            found = self._fs.ls(self._full(folder), detail=True)
        except FileNotFoundError:
            return {}
        except Exception as error:
            raise self._failed("listed", folder, error) from error
        return {facts["name"].rpartition("/")[2]: _mark(facts) for facts in found}


def _mark(facts: Mapping[str, Any]) -> str:
    """What tells that a file of a store is no longer the same; empty if the store tells nothing."""
    marks = {name: facts[name] for name in MARKS if facts.get(name) is not None}
    for name, value in marks.items():
        if isinstance(value, datetime.datetime):  # in a list the same moment may be a number
            marks[name] = value.timestamp()
    return repr((facts["size"], *marks.items())) if marks else ""


def _cache() -> Path:
    """The user's folder for what may be lost."""
    usual = os.environ.get("LOCALAPPDATA") if sys.platform == "win32" else None
    base = os.environ.get("XDG_CACHE_HOME") or usual or Path.home() / ".cache"
    return Path(base) / "foldwell"
