"""Makes the pictures of the README from what a build has put into ``output``.

Run it after ``python3 build.py`` and ``python3 build.py --medium press --draft`` as
``.venv/bin/python docs/make_pictures.py``.
"""

from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps

ROOT = Path(__file__).resolve().parent.parent
GAP_PX = 28
GROUND = "#eef1f2"


def pages(clinic: str, name: str, dpi: float) -> list[Image.Image]:
    """The pages of one built file as pictures with a thin edge.

    Args:
        clinic: The slug of the clinic.
        name: The name of the file without its ending.
        dpi: Dots to the inch.
    """
    path = ROOT / "output" / clinic / "en" / f"{name}.pdf"
    with pypdfium2.PdfDocument(path) as pdf:
        found = [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in pdf]
    return [ImageOps.expand(page, 1, "#b8bec0") for page in found]


def side_by_side(pictures: list[Image.Image], gap_px: int = GAP_PX) -> Image.Image:
    """Pictures in a row on a quiet ground."""
    width = sum(p.width for p in pictures) + gap_px * (len(pictures) + 1)
    sheet = Image.new("RGB", (width, max(p.height for p in pictures) + 2 * gap_px), GROUND)
    x = gap_px
    for picture in pictures:
        sheet.paste(picture, (x, gap_px))
        x += picture.width + gap_px
    return sheet


def above(pictures: list[Image.Image]) -> Image.Image:
    """Pictures one above the other."""
    height = sum(p.height for p in pictures)
    sheet = Image.new("RGB", (max(p.width for p in pictures), height), GROUND)
    y = 0
    for picture in pictures:
        sheet.paste(picture, (0, y))
        y += picture.height
    return sheet


def spread(left: Image.Image, right: Image.Image) -> Image.Image:
    """Two pages as they lie open."""
    sheet = Image.new("RGB", (left.width + right.width, left.height), GROUND)
    sheet.paste(left, (0, 0))
    sheet.paste(right, (left.width, 0))
    return sheet


def main() -> None:
    """Write the pictures."""
    kratom = "kratom-opioid-withdrawal"
    letter_fold = pages("river-bend", f"{kratom}-letter-fold-office", 66)
    booklet = pages("hollin-lane", f"{kratom}-booklet-screen", 44)
    bifold = pages("hollin-lane", "getting-through-withdrawal-bifold-office", 48)
    poster = pages("river-bend", "using-naloxone-poster-screen", 32)
    ticket = pages("river-bend", f"{kratom}-letter-fold-press-draft-ticket", 44)
    card = pages("river-bend", "treatment-card-card-screen", 96)
    pictures = {
        "letter-fold": above([side_by_side([page]) for page in letter_fold]),
        "a4": side_by_side(pages("hollin-lane", f"{kratom}-a4-screen", 60)),
        "press": side_by_side(pages("river-bend", f"{kratom}-letter-fold-press-draft", 64)[:1]),
        "formats": above(
            [
                side_by_side([*poster, above([*card]), *ticket]),
                side_by_side([bifold[0], spread(booklet[2], booklet[3])]),
                side_by_side([bifold[1], spread(booklet[4], booklet[5])]),
            ]
        ),
    }
    for name, picture in pictures.items():
        path = ROOT / "docs" / "pictures" / f"{name}.png"
        picture.quantize(128).save(path, optimize=True)


if __name__ == "__main__":
    main()
