"""Makes the pictures of the README from what a build has put into ``output``.

Run it after ``python3 build.py`` as ``.venv/bin/python docs/make_pictures.py``.
"""

from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps

ROOT = Path(__file__).resolve().parent.parent
LEAFLET = "kratom-opioid-withdrawal"
GAP_PX = 28


def pages(clinic: str, kind: str, dpi: int) -> list[Image.Image]:
    """The pages of one built file as pictures with a thin edge."""
    path = ROOT / "output" / clinic / "en" / f"{LEAFLET}-{kind}.pdf"
    with pypdfium2.PdfDocument(path) as pdf:
        found = [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in pdf]
    return [ImageOps.expand(page, 1, "#b8bec0") for page in found]


def side_by_side(pictures: list[Image.Image]) -> Image.Image:
    """Pictures in a row on a quiet ground."""
    width = sum(p.width for p in pictures) + GAP_PX * (len(pictures) + 1)
    sheet = Image.new("RGB", (width, max(p.height for p in pictures) + 2 * GAP_PX), "#eef1f2")
    x = GAP_PX
    for picture in pictures:
        sheet.paste(picture, (x, GAP_PX))
        x += picture.width + GAP_PX
    return sheet


def above(pictures: list[Image.Image]) -> Image.Image:
    """Pictures one above the other."""
    height = sum(p.height for p in pictures)
    sheet = Image.new("RGB", (max(p.width for p in pictures), height), "#eef1f2")
    y = 0
    for picture in pictures:
        sheet.paste(picture, (0, y))
        y += picture.height
    return sheet


def main() -> None:
    """Write the pictures."""
    folder = ROOT / "docs" / "pictures"
    fold = [side_by_side([page]) for page in pages("river-bend", "letter-fold-office", 66)]
    above(fold).quantize(128).save(folder / "letter-fold.png", optimize=True)
    sheet = side_by_side(pages("hollin-lane", "a4-screen", 60))
    sheet.quantize(128).save(folder / "a4.png", optimize=True)


if __name__ == "__main__":
    main()
