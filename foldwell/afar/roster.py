"""The roster of a cluster: which of its workers there are, and which of them are fit for our jobs.

A worker is asked for its versions before it is given anything, whenever it comes. One with other
versions than ours is told of and left out. The roster ends when the scheduler is gone, or when no
fit worker was there for a while; it does not begin again.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from foldwell.afar import outpost
from foldwell.afar.installation import differences
from foldwell.errors import FoldwellError, Place

ANSWER_S = 10
"""How long the scheduler may take to say which workers there are."""
REPORT_S = 60
"""How long a worker may take to tell its versions."""
WAIT_S = 60
"""How long a build waits for a first worker, or for another one when the last one is lost."""
LOOK_S = 1.0
"""How often the scheduler is asked which workers there are."""


Berth = tuple[str, int]
"""One typesetter: the address of its worker, and its number there."""


class Gone(FoldwellError):  # noqa: N818 - "a gone error" would say no more
    """The cluster can do nothing more for this build."""


class Roster:
    """The workers of a cluster, all in one event loop.

    Args:
        client: Dask's client, connected.
        place: The scheduler, for messages.
        say: Called with what the user should know.
    """

    def __init__(self, client: Any, place: Place, say: Callable[[str], None]) -> None:
        self.gone: Gone | None = None
        """Why the cluster can do nothing more; None while it can."""
        self.fit: set[str] = set()
        """The addresses of the workers that may be given jobs."""
        self.ours: dict[str, str] = {}
        """The versions that they must have."""
        self._client, self._place, self._say = client, place, say
        self._threads: dict[str, int] = {}
        self._berths: dict[int, Berth] = {}
        self._unfit: dict[str, str] = {}
        self._told: set[str] = set()
        self._turn = asyncio.Lock()

    async def threads(self) -> int:
        """How many jobs all workers do at once, fit or not."""
        return sum((await self._present()).values())

    async def admit(self, ours: Mapping[str, str]) -> int:
        """Look at all workers.

        Args:
            ours: The versions that they must have.

        Returns:
            How many jobs the fit ones do at once.

        Raises:
            Gone: If none is fit, or none comes within a time, or the scheduler is gone.
        """
        self.ours = dict(ours)
        self.fit.clear()
        self._unfit.clear()
        await self.look()
        if not self.fit and not self._unfit:
            self._say(f"No worker has joined {self._place} yet. Waiting for one.")
        for _ in range(round(WAIT_S / LOOK_S)):
            if self.fit or self._unfit:
                break
            await asyncio.sleep(LOOK_S)
            await self.look()
        if not self.fit:
            raise self._ended(self._no_worker())
        self._tell()
        return self.count()

    def count(self) -> int:
        """How many jobs the fit workers do at once."""
        return sum(self._threads.get(address, 0) for address in tuple(self.fit))

    def berth(self, lane: int) -> Berth:
        """The typesetter of a lane: the same as before, unless it is gone or another has no lane.

        Args:
            lane: Its number; there has to be a fit worker.
        """
        every = [
            (address, number)
            for address in sorted(self.fit)
            for number in range(self._threads[address])
        ]
        lanes = Counter(self._berths.values())
        kept, least = self._berths.get(lane), min(every, key=lambda berth: lanes[berth])
        if kept not in every or lanes[kept] > lanes[least] + 1:
            self._berths[lane] = least
        return self._berths[lane]

    async def watch(self) -> None:
        """Keep up with workers that come and go, until the cluster is gone."""
        missing = 0
        while True:
            await asyncio.sleep(LOOK_S)
            try:
                await self.look()
            except Gone:
                return
            self._tell()
            missing = 0 if self.fit else missing + 1
            if missing * LOOK_S > WAIT_S:
                self._ended(self._no_worker())
                return

    async def look(self) -> None:
        """Learn which workers there are, and examine those that are new.

        Raises:
            Gone: If the scheduler is gone.
        """
        async with self._turn:
            try:
                self._threads = await self._present()
            except (OSError, AttributeError):  # a client that closes has no scheduler any more
                raise self._ended(
                    Gone(
                        "The scheduler of the cluster is gone.",
                        self._place,
                        "Start it, and build again: what was finished is kept.",
                    )
                ) from None
            self.fit &= self._threads.keys()
            for address in self._unfit.keys() - self._threads.keys():
                del self._unfit[address]
            new = self._threads.keys() - self.fit - self._unfit.keys()
            await asyncio.gather(*(self._examine(address) for address in sorted(new)))

    async def _present(self) -> dict[str, int]:
        async with asyncio.timeout(ANSWER_S):
            if self._client.status != "running":
                raise OSError("the connection is closed")
            threads: dict[str, int] = await self._client.nthreads()
            return threads

    async def _examine(self, address: str) -> None:
        """Ask one worker for its versions, and hold them against ours."""
        try:
            async with asyncio.timeout(REPORT_S):
                reports = await self._client.run(
                    outpost.report, workers=[address], on_error="return"
                )
            theirs = reports[address]
            if isinstance(theirs, BaseException):
                raise theirs
        except TimeoutError:
            what = f"it did not tell its versions within {REPORT_S} seconds"
        except Exception as error:  # whatever another version of it, or none, may raise
            what = f"Foldwell cannot be started there ({error or type(error).__name__})"
            try:
                if address not in await self._present():
                    return  # it left
            except (OSError, AttributeError):
                return  # the next look will tell
        else:
            if not (found := differences(self.ours, theirs)):
                self.fit.add(address)
                return
            what = "; ".join(found)
        self._unfit[address] = f"The worker {address} cannot be used: {what}."

    def _tell(self) -> None:
        """Say of each unfit worker once that it is left out."""
        for why in self._unfit.values():
            if why not in self._told:
                self._told.add(why)
                self._say(f"{why} It is left out.")

    def _no_worker(self) -> Gone:
        if self._unfit:
            first, *others = self._unfit.values()
            more = f" So it is with {len(others)} more." if others else ""
            return Gone(
                f"No worker of the cluster can be used. {first}{more}",
                self._place,
                "Install the same versions there as here, and start the workers again.",
            )
        return Gone(
            f"The cluster has no worker, and none came within {WAIT_S} seconds.",
            self._place,
            "Start workers, and build again: what was finished is kept.",
        )

    def _ended(self, gone: Gone) -> Gone:
        """Why the cluster can do nothing more: the first reason counts."""
        self.gone = self.gone or gone
        return self.gone
