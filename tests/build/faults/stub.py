"""A renderer that is quick and says of each file what it is made from, and what Foldwell was.

``compose`` and ``typeset`` take the place of the functions of that name in
``foldwell.build.worker``. Both are functions of just what the real ones depend on, so an output
that they made at a wrong time, or did not make at the right one, differs from a clean build's.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any

from foldwell.build import known
from foldwell.build.job import Job, Options, Order
from foldwell.build.made import Made
from foldwell.build.workers import Workers
from foldwell.errors import FoldwellError, Place
from foldwell.typeset.compose import SHEETS
from foldwell.typeset.page_source import Composition, PageSource

Errors = tuple[FoldwellError, ...]
MISTAKE = "THIS IS WRONG"
"""A leaflet with these words cannot be composed."""


def compose(job: Job) -> Composition | Made | Errors:
    """What a file says, with everything that bears on it, and nothing else."""
    order, edition = job.order, job.edition
    text = edition.leaflet.text
    if MISTAKE in text:
        return (FoldwellError("This is wrong.", Place(order.leaflet_path, 3), "Correct it."),)
    cited = sorted(set(re.findall(r"@([a-z0-9]+)", text)))
    said = [
        order.path,
        text,
        edition.leaflet.facts.model_dump_json(),
        edition.clinic.model_dump_json(),
        edition.region.model_dump_json(),
        edition.brand.brand.model_dump_json(),
        edition.status,
        edition.id,
        *(repr(edition.references[name]) for name in cited),
    ]
    if "/// only" in text:
        said.append(repr(sorted((kind, sorted(names)) for kind, names in edition.known.items())))
    pictures = {**edition.leaflet.images, **edition.brand.images}
    assets = tuple((name, pictures[name].content, "") for name in sorted(pictures))
    layout = order.row.layout if order.row else "web"
    page = "leaflet.html" if order.row else "web.html"
    sheets = tuple(_shipped(name, edition.overrides) for name in (page, *SHEETS[layout]))
    if order.row is None:
        return Made("\n".join((*said, repr(assets), *sheets)).encode(), 1)
    options = order.options
    asked = {
        "press": (options.condition, options.sheet),
        "office": (options.instructions,),
    }.get(order.medium.name, ())
    html = "\n".join((*said, repr(asked)))
    return Composition(PageSource(html, sheets, assets, tagged=order.medium.name == "screen"))


def typeset(order: Order, composition: Composition) -> Made | Errors:
    """A file of a kilobyte or two that no other composition, and no other Foldwell, gives."""
    shaped = hashlib.sha256(composition.key.encode())
    order = replace(order, options=Options())
    shaped.update(repr(order).encode())
    for path in _engine():
        shaped.update(path.read_bytes())
    content = f"{order.path}\n{composition.pages.html}\n{shaped.hexdigest()}\n".encode()
    if order.medium.name == "press":
        return Made(content, 1, (("-ticket.yml", content[:64]), ("-ticket.pdf", content[64:])))
    return Made(content, 1)


def _shipped(name: str, overrides: Mapping[str, str]) -> str:
    return overrides[name] if name in overrides else (templates() / name).read_text()


def _engine() -> list[Path]:
    """What the typesetter is: its code, fonts and profiles."""
    code = Path(known.__file__).parent.parent / "engine.py"
    here = [path for part in ("fonts", "icc") for path in sorted((templates() / part).iterdir())]
    return [*here, code] if code.exists() else here


def templates() -> Path:
    """The shipped templates, where the session looks for them."""
    return Path(known.templates_folder())  # type: ignore[attr-defined]


class _Here:
    """A pool that does its work at once, in this process."""

    def schedule(
        self, function: Callable[..., Any], args: Sequence[Any] = (), timeout: float = 0
    ) -> Future[Any]:
        del timeout
        future: Future[Any] = Future()
        try:
            future.set_result(function(*args))
        except Exception as error:
            future.set_exception(error)
        return future


class Hands(Workers):
    """Workers that are no processes: the same way through the jobs, in this one."""

    def __init__(self, *_: object) -> None:
        super().__init__(1)
        self.composers = _Here()

    def start(self) -> None:
        """Nothing to warm up."""

    def warm_up(self, jobs: int) -> None:
        """Nothing to warm up."""

    def typesetter(self, lane: int) -> Any:
        """The same hands."""
        del lane
        return self.composers

    def close(self) -> None:
        """Nothing to end."""

    def _let_go(self) -> None:
        """Nothing to end."""
