"""Rule X9: a press file is PDF/X-4 in CMYK, and says so (ISO 15930-7, 6).

The conditions that a print shop stumbles over are checked, not every clause of the standard.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pikepdf import Dictionary, Name, Pdf, Stream

from foldwell.check.colour_use import lights
from foldwell.check.page_facts import PageFacts
from foldwell.check.pdf_file import FileFacts
from foldwell.check.standard import output_intents
from foldwell.check.subject import Subject
from foldwell.finding import Finding
from foldwell.paper.conditions import REGISTRY
from foldwell.pdf.boxes import inherited, upright
from foldwell.pdf.content_stream import plain_value
from foldwell.pdf.opening import reading
from foldwell.pdf.plane import Box, common, joined, scaled
from foldwell.rules import Severity

RULE = "X9"
_REGISTERED = re.compile(
    r"FOGRA\d{2}[LS]?|CGATS TR ?\d{3}|CGATS21-2-CRPC\d|IFRA\d{2}|JC(W|N)?20\d{2}\d*|EUROSB\d{3}"
)
"""Names of the registry of characterisation data (color.org/registry2.xalter)."""


def _value(name: str, value: str) -> re.Pattern[bytes]:
    """A property of XMP with that value, be it an element or an attribute."""
    return re.compile(rf"{name}(?:(?:\s[^<>]*)?>|\s*=\s*[\"'])\s*{value}\s*[<\"']".encode())


_VERSION = _value("GTS_PDFXVersion", "PDF/X-4")
_TRAPPED = _value("pdf:Trapped", "(True|False)")
_MARKS = (Name.PrinterMark, Name.TrapNet)
_MOST_NAMED = 6


def on_file(subject: Subject) -> Iterator[Finding]:
    """What a file says of itself and holds besides its pages, and colours of light on them."""
    yield from _damage(subject)
    if subject.standard.press:
        yield from _identification(subject.file)
        yield from _colours(subject.file)


def _damage(subject: Subject) -> Iterator[Finding]:
    """A file that can only be read by repairing it."""
    file = subject.file
    if file.pdf.get_warnings() or file.streams.damaged:
        yield Finding(
            RULE,
            Severity.ERROR if subject.standard.press else Severity.WARNING,
            "The file is damaged, though it can be read.",
            "Make it again, or copy it again.",
        )


def _identification(file: FileFacts) -> Iterator[Finding]:
    """Output intent, identification, encryption and scripts."""
    pdf = file.pdf
    for message, hint in (*_intent_faults(pdf), *_file_faults(pdf)):
        yield Finding(RULE, Severity.ERROR, message, hint)
    for page in file.pages:
        with reading(page.number):
            yield from _annotations(page, pdf.pages[page.number - 1].obj)


def _colours(file: FileFacts) -> Iterator[Finding]:
    """Colours of light, one finding a page."""
    for page in file.pages:
        with reading(page.number):
            item = file.pdf.pages[page.number - 1].obj
            found = lights(file.streams, item, inherited(item, "/Resources"))
        if found:
            said = ", ".join(found[:_MOST_NAMED])
            said += f" and {len(found) - _MOST_NAMED} more" if len(found) > _MOST_NAMED else ""
            yield Finding(
                RULE,
                Severity.ERROR,
                f"Not all is CMYK: {said}.",
                "Convert everything to the printing condition.",
                page.place(),
            )


def _intent_faults(pdf: Pdf) -> Iterator[tuple[str, str]]:
    intents = [intent for intent in output_intents(pdf) if intent.get("/S") == Name.GTS_PDFX]
    if len(intents) != 1:
        many = "more than one output intent" if intents else "no output intent"
        yield f"The file has {many} for print (GTS_PDFX).", "Name the printing condition once."
        return
    (intent,) = intents
    identifier = str(intent.get("/OutputConditionIdentifier", ""))
    if not _REGISTERED.fullmatch(identifier):
        yield (
            f"The printing condition '{identifier}' is not a registered one.",
            "Name it as the registry at www.color.org does, such as FOGRA39.",
        )
    if str(intent.get("/RegistryName", "")).rstrip("/") != REGISTRY:
        yield (
            f"The output intent does not name the registry ({REGISTRY}).",
            "Set its RegistryName.",
        )
    profile = intent.get("/DestOutputProfile")
    if not isinstance(profile, Stream):
        yield "The output intent holds no profile.", "Embed the profile of the condition."
    elif plain_value(profile.get("/N")) != 4.0:
        yield "The profile of the output intent is not CMYK.", "Embed a CMYK profile."


def _file_faults(pdf: Pdf) -> Iterator[tuple[str, str]]:
    metadata = pdf.Root.get("/Metadata")
    xmp = metadata.read_bytes() if isinstance(metadata, Stream) else b""
    again = "Save it as PDF/X-4."
    if not _VERSION.search(xmp):
        yield "The file does not say that it is PDF/X-4 (GTS_PDFXVersion in its XMP).", again
    info = pdf.trailer.get("/Info")
    trapped = str(info.get("/Trapped", "")) if isinstance(info, Dictionary) else ""
    if trapped not in ("/True", "/False") and not _TRAPPED.search(xmp):
        yield "The file does not say whether it is trapped.", again
    if pdf.is_encrypted:
        yield "The file is encrypted.", "Save it without protection."
    if _has_script(pdf):
        yield "The file holds JavaScript.", "Take it out."


def _has_script(pdf: Pdf) -> bool:
    """Whether a script hangs on the file, a page or an annotation."""
    root = pdf.Root
    names = root.get("/Names")
    if isinstance(names, Dictionary) and "/JavaScript" in names:
        return True
    holders: list[Any] = [root]
    for page in pdf.pages:
        holders.append(page.obj)
        holders += [a for a in page.obj.get("/Annots", ()) if isinstance(a, Dictionary)]
    for holder in holders:
        actions = [holder.get("/OpenAction"), holder.get("/A")]
        more = holder.get("/AA")
        actions += list(more.values()) if isinstance(more, Dictionary) else []
        if any(isinstance(a, Dictionary) and a.get("/S") == Name.JavaScript for a in actions):
            return True
    return False


def _annotations(page: PageFacts, item: Any) -> Iterator[Finding]:
    """Annotations that reach into what is printed."""
    kinds: dict[str, list[Box]] = {}
    for annotation in item.get("/Annots", ()):
        if not isinstance(annotation, Dictionary) or annotation.get("/Subtype") in _MARKS:
            continue
        box = scaled(upright(annotation.get("/Rect")) or (0, 0, 0, 0), page.unit_pt)
        if common(box, page.bleed) is not None:
            kind = str(annotation.get("/Subtype", "/unknown"))[1:]
            kinds.setdefault(kind, []).append(box)
    for kind, boxes in kinds.items():
        yield Finding(
            RULE,
            Severity.ERROR,
            f"Annotations ({kind}) lie on what is printed.",
            "Take them out.",
            page.place(joined(boxes)),
        )
