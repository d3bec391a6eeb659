"""A region says in another language only what was made from its present words."""

from pathlib import Path

import pytest
from conftest import TODAY, project_messages

from foldwell.build.job import Selection
from foldwell.build.plan import make_plan
from foldwell.content.library import read_library
from foldwell.content.region_words import words_of_line, words_of_text

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
      crisis: {{note: gratis, of: {line}}}
    words: {{gray: {{text: gris, of: {word}}}}}
"""


def region(root: Path, law: str = LAW, spanish: str = "Llame al 999 ya.") -> None:
    path = root / "content/regions/uk.yml"
    of, word = words_of_text(LAW, {}), words_of_text("grey", {})
    line = words_of_line("Samaritans", "free")
    said = REGION.format(law=law, spanish=spanish, of=of, line=line, word=word)
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


def test_a_word_that_was_made_from_another_does_not_count(project: Path) -> None:
    region(project)
    path = project / "content/regions/uk.yml"
    path.write_text(path.read_text().replace("words: {gray: grey}", "words: {gray: ashen}"))
    own = read_library(project, TODAY).regions["uk"]
    assert own.words == {"gray": "ashen"}
    assert own.in_language("es").words == {}


def test_what_is_in_no_language_is_left_out(project: Path) -> None:
    region(project)
    spoken = read_library(project, TODAY).regions["uk"].in_language("fr")
    assert (spoken.laws, spoken.words, spoken.lines["crisis"].note) == ({}, {}, None)


def test_what_is_not_said_names_the_line_to_add(project: Path) -> None:
    region(project)
    own = read_library(project, TODAY).regions["uk"]
    path = "content/regions/uk.yml"
    missing = own.in_language("fr").within("wales").untold("laws.sale", path)
    assert missing is not None and str(missing).startswith(
        "The leaflet prints 'region.laws.sale', whose present words are not translated into 'fr'."
        f" Add it under 'languages', 'fr', 'laws', 'sale' in {path}, with 'of: "
    )
    assert own.in_language("es").untold("laws.sale", path) is None
    assert own.untold("laws.sale", path) is None


def test_other_numbers_are_refused(project: Path) -> None:
    region(project, spanish="Llame al 888 ya.")
    assert any("other numbers in 'es'" in line for line in project_messages(project))


AMOUNTS = """
name: United Kingdom
paper: a4
country: GB
emergency_number: 999
nations: [wales]
texts:
  dose: {text: Take 1.5 mg., nations: {wales: Take 2.5 mg.}, written: 2026-01-01}
lines:
  crisis: {name: Samaritans, phone: 116 123, note: open 24 hours}
languages:
  es:
    texts:
      dose: {text: 'Tome 1,5 mg.', of: OF_DOSE, nations: {wales: Tome 2.5 mg.}}
    lines:
      crisis: {name: Samaritans 116 123, note: abierto 24 horas, of: OF_LINE}
"""


def amounts(root: Path) -> Path:
    path = root / "content/regions/uk.yml"
    dose = words_of_text("Take 1.5 mg.", {"wales": "Take 2.5 mg."})
    said = AMOUNTS.replace("OF_DOSE", dose)
    path.write_text(said.replace("OF_LINE", words_of_line("Samaritans", "open 24 hours")).lstrip())
    return path


def test_amounts_are_those_of_the_source_as_languages_write_them(project: Path) -> None:
    amounts(project)
    assert read_library(project, TODAY).broken == {}
    spoken = read_library(project, TODAY).regions["uk"].in_language("es")
    assert spoken.within("wales").texts["dose"].text == "Tome 2.5 mg."
    assert spoken.lines["crisis"].note == "abierto 24 horas"


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        ("Tome 1,5 mg", "Tome 5,1 mg", "dose"),
        ("Tome 1,5 mg", "Tome 1,5 g", "dose"),
        ("Tome 1,5 mg", "Tome 15 mg", "dose"),
        ("Tome 2.5 mg", "Tome 5.2 mg", "dose"),
        ("abierto 24", "abierto 42", "crisis"),
        ("Samaritans 116 123, note: abierto", "Samaritans 116 132, note: abierto", "crisis"),
    ],
)
def test_other_amounts_are_refused_wherever_they_stand(
    project: Path, old: str, new: str, name: str
) -> None:
    path = amounts(project)
    text = path.read_text()
    assert text.count(old) == 1
    path.write_text(text.replace(old, new))
    (error,) = read_library(project, TODAY).broken["content/regions/uk.yml"]
    assert f"'{name}' has other numbers in 'es' than here" in str(error)


@pytest.mark.parametrize(
    ("old", "new"), [("note: free", "note: costs a little"), ("of: OF", "of: AAAA-AAAA")]
)
def test_a_line_of_other_words_does_not_count(project: Path, old: str, new: str) -> None:
    region(project)
    path = project / "content/regions/uk.yml"
    text = path.read_text().replace(words_of_line("Samaritans", "free"), "OF")
    assert text.count(old) == 1
    text = text.replace(old, new).replace("of: OF}", f"of: {words_of_line('Samaritans', 'free')}}}")
    path.write_text(text)
    assert read_library(project, TODAY).regions["uk"].in_language("es").lines["crisis"].note is None


@pytest.mark.parametrize("told", [True, False])
def test_a_note_that_is_left_out_is_told(project: Path, told: bool) -> None:
    region(project)
    path = project / "content/regions/uk.yml"
    if told:
        path.write_text(path.read_text().replace("note: free", "note: costs a little"))
    leaflet = project / "content/leaflets/sleep/en.md"
    text = f"{leaflet.read_text()}\n/// contact | Call\n///\n"
    leaflet.rename(leaflet.with_name("es.md")).write_text(text)
    plan = make_plan(read_library(project, TODAY), Selection(), TODAY)
    assert plan.jobs
    lines = [line for line in plan.tidied if " F9 " in line]
    assert len(lines) == told
    if told:
        assert "The help line 'crisis' stands in 'es' as it is called here" in lines[0]
        assert f"'of: {words_of_line('Samaritans', 'costs a little')}'" in lines[0]


@pytest.mark.parametrize(("text", "nations"), [("b", {}), ("a", {"wales": "b"})])
def test_the_hash_is_of_all_words(text: str, nations: dict[str, str]) -> None:
    assert words_of_text(text, nations) != words_of_text("a", {})
