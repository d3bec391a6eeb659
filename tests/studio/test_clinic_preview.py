"""A clinic that is not saved yet, on the pages of its leaflets; and what of them it marks."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from studio_client import Client, desk_of

from foldwell.studio.clinic_form import values_of
from foldwell.studio.yaml_document import opened

CLINIC = "content/clinics/riverside.yml"


@pytest.fixture
def client(project: Path) -> Iterator[Client]:
    source = project / "content/leaflets/sleep/en.md"
    source.write_text(source.read_text() + "\n/// contact | Talk to us\n///\n")
    desk = desk_of(project)
    yield Client(desk)
    desk.close()


def form(client: Client, **facts: object) -> dict[str, object]:
    values = values_of(opened((client.desk.root / CLINIC).read_text(), CLINIC).tree)
    lines = {name: value for name, value in values.items() if isinstance(value, str)}
    return {**lines, "leaflet": "sleep", "language": "en", "page": "1", "number": "1", **facts}


def test_a_changed_phone_is_marked_where_it_prints(client: Client) -> None:
    import json

    before = (client.desk.root / CLINIC).read_bytes()
    place, script = "/clinic/riverside/pages", {"accept": "application/json"}
    told = json.loads(client.post(place, form(client, phone="01134960188"), script).text)
    assert told["many"] == len(told["pages"]) == 1
    (page,) = told["pages"]
    assert page["marks"] and all(0 <= part <= 1 for box in page["marks"] for part in box)
    assert client.get(page["address"]).body.startswith(b"\x89PNG")
    same = json.loads(client.post(place, form(client, number="2"), script).text)
    assert same["many"] == 0 and len(same["pages"]) == 1
    wrong = json.loads(client.post(place, form(client, phone="01", number="3"), script).text)
    assert wrong["pages"] == []
    old = json.loads(client.post(place, form(client, phone="01134960188"), script).text)
    assert old == {"overtaken": True}
    assert (client.desk.root / CLINIC).read_bytes() == before
    assert client.post(place, form(client, leaflet="none")).status == 404


@pytest.mark.parametrize("name", ["hills", "rays", "rings", "none"])
def test_shapes_are_drawn_in_a_colour(name: str, client: Client) -> None:
    svg = client.get(f"/shape/{name}?colour=%230f5c73").text
    assert svg.startswith("<svg") and svg.count("#0f5c73") == 1
    assert (svg.count("fill=") > 1) is (name != "none")


@pytest.mark.parametrize("place", ["/shape/stars?colour=red", "/shape/hills",
                                   '/shape/hills?colour="/><script>'])  # fmt: skip
def test_nothing_else_is_drawn(place: str, client: Client) -> None:
    assert client.get(place).status == 404
