"""The connection to a Dask cluster, which does one job after another.

Dask speaks asyncio, which runs here in a thread of its own; the rest of a build sees a pool that
gives a future for each piece of work, as the pools of this machine do. The work of one lane goes to
one typesetter, as long as its worker is there: what was learned of a kind of file serves the next.
When the cluster is gone, everything that was under way fails at once; nothing is tried again then.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import pickle
import threading
import uuid
import warnings
from collections import defaultdict
from collections.abc import Callable, Coroutine
from concurrent.futures import CancelledError, Future
from typing import Any, TypeVar

from foldwell.afar import outpost
from foldwell.afar.installation import describe
from foldwell.afar.outpost import Ended
from foldwell.afar.roster import LOOK_S, Berth, Gone, Roster
from foldwell.errors import FoldwellError, Place

T = TypeVar("T")

CONNECT_S = 10
"""How long the scheduler may take to answer the first call."""
CLOSE_S = 5
"""How long saying goodbye may take."""
TURNS = 3
"""How often a job begins anew because the worker that had it went away."""
_OURS = "foldwell-"
"""What the names of our tasks start with, here and on the scheduler."""
_LOGGERS = ("distributed", "distributed.client", "tornado", "tornado.application")
"""Whatever Dask has set a level for of its own."""


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
        self._place = Place(address)
        self._watching: asyncio.Task[None] | None = None
        self._turns: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._loop = asyncio.new_event_loop()
        # What matters to a build comes back with its futures; asyncio would print the rest, such
        # as what Dask had under way when it was closed.
        self._loop.set_exception_handler(lambda loop, context: None)
        self._thread = threading.Thread(target=self._turn, name="cluster", daemon=True)
        self._thread.start()
        try:
            self._client = self._wait_for(self._connect(address))
            self._roster = Roster(self._client, self._place, say)
            self.threads: int = self._wait_for(self._roster.threads())
            """How many jobs all workers do at once, as far as they have joined yet."""
        except BaseException:
            self._end()
            raise

    @property
    def gone(self) -> Gone | None:
        """Why the cluster can do nothing more; None while it can."""
        return self._roster.gone

    def admit(self, stamp: str) -> int:
        """Look at all workers, before any job.

        Args:
            stamp: The hash of the files of Foldwell that the jobs are made with.

        Returns:
            How many jobs the fit workers do at once.

        Raises:
            FoldwellError: If no worker is fit, or none is there.
        """
        return self._wait_for(self._admit(stamp))

    @property
    def berths(self) -> int:
        """How many jobs the fit workers do at once, just now."""
        return self._roster.count()

    def typesetter(self, lane: int) -> Typesetter:
        """The typesetter of a lane, as a pool of one."""
        return Typesetter(self, lane)

    def schedule(self, function: Any, args: list[Any], timeout: float, lane: int) -> Future[Any]:
        """Have one function called by the typesetter of a lane, within a time limit.

        Raises:
            Gone: If the cluster can do nothing more.
        """
        if self.gone:
            raise self.gone
        sealed = outpost.seal(function, args)
        return asyncio.run_coroutine_threadsafe(self._do(sealed, timeout, lane), self._loop)

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
        # A page source with large pictures is what it must be.
        warnings.filterwarnings("ignore", "Sending large graph", UserWarning)
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

    async def _admit(self, stamp: str) -> int:
        count = await self._roster.admit(describe(stamp))
        if self._watching is None:  # kept here, as the loop itself keeps no hold on it
            self._watching = asyncio.create_task(self._roster.watch(), name=f"{_OURS}watch")
        return count

    async def _do(self, sealed: bytes, limit_s: float, lane: int) -> Any:
        """Have one piece of work done by the typesetter of a lane, and return its outcome.

        Raises:
            TimeoutError: If it took too long.
            ProcessExpired: If its process ended, but not the worker around it.
            Gone: If the cluster can do nothing more.
        """
        asyncio.current_task().set_name(f"{_OURS}{uuid.uuid4()}")  # type: ignore[union-attr]
        async with self._turns[lane]:  # else a worker's threads would wait for one typesetter
            return await self._done(sealed, limit_s, lane)

    async def _done(self, sealed: bytes, limit_s: float, lane: int) -> Any:
        """The same, once it is its turn."""
        from distributed import KilledWorker
        from pebble import ProcessExpired

        name = f"{_OURS}{uuid.uuid4()}"
        for turn in range(TURNS):
            address, number = await self._berth(lane)
            future = self._client.submit(
                outpost.do,
                sealed,
                self._roster.ours,
                limit_s,
                number,
                key=f"{name}-{turn}",
                workers=[address],
                allow_other_workers=False,
            )
            try:
                done = await self._ended(future, address)
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
                    self._roster.fit.discard(address)
        return (
            FoldwellError(
                "Every worker of the cluster that had this job was lost.",
                None,
                "Look at what its workers say when they end, and build again.",
            ),
        )

    async def _berth(self, lane: int) -> Berth:
        """Where the typesetter of a lane is."""
        roster = self._roster
        while not roster.gone and not roster.fit:
            await asyncio.sleep(LOOK_S)
        if roster.gone:
            raise roster.gone
        return roster.berth(lane)

    async def _ended(self, future: Any, address: str) -> bytes | Ended | None:
        """What became of some work; None if it must be given to another worker."""
        result = asyncio.ensure_future(future)
        try:
            while not result.done():
                await asyncio.wait([result], timeout=LOOK_S)
                if self.gone and not result.done():
                    raise self.gone
                if not result.done() and address not in self._roster.fit:
                    return None
            # The scheduler took it back, or is gone.
            if result.cancelled() or isinstance(result.exception(), CancelledError):
                await self._roster.look()
                return None
            done: bytes | Ended = result.result()
            return done
        finally:
            result.cancel()
            future.release()


class Typesetter:
    """The typesetter that one lane has on a cluster, as a pool of one.

    Args:
        connection: To the cluster.
        lane: Its number.
    """

    def __init__(self, connection: Connection, lane: int) -> None:
        self._connection, self._lane = connection, lane

    def schedule(self, function: Any, args: list[Any], timeout: float) -> Future[Any]:
        """Have one function called, within a time limit.

        Raises:
            Gone: If the cluster can do nothing more.
        """
        return self._connection.schedule(function, args, timeout, self._lane)
