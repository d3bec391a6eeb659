"""``python -m foldwell``."""

import sys

from foldwell.build.workers import start_engine

if __name__ == "__main__":
    # Loading the engine takes longest, so it begins before even the command line is read.
    if not {"list", "doctor", "clean", "test", "-h", "--help", "--version"} & set(sys.argv[1:]):
        start_engine()
    from foldwell.cli import main

    main()
