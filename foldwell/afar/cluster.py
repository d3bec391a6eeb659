"""Workers on a Dask cluster: content is read and composed here, and typeset there.

A page source holds all that typesetting needs, so it is what travels, and nothing of the project
has to be on the other machines. What comes back is the bytes of the finished file: files are
written here, by one process, so no worker that is lost, slow or doubled can spoil one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from foldwell.afar.connection import Connection
from foldwell.afar.outpost import own_stamp
from foldwell.build import worker
from foldwell.build.workers import TYPESETTERS_A_COMPOSER, Workers

if TYPE_CHECKING:
    from foldwell.build.dispatch import Turn
    from foldwell.build.job import Job


class Cluster(Workers):
    """Composers of this machine, with typesetters on a cluster, which is called at the start.

    Args:
        address: Of its scheduler, such as ``tcp://10.0.0.1:8786``.
        say: Called, in any thread, with what the user should know while waiting.
    """

    stuck_s = None  # jobs may wait long for a worker of the cluster
    is_far = True

    def __init__(self, address: str, say: Callable[[str], None]) -> None:
        super().__init__()
        self._address, self._say = address, say
        self._connection: Connection | None = None

    def start(self) -> None:
        """Call the scheduler, and let the composers warm up.

        Raises:
            FoldwellError: If Dask is not installed here, or no scheduler answers.
        """
        if self._connection is not None:
            return
        self._connection = Connection(self._address, self._say)
        # Nothing is typeset here: all cores may compose, and there is no fork server.
        self.start_composers(worker.start_composer)

    def _composer_count(self) -> int:
        threads = self._connection.threads if self._connection else 1
        return min(self.count, 1 + threads // TYPESETTERS_A_COMPOSER // 2)

    def warm_up(self, jobs: int) -> None:
        """Those of a cluster are warm."""

    def lanes(self, jobs: int) -> int:
        """How many typesetters the fit workers have just now, whichever have come or gone."""
        if self._connection is not None:
            self.count = self._connection.berths or self.count
        return super().lanes(jobs)

    def typesetter(self, lane: int) -> Any:
        """The typesetter of a lane, wherever on the cluster it is."""
        return self._connection and self._connection.typesetter(lane)

    def turns(
        self,
        jobs: Sequence[Job],
        same: Callable[[Job, str], bool] = lambda job, key: False,
    ) -> Iterator[Turn]:
        """Make all jobs, after the versions of all workers were looked at.

        Raises:
            FoldwellError: If no worker is fit, or the cluster is gone; jobs that had ended by
                then came before.
        """
        self.start()
        connection = self._connection
        if connection is None or not jobs:
            return
        self.count = connection.admit(jobs[0].stamp or own_stamp())
        for turn in super().turns(jobs, same):
            fine = [pair for pair in turn if not isinstance(pair[1], tuple)]
            if connection.gone is not None and len(fine) < len(turn):
                yield tuple(fine)
                raise connection.gone  # the others failed for no reason of their own
            yield turn

    def close(self) -> None:
        """Take back what is under way, and end all processes of this machine."""
        super().close()
        if self._connection is not None:
            self._connection.close()
