"""Preflight of files that anyone may have made, each in a process behind limits.

A hostile PDF may take for ever or all the memory, or bring a library down; only the process that
reads it then ends. The files themselves are read here and never written; proofs are written
beside them.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from foldwell.build.write import write_file
from foldwell.errors import FoldwellError, Place, UsageError

if TYPE_CHECKING:
    from concurrent.futures import Future

    from foldwell.check.preflight import Examined
    from foldwell.check.report import Checked
    from foldwell.check.standard import Expected
    from foldwell.paper.formats import Format

TIME_LIMIT_S = 60
"""The longest that one file may take, its proof included."""
MOST_BYTES = 200 * 2**20


@dataclass(frozen=True)
class Outcome:
    """What became of one file.

    Attributes:
        checked: Its part of the report.
        proof: Its proof with notes, where one was asked for.
        pictures: The pages of the proof as PNG.
    """

    checked: Checked
    proof: bytes = b""
    pictures: tuple[bytes, ...] = ()


def preflight_files(
    names: Sequence[str], expected: Expected, *, proof: bool = False, time_limit_s: float = 0
) -> list[Outcome]:
    """Check some files.

    Args:
        names: Their paths, as the user wrote them.
        expected: What the caller knows of them.
        proof: Whether proofs with notes are made.
        time_limit_s: The longest that one file may take, where it is not the usual.

    Returns:
        One outcome a file, in their order; a file that cannot be checked says why.

    Raises:
        UsageError: If a file is missing or is no regular file; nothing is checked then.
    """
    from foldwell.check.report import Checked

    contents = {name: _read(name) for name in dict.fromkeys(names)}
    limit = time_limit_s or TIME_LIMIT_S
    pool = _pool(min(len(contents), os.cpu_count() or 1))
    try:
        futures = {
            name: pool.schedule(check_and_prove, args=[content, expected, proof], timeout=limit)
            for name, content in contents.items()
        }
        outcomes = []
        for name, future in futures.items():
            digest = hashlib.sha256(contents[name]).hexdigest()
            match _result(future, limit):
                case FoldwellError() as error:
                    outcomes.append(Outcome(Checked(name, digest, None, error)))
                case examined, made, pictures:
                    checked = Checked(name, digest, examined)
                    outcomes.append(Outcome(checked, made, pictures))
        return outcomes
    finally:
        pool.stop()
        pool.join()


def formats_of(root: Path) -> dict[str, Format]:
    """The table of formats, with those of the project in a folder, if there is one.

    Raises:
        Mistakes: If its ``build.yml`` cannot be read.
    """
    from foldwell.content.reading import read_model
    from foldwell.content.settings import Settings, formats_with
    from foldwell.content.tidyings import Tidyings

    path = "content/build.yml"
    return formats_with(
        read_model(Settings, root, path, Tidyings(path)) if (root / path).exists() else None
    )


def write_proofs(outcome: Outcome) -> list[Path]:
    """Write the proof of a file beside it: ``<name>-proof.pdf`` and ``<name>-proof-1.png`` ….

    Returns:
        What was written.

    Raises:
        FoldwellError: If something else stands in the place of one of them; nothing is written
            then.
    """
    path = Path(outcome.checked.file)
    wanted = {f"{path.stem}-proof.pdf": outcome.proof} if outcome.proof else {}
    for number, picture in enumerate(outcome.pictures, 1):
        wanted[f"{path.stem}-proof-{number}.png"] = picture
    for name in wanted:
        _refuse_foreign(path.with_name(name))
    for name, content in wanted.items():
        write_file(path.parent, name, content)
    return [path.with_name(name) for name in wanted]


def check_and_prove(
    content: bytes, expected: Expected, proof: bool
) -> tuple[Examined, bytes, tuple[bytes, ...]] | FoldwellError:
    """What runs in the process behind limits; what is wrong with a file comes back as a value."""
    from foldwell.check.preflight import examine
    from foldwell.check.proof import annotated_proof, proof_pictures

    try:
        examined = examine(content, expected)
        if not proof:
            return examined, b"", ()
        made = annotated_proof(content, examined.findings)
        return examined, made, tuple(proof_pictures(made))
    except FoldwellError as error:
        return error
    except MemoryError:
        return FoldwellError(
            "Checking the file needs too much memory.", None, "Make its pictures smaller."
        )
    except RecursionError:
        return FoldwellError(
            "The file is nested too deep.",
            None,
            "Save it again with the program that made it.",
        )


def _pool(size: int) -> Any:
    from pebble import ProcessPool

    from foldwell.build.limits import limit

    return ProcessPool(
        max_workers=size,
        max_tasks=1,  # a process that a file has led astray checks no other
        initializer=limit,
        context=cast(Any, multiprocessing.get_context("spawn")),  # pebble names no spawn context
    )


def _result(future: Future[Any], limit_s: float) -> Any:
    """What a process gave back, or the reason why it gave nothing."""
    from pebble import ProcessExpired

    try:
        return future.result()
    except TimeoutError:
        return FoldwellError(
            f"Checking the file took longer than {limit_s:g} seconds and was stopped.",
            None,
            "It may be broken: save it again with the program that made it.",
        )
    except ProcessExpired as error:
        return FoldwellError(
            f"The process that checked the file ended by itself (code {error.exitcode}).",
            None,
            "It may be broken, or too large: save it again with the program that made it.",
        )
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # SystemExit in a worker must not end the others
        return FoldwellError(
            f"Foldwell itself failed ({type(error).__name__}: {error}).",
            None,
            "This is a fault of Foldwell: please report it with the file.",
        )


def _read(name: str) -> bytes:
    """A regular file, all of it; a pipe or a device would never end."""
    path = Path(name)
    try:
        facts = path.stat()
        if not stat.S_ISREG(facts.st_mode):
            raise UsageError("This is no file.", Place(name), "Name a PDF file.")
        if facts.st_size > MOST_BYTES:
            raise UsageError(
                f"This file is larger than {MOST_BYTES // 2**20} MB.",
                Place(name),
                "Make its pictures smaller.",
            )
        return path.read_bytes()
    except OSError as error:
        raise UsageError(
            f"This file cannot be read ({error.strerror}).", Place(name), "Check the name."
        ) from None


def _refuse_foreign(path: Path) -> None:
    """Stop rather than write over what is no proof of ours."""
    from foldwell.check.proof import is_proof

    if path.is_symlink() or path.exists():
        ours = not path.is_symlink() and path.is_file() and path.stat().st_size <= MOST_BYTES
        if not ours or not is_proof(path.read_bytes()):
            raise FoldwellError(
                "The proof would be written over this, which is no proof of Foldwell's.",
                Place(str(path)),
                "Move it, or rename the file that you check.",
            )
