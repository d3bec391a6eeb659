"""``python -m foldwell``."""

import contextlib
import gc
import os
import sys

from foldwell.commands import COMMANDS, USUAL


def was_saved(project: str, known: str) -> bool:
    """Whether a file of a project's content is younger than what builds know of it.

    Args:
        project: The project folder.
        known: The folder of what builds know, which tells too whether files with fields stand.
    """
    with contextlib.suppress(OSError):
        then = os.path.getmtime(os.path.join(known, "ledger.sqlite"))
        return os.path.isdir(os.path.join(known, "rack")) and any(
            os.path.getmtime(os.path.join(folder, name)) > then
            for folder, _, names in os.walk(os.path.join(project, "content"))
            for name in names
        )
    return False


def main() -> None:
    """Start Foldwell, with workers that warm up meanwhile if they will be needed."""
    gc.set_threshold(100_000, 20, 50)  # what is loaded and recorded lives on
    # Warming up takes longest, so it begins before even the command line is loaded; but not for
    # a command that needs no workers, nor where a ledger may show that there is nothing to do.
    words = sys.argv[1:]
    builds = not words or words[0] == USUAL or words[0] not in COMMANDS
    elsewhere = any(word.startswith(("-h", "--help", "--version", "--cluster")) for word in words)
    project = os.environ.get("FOLDWELL_PROJECT", ".")
    known = os.path.join(project, "output", ".foldwell")
    asked = "_FOLDWELL_COMPLETE" in os.environ  # by a shell, how a word can go on
    here = builds and not elsewhere and not asked
    early = here and ("--force" in words or not os.path.exists(known))
    if early:  # before even the pools are loaded
        from foldwell.build.processes import no_interrupts, start_engine

        with no_interrupts():
            start_engine()
    from foldwell.build.workers import Workers

    workers = Workers()
    try:
        if early:
            workers.start()
        elif here and was_saved(project, known):
            workers.start_composers()
        from foldwell.cli import main

        main(workers=workers)
    finally:
        workers.close()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:  # while the command line was loaded, or all was put away
        sys.stderr.write("Stopped. Files that were finished are kept.\n")
        sys.exit(130)
    except OSError as error:  # such as a current folder that was deleted
        from foldwell.errors import refused_by_the_system

        sys.stderr.write(f"{refused_by_the_system(error)}\n")
        sys.exit(1)
