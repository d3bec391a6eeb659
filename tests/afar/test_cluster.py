"""A real Dask cluster on this machine: whatever becomes of it, each file is right, and once."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import guests
import misbehaving
import pytest
from conftest import BASE, compose_and_make
from reports import Report, run_jobs

pytest.importorskip("distributed")
if sys.platform == "win32":
    pytest.skip("signals", allow_module_level=True)

import psutil
from distributed import LocalCluster

from foldwell.afar import connection, roster
from foldwell.afar.cluster import Cluster
from foldwell.build import dispatch, limits, worker
from foldwell.build.events import Event
from foldwell.build.job import Job
from foldwell.build.jobs import make_job
from foldwell.build.made import Made
from foldwell.content.edition import Edition
from foldwell.errors import FoldwellError
from foldwell.paper.formats import FORMATS

REPOSITORY = BASE.parents[2]
# Without an address of its own, the page of figures is for the whole network.
HERE = ["--host", "127.0.0.1", "--no-dashboard", "--dashboard-address", "127.0.0.1:0"]
SCHEDULER = ["scheduler", "--port", "0", *HERE]
WORKER = ["--nthreads", "1", "--no-nanny", *HERE]
Edit = Callable[..., Edition]


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of two workers, each a process with a nanny that starts it again."""
    with LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=2,
        threads_per_worker=1,
        dashboard_address=None,
        host="127.0.0.1",
        local_directory=str(tmp_path_factory.mktemp("dask")),
    ) as cluster:
        yield cluster.scheduler_address


class Commands:
    """Schedulers and workers as commands start them, each a process that can be killed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.started: list[subprocess.Popen[bytes]] = []

    def start(
        self, words: list[str], path: str = "", flags: str = "-P", **settings: str
    ) -> subprocess.Popen[bytes]:
        places = [path or str(REPOSITORY), str(Path(__file__).parent)]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(places), **settings}
        command = [sys.executable, flags, "-m", "dask", *words]
        with open(self.folder / f"{len(self.started)}.log", "wb") as log:
            process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        self.started.append(process)
        return process

    def scheduler(self, **settings: str) -> tuple[str, subprocess.Popen[bytes]]:
        """A scheduler, and its address."""
        log = self.folder / f"{len(self.started)}.log"
        process = self.start(SCHEDULER, **settings)
        wait_until(lambda: "Scheduler at:" in log.read_text())
        line = next(line for line in log.read_text().splitlines() if "Scheduler at:" in line)
        return line.split()[-1], process

    def worker(self, address: str, port: str = "0", **more: str) -> subprocess.Popen[bytes]:
        """A worker, when it has joined."""
        log = self.folder / f"{len(self.started)}.log"
        own = ["--worker-port", port, "--local-directory", str(self.folder)]
        process = self.start(["worker", address, *WORKER, *own], **more)
        wait_until(lambda: "Registered to" in log.read_text())
        return process


@pytest.fixture
def commands(tmp_path: Path) -> Iterator[Commands]:
    folder = tmp_path / "commands"
    folder.mkdir()
    started = Commands(folder)
    yield started
    for process in started.started:
        process.kill()
        process.wait()


@pytest.fixture
def calls(tmp_path: Path) -> Path:
    """The folder where guests tell of each call."""
    folder = tmp_path / "calls"
    folder.mkdir()
    return folder


@pytest.fixture
def build(
    edition: Edit, calls: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., tuple[Report, list[str]]]:
    """Builds jobs of guests on a cluster; returns the report and what was said."""
    monkeypatch.setattr(worker, "compose", guests.compose)
    monkeypatch.setattr(worker, "typeset", guests.typeset)

    def built(
        address: str, *clinics: str, see: Callable[[Event], object] = lambda event: None
    ) -> tuple[Report, list[str]]:
        said: list[str] = []
        cluster = Cluster(address, said.append)
        try:
            report = run_jobs(guest_jobs(edition, calls, *clinics), tmp_path, cluster, see)
        finally:
            cluster.close()
        return report, said

    return built


def guest_jobs(edition: Edit, calls: Path, *clinics: str, row: str = "a4") -> list[Job]:
    jobs = [
        make_job(replace(edition(), clinic_slug=slug), FORMATS[row], "screen") for slug in clinics
    ]
    return [replace(job, order=replace(job.order, title=str(calls))) for job in jobs]


def wait_until(happened: Callable[[], object], limit_s: float = 30) -> None:
    end = time.monotonic() + limit_s
    while not happened():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.05)


def worker_of(call: Path) -> int:
    """The process of the worker that made a call."""
    server = psutil.Process(int(call.name.rpartition(".")[2]))
    parent = server.parent()
    assert parent is not None
    return int(parent.pid)


def meanwhile(work: Callable[[], object]) -> threading.Thread:
    thread = threading.Thread(target=work)
    thread.start()
    return thread


def test_it_makes_the_same_bytes_as_this_machine(local: str, edition: Edit, tmp_path: Path) -> None:
    rows = [FORMATS[name] for name in ("a4", "letter-fold")]
    jobs = [make_job(edition("A line.\n"), row, "screen") for row in rows]
    jobs += [
        make_job(edition("A line.\n"), rows[1], "office"),
        make_job(edition("A line."), None, "web"),
    ]
    cluster = Cluster(local, pytest.fail)
    try:
        report = run_jobs(jobs, tmp_path, cluster)
    finally:
        cluster.close()
    assert report.failed == []
    for job in jobs:
        made = compose_and_make(job)
        assert isinstance(made, Made)
        assert (tmp_path / job.path).read_bytes() == made.content


def test_one_worker_learns_a_kind(
    local: str, edition: Edit, calls: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "compose", guests.compose)
    monkeypatch.setattr(worker, "typeset", guests.typeset)
    names = {name: [f"{name}-{n}" for n in range(6)] for name in ("a4", "letter-fold")}
    jobs = [
        job for name, own in names.items() for job in guest_jobs(edition, calls, *own, row=name)
    ]
    cluster = Cluster(local, pytest.fail)
    try:
        report = run_jobs(jobs, tmp_path, cluster)
    finally:
        cluster.close()
    assert len(report.built) == 12
    # Later ones may be shared, when a worker has nothing else to do.
    learned = [
        {worker_of(next(calls.glob(f"{one}.*"))) for one in own[:3]} for own in names.values()
    ]
    assert [len(workers) for workers in learned] == [1, 1]
    assert learned[0] != learned[1]


def test_a_job_runs_behind_the_limits_of_a_worker_at_home(
    local: str, build: Callable[..., tuple[Report, list[str]]], tmp_path: Path
) -> None:
    build(local, "limits")
    memory, file_size = (tmp_path / "limits/en/sleep-a4-screen.pdf").read_text().split()
    # What it began with does not count.
    assert limits.MEMORY_LIMIT_BYTES < int(memory) < limits.MEMORY_LIMIT_BYTES + 2**30
    assert file_size == "0"


def test_a_job_that_misbehaves_fails_alone(
    local: str, edition: Edit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "compose", misbehaving.compose)
    monkeypatch.setattr(worker, "typeset", misbehaving.typeset)
    monkeypatch.setattr(dispatch, "TIME_LIMIT_S", 2)
    kinds = ["hang-typeset", "die-typeset", "crash-typeset", "exit-typeset", "mistake-typeset"]
    clinics = ["good1", *kinds, "good2"]
    jobs = [make_job(replace(edition(), clinic_slug=c), FORMATS["a4"], "screen") for c in clinics]
    cluster = Cluster(local, pytest.fail)
    try:
        report = run_jobs(jobs, tmp_path, cluster)
    finally:
        cluster.close()
    assert [job.order.clinic for job in report.built] == ["good1", "good2"]
    failed = {job.order.clinic: str(errors[0]) for job, errors in report.failed}
    assert "took longer than 2 seconds and was stopped, twice" in failed["hang-typeset"]
    assert "ended by itself, twice (code 7)" in failed["die-typeset"]
    assert "Foldwell itself failed (ValueError: what nobody" in failed["crash-typeset"]
    assert failed["mistake-typeset"] == str(misbehaving.MISTAKE)
    assert failed.keys() == set(kinds)


def test_the_jobs_of_a_killed_worker_are_done_again_by_another(
    local: str, build: Callable[..., tuple[Report, list[str]]], calls: Path, tmp_path: Path
) -> None:
    def kill() -> None:
        wait_until(lambda: list(calls.glob("first.0.*")))
        os.kill(worker_of(next(calls.glob("first.0.*"))), signal.SIGKILL)

    thread = meanwhile(kill)
    report, _ = build(local, "first", "good1", "good2", "good3")
    thread.join()
    assert report.failed == []
    path = "first/en/sleep-a4-screen.pdf"
    assert (tmp_path / path).read_text() == f"{path}\n"
    assert len(list(calls.glob("first.*"))) == 2
    # The job that hung there went with it.
    server = int(next(calls.glob("first.0.*")).name.rpartition(".")[2])
    wait_until(lambda: not psutil.pid_exists(server))


def test_a_job_that_two_workers_did_is_one_file(
    build: Callable[..., tuple[Report, list[str]]],
    commands: Commands,
    calls: Path,
    tmp_path: Path,
) -> None:
    """A worker that is cut off is taken for lost; then it comes back, with its job done too."""
    address, _ = commands.scheduler(DASK_DISTRIBUTED__SCHEDULER__WORKER_TTL="3s")
    for _ in range(2):
        commands.worker(address)
    cut_off: list[int] = []

    def cut_and_mend() -> None:
        wait_until(lambda: list(calls.glob("first.0.*")))
        cut_off.append(worker_of(next(calls.glob("first.0.*"))))
        os.kill(cut_off[0], signal.SIGSTOP)
        wait_until(lambda: list(calls.glob("first.1.*")))
        (calls / "go-on").touch()
        os.kill(cut_off[0], signal.SIGCONT)

    thread = meanwhile(cut_and_mend)
    report, _ = build(address, "first", *(f"good{number}" for number in range(8)))
    thread.join()
    assert report.failed == []
    assert len(report.built) == 9
    path = "first/en/sleep-a4-screen.pdf"
    assert (tmp_path / path).read_text() == f"{path}\n"
    assert len(list(calls.glob("first.*"))) == 2


@pytest.fixture
def altered(tmp_path: Path) -> str:
    """A folder with another version of Foldwell."""
    folder = tmp_path / "altered"
    shutil.copytree(REPOSITORY / "foldwell", folder / "foldwell")
    (folder / "templates").symlink_to(REPOSITORY / "templates")
    shutil.copy(REPOSITORY / "requirements.lock", folder)
    package = folder / "foldwell/__init__.py"
    package.write_text(package.read_text().replace('__version__ = "', '__version__ = "9.'))
    return str(folder)


def without_foldwell() -> dict[str, str]:
    """How a worker is started that has all the libraries, but no Foldwell."""
    import distributed

    # -S: the file that leads to Foldwell in a development environment is not read.
    return {"path": str(Path(distributed.__file__).parent.parent), "flags": "-SP"}


def test_a_worker_with_another_version_is_refused(
    build: Callable[..., tuple[Report, list[str]]], commands: Commands, altered: str
) -> None:
    address, _ = commands.scheduler()
    commands.worker(address, path=altered)
    commands.worker(address, **without_foldwell())
    with pytest.raises(FoldwellError) as caught:
        build(address, "good1")
    message = str(caught.value)
    assert message.startswith(f"{address}: No worker of the cluster can be used. The worker tcp:")
    assert "So it is with 1 more. Install the same versions there as here" in message
    commands.worker(address)
    report, said = build(address, "good1")
    assert len(report.built) == 1
    version, missing = sorted(said, key=lambda line: "started" in line)
    assert "cannot be used: Foldwell is 9." in version and version.endswith(" It is left out.")
    assert 'Foldwell cannot be started there (ModuleNotFoundError("No module named' in missing


def test_a_worker_that_joins_late_is_waited_for_and_another_one_left_out(
    build: Callable[..., tuple[Report, list[str]]],
    commands: Commands,
    calls: Path,
    altered: str,
) -> None:
    address, _ = commands.scheduler()
    first = meanwhile(lambda: commands.worker(address) and None)

    def more() -> None:
        wait_until(lambda: list(calls.glob("first.0.*")))
        commands.worker(address, path=altered)
        time.sleep(2 * roster.LOOK_S)
        (calls / "go-on").touch()

    second = meanwhile(more)
    report, said = build(address, "first", "good1")
    first.join()
    second.join()
    assert len(report.built) == 2
    assert f"No worker has joined {address} yet. Waiting for one." == said[0]
    assert "cannot be used: Foldwell is 9." in said[1]
    assert len(list(calls.glob("*.*.*"))) == 2


def test_a_worker_of_another_version_at_the_address_of_a_lost_one_makes_nothing(
    build: Callable[..., tuple[Report, list[str]]],
    commands: Commands,
    calls: Path,
    altered: str,
) -> None:
    address, _ = commands.scheduler()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    lost = commands.worker(address, port=port)

    def replace_it() -> None:
        wait_until(lambda: list(calls.glob("first.0.*")))
        lost.kill()
        lost.wait()
        commands.worker(address, port=port, path=altered)
        commands.worker(address)

    thread = meanwhile(replace_it)
    report, said = build(address, "first")
    thread.join()
    assert len(report.built) == 1
    (other,) = said
    assert f"The worker tcp://127.0.0.1:{port} cannot be used: Foldwell is 9." in other


def test_a_cluster_without_workers(
    build: Callable[..., tuple[Report, list[str]]],
    commands: Commands,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(roster, "WAIT_S", 1)
    address, _ = commands.scheduler()
    with pytest.raises(FoldwellError, match="has no worker, and none came within 1 seconds"):
        build(address, "good1")


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "tls://127.0.0.1:9", "what://ever", ""])
def test_no_scheduler_answers(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "CONNECT_S", 1)
    cluster = Cluster(address, pytest.fail)
    with pytest.raises(FoldwellError, match="The scheduler of the cluster does not answer"):
        cluster.start()
    cluster.close()


def test_when_the_scheduler_is_killed_what_was_finished_is_kept(
    commands: Commands, project: Path
) -> None:
    address, scheduler = commands.scheduler()
    commands.worker(address)
    formats = "{a4: [screen, office], letter-fold: [screen, office], large-print: [screen]}"
    (project / "content/build.yml").write_text(f"runs:\n  - formats: {formats}\n")
    command = [sys.executable, "-m", "foldwell", "--cluster", address, "--medium", "screen"]
    environment = {
        **os.environ,
        "PYTHONPATH": str(REPOSITORY),
        "FOLDWELL_PROJECT": str(project),
        "PYTHONUNBUFFERED": "1",
    }
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as building:
        assert building.stdout and building.stderr
        first = building.stdout.readline()
        scheduler.kill()
        error = building.stderr.read()
    assert first.startswith("[1/3] built riverside/en/")
    assert error == (
        f"{address}: The scheduler of the cluster is gone. Start it, and build again: what was"
        " finished is kept.\n"
    )
    assert building.returncode == 1
    content = (project / "output" / first.split()[-1]).read_bytes()
    assert content.startswith(b"%PDF") and content.rstrip().endswith(b"%%EOF")
    assert not list((project / "output").rglob("*.part"))
