"""What jobs share goes to a process once, and what goes through the pipes stays small."""

import pickle
import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from conftest import TODAY
from faults import stub

from benchmarks.clinics import make_clinics
from foldwell.build import dispatch, job, jobs, pieces, worker, workers
from foldwell.build.job import Job, Options, Order, Selection
from foldwell.build.made import Made
from foldwell.build.pieces import Missing, Pieces
from foldwell.shipped import templates_folder
from foldwell.typeset.page_source import Composition, PageSource

BRAND = {"name": "River Bend", "logo": b"x" * 1000}


def test_a_part_that_is_shared_travels_once() -> None:
    here, there = Pieces(), Pieces()
    sealed = [here.seal((number, BRAND), [BRAND]) for number in range(3)]
    assert all(len(one) < 100 for one in sealed)
    with pytest.raises(Missing) as caught:
        there.unseal(sealed[0])
    (digest,) = caught.value.digests
    there.hold({digest: here.held[digest]})
    values = [there.unseal(one) for one in sealed]
    assert values == [(number, BRAND) for number in range(3)]
    assert values[0][1] is values[1][1] is values[2][1]


def test_all_that_is_missing_is_told_at_once() -> None:
    parts = [(number, "x") for number in range(5)]
    sealed = Pieces().seal(parts, parts)
    with pytest.raises(Missing) as caught:
        Pieces().unseal(sealed)
    assert len(caught.value.digests) == 5


def test_only_what_was_made_here_is_news_and_only_once() -> None:
    here = Pieces()
    here.hold({b"sent": b"by another"})
    digest = here.share(BRAND)
    assert here.news() == {digest: pickle.dumps(BRAND)}
    assert here.news() == {}
    here.share(dict(BRAND))  # an equal one
    assert here.news() == {}
    another = here.share({"name": "Hollin Lane"})
    assert here.fresh().keys() == {another} and here.news() == {}


def test_too_many_pieces_are_let_go_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "MOST_BYTES", 1500)
    here = Pieces()
    sealed = here.seal([BRAND], [BRAND])
    here.trim()
    assert here.unseal(sealed) == [BRAND]
    here.share({**BRAND, "name": "Hollin Lane"})
    here.trim()
    with pytest.raises(Missing):
        here.unseal(sealed)


class Elsewhere:
    """A pool of workers that hold pieces of their own; what is sent to them is counted."""

    def __init__(self, size: int, sent: Counter[str]) -> None:
        self._shelves, self._sent = [Pieces() for _ in range(size)], sent
        self._dice = random.Random(20260201)  # whichever worker is free
        self._known: set[bytes] = set()

    def schedule(
        self, function: Callable[..., Any], args: list[Any], timeout: float
    ) -> Future[Any]:
        del timeout
        work, future = args[0], Future[Any]()
        with held_by(self._dice.choice(self._shelves)):
            answer = function(*args)
        self._sent[work.__name__] += len(pickle.dumps([work, args[1], {}]))
        self._count(work.__name__, args[2])
        self._sent[f"{work.__name__}: results"] += len(pickle.dumps(answer))
        future.set_result(pickle.loads(pickle.dumps(answer)))
        return future

    def _count(self, work: str, sent: Mapping[bytes, bytes]) -> None:
        self._sent[f"{work}: times"] += len(sent)
        for digest in sent.keys() - self._known:
            self._known.add(digest)
            self._sent[f"{work}: different"] += 1
            self._sent[f"{work}: pieces held"] += len(sent[digest])


@contextmanager
def held_by(shelf: Pieces) -> Iterator[None]:
    here = pieces.HERE
    for module in (job, jobs, worker):
        module.HERE = shelf  # type: ignore[attr-defined]
    yield
    for module in (job, jobs, worker):
        module.HERE = here  # type: ignore[attr-defined]


class Counted(stub.Hands):
    """Some composers and two typesetters, none of which knows what another one does."""

    def __init__(self, composers: int) -> None:
        super().__init__()
        self.count, self.sent = 2, Counter[str]()
        self.composers = Elsewhere(composers, self.sent)
        self._makers = [Elsewhere(1, self.sent) for _ in range(2)]

    def typesetter(self, lane: int) -> Any:
        return self._makers[lane]


def compose(job: Job) -> Composition | Made:
    """A page source that is put together of what a real one is put together of."""
    edition = job.edition
    html = f"{edition.leaflet.text} {edition.clinic.name} {edition.region.emergency_number}"
    if job.order.row is None:
        return Made(html.encode(), 1)
    sheet = (templates_folder() / "css" / "base.css").read_text()
    images = edition.brand.images.items()
    assets = tuple((name, image.content, "image/svg+xml") for name, image in images)
    return Composition(PageSource(html, (sheet,), assets, tagged=False))


def typeset(order: Order, composition: Composition) -> Made:
    assert composition.pages.css and composition.pages.assets
    return Made(order.path.encode(), 1)


def plan_and_make(
    folder: Path, clinics: int, composers: int, monkeypatch: pytest.MonkeyPatch
) -> tuple[Counter[str], int, list[int]]:
    """Bytes through the pipes, by what they are for, in a build of many clinics.

    Returns:
        The bytes, how many jobs there were, and the bytes of the words of each that was typeset.
    """
    root = make_clinics(folder / f"{clinics}", clinics)
    with monkeypatch.context() as patched:
        here = Pieces()
        for module in (pieces, job, jobs, worker, workers, dispatch):
            patched.setattr(module, "HERE", here)
        patched.setattr(worker, "compose", compose)
        patched.setattr(worker, "typeset", typeset)
        hands = Counted(composers)
        stamps = {"foldwell": "x" * 24, "shipped templates": "y" * 24}
        plan = hands.plan(root, Selection(), TODAY, Options(), stamps, "z" * 24)
        words = [len(job.edition.leaflet.text.encode()) for job in plan.jobs if job.order.row]
        made = [outcome for _, outcome in hands.run(plan.jobs) if outcome is not None]
    assert len(made) == len(plan.jobs) and all(isinstance(one, Made) for one in made)
    return hands.sent, len(plan.jobs), words


@pytest.mark.parametrize(("composers", "limit_bytes"), [(1, 670), (2, 840)])
def test_what_goes_through_the_pipes(
    composers: int, limit_bytes: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Content is sent a few times in all, and a job is little more than its name.

    A machine of two cores has one composer, which has read the content itself.
    """
    (few, _, few_words), (many, count, many_words) = (
        plan_and_make(tmp_path, clinics, composers, monkeypatch) for clinics in (6, 12)
    )

    def of_300(what: str) -> float:
        """What it would be for 300 clinics, a job."""
        return (many[what] + 288 * (many[what] - few[what]) / 6) / (count * 300 / 12)

    asked = of_300("plan") + of_300("plan: results") + of_300("compose")
    # A piece that one worker lacks may be sent to another one first, or be lacked by several.
    times = many["compose: times"] / max(1, many["compose: different"])
    assert times <= 2 * composers if composers > 1 else times == 1
    assert asked + times * of_300("compose: pieces held") <= limit_bytes
    # Of a page source, the words alone travel with each job: not its style sheet and logos.
    more = many["typeset"] - few["typeset"] - (sum(many_words) - sum(few_words))
    assert more / (len(many_words) - len(few_words)) < 2000
    assert 0 < many["typeset: times"] <= 9 * many["typeset: different"]


def test_what_is_lent_goes_after_a_while_unless_others_hold_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pieces, "PASSING", 3)
    here, drafts = Pieces(), [(number, "words " * 50) for number in range(9)]
    kept = (1, "words " * 50)
    for draft in drafts:
        here.lend(draft)
        here.lend(draft)  # the same words once more
        if draft == kept:
            here.share(kept)
    assert len(here.held) == 4
    assert here.unseal(here.seal(drafts[-1], [drafts[-1]])) == drafts[-1]
    assert here.unseal(here.seal((kept,), [kept])) == (kept,)
