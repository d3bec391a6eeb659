"""The same words on A4 in two columns by Typst, where the package is installed.

It sets plain headings, paragraphs and lists: no fit to a number of pages, no boxes, drawings or
imposition. So it is a mark to run towards, not the same work.
"""

from __future__ import annotations

import importlib.util
import tempfile
import time
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

from benchmarks.measure import median

ROUNDS = 15
_HEAD = """#set document(title: "Words")
#set text(lang: "en", size: 10pt)
#set page(paper: "a4", columns: 2, margin: 15mm)
"""
_SPECIAL = str.maketrans({char: f"\\{char}" for char in "\\*_`#$<>@=-+/[]~'\""})


def typst_is_there() -> bool:
    """Whether the package is installed."""
    return importlib.util.find_spec("typst") is not None


def typst_source(html: str) -> str:
    """The words of a composed page as a Typst document."""
    from weasyprint import HTML

    root: ET.Element = HTML(string=html).etree_element
    lines = []
    for element in root.iter():
        before = {"h1": "= ", "h2": "== ", "h3": "=== ", "p": "", "li": "- ", "td": ""}
        if element.tag not in before:
            continue
        text = " ".join("".join(element.itertext()).split()).translate(_SPECIAL)
        inside = any(child.tag in before for child in element.iter() if child is not element)
        if text and not inside:
            lines.append(f"{before[element.tag]}{text}\n")
    return _HEAD + "\n".join(lines)


def typst_cpu_s(html: str) -> float:
    """The median CPU seconds of a warm process for one file with PDF/A-2a."""
    import typst

    with tempfile.TemporaryDirectory(prefix="foldwell-typst-") as folder:
        path = Path(folder) / "page.typ"
        source, spent = typst_source(html), []
        for number in range(ROUNDS + 1):
            path.write_text(f"{source}\nEdition {number}\n", encoding="utf-8")  # not from its cache
            started = time.process_time()
            content: Any = typst.compile(str(path), format="pdf", pdf_standards=["a-2a"])
            spent.append(time.process_time() - started)
            if not bytes(content).startswith(b"%PDF"):
                raise RuntimeError("Typst made no PDF.")
    return median(spent[1:])
