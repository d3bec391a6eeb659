"""Leaflets go to translators' programs as units, and come back whole or not at all."""

import re
import shutil
from pathlib import Path

import pytest
from two_languages import DAY, SOURCE, body_of, change, english, spanish, translate

from foldwell.build.translation_return import bring_in
from foldwell.build.translation_units import as_po, as_xliff, read_units, units_of
from foldwell.content.library import read_library
from foldwell.content.section_items import items
from foldwell.content.sections import sections
from foldwell.errors import FoldwellError, Mistakes

WHO = ("Ana Ruiz", DAY)


@pytest.fixture
def translated(project: Path) -> Path:
    """The sound project with a leaflet in two languages."""
    return translate(project)


def bring(root: Path, po: str) -> str:
    read = read_units(po.encode(), "sleep-es.po")
    return bring_in(root, read_library(root, DAY), "sleep", "es", read, WHO)


def exported(root: Path) -> str:
    return as_po(units_of(root, read_library(root, DAY), "sleep", "es"), "sleep", "es").decode()


def tree(root: Path) -> list[list[tuple[str, str]]]:
    leaflet = read_library(root, DAY).leaflets["sleep"]["es"]
    return [[(item.kind, item.text) for item in items(part)] for part in sections(leaflet)]


def test_out_and_in_again_is_the_same_tree(translated: Path) -> None:
    before, po = tree(translated), exported(translated)
    assert 'msgctxt "1.2"' in po
    assert 'msgstr "**Levántese** a la misma hora' in po
    spanish(translated).unlink()
    bring(translated, po)
    assert tree(translated) == before
    assert exported(translated) == po


def test_translated_by_a_script(project: Path) -> None:
    body_of(english(project), SOURCE)
    words = re.compile(r"(?<![\w.{@:-])[A-Za-z]{3,}(?![\w.}:-])")
    said = {"mg": "mg", "ml": "ml", "lee": "lee"}
    po = re.sub(
        r'msgid "(.+)"\nmsgstr ""',
        lambda m: f'msgid "{m[1]}"\nmsgstr "'
        + words.sub(lambda w: said.get(w[0], w[0] + "o"), m[1]) + '"',
        exported(project),
    )  # fmt: skip
    bring(project, po)
    assert read_library(project, DAY).broken == {}
    assert "**Geto upo** ato" in re.sub(r"\b(up|at)\b", r"\1o", spanish(project).read_text())


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("Nunca tome más de 4 mg", "Nunca tome más de 8 mg", "Unit 2.2: .*number 8 is not"),
        ("Llame al {{ clinic.phone }}", "Llame al teléfono", "Unit 1.4: .*fact clinic.phone"),
        ("**Nunca tome más de 4 mg**", "Nunca tome más de 4 mg", "Unit 2.2: .*a bold passage"),
        ('msgstr "Beba 200 ml de agua."', 'msgstr ""', "Unit 1.3: it is not translated"),
        ('msgstr "Beba', 'msgstr "## Beba', "Unit 1.3: it holds a line or a mark"),
        ('msgstr "Beba', 'msgstr "/// warning | Beba', "Unit 1.3: it holds a line or a mark"),
        ('msgstr "Beba', 'msgstr "<b>Beba</b>', "^Unit 1.3: .*a bold passage is not"),
        ('msgstr "Beba', 'msgstr "<i x>Beba', "^Unit 1.3: HTML is not used"),
        ('msgstr "Beba', 'msgstr "{% if %} Beba', "^Unit 1.3: .*template statement"),
        ('msgid "Drink', 'msgid "Drank', "Unit 1.3: the source has changed since the export"),
        ('msgctxt "1.3"', 'msgctxt "9.9"', "Unit 9.9: the leaflet has no such unit"),
        ('msgctxt "1.3"', 'msgctxt "9.9"', "Unit 1.3: it is missing"),
        ('msgstr "Dormir bien"', 'msgstr "Dormir: [bien"', "es.md"),
    ],
)
def test_what_is_broken_is_refused_with_its_unit(
    translated: Path, old: str, new: str, what: str
) -> None:
    before, po = spanish(translated).read_bytes(), exported(translated)
    assert po.count(old) == 1
    if what == "es.md":  # sound, and yet another title
        bring(translated, po.replace(old, new))
        assert read_library(translated, DAY).broken == {}
        return
    with pytest.raises(Mistakes, match=what):
        bring(translated, po.replace(old, new))
    assert spanish(translated).read_bytes() == before


def test_what_is_refused_leaves_no_file_behind(translated: Path) -> None:
    po = exported(translated)
    spanish(translated).unlink()
    before = sorted(spanish(translated).parent.iterdir())
    with pytest.raises(Mistakes, match=r"Unit 1\.3: HTML"):
        bring(translated, po.replace('msgstr "Beba', 'msgstr "<i x>Beba'))
    assert sorted(spanish(translated).parent.iterdir()) == before


def test_what_is_no_po_file_is_refused() -> None:
    with pytest.raises(FoldwellError, match=r"sleep-es\.po: This is no PO file"):
        read_units(b'nonsense "a"\n', "sleep-es.po")


def test_an_old_export_does_not_come_in(translated: Path) -> None:
    po = exported(translated)
    change(english(translated), "of water", "of warm water")
    with pytest.raises(Mistakes, match=r"Unit 1\.3: the source has changed"):
        bring(translated, po)


def test_xliff_is_the_same_tree_too(translated: Path) -> None:
    before = tree(translated)
    file = as_xliff(units_of(translated, read_library(translated, DAY), "sleep", "es"), "es")
    assert read_units(file, "a.xlf") == read_units(exported(translated).encode(), "a.po")
    spanish(translated).unlink()
    read = read_units(file, "a.xlf")
    bring_in(translated, read_library(translated, DAY), "sleep", "es", read, WHO)
    assert tree(translated) == before


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        (b"Nunca tome", b"<mrk id='1'>Nunca</mrk> tome", r"Unit 2\.2: it holds markup"),
        (b"<xliff ", b"<!DOCTYPE a []><xliff ", "declares what XLIFF has no use for"),
        (b"</xliff>", b"", "This is no XLIFF 2 file"),
    ],
)
def test_what_is_broken_in_xliff_is_refused(
    translated: Path, old: bytes, new: bytes, what: str
) -> None:
    file = as_xliff(units_of(translated, read_library(translated, DAY), "sleep", "es"), "es")
    assert old in file
    with pytest.raises(FoldwellError, match=what):
        read_units(file.replace(old, new), "sleep-es.xlf")


def test_what_another_leaflet_says_is_proposed_and_never_taken_in_silence(translated: Path) -> None:
    shutil.copytree(translated / "content/leaflets/sleep", translated / "content/leaflets/rest")
    for name in ("es.md", "es.source.txt"):
        (translated / "content/leaflets/rest" / name).unlink()
    library = read_library(translated, DAY)
    told = units_of(translated, library, "rest", "es")
    assert {unit.key: unit.proposal for unit in told}["1.3"] == "Beba 200 ml de agua."
    po = as_po(told, "rest", "es")
    assert b'#, fuzzy\nmsgctxt "1.3"' in po
    assert read_units(po, "rest.po")["1.3"] == ("Drink 200 ml of water.", "")
    xliff = as_xliff(told, "es")
    assert "Another leaflet says: Beba 200 ml de agua." in xliff.decode()
    assert read_units(xliff, "rest.xlf")["1.3"] == ("Drink 200 ml of water.", "")


@pytest.mark.parametrize("kind", ["po", "xlf"])
def test_what_was_made_from_older_words_is_proposed_and_never_taken_in_silence(
    translated: Path, kind: str
) -> None:
    change(english(translated), "**Never take more", "**You can take more")
    change(english(translated), "## Good habits", "## Naps\n\nShort ones.\n\n## Good habits")
    change(english(translated), "title: Sleep well", "title: Sleep badly")
    told = units_of(translated, read_library(translated, DAY), "sleep", "es")
    by_key = {unit.key: unit for unit in told}
    old = "**Nunca tome más de 4 mg** en 24 horas."
    assert (by_key["3.2"].target, by_key["3.2"].proposal) == ("", old)
    assert (by_key["facts.title"].target, by_key["facts.title"].proposal) == ("", "Dormir bien")
    assert (by_key["1.2"].target, by_key["1.2"].proposal) == ("", "")
    assert by_key["2.3"].target == "Beba 200 ml de agua."  # its section stands elsewhere, unchanged
    assert by_key["4.4"].target == "Dé 1.000 pasos."
    before = spanish(translated).read_bytes()
    out = as_po(told, "sleep", "es") if kind == "po" else as_xliff(told, "es")
    assert b"This translation says, perhaps of other words: " in out
    read = read_units(out, f"sleep-es.{kind}")
    with pytest.raises(Mistakes, match=r"Unit 3\.2: it is not translated"):
        bring_in(translated, read_library(translated, DAY), "sleep", "es", read, WHO)
    assert spanish(translated).read_bytes() == before


def test_what_nobody_pinned_is_no_target(translated: Path) -> None:
    text = spanish(translated).read_text()
    front = text.split("---")[1]
    spanish(translated).write_text(text.replace(front[front.index("translation:") :], ""))
    told = units_of(translated, read_library(translated, DAY), "sleep", "es")
    assert not [unit.key for unit in told if unit.target]
    assert {unit.key: unit.proposal for unit in told}["1.3"] == "Beba 200 ml de agua."


def test_what_is_built_otherwise_is_no_target(translated: Path) -> None:
    change(spanish(translated), "1. Beba 200 ml de agua.\n2. Llame", "1. Llame")
    told = {unit.key: unit for unit in units_of(
        translated, read_library(translated, DAY), "sleep", "es")}  # fmt: skip
    assert told["1.3"].target == ""
    assert told["2.2"].target
