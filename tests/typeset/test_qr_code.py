"""QR codes: each says its address, is no larger than need be, and keeps its quiet zone."""

import io
import re

import pytest
import segno
import zxingcpp
from PIL import Image
from resvg_py import svg_to_bytes

from foldwell.typeset.pictures import QUIET, qr_code

ADDRESSES = {
    "short": "https://a.example",
    "of a web page": "https://leaflets.example.org/editions/7K3M-Q9TD.html",
    "with a fragment": "https://clinic.example/patients?lang=en&size=large#7K3M-Q9TD",
    "of a domain of its own script": "https://xn--bcher-kva.example/%C3%BC",
    "long": "https://example.org/" + "leaflets/" * 40,
}


@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)
def test_a_code_says_its_address_in_as_few_modules_as_another_library_needs(address: str) -> None:
    drawing, kind = qr_code(address)
    assert kind == "image/svg+xml"
    (side,) = {*map(int, re.findall(rb'viewBox="0 0 (\d+) (\d+)"', drawing)[0])}
    assert side == segno.make(address, error="m", micro=False).symbol_size(border=QUIET)[0]
    size = f'<svg width="{4 * side}" height="{4 * side}" '
    shown = Image.open(io.BytesIO(bytes(svg_to_bytes(drawing.decode().replace("<svg ", size)))))
    kinds = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    (found,) = zxingcpp.read_barcodes(shown.convert("RGB"), formats=kinds)
    assert (found.text, found.ec_level, found.valid) == (address, "M", True)
    dark = shown.convert("L").point(lambda value: 255 * (value < 128)).getbbox()
    assert dark == (4 * QUIET, 4 * QUIET, 4 * (side - QUIET), 4 * (side - QUIET))
