"""A simulator of builds: what many files cost, from what one was measured to cost.

A build is a line of three: the process that the user started, composers, and what makes pages,
each of them doing one thing at a time. Pages are made by typesetters; where all is proven, by
printers, as many as there are composers. Batches of one edition in one format go through the line
in their order.
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
        known: Whether files of all kinds are proven, by builds before.
    """

    clinics: int
    leaflets: int
    languages: int = 1
    brands: int = 3
    kinds: tuple[str, ...] = ()
    known: bool = False

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
        typesetters: How many typesetters work at once: as many as there are cores, which all
            processes share.
        composers: How many composers.
    """
    kinds = {kind: costs.files[kind] for kind in service.kinds or costs.files}
    files = service.editions * sum(cost.files for cost in kinds.values())
    composing = service.editions * sum(cost.files * cost.compose_s for cost in kinds.values())
    lanes = _sharing(service, kinds, typesetters)
    setting = service.editions * sum(
        cost.files * _made_s(cost, service, lanes) for cost in kinds.values()
    )
    engines, makers = (0, composers) if service.known else (typesetters, typesetters)
    own = costs.start_s + costs.compose_s + files * costs.file_s + engines * costs.worker_s
    line = _batches(kinds, service, lanes)
    side_by_side = 1 if engines or typesetters == 1 else 2  # a composer and a printer
    begun = costs.start_s + costs.compose_s / side_by_side + costs.worker_s * bool(engines)
    cpu_s = own + composing + setting
    # The line takes as long as its slowest part, and no less than all parts on these cores.
    wall = max(begun + _through(line, costs.file_s, makers, composers), cpu_s / typesetters)
    return Forecast(
        files,
        cpu_s,
        wall,
        service.editions * sum(cost.files * cost.size for cost in kinds.values()),
        files * costs.row_bytes,
        files * (costs.open_row_s + costs.read_row_s),
    )


def _sharing(service: Service, kinds: Iterable[str], typesetters: int) -> float:
    """How many typesetters learn each kind.

    All clinics of a brand go to one typesetter, kind by kind; only if there are fewer kinds than
    typesetters, they share them.
    """
    formats = {kind.rpartition(" ")[0] for kind in kinds} - {""}
    lanes = len(formats) * service.leaflets * service.languages * service.brands
    return max(1.0, typesetters / max(1, lanes))


def _made_s(cost: FileCost, service: Service, lanes: float) -> float:
    """What a file takes beside composing, with its share of what its kind is learned from."""
    if service.known:
        return cost.print_s
    share = min(1.0, cost.learned * service.brands * lanes / service.clinics)
    return cost.print_s + share * max(0.0, cost.learn_s - cost.print_s)


_Batch = tuple[float, float, float]
"""Files, and the seconds of composing and of typesetting them."""


def _batches(kinds: dict[str, FileCost], service: Service, lanes: float) -> Iterator[_Batch]:
    """The batches of a service: the media of one edition in one format together."""
    formats: dict[str, list[FileCost]] = {}
    for kind, cost in kinds.items():
        formats.setdefault(kind.rpartition(" ")[0] or kind, []).append(cost)
    edition = [
        (
            sum(cost.files for cost in own),
            sum(cost.files * cost.compose_s for cost in own),
            sum(cost.files * _made_s(cost, service, lanes) for cost in own),
        )
        for own in formats.values()
    ]
    for _ in range(service.editions):
        yield from edition


def _through(batches: Iterable[_Batch], file_s: float, makers: int, composers: int) -> float:
    """When the last batch has gone through the line, each taken by who is free first."""
    composing, setting, own = [0.0] * composers, [0.0] * makers, 0.0
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
