"""The docs as a site: its pages are there, made from what they tell of, and current."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from foldwell.commands import COMMANDS
from foldwell.rules import RULES

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT / "docs"))

import site_pages  # noqa: E402

PAGES = {
    **site_pages.pages(),
    **{
        path.relative_to(PROJECT / "docs").as_posix(): path.read_text()
        for path in (PROJECT / "docs").rglob("*.md")
    },
}


def _named(nav: Any) -> list[str]:
    if isinstance(nav, str):
        return [nav]
    return [
        path for item in (nav.values() if isinstance(nav, dict) else nav) for path in _named(item)
    ]


def test_every_page_is_in_the_menu_and_every_entry_of_it_is_a_page() -> None:
    settings = yaml.safe_load((PROJECT / "mkdocs.yml").read_text())
    assert sorted(_named(settings["nav"])) == sorted(name for name in PAGES if name.endswith(".md"))


def test_every_command_is_told() -> None:
    made = PAGES["reference/commands.md"]
    assert [name for name in COMMANDS if f"\n## {name}\n" not in made] == []
    assert "--within SPAN" in made and "\n## clinics impact\n" in made


def test_the_site_is_given_the_same_pages_as_json() -> None:
    command = [sys.executable, str(PROJECT / "docs/site_pages.py")]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, cwd=PROJECT.parent)
    assert json.loads(done.stdout) == site_pages.pages()


def test_every_rule_and_every_key_is_told() -> None:
    assert [rule for rule in RULES if f"| {rule} |" not in PAGES["reference/rules.md"]] == []
    settings = PAGES["reference/settings.md"]
    for key in ("out_of_hours", "emergency_number", "cover_shape", "review_due", "web", "for"):
        assert f"| `{key}`" in settings


@pytest.mark.parametrize("name", sorted(PAGES))
def test_links_between_pages_lead_somewhere(name: str) -> None:
    text = re.sub(r"(?s)```.*?```|`[^`]*`", "", PAGES[name])
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text):
        if "://" in target or target.startswith("mailto:"):
            continue
        place = (PROJECT / "docs" / name).parent / target
        known = place.resolve().relative_to(PROJECT / "docs").as_posix()
        assert known in PAGES or (PROJECT / "docs" / known).is_file(), target


def test_the_site_fetches_nothing_and_is_locked() -> None:
    settings = yaml.safe_load((PROJECT / "mkdocs.yml").read_text())
    assert settings["theme"]["font"] is False and settings["plugins"] == ["search"]
    lock = (PROJECT / "docs/requirements.lock").read_text()
    pinned = re.findall(r"(?m)^([a-z][\w.-]*)==\S+[^\n]*\\\n    --hash=sha256:", lock)
    assert "mkdocs-material" in pinned and "mkdocs" in pinned
    assert len(pinned) == len(re.findall(r"(?m)^[a-z][\w.-]*==", lock))
