import pytest

from foldwell.afar.installation import MISSING, STAMP, describe, differences

OURS = {"Python": "3.11", "Pango": "1.50.12", "weasyprint": "70.0", STAMP: "abc"}


def test_it_knows_the_versions_that_shape_a_file() -> None:
    facts = describe("abc")
    assert {"Python", "Foldwell", "weasyprint", "Pango", "HarfBuzz", "zlib"} <= facts.keys()
    assert MISSING not in facts.values()
    assert facts[STAMP] == "abc"


@pytest.mark.parametrize(
    ("theirs", "told"),
    [
        ({}, []),
        ({"Pango": "1.50.6"}, ["Pango is 1.50.6 there and 1.50.12 here"]),
        ({"Python": "3.12", STAMP: "x"}, ["Python is 3.12 there and 3.11 here"]),
        (
            {STAMP: "x"},
            [
                "its code, its fonts, a system library or the way it was installed is another"
                " there than here"
            ],
        ),
        ({"more": "1"}, []),
    ],
)
def test_what_differs_is_named(theirs: dict[str, str], told: list[str]) -> None:
    assert differences(OURS, OURS | theirs) == told


def test_what_is_missing_there_differs() -> None:
    assert differences(OURS, {}) == [
        f"{n} is missing there and {OURS[n]} here" for n in OURS if n != STAMP
    ]
