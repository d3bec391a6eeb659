"""A simulator of builds: what many files cost, from what one was measured to cost.

A build is a line of three: the process that the user started, composers, and typesetters, each of
them doing one thing at a time. Batches of one edition in one format go through it in their order.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from benchmarks.costs import Costs, FileCost


@dataclass(frozen=True)
class Service:
    """What is built.

    Attributes:
        clinics: How many clinics.
        leaflets: How many leaflets each hands out.
        languages: In how many languages each of them is.
        brands: How many brands the clinics have.
        kinds: The files of an edition, by kind, as ``Costs.files`` names them.
    """

    clinics: int
    leaflets: int
    languages: int = 1
    brands: int = 3
    kinds: tuple[str, ...] = ()

    @property
    def editions(self) -> int:
        """How many editions there are."""
        return self.clinics * self.leaflets * self.languages


@dataclass(frozen=True)
class Forecast:
    """What a build would take.

    Attributes:
        files: How many files it makes.
        cpu_s: CPU seconds of all processes.
        wall_s: Seconds on the clock, if nothing else runs on the machine.
        store_bytes: The files.
        ledger_bytes: The ledger.
        idle_s: CPU seconds of a build with nothing to do, without looking at the files.
    """

    files: float
    cpu_s: float
    wall_s: float
    store_bytes: float
    ledger_bytes: float
    idle_s: float


def forecast(costs: Costs, service: Service, typesetters: int = 2, composers: int = 1) -> Forecast:
    """What building all of a service takes.

    Args:
        costs: What a file costs.
        service: What is built.
        typesetters: How many typesetters work at once, each on a core of its own.
        composers: How many composers.
    """
    kinds = {kind: costs.files[kind] for kind in service.kinds or costs.files}
    files = service.editions * sum(cost.files for cost in kinds.values())
    composing = service.editions * sum(cost.files * cost.compose_s for cost in kinds.values())
    learned = _learned(service, kinds, typesetters)
    setting = service.editions * sum(
        cost.files * _typeset_s(cost, learned) for cost in kinds.values()
    )
    own = costs.start_s + files * costs.file_s + typesetters * costs.worker_s
    line = _batches(kinds, service, learned)
    wall = costs.start_s + costs.worker_s + _through(line, costs.file_s, typesetters, composers)
    return Forecast(
        files,
        own + composing + setting,
        wall,
        service.editions * sum(cost.files * cost.size for cost in kinds.values()),
        files * costs.row_bytes,
        files * (costs.open_row_s + costs.read_row_s),
    )


Shares = tuple[float, float]
"""The share of files that are the first of their kind, leaflet and brand in their process, and of
those that are the second."""


def _learned(service: Service, kinds: Iterable[str], typesetters: int) -> Shares:
    """How many files a typesetter learns from.

    All clinics of a brand go to one typesetter, kind by kind; only if there are fewer kinds than
    typesetters, they share them.
    """
    formats = {kind.rpartition(" ")[0] for kind in kinds} - {""}
    lanes = len(formats) * service.leaflets * service.languages * service.brands
    share = service.brands / service.clinics * max(1.0, typesetters / max(1, lanes))
    first = min(1.0, share)
    return first, min(1.0 - first, share)


def _typeset_s(cost: FileCost, learned: Shares) -> float:
    early = zip(learned, (cost.first_s, cost.second_s), strict=True)
    more = sum(share * max(0.0, one - cost.typeset_s) for share, one in early)
    return cost.typeset_s + more


_Batch = tuple[float, float, float]
"""Files, and the seconds of composing and of typesetting them."""


def _batches(kinds: dict[str, FileCost], service: Service, learned: Shares) -> Iterator[_Batch]:
    """The batches of a service: the media of one edition in one format together."""
    formats: dict[str, list[FileCost]] = {}
    for kind, cost in kinds.items():
        formats.setdefault(kind.rpartition(" ")[0] or kind, []).append(cost)
    edition = [
        (
            sum(cost.files for cost in own),
            sum(cost.files * cost.compose_s for cost in own),
            sum(cost.files * _typeset_s(cost, learned) for cost in own),
        )
        for own in formats.values()
    ]
    for _ in range(service.editions):
        yield from edition


def _through(batches: Iterable[_Batch], file_s: float, typesetters: int, composers: int) -> float:
    """When the last batch has gone through the line, each taken by who is free first."""
    composing, setting, own = [0.0] * composers, [0.0] * typesetters, 0.0
    last = 0.0
    for files, compose_s, typeset_s in batches:
        composed = heapq.heappop(composing) + compose_s
        heapq.heappush(composing, composed)
        done = composed
        if typeset_s:
            done = max(composed, heapq.heappop(setting)) + typeset_s
            heapq.heappush(setting, done)
        own = max(own, done) + files * file_s if files else own
        last = max(last, own)
    return last
