"""Phone numbers whose first zero a spreadsheet has taken."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from foldwell.content.clinic import Clinic
from foldwell.content.facts import Phone
from foldwell.content.tidyings import Tidyings
from foldwell.content.yaml_text import Path, Source


def note_lost_zeros(clinic: Clinic, source: Source, noting: Callable[[str], Tidyings]) -> None:
    """Note phones whose first zero a spreadsheet has taken, and that have it again."""
    given: list[Path] = [("phone",), ("text_number",), ("fax",), ("out_of_hours", "phone")]
    numbers = [(at, _at(source.value, at)) for at in given]
    numbers += [
        (("phones", n), item.get("phone"))
        for n, item in enumerate(source.value.get("phones", ()))
        if isinstance(item, Mapping)
    ]
    printed = {at: _printed(clinic, at) for at, _ in numbers}
    for at, number in numbers:
        phone = printed[at]
        if phone is None or str(number).startswith("0") or not phone.startswith(("0", "(0")):
            continue
        digits = re.sub(r"\D", "", str(getattr(number, "written", number)))
        if re.sub(r"\D", "", phone) != f"0{digits}":
            continue
        place = source.place(at)
        noting(place.path).note(
            "D8",
            f"A phone's first zero was put back: {phone}.",
            place.line,
            place=place if place.cell else None,
            hint="Format the column as text, so that the spreadsheet keeps it.",
        )


def _at(value: Any, at: Path) -> Any:
    for key in at:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _printed(clinic: Clinic, at: Path) -> Phone | None:
    value: Any = clinic.phones[int(at[1])].phone if at[0] == "phones" else clinic
    for key in at if at[0] != "phones" else ():
        value = getattr(value, str(key), None)
    return value if isinstance(value, Phone) else None
