"""Marked content: all that is shown is a tag's or an artifact, and is met once (7.1, 7.20)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from foldwell.check.archived import Archived, Breach
from foldwell.check.marked import Mark


def breaches(file: Archived) -> Iterator[Breach]:
    """What is shown outside of tags, artifacts in tags, and forms that are met twice."""
    if not file.tags:
        return  # said once for all
    for item in file.shown:
        artifact = item.mark is not None and item.mark.artifact
        if not artifact and item.form is None and file.tag_of(item.mark, item.page_key) is None:
            what = "Text" if item.font is not None else "A drawing or picture"
            message = f"{what} is neither tagged nor marked as an artifact."
            yield Breach("7.1", message, item.page)
    for mark in file.marks:
        if message := _nested(mark):
            yield Breach("7.1", message)
    yield from (Breach("7.1", message) for message in _types(file))
    held = {where for where, _ in file.tree.marked} if file.tree else set()
    with_ids = {mark.holder for mark in file.marks if mark.id is not None}
    drawn = Counter(item.form for item in file.shown if item.form in with_ids)
    for form, times in drawn.items():
        if times > 1 and form is not None:
            said = "and tags name its content" if form in held else "and it has marks of its own"
            yield Breach("7.20", f"A form is drawn {times} times, {said}.")


def _nested(mark: Mark) -> str:
    around = mark.around
    if around is None:
        return ""
    if mark.name == "Artifact" and around.numbered:
        return "An artifact stands in tagged content."
    if mark.id is not None and around.artifact:
        return "Tagged content stands in an artifact."
    return ""


def _types(file: Archived) -> Iterator[str]:
    from foldwell.check.tagged import STANDARD, standard_type

    roles = file.tree.roles if file.tree else {}
    for name in sorted(STANDARD & {*roles}):
        yield f"The standard tag '{name}' is given another meaning (RoleMap)."
    for name in sorted({*roles} - STANDARD):
        met, at = {name}, roles[name]
        while at in roles and at not in met:
            met.add(at)
            at = roles[at]
        if at in met:
            yield f"The meaning of the tag '{name}' leads round in a circle (RoleMap)."
    for name in sorted({str(tag.item.S)[1:] for tag in file.tags}):
        if standard_type(name, roles) not in STANDARD:
            yield f"The tag '{name}' is no standard one and stands for none (RoleMap)."
