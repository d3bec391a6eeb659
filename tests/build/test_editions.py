"""The register of editions: what stands, what was before it, and who vouches for the files."""

import datetime
import hashlib
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
from foldwell.build.signing import MINISIGN, SSH, checked, sign
from foldwell.build.withdrawing import withdraw
from foldwell.cli import cli
from foldwell.content.edition import make_edition
from foldwell.content.library import read_library
from foldwell.content.withdrawals import edition_id
from foldwell.errors import FoldwellError, Mistakes, UsageError
from foldwell.pdf.opening import viewed

OLD = Entry("XRJB-6PR3", "XRJB-6PR3-AAAA-AAAA-AAAA", "sleep", "en", "riverside", "About sleep",
            files={"riverside/en/sleep.html": "1" * 64})  # fmt: skip
NEW = replace(OLD, id="7K3M-Q9TD", words="7K3M-Q9TD-AAAA-AAAA-AAAA")
OTHER = replace(NEW, id="0000-0001", clinic="bayside")
WHY = ("2026-01-31", "The dose was wrong.")


def test_the_words_before_are_superseded_and_others_stay() -> None:
    found = registered([OLD, OTHER], [NEW], "2026-02-01", {})
    assert {one.id: (one.state, one.present, one.since) for one in found} == {
        "XRJB-6PR3": ("superseded", "7K3M-Q9TD", "2026-02-01"),
        "7K3M-Q9TD": ("current", "", ""),
        "0000-0001": ("current", "", ""),
    }
    again = registered(found, [NEW], "2026-03-01", {})
    assert again == found  # the day on which it was superseded stays


def test_what_is_no_longer_built_says_so_until_it_comes_back() -> None:
    places = {OTHER.place}
    found = {e.id: e for e in registered([OLD, OTHER], [OTHER], "2026-02-01", {}, places)}
    assert (found[OLD.id].state, found[OLD.id].since) == ("discontinued", "2026-02-01")
    assert found[OTHER.id].state == "current"
    later = registered(found.values(), [OTHER], "2026-03-01", {}, places)
    assert {e.id: e for e in later} == found  # the day stays
    back = {e.id: e for e in registered(later, [OLD, OTHER], "2026-04-01", {}, places)}
    assert (back[OLD.id].state, back[OLD.id].since) == ("current", "")
    new = {e.id: e for e in registered(later, [NEW], "2026-04-01", {}, None)}
    assert (new[OLD.id].state, new[OLD.id].since, new[OLD.id].present) == (
        "superseded", "2026-02-01", NEW.id,
    )  # fmt: skip


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


def _holding(**facts: object) -> str:
    entry = json.loads(as_json([OLD]))["editions"][0]
    return json.dumps({"version": 1, "foldwell": "1", "editions": [{**entry, **facts}]})


BROKEN = {
    "cut off": "{",
    "no object": "[]",
    "nested": "[" * 100_000,
    "of a later version": json.dumps({"version": 2, "editions": []}),
    "unknown key": _holding(more=1),
    "files are a list": _holding(files=[]),
    "no SHA-256": _holding(files={"riverside/en/sleep.html": 1}),
    "no id": _holding(id="sleep"),
    "no id in its place": _holding(present="sleep"),
    "no text": _holding(title=None),
    "no state": _holding(state="gone"),
    "no status": _holding(status="old"),
    "no day": _holding(since="yesterday"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_register_is_not_read(name: str, tmp_path: Path) -> None:
    (tmp_path / "editions.json").write_text(BROKEN[name], encoding="utf-8")
    with pytest.raises(FoldwellError, match="cannot be read"):
        read_register(tmp_path)


def test_a_broken_register_is_never_written_over(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOLDWELL_PROJECT", str(project))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(_epoch(TODAY)))
    (project / "content/build.yml").write_text("runs:\n- {formats: {}}\n", encoding="utf-8")
    register = project / "output/editions.json"
    register.parent.mkdir()
    for name in ("cut off", "nested", "files are a list"):
        register.write_text(BROKEN[name], encoding="utf-8")
        for _ in range(2):  # a second build has nothing else to make, and is not silent either
            said = run("sleep", "--clinic", "riverside")
            assert said.startswith("1 ") and "register of editions cannot be read" in said, name
            assert register.read_text(encoding="utf-8") == BROKEN[name]


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


def _page(said: str) -> str:
    return f'<body><main id="text"><p>{said}</p></main></body>'


def _twin_of(entry: Entry, output: Path, said: str) -> Entry:
    """An edition whose web twin says something, and stands in the output folder."""
    (path,) = OLD.files
    (output / path).parent.mkdir(parents=True, exist_ok=True)
    (output / path).write_text(_page(said), encoding="utf-8")
    return replace(entry, files={path: hashlib.sha256(_page(said).encode()).hexdigest()})


def _written(output: Path, entries: list[Entry], *made: str) -> dict[str, bytes]:
    found = dict(pages(output, entries, made))
    for path, content in found.items():
        (output / path).parent.mkdir(exist_ok=True)
        (output / path).write_bytes(content)
    return found


def test_a_page_of_words_that_are_superseded_says_so_and_leads_on(tmp_path: Path) -> None:
    before = _twin_of(OLD, tmp_path, "Take 8.")
    _written(tmp_path, registered([], [before], "2026-02-01", {}), OLD.id)
    assert (tmp_path / own_page(OLD)).read_text(encoding="utf-8") == _page("Take 8.")
    after = _twin_of(NEW, tmp_path, "Take 6.")
    register = registered([before], [after], "2026-02-01", {})
    old = _written(tmp_path, register, NEW.id)[own_page(OLD)].decode()
    assert "This one has not been in use since 1 February 2026." in old
    assert 'href="../riverside/en/sleep.html"' in old and "Take 8." in old
    assert old.index("OUT OF DATE") < old.index("<main")
    assert _written(tmp_path, register, NEW.id) == {}  # said once
    (found,) = identify("xrjb 6pr3", tmp_path, register, TODAY, {})
    assert not found.usable and found.present == after
    assert found.changes == ("NUMBERS, now: “Take 6.”; it was: “Take 8.”",)
    assert "OUT OF DATE since 2026-02-01" in report(found)


def test_a_withdrawn_page_says_so_though_its_twin_was_not_built_again(tmp_path: Path) -> None:
    (stands,) = registered([], [_twin_of(OLD, tmp_path, "Take 8.")], "2026-01-01", {})
    withdrawn = registered([stands], [OTHER], "2026-02-01", {OLD.id: WHY})
    for was in ("", _page("Take 8."), f"<!-- banner -->Old.<!-- banner -->{_page('Take 8.')}"):
        (tmp_path / own_page(OLD)).parent.mkdir(exist_ok=True)
        (tmp_path / own_page(OLD)).write_text(was, encoding="utf-8")
        said = _written(tmp_path, withdrawn)[own_page(OLD)].decode()
        assert "The dose was wrong." in said and said.index("WITHDRAWN") < said.index("<main")
        assert said.count("WITHDRAWN") == 1 and "Take 8." in said and "Old." not in said
        assert _written(tmp_path, withdrawn) == {}
    # What is made in this build says itself that it is withdrawn.
    (tmp_path / own_page(OLD)).unlink()
    made = _written(tmp_path, withdrawn, OLD.id)[own_page(OLD)].decode()
    assert made == _page("Take 8.")


def test_the_page_of_an_edition_leads_to_its_other_languages_and_is_known(tmp_path: Path) -> None:
    said = 'XRJB-6PR3 <a href="../es/sleep.html">Español</a> <a href="../other.html">More</a>'
    entry = _twin_of(OLD, tmp_path, said)
    page = _written(tmp_path, [entry], OLD.id)[own_page(OLD)].decode()
    assert 'href="../riverside/es/sleep.html"' in page and 'href="../other.html"' in page
    (found,) = identify(str(tmp_path / own_page(OLD)), tmp_path, [entry], TODAY, {})
    assert found.exact and found.usable
    (tmp_path / own_page(OLD)).write_text(page.replace("More", "Less"), encoding="utf-8")
    (found,) = identify(str(tmp_path / own_page(OLD)), tmp_path, [entry], TODAY, {})
    assert found.exact is False and not found.usable


def test_the_twin_of_other_words_is_never_the_page_of_an_edition(tmp_path: Path) -> None:
    back = _twin_of(OLD, tmp_path, "Take 8.")
    _twin_of(NEW, tmp_path, "Take 6.")  # built since; then the first words again, for paper alone
    assert _written(tmp_path, [back]) == {}


def test_a_page_without_a_place_for_its_banner_is_told_after_all_others(tmp_path: Path) -> None:
    own = replace(OLD, state="superseded", since="2026-02-01")
    sound = replace(own, id="ZZZZ-ZZZ1")
    for entry, text in ((own, "<main><p>Take 8.</p></main>"), (sound, _page("Take 8."))):
        (tmp_path / own_page(entry)).parent.mkdir(exist_ok=True)
        (tmp_path / own_page(entry)).write_text(text, encoding="utf-8")
    found: list[tuple[str, bytes]] = []
    with pytest.raises(Mistakes, match=r"e/XRJB-6PR3\.html: This page must say 'OUT OF DATE'"):
        found.extend(pages(tmp_path, [own, sound], ()))
    assert [path for path, _ in found] == [own_page(sound)]


def test_an_id_that_no_build_knows_is_only_shown_what_it_is_like(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is it XRJB-6PR3"):
        identify("XRJB-6PR8", tmp_path, [OLD], TODAY, {})
    with pytest.raises(UsageError, match="no file and no edition id"):
        identify("sleep", tmp_path, [OLD], TODAY, {})


SOUND = replace(OLD, review_due=str(TODAY), files={"riverside/en/sleep.html": "1" * 64})
AGAINST = {
    "withdrawn by nobody who built": (SOUND, {SOUND.id: WHY}, "WITHDRAWN since 2026-01-31: The"),
    "withdrawn": (replace(SOUND, state="withdrawn", since=WHY[0], reason=WHY[1]), {}, "WITHDRAWN"),
    "superseded": (replace(SOUND, state="superseded", since="2026-01-01"), {}, "OUT OF DATE"),
    "a draft": (replace(SOUND, status="draft"), {}, "DRAFT"),
    "overdue": (replace(SOUND, review_due="2026-01-31"), {}, "REVIEW OVERDUE since 2026-01-31"),
}  # fmt: skip


@pytest.mark.parametrize("name", AGAINST)
def test_what_speaks_against_an_edition_is_said_and_it_is_not_current(
    name: str, tmp_path: Path
) -> None:
    entry, withdrawn, said = AGAINST[name]
    (found,) = identify(entry.id, tmp_path, [entry], TODAY, withdrawn)
    assert not found.usable and said in report(found) and "Current." not in report(found)


def test_an_altered_file_is_not_current_though_its_edition_is(tmp_path: Path) -> None:
    content = b"<p>Take 8. XRJB-6PR3</p>"
    file = tmp_path / "page.html"
    file.write_bytes(content)
    sha256 = hashlib.sha256(content).hexdigest()
    entry = replace(SOUND, files={"riverside/en/sleep.html": sha256})
    (same,) = identify(str(file), tmp_path, [entry], TODAY, {})
    assert same.usable and report(same).endswith("\n  Current.")
    assert "This is exactly the file of the build." in report(same)
    file.write_bytes(content.replace(b"8", b"80"))
    (other,) = identify(str(file), tmp_path, [entry], TODAY, {})
    assert not other.usable and "NOT THE FILE OF A BUILD" in report(other)
    assert "Current." not in report(other)


def test_an_edition_that_only_a_withdrawal_knows_is_withdrawn(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="WITHDRAWN since 2026-01-31: The dose was wrong"):
        identify("7K3M-Q9TD", tmp_path, [OLD], TODAY, {"7K3M-Q9TD": WHY})


def test_numbers_that_are_words_are_numbers_and_a_circle_ends(tmp_path: Path) -> None:
    old, new = replace(OLD, state="superseded", since="2026-01-01", present=NEW.id), NEW
    for path, said in ((own_page(old), "two"), ("riverside/en/sleep.html", "three")):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(f"<main><p>Take {said}.</p></main>", encoding="utf-8")
    (found,) = identify(old.id, tmp_path, [old, new], TODAY, {})
    assert found.changes == ("NUMBERS, now: “Take three.”; it was: “Take two.”",)
    third = replace(OTHER, present=NEW.id)
    round_it = [old, replace(new, present=third.id), third]
    (found,) = identify(old.id, tmp_path, round_it, TODAY, {})
    assert found.present is not None
    (found,) = identify(old.id, tmp_path, [old, new], TODAY, {new.id: WHY})
    assert "    WITHDRAWN since 2026-01-31" in report(found)  # what is in its place is no better


def test_the_command_holds_the_day_and_the_withdrawals_against_it(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOLDWELL_PROJECT", str(project))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(_epoch(TODAY)))
    register = project / "output/editions.json"
    register.parent.mkdir()
    register.write_bytes(as_json([SOUND]))
    assert run("identify", SOUND.id).startswith("0 ")
    (told,) = json.loads(run("identify", SOUND.id, "--json").partition(" ")[2])
    assert told["usable"] is True and told["entry"]["id"] == SOUND.id
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(_epoch(TODAY + datetime.timedelta(1))))
    late = run("identify", SOUND.id)
    assert late.startswith("1 ") and "REVIEW OVERDUE" in late
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(_epoch(TODAY)))
    withdraw(project, read_library(project, TODAY), [SOUND], SOUND.id, WHY[1], "", TODAY)
    said = run("identify", SOUND.id)
    assert said.startswith("1 ") and "WITHDRAWN since 2026-02-01" in said  # without a build
    (project / "content/withdrawn/xrjb-6pr3.yml").write_text("edition: [", encoding="utf-8")
    with pytest.raises(Mistakes, match=r"content/withdrawn/xrjb-6pr3\.yml"):
        run("identify", SOUND.id)


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
    """The code that a command ends with, and what it says."""
    result = CliRunner().invoke(cli, list(words), standalone_mode=False, catch_exceptions=False)
    return f"{result.return_value} {result.output}"


def test_withdrawn_as_somebody_types_it(built: Path) -> None:
    (entry,) = read_register(built / "output")
    pdf = built / "output/riverside/en/sleep-a5-screen.pdf"
    (found,) = identify(str(pdf), built / "output", [entry], TODAY, {})
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
    assert page.count("WITHDRAWN") == page.partition("<!-- banner -->")[2].count("WITHDRAWN")
    # Another build, without the leaflet, leaves one banner in its page.
    register = read_register(built / "output")
    ((_, again),) = pages(built / "output", register, ())
    assert again.count(b'class="status"') == page.count('class="status"') == 1
    assert b"The dose was wrong." in again
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


@pytest.mark.skipif(shutil.which("minisign") is None, reason="minisign is not installed")
def test_a_signature_of_minisign_holds_until_a_byte_changes(built: Path, tmp_path: Path) -> None:
    output, key, public = built / "output", tmp_path / "key", tmp_path / "key.pub"
    subprocess.run(["minisign", "-G", "-W", "-s", key, "-p", public], check=True)
    assert sign(output, key) == output / MINISIGN
    assert checked(output, public) == f"editions.json.minisig: signed by {public}."
    assert "--signers" in checked(output, None)
    register = output / "editions.json"
    register.write_bytes(register.read_bytes().replace(b"current", b"expired"))
    with pytest.raises(FoldwellError, match="no good signature"):
        checked(output, public)


def test_what_does_not_agree_with_its_files_is_not_signed(built: Path, tmp_path: Path) -> None:
    (tmp_path / "key").write_text("-", encoding="utf-8")
    (built / "output/riverside/en/sleep.html").write_text("Altered.", encoding="utf-8")
    with pytest.raises(FoldwellError, match="not those that the register names"):
        sign(built / "output", tmp_path / "key")


def test_a_leaflet_that_was_deleted_is_no_longer_built(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOLDWELL_PROJECT", str(project))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(_epoch(TODAY)))
    (project / "content/build.yml").write_text(
        "web_pages: https://leaflets.example.org\nruns:\n- {formats: {}}\n",
        encoding="utf-8",
    )
    shutil.copytree(project / "content/leaflets/sleep", project / "content/leaflets/rest")
    other = project / "content/leaflets/rest/en.md"
    other.write_text(f"{other.read_text(encoding='utf-8')}\nRest well.\n", encoding="utf-8")
    run("--jobs", "1")
    (mine,) = [e for e in read_register(project / "output") if e.leaflet == "rest"]
    shutil.rmtree(project / "content/leaflets/rest")
    run("sleep", "--jobs", "1")  # a part of the project says nothing of the rest of it
    assert {e.state for e in read_register(project / "output")} == {"current"}
    run("--jobs", "1")
    states = {e.leaflet: e.state for e in read_register(project / "output")}
    assert states == {"sleep": "current", "rest": "discontinued"}
    assert f"NO LONGER BUILT since {TODAY}" in run("identify", mine.id)
    page = (project / "output" / own_page(mine)).read_text()
    assert "OUT OF DATE" in page and "newer edition" not in page

    assert "Kept editions.json" in run("clean")
    assert {e.leaflet: e.state for e in read_register(project / "output")} == states
    kept = [path.name for path in (project / "output/e").iterdir()]
    assert kept == [f"{mine.id}.html"]  # that of the other is made again
    assert f"NO LONGER BUILT since {TODAY}" in run("identify", mine.id)
