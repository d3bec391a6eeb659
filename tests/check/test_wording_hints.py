"""Proposals stand beside the sentences that read hard, and the leaflet stays as it is."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import BASE
from test_wording import reading

from foldwell.check.wording_hints import hints
from foldwell.cli import cli
from foldwell.content.library import Library

LONG = (
    "Take one tablet with a glass of water when you go to bed at night, because it makes you sleepy"
    " and slow for a while."
)


def proposed(library: Library, text: str, language: str = "en") -> list[str]:
    return [p for hint in hints(reading(library, text, language=language)) for p in hint.proposals]


def test_a_long_sentence_could_end_where_it_breathes(library: Library) -> None:
    (hint,) = hints(reading(library, f"Rest.\n\n{LONG}"))
    assert (hint.line, hint.sentence) == (3, LONG)
    assert hint.proposals[0] == (
        "25 words; make two sentences of it: it could end after “… to bed at night”"
    )
    without = LONG.replace(", because it", ". It").replace(" and slow", ", slow")
    assert proposed(library, without) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("It can cause oedema.", "“oedema”: swelling"),
        ("Do not call him an addict.", "“addict”: person with an addiction"),
        ("Don’t drive.", "“Don’t”: Do not"),
        ("You can't drive.", "“can't”: cannot"),
        ("You won't sleep.", "“won't”: will not"),
    ],
)
def test_a_word_has_a_plainer_one(text: str, said: str, library: Library) -> None:
    assert said in proposed(library, text)


def test_hard_words_of_hard_sentences_are_named_but_no_names_and_terms(library: Library) -> None:
    text = "Your physiotherapist may recommend regular activity in Northern Ireland."
    (only,) = proposed(library, text)
    assert only.endswith(
        "by Flesch–Kincaid; is there a shorter word for “physiotherapist”, “recommend”, “regular”,"
        " “activity”?"
    )
    assert proposed(library, "a physiotherapist, regular activity") == []  # an item of a list
    assert proposed(library, "We use methadone or buprenorphine here.") == []  # explained terms
    assert proposed(library, "Go to bed at the same time each day.") == []


def test_a_language_without_lists_and_formula_has_lengths_only(library: Library) -> None:
    assert proposed(library, LONG, "xx") == [
        "25 words; make two sentences of it: it could end after “… to bed at night”"
    ]


def test_as_somebody_types_it(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOLDWELL_PROJECT", str(project))
    path = project / "content/leaflets/sleep/en.md"
    path.write_text(f"{path.read_text()}\nYou can get oedema of the feet when you sit for long.\n")
    before = path.read_bytes()

    def run(*words: str) -> str:
        return CliRunner().invoke(cli, ["check", *words], standalone_mode=False).output

    assert " | - “oedema”: swelling\n" in run("--hints")
    assert '"proposals": [\n' in run("--hints", "--json")
    page = run("--hints", "--form", "html")
    assert "<p>“oedema”: swelling</p>" in page and "for the author to decide" in page
    assert " | - " not in run() and "for the author to decide" not in run("--form", "html")
    assert path.read_bytes() == before and (BASE / "content/leaflets/sleep/en.md").exists()
