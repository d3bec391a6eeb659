"""A print shop's own profile: which may stand in a press file, and what becomes of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from foldwell.content.condition_facts import FOLDER, ConditionFacts, profile_problem
from foldwell.errors import FoldwellError
from foldwell.paper.conditions import CONDITIONS, REGISTRY, read_profile
from foldwell.press.finishing import read_srgb_profile

TEMPLATES = Path(__file__).parents[2] / "templates"
SOUND = read_profile(TEMPLATES, CONDITIONS["us-coated"])


@pytest.mark.parametrize("row", CONDITIONS.values(), ids=CONDITIONS)
def test_the_shipped_profiles_are_such_as_a_press_file_may_carry(row: object) -> None:
    assert profile_problem(read_profile(TEMPLATES, row)) == ""  # type: ignore[arg-type]


def changed(at: int, value: bytes) -> bytes:
    return SOUND[:at] + value + SOUND[at + len(value) :]


@pytest.mark.parametrize(
    ("profile", "problem"),
    [
        (b"", "is no ICC profile"),
        (SOUND[:131], "is no ICC profile"),
        (changed(36, b"abcd"), "is no ICC profile"),
        (SOUND[:-1], "is an ICC profile that is cut off, or has something after its end"),
        (SOUND + b"\0", "is an ICC profile that is cut off, or has something after its end"),
        (changed(8, b"\x05"), "is an ICC profile of version 5"),
        (changed(12, b"link"), "is an ICC profile of the class 'link', not an output profile"),
        (changed(16, b"RGB "), "is an ICC profile for RGB, not for CMYK"),
        (read_srgb_profile(TEMPLATES), "is an ICC profile of the class 'mntr'"),
        (SOUND.replace(b"B2A0", b"b2a0", 1), "is an ICC profile without its table B2A0"),
    ],
)
def test_what_is_wrong_with_a_profile(profile: bytes, problem: str) -> None:
    assert profile_problem(profile).startswith(problem)


def facts(**changes: object) -> ConditionFacts:
    return ConditionFacts.model_validate(
        {"identifier": "FOGRA51", "file": "shop.icc", "ink": (280, 310), **changes}
    )


def test_a_condition_of_a_project(tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir(parents=True)
    (tmp_path / FOLDER / "shop.icc").write_bytes(SOUND)
    made = facts().condition("our-printer", tmp_path)
    assert (made.name, made.identifier, made.info) == ("our-printer", "FOGRA51", "FOGRA51")
    assert (made.ink_warn, made.ink_error) == (2.8, 3.1)
    assert made.registry_name == REGISTRY
    assert read_profile(TEMPLATES, made) == SOUND
    assert "icc" not in repr(made).replace("shop.icc", "")  # its checksum stands for it
    assert made.digest in repr(made)


def test_a_profile_that_is_none_is_told_with_its_place(tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir(parents=True)
    (tmp_path / FOLDER / "shop.icc").write_bytes(b"words")
    with pytest.raises(FoldwellError, match=r"content/conditions/shop\.icc: This file is no ICC"):
        facts().condition("our-printer", tmp_path)
