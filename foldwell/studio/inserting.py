"""What can be put into a text: blocks, facts, and icons that fit some words."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from foldwell.build.icons import found_icons
from foldwell.content.blocks import BLOCKS, EXAMPLES
from foldwell.content.clinic import Clinic
from foldwell.errors import FoldwellError
from foldwell.studio.desk import Call, Desk

ICONS_SHOWN = 60


def insertions(desk: Desk, call: Call) -> Response:
    """What can be put into a text: blocks, facts, and icons that fit some words."""
    blocks = [
        {"name": name, "text": _block(name, row.takes, row.list_tag, row.inside)}
        for name, row in BLOCKS.items()
    ]
    facts = ["region.emergency_number", *(f"clinic.{name}" for name in Clinic.model_fields
             if name in ("name", "phone", "address", "hours", "email", "website"))]  # fmt: skip
    query = call.query.get("icon", "")
    icons: tuple[str, ...] = ()
    if query:
        try:
            icons = found_icons(query[:60])[:ICONS_SHOWN]
        except FoldwellError:
            icons = ()
    return JSONResponse({"blocks": blocks, "facts": facts, "icons": icons})


def _block(name: str, takes: str, list_tag: str, inside: str) -> str:
    bar = {"title": " | Title", "nothing": ""}.get(takes, f" | {EXAMPLES.get(takes, '…')}")
    body = {"ol": "1. First", "ul": "- First"}.get(list_tag, "" if inside else "Words")
    return f"/// {name}{bar}\n{body}\n///\n".replace("\n\n", "\n")
