"""A step of a job in a worker process: what is wrong with it comes back as values."""

import subprocess
import sys

import pytest

from foldwell.build import worker
from foldwell.typeset.stamping.masters import MASTERS


def test_memory_that_earlier_jobs_filled_is_given_up_and_the_job_is_tried_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept = {"pages of an earlier job": [object()]}
    monkeypatch.setattr(MASTERS, "_kept", kept)

    def work() -> str:
        if kept:
            raise MemoryError
        return "made"

    assert worker.told(work) == "made"


def test_a_job_that_needs_too_much_memory_by_itself_fails() -> None:
    tried = []

    def work() -> str:
        tried.append(1)
        raise MemoryError

    told = worker.told(work)
    assert isinstance(told, tuple)
    (error,) = told
    assert error.message == "The job needs more than 1.5 GB of memory."
    assert len(tried) == 2


@pytest.mark.skipif(sys.platform != "linux", reason="only there a process is copied")
def test_the_limit_is_for_what_a_process_takes_itself() -> None:
    script = (
        "import mmap\n"
        "from foldwell.build import worker\n"
        "large = mmap.mmap(-1, 2 * worker.MEMORY_LIMIT_BYTES)  # as a copy of a studio has\n"
        "worker.limit()\n"
        "bytearray(2**28)\n"
        "try:\n"
        "    bytearray(worker.MEMORY_LIMIT_BYTES + 2**21)\n"
        "except MemoryError:\n"
        "    print('refused')\n"
    )
    command = [sys.executable, "-c", script]
    assert subprocess.run(command, capture_output=True, text=True).stdout == "refused\n"
