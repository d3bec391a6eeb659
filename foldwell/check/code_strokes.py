"""Strokes of QR codes: what a viewer and a reader make of the operators that draw a code.

The same operators are the same picture, on whatever page: what was read once is not read again.
"""

from __future__ import annotations

import hashlib
import re
from collections import OrderedDict

import pypdfium2 as pdfium
import zxingcpp

from foldwell.pdf.raw_objects import RawFile

KEPT = 4096
"""How many codes are remembered that were read."""
_CODE = re.compile(rb"0 0 m\n4 4\.5 m\n11 4\.5 l\n(?:\d+ \d+\.5 [ml]\n)+\d+ \d+\.5 l")
"""A code is drawn row by row in modules, from the upper left eye behind its quiet zone on."""
_ENDS = re.compile(rb"(\d+) \d+\.5 l")
_QUIET, _SCALE = 4, 4
"""How many modules are clear around a code, and how many pixels wide one is drawn."""


def is_code(strokes: bytes) -> bool:
    """Whether operators draw a code."""
    return _CODE.fullmatch(strokes) is not None


def said_by(strokes: bytes) -> str:
    """What a code says.

    Args:
        strokes: The operators of its path, one a line, in modules.

    Returns:
        What is read in a picture of it; empty if nothing is.
    """
    key = hashlib.blake2b(strokes, digest_size=16).digest()
    if key not in _read:
        _read[key] = _seen(strokes)
        if len(_read) > KEPT:
            _read.popitem(last=False)
    return _read[key]


_read: OrderedDict[bytes, str] = OrderedDict()


def _seen(strokes: bytes) -> str:
    side = max(map(int, _ENDS.findall(strokes)), default=0) + _QUIET
    content = b"1 0 0 -1 0 %d cm 1 w\n%s\nS" % (side, strokes)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents 4 0 R/Resources<<>>>>"
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: page % (side, side),
        4: b"<</Length %d>>\nstream\n%s\nendstream" % (len(content), content),
    }
    whole = RawFile(b"%PDF-1.4\n", objects, b"trailer<</Size 5/Root 1 0 R>>\n").written({})
    with pdfium.PdfDocument(whole) as file:
        shown = file[0].render(scale=_SCALE, may_draw_forms=False, grayscale=True).to_pil()
    codes = zxingcpp.read_barcodes(
        shown, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    )
    return codes[0].text if len(codes) == 1 and codes[0].valid else ""
