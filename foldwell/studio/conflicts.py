"""A file that somebody else changed since it was opened: both versions, and what may be done."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from foldwell.studio.desk import Call, Desk
from foldwell.studio.saving import Conflict, difference, mark

OWN = ("token", "seen")
"""What a form sends of the page that it stands on, which is another one now."""


def conflicted(
    desk: Desk,
    call: Call,
    conflict: Conflict,
    mine: bytes,
    back: str,
    room: str = "/",
    action: str = "",
) -> Response:
    """Both versions of a file; nothing was written.

    Args:
        desk: The studio.
        call: What was sent; it can be sent once more, knowing what stands there now.
        conflict: The file, and what stands there.
        mine: What was to be written.
        back: The page of the file.
        room: The room that it belongs to.
        action: Where the form was sent to, if it was not its own page.
    """
    if call.wants_json:
        facts = {"conflict": True, "there": conflict.there.decode("utf-8", "replace"),
                 "seen": mark(conflict.there)}  # fmt: skip
        return JSONResponse(facts, 409)
    sent = [(name, value) for name, values in call.form.items() if name not in OWN
            for value in values]  # fmt: skip
    return desk.page(
        "conflict.html", 409, room=room, path=conflict.relative, back=back, sent=sent,
        difference=difference(conflict.there, mine), action=action or back,
        mine=mine.decode("utf-8", "replace"), seen=mark(conflict.there), files=bool(call.files),
    )  # fmt: skip
