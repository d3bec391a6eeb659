"""Shipped templates stand as code beside the packages, and are never older than their texts."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment

from foldwell.typeset import templates

WHERE = "share/foldwell"


@pytest.fixture
def compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Every template that is compiled, in an environment of packages of its own."""
    done: list[str] = []
    generate = Environment._generate

    def counted(self: Environment, source: object, name: str, *rest: object, **how: object) -> str:
        done.append(name)
        return generate(self, source, name, *rest, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(Environment, "_generate", counted)
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    templates._environment.cache_clear()
    yield done
    templates._environment.cache_clear()


def rendered(**overrides: str) -> str:
    """A small template, filled in a process that knows of none."""
    templates._environment.cache_clear()
    texts = {"parts/spare.html": overrides["spare"]} if overrides else {}
    return templates.render("parts/spare.html", texts, {"count": 0})


def test_what_was_prepared_is_not_compiled_again(compiled: list[str], tmp_path: Path) -> None:
    first = rendered()
    assert compiled == ["parts/spare.html"] and not (tmp_path / WHERE).exists()  # builds write none
    templates.prepare()
    assert {"leaflet.html", "web.html", "parts/cover.html"} <= {*compiled}
    compiled.clear()
    assert rendered() == first and compiled == []


def test_a_template_of_the_project_is_its_own(compiled: list[str]) -> None:
    templates.prepare()
    compiled.clear()
    assert rendered(spare="Ours") == "Ours" and compiled == ["parts/spare.html"]


def test_what_is_torn_or_of_a_former_version_costs_time(
    compiled: list[str], tmp_path: Path
) -> None:
    first = rendered()
    old = tmp_path / WHERE / "template-old"
    old.parent.mkdir(parents=True)
    old.touch()
    templates.prepare()
    assert not old.exists()
    compiled.clear()
    for path in old.parent.iterdir():
        path.write_bytes(path.read_bytes()[:-40])
    assert rendered() == first and compiled == ["parts/spare.html"]


def test_a_text_that_was_changed_is_compiled_anew(
    compiled: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = tmp_path / "templates"
    (shipped / "parts").mkdir(parents=True)
    (shipped / "parts/spare.html").write_text("Old")
    monkeypatch.setattr(templates, "templates_folder", lambda: shipped)
    templates.prepare()
    assert rendered() == "Old"
    (shipped / "parts/spare.html").write_text("New")
    assert rendered() == "New"
