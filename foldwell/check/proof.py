"""A proof with notes: pages as they are, with trim, bleed, folds and numbered findings.

The pages stay what they are (text, fonts, drawings), placed on a larger page; scripts, links and
annotations are left behind. The last pages hold the legend.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

import pypdfium2
from pikepdf import Array, Dictionary, ObjectStreamMode, Pdf
from PIL.PngImagePlugin import PngInfo

from foldwell.check.legend import COLOURS, LINES, legend_pages
from foldwell.check.lettering import Lettering
from foldwell.check.page_facts import PageFacts
from foldwell.check.pdf_file import open_file
from foldwell.finding import Finding
from foldwell.pdf.opening import reading
from foldwell.pdf.plane import PT_PER_MM, Box, Matrix, grown, multiply, placed, scaled, size
from foldwell.rules import Severity

MARK = "Foldwell proof with notes"
"""What every proof says of itself, so that it is never taken for a file to print."""
MARGIN_PT = 34.0
SAFE_MM = 5.0
DPI = 110
_TAG_PT = 9.0


def annotated_proof(content: bytes, findings: Sequence[Finding]) -> bytes:
    """The proof of a file.

    Args:
        content: The file.
        findings: What was found in it; they are numbered in this order.

    Raises:
        FoldwellError: If the file cannot be read.
    """
    numbered = list(enumerate(findings, 1))
    with open_file(content) as file, Pdf.new() as proof, reading():
        lettering = Lettering(proof)
        for page in file.pages:
            with reading(page.number):
                here = [(n, found) for n, found in numbered if found.place.page == page.number]
                _place(proof, lettering, file.pdf, page, here)
        legend_pages(proof, lettering, numbered)
        proof.docinfo["/Creator"] = MARK
        proof.docinfo["/Title"] = MARK
        out = io.BytesIO()
        # No object streams: the mark can be found without opening the file.
        proof.save(out, deterministic_id=True, object_stream_mode=ObjectStreamMode.disable)
        return out.getvalue()


def is_proof(content: bytes) -> bool:
    """Whether a file is a proof of ours, or a picture of one."""
    return MARK.encode() in content


def proof_pictures(content: bytes, dpi: float = DPI) -> list[bytes]:
    """Each page of a proof as a PNG."""
    pictures = []
    words = PngInfo()
    words.add_text("Software", MARK)
    with pypdfium2.PdfDocument(content) as pdf:
        for page in pdf:
            out = io.BytesIO()
            image = page.render(scale=dpi / 72).to_pil().convert("RGB")
            image.save(out, "PNG", pnginfo=words, dpi=(dpi, dpi))
            pictures.append(out.getvalue())
    return pictures


def _place(
    proof: Pdf,
    lettering: Lettering,
    pdf: Pdf,
    page: PageFacts,
    findings: Sequence[tuple[int, Finding]],
) -> None:
    """One page with its lines and notes."""
    source = pdf.pages[page.number - 1]
    for key in ("/TrimBox", "/BleedBox", "/CropBox", "/ArtBox"):
        if key in source.obj:
            del source.obj[key]  # the form shall hold all of the sheet; this copy is thrown away
    source.obj.MediaBox = Array([round(edge, 4) for edge in scaled(page.media, 1 / page.unit_pt)])
    form = proof.copy_foreign(source.as_form_xobject(handle_transformations=False))
    shown = multiply(_upright(page), (1, 0, 0, 1, MARGIN_PT, MARGIN_PT))
    width, height = page.shown_size(page.media)
    unit = multiply((page.unit_pt, 0, 0, page.unit_pt, 0, 0), shown)
    whole = (0.0, 0.0, width + 2 * MARGIN_PT, height + 2 * MARGIN_PT)
    drawn = [
        "q 0.93 g " + _rectangle(whole, "f") + " Q",
        "q 1 g " + _rectangle(placed(shown, page.media), "f") + " Q",
        "q " + " ".join(f"{value:.5f}" for value in unit) + " cm /Page Do Q",
        *_lines(page, shown),
        *_notes(lettering, page, shown, findings, whole[2]),
    ]
    title = f"Page {page.number}"
    drawn.append("0.2 g " + lettering.show(title, 9, MARGIN_PT, MARGIN_PT / 2 - 3))
    target = proof.add_blank_page(page_size=whole[2:])
    target.Resources = Dictionary(XObject=Dictionary(Page=form), Font=Dictionary(F=lettering.font))
    target.Contents = proof.make_stream("\n".join(drawn).encode())


def _upright(page: PageFacts) -> Matrix:
    """From the page's own space to the page as a reader sees it, its lower left corner at 0."""
    x0, y0, x1, y1 = page.media
    turns: dict[int, Matrix] = {
        0: (1, 0, 0, 1, -x0, -y0),
        90: (0, -1, 1, 0, -y0, x1),
        180: (-1, 0, 0, -1, x1, y1),
        270: (0, 1, -1, 0, y1, -x0),
    }
    return turns[page.turn]


def _rectangle(box: Box, paint: str) -> str:
    width, height = size(box)
    return f"{box[0]:.2f} {box[1]:.2f} {width:.2f} {height:.2f} re {paint}"


def _lines(page: PageFacts, shown: Matrix) -> list[str]:
    """Bleed, trim, safe area and folds."""
    drawn = []
    panels = (page.info.panels if page.info else ()) or page.pieces
    safe = [grown(panel, -SAFE_MM * PT_PER_MM) for panel in panels]
    boxes = {"trim": list(page.pieces), "safe": safe}
    if page.bleed != page.trim:
        boxes["bleed"] = [page.bleed]
    for name in ("bleed", "safe", "trim"):
        style = LINES[name]
        drawn += [f"q {style.operators}"]
        drawn += [_rectangle(placed(shown, box), "S") for box in boxes.get(name, ())]
        drawn += ["Q"]
    drawn.append(f"q {LINES['fold'].operators}")
    folds = [(x, low, x, high) for x, low, high in (page.info.folds if page.info else ())]
    folds += [(a, y, b, y) for y, a, b in (page.info.lying_folds if page.info else ())]
    for fold in folds:
        x0, y0, x1, y1 = placed(shown, fold)
        drawn.append(f"{x0:.2f} {y0:.2f} m {x1:.2f} {y1:.2f} l S")
    drawn.append("Q")
    return drawn


def _notes(
    lettering: Lettering,
    page: PageFacts,
    shown: Matrix,
    findings: Sequence[tuple[int, Finding]],
    room_pt: float,
) -> list[str]:
    """A box around each place, and its number; several at one place stand side by side."""
    drawn: list[str] = []
    taken: list[Box] = []
    sheet = placed(shown, page.media)
    for number, finding in findings:
        box = placed(shown, finding.place.box_pt) if finding.place.box_pt else None
        if box is not None:
            box = grown(box, 1.5)
            drawn.append(f"q {_stroke(finding.severity)} 0.8 w {_rectangle(box, 'S')} Q")
        x, y = (box[0], box[3]) if box else (sheet[0], sheet[3] + 4)
        tag = _free(lettering, str(number), x, y, taken, room_pt)
        taken.append(tag)
        drawn.append(f"q {_fill(finding.severity)} {_rectangle(tag, 'f')} Q")
        drawn.append("1 g " + lettering.show(str(number), _TAG_PT, tag[0] + 3, tag[1] + 3))
    return drawn


def _free(
    lettering: Lettering, text: str, x: float, y: float, taken: Sequence[Box], room_pt: float
) -> Box:
    """A place for a number, moved along until it covers no other."""
    width = lettering.width(text, _TAG_PT) + 6
    x = min(max(x, 2.0), room_pt - width - 2)
    tag = (x, y, x + width, y + _TAG_PT + 3)
    for _ in range(len(taken) + 1):
        other = next(
            (
                box
                for box in taken
                if box[0] < tag[2] and tag[0] < box[2] and box[1] < tag[3] and tag[1] < box[3]
            ),
            None,
        )
        if other is None:
            break
        x = other[2] + 1
        if x + width > room_pt - 2:
            x, y = 2.0, y - _TAG_PT - 4
        tag = (x, y, x + width, y + _TAG_PT + 3)
    return tag


def _fill(severity: Severity) -> str:
    return " ".join(f"{part:g}" for part in COLOURS[severity]) + " rg"


def _stroke(severity: Severity) -> str:
    return " ".join(f"{part:g}" for part in COLOURS[severity]) + " RG"
