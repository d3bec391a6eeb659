"""What the rules say, and that they could not be asked, which is not the same as nothing."""

from pathlib import Path

from studio_client import Client, desk_of

LEAFLET = "content/leaflets/sleep/en.md"


def test_rules_that_could_not_be_asked_find_not_nothing(project: Path) -> None:
    client = Client(desk_of(project))
    (project / "content/words.yml").write_text("en: [\n")
    page = client.get("/leaflet/sleep/en").text
    assert "The rules find nothing." not in page
    kind = 'data-line="" data-tone="error" data-rule=""'
    assert f'<li class="error" {kind} data-text="The rules could not' in page
    assert "content/words.yml:" in page
    told = client.get("/findings").text  # which the script of the first page asks
    assert '"wrong":["content/words.yml:' in told
    home = client.get("/").text
    assert "The rules of words could not be asked" in home and "content/words.yml:" in home
    (project / "content/words.yml").unlink()
    assert '"wrong":[]' in client.get("/findings").text
    assert 'id="wrong" hidden' in client.get("/").text


def test_without_a_clinic_they_are_not_asked(project: Path) -> None:
    (project / "content/clinics/riverside.yml").unlink()
    client = Client(desk_of(project))
    page = client.get("/leaflet/sleep/en").text
    assert "There is no clinic to check for." in page and "The rules find nothing." not in page
