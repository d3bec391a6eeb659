"""The lock of an output folder: one build at a time, and the next one knows whom it waits for."""

from __future__ import annotations

import contextlib
import json
import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

from foldwell.build.ledger import own_folder
from foldwell.errors import FoldwellError, Place

WAIT_S = 600
"""How long a build waits for another one in the same output folder."""


@contextlib.contextmanager
def locked(output: Path, say: Callable[[str], None]) -> Iterator[bool]:
    """Hold an output folder for one build; wait while another build holds it.

    The system lets go of a lock whose holder has died, however it died.

    Args:
        output: The output folder.
        say: Called with who is waited for.

    Yields:
        Whether the build before this one was cut off, so that it may have left things behind.

    Raises:
        FoldwellError: If the other build takes too long, or the folder cannot be written.
    """
    from filelock import FileLock, Timeout

    with contextlib.ExitStack() as stack:
        try:
            while True:
                folder = own_folder(output)
                holder = folder / "holder.json"
                lock = FileLock(folder / "lock")
                stack.callback(_let_go, lock.release)
                try:
                    try:
                        lock.acquire(timeout=0)
                    except Timeout:
                        say(
                            f"{_who(holder)} is building into {output}. Waiting until it has ended."
                        )
                        lock.acquire(timeout=WAIT_S)
                    os.lstat(folder / "lock")
                    break
                except FileNotFoundError:  # somebody deleted the folder: this locks nothing
                    _let_go(lock.release)
            cut_off = os.path.lexists(holder)
            _sign(holder)
        except Timeout:
            raise FoldwellError(
                f"{_who(holder)} has been building into this folder for over"
                f" {WAIT_S // 60} minutes.",
                Place(str(output)),
                "Stop it, or build into another folder with --output.",
            ) from None
        except OSError as error:
            raise FoldwellError(
                f"The output folder cannot be written ({error.strerror}).",
                Place(str(output)),
                "Check the free space and the permissions, or name another folder with --output.",
            ) from error
        yield cut_off
        # Only a build that came to its end says so: the next one looks for what others left.
        with contextlib.suppress(OSError):
            holder.unlink()


def _let_go(release: Callable[[], None]) -> None:
    with contextlib.suppress(OSError):  # the system lets go of it when this process ends
        release()


def _sign(holder: Path) -> None:
    """Say who holds the lock, in a file of our own: a link is replaced, not followed."""
    with contextlib.suppress(FileNotFoundError):
        holder.unlink()
    facts = {"process": os.getpid(), "machine": socket.gethostname()}
    with open(holder, "x", encoding="utf-8") as file:
        file.write(json.dumps(facts))


def _who(holder: Path) -> str:
    try:
        facts = json.loads(holder.read_text())
        return f"Process {facts['process']} on {facts['machine']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "Another process"
