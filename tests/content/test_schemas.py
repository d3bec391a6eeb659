"""The JSON Schemas: made from the models, and fit for every file that Foldwell itself reads."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from foldwell.content.new_project import SCHEMAS, new_project
from foldwell.content.schemas import KINDS, schema_files, schema_of
from foldwell.content.yaml_text import read_yaml

REPOSITORY = Path(__file__).resolve().parents[2]
BASE = REPOSITORY / "tests/invalid/base"
FILES = [
    (name, path)
    for name, kind in KINDS.items()
    for root in (REPOSITORY, BASE)
    for path in sorted(root.glob(kind.files))
]


def plain(text: str) -> Any:
    """What an editor reads: the same values as Foldwell, as JSON has them."""
    return json.loads(json.dumps(read_yaml(text, "a.yml").value, default=dict))


def faults(name: str, value: Any) -> list[str]:
    validator = jsonschema.Draft202012Validator(schema_of(name))
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(value)]


def test_they_are_listed_for_editors_as_schemastore_lists_them() -> None:
    files = schema_files()
    listed = json.loads(files["catalog.json"])
    assert listed["schemas"] and {row["url"] for row in listed["schemas"]} <= {*files}
    assert all(row["fileMatch"] and row["description"] for row in listed["schemas"])


def keys(schema: dict[str, Any]) -> dict[str, str]:
    """What each key of a schema is said to be, by the model and the key; empty if nothing."""
    models = {"": schema, **schema.get("$defs", {})}
    return {
        f"{model}.{key}": value.get("description", "")
        for model, facts in models.items()
        for key, value in facts.get("properties", {}).items()
    }


@pytest.mark.parametrize("name", KINDS)
def test_every_schema_is_one_and_explains_its_keys(name: str) -> None:
    schema = schema_of(name)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert "object" in json.dumps(schema) and schema["description"]
    said = keys(schema)
    assert said and all(text == text.strip() for text in said.values())
    assert [key for key, text in said.items() if not text] == []


def test_keys_carry_what_the_models_say_of_them() -> None:
    runs = schema_of("build")["$defs"]["Run"]["properties"]
    assert runs["web"]["description"] == "Whether the web page is made too."
    assert "for" in runs and "one of them" in runs["for"]["description"]


@pytest.mark.parametrize(("name", "path"), FILES, ids=lambda value: str(value)[-40:])
def test_no_file_of_our_own_is_faulted(name: str, path: Path) -> None:
    text = path.read_text()
    value = plain(text.split("---\n")[1] if path.suffix == ".md" else text)
    assert faults(name, value) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("clinic", "name: A\nphone: 01134960100\nhours: Mon-Fri 9-5\naddress: 1 High Street, B"),
        ("clinic", "name: A\nparent: st-mary\nhours: {mon-fri: 9-17}"),
        ("brand", "logo: x.svg\ncolor: {primary: teal}\nextends: trust\nother: {key: 1}"),
    ],
)
def test_short_forms_are_no_faults(name: str, text: str) -> None:
    assert faults(name, plain(text)) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("clinic", "name: A\nphnoe: 0113"),
        ("clinic", "phone: 0113"),
        ("build", "runs: [{formats: {a4: screen}}]"),
        ("build", "runs: [{web: perhaps}]"),
        ("leaflet", "title: A\nreviewed: {}"),
        ("brand", "defaults: {foldwell: {cover_shape: waves}}"),
    ],
)
def test_a_slip_is_a_fault(name: str, text: str) -> None:
    assert faults(name, plain(text))


def test_a_new_project_names_its_schemas(tmp_path: Path) -> None:
    new_project(tmp_path / "own", "A", "uk", "0113 496 0100")
    marked = 0
    for path in (tmp_path / "own/content").rglob("*.yml"):
        first = path.read_text().split("\n")[0]
        assert first.startswith("# yaml-language-server: $schema=")
        schema = (path.parent / first.partition("=")[2]).resolve()
        assert schema.is_file() and schema.parent == tmp_path / "own" / SCHEMAS
        assert faults(schema.stem, plain(path.read_text())) == []
        marked += 1
    assert marked == 3
