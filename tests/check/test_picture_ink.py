"""The ink of pictures, pixel by pixel."""

from typing import Any

import pytest
from pikepdf import Array, Name, Pdf

from foldwell.check import picture_ink as module
from foldwell.check.picture_ink import has_inks, picture_ink
from foldwell.pdf.colour_space import CMYK, GRAY, RGB, Space
from foldwell.pdf.painting import Picture

PDF = Pdf.new()
LIMITS = (300.0, 330.0)


def picture(content: bytes, space: Space = CMYK, width: int = 2, **more: Any) -> Picture:
    facts = {"Subtype": Name.Image, "BitsPerComponent": 8, **more}
    source = PDF.make_stream(content, **facts)
    pixels = (width, len(content) // (width * space.components) or 1)
    return Picture(
        (0, 0, 20, 20), pixels, (20, 20), False, False, space, (20, 0, 0, 20, 0, 0), source
    )


def test_spaces_that_can_have_several_inks() -> None:
    gold = Space("spot", "Separation", 1, ("Gold",), CMYK)
    every = Space("spot", "Separation", 1, ("All",), CMYK)
    two = Space("spot", "DeviceN", 2, ("Cyan", "Gold"), CMYK)
    indexed = Space("indexed", "Indexed", 1, (), CMYK)
    assert [has_inks(space) for space in (CMYK, every, two, indexed)] == [True] * 4
    assert not any(has_inks(space) for space in (GRAY, RGB, gold))


def test_peak_share_and_place() -> None:
    """Four pixels, of which the lower right one is over both limits."""
    found = picture_ink(picture(bytes(12) + b"\xff\xff\xff\xff"), LIMITS)
    assert found is not None
    assert found.peak_percent == pytest.approx(400)
    assert found.over == (0.25, 0.25)
    assert found.places == ((10, 0, 20, 10),) * 2


def test_strips_are_put_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_STRIP_PIXELS", 2)
    found = picture_ink(picture(b"\xff\xff\xff\x40" + bytes(8) + b"\xff" * 4), LIMITS)
    assert found is not None
    assert found.over == (0.5, 0.25)
    assert found.places == ((0, 0, 20, 20), (10, 0, 20, 10))


def test_what_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    assert picture_ink(picture(bytes(16), BitsPerComponent=4), LIMITS) is None
    assert (
        picture_ink(picture(bytes(16), Space("spot", "DeviceN", 4, tuple("abcd"))), LIMITS) is None
    )
    assert picture_ink(picture(bytes(16), Filter=Name.JPXDecode), LIMITS) is None
    monkeypatch.setattr(module, "MOST_PIXELS", 3)
    assert picture_ink(picture(bytes(16)), LIMITS) is None


def test_a_palette() -> None:
    palette = Space("indexed", "Indexed", 1, (), CMYK, bytes(4) + b"\xff" * 4, 1)
    found = picture_ink(picture(b"\0\0\0\1", palette), LIMITS)
    assert found is not None
    assert found.peak_percent == pytest.approx(400)
    assert found.over == (0.25, 0.25)
    light = Space("indexed", "Indexed", 1, (), CMYK, bytes(8), 1)
    found = picture_ink(picture(b"\0\1", light), LIMITS)
    assert found is not None and found.over == (0, 0)


def test_samples_that_are_meant_upside_down() -> None:
    found = picture_ink(picture(bytes(16), Decode=Array([1, 0] * 4)), LIMITS)
    assert found is not None and found.peak_percent == pytest.approx(400)
