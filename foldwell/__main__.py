"""``python -m foldwell``."""

import os
import sys

from foldwell.commands import COMMANDS, USUAL


def main() -> None:
    """Start Foldwell, with workers that warm up meanwhile if they will be needed."""
    # Warming up takes longest, so it begins before even the command line is loaded; but not for
    # a command that needs no workers, nor where a ledger may show that there is nothing to do.
    words = sys.argv[1:]
    builds = not words or words[0] == USUAL or words[0] not in COMMANDS
    elsewhere = any(word.startswith(("-h", "--help", "--version", "--cluster")) for word in words)
    ledger = os.path.join(os.environ.get("FOLDWELL_PROJECT", "."), "output", ".foldwell")
    asked = "_FOLDWELL_COMPLETE" in os.environ  # by a shell, how a word can go on
    early = (
        builds
        and not elsewhere
        and not asked
        and ("--force" in words or not os.path.exists(ledger))
    )
    if early:  # before even the pools are loaded
        from foldwell.build.processes import no_interrupts, start_engine

        with no_interrupts():
            start_engine()
    from foldwell.build.workers import Workers

    workers = Workers()
    try:
        if early:
            workers.start()
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
