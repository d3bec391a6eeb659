"""What nobody changed in a clinic's file is written as it was: digits, comments, further keys."""

from pathlib import Path

import pytest
from conftest import TODAY
from hypothesis import given
from hypothesis import strategies as some
from studio_client import Client, desk_of

from foldwell.content.library import read_library
from foldwell.studio.clinic_form import filled, values_of
from foldwell.studio.saving import mark
from foldwell.studio.yaml_document import opened

PATH = "content/clinics/riverside.yml"
WRITTEN = """\
# Ours
name: Riverside   # door
region: uk
brand: riverside
tags: [evening-clinic]
# main number
phone: 01134960143
fax: +441134960150
phones:
  # the first
  - label: Days     # on weekdays
    phone: +44 113 496 0142
    note: keep me
  # the night line
  - label: Nights
    phone: 01134960177   # answered by Sam
  # for both
  - label: 010
    phone: 01134960100
facts:
  Room: 010
  Fee: 1.50
  Since: 2024-02-30
  Open: yes
  Lift: true   # since spring
  # from the car park
  Code: 0x1F
# closing words
variables:
  code: 007
"""
COMMENTS = [line.partition("#")[2].strip() for line in WRITTEN.splitlines() if "#" in line]
SHOWN = values_of(opened(WRITTEN, PATH).tree)
DAYS, NIGHTS, OTHERS = SHOWN["phones"]


def comments(text: str) -> list[str]:
    return [line.partition("#")[2].strip() for line in text.splitlines() if "#" in line]


def test_digits_are_shown_as_they_are_written() -> None:
    assert SHOWN["phone"] == "01134960143" and SHOWN["fax"] == "+441134960150"
    assert SHOWN["phones"] == [("Days", "+44 113 496 0142"), ("Nights", "01134960177"),
                               ("010", "01134960100")]  # fmt: skip
    assert SHOWN["facts"] == [("Room", "010"), ("Fee", "1.50"), ("Since", "2024-02-30"),
                              ("Open", "yes"), ("Lift", "true"), ("Code", "0x1F")]  # fmt: skip


def test_another_fact_leaves_every_other_line_alone() -> None:
    text, changed = filled(WRITTEN, PATH, SHOWN | {"email": "us@example.org"})
    assert changed == ["email"]
    assert [line for line in text.splitlines() if "email" not in line] == WRITTEN.splitlines()


def test_a_row_that_changed_keeps_its_comments_and_further_keys() -> None:
    rows = [("Days", "0113 496 0188"), ("Night calls", NIGHTS[1]), OTHERS]
    text, changed = filled(WRITTEN, PATH, SHOWN | {"phones": rows})
    assert changed == ["phones"] and comments(text) == COMMENTS
    expected = WRITTEN.replace("+44 113 496 0142", "0113 496 0188")
    expected = expected.replace("label: Nights", "label: Night calls")
    assert text == expected


@pytest.mark.parametrize(
    ("rows", "gone"),
    [
        ([NIGHTS, OTHERS], {"on weekdays"}),
        ([DAYS, OTHERS], {"answered by Sam"}),
        ([DAYS, NIGHTS], set[str]()),
        ([DAYS, NIGHTS, OTHERS, ("Fax", "01134960111")], set[str]()),
        ([("First", "01134960111"), DAYS, NIGHTS, OTHERS], set[str]()),
        ([("Night calls", NIGHTS[1]), OTHERS], {"on weekdays"}),
    ],
)
def test_rows_come_and_go_without_those_of_others(
    rows: list[tuple[str, str]], gone: set[str]
) -> None:
    text, _ = filled(WRITTEN, PATH, SHOWN | {"phones": rows})
    assert values_of(opened(text, PATH).tree)["phones"] == rows
    assert comments(text) == [one for one in COMMENTS if one not in gone]
    assert ("note: keep me" in text) == (DAYS in rows)
    assert values_of(opened(text, PATH).tree) == SHOWN | {"phones": rows}


def test_a_fact_that_goes_leaves_the_comment_of_the_next() -> None:
    text, _ = filled(WRITTEN, PATH, SHOWN | {"facts": SHOWN["facts"][:4] + SHOWN["facts"][5:]})
    assert comments(text) == [one for one in COMMENTS if one != "since spring"]
    text, _ = filled(WRITTEN, PATH, SHOWN | {"tags": ""})
    assert text == WRITTEN.replace("tags: [evening-clinic]\n", "")


def test_a_label_that_changed_keeps_its_line() -> None:
    facts = [(label.replace("Lift", "Lifts"), text) for label, text in SHOWN["facts"]]
    text, _ = filled(WRITTEN, PATH, SHOWN | {"facts": facts})
    assert text == WRITTEN.replace("Lift: true   #", "Lifts: true  #")


WORD = some.sampled_from(
    ["010", "+44 113", "1.50", "yes", "true", "null", "~", "1e5", "# no", "a: b", "- x", "'", '"',
     "2024-01-01", "{{ x }}", "Ünï", "*star", "&and", "!tag", "0o7", "Days", "Nights", "12:30"]
)  # fmt: skip
ROWS = some.lists(some.tuples(WORD, WORD), max_size=5)


@given(phones=ROWS, facts=some.lists(some.tuples(WORD, WORD), max_size=5, unique_by=lambda r: r[0]))
def test_what_is_filled_in_is_what_is_read(
    phones: list[tuple[str, str]], facts: list[tuple[str, str]]
) -> None:
    wanted = SHOWN | {"phones": phones, "facts": facts}
    text, _ = filled(WRITTEN, PATH, wanted)
    assert values_of(opened(text, PATH).tree) | {"facts": None} == wanted | {"facts": None}
    assert sorted(values_of(opened(text, PATH).tree)["facts"]) == sorted(facts)
    for comment in ("Ours", "door", "main number", "closing words"):
        assert comment in comments(text)
    assert "  code: 007\n" in text


def test_a_phone_with_a_zero_before_it_survives_a_save(project: Path) -> None:
    before = (project / PATH).read_text()
    told = before.replace("0113 496 0142", "01134960142") + "facts:\n  Room: 010\n  Fee: 1.50\n"
    (project / PATH).write_text(told)
    client = Client(desk_of(project))
    page = client.get("/clinic/riverside").text
    assert 'value="01134960142"' in page and 'value="010"' in page and 'value="1.50"' in page
    values = values_of(opened(told, PATH).tree)
    form: dict[str, object] = {k: v for k, v in values.items() if isinstance(v, str)}
    form |= {"facts.0": ["Room", "Fee"], "facts.1": ["010", "1.50"], "fax": "0113 496 0150"}
    form["seen"] = mark(told.encode())
    assert client.post("/clinic/riverside", form).status == 303
    clinic = read_library(project, TODAY).clinics["riverside"]
    assert str(clinic.phone) == "0113 496 0142" and clinic.facts == {"Room": "010", "Fee": "1.50"}
    assert "phone: 01134960142\n" in (project / PATH).read_text()
    assert "  Room: 010\n  Fee: 1.50\n" in (project / PATH).read_text()


def test_a_day_that_there_is_not_is_no_error_of_the_studio(project: Path) -> None:
    (project / PATH).write_text((project / PATH).read_text() + "facts:\n  Since: 2024-13-45\n")
    assert 'value="2024-13-45"' in Client(desk_of(project)).get("/clinic/riverside").text
