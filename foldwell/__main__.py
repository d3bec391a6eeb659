"""``python -m foldwell``."""

import os
import sys

if __name__ == "__main__":
    # Loading the engine takes longest, so it begins before even the command line is read; but not
    # for a command that needs none, nor where a ledger may show that there is nothing to do.
    words = sys.argv[1:]
    plain = not words or words[0].startswith("-") or words[0] == "build"
    ledger = os.path.join(os.environ.get("FOLDWELL_PROJECT", "."), "output", ".foldwell")
    if (
        plain
        and not {"-h", "--help", "--version"} & set(words)
        and ("--force" in words or not os.path.exists(ledger))
    ):
        from foldwell.build.workers import start_engine

        start_engine()
    from foldwell.cli import main

    main()
