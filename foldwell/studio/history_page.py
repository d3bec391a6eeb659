"""Versions of a file: those that saves replaced, and those in git; what each had otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from starlette.responses import Response

from foldwell.errors import FoldwellError
from foldwell.studio.desk import Call, Desk, NotThere, seen_other
from foldwell.studio.git_versions import (
    START,
    choose,
    commit,
    git_versions,
    is_chosen,
    is_committed,
    is_repository,
)
from foldwell.studio.leaflet_page import conflicted
from foldwell.studio.saving import (
    Conflict,
    Version,
    difference,
    mark,
    present,
    version,
    version_names,
    versions,
)

MOST = 50
"""How many versions of a file a page shows, of each kind."""


def history(desk: Desk, call: Call) -> Response:
    """The versions of a file that were replaced, and what each had otherwise."""
    path = call.query.get("file", "")
    if not version_names(desk.root, path) and not _is_known(desk, path):
        raise NotThere
    return _page(desk, path, call.query.get("said", ""))


def _page(desk: Desk, path: str, said: str, trouble: str = "", status: int = 200) -> Response:
    content = present(desk.root, path)
    repository = is_repository(desk.root)
    kinds = [("", list(islice(versions(desk.root, path), MOST)))]
    if repository:
        kinds.append(("git", list(git_versions(desk.root, path))))
    rows = {kind: list(_rows(found, content or b"")) for kind, found in kinds}
    return desk.page(
        "history.html", status, path=path, rows=rows, seen=mark(content), said=said,
        room=_room(path), back=_back(path), repository=repository, trouble=trouble,
        chosen=repository and is_chosen(desk.root),
        uncommitted=repository and content is not None and not is_committed(desk.root, path),
    )  # fmt: skip


def _rows(found: list[Version], now: bytes) -> Iterator[dict[str, object]]:
    """Each version with what the next one did to it."""
    after = now
    for one in found:
        yield {
            "name": one.name, "when": one.when.astimezone().strftime("%d %B %Y, %H:%M:%S"),
            "difference": difference(one.content, after), "same": one.content == now,
        }  # fmt: skip
        after = one.content


def _is_known(desk: Desk, path: str) -> bool:
    """Whether it is a file that the studio edits."""
    parts = path.split("/")
    return (
        path.startswith("content/")
        and ".." not in parts
        and path.endswith((".md", ".yml"))
        and (
            parts[1] in ("leaflets", "clinics", "brands")
            or path in ("content/build.yml", "content/sources.yml")
        )
        and present(desk.root, path) is not None
    )


def _room(path: str) -> str:
    rooms = {"clinics": "/clinics", "brands": "/brands", "sources.yml": "/sources"}
    return rooms.get(path.split("/")[1], "/")


def _back(path: str) -> str:
    parts = path.removesuffix(".yml").removesuffix(".md").split("/")[1:]
    kind = {"leaflets": "leaflet", "clinics": "clinic", "brands": "brand"}.get(parts[0], "")
    if not kind:
        return _room(path)
    return f"/{kind}/{'/'.join(parts[1:2] if kind == 'brand' else parts[1:])}"


def put_back(desk: Desk, call: Call) -> Response:
    """Let a version stand again; the one that stands now is kept in its turn."""
    path, name = call.one("file"), call.one("version")
    if name.startswith(START):
        content = _committed(desk, path, name)
    elif name in version_names(desk.root, path):
        content = version(desk.root, path, name).content
    else:
        raise NotThere
    try:
        said = desk.save(path, content, call.one("seen"))
    except Conflict as conflict:
        return conflicted(desk, call, conflict, content, _back(path), _room(path))
    word = "back" if said == "saved" else said
    back = _back(path)
    return seen_other(f"{back}?said={word}" if back.count("/") > 1 else _address(path, word))


def _committed(desk: Desk, path: str, name: str) -> bytes:
    known = git_versions(desk.root, path) if _is_known(desk, path) else iter(())
    found = next((one.content for one in known if one.name == name), None)
    if found is None:
        raise NotThere
    return found


def _address(path: str, said: str) -> str:
    return f"/history?file={path}&said={said}"


def keep_in_git(desk: Desk, call: Call) -> Response:
    """Say whether each save goes to git, or put the file there that stands outside of it."""
    path = call.one("file")
    if not _is_known(desk, path):
        raise NotThere
    wanted = call.one("git")
    try:
        if wanted == "commit":
            commit(desk.root, path, f"Studio: {path}")
        else:
            choose(desk.root, wanted == "yes")
    except FoldwellError as error:
        return _page(desk, path, "", str(error), 422)
    return seen_other(_address(path, {"commit": "committed", "yes": "git"}.get(wanted, "no-git")))
