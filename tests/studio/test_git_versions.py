"""Versions in git, if the project is one and the user says so; a save never hangs on it."""

import os
import subprocess
from pathlib import Path

import pytest
from studio_client import Client, desk_of

from foldwell.studio.git_versions import git_versions, is_chosen, is_committed, is_repository
from foldwell.studio.saving import mark, versions

PATH = "content/leaflets/sleep/en.md"
PAGE = f"/history?file={PATH}"


def git(root: Path, *words: str) -> str:
    done = subprocess.run(["git", *words], cwd=root, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.fixture
def repository(project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "Nurse")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "nurse@example.org")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    git(project, "init", "-q")
    git(project, "add", "content")
    git(project, "commit", "-qm", "first")
    return project


def change(client: Client, words: str) -> str:
    text = (client.desk.root / PATH).read_text()
    form = {"text": text + words, "seen": mark(text.encode())}
    return client.post("/leaflet/sleep/en", form).headers["location"].rpartition("=")[2]


def test_nothing_is_committed_unasked(repository: Path) -> None:
    client = Client(desk_of(repository))
    assert change(client, "\nOne.\n") == "saved"
    assert git(repository, "log", "--format=%s").split() == ["first"]
    assert "Saves are not committed" in client.get(PAGE).text


def test_each_save_is_one_commit_of_one_file(repository: Path) -> None:
    client = Client(desk_of(repository))
    before = (repository / PATH).read_bytes()
    assert client.post("/history/git", {"file": PATH, "git": "yes"}).status == 303
    clinic = repository / "content/clinics/riverside.yml"
    clinic.write_text(clinic.read_text() + "# by hand\n")
    git(repository, "add", "content/clinics")  # staged by somebody: it is left as it is
    assert change(client, "\nOne.\n") == "saved"
    assert git(repository, "show", "--name-only", "--format=%s").split("\n\n")[1].split() == [PATH]
    assert "content/clinics/riverside.yml" in git(repository, "diff", "--cached", "--name-only")
    made = client.post("/new-clinic", {"name": "North Gate", "region": "uk", "brand": "riverside",
                                       "phone": "0113 496 0143"})  # fmt: skip
    assert made.headers["location"] == "/clinic/north-gate?said=clinic"
    assert is_committed(repository, "content/clinics/north-gate.yml")
    page = client.get(PAGE).text
    assert "Committed on" in page and "One." in page
    (_, first) = git_versions(repository, PATH)
    assert first.content == before
    form = {"file": PATH, "version": first.name, "seen": mark((repository / PATH).read_bytes())}
    assert client.post("/history", form).status == 303
    assert (repository / PATH).read_bytes() == before
    assert client.post("/history/git", {"file": PATH, "git": "no"}).status == 303
    assert not is_chosen(repository)


def test_no_hook_of_the_project_runs(repository: Path, tmp_path: Path) -> None:
    hook = repository / ".git/hooks/pre-commit"
    hook.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\nexit 1\n")
    hook.chmod(0o755)
    client = Client(desk_of(repository))
    client.post("/history/git", {"file": PATH, "git": "yes"})
    assert change(client, "\nOne.\n") == "saved" and is_committed(repository, PATH)
    assert not (tmp_path / "ran").exists()


def test_what_git_does_not_take_is_saved_and_said(repository: Path) -> None:
    client = Client(desk_of(repository))
    client.post("/history/git", {"file": PATH, "git": "yes"})
    (repository / ".git/index.lock").touch()  # as another program leaves it that is at work
    assert change(client, "\nOne.\n") == "uncommitted"
    assert (repository / PATH).read_text().endswith("One.\n")
    assert len(list(versions(repository, PATH))) == 1
    assert "Commit this file as it stands" in client.get(PAGE).text
    again = {"file": PATH, "git": "commit"}
    answer = client.post("/history/git", again)
    assert answer.status == 422 and "git did not take it" in answer.text
    (repository / ".git/index.lock").unlink()
    assert client.post("/history/git", again).status == 303
    assert is_committed(repository, PATH)


def test_a_project_that_is_no_repository(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(project.parent))
    client = Client(desk_of(project))
    assert not is_repository(project) and "From git" not in client.get(PAGE).text
    assert client.post("/history/git", {"file": PATH, "git": "yes"}).status == 422
    assert not is_chosen(project)


@pytest.mark.parametrize("name", ["git-", "git-HEAD", "git---output=x", "git-" + "0" * 40])
def test_no_other_name_is_put_back(name: str, repository: Path) -> None:
    client = Client(desk_of(repository))
    before = (repository / PATH).read_bytes()
    form = {"file": PATH, "version": name, "seen": mark(before)}
    assert client.post("/history", form).status == 404
    assert client.post("/history/git", {"file": "../../etc/passwd", "git": "commit"}).status == 404
    assert (repository / PATH).read_bytes() == before
