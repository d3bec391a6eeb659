"""What is known before planning: which change moves which hash."""

import time
from pathlib import Path

import pytest

from foldwell import shipped
from foldwell.build import known
from foldwell.build.inputs import YOUNG_NS
from foldwell.build.known import Known, is_itself, look_again, look_round


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project, and a Foldwell of a few files."""
    for name in (
        "project/content/build.yml",
        "own/templates/css/base.css",
        "own/templates/fonts/a.ttf",
        "own/templates/icc/a.icc",
        "own/foldwell/build/known.py",
        "own/requirements.lock",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("as it was")
    monkeypatch.setattr(known, "templates_folder", lambda: tmp_path / "own/templates")
    monkeypatch.setattr(known, "__file__", str(tmp_path / "own/foldwell/build/known.py"))
    known._versions.cache_clear()
    return tmp_path


def moved(places: Path, name: str) -> set[str]:
    """Which facts a change of a file changes."""

    def facts(found: Known) -> dict[str, str]:
        return {"digest": found.digest, "stamp": found.stamp, **found.stamps}

    before = look_round(places / "project", {})
    (places / name).write_text("as it is")
    known._versions.cache_clear()
    after = look_round(places / "project", before.seen)
    old, new = facts(before), facts(after)
    return {key for key in old if old[key] != new[key]}


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("project/content/build.yml", {"digest"}),
        ("own/templates/css/base.css", {"digest", "shipped templates"}),
        ("own/templates/fonts/a.ttf", {"digest", "shipped templates", "stamp"}),
        ("own/templates/icc/a.icc", {"digest", "shipped templates", "stamp"}),
        ("own/foldwell/build/known.py", {"digest", "foldwell", "stamp"}),
        ("own/requirements.lock", {"digest", "foldwell", "stamp"}),
    ],
)
def test_what_a_change_moves(name: str, facts: set[str], places: Path) -> None:
    assert moved(places, name) == facts


def test_what_did_not_change_moves_nothing(places: Path) -> None:
    assert moved(places, "somewhere-else.txt") == set()


def test_a_foldwell_that_is_touched_is_another(places: Path) -> None:
    before = look_round(places / "project", {})
    (places / "own/foldwell/build/known.py").touch()
    assert look_round(places / "project", before.seen).shipped != before.shipped


@pytest.fixture
def settled(places: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same, some seconds later: its files are not too young to be known by their signatures."""
    now = time.time_ns
    monkeypatch.setattr(time, "time_ns", lambda: now() + 2 * YOUNG_NS)
    return places


@pytest.mark.parametrize(
    "name",
    [
        "project/content/build.yml",
        "project/content/new.yml",
        "own/templates/css/base.css",
        "own/templates/css/new.css",
        "own/foldwell/build/known.py",
    ],
)
def test_a_second_look_sees_what_a_first_one_would(name: str, settled: Path) -> None:
    root = settled / "project"
    before = look_round(root, {})
    assert is_itself(before) and look_again(root, before) is before
    (settled / name).write_text("as it is now")
    assert is_itself(before) == name.startswith("project/")
    after = look_again(root, before)
    first = look_round(root, before.seen)
    assert (after.digest, after.stamps, after.stamp) == (first.digest, first.stamps, first.stamp)
    assert after.shipped == first.shipped and after.digest != before.digest
    (settled / name).unlink()
    gone = look_again(root, after)
    assert gone.seen.keys() == look_round(root, {}).seen.keys() and gone.digest != after.digest
    assert is_itself(after) == name.startswith("project/")


def test_files_as_young_as_the_look_at_them_are_looked_at_again(places: Path) -> None:
    before = look_round(places / "project", {})
    assert not is_itself(before)
    assert look_again(places / "project", before).stamps == before.stamps


def test_packages_stand_in_for_a_lock(places: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (places / "own/requirements.lock").unlink()
    (places / "site/WeasyPrint-70.0.dist-info").mkdir(parents=True)
    (places / "site/some_tool-1.0.dist-info").mkdir()
    monkeypatch.setattr("sys.path", [str(places / "site")])
    known._versions.cache_clear()
    assert known._installed() == ["WeasyPrint-70.0.dist-info"]
    before = look_round(places / "project", {}).stamp
    (places / "site/WeasyPrint-70.0.dist-info").rename(places / "site/WeasyPrint-71.0.dist-info")
    known._versions.cache_clear()
    assert look_round(places / "project", {}).stamp != before


def test_the_real_one_is_seen_whole() -> None:
    found = look_round(Path(__file__).parents[2], {})
    assert "foldwell/build/known.py" in found.seen
    assert any(name.startswith("templates/fonts/") for name in found.seen)
    assert shipped.templates_folder().is_dir()
