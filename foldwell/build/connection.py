"""The connection to a Dask cluster: which of its workers are fit, and one job after another.

Dask speaks asyncio, which runs here in a thread of its own; the rest of a build sees a pool that
gives a future for each piece of work, as the pools of this machine do. Dask itself gives the work
of a worker that it lost to another one. A worker with other versions than ours gets none. When
the scheduler is gone, everything that was under way fails at once; nothing is tried again then.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import pickle
import threading
import uuid
import warnings
from collections.abc import Callable, Coroutine
from concurrent.futures import CancelledError, Future
from typing import Any, NoReturn, TypeVar

from foldwell.build import outpost
from foldwell.build.installation import describe, differences
from foldwell.build.outpost import Ended
from foldwell.errors import FoldwellError, Place

T = TypeVar("T")

CONNECT_S = 10
"""How long the scheduler may take to answer."""
REPORT_S = 60
"""How long a worker may take to tell its versions."""
WAIT_S = 60
"""How long a build waits for a first worker, or for another one when the last one is lost."""
LOOK_S = 1.0
"""How often the scheduler is asked which workers there are."""
CLOSE_S = 5
"""How long saying goodbye may take."""
TURNS = 3
"""How often a job begins anew because all workers that it was meant for went away."""
_OURS = "foldwell-"
"""What the names of our tasks start with, here and on the scheduler."""
_LOGGERS = ("distributed", "distributed.client", "tornado", "tornado.application")
"""Whatever Dask has set a level for of its own."""


class Gone(FoldwellError):  # noqa: N818 - "a cluster gone error" says no more
    """The cluster can do nothing more for this build."""


class Connection:
    """An open connection to the scheduler of a cluster.

    Args:
        address: Of the scheduler, such as ``tcp://10.0.0.1:8786``.
        say: Called, in any thread, with what the user should know while waiting.

    Raises:
        FoldwellError: If Dask is not installed here, or no scheduler answers.
    """

    def __init__(self, address: str, say: Callable[[str], None]) -> None:
        try:
            import distributed  # noqa: F401
        except ImportError as error:
            raise FoldwellError(
                f"Dask is not installed here ({error}).",
                Place(address),
                "Install it with: pip install 'foldwell[cluster]'.",
            ) from error
        self.gone: Gone | None = None
        """Why the cluster can do nothing more; None while it can."""
        self._place, self._say = Place(address), say
        self._facts: dict[str, str] = {}
        self._fit: set[str] = set()
        self._unfit: dict[str, str] = {}
        self._present: dict[str, int] = {}
        self._watching: asyncio.Task[None] | None = None
        self._loop = asyncio.new_event_loop()
        # What matters to a build comes back with its futures; asyncio would print the rest, such
        # as what Dask had under way when it was closed.
        self._loop.set_exception_handler(lambda loop, context: None)
        self._thread = threading.Thread(target=self._turn, name="cluster", daemon=True)
        self._thread.start()
        try:
            self._client = self._wait_for(self._connect(address))
        except BaseException:
            self._end()
            raise

    def threads(self) -> int:
        """How many jobs the workers do at once, fit or not."""
        return sum(self._present.values())

    def admit(self, stamp: str) -> int:
        """Look at all workers, before any job.

        Args:
            stamp: The hash of the files of Foldwell that the jobs are made with.

        Returns:
            How many jobs the fit workers do at once.

        Raises:
            FoldwellError: If no worker is fit, or none is there.
        """
        self._facts = describe(stamp)
        return self._wait_for(self._admit())

    def schedule(self, function: Any, args: list[Any], timeout: float) -> Future[Any]:
        """Have one function called by a worker, within a time limit."""
        sealed = outpost.seal(function, args)
        return asyncio.run_coroutine_threadsafe(self._do(sealed, timeout), self._loop)

    def close(self) -> None:
        """Take back what is under way, and say goodbye."""
        with contextlib.suppress(Exception):  # the work is over, whatever the cluster says
            self._wait_for(self._leave())
        self._end()

    def _turn(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_forever()
        self._loop.close()

    def _wait_for(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def _end(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(CLOSE_S)

    async def _connect(self, address: str) -> Any:
        import distributed
        from distributed.versions import VersionMismatchWarning

        # What matters of it is told by us; and only the command line prints.
        warnings.simplefilter("ignore", VersionMismatchWarning)
        for name in _LOGGERS:
            logging.getLogger(name).setLevel(logging.CRITICAL)
        try:
            client: Any = distributed.Client(  # type: ignore[no-untyped-call]
                address, asynchronous=True, timeout=CONNECT_S, set_as_default=False, name="foldwell"
            )
        except (ValueError, TypeError, OSError) as error:
            raise self._unreachable(error) from error
        try:
            await client
            self._present = await client.nthreads()
        except (ValueError, TypeError, OSError) as error:
            await client.close()
            raise self._unreachable(error) from error
        return client

    def _unreachable(self, error: Exception) -> FoldwellError:
        reason = str(error).splitlines()[0].rstrip(".") if str(error) else type(error).__name__
        return FoldwellError(
            f"The scheduler of the cluster does not answer ({reason}).",
            self._place,
            "Check that it runs, its address, and, for a tls:// address, Dask's certificates.",
        )

    async def _leave(self) -> None:
        for task in asyncio.all_tasks(self._loop):
            if task.get_name().startswith(_OURS):
                task.cancel()
        async with asyncio.timeout(CLOSE_S):
            await self._client.close()

    async def _admit(self) -> int:
        self._fit.clear()
        self._unfit.clear()
        await self._look()
        if not self._fit and not self._unfit:
            self._say(f"No worker has joined {self._place} yet. Waiting for one.")
        for _ in range(round(WAIT_S / LOOK_S)):
            if self._fit or self._unfit:
                break
            await asyncio.sleep(LOOK_S)
            await self._look()
        if not self._fit:
            self._fail(self._no_worker())
        for why in self._unfit.values():
            self._say(f"{why} It is left out.")
        if self._watching is None:  # kept here, as the loop itself keeps no hold on it
            self._watching = asyncio.create_task(self._watch(), name=f"{_OURS}watch")
        return sum(self._present[address] for address in self._fit)

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

    def _fail(self, gone: Gone) -> NoReturn:
        self.gone = self.gone or gone
        raise self.gone

    async def _look(self) -> None:
        """Learn which workers there are, and look at those that are new."""
        try:
            async with asyncio.timeout(CONNECT_S):
                if self._client.status != "running":
                    raise OSError("the connection is closed")
                self._present = await self._client.nthreads()
        except (OSError, AttributeError):  # a client that closes has no scheduler
            self._fail(
                Gone(
                    "The scheduler of the cluster is gone.",
                    self._place,
                    "Start it, and build again: what was finished is kept.",
                )
            )
        self._fit &= self._present.keys()
        for address in self._unfit.keys() - self._present.keys():
            del self._unfit[address]
        new = self._present.keys() - self._fit - self._unfit.keys()
        await asyncio.gather(*(self._examine(address) for address in sorted(new)))

    async def _examine(self, address: str) -> None:
        """Ask one worker for its versions, and hold them against ours."""
        try:
            async with asyncio.timeout(REPORT_S):
                reports = await self._client.run(
                    outpost.report, workers=[address], on_error="return"
                )
            facts = reports[address]
            if isinstance(facts, BaseException):
                raise facts
        except TimeoutError:
            what = f"it did not tell its versions within {REPORT_S} seconds"
        except Exception as error:  # whatever another version of it, or none, may raise
            if address not in await self._client.nthreads():
                return  # it left
            what = f"Foldwell cannot be started there ({error or type(error).__name__})"
        else:
            if not (found := differences(self._facts, facts)):
                self._fit.add(address)
                return
            what = "; ".join(found)
        self._unfit[address] = f"The worker {address} cannot be used: {what}."

    async def _watch(self) -> None:
        """Keep up with workers that come and go, until the cluster is gone."""
        missing = 0
        while True:
            await asyncio.sleep(LOOK_S)
            told = set(self._unfit)
            try:
                await self._look()
            except Gone:
                return
            for address, why in self._unfit.items():
                if address not in told:
                    self._say(f"{why} It is left out.")
            missing = 0 if self._fit else missing + 1
            if missing * LOOK_S > WAIT_S:
                self.gone = self._no_worker()
                return

    async def _do(self, sealed: bytes, limit_s: float) -> Any:
        """Have one piece of work done by whichever fit worker, and return its outcome.

        Raises:
            TimeoutError: If it took too long.
            ProcessExpired: If its process ended, but not the worker around it.
            Gone: If the cluster can do nothing more.
        """
        from distributed import KilledWorker
        from pebble import ProcessExpired

        name = f"{_OURS}{uuid.uuid4()}"
        asyncio.current_task().set_name(name)  # type: ignore[union-attr]
        for turn in range(TURNS):
            workers = await self._some_fit()
            future = self._client.submit(
                outpost.do,
                sealed,
                self._facts,
                limit_s,
                key=f"{name}-{turn}",
                workers=sorted(workers),
                allow_other_workers=False,
            )
            try:
                done = await self._ended(future, workers)
            except KilledWorker:
                break
            match done:
                case bytes():
                    return pickle.loads(done)
                case Ended("late"):
                    raise TimeoutError
                case Ended("lost", code):
                    raise ProcessExpired("", code=code)  # type: ignore[no-untyped-call]
                case Ended("fault", _, what):
                    return (
                        FoldwellError(
                            f"Foldwell itself failed ({what}).",
                            None,
                            "This is a fault of Foldwell: please report it with the leaflet.",
                        ),
                    )
                case Ended("stranger", _, address):
                    self._fit.discard(address)
        return (
            FoldwellError(
                "Every worker of the cluster that had this job was lost.",
                None,
                "Look at what its workers say when they end, and build again.",
            ),
        )

    async def _some_fit(self) -> frozenset[str]:
        """The workers that may be given work now, at least one."""
        while not self.gone and not self._fit:
            await asyncio.sleep(LOOK_S)
        if self.gone:
            raise self.gone
        return frozenset(self._fit)

    async def _ended(self, future: Any, workers: frozenset[str]) -> bytes | Ended | None:
        """What became of some work; None if it must be given to other workers."""
        result = asyncio.ensure_future(future)
        try:
            while not result.done():
                await asyncio.wait([result], timeout=LOOK_S)
                if self.gone and not result.done():
                    raise self.gone
                if not result.done() and workers.isdisjoint(self._fit):
                    return None
            # The scheduler took it back, or is gone.
            if result.cancelled() or isinstance(result.exception(), CancelledError):
                await self._look()
                return None
            done: bytes | Ended = result.result()
            return done
        finally:
            result.cancel()
            future.release()
