"""The register of editions: what stands, what was before it, and who vouches for the files."""

import datetime
import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import TODAY

from foldwell.build.edition_pages import own_page, pages
from foldwell.build.editions import Entry, as_json, read_register, registered
from foldwell.build.identifying import identify, report
from foldwell.build.signing import SSH, checked, sign
from foldwell.build.withdrawing import withdraw
from foldwell.cli import cli
from foldwell.content.edition import make_edition
from foldwell.content.library import read_library
from foldwell.content.withdrawals import edition_id
from foldwell.errors import FoldwellError, UsageError
from foldwell.pdf.opening import viewed

OLD = Entry("XRJB-6PR3", "XRJB-6PR3-AAAA-AAAA-AAAA", "sleep", "en", "riverside", "About sleep",
            files={"riverside/en/sleep.html": "1" * 64})  # fmt: skip
NEW = replace(OLD, id="7K3M-Q9TD", words="7K3M-Q9TD-AAAA-AAAA-AAAA")
OTHER = replace(NEW, id="0000-0001", clinic="bayside")


def test_the_words_before_are_superseded_and_others_stay() -> None:
    found = registered([OLD, OTHER], [NEW], "2026-02-01", {})
    assert {one.id: (one.state, one.present, one.since) for one in found} == {
        "XRJB-6PR3": ("superseded", "7K3M-Q9TD", "2026-02-01"),
        "7K3M-Q9TD": ("current", "", ""),
        "0000-0001": ("current", "", ""),
    }
    again = registered(found, [NEW], "2026-03-01", {})
    assert again == found  # the day on which it was superseded stays


def test_words_that_come_back_are_current_again() -> None:
    found = registered([OLD], [NEW], "2026-02-01", {})
    back = {one.id: one.state for one in registered(found, [OLD], "2026-02-02", {})}
    assert back == {"XRJB-6PR3": "current", "7K3M-Q9TD": "superseded"}


def test_files_that_were_not_asked_for_this_time_stay_known() -> None:
    part = replace(OLD, files={"riverside/en/sleep-a4-screen.pdf": "2" * 64})
    (one,) = registered([OLD], [part], "2026-02-01", {})
    assert set(one.files) == {"riverside/en/sleep.html", "riverside/en/sleep-a4-screen.pdf"}


def test_a_withdrawn_edition_keeps_its_reason_and_day() -> None:
    (one,) = registered([OLD], [OLD], "2026-02-01", {OLD.id: ("2026-01-31", "The dose was wrong.")})
    assert (one.state, one.since, one.reason) == (
        "withdrawn", "2026-01-31", "The dose was wrong.",
    )  # fmt: skip
    (same,) = registered(
        [one], [OLD], "2026-05-05", {OLD.id: ("2026-01-31", "The dose was wrong.")}
    )
    assert same == one


def test_the_register_keeps_its_schema(tmp_path: Path) -> None:
    schema = json.loads(
        (Path(__file__).parents[2] / "docs/editions.schema.json").read_text(encoding="utf-8")
    )
    facts = json.loads(as_json(registered([OLD], [NEW], "2026-02-01", {})))
    item = schema["properties"]["editions"]["items"]
    assert set(schema["required"]) == set(facts)
    for entry in facts["editions"]:
        assert set(item["required"]) == set(item["properties"]) == set(entry)
        assert entry["state"] in item["properties"]["state"]["enum"]
        assert entry["status"] in item["properties"]["status"]["enum"]


def test_a_broken_register_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "editions.json").write_text("{", encoding="utf-8")
    with pytest.raises(FoldwellError, match="cannot be read"):
        read_register(tmp_path)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("xrjb6pr3", "XRJB-6PR3"),
        (" XRJB – 6PR3 ", "XRJB-6PR3"),
        ("OOOO-ILL1", "0000-1111"),
        ("XRJB-6PR", ""),
        ("XRJB-6PR3-7", ""),
        ("sleep", ""),
    ],
)
def test_an_id_is_read_as_people_scribble_it(written: str, read: str) -> None:
    assert edition_id(written) == read


def test_a_page_of_words_that_are_superseded_says_so_and_leads_on(tmp_path: Path) -> None:
    twin = tmp_path / "riverside/en/sleep.html"
    twin.parent.mkdir(parents=True)
    twin.write_text('<body><main id="text"><p>Take 8.</p></main></body>', encoding="utf-8")
    for path, content in pages(tmp_path, registered([], [OLD], "2026-02-01", {})):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(content)
    assert (tmp_path / own_page(OLD)).read_bytes() == twin.read_bytes()
    twin.write_text('<body><main id="text"><p>Take 6.</p></main></body>', encoding="utf-8")
    register = registered([OLD], [NEW], "2026-02-01", {})
    made = dict(pages(tmp_path, register))
    for path, content in made.items():
        (tmp_path / path).write_bytes(content)
    old = made[own_page(OLD)].decode()
    assert "This one has not been in use since 1 February 2026." in old
    assert 'href="../riverside/en/sleep.html"' in old and "Take 8." in old
    assert old.index("OUT OF DATE") < old.index("<main")
    assert dict(pages(tmp_path, register)) == {}  # said once
    (found,) = identify("xrjb 6pr3", tmp_path, register)
    assert not found.usable and found.present == NEW
    assert found.changes == ("NUMBERS, now: “Take 6.”; it was: “Take 8.”",)
    assert "OUT OF DATE since 2026-02-01" in report(found)


def test_an_id_that_no_build_knows_is_only_shown_what_it_is_like(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is it XRJB-6PR3"):
        identify("XRJB-6PR8", tmp_path, [OLD])
    with pytest.raises(UsageError, match="no file and no edition id"):
        identify("sleep", tmp_path, [OLD])


@pytest.fixture
def built(project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of one edition, built for the web and for one format."""
    monkeypatch.setenv("FOLDWELL_PROJECT", str(project))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(_epoch(TODAY)))
    (project / "content/build.yml").write_text(
        "web_pages: https://leaflets.example.org\nruns:\n- {formats: {a5: [screen]}}\n",
        encoding="utf-8",
    )
    run("sleep", "--clinic", "riverside")
    return project


def _epoch(day: datetime.date) -> int:
    return int(datetime.datetime(day.year, day.month, day.day, 12, tzinfo=datetime.UTC).timestamp())


def run(*words: str) -> str:
    result = CliRunner().invoke(cli, list(words), catch_exceptions=False)
    return f"{result.exit_code} {result.output}"


def test_withdrawn_as_somebody_types_it(built: Path) -> None:
    (entry,) = read_register(built / "output")
    pdf = built / "output/riverside/en/sleep-a5-screen.pdf"
    (found,) = identify(str(pdf), built / "output", [entry])
    assert found.exact and found.entry == entry
    statement = json.loads((built / "output/provenance.json").read_text(encoding="utf-8"))
    subjects = {one["name"]: one["digest"]["sha256"] for one in statement["subject"]}
    assert subjects == entry.files
    assert any(
        one["uri"] == "content/leaflets/sleep/en.md"
        for one in statement["predicate"]["buildDefinition"]["resolvedDependencies"]
    )
    library = read_library(built, TODAY)
    withdraw(built, library, [], entry.id.lower(), "The dose was wrong", "Dr A", TODAY)
    with pytest.raises(FoldwellError, match="already"):
        withdraw(built, library, [entry], entry.id, "Again", "", TODAY)
    library = read_library(built, TODAY)
    edition = make_edition(library, library.leaflets["sleep"]["en"], "riverside", TODAY)
    assert edition.status == "withdrawn"
    leaflet = library.leaflets["sleep"]["en"]
    other = replace(leaflet, text=f"{leaflet.text}\n\nRest well.\n")
    assert make_edition(library, other, "riverside", TODAY).status != "withdrawn"
    said = run("sleep", "--clinic", "riverside")
    assert "WITHDRAWN" in said
    page = (built / "output/riverside/en/sleep.html").read_text(encoding="utf-8")
    assert "The dose was wrong." in page and page.index("WITHDRAWN") < page.index("<main")
    assert "WITHDRAWN" in (built / f"output/e/{entry.id}.html").read_text(encoding="utf-8")
    with viewed(pdf.read_bytes()) as viewer:
        texts = [one.get_textpage().get_text_bounded() for one in viewer]
    assert all("WITHDRAWN on" in text for text in texts)
    assert "WITHDRAWN since 2026-02-01: The dose was wrong." in run("identify", entry.id)


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="ssh-keygen is not installed")
def test_a_signature_holds_until_a_byte_changes(built: Path, tmp_path: Path) -> None:
    output = built / "output"
    key, signers = tmp_path / "id_ed25519", tmp_path / "signers"
    make = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)]
    subprocess.run(make, check=True)
    public = key.with_suffix(".pub").read_text(encoding="utf-8").split()
    signers.write_text(f"desk@clinic.example {public[0]} {public[1]}\n", encoding="utf-8")
    before = {p: p.read_bytes() for p in output.rglob("*") if p.is_file()}
    assert sign(output, key) == output / SSH
    assert {p: p.read_bytes() for p in before} == before  # nothing else depends on it
    assert checked(output, signers) == "editions.json.sig: signed by desk@clinic.example."
    assert "--signers" in checked(output, None)
    (tmp_path / "others").write_text("", encoding="utf-8")
    with pytest.raises(FoldwellError, match="no good signature"):
        checked(output, tmp_path / "others")
    register = output / "editions.json"
    register.write_bytes(register.read_bytes().replace(b"current", b"expired"))
    with pytest.raises(FoldwellError, match="no good signature"):
        checked(output, signers)


def test_what_does_not_agree_with_its_files_is_not_signed(built: Path, tmp_path: Path) -> None:
    (tmp_path / "key").write_text("-", encoding="utf-8")
    (built / "output/riverside/en/sleep.html").write_text("Altered.", encoding="utf-8")
    with pytest.raises(FoldwellError, match="not those that the register names"):
        sign(built / "output", tmp_path / "key")
