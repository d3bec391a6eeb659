"""Whether two pictures show the same: drawings are compared before and after they are mended.

Effects may ask for any time and memory, however small the file. So a drawing that has some is
drawn in a process of its own, behind limits: this module is what runs there too.
"""

from __future__ import annotations

import io
import re
import subprocess
import sys
from typing import Any

TIME_LIMIT_S = 3
MEMORY_LIMIT_BYTES = 640 * 2**20
_EFFECTS = re.compile(r"filter|mask|pattern|blend|opacity|clip|<use|<symbol|<marker")
"""Words of what is drawn more than once, or on a sheet of its own."""

MOST_DIFFERENT, MOST_IN_A_SPOT = 0.01, 0.2
"""As a share of black to white: the mean of all pixels, and of those of any one spot."""
COMPARED_PX, SPOT_PX = 600, 12
"""How large pictures are compared, and how large a spot is."""


class DrawingError(ValueError):
    """A drawing that cannot be drawn, or not behind the limits."""


def alike(one: Any, other: Any) -> bool:
    """Whether two pictures look the same on paper.

    Args:
        one: A picture as Pillow has it; what it lets through is white.
        other: Another, of about the same size.
    """
    from PIL import Image, ImageChops

    papers = [Image.new("RGBA", one.size, "white") for _ in range(2)]
    for paper, picture in zip(papers, (one, other), strict=True):
        paper.alpha_composite(picture.convert("RGBA").resize(one.size))
    steps: Any = ImageChops.difference(*(paper.convert("RGB") for paper in papers)).convert("L")
    worst = steps.reduce(SPOT_PX).getextrema()[1] / 255
    mean = steps.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0)) / 255
    return bool(mean < MOST_DIFFERENT and worst < MOST_IN_A_SPOT)


def drawn(svg: str, width: int | None = None, height: int | None = None) -> Any:
    """A drawing as a picture, which resvg makes of it.

    Args:
        svg: The file.
        width: How many pixels across.
        height: How many down, where nothing is said of its width.

    Raises:
        ValueError: If it cannot be drawn (``DrawingError``: or not behind the limits).
    """
    from PIL import Image

    made = _apart(svg, width, height) if _EFFECTS.search(svg) else _png(svg, width, height)
    return Image.open(io.BytesIO(made))


def _png(svg: str, width: int | None, height: int | None) -> bytes:
    import resvg_py

    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg, skip_system_fonts=True, dpi=96, width=width, height=height
        )
    )


def _apart(svg: str, width: int | None, height: int | None) -> bytes:
    """The same, in a process that is stopped when it takes too long or too much memory."""
    size = [str(side or 0) for side in (width, height)]
    command = [sys.executable, "-P", "-m", "foldwell.content.likeness", *size]
    try:
        done = subprocess.run(
            command, input=svg.encode(), capture_output=True, timeout=10 * TIME_LIMIT_S
        )
    except subprocess.TimeoutExpired:
        raise DrawingError("its effects take too long to draw") from None
    if done.returncode == _NOT_DRAWN:
        raise DrawingError(done.stderr.decode(errors="replace").strip())
    if done.returncode or not done.stdout:
        raise DrawingError("its effects take too long, or too much memory, to draw")
    return done.stdout


_NOT_DRAWN = 3
"""How that process ends where a drawing is broken."""


def _main() -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT_BYTES, MEMORY_LIMIT_BYTES))
        resource.setrlimit(resource.RLIMIT_CPU, (TIME_LIMIT_S, TIME_LIMIT_S))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    width, height = (int(side) or None for side in sys.argv[1:])
    try:
        made = _png(sys.stdin.buffer.read().decode(), width, height)
    except ValueError as error:
        print(error, file=sys.stderr)
        sys.exit(_NOT_DRAWN)
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    _main()
