"""The table of the rules that Foldwell holds a leaflet to, each with its source.

A row says what is asked and by whom; the checks themselves stand in modules of their own, one
function a rule. No finding can name a rule that has no row, and ``docs/rules.md`` is this table
(``docs/make_rules.py`` writes it).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs; nothing else decides what fails."""

    ERROR = "error"
    """The file must not go out; the command ends with exit code 1."""
    WARNING = "warning"
    """It may go out when a person has looked at it."""
    INFORMATION = "information"
    """Good to know, or something that could not be checked."""

    @property
    def gravity(self) -> int:
        """More is graver."""
        return -[*Severity].index(self)


@dataclass(frozen=True)
class Rule:
    """One row.

    Attributes:
        id: As printed with each finding.
        title: What is asked: one sentence.
        source: Who asks for it.
        link: Where to read more, or nothing.
        severity: The gravest that a finding can have.
    """

    id: str
    title: str
    source: str
    link: str
    severity: Severity


_GWG = ("Ghent Workgroup, sheetfed offset", "https://gwg.org")
_PDFX = (
    "ISO 15930-7 (PDF/X-4)",
    "https://www.loc.gov/preservation/digital/formats/fdd/fdd000124.shtml",
)
_UKAAF = ("UKAAF MS03, clear and large print", "https://www.ukaaf.org")
_EU = (
    "European Commission, readability of the labelling and package leaflet (2009)",
    "https://health.ec.europa.eu",
)
_QR = ("ISO/IEC 18004 (QR code)", "https://www.qrcode.com/en/howto/code.html")
_PRINTERS = ("usual terms of printers", "")
_OWN = ("own", "")
_DISCERN = ("DISCERN, questions 4 and 5", "https://www.discern.org.uk")

_CM = ("CommonMark 0.31", "https://spec.commonmark.org/0.31.2/")

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFORMATION

RULES: dict[str, Rule] = {
    rule.id: rule
    for rule in (
        Rule("D1", "A text is read in the encoding it was saved in.", *_OWN, _I),
        Rule("D2", "What nobody sees in a text is left out, or read as what it means.", *_OWN, _I),
        Rule("D3", "Pasted bullets and lettered steps are read as lists.", *_OWN, _I),
        Rule("D4", "Usual HTML is read as the Markdown that does the same.", *_OWN, _I),
        Rule("D5", "Attributes that leaflets do not have are left out.", *_OWN, _I),
        Rule("D6", "Links lead to where they can be followed on paper.", *_OWN, _I),
        Rule("D7", "Lists are read as CommonMark says, and keep the numbers they have.", *_CM, _I),
        Rule("D8", "Facts are read as people write them.", *_OWN, _I),
        Rule("D9", "No author's note says that something is still to do.", *_OWN, _W),
        Rule(
            "D10",
            "Pictures of any usual kind are printed upright, in 8 bits and known colours; drawings"
            " as plain paths.",
            *_OWN,
            _I,
        ),
        Rule("X1", "All fonts are embedded.", *_PDFX, _E),
        Rule(
            "X2",
            "The TrimBox equals the format to 0.1 mm, the bleed is at least 3 mm on every outer"
            " edge and filled where the trim is, and the boxes are nested.",
            *_GWG,
            _E,
        ),
        Rule(
            "X3",
            "Text stays 5 mm from trim and fold; nearer than 3 mm is an error.",
            *_PRINTERS,
            _E,
        ),
        Rule(
            "X4",
            "Images for a press have at least 250 ppi at their printed size (under 150 is an"
            " error), line art at least 550; on a desktop printer 100.",
            *_GWG,
            _E,
        ),
        Rule("X5", "Black text is printed with black ink only.", *_GWG, _E),
        Rule(
            "X6",
            "Total ink is at most 300 %, and never over 330 % (on uncoated paper 260 % and 300 %).",
            *_GWG,
            _E,
        ),
        Rule("X7", "Lines are at least 0.25 pt thick.", *_PRINTERS, _W),
        Rule("X8", "White text and text in several inks is at least 9 pt.", *_GWG, _W),
        Rule(
            "X9",
            "The file is PDF/X-4: a CMYK output intent with a registered condition, and no RGB"
            " left anywhere, transparency groups included.",
            *_PDFX,
            _E,
        ),
        Rule("X10", "The pages fit the fold, and none is empty.", *_GWG, _E),
        Rule(
            "X11",
            "White never overprints; black text under 24 pt overprints the tint under it, and"
            " nothing else does unless it is meant.",
            *_GWG,
            _E,
        ),
        Rule("X12", "A press file prints in the four process inks alone.", *_GWG, _W),
        Rule("L1", "Body text is at least 12 pt.", *_UKAAF, _E),
        Rule("L2", "Nothing is under 9 pt; lines stand at least 1.2 × their size apart.", *_EU, _E),
        Rule(
            "L3",
            "In large print everything is at least 16 pt and body text 18 pt, page numbers too.",
            *_UKAAF,
            _E,
        ),
        Rule("L11", "Nothing is clipped or stands outside its page or panel.", *_OWN, _E),
        Rule(
            "L12",
            "QR codes can be read from the page, are at least 20 mm wide and have 4 modules of"
            " quiet zone.",
            *_QR,
            _E,
        ),
        Rule("C1", "A statement of a kind that needs a source has one.", *_DISCERN, _E),
        Rule("C2", "A source stands only behind what it is known for.", *_DISCERN, _E),
        Rule("C3", "Nothing stands in print that the project never prints.", *_OWN, _E),
        Rule("C4", "Facts of a region are checked again in time.", *_OWN, _E),
        Rule("C5", "What a leaflet must say for a region is said.", *_OWN, _E),
        Rule("C6", "A law is cited only where the region has a text for it.", *_OWN, _W),
    )
}
