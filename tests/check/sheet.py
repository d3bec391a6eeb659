"""A small press sheet that passes every rule, so that tests can break it in one place."""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import segno
from pikepdf import Array, Dictionary, Encryption, Name, Pdf, Permissions, String

from foldwell.check.lettering import Lettering
from foldwell.check.preflight import preflight
from foldwell.check.standard import Expected
from foldwell.finding import Finding
from foldwell.pdf.piece_info import PieceInfo, write_piece_info

MM = 72 / 25.4
SLUG_MM, BLEED_MM = 16.0, 3.0
WIDTH_MM, HEIGHT_MM = 105.0, 148.0
A6 = Expected(format="a6")

XMP = (
    b'<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/">'
    b"<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>"
    b'</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
)
WORDS = ("Take one tablet with water", "in the morning, never more.", "Call us if you feel unwell.")

Change = Callable[[Pdf], None]


def box(x_mm: float, y_mm: float, width_mm: float, height_mm: float) -> str:
    """A rectangle, measured from the lower left corner of the trim."""
    x, y = (SLUG_MM + x_mm) * MM, (SLUG_MM + y_mm) * MM
    return f"{x:.4f} {y:.4f} {width_mm * MM:.4f} {height_mm * MM:.4f} re"


def image_at(name: str, x_mm: float, y_mm: float, width_mm: float, height_mm: float) -> str:
    """Paint an image."""
    x, y = (SLUG_MM + x_mm) * MM, (SLUG_MM + y_mm) * MM
    return f"q {width_mm * MM:.4f} 0 0 {height_mm * MM:.4f} {x:.4f} {y:.4f} cm /{name} Do Q"


def qr_code(x_mm: float, y_mm: float, width_mm: float, text: str = "https://example.org") -> str:
    """A QR code without its quiet zone, in black ink."""
    rows = [list(row) for row in segno.make(text, error="m", micro=False).matrix]
    module = width_mm / len(rows)
    squares = [
        box(x_mm + column * module, y_mm + (len(rows) - 1 - row) * module, module, module)
        for row, line in enumerate(rows)
        for column, dark in enumerate(line)
        if dark
    ]
    return "q 0 0 0 1 k " + " ".join(squares) + " f Q"


@dataclass
class Sheet:
    """A press sheet of one page, or of several alike.

    Attributes:
        background: What is painted first.
        size_pt: The size of its body text.
        leading: The distance of its lines, in sizes.
        ink: The colour of its text.
        words: The lines of its text.
        x_mm: Where they start, from the trim.
        y_mm: The base line of the first.
        more: What is painted last.
        resources: Resources beside the font.
        condition: The identifier of its printing condition.
        info: What its pages say of themselves.
        change: What is done to the file in the end.
        pages: How many pages it has.
        slug: What stands outside the trim for the printer.
    """

    background: str = "q 0 0 0 0.1 k " + box(-3, -3, WIDTH_MM + 6, HEIGHT_MM + 6) + " f Q"
    size_pt: float = 12.0
    leading: float = 1.4
    ink: str = "0 0 0 1 k"
    words: tuple[str, ...] = WORDS
    x_mm: float = 10.0
    y_mm: float = 120.0
    more: str = ""
    resources: dict[str, Any] = field(default_factory=dict)
    condition: str = "FOGRA39"
    info: PieceInfo | None = None
    change: Change | None = None
    pages: int = 1
    slug: str = "a6, side 1 of 1"

    def text(
        self, lettering: Lettering, words: str, size_pt: float, x_mm: float, y_mm: float
    ) -> str:
        return lettering.show(words, size_pt, (SLUG_MM + x_mm) * MM, (SLUG_MM + y_mm) * MM)

    def pdf(self, write: Callable[[Pdf, Lettering], str] | None = None) -> Pdf:
        """The open file.

        Args:
            write: Gives what is painted beside the rest, when it needs the file or the font.
        """
        pdf = Pdf.new()
        lettering = Lettering(pdf)
        whole = (WIDTH_MM + 2 * SLUG_MM, HEIGHT_MM + 2 * SLUG_MM)
        for _ in range(self.pages):
            page = pdf.add_blank_page(page_size=(whole[0] * MM, whole[1] * MM))
            trim = (SLUG_MM, SLUG_MM, SLUG_MM + WIDTH_MM, SLUG_MM + HEIGHT_MM)
            page.obj.TrimBox = Array([value * MM for value in trim])
            over = (-BLEED_MM, -BLEED_MM, BLEED_MM, BLEED_MM)
            page.obj.BleedBox = Array([(a + b) * MM for a, b in zip(trim, over, strict=True)])
            drawn = [self.background, self.ink]
            for number, line in enumerate(self.words):
                y_mm = self.y_mm - number * self.leading * self.size_pt / MM
                drawn.append(self.text(lettering, line, self.size_pt, self.x_mm, y_mm))
            drawn.append("0 0 0 1 K 0.5 w " + self._rule())
            drawn.append("0 0 0 1 k " + self.text(lettering, self.slug, 7, 20, -12))
            extra = write(pdf, lettering) if write else ""
            page.Resources = Dictionary(Font=Dictionary(F=lettering.font), **self.resources)
            page.Contents = pdf.make_stream("\n".join([*drawn, self.more, extra]).encode())
            if self.info is not None:
                write_piece_info(page, self.info, "D:20260101000000Z")
        self._identify(pdf)
        if self.change:
            self.change(pdf)
        return pdf

    def _rule(self) -> str:
        y = (SLUG_MM + 60) * MM
        return f"{(SLUG_MM + 10) * MM:.3f} {y:.3f} m {(SLUG_MM + 60) * MM:.3f} {y:.3f} l S"

    def _identify(self, pdf: Pdf) -> None:
        pdf.Root.OutputIntents = Array(
            [
                Dictionary(
                    Type=Name.OutputIntent,
                    S=Name.GTS_PDFX,
                    OutputConditionIdentifier=String(self.condition),
                    RegistryName=String("http://www.color.org"),
                    DestOutputProfile=pdf.make_stream(b"profile", N=4),
                )
            ]
        )
        pdf.Root.Metadata = pdf.make_stream(XMP, Type=Name.Metadata, Subtype=Name.XML)
        pdf.docinfo["/Trapped"] = Name("/False")

    def bytes(self, write: Callable[[Pdf, Lettering], str] | None = None) -> bytes:
        return saved(self.pdf(write))

    def findings(
        self,
        write: Callable[[Pdf, Lettering], str] | None = None,
        expected: Expected = A6,
    ) -> list[Finding]:
        return preflight(self.bytes(write), expected)


def saved(pdf: Pdf, locked: str | None = None) -> bytes:
    """The bytes of a file, encrypted if there is a password."""
    out = io.BytesIO()
    if locked is None:
        pdf.save(out)
    else:
        encryption = Encryption(owner="owner", user=locked, allow=Permissions(extract=False))
        pdf.save(out, encryption=encryption)
    return out.getvalue()


def picture(pdf: Pdf, width: int, height: int, ink: bytes, **changes: Any) -> Any:
    """A CMYK picture of one colour."""
    facts = {
        "Type": Name.XObject,
        "Subtype": Name.Image,
        "Width": width,
        "Height": height,
        "BitsPerComponent": 8,
        "ColorSpace": Name.DeviceCMYK,
    }
    return pdf.make_stream(ink * (width * height), **{**facts, **changes})


def told(findings: list[Finding]) -> list[tuple[str, str]]:
    """Rule and severity of each finding."""
    return [(finding.rule, finding.severity.value) for finding in findings]
