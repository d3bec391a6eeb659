"""What is sent to a store, and what is not sent again."""

import contextlib
import hashlib
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import BASE

pytest.importorskip("fsspec")

import fsspec

from foldwell.afar import address as address_module
from foldwell.afar import store as store_module
from foldwell.afar.address import KINDS, Kind, without_secrets
from foldwell.afar.store import Store
from foldwell.build.events import Built, Delivered, Done, Event, Failed, Kept
from foldwell.errors import FoldwellError, UsageError

PATH = "riverside/en/sleep-a4-screen.pdf"
TICKET = "riverside/en/sleep-a4-screen-ticket.yml"


@pytest.fixture(params=["put", "folder", "move"])
def store(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Store]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    if request.param == "put":
        address = f"memory://{uuid.uuid4()}"
    else:
        address = f"file://{tmp_path / 'there'}"
    if request.param == "move":
        monkeypatch.setattr(address_module, "KINDS", (Kind(("file",), "move", 1),))
    opened = Store(address)
    yield opened
    opened.close()


def delivery(store: Store, **counts: int) -> Delivered:
    return Delivered(store.name, **counts)  # type: ignore[arg-type]


def made(store: Store, **files: bytes) -> dict[str, str]:
    """Files as a build leaves them, by the last word of their paths."""
    hashes = {}
    for name, content in files.items():
        path = f"riverside/en/{name}.pdf"
        (store.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (store.folder / path).write_bytes(content)
        hashes[path] = hashlib.sha256(content).hexdigest()
    return hashes


def held(store: Store) -> dict[str, bytes]:
    """All that the store holds."""
    paths = store._fs.find(store._root)
    return {path.removeprefix(f"{store._root}/"): store._fs.cat_file(path) for path in paths}


def content_of(store: Store, name: str) -> bytes:
    content: bytes = store._fs.cat_file(f"{store._root}/riverside/en/{name}.pdf")
    return content


def test_what_was_made_is_sent_once(store: Store) -> None:
    hashes = made(store, a=b"one", b=b"two")
    assert store.send(hashes) == delivery(store, sent=2)
    assert held(store) == {"riverside/en/a.pdf": b"one", "riverside/en/b.pdf": b"two"}
    assert store.send(hashes) == delivery(store, there=2)
    assert Store(store.name).send(hashes) == delivery(store, there=2)


def test_what_was_changed_here_is_sent_again(store: Store) -> None:
    store.send(made(store, a=b"one", b=b"two"))
    hashes = made(store, a=b"new", b=b"two")
    assert store.send(hashes) == delivery(store, sent=1, there=1)
    assert content_of(store, "a") == b"new"


def test_what_was_changed_or_lost_there_is_sent_again(store: Store) -> None:
    hashes = made(store, a=b"one", b=b"two", c=b"three")
    store.send(hashes)
    store._fs.pipe_file(f"{store._root}/riverside/en/a.pdf", b"eno")
    store._fs.rm_file(f"{store._root}/riverside/en/b.pdf")
    assert store.send(hashes) == delivery(store, sent=2, there=1)
    assert held(store) == {path: (store.folder / path).read_bytes() for path in hashes}


def test_what_is_sent_is_what_was_made(store: Store) -> None:
    hashes = made(store, a=b"one", b=b"two")
    (store.folder / "riverside/en/a.pdf").write_bytes(b"altered")
    sent = store.send(hashes)
    assert (sent.sent, len(sent.failed)) == (1, 1)
    assert "cannot be sent (it was altered since it was made)" in str(sent.failed[0])
    assert list(held(store)) == ["riverside/en/b.pdf"]


def test_verifying_believes_the_content_alone(store: Store) -> None:
    store.send(made(store, a=b"one"))
    assert store.what_is_wrong("riverside/en/a.pdf", b"one") == ""
    assert store.what_is_wrong("riverside/en/a.pdf", b"two") == "differs"
    assert store.what_is_wrong("riverside/en/b.pdf", b"two") == "is missing"


def test_files_are_removed_and_those_that_are_gone_are_passed_over(store: Store) -> None:
    store.send(made(store, a=b"one", b=b"two"))
    store.remove(["riverside/en/a.pdf", "riverside/en/never.pdf"])
    assert list(held(store)) == ["riverside/en/b.pdf"]


def test_a_damaged_record_costs_time_alone(store: Store) -> None:
    hashes = made(store, a=b"one")
    store.send(hashes)
    store._records.path.write_bytes(b"no database at all" * 1000)
    assert store.send(hashes) == delivery(store, sent=1)
    store.send(hashes)
    assert store.send(hashes) == delivery(store, there=1)


def test_a_record_that_cannot_be_written_costs_time_alone(store: Store) -> None:
    hashes = made(store, a=b"one")
    store._records.path.mkdir()
    assert store.send(hashes) == delivery(store, sent=1)
    assert store.send(hashes) == delivery(store, sent=1)


def test_files_are_sent_while_a_build_goes_on(store: Store) -> None:
    hashes = made(store, **{"sleep-a4-screen": b"one", "kept": b"three", "lost": b"four"})
    (store.folder / TICKET).write_bytes(b"two")
    files = {PATH: hashes[PATH], TICKET: hashlib.sha256(b"two").hexdigest()}
    kept, lost = "riverside/en/kept.pdf", "riverside/en/lost.pdf"
    stream: list[Event] = [
        Built(PATH, "sleep", "", "", files),
        Kept(kept, "kept", "", "", {kept: hashes[kept]}),
        Kept(lost, "lost", "", "", {lost: hashes[lost]}),
        Failed(lost, "lost", "", ()),
        Done(1),
    ]
    along = list(store.along(stream))
    store.close()
    assert along == [*stream[:-1], delivery(store, sent=3), stream[-1]]
    assert held(store) == {PATH: b"one", TICKET: b"two", kept: b"three"}
    assert Store(store.name).send(files) == delivery(store, there=2)


def break_off(*_: Any) -> None:
    raise OSError("Broken pipe\nand more lines")


def test_what_cannot_be_sent_is_told_and_kept(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashes = made(store, a=b"one")
    store.send(hashes)
    hashes = made(store, a=b"new")
    # Each way has one step that counts.
    step = "mv" if store._kind.way == "move" else "pipe_file"
    with monkeypatch.context() as broken:
        broken.setattr(type(store._fs), step, break_off)
        broken.setattr(store_module, "write_file", break_off)
        sent = store.send(hashes)
    (error,) = sent.failed
    assert str(error) == (
        f"{store.name}/riverside/en/a.pdf: This file cannot be sent (Broken pipe). Check the"
        " address, the network and the credentials, and build again: it is kept until then."
    )
    assert held(store) == {"riverside/en/a.pdf": b"one"}
    assert store.send(hashes) == delivery(store, sent=1)


def test_after_some_failures_the_others_are_not_tried(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "_kind", Kind(("x",), "put", 1))
    hashes = made(store, **{f"f{number}": b"one" for number in range(40)})
    monkeypatch.setattr(type(store._fs), "pipe_file", break_off)
    sent = store.send(hashes)
    assert (sent.sent, sent.there) == (0, 0)
    assert len(sent.failed) + sent.untried == 40
    assert store_module.PATIENCE <= len(sent.failed) < 20


def test_a_store_that_keeps_a_part_only_is_noticed(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashes = made(store, a=b"one")
    usual = type(store._fs).info

    def shorter(self: Any, path: str, **more: Any) -> Any:
        return usual(self, path, **more) | {"size": 2}

    monkeypatch.setattr(type(store._fs), "info", shorter)
    (error,) = store.send(hashes).failed
    assert "it did not arrive whole" in str(error)


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("ftp://host/folder", "'ftp://' is no store that leaflets can be sent to. Known are: abfs"),
        ("http://host/x", "'http://' is no store"),
        ("simplecache::s3://bucket/x", "'simplecache::s3://' is no store"),
        ("memory://", "'memory://' names no folder"),
        ("file:///", "'file:///' names no folder"),
    ],
)
def test_an_address_that_is_no_store(address: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        Store(address)
    assert str(caught.value).startswith(message)


def test_what_must_be_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "s3fs", None)
    with pytest.raises(FoldwellError, match=r"Install it with: pip install .* s3fs\."):
        Store("s3://bucket/leaflets")


def test_a_password_in_an_address_is_never_shown() -> None:
    assert without_secrets("sftp://me:secret@host:22/a/") == "sftp://host:22/a"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.names[0])
def test_fsspec_knows_every_kind(kind: Kind) -> None:
    for name in kind.names:
        with contextlib.suppress(ImportError):  # what is not installed here is known all the same
            fsspec.get_filesystem_class(name)


def foldwell(project: Path, cache: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "FOLDWELL_PROJECT": str(project),
        "PYTHONPATH": str(BASE.parents[2]),
        "XDG_CACHE_HOME": str(cache),
        "SOURCE_DATE_EPOCH": "1769900000",
    }
    return subprocess.run(
        [sys.executable, "-m", "foldwell", *words],
        env=environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def test_the_command_builds_into_a_store(project: Path, tmp_path: Path) -> None:
    there = tmp_path / "there"
    output = ["--output", f"file://{there}"]
    first = foldwell(project, tmp_path / "cache", "build", *output)
    assert (first.returncode, first.stderr) == (0, "")
    assert f"Sent 1 file to file://{there}." in first.stdout
    content = (there / PATH).read_bytes()
    assert content.startswith(b"%PDF")
    assert [p.name for p in there.rglob("*") if p.is_file()] == [Path(PATH).name]
    assert not (project / "output").exists()

    assert foldwell(project, tmp_path / "cache", "verify", *output).returncode == 0
    (there / PATH).write_bytes(content.replace(b"%PDF-1.7", b"%PDF-1.6"))
    verified = foldwell(project, tmp_path / "cache", "verify", *output)
    assert verified.returncode == 1
    assert f"file://{there}/{PATH} differs." in verified.stderr

    again = foldwell(project, tmp_path / "cache", "build", *output)
    assert again.returncode == 0
    assert "Nothing to do" in again.stdout
    assert (there / PATH).read_bytes() == content


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["watch"], "'memory://x' is no folder. This command works on folders only."),
        (["clean"], "Only folders are emptied. Use --stale, or the store's own tools."),
    ],
    ids=lambda value: str(value[0]),
)
def test_commands_that_work_on_folders_only(
    words: list[str], message: str, project: Path, tmp_path: Path
) -> None:
    done = foldwell(project, tmp_path, *words, "--output", "memory://x")
    assert (done.returncode, done.stderr) == (2, message + "\n")
