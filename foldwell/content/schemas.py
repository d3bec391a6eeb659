"""JSON Schemas of the files that people write, made from the models that read them.

Editors complete and explain keys with them. They take what the door takes, so that nothing is
underlined that a build accepts; what only a build can judge (a phone number, a pattern) they pass.
"""

from __future__ import annotations

import ast
import inspect
import itertools
import json
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, JsonSchemaValue
from pydantic_core import core_schema

from foldwell.content.brand import Brand
from foldwell.content.clinic import Clinic
from foldwell.content.evidence import EvidenceList, MustSay, NeverPrint
from foldwell.content.leaflet import FrontMatter
from foldwell.content.region import Region
from foldwell.content.settings import Settings
from foldwell.content.source_records import SourceList
from foldwell.content.word_lists import OwnLists

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


@dataclass(frozen=True)
class Kind:
    """A kind of file.

    Attributes:
        files: Where such files stand in a project, as a pattern.
        model: What reads them.
        about: What they hold.
        open: Whether keys of other programs may stand in them.
        required: The keys without which none is one, where they are fewer than the model's: a
            clinic may take facts from its parent, and a region its country from its name.
    """

    files: str
    model: type[BaseModel]
    about: str
    open: bool = False
    required: tuple[str, ...] | None = None


KINDS: dict[str, Kind] = {
    "build": Kind("content/build.yml", Settings, "what is made, for whom"),
    "clinic": Kind("content/clinics/*.yml", Clinic, "the facts of a clinic", required=("name",)),
    "region": Kind(
        "content/regions/*.yml", Region, "the facts of a country", required=("emergency_number",)
    ),
    "brand": Kind("content/brands/*/brand.yml", Brand, "a look, in the brand.yml standard", True),
    "leaflet": Kind("content/leaflets/*/*.md", FrontMatter, "the facts at the head of a leaflet"),
    "words": Kind("content/words.yml", OwnLists, "lists of words on top of Foldwell's own"),
    "evidence": Kind("content/evidence.yml", EvidenceList, "what each source may be cited for"),
    "sources": Kind("content/sources.yml", SourceList, "who opened each source, and when"),
    "must-say": Kind("content/must-say.yml", MustSay, "what leaflets have to say"),
    "never-print": Kind("content/never-print.yml", NeverPrint, "what is never printed"),
}
"""Every kind of file, by the name of its schema."""


def schema_of(name: str) -> dict[str, Any]:
    """The schema of a kind of file."""
    kind = KINDS[name]
    made: dict[str, Any] = kind.model.model_json_schema(schema_generator=_Generator)
    if kind.open:
        made = dict(_opened(made))
    if kind.required is not None:
        made["required"] = list(kind.required)
    head = {"$schema": _DIALECT, "title": f"Foldwell: {kind.files}", "description": kind.about}
    return {**head, **{key: value for key, value in made.items() if key not in head}}


def schema_files() -> dict[str, str]:
    """All schemas as files, with the list of them that editors and SchemaStore read."""
    files = {f"{name}.json": _text(schema_of(name)) for name in KINDS}
    rows = [
        {
            "name": f"Foldwell {name}",
            "description": kind.about,
            "fileMatch": [kind.files],
            "url": f"{name}.json",
        }
        for name, kind in KINDS.items()
        if kind.files.endswith(".yml")
    ]
    return files | {"catalog.json": _text({"version": 1, "schemas": rows})}


def _text(value: Mapping[str, Any]) -> str:
    return json.dumps(value, indent=1, ensure_ascii=False) + "\n"


class _Generator(GenerateJsonSchema):
    """Says what may be written, which is more than what the models hold."""

    def generate(
        self, schema: core_schema.CoreSchema, mode: JsonSchemaMode = "validation"
    ) -> JsonSchemaValue:
        made: JsonSchemaValue = _tidied(super().generate(schema, mode))
        return made

    def function_before_schema(
        self, schema: core_schema.BeforeValidatorFunctionSchema
    ) -> JsonSchemaValue:
        """What is read first may be one text or number too."""
        inner = self.generate_inner(schema["schema"])
        if inner.get("type") == "string" and "format" not in inner:
            return {**inner, "type": ["string", "number"]}
        return {"anyOf": [inner, {"type": ["string", "number"]}]}

    def function_wrap_schema(
        self, schema: core_schema.WrapValidatorFunctionSchema
    ) -> JsonSchemaValue:
        """Rows, a map or a sentence."""
        inner = self.generate_inner(schema["schema"])
        return {"anyOf": [inner, {"type": ["string", "object", "array"]}]}

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """Each key with what is said of it in the model."""
        made = super().model_schema(schema)
        said = _docstrings(schema["cls"])
        for name, value in made.get("properties", {}).items():
            # A key may be a word of Python, or hold a hyphen.
            if text := said.get(name) or said.get(f"{name}_") or said.get(name.replace("-", "_")):
                value.setdefault("description", text)
        return made


def _docstrings(model: type[BaseModel]) -> dict[str, str]:
    """What stands under the fields of a model and of those that it extends."""
    found: dict[str, str] = {}
    for each in reversed(model.__mro__):
        ours = issubclass(each, BaseModel) and each.__module__.startswith("foldwell.")
        if not ours or "[" in each.__qualname__:  # a row of types has no text of its own
            continue
        (body,) = ast.parse(textwrap.dedent(inspect.getsource(each))).body
        lines = body.body if isinstance(body, ast.ClassDef) else []
        for line, after in itertools.pairwise(lines):
            told = isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)
            if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name) and told:
                text = ast.literal_eval(after.value)  # type: ignore[attr-defined]
                found[line.target.id] = " ".join(str(text).replace("``", "'").split())
    return found


def _tidied(value: Any) -> Any:
    """Without the titles that pydantic makes of names, and texts of the code's own mark-up."""
    if isinstance(value, list):
        return [_tidied(item) for item in value]
    if not isinstance(value, dict):
        return value
    kept = {}
    for key, item in value.items():
        if key == "title" and isinstance(item, str):
            continue
        if key == "description" and isinstance(item, str):
            item = " ".join(item.replace("``", "'").split())
        if key == "properties":
            kept[key] = {name: _tidied(each) for name, each in item.items()}
        else:
            kept[key] = _tidied(item)
    return kept


_LOOSER: dict[str, Any] = {"string": ["string", "number", "object"], "object": None, "array": None}


def _opened(value: Any) -> Any:
    """The same with keys of other programs let through, and short forms in place of sections."""
    if isinstance(value, list):
        return [_opened(item) for item in value]
    if not isinstance(value, dict):
        return value
    opened = {}
    for key, item in value.items():
        if key == "additionalProperties" and item is False:
            continue
        if key == "type" and isinstance(item, str):
            item = _LOOSER.get(item, item)
        if item is not None or key == "default":
            opened[key] = _opened(item)
    return opened
