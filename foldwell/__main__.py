"""``python -m foldwell``."""

from foldwell.cli import main

if __name__ == "__main__":
    main()
