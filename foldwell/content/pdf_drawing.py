"""Drawings that come as PDF: their first page as SVG, lines as lines and letters as outlines.

A PDF of anyone may take for ever or all the memory, or bring a library down, so it is read in a
process of its own, behind limits: this module is what runs there too. What comes out is SVG,
which goes through the same door as every other. It is compared with what a viewer shows of the
page; a page that would look different is drawn as a picture.
"""

from __future__ import annotations

import base64
import io
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from foldwell.content.likeness import COMPARED_PX, alike, drawn
from foldwell.content.pdf_gradients import mark, put_back
from foldwell.content.pdf_inks import recolour
from foldwell.content.png import PAINTED_MM, PAINTED_PPI
from foldwell.errors import FoldwellError, Place

TIME_LIMIT_S = 20
MEMORY_LIMIT_BYTES = 1536 * 2**20
_ENCLOSED = re.compile(rb'href="data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)"')
_COARSE = re.compile(rb"<(?:pattern|mask|filter)\b|mix-blend-mode")
"""What is drawn as a picture in the end; the viewer draws it finer than this would be."""
_SHEET = "#set page(width: auto, height: auto, margin: 0pt, fill: none)\n"
_HINT = "Save it as SVG, or as a PDF with text turned into outlines."
_EMBEDDED = ("/FontFile", "/FontFile2", "/FontFile3")
_PRIVATE = ("/PieceInfo", "/Metadata", "/Annots", "/AA", "/Thumb", "/LastModified", "/B")
"""What a page holds beside what it shows; drawing programs put a copy of their own file there."""


def read_page(content: bytes, here: Place) -> tuple[bytes, str, tuple[str, ...]]:
    """The first page of a PDF.

    Args:
        content: The file.
        here: Its place, for messages.

    Returns:
        A file, whether it is ``svg`` or ``png``, and what was done, in a few words each.

    Raises:
        FoldwellError: If it cannot be read, or would not look the same.
    """
    command = [sys.executable, "-P", "-m", "foldwell.content.pdf_drawing"]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=TIME_LIMIT_S)
        facts, _, made = done.stdout.partition(b"\n")
        told = json.loads(facts)
    except (subprocess.TimeoutExpired, ValueError):
        what = "This PDF takes too long, or too much memory, to draw"
        raise FoldwellError(f"{what}.", here, _HINT) from None
    if "wrong" in told:
        raise FoldwellError(f"This PDF {told['wrong']}.", here, told["hint"])
    return made, told["kind"], tuple(told["said"])


class _WrongError(Exception):
    """What is wrong with a PDF, and what to do."""

    def __init__(self, what: str, hint: str = _HINT) -> None:
        super().__init__(what)
        self.hint = hint


def _main() -> None:
    _limit()
    try:
        made, kind, said = _drawn(sys.stdin.buffer.read())
        facts: dict[str, Any] = {"kind": kind, "said": said}
    except _WrongError as error:
        made, facts = b"", {"wrong": str(error), "hint": error.hint}
    sys.stdout.buffer.write(json.dumps(facts).encode() + b"\n" + made)


def _limit() -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT_BYTES, MEMORY_LIMIT_BYTES))
        resource.setrlimit(resource.RLIMIT_CPU, (TIME_LIMIT_S, TIME_LIMIT_S))


def _drawn(content: bytes) -> tuple[bytes, str, list[str]]:
    """The steps, in their order."""
    page, count = _first_page(content)
    said = [f"the first of its {count} pages was taken"] * (count > 1)
    seen = _as_viewed(page, COMPARED_PX)
    if not seen.getchannel("A").getextrema()[1]:
        raise _WrongError("draws nothing")
    for drawing in (_as_drawing(page), _with_gradients(page)):
        if drawing and not _COARSE.search(drawing) and _looks_like(drawing, seen):
            return drawing, "svg", [*said, "made plain paths of a PDF"]
    picture, out = _as_viewed(page, round(PAINTED_MM / 25.4 * PAINTED_PPI)), io.BytesIO()
    picture.save(out, "PNG")
    why = "because what it holds cannot be kept as lines"
    return out.getvalue(), "png", [*said, f"drawn with {PAINTED_PPI} dots an inch, {why}"]


def _first_page(content: bytes) -> tuple[bytes, int]:
    """A PDF of the first page alone, in colours of the screen; and how many there were."""
    from pikepdf import PasswordError, Pdf, PdfError

    try:
        with Pdf.open(io.BytesIO(content)) as whole, Pdf.new() as alone:
            count = len(whole.pages)
            if not count:
                raise _WrongError("has no pages")
            alone.pages.append(whole.pages[0])
            page = alone.pages[0]
            for key in _PRIVATE:
                if key in page.obj:
                    del page.obj[key]
            layers = whole.Root.get("/OCProperties")
            if layers is not None:
                alone.Root.OCProperties = alone.copy_foreign(layers)
            _check_fonts(alone)
            recolour(alone)
            if whole.get_warnings():  # it was mended by guessing
                raise _WrongError("is broken or cut short")
            out = io.BytesIO()
            alone.save(out)
            return out.getvalue(), count
    except PasswordError as error:
        raise _WrongError("is locked with a password") from error
    except (PdfError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise _WrongError("is broken or cut short") from error


def _check_fonts(pdf: Any) -> None:
    for font in _fonts(pdf):
        inner = font.get("/DescendantFonts", [font])[0]
        descriptor = inner.get("/FontDescriptor", {})
        drawn = font.get("/Subtype") == "/Type3"
        if not drawn and not any(key in descriptor for key in _EMBEDDED):
            name = str(font.get("/BaseFont", "/without a name"))[1:]
            raise _WrongError(
                f"holds text in the font '{name}', and not the font itself",
                "Turn text into outlines ('Create outlines'), or embed its fonts.",
            )


def _fonts(pdf: Any) -> Iterator[Any]:
    """The fonts of all that can be drawn."""
    from pikepdf import Dictionary, Stream

    for item in pdf.objects:
        if isinstance(item, Dictionary | Stream):
            holders: list[Any] = [item, item.get("/Resources", {})]
            for holder in holders:
                fonts = holder.get("/Font")
                yield from fonts.values() if isinstance(fonts, Dictionary) else ()


def _as_drawing(page: bytes) -> bytes | None:
    """A page as SVG; None if the library cannot make it."""
    import typst

    numbers = ",".join(map(str, page))
    text = f'{_SHEET}#image(bytes(({numbers},)), format: "pdf")'
    try:
        made = typst.compile(text.encode(), format="svg", ignore_system_fonts=True)
    except RuntimeError:
        return None
    enclosed = _ENCLOSED.search(made)
    return base64.b64decode(enclosed.group(1)) if enclosed else None


def _with_gradients(page: bytes) -> bytes | None:
    """A page as SVG with its gradients, of which the library makes pictures."""
    from pikepdf import Pdf

    with Pdf.open(io.BytesIO(page)) as pdf:
        marks = mark(pdf)
        if not marks:
            return None
        out = io.BytesIO()
        pdf.save(out)
    drawing = _as_drawing(out.getvalue())
    return put_back(drawing.decode(), marks).encode() if drawing else None


def _as_viewed(page: bytes, longest: int) -> Any:
    """A page as a viewer shows it, without the paper under it."""
    import pypdfium2

    try:
        viewer = pypdfium2.PdfDocument(page)
        scale = longest / max(viewer[0].get_size())
        shown = viewer[0].render(scale=scale, fill_color=(255, 255, 255, 0)).to_pil()
        return shown.convert("RGBA")
    except (pypdfium2.PdfiumError, ZeroDivisionError, ValueError) as error:
        raise _WrongError("is broken") from error


def _looks_like(drawing: bytes, seen: Any) -> bool:
    """Whether a drawing shows what a viewer does."""
    try:
        return alike(drawn(drawing.decode(), width=seen.width), seen)
    except ValueError:
        return False


if __name__ == "__main__":
    _main()
