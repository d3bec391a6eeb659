"""Versions in git, beside those of the studio: only in a project that is one, and if asked for.

A commit holds the one file that was saved and nothing else that lies about; no hook of the project
runs, because a save must not wait for a build.
"""

from __future__ import annotations

import datetime
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

from foldwell.build.write import remove_file, write_file
from foldwell.errors import FoldwellError, Place
from foldwell.studio.saving import HISTORY, OWN, Version

CHOSEN = f"{OWN}/commits"
"""The file that says that each save is to be committed."""
START = "git-"
"""How the names of these versions start."""
MOST = 50
LIMIT_S = 20
_HOOKLESS = ("-c", f"core.hooksPath={os.devnull}")


def is_repository(root: Path) -> bool:
    """Whether the project stands in a work tree of git."""
    return _git(root, "rev-parse", "--is-inside-work-tree")[1].strip() == b"true"


def is_chosen(root: Path) -> bool:
    """Whether the user wants each save in git, too."""
    return (root / CHOSEN).is_file()


def choose(root: Path, wanted: bool) -> None:
    """Remember whether each save goes to git.

    Raises:
        FoldwellError: If there is no repository, or the choice cannot be written.
    """
    if not wanted:
        remove_file(root, CHOSEN)
        return
    if not is_repository(root):
        raise FoldwellError("This project is not kept in git.", None, "Make it one: 'git init'.")
    if (root / OWN).is_symlink():
        raise FoldwellError("This is a link; links are not followed.", Place(OWN), "Remove it.")
    write_file(root, CHOSEN, b"each save is committed\n")


def commit(root: Path, relative: str, words: str) -> None:
    """Put one file, as it stands, into git.

    Args:
        root: The project folder.
        relative: The file below it.
        words: What was done, for the log.

    Raises:
        FoldwellError: With what git says against it; the file is saved all the same.
    """
    for command in (
        ("add", "--", relative),
        (*_HOOKLESS, "commit", "--quiet", "--only", "-m", words, "--", relative),
    ):
        code, _, told = _git(root, *command)
        if code:
            why = told.decode("utf-8", "replace").strip().splitlines()[-1:] or ["it says nothing"]
            raise FoldwellError(
                f"It is saved and kept in {HISTORY}, but git did not take it ({why[0][:200]}).",
                Place(relative),
                "Ask whoever looks after the project.",
            )


def is_committed(root: Path, relative: str) -> bool:
    """Whether git has the file as it stands."""
    return not _git(root, "status", "--porcelain", "--", relative)[1].strip()


def git_versions(root: Path, relative: str) -> Iterator[Version]:
    """The committed versions of a file, the newest first; none where there is no git."""
    _, told, _ = _git(root, "log", f"-{MOST}", "--format=%H %ct", "--", relative)
    for line in told.decode("ascii", "replace").splitlines():
        name, _, seconds = line.partition(" ")
        code, content, _ = _git(root, "show", f"{name}:./{relative}")
        if not code:  # a commit that took the file away holds none
            when = datetime.datetime.fromtimestamp(int(seconds), datetime.UTC)
            yield Version(f"{START}{name}", when, content)


def _git(root: Path, *words: str) -> tuple[int, bytes, bytes]:
    """What a command of git gives back: its code, what it prints, what it complains of."""
    alone = {**os.environ, "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0"}
    try:
        done = subprocess.run(
            ["git", *words], cwd=root, env=alone, stdin=subprocess.DEVNULL, capture_output=True,
            timeout=LIMIT_S, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        return 1, b"", type(error).__name__.encode()
    return done.returncode, done.stdout, done.stderr
