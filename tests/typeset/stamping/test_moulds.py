"""A block is measured in the mould of another one only if all pictures of that are still there."""

import xml.etree.ElementTree as ET
from types import SimpleNamespace
from typing import Any

import pytest

from foldwell.typeset.stamping.moulds import Mould, Moulds

SHAPE = "a shape of this test"


@pytest.mark.parametrize("there", [("logo-wide.svg", "qr.svg"), ("logo.svg", "qr.svg")])
def test_a_mould_of_a_logo_that_was_replaced_is_left_alone(there: tuple[str, ...]) -> None:
    element = ET.fromstring('<div><img src="asset:logo-wide.svg"/><img src="asset:qr.svg"/></div>')
    slot: Any = SimpleNamespace(element=element)
    moulds = Moulds((), lambda context: None, there)
    mould = Mould(slot, 0, None)
    moulds.keep(SHAPE, mould)
    assert moulds.find(SHAPE) is (mould if "logo-wide.svg" in there else None)
