"""A new leaflet, and the formats that a leaflet is made in: its file, and its run in build.yml."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq
from starlette.responses import Response

from foldwell.build.drafts import draft_leaflet
from foldwell.content.interface_words import SOURCE
from foldwell.content.round_trip import round_trip_yaml
from foldwell.content.settings import USUAL_RUNS, Settings
from foldwell.content.validation import validate
from foldwell.content.values import slug_problem
from foldwell.content.yaml_text import read_yaml
from foldwell.errors import FoldwellError, Mistakes, Place
from foldwell.paper.formats import FORMATS
from foldwell.studio.desk import Call, Desk, NotThere, seen_other, sentence
from foldwell.studio.saving import NEW, Conflict, editable, mark, present
from foldwell.studio.yaml_document import opened

SETTINGS = "content/build.yml"
FIELDS = {
    "title": "Title", "subtitle": "For whom, in one line",
    "main_message": "The main message, in one to three sentences",
    "audience": "Who reads it", "objective": "What they shall know or do after it",
    "publisher": "Who publishes it",
}  # fmt: skip
"""The facts that the page asks for, with their labels; only a title is needed to begin."""
WORDS = "## What you can do\n\n"
"""How the words of a leaflet begin when nobody wrote any."""


def new_leaflet(desk: Desk, call: Call) -> Response:
    """An empty form."""
    return _page(desk, {"publisher": _publisher(desk)}, _usual(desk), [])


def _page(
    desk: Desk, values: dict[str, str], chosen: Sequence[str], errors: Sequence[str],
    status: int = 200,
) -> Response:  # fmt: skip
    return desk.page(
        "new-leaflet.html", status, fields=FIELDS, errors=errors, chosen=chosen,
        values={**dict.fromkeys((*FIELDS, "words"), ""), **values}, formats=formats(desk),
    )  # fmt: skip


def formats(desk: Desk) -> list[str]:
    """The formats that can be chosen: those of the project, then those that Foldwell has."""
    own = desk.shelf.book.library.formats
    known = dict.fromkeys([*(name for name in own if name not in FORMATS), *FORMATS])
    return [name for name in known if not name.endswith("-large")]


def _usual(desk: Desk) -> list[str]:
    papers = {region.paper for region in desk.shelf.book.library.regions.values()}
    return [*(sorted(papers) or ["a4"]), "letter-fold"]


def _publisher(desk: Desk) -> str:
    for texts in desk.shelf.book.library.leaflets.values():
        for one in texts.values():
            if one.facts.publisher:
                return str(one.facts.publisher)
    return ""


def make_leaflet(desk: Desk, call: Call) -> Response:
    """Write the file of a new leaflet, and what is made of it."""
    values = {name: " ".join(call.one(name).split()) for name in FIELDS}
    words = call.one("words").replace("\r\n", "\n").strip("\n")
    chosen = [name for name in call.form.get("format", ()) if name in formats(desk)]
    slug = slug_of(values["title"])
    path = f"content/leaflets/{slug}/{SOURCE}.md"
    try:
        if not values["title"] or slug_problem(slug):
            raise FoldwellError("A leaflet needs a title.", None, "Give it one in plain words.")
        if (desk.root / "content/leaflets" / slug).exists():
            raise FoldwellError("There is a leaflet of this name.", None, "Give it another title.")
        text = _text(values, words)
        draft_leaflet(desk.shelf.book.library, slug, SOURCE, text)  # refused before it is there
        desk.save(path, text.encode(), NEW)
        said = _add_run(desk, slug, chosen)
    except (FoldwellError, Mistakes) as error:
        wrong = error.errors if isinstance(error, Mistakes) else (error,)
        told = [sentence(one) for one in wrong]
        return _page(desk, {**values, "words": words}, chosen, told, 422)
    return seen_other(f"/leaflet/{slug}/{SOURCE}?said={'made' if said == 'saved' else said}")


def slug_of(title: str) -> str:
    """The folder of a leaflet, made of its title."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub("[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")


def _text(values: dict[str, str], words: str) -> str:
    yaml, out = round_trip_yaml(), io.StringIO()
    yaml.dump({name: value for name, value in values.items() if value}, out)
    main = values["main_message"]
    parts = [f"/// key-message | The main message\n{main}\n///\n"] if main else []
    parts += [f"{words or WORDS.strip()}\n", "/// contact | Talk to us\n///\n"]
    return f"---\n{out.getvalue()}clinical_reviewers: []\n---\n\n" + "\n".join(parts)


def add_formats(desk: Desk, call: Call) -> Response:
    """Let a leaflet be made in one more format."""
    slug, language = call.path["slug"], call.path["language"]
    if slug not in desk.shelf.book.library.leaflets:
        raise NotThere
    wanted = call.one("format")
    if wanted not in formats(desk):
        raise NotThere
    said = _add_run(desk, slug, [wanted])
    word = "added" if said == "saved" else said
    return seen_other(f"/leaflet/{slug}/{language}?format={wanted}&said={word}")


def _add_run(desk: Desk, slug: str, wanted: Sequence[str]) -> str:
    """Add a run for formats in which the leaflet is not made yet.

    Raises:
        FoldwellError: If build.yml cannot be changed, or somebody else changed it meanwhile.
        Mistakes: If it would have mistakes.
    """
    have = {order.format for order in desk.shelf.book.orders if order.leaflet == slug}
    lacking = [name for name in wanted if name not in have]
    if not lacking:
        return "saved"
    before = present(desk.root, SETTINGS)
    has_web = any(o.leaflet == slug and not o.format for o in desk.shelf.book.orders)
    text = with_run(editable(before or b"", SETTINGS), slug, lacking, not has_web)
    validate(Settings, read_yaml(text, SETTINGS))
    try:
        return desk.save(SETTINGS, text.encode(), mark(before))
    except Conflict:
        raise FoldwellError(
            "Somebody else changed it at the same moment.", Place(SETTINGS), "Try once more."
        ) from None


def with_run(text: str, slug: str, wanted: Sequence[str], web: bool) -> str:
    """The settings with one more run: a leaflet in some formats, to look at and to print."""
    document = opened(text, SETTINGS)
    runs: Any = document.tree.get("runs")
    if not isinstance(runs, CommentedSeq):
        runs = CommentedSeq()
        if "runs" not in document.tree:  # what is made without the file goes on being made
            for usual in USUAL_RUNS:
                kept = {str(name): _media(media) for name, media in usual.formats.items()}
                runs.append(CommentedMap(leaflets=_media(["*"]), formats=CommentedMap(kept)))
        document.tree["runs"] = runs
    made = CommentedMap({name: _media(_media_of(name)) for name in wanted})
    run = CommentedMap(leaflets=_media([slug]), formats=made)
    if not web:  # it is made already
        run["web"] = "false"
    runs.append(run)
    return document.text


def _media_of(name: str) -> list[str]:
    return ["screen"] if name == "large-print" else ["screen", "office"]


def _media(words: Sequence[str]) -> CommentedSeq:
    listed = CommentedSeq([str(word) for word in words])
    listed.fa.set_flow_style()
    return listed
