"""A file that is asked for is printed from what stands, as a build would have made it."""

import json
import shutil
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import BASE, TODAY
from studio_client import Client, desk_of
from test_shelf_again import HEADINGS, write

from foldwell.build.events import Built, Failed, Kept
from foldwell.build.job import Options, Selection
from foldwell.build.known import Known
from foldwell.build.ledger import Ledger
from foldwell.build.request import Request
from foldwell.build.variable import HOW
from foldwell.build.workers import Workers
from foldwell.project import Project
from foldwell.studio.building import Builder

NAMES = ("Elm", "Oak", "Ash", "Yew", "Fir", "Bay")
BUILT = ("elm", "oak", "ash", "fir")
FILE, OTHER = "yew/en/sleep-a4-screen.pdf", "bay/en/sleep-a4-screen.pdf"
PROOF = "yew/en/sleep-a4-press-draft.pdf"


def roster(root: Path, night: str = "0") -> None:
    rows = [[name, f"{n} High Street, Leedham", "LS1 9AA", f"0113 496 {night}00{n}", "uk", "", "",
             ""] for n, name in enumerate(NAMES)]  # fmt: skip
    write(root, [HEADINGS, *rows])


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of some clinics, of which the files of the first were built."""
    root = tmp_path_factory.mktemp("built") / "project"
    shutil.copytree(BASE, root, ignore=shutil.ignore_patterns("output"))
    (root / "content/clinics/riverside.yml").unlink()
    settings = root / "content/build.yml"
    settings.write_text(settings.read_text().replace("[screen]", "[screen, press]"))
    roster(root)
    desk = desk_of(root)
    for medium in ("screen", "press"):
        wanted = Selection(clinics=BUILT, media=(medium,))
        assert desk.builder.start(Request(wanted, Options(draft=medium == "press"), TODAY))
        assert desk.builder._thread is not None
        desk.builder._thread.join(300)
        assert desk.builder.state == "done", (desk.builder.trouble, desk.builder.failed)
    desk.close()
    return root


@pytest.fixture
def client(built: Path, tmp_path: Path) -> Iterator[Client]:
    """The studio of a copy of it."""
    desk = desk_of(Path(shutil.copytree(built, tmp_path / "project")))
    yield Client(desk)
    desk.close()


def events(client: Client, options: Options | None = None) -> dict[str, type]:
    """What a build of everything does with each file."""
    root, workers = client.desk.root, Workers()
    with Project(root, client.desk.output) as project, closing(workers):
        plan = project.plan(Request(options=options or Options(), today=TODAY), workers)
        assert not plan.broken
        found = [one for one in plan.build(workers) if isinstance(one, Built | Kept | Failed)]
    return {one.path: type(one) for one in found}


def never(*_: Any, **__: Any) -> Any:
    raise AssertionError("this was not to be asked for")


@pytest.mark.parametrize("path", [FILE, PROOF])
def test_it_is_printed_from_the_rack_and_nothing_is_read_for_it(
    path: str, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.desk.shelf.book.jobs
    monkeypatch.setattr(Workers, "plan", never)
    monkeypatch.setattr(Workers, "typesetter", never)
    made = client.get(f"/edition/{path}")
    assert made.status == 200 and made.body.startswith(b"%PDF-")
    assert made.body == (client.desk.output / path).read_bytes()
    lines = [json.loads(line) for line in client.desk.builder.lines]
    (notes,) = [one["notes"] for one in lines if one["event"] == "built"]
    assert ["stamp", HOW] in notes
    assert [one["event"] for one in lines][-1] == "done"


@pytest.mark.parametrize("path", [FILE, PROOF])
def test_a_build_finds_it_up_to_date_and_would_have_made_the_same(
    path: str, client: Client
) -> None:
    made = client.get(f"/edition/{path}")
    assert made.status == 200
    register = json.loads((client.desk.output / "editions.json").read_text())
    (entry,) = [one for one in register["editions"] if path in one["files"]]
    assert entry["clinic"] == "yew" and len(register["editions"]) == len(BUILT) + 1
    statement = json.loads((client.desk.output / "provenance.json").read_text())
    subject = {one["name"]: one["digest"]["sha256"] for one in statement["subject"]}
    assert subject.items() <= entry["files"].items() and path in subject
    files = "resolvedDependencies"
    assert statement["predicate"]["buildDefinition"][files][0]["uri"].startswith("content/")
    options = Options(draft=path == PROOF)
    done = events(client, options)
    assert done.pop(path) is Kept and Failed not in done.values()
    beside = {one: (client.desk.output / one).read_bytes() for one in subject}
    shutil.rmtree(client.desk.output)
    assert events(client, options)[path] is Built
    assert beside == {one: (client.desk.output / one).read_bytes() for one in subject}


def test_what_changed_just_now_is_in_it(client: Client) -> None:
    first = client.get(f"/edition/{FILE}").body
    roster(client.desk.root, night="9")
    second = client.get(f"/edition/{FILE}").body
    assert first != second and second.startswith(b"%PDF-")
    assert "changed: clinic" in client.desk.builder.lines[2]
    roster(client.desk.root)
    assert client.get(f"/edition/{FILE}").body == first
    assert client.desk.builder.number == 3


@pytest.mark.parametrize("gone", ["all", "ledger", "register"])
def test_what_others_take_away_meanwhile_is_missed_at_once(gone: str, client: Client) -> None:
    assert client.get(f"/edition/{FILE}").status == 200
    output = client.desk.output
    if gone == "all":
        shutil.rmtree(output)
    elif gone == "ledger":
        shutil.rmtree(output / ".foldwell")
    else:
        (output / "editions.json").unlink()
    assert client.get(f"/edition/{OTHER}").status == 200
    with closing(Ledger(output)) as ledger:
        assert (FILE in ledger.jobs([FILE, OTHER])) == (gone == "register")
        assert OTHER in ledger.paths()
    register = json.loads((output / "editions.json").read_text())["editions"]
    assert {one["clinic"] for one in register} >= {"bay"}
    assert (len(register) == 1) == (gone != "ledger")
    assert client.get(f"/edition/{FILE}").status == 200


def test_several_at_once_wait_for_each_other(client: Client) -> None:
    assert client.desk.shelf.book.jobs
    answers: dict[str, int] = {}

    def ask(path: str) -> None:
        answers[path] = client.get(f"/edition/{path}").status

    threads = [threading.Thread(target=ask, args=(path,)) for path in (FILE, OTHER, PROOF)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert answers == {FILE: 200, OTHER: 200, PROOF: 200}


def test_while_a_build_is_running_only_what_stands_is_given(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_end = threading.Event()

    def waits(builder: Builder, request: Request) -> None:
        may_end.wait(30)
        builder.state = "done"

    with monkeypatch.context() as patched:
        patched.setattr(Builder, "_run", waits)
        assert client.post("/build", {}).status == 303
        refused = client.get(f"/edition/{FILE}")
        assert refused.status == 422 and "A build is running" in refused.text
        assert client.get("/edition/elm/en/sleep-a4-screen.pdf").status == 200
        may_end.set()
        assert client.desk.builder._thread is not None
        client.desk.builder._thread.join(30)
    assert client.get(f"/edition/{FILE}").status == 200


def test_it_is_not_made_once_foldwell_itself_has_changed(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.get(f"/edition/{FILE}").status == 200
    known = client.desk.shelf.known()
    other = replace(known, stamps={**known.stamps, "foldwell": "another"})
    monkeypatch.setattr(client.desk.shelf, "known", lambda: other)
    refused = client.get(f"/edition/{OTHER}", {"accept": "application/json"})
    assert refused.status == 422 and "own files were changed" in refused.text
    assert isinstance(other, Known) and not (client.desk.output / OTHER).exists()
