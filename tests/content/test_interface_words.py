"""The words of templates: none is missing, stale, unused, or used without being there."""

import ast
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter

import pytest

from foldwell.content import interface_words
from foldwell.content.blocks import BLOCKS
from foldwell.content.interface_words import (
    LANGUAGES,
    SOURCE,
    Catalogue,
    Plural,
    catalogue_text,
    read_catalogue,
    shipped_catalogue,
    translated_lines,
)
from foldwell.content.locales import locale_of, right_to_left
from foldwell.errors import FoldwellError
from foldwell.shipped import templates_folder
from foldwell.typeset.fold_steps import FOLD_STEPS

PACKAGE = Path(__file__).resolve().parents[2] / "foldwell"
ENGLISH = shipped_catalogue(SOURCE)
OTHERS = [language for language in LANGUAGES if language != SOURCE]
KINDS = ("draft", "awaited", "expired", "unchecked", "withdrawn")
"""What the marks of a page are made for; code puts these before what they name."""


def used() -> set[str]:
    """The names of words that templates and code ask for."""
    names = {name.replace("-", "_") for name, row in BLOCKS.items() if row.titled}
    names |= {f"fold_step.{step}" for steps in FOLD_STEPS.values() for step in steps}
    names |= {f"{kind}_{part}" for kind in KINDS for part in ("note", "foot", "long")}
    names |= {"draft_mark", "expired_mark", "withdrawn_mark"}
    names |= {"superseded_mark", "superseded_long", "present_edition"}  # of the check page
    names |= {"print_sides_short", "print_sides_long"}
    for path in templates_folder().rglob("*.html"):
        names |= set(re.findall(r"(?<![\w.])t\.([a-z_]+)", path.read_text()))
    return names


def texts_in_code() -> set[str]:
    """Every text of the code, which may be the name of words."""
    return {
        node.value
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_no_words_are_asked_for_that_are_not_there() -> None:
    assert used() - {*ENGLISH.source} == {"direction", "signs"}  # as CLDR has them


def test_no_words_are_there_that_nobody_asks_for() -> None:
    asked = used() | texts_in_code()
    assert [n for n in ENGLISH.source if not {n, *n.split(".")[:1]} & asked] == []


@pytest.mark.parametrize("language", OTHERS)
def test_each_catalogue_is_whole_and_of_the_present_english(language: str) -> None:
    catalogue = shipped_catalogue(language)
    assert catalogue.source == ENGLISH.source
    assert catalogue.untranslated == ()
    for name, english in pairs(ENGLISH.words):
        for form in forms(at(catalogue.words, name)):
            values = {fields(text) for text in forms(english)}
            assert fields(form) in values, f"{name}: {form}"
            assert re.findall(r"\d+", form) == re.findall(r"\d+", forms(english)[-1]), name
    assert len(catalogue.words["quotes"].split("|")) == 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_plurals_are_as_many_as_the_language_has(language: str) -> None:
    hour = shipped_catalogue(language).words["hour"]
    kinds = {locale_of(language).plural_form(n) for n in range(200)}
    assert len({hour.rule(n) for n in range(200)}) == len(kinds) == len(list(hour))
    alike = {(hour.rule(n), locale_of(language).plural_form(n)) for n in range(200)}
    assert len(alike) == len(kinds)


@pytest.mark.parametrize("language", OTHERS)
def test_nobody_has_checked_what_nobody_has_checked(language: str) -> None:
    header = catalogue_text(language).partition("\n\n")[0]
    assert '"Checked-by: \\n"' in header
    assert not shipped_catalogue(language).checked


SIDES = {
    "ar": ("يسر|يسار", "يمن|يمين"), "fa": ("چپ", "راست"), "he": ("שמאל", "ימנ|ימינ|ימין"),
    "ur": ("بائیں", "دائیں"),
}  # fmt: skip
"""Left and right, as languages that are read from right to left say them."""


@pytest.mark.parametrize("language", [*filter(right_to_left, OTHERS)])
def test_folding_is_told_as_the_mirrored_sheet_folds(language: str) -> None:
    steps = shipped_catalogue(language).words["fold_step"]
    left, right = SIDES[language]
    for step in ("right_third", "right_quarter"):  # in English: the right part, to the left
        assert re.search(f"(?s)({left}).*({right})", steps[step]), step
    for step in ("z_left", "left_half"):
        assert re.search(f"(?s)({right}).*({left})", steps[step]), step
    for step in ("lay_title_left", "lay_title_corner", "left_third", "left_quarter"):
        assert re.search(right, steps[step]) and not re.search(left, steps[step]), step
    assert re.search(left, steps["z_right"])


def test_a_checker_is_read() -> None:
    text = catalogue_text(OTHERS[0]).replace("Checked-by: ", "Checked-by: Ana Ruiz", 1)
    assert read_catalogue(text, OTHERS[0]).checked_by == "Ana Ruiz"
    assert read_catalogue(text, OTHERS[0]).checked
    assert translated_lines(text) == translated_lines(catalogue_text(OTHERS[0]))


def test_english_prints_its_ids_and_counts() -> None:
    assert ENGLISH.words["contact"] == "Contact us"
    sources = ENGLISH.words["sources_count"]
    assert isinstance(sources, Plural)
    assert sources.format(1) == "1 source, with its link"
    assert sources.format(count=2) == "2 sources, with links"


def test_fuzzy_and_empty_words_do_not_count() -> None:
    text = (
        'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
        '#, fuzzy\nmsgctxt "a"\nmsgid "A"\nmsgstr "B"\n\nmsgctxt "b.c"\nmsgid "C"\nmsgstr "D"\n\n'
        'msgctxt "e"\nmsgid "E"\nmsgstr ""\n'
    )
    read = read_catalogue(text, "es")
    assert read.words == {"b": {"c": "D"}}
    assert read.untranslated == ("a", "e")


def test_what_is_no_catalogue_is_told_with_its_line() -> None:
    with pytest.raises(FoldwellError, match=r"templates/languages/es\.po:1: This is no catalogue"):
        read_catalogue('msgid "a"\nnonsense "b"\n', "es")


def pairs(words: Mapping[str, object], before: str = "") -> Iterator[tuple[str, object]]:
    for name, value in words.items():
        if isinstance(value, dict):
            yield from pairs(value, f"{before}{name}.")
        else:
            yield before + name, value


def at(words: object, name: str) -> object:
    for part in name.split("."):
        words = words[part]  # type: ignore[index]
    return words


def forms(value: object) -> list[str]:
    return [value] if isinstance(value, str) else list(value)  # type: ignore[call-overload]


def fields(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name)


def test_what_setting_up_puts_aside_says_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    texts = {language: catalogue_text(language) for language in ("en", "cy", "ar")}
    read = {language: told(read_catalogue(text, language)) for language, text in texts.items()}
    assert not [*tmp_path.iterdir()]  # builds put nothing there
    former = tmp_path / "share/foldwell/catalogue-former.json"
    former.parent.mkdir(parents=True)
    former.touch()
    interface_words.prepare()
    assert not former.exists() and len([*former.parent.iterdir()]) == len(LANGUAGES)
    with monkeypatch.context() as without_babel:
        without_babel.setattr(interface_words, "_messages", lambda *_: pytest.fail("it was read"))
        for language, text in texts.items():
            assert told(read_catalogue(text, language)) == read[language]
    # What was changed since is read anew, and so is what is torn.
    changed = texts["en"].replace('"Sources"', '"Origins"')
    assert told(read_catalogue(changed, "en")) != read["en"]
    for path in former.parent.iterdir():
        path.write_bytes(path.read_bytes()[:-40])
    assert told(read_catalogue(texts["ar"], "ar")) == read["ar"]


def told(catalogue: Catalogue) -> str:
    """All that a catalogue holds, with the form that each number takes."""
    rules = {
        tuple(plural.rule(count) for count in range(120))
        for plural in catalogue.words.values()
        if isinstance(plural, Plural)
    }
    assert len(rules) == 1
    return re.sub(r"rule=<[^>]*>", "", repr(catalogue)) + repr(rules)
