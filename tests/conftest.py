"""What tests share: a small sound project, and short ways to read, compose and make it."""

import datetime
import gc
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Collection, Generator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis.configuration import set_hypothesis_home_dir

from foldwell.typeset.fonts import isolate

isolate()  # before anything imports WeasyPrint
# 'python3 build.py test' starts pytest as it starts Foldwell: with the name of its own project,
# which would win over the folder that a test stands in.
os.environ.pop("FOLDWELL_PROJECT", None)
# Fonts that somebody fetched on this machine change nothing here, unless they are named.
os.environ.setdefault("FOLDWELL_FONTS", os.path.join(tempfile.gettempdir(), "no-fonts-of-foldwell"))

from foldwell import carried  # noqa: E402
from foldwell.build import sweeping, worker  # noqa: E402
from foldwell.build.job import Job, Selection  # noqa: E402
from foldwell.build.made import Outcome  # noqa: E402
from foldwell.build.plan import make_plan, plan_edition  # noqa: E402
from foldwell.build.rack import opened, pickled  # noqa: E402
from foldwell.content.clinic import Clinic  # noqa: E402
from foldwell.content.edition import Edition  # noqa: E402
from foldwell.content.library import Library, read_library  # noqa: E402
from foldwell.content.yaml_scalars import Decimal, Whole  # noqa: E402
from foldwell.errors import FoldwellError, Mistakes  # noqa: E402
from foldwell.paper.formats import FORMATS  # noqa: E402
from foldwell.typeset.compose import compose_print  # noqa: E402
from foldwell.typeset.page_source import Composition, PageSource  # noqa: E402
from foldwell.typeset.purpose import Purpose  # noqa: E402
from foldwell.typeset.timeline import Row, Span, Timeline  # noqa: E402

BASE = Path(__file__).parent / "invalid" / "base"
TODAY = datetime.date(2026, 2, 1)

ONE_LANGUAGE = tuple(
    name for name, row in FORMATS.items() if row.layout not in ("bilingual", "languages")
)
"""The formats that an edition in one language can be made in."""

# Nothing is stored in the project, no clock is read, and every run tries the same examples.
set_hypothesis_home_dir(Path(tempfile.gettempdir()) / "foldwell-hypothesis")
settings.register_profile("tests", database=None, deadline=None, derandomize=True)
settings.load_profile("tests")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--refresh-expected",
        action="store_true",
        help="Rewrite the messages in tests/invalid; then read each of them.",
    )


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Half as many again as there are cores: a third of the time they wait for processes."""
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    return cores + cores // 2


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Collect ``tests/build`` too: pytest passes by any folder of that name on its own."""
    return False if collection_path == Path(__file__).parent / "build" else None


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What collecting makes stays, and is neither looked through for circles nor anybody's room.

    A worker that held as much would forget what it learned before each new kind of file, and look
    through all of it each time. As in typesetters, the collector comes seldom from then on.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(50_000, 10, 10)
        gc.enable()
        sweeping.ROOM_BYTES += sweeping.resident()


LONGEST = (
    "test_hostile.py", "test_outputs.py", "test_kills.py", "test_faults.py", "test_readme.py",
    "test_clinics.py", "test_workers.py", "test_variable.py", "test_cluster.py",
    "test_freshness.py", "test_states.py", "test_invalid.py", "test_copyfit.py",
    "test_properties.py", "test_drawings.py", "test_press.py", "test_imposition.py",
    "test_on_demand.py", "test_stamping.py", "test_filling_generated.py", "test_determinism.py",
    "test_paging.py", "test_rack.py", "test_cli.py", "test_outloud.py", "test_scripts.py",
    "test_make.py", "test_editions.py", "test_project.py",
)  # fmt: skip
"""Files whose tests take long; they begin first, so that no core waits for them at the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first; each file goes to one process as a whole."""
    place = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.path.name, len(LONGEST)))


@pytest.fixture(scope="module", autouse=True)
def _nothing_learned() -> None:
    """Each file of tests begins as in a new process, whichever others this one had before."""
    if masters := sys.modules.get("foldwell.typeset.stamping.masters"):
        masters.MASTERS.forget()
    if moulds := sys.modules.get("foldwell.typeset.stamping.moulds"):
        moulds.forget()
    carried.look_on(None)
    if variable := sys.modules.get("foldwell.build.variable"):
        variable.FILES.look_on(None)
        variable.FILES.forget_all()
        variable.FILES.news()


class Shelf:
    """Tables of answers, as they stand on a rack."""

    def __init__(self) -> None:
        self.tables: dict[str, bytes] = {}
        self.asked: list[str] = []

    def table(self, name: str, classes: Collection[type]) -> Any:
        """A table, opened as one of a stranger's is."""
        self.asked.append(name)
        return opened(self.tables[name], classes) if name in self.tables else None

    def next_process(self) -> None:
        """Keep what is new, and go on with nothing known, as another process would."""
        fresh, _ = carried.news()
        self.tables |= {name: pickled(table) for name, table in fresh.items()}
        carried.forget()

    def forge(self, change: Callable[[Any], Any]) -> None:
        """Change every answer, as a stranger might."""
        for name, content in self.tables.items():
            answers = opened(content, (Timeline, Row, Span, Whole, Decimal))
            changed = {question: change(answer) for question, answer in answers.items()}
            self.tables[name] = pickled(changed)


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    """A shelf that this process looks on."""
    found = Shelf()
    carried.look_on(found)
    yield found
    carried.look_on(None)


@pytest.fixture
def refresh(request: pytest.FixtureRequest) -> bool:
    """Whether the expected messages are rewritten."""
    return bool(request.config.getoption("--refresh-expected"))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the sound project, free to be broken."""
    return Path(
        shutil.copytree(BASE, tmp_path / "project", ignore=shutil.ignore_patterns("output"))
    )


@pytest.fixture(scope="session")
def library() -> Library:
    """The sound project, read."""
    return read_library(BASE, TODAY)


@pytest.fixture(scope="session")
def own() -> Library:
    """The project itself, read."""
    own = read_library(Path(__file__).parents[1], TODAY)
    assert not own.broken
    return own


@pytest.fixture
def edition(library: Library) -> Callable[..., Edition]:
    """Makes the edition of the sound project with another text, clinic facts or references."""

    def changed(body: str | None = None, **clinic: Any) -> Edition:
        usual = plan_edition(library, library.leaflets["sleep"]["en"], "riverside", TODAY)
        leaflet = usual.leaflet if body is None else replace(usual.leaflet, text=body)
        facts = {**usual.clinic.model_dump(), **clinic}
        return replace(usual, leaflet=leaflet, clinic=Clinic.model_validate(facts, context="GB"))

    return changed


@pytest.fixture
def compose(edition: Callable[..., Edition]) -> Callable[..., PageSource]:
    """Composes a text of the sound project for one format."""

    def composed(body: str, format_name: str = "a4", **clinic: Any) -> PageSource:
        return compose_print(edition(body, **clinic), FORMATS[format_name], purpose("screen")).pages

    return composed


def purpose(medium: str, **asked: Any) -> Purpose:
    """What pages of a medium are for."""
    usual: dict[str, dict[str, Any]] = {
        "screen": {"tagged": True},
        "office": {"saves_toner": True},
        "press": {"bleeds": True, "ticket": True},
    }
    return Purpose(medium, **usual.get(medium, {}), **asked)


def compose_and_make(job: Job) -> Outcome:
    """What the workers do with a job, done in this process."""
    step = worker.compose(job)
    return worker.typeset(job.order, step) if isinstance(step, Composition) else step


def job_messages(job: Job, typeset: bool = False) -> list[str]:
    """What is wrong with one job, as lines; it is only composed unless it shall be typeset."""
    outcome = compose_and_make(job) if typeset else worker.compose(job)
    return [str(error) for error in outcome] if isinstance(outcome, tuple) else []


def project_messages(root: Path, typeset: bool = False) -> list[str]:
    """Everything that is wrong with a project: in its files, else in its jobs.

    Args:
        root: The project folder.
        typeset: Make every job to the end; otherwise the first one is composed.
    """
    try:
        plan = make_plan(read_library(root, TODAY), Selection(), TODAY)
    except (Mistakes, FoldwellError) as error:
        return str(error).replace(str(root), "<project>").splitlines()
    if plan.broken:
        return [str(error) for error in plan.broken]
    jobs = plan.jobs if typeset else plan.jobs[:1]
    return [line for job in jobs for line in job_messages(job, typeset)]
