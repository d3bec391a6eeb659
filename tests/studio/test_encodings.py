"""A file that is not UTF-8 is shown as a build reads it, and never saved with a lost letter."""

from pathlib import Path

from studio_client import Client, desk_of

from foldwell.studio.saving import NOT_UTF8, mark

LEAFLET = "content/leaflets/sleep/en.md"
CLINIC = "content/clinics/riverside.yml"
BRAND = "content/brands/riverside/brand.yml"


def old(path: Path, *changes: tuple[str, str]) -> bytes:
    """The file as an old editor saves it: in Windows-1252, with a letter that is not ASCII."""
    text = path.read_text()
    for one, other in changes:
        assert one in text
        text = text.replace(one, other)
    path.write_bytes(text.encode("cp1252"))
    return path.read_bytes()


def test_a_leaflet(project: Path) -> None:
    content = old(project / LEAFLET, ("Get up at the same time each day.\n", "Café – fünf.\n"))
    client = Client(desk_of(project))
    page = client.get("/leaflet/sleep/en").text
    assert "Café – fünf." in page and "\ufffd" not in page
    assert NOT_UTF8 in page and " readonly>" in page
    answer = client.post("/leaflet/sleep/en", {"text": "x", "seen": mark(content)})
    assert answer.status == 422 and NOT_UTF8 in answer.text
    assert (project / LEAFLET).read_bytes() == content


def test_a_clinic(project: Path) -> None:
    content = old(project / CLINIC, ("Riverside Clinic", "Clínica – Río"))
    client = Client(desk_of(project))
    page = client.get("/clinic/riverside").text
    assert 'value="Clínica – Río"' in page and "\ufffd" not in page and NOT_UTF8 in page
    form: dict[str, object] = {"name": "Clinic", "region": "uk", "brand": "riverside",
                               "phone": "0113 496 0142", "seen": mark(content)}  # fmt: skip
    answer = client.post("/clinic/riverside", form)
    assert answer.status == 422 and NOT_UTF8 in answer.text
    assert (project / CLINIC).read_bytes() == content


def test_a_brand(project: Path) -> None:
    text = (project / BRAND).read_text()
    (project / BRAND).write_bytes(f"# für uns\n{text}".encode("cp1252"))
    content = (project / BRAND).read_bytes()
    client = Client(desk_of(project))
    assert NOT_UTF8 in client.get("/brand/riverside").text
    form: dict[str, object] = {"shape": "rings", "seen": mark(content)}
    answer = client.post("/brand/riverside", form)
    assert answer.status == 422 and NOT_UTF8 in answer.text
    assert (project / BRAND).read_bytes() == content
