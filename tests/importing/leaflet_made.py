"""A project to import into, and what is made of a file there."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from conftest import TODAY, purpose

from foldwell.build.plan import plan_edition
from foldwell.content.library import read_library
from foldwell.errors import FoldwellError
from foldwell.importing.bringing import bring_all
from foldwell.importing.placing import Imported
from foldwell.paper.formats import FORMATS
from foldwell.typeset.compose import compose_print


@dataclass(frozen=True)
class Made:
    """A leaflet that was made: its words, and the whole file."""

    text: str
    whole: str
    told: str
    html: str
    path: str


Make = Callable[..., Made]


def composed(project: Path, slug: str) -> str:
    """The page of an imported leaflet; fails if it does not build."""
    library = read_library(project, TODAY)
    assert library.broken == {}
    edition = plan_edition(library, library.leaflets[slug]["en"], "riverside", TODAY)
    page = compose_print(edition, FORMATS["a4"], purpose("screen")).pages.html
    return page[page.index("<body") :].replace("\n", "").replace("\u00a0", " ")


def maker(project: Path, tmp_path: Path) -> Make:
    """What imports a file of a name and content into a project, and builds it."""

    def made(file: str, content: bytes | str, **options: Any) -> Made:
        source = tmp_path / file
        source.write_bytes(content if isinstance(content, bytes) else content.encode())
        [one] = bring_all(source, project, **options)
        if isinstance(one, FoldwellError):
            raise one
        assert isinstance(one, Imported) and one.errors == ()
        whole = (project / one.path).read_text()
        body = whole.split("---\n", 2)[2].partition("\n<!-- Import:")[0].strip()
        slug = one.path.split("/")[2]
        return Made(body, whole, "\n".join(one.told), composed(project, slug), one.path)

    return made
