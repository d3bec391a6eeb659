"""Imprints: what a finished file says of itself, and where in it."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field

from pikepdf import Array, Dictionary, Pdf


@dataclass
class Imprint:
    """What a file says of itself.

    Attributes:
        told: What its information says, by key with the slash.
        title: Its title; None if it stays what it was.
        slugs: What draws the slug line of each page; empty if they stay.
        xmp: Its metadata; empty if they stay.
    """

    told: Mapping[str, str]
    title: str | None = None
    slugs: list[bytes] = field(default_factory=list)
    xmp: bytes = b""


@dataclass(frozen=True)
class ImprintPlaces:
    """Where a file says of itself what it says.

    Attributes:
        told: What its information says.
        info: The number of its information; 0 if it has none.
        xmp: The number of its metadata; 0 if it has none.
        slugs: For each page the number of the stream that draws its slug line, its last one.
    """

    told: Mapping[str, str]
    info: int
    xmp: int
    slugs: tuple[int, ...]


def imprint_places(content: bytes) -> ImprintPlaces:
    """Where a finished file says of itself what it says."""
    with Pdf.open(io.BytesIO(content)) as pdf:
        info = pdf.trailer.get("/Info", Dictionary())
        xmp = pdf.Root.get("/Metadata")
        over = [page.obj.get("/Contents") for page in pdf.pages]
        return ImprintPlaces(
            {key: str(value) for key, value in info.items()},
            info.objgen[0],
            xmp.objgen[0] if xmp is not None else 0,
            tuple(one[-1].objgen[0] for one in over if isinstance(one, Array)),
        )
