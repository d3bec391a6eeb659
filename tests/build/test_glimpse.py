"""A glimpse shows the pages of the finished file, and makes pictures only of what is new."""

import os
import signal
from collections.abc import Callable, Iterator

import pytest
from conftest import TODAY

from foldwell.build import worker
from foldwell.build.drafts import draft_job, draft_leaflet
from foldwell.build.glimpse import Glimpse, Glimpser, examine, glimpse
from foldwell.build.job import Job
from foldwell.build.made import Made
from foldwell.build.page_pictures import draw
from foldwell.content.library import Library
from foldwell.typeset.page_source import Composition

Draft = Callable[..., Job]


@pytest.fixture(scope="module")
def draft(library: Library) -> Draft:
    """A job of a leaflet with one more line."""
    text = (library.root / "content/leaflets/sleep/en.md").read_text()

    def drafted(more: str = "", format_name: str = "letter-fold", medium: str = "screen") -> Job:
        leaflet = draft_leaflet(library, "sleep", "en", f"{text}\n{more}\n")
        return draft_job(library, leaflet, "riverside", format_name, medium, TODAY)

    return drafted


@pytest.mark.parametrize("medium", ["screen", "office"])
def test_it_looks_like_the_finished_file(medium: str, draft: Draft) -> None:
    job = draft("One more line.", medium=medium)
    found, composition = glimpse(job, 300, ()), worker.compose(job)
    assert isinstance(found, Glimpse) and isinstance(composition, Composition)
    made = worker.typeset_in_full(job.order, composition)
    assert isinstance(made, Made)
    assert [page.digest for page in found.pages] == [
        page.digest for page in draw(made.content, (), 300)
    ]
    assert [kind for kind, _ in found.notes] == ["fit", "stamp"]


def test_only_what_is_new_is_made_a_picture(draft: Draft) -> None:
    first = glimpse(draft("Wake up at seven."), 300, ())
    assert isinstance(first, Glimpse) and all(page.png and page.lines for page in first.pages)
    known = frozenset(page.digest for page in first.pages)
    again = glimpse(draft("Wake up at eight."), 300, known)
    assert isinstance(again, Glimpse) and len(again.pages) == len(first.pages)
    fresh = [page for page in again.pages if page.png]
    assert 0 < len(fresh) < len(again.pages)
    assert any("eight" in line.text for page in fresh for line in page.lines)
    assert not any(page.lines for page in again.pages if page.digest in known)


def test_what_is_wrong_comes_back_in_words(draft: Draft) -> None:
    long = glimpse(draft("Far too many words.\n\n" * 400), 300, ())
    assert isinstance(long, tuple) and "over" in long[0].message
    assert examine(draft("One more line.")) == ()


@pytest.fixture
def glimpser() -> Iterator[Glimpser]:
    started = Glimpser()
    yield started
    started.close()


def test_a_process_that_is_lost_is_replaced(glimpser: Glimpser, draft: Draft) -> None:
    assert isinstance(glimpser.glimpse(draft(), 300), Glimpse)
    for child in list(glimpser._pool._pool_manager.worker_manager.workers.values()):
        os.kill(child.pid, signal.SIGKILL)
    assert isinstance(glimpser.glimpse(draft(), 300), Glimpse)
    assert glimpser.examine(draft()) == ()
