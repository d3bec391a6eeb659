"""A region says in another language only what was made from its present words."""

from pathlib import Path

import pytest
from conftest import TODAY, project_messages

from foldwell.content.library import read_library
from foldwell.content.region_words import words_of_text

LAW = "Call 999 at once."
REGION = """
name: United Kingdom
paper: a4
country: GB
emergency_number: 999
laws:
  sale: {{text: {law}, written: 2026-01-01}}
lines:
  crisis: {{name: Samaritans, phone: 116 123, note: free}}
words: {{gray: grey}}
languages:
  es:
    laws:
      sale: {{text: {spanish}, of: {of}}}
    lines:
      crisis: {{note: gratis}}
    words: {{gray: gris}}
"""


def region(root: Path, law: str = LAW, spanish: str = "Llame al 999 ya.") -> None:
    path = root / "content/regions/uk.yml"
    said = REGION.format(law=law, spanish=spanish, of=words_of_text(LAW, {}))
    path.write_text(said.lstrip())


def test_its_texts_in_another_language(project: Path) -> None:
    region(project)
    own = read_library(project, TODAY).regions["uk"]
    spoken = own.in_language("es")
    assert spoken.laws["sale"].text == "Llame al 999 ya."
    assert spoken.lines["crisis"].note == "gratis"
    assert spoken.lines["crisis"].phone == own.lines["crisis"].phone
    assert spoken.words == {"gray": "gris"}
    assert own.laws["sale"].text == LAW


def test_what_was_made_from_other_words_does_not_count(project: Path) -> None:
    region(project, law="Call 999 now.")
    assert read_library(project, TODAY).regions["uk"].in_language("es").laws == {}


def test_what_is_in_no_language_is_left_out(project: Path) -> None:
    region(project)
    spoken = read_library(project, TODAY).regions["uk"].in_language("fr")
    assert (spoken.laws, spoken.words, spoken.lines["crisis"].note) == ({}, {}, None)


def test_other_numbers_are_refused(project: Path) -> None:
    region(project, spanish="Llame al 888 ya.")
    assert any("other numbers in 'es'" in line for line in project_messages(project))


@pytest.mark.parametrize(("text", "nations"), [("b", {}), ("a", {"wales": "b"})])
def test_the_hash_is_of_all_words(text: str, nations: dict[str, str]) -> None:
    assert words_of_text(text, nations) != words_of_text("a", {})
