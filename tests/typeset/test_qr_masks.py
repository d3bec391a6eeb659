"""QR codes whose masks are found row by row are segno's own."""

import io
import random

import pytest
import segno

from foldwell.typeset import qr_masks
from foldwell.typeset.pictures import qr_code

SIGNS = "abcdefghijklmnopqrstuvwxyz0123456789./-#ABC"


@pytest.fixture
def addresses() -> list[str]:
    chance = random.Random(1)
    lengths = [3, 14, 20, 26, 32, 40, 40, 60, 120, 250]
    return ["https://" + "".join(chance.choices(SIGNS, k=length)) for length in lengths]


def drawn(address: str) -> bytes:
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        out, kind="svg", border=4, xmldecl=False, omitsize=True, svgclass=None, lineclass=None,
        light="#ffffff",
    )  # fmt: skip
    return out.getvalue()


def test_a_code_is_segnos_own(addresses: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    quick = [qr_code(address)[0] for address in addresses]
    monkeypatch.setattr(qr_masks.encoder, "find_and_apply_best_mask", qr_masks._one_by_one)
    assert quick == [drawn(address) for address in addresses]


def test_each_mask_costs_what_segno_says(addresses: list[str]) -> None:
    met = set()
    for address in addresses:
        for mask in range(8):
            modules = segno.make(address, error="m", micro=False, mask=mask).matrix
            width, plain = len(modules), b"".join(modules)
            numbers = (qr_masks._number(plain), qr_masks._number(qr_masks._turned(plain, width)))
            assert qr_masks._cost(*numbers, width) == qr_masks.encoder.evaluate_mask(
                modules, width, width
            )
        met.add(segno.make(address, error="m", micro=False).mask)
    assert len(met) > 2


def test_a_mask_that_is_asked_for_is_taken(addresses: list[str]) -> None:
    assert segno.make(addresses[0], micro=False, mask=5).mask == 5
    assert segno.make("12", micro=True).is_micro
