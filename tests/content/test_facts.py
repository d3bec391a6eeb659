import pickle

import pytest
from pydantic import TypeAdapter, ValidationError

from foldwell.content.facts import Address, Email, Hours, Opening, Phone, Text, WebAddress
from foldwell.content.yaml_text import read_yaml


def read(kind: type, value: object, country: str = "GB") -> Text:
    fact: Text = TypeAdapter(kind).validate_python(value, context=country)
    return fact


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        (Phone, ["999", "+44 113 496 0142", "116 123"], ["9", "call", "", "0113 49"]),
        (Email, ["a.b@example.org"], ["a@b", "a b@example.org", "a@example.org>"]),
        (
            WebAddress,
            ["example.org/a-b"],
            ["javascript:alert(1)", "ftp://example.org", "x y.org", "word"],
        ),
        (Text, ["Café 5 mg", "a\nb"], ["", " \n", "a\u200bb", "a\u202eb", "\x1b", "\ufeff", 5]),
        (
            Address,
            [("1 Road",), ("a",) * 6, "1 Road"],
            [(), ("a",) * 7, "a,b,c,d,e,f,g", "", ("",)],
        ),
    ],
)
def test_what_a_fact_may_be(kind: type, good: list[object], bad: list[object]) -> None:
    for value in good:
        assert isinstance(read(kind, value), kind)
    for value in bad:
        with pytest.raises(ValidationError):
            read(kind, value)


def test_a_phone_is_printed_the_local_way_and_dialled_from_anywhere() -> None:
    phone = read(Phone, "01134960142")
    assert phone == "0113 496 0142"
    assert phone.html == (
        '<a class="fact fact-phone" href="tel:+441134960142"><bdi>0113 496 0142</bdi></a>'
    )


def test_where_facts_lead() -> None:
    assert read(Email, "a@example.org").href == "mailto:a@example.org"
    assert read(WebAddress, "https://example.org/a").href == "https://example.org/a"
    assert read(WebAddress, "https://example.org/a") == "example.org/a"
    assert Text("words").href == ""
    plain = read(WebAddress, "http://WWW.Example.org/?utm_source=a&utm_medium=b")
    assert (plain, plain.href) == ("www.example.org", "http://www.example.org")
    assert read(WebAddress, "HTTPS://Example.org/a?x=1#b") == "example.org/a?x=1#b"
    assert read(WebAddress, "www.example.org/#contact").href == "https://www.example.org/#contact"
    assert read(WebAddress, "example.org/#") == "example.org"
    assert read(WebAddress, "example.org/a?id=1&fbclid=2") == "example.org/a?id=1"
    assert read(Email, "mailto:Ann@Example.ORG") == "Ann@example.org"
    assert read(Email, "Ann at the desk <ann@example.org>") == "ann@example.org"


def test_marks_of_html_are_words() -> None:
    assert Text('<A & "B">').html == "<bdi>&lt;A &amp; &quot;B&quot;&gt;</bdi>"
    assert Phone('"><b>').html.count("<") == 4


def test_facts_of_several_lines_in_a_sentence() -> None:
    # As a whole, so that the number of a house stays with its street in a line of Arabic.
    assert Address([Text("1 Road"), Text("Town")]).html == "<bdi>1 Road, Town</bdi>"
    assert str(Address([Text("1 Road"), Text("Town")])) == "1 Road, Town"
    mixed = Address([Text("شارع 1"), Text("Town")])
    assert mixed.html == "<bdi>شارع 1</bdi>, <bdi>Town</bdi>"
    row = Opening.model_validate({"days": "Monday", "time": "8am to 6pm"})
    assert Hours([row, row]).html == "; ".join(["<bdi>Monday</bdi>: <bdi>8am to 6pm</bdi>"] * 2)
    assert str(Hours([row, row])) == "Monday: 8am to 6pm; Monday: 8am to 6pm"


def test_a_fact_travels_between_processes() -> None:
    phone = read(Phone, "0113 496 0142 x2")
    again = pickle.loads(pickle.dumps(phone))
    assert (type(again), again, again.href) == (Phone, phone, phone.href)


@pytest.mark.parametrize("written", ["01134960100", "02134", "07:00", "1.50", "0113 496 0100"])
def test_digits_without_quotes_are_the_text_that_was_written(written: str) -> None:
    value = read_yaml(f"a: {written}", "a.yml").value["a"]
    assert read(Text, value) == written
