"""``python -m faults.hanging STEP``: a build whose workers hang at a step, as long as they live."""

from __future__ import annotations

import sys
import time


def hang(*_: object) -> None:
    """Hang."""
    while True:
        time.sleep(60)


if __name__ == "__main__":
    from faults import hanging  # where workers find it too
    from foldwell.build import worker
    from foldwell.cli import main

    setattr(worker, sys.argv.pop(1), hanging.hang)
    main()
