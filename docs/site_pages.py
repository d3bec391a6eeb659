"""Pages of the docs' site that stand elsewhere already: parts of the README, rules, code.

MkDocs calls ``on_files`` in an environment of its own. Commands, settings and schemas are made from
the code each time, so none of them can be out of date: the environment that ``build.py`` makes is
asked for them, where this file runs as a program and prints all pages as JSON.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[1]
PYTHON = PROJECT / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
"""Where Foldwell itself can be imported."""
PARTS = {
    "start.md": ("Start in five minutes", "Two commands"),
    "leaflet.md": ("Write a leaflet", "Write a leaflet"),
    "brand.md": ("The clinic and its brand", "Change the clinic"),
    "print.md": ("Formats, and how to print", "Formats and media"),
    "promises.md": ("What Foldwell promises", "What Foldwell promises"),
}
"""Pages that are a part of the README: their title, and the heading of the part."""
FILES = {
    "reference/rules.md": "foldwell/rules.md",
    "contributing.md": "CONTRIBUTING.md",
    "security.md": "SECURITY.md",
    "changes.md": "CHANGELOG.md",
}
_LINKS = {"docs/": "", "foldwell/rules.md": "reference/rules.md"}


def part_of_readme(title: str, heading: str) -> str:
    """A part of the README as a page of its own."""
    text = (PROJECT / "README.md").read_text(encoding="utf-8")
    found = re.search(rf"(?ms)^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", text)
    if found is None:
        raise ValueError(f"the README has no part '{heading}'")
    body = re.sub(r"(?m)^##(#+) ", r"#\1 ", found[1])
    return f"# {title}\n{_moved(body)}"


def _moved(text: str, up: str = "") -> str:
    """With links that lead to the same from the folder of the docs."""

    def lead(match: re.Match[str]) -> str:
        target = match[2]
        for start, instead in _LINKS.items():
            if target.startswith(start):
                return f"{match[1]}{up}{instead}{target.removeprefix(start)}"
        return match[0]

    return re.sub(r"(\]\()([^)\s]+)", lead, text)


def settings_page(schemas: dict[str, str]) -> str:
    """Every key of every file, from the schemas that are made from the code."""
    lines = ["# Every setting", "", "Editors know these too: see `schema` under the commands.", ""]
    for name, text in sorted(schemas.items()):
        schema = json.loads(text)
        if "title" not in schema:
            continue
        lines += [f"## {schema['title'].removeprefix('Foldwell: ')}", "", schema["description"], ""]
        lines += _keys(schema)
        for part_name, part in schema.get("$defs", {}).items():
            if "properties" in part:
                about = part.get("description", "")
                lines += [
                    f"### {part_name} ({name.removesuffix('.json')})",
                    "",
                    about,
                    "",
                    *_keys(part),
                ]
    return "\n".join(lines) + "\n"


def _keys(schema: dict[str, Any]) -> list[str]:
    if not schema.get("properties"):
        return []
    rows = ["| key | holds | about |", "|---|---|---|"]
    needed = schema.get("required", [])
    for key, value in schema["properties"].items():
        about = str(value.get("description", "")).replace("|", "\\|")
        must = " (needed)" if key in needed else ""
        rows.append(f"| `{key}`{must} | {_holds(value)} | {about} |")
    return [*rows, ""]


def _holds(value: Any) -> str:
    """The type of a key in words."""
    if "enum" in value:
        return ", ".join(f"`{one}`" for one in value["enum"])
    if "$ref" in value:
        return str(value["$ref"]).rpartition("/")[2]
    if "anyOf" in value:
        kinds = [_holds(one) for one in value["anyOf"] if one.get("type") != "null"]
        return " or ".join(dict.fromkeys(kind for kind in kinds if kind))
    if value.get("type") == "array":
        return f"a list of {_holds(value.get('items', {})) or 'values'}"
    if value.get("type") == "object":
        inner = value.get("additionalProperties")
        return f"names, each with {_holds(inner)}" if isinstance(inner, dict) else "a section"
    kind = value.get("format") or value.get("type") or ""
    return " or ".join(kind) if isinstance(kind, list) else str(kind)


def commands_page() -> str:
    """Every command with its options, as the command line itself tells them."""
    import click

    from foldwell.cli import cli

    lines = ["# Every command", "", "As `python3 build.py COMMAND --help` tells them.", ""]
    context = click.Context(cli, info_name="foldwell", help_option_names=["-h", "--help"])

    def tell(command: click.Command, name: str, parent: click.Context) -> None:
        here = click.Context(command, info_name=name, parent=parent, max_content_width=96)
        here.terminal_width = 96
        full = here.command_path.removeprefix("foldwell ")
        lines.extend([f"## {full}", "", "```text", command.get_help(here).rstrip(), "```", ""])
        if isinstance(command, click.Group):
            for inner in command.list_commands(here):
                if (found := command.get_command(here, inner)) is not None:
                    tell(found, inner, here)

    for name in cli.list_commands(context):
        if (command := cli.get_command(context, name)) is not None:
            tell(command, name, context)
    return "\n".join(lines)


def pages() -> dict[str, str]:
    """All pages that stand elsewhere, by their paths."""
    found = {path: part_of_readme(*part) for path, part in PARTS.items()}
    for path, source in FILES.items():
        text = (PROJECT / source).read_text(encoding="utf-8")
        found[path] = _moved(text, "../" * path.count("/"))
    from foldwell.content.schemas import schema_files

    schemas = schema_files()
    found["reference/settings.md"] = settings_page(schemas)
    found["reference/commands.md"] = commands_page()
    return found | {f"schemas/{name}": text for name, text in schemas.items()}


def on_files(files: Any, *, config: Any) -> Any:
    """Put them among the files of the site (a hook of MkDocs)."""
    from mkdocs.structure.files import File

    done = subprocess.run([PYTHON, __file__], cwd=PROJECT, stdout=subprocess.PIPE, check=True)
    for path, text in json.loads(done.stdout).items():
        files.append(File.generated(config, path, content=text))
    return files


if __name__ == "__main__":
    sys.path.insert(0, str(PROJECT))
    sys.stdout.buffer.write(json.dumps(pages()).encode())
